"""The command line: parse, call one function, print."""

from firsthand.cli.app import main

__all__ = ["main"]
