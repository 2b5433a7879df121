"""Backfile: a static site generator that rebuilds news archives."""

__version__ = "0.1.0"
