"""Raw captures → articles in the content folder, with a record of every rule and every cut."""

from generator.ingest.importer import import_captures
from generator.ingest.outcome import ImportOutcome, ImportReport, ImportStatus

__all__ = ["ImportOutcome", "ImportReport", "ImportStatus", "import_captures"]
