"""Files that are whole or absent: written under a temporary name, synced, then renamed."""

import os
import secrets
from pathlib import Path

from firsthand.errors import ProjectError

TEMPORARY = ".tmp-"
"""Prefix of unfinished files; they are swept away when the next run begins."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that readers see the old one or the new one, never a part."""
    temporary = path.with_name(f"{TEMPORARY}{secrets.token_hex(6)}-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise unwritable(path, error) from error


def append_line(path: Path, line: bytes) -> None:
    """Append one line and sync it; a line cut short by a crash is mended by the next append."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as handle:
            if handle.tell() > 0:
                handle.seek(-1, os.SEEK_END)
                if handle.read(1) != b"\n":
                    handle.write(b"\n")
            handle.write(line + b"\n")
            handle.flush()
            os.fsync(handle.fileno())
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> ProjectError:
    """The error for a file that could not be written, with what to do."""
    reason = error.strerror or type(error).__name__
    message = f"cannot write {path}: {reason}; free some space or fix its permissions, then re-run"
    return ProjectError(message)


def sweep(folder: Path) -> None:
    """Remove what an interrupted run left half-written under a folder."""
    for place, _, names in os.walk(folder):
        for name in names:
            if name.startswith(TEMPORARY):
                Path(place, name).unlink(missing_ok=True)
