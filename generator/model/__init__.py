"""What the stages hand to one another: frozen values, no behaviour beyond themselves."""

from generator.model.article import Article, Fate
from generator.model.diagnostic import Diagnostic, Severity, diagnose

__all__ = ["Article", "Diagnostic", "Fate", "Severity", "diagnose"]
