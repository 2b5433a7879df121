"""Captures → articles with their records. A second run changes nothing.

An article belongs to the import as long as its bytes are those the record names. Then it follows
its capture and the rules; once edited, it is the editor's and never written again. Its file name
never changes, for the article's address hangs on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import count
from pathlib import Path

from generator.errors import OutputError
from generator.ingest.capture import MAX_BYTES, Read, read_capture
from generator.ingest.disk import CaptureFile, find_captures, read_bytes, read_stubs, write_bytes
from generator.ingest.held import Held, Seen
from generator.ingest.holders import HEAD, Holder, find_holder
from generator.ingest.naming import article_file, capture_id, numbered, record_file
from generator.ingest.outcome import ImportOutcome, ImportReport, ImportStatus
from generator.ingest.pictures import address_path, copy_pictures, picture_addresses
from generator.ingest.reading import Finding, Reading
from generator.ingest.record import Record, Stub, digest, encode
from generator.model import Diagnostic, diagnose
from generator.text.address import Address


def import_captures(
    captures: Sequence[Path], *, root: Path, content: Path, hosts: Collection[str] = ()
) -> ImportReport:
    """Import files, and all files in folders, into `content`; each gets one outcome in the report.

    A file that holds many captures has one for each of them. `root` is the site's root, from which
    paths are told; `content` lies in it. `hosts` are those of the old site, as far as they are
    stated. Raises UsageError where a path does not exist and OutputError where `content` cannot be
    written. A capture that cannot be read is quarantined and costs no other.
    """
    files = find_captures(captures, root)
    desk = _Desk(root, content, files)
    outcomes = tuple(outcome for file in files for outcome in desk.take(file))
    broken = (diagnose("import/record-unreadable", desk.shown(path)) for path in desk.broken)
    return ImportReport(outcomes, (*desk.findings, *desk.unstated(hosts), *broken))


class _Desk:
    """One run of an import: the records there are, and the names that are taken."""

    def __init__(self, root: Path, content: Path, files: Sequence[CaptureFile]) -> None:
        self.root, self.content = root, content
        self.places = {file.name: file.place for file in files}
        stubs, self.broken = read_stubs(content)
        self.by_capture = {stub.capture: stub for stub in stubs}
        self.by_digest = {stub.capture_digest: stub for stub in reversed(stubs)}
        self.taken = {Address(stub.article).folded for stub in stubs}
        self.last_number: dict[str, int] = {}
        self.findings: list[Diagnostic] = []  # of files that hold many captures
        self.hosts: Counter[str] = Counter()

    def take(self, file: CaptureFile) -> Iterator[ImportOutcome]:
        """Import one capture, or all that a file holds."""
        try:
            data, why = read_bytes(file.place, MAX_BYTES + 1), "it points to nothing"
        except OSError as error:
            data, why = None, error.strerror or ""
        if data is None:
            yield _quarantine(file, (diagnose("import/unreadable", file.name, detail=why),))
            return
        holder = find_holder(data[:HEAD])
        if holder:
            del data  # it may be the head of a file of many gigabytes
            yield from self._take_parts(file, holder)
        else:
            yield self._take_one(file, digest(data), lambda: read_capture(data, file.name))

    def _take_parts(self, file: CaptureFile, holder: Holder) -> Iterator[ImportOutcome]:
        seen = Seen()
        try:
            with file.place.open("rb") as handle:
                for part in holder.read_parts(handle):
                    if isinstance(part, Finding):
                        self.findings.append(
                            diagnose(part.code, file.name, line=part.line, detail=part.detail)
                        )
                        continue
                    one = CaptureFile(file.place, f"{file.name}#{seen.name(part)}")
                    yield self._take_part(one, part, seen)
                if holder.read_pictures and seen.pictures:
                    handle.seek(0)
                    self._write_pictures(file, holder.read_pictures(handle, seen.pictures))
        except OSError as error:
            found = diagnose("import/unreadable", file.name, detail=error.strerror or "")
            yield _quarantine(file, (found,))
        else:
            if not seen.names:
                found = diagnose("import/not-a-capture", file.name, detail="no page in it")
                yield _quarantine(file, (found,))

    def _take_part(self, file: CaptureFile, part: Held, seen: Seen) -> ImportOutcome:
        twin = seen.twin(part)
        if twin and file.name not in self.by_capture:
            article = self.by_capture[twin].article if twin in self.by_capture else ""
            reason = f"same as {twin}"
            return ImportOutcome(
                file.name, ImportStatus.DUPLICATE, article and self.shown(article), reason
            )
        if part.read.reading is None and not part.is_damaged:
            # Half the pages of a site are lists: nobody can take them out of the file.
            found = diagnose("import/passed-over", file.name, detail=part.read.findings[-1].detail)
            return ImportOutcome(file.name, ImportStatus.PASSED_OVER, "", found.message, (found,))
        outcome = self._take_one(file, part.mark, lambda: part.read)
        seen.add(part, file.name)
        seen.pictures.update(
            picture_addresses(part.read.reading.article) if part.read.reading else ()
        )
        self.hosts.update(part.hosts)
        return outcome

    def _write_pictures(self, file: CaptureFile, found: Iterator[tuple[str, bytes]]) -> None:
        """Write pictures that articles show to where a build publishes them at their address."""
        count = 0
        for address, data in found:
            place = self.content / address_path(address)
            count += 1
            if data and not place.exists():
                write_bytes(place, data)
        if count:
            self.findings.append(diagnose("import/pictures", file.name, detail=str(count)))

    def unstated(self, hosts: Collection[str]) -> Iterator[Diagnostic]:
        """The hosts of imported pages that the site does not know for those of the old site."""
        found = [
            f"{host} ({count})" for host, count in self.hosts.most_common() if host not in hosts
        ]
        if found:
            more = f" and {len(found) - 5} more" if len(found) > 5 else ""
            yield diagnose("import/hosts", ".", detail=", ".join(found[:5]) + more)

    def _take_one(self, file: CaptureFile, mark: str, read_it: Callable[[], Read]) -> ImportOutcome:
        stub = self.by_capture.get(file.name)
        twin = self.by_digest.get(mark)
        if stub is None and twin is not None:
            there = self._digest_now(twin)
            if there == mark:
                reason, article = f"same as {twin.capture}", self.shown(twin.article)
                return ImportOutcome(file.name, ImportStatus.DUPLICATE, article, reason)
            if there is None:
                # The capture was moved or renamed: the article stays where it is.
                stub = twin
        read = read_it()
        found = tuple(
            diagnose(one.code, file.name, line=one.line, detail=one.detail) for one in read.findings
        )
        if read.reading is None:
            return _quarantine(file, found)
        if stub is None:
            stub, taken = self._new_stub(file, read.reading)
            found += taken
        return self._write(file, mark, read.reading, read, stub, found)

    def shown(self, path: str) -> str:
        """A path in the content folder as reports tell it."""
        return f"{self.content.relative_to(self.root).as_posix()}/{path}"

    def _new_stub(self, file: CaptureFile, reading: Reading) -> tuple[Stub, tuple[Diagnostic, ...]]:
        """A free name for a new article. A file that holds its very bytes is it."""
        wanted = article_file(reading.name or capture_id(file.name), reading.day)
        for number in count(self.last_number.get(wanted, 0) + 1):
            article = numbered(wanted, number)
            if Address(article).folded in self.taken:
                continue
            if self._read(article) in (None, reading.article):
                break
        self.last_number[wanted] = number
        self.taken.add(Address(article).folded)
        found: tuple[Diagnostic, ...] = ()
        if number > 1:
            found = (diagnose("import/name-taken", file.name, detail=self.shown(wanted)),)
        return Stub(file.name, "", article, ""), found

    def _write(
        self,
        file: CaptureFile,
        mark: str,
        reading: Reading,
        read: Read,
        stub: Stub,
        found: tuple[Diagnostic, ...],
    ) -> ImportOutcome:
        article, old = stub.article, self._read(stub.article)
        if old is None:
            status = ImportStatus.IMPORTED
        elif old == reading.article:
            status = ImportStatus.UNCHANGED
        elif digest(old) == stub.article_digest:
            status = ImportStatus.UPDATED
        else:
            found += (diagnose("import/kept-edited", self.shown(article)),)
            return ImportOutcome(
                file.name, ImportStatus.KEPT_EDITED, self.shown(article), "", found
            )
        if status is not ImportStatus.UNCHANGED:
            write_bytes(self.content / article, reading.article)
        if reading.shape == "html" and "#" not in file.name:
            copy_pictures(reading.article, file.place, self.content / article)
        record = Record(
            capture=file.name,
            capture_digest=mark,
            article=article,
            article_digest=digest(reading.article),
            shape=reading.shape,
            encoding=read.encoding,
            fields=reading.fields,
            cut=reading.cut,
        )
        # The record comes after the article: an import that is stopped between them finds the
        # article's very bytes next time and only adds the record.
        if self._read(record_file(article)) != encode(record):
            write_bytes(self.content / record_file(article), encode(record))
        self.by_capture[file.name] = self.by_digest[mark] = Stub(
            record.capture, mark, article, record.article_digest
        )
        return ImportOutcome(file.name, status, self.shown(article), "", found)

    def _read(self, path: str) -> bytes | None:
        try:
            return read_bytes(self.content / path)
        except OSError as error:
            raise OutputError(
                f"cannot read: {error.strerror}",
                path=self.shown(path),
                hint="move it away or mend its permissions",
            ) from error

    def _digest_now(self, stub: Stub) -> str | None:
        """The digest of a record's capture as it is now; None where it is gone."""
        place = self.places.get(stub.capture, self.root / stub.capture)
        holder = stub.capture.partition("#")[0]
        if holder != stub.capture and not place.exists():
            # One of many in a file, which is read but once.
            place = self.places.get(holder, self.root / holder)
            return stub.capture_digest if place.exists() else None
        try:
            data = read_bytes(place, MAX_BYTES + 1)
        except OSError:
            return ""
        return None if data is None else digest(data)


def _quarantine(file: CaptureFile, found: tuple[Diagnostic, ...]) -> ImportOutcome:
    reason = found[-1].message
    return ImportOutcome(file.name, ImportStatus.QUARANTINED, "", reason, found)
