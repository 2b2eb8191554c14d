"""Reads news pages about a crisis and traces every claim to its first-hand source."""

__version__ = "0.1.0"
