"""Captures → articles with their records. A second run changes nothing.

An article belongs to the import as long as its bytes are those the record names. Then it follows
its capture and the rules; once edited, it is the editor's and never written again. Its file name
never changes, for the article's address hangs on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path

from generator.errors import OutputError
from generator.ingest.capture import MAX_BYTES, Read, read_capture
from generator.ingest.disk import CaptureFile, find_captures, read_bytes, read_stubs, write_bytes
from generator.ingest.naming import article_file, capture_id, numbered, record_file
from generator.ingest.outcome import ImportOutcome, ImportReport, ImportStatus
from generator.ingest.pictures import copy_pictures
from generator.ingest.reading import Reading
from generator.ingest.record import Record, Stub, digest, encode
from generator.model import Diagnostic, diagnose
from generator.text.address import Address


def import_captures(captures: Sequence[Path], *, root: Path, content: Path) -> ImportReport:
    """Import files, and all files in folders, into `content`; each gets one outcome in the report.

    `root` is the site's root, from which paths are told; `content` lies in it. Raises UsageError
    where a path does not exist and OutputError where `content` cannot be written. A capture that
    cannot be read is quarantined and costs no other.
    """
    files = find_captures(captures, root)
    desk = _Desk(root, content, files)
    outcomes = tuple(desk.take(file) for file in files)
    return ImportReport(
        outcomes,
        tuple(diagnose("import/record-unreadable", desk.shown(path)) for path in desk.broken),
    )


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

    def take(self, file: CaptureFile) -> ImportOutcome:
        """Import one capture."""
        try:
            data, why = read_bytes(file.place, MAX_BYTES + 1), "it points to nothing"
        except OSError as error:
            data, why = None, error.strerror or ""
        if data is None:
            return _quarantine(file, (diagnose("import/unreadable", file.name, detail=why),))
        mark = digest(data)
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
        read = read_capture(data, file.name)
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
        if reading.shape == "html":
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
        try:
            data = read_bytes(place, MAX_BYTES + 1)
        except OSError:
            return ""
        return None if data is None else digest(data)


def _quarantine(file: CaptureFile, found: tuple[Diagnostic, ...]) -> ImportOutcome:
    reason = found[-1].message
    return ImportOutcome(file.name, ImportStatus.QUARANTINED, "", reason, found)
