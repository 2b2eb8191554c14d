"""Reads files and folders into pages, one item or refusal a source, in order of source."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from firsthand.capture.archives import read_wacz, read_warc
from firsthand.capture.items import Item, Refused
from firsthand.capture.lines import read_jsonl
from firsthand.config import CaptureSettings

Reader = Callable[[Path, str, CaptureSettings], Iterator[Item | Refused]]

MEDIA_TYPES: Final = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".pdf": "application/pdf",
}
"""Ending to media type of files that are one page each."""


def read_path(path: Path, settings: CaptureSettings) -> Iterator[Item | Refused]:
    """Pages of a file, or of a folder and all folders under it.

    Links in a folder are not followed: they, and endings that are not read, become refusals.
    Hidden files are passed over, as git does.
    """
    if not path.exists():
        yield Refused(
            source=_printable(path.name),
            code="missing",
            detail=f"{_printable(str(path))} does not exist; check its spelling",
        )
        return
    if not path.is_dir():
        yield from read_file(path, _printable(path.name), settings)
        return
    waiting = [path]
    while waiting:
        found = waiting.pop()
        source = _printable(found.relative_to(path).as_posix())
        if not found.is_dir() or found.is_symlink():
            yield from _read_found(found, source, settings)
            continue
        try:
            waiting += sorted((one for one in found.iterdir() if one.name[0] != "."), reverse=True)
        except OSError as error:
            yield _unreadable(source, error)


def _printable(name: str) -> str:
    """A file's name, with bytes that are no UTF-8 written as a backslash, x and two digits."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _read_found(path: Path, source: str, settings: CaptureSettings) -> Iterator[Item | Refused]:
    """What a folder holds under one name: a file, a link, or something that is no file."""
    if path.is_symlink():
        yield Refused(
            source=source,
            code="link",
            detail=f"{source} is a link, and links are not followed; add what it points to itself",
        )
    elif path.is_file():
        yield from read_file(path, source, settings)
    else:
        yield Refused(
            source=source,
            code="no_file",
            detail=f"{source} is no regular file (a pipe, socket or device); save it as a file",
        )


def read_file(path: Path, source: str, settings: CaptureSettings) -> Iterator[Item | Refused]:
    """The page, or pages, of one file."""
    name = path.name.lower()
    for ending, reader in READERS.items():
        if name.endswith(ending):
            try:
                yield from reader(path, source, settings)
            except OSError as error:
                yield _unreadable(source, error)
            return
    yield Refused(
        source=source,
        code="unknown_type",
        detail=f"{source}: files of this kind are not read; known endings: "
        f"{' '.join(sorted(READERS))}",
    )


def _unreadable(source: str, error: OSError) -> Refused:
    reason = error.strerror or str(error)
    return Refused(
        source=source,
        code="unreadable",
        detail=f"{source} cannot be read: {reason}; check its permissions",
    )


def _read_page(path: Path, source: str, settings: CaptureSettings) -> Iterator[Item | Refused]:
    size = path.stat().st_size
    if size > settings.max_page_bytes:
        yield Refused(
            source=source,
            code="too_large",
            detail=f"{source} has {size:,} bytes, more than capture.max_page_bytes = "
            f"{settings.max_page_bytes:,}; raise that setting to take it in",
        )
    elif size == 0:
        yield Refused(source=source, code="empty", detail=f"{source} is empty; save the page again")
    else:
        yield Item(
            source=source,
            content=path.read_bytes(),
            media_type=MEDIA_TYPES[path.suffix.lower()],
        )


READERS: Final[dict[str, Reader]] = {
    **dict.fromkeys(MEDIA_TYPES, _read_page),
    ".jsonl": read_jsonl,
    ".json": read_jsonl,
    ".warc": read_warc,
    ".warc.gz": read_warc,
    ".wacz": read_wacz,
}
"""Ending of a file name to what reads such files."""
