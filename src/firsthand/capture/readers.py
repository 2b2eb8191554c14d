"""Reads files and folders into pages, one item or refusal a source, in order of source."""

from collections.abc import Iterator
from pathlib import Path

from firsthand.capture.items import Item, Refused
from firsthand.config import CaptureSettings

MEDIA_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".txt": "text/plain",
    ".md": "text/markdown",
}


def read_path(path: Path, settings: CaptureSettings) -> Iterator[Item | Refused]:
    """Pages of a file, or of a folder and all folders under it."""
    if path.is_dir():
        for found in sorted(path.rglob("*")):
            if found.is_file():
                yield from read_file(found, found.relative_to(path).as_posix(), settings)
        return
    yield from read_file(path, path.name, settings)


def read_file(path: Path, source: str, settings: CaptureSettings) -> Iterator[Item | Refused]:
    """The page, or pages, of one file."""
    media_type = MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        known = " ".join(sorted(MEDIA_TYPES))
        yield Refused(
            source=source,
            code="unknown_type",
            detail=f"{source}: files that end in {path.suffix or 'nothing'} are not read; "
            f"rename it to one of {known}",
        )
        return
    try:
        if path.stat().st_size > settings.max_page_bytes:
            yield Refused(source=source, code="too_large", detail=f"{source} is too large")
            return
        content = path.read_bytes()
    except OSError as error:
        yield Refused(source=source, code="unreadable", detail=f"{source}: {error.strerror}")
        return
    yield Item(source=source, content=content, media_type=media_type)
