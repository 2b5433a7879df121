"""What the stages hand to one another: frozen values, no behaviour beyond themselves."""

from generator.model.article import Article, Fate
from generator.model.diagnostic import Diagnostic, Severity, diagnose, diagnose_error

__all__ = ["Article", "Diagnostic", "Fate", "Severity", "diagnose", "diagnose_error"]
