"""The command line: each command parses, calls one function, prints, and sets the exit code."""

from generator.cli.main import main

__all__ = ["main"]
