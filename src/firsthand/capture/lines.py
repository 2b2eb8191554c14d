"""Reads JSON lines: one page a line, with its address and what the supplier knows of it."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from firsthand.capture.items import Item, Refused
from firsthand.config import CaptureSettings
from firsthand.model.capture import Hints
from firsthand.model.ids import sha256


class Line(msgspec.Struct, frozen=True):
    """One line: an address, and the page as `html` or as `text`."""

    url: str
    html: str | None = None
    text: str | None = None
    published: str | None = None
    outlet: str | None = None
    title: str | None = None


def read_jsonl(path: Path, source: str, settings: CaptureSettings) -> Iterator[Item | Refused]:
    """Pages of a JSON-lines file, or of a JSON file that holds one page or a list of them."""
    container = sha256(path.read_bytes())
    if path.suffix.lower() == ".json":
        yield from _read_json(path, source, container, settings)
        return
    with path.open("rb") as handle:
        for number, raw in enumerate(handle, 1):
            if raw.strip():
                yield _page(raw, f"{source}:{number}", container, settings)


def _read_json(
    path: Path, source: str, container: str, settings: CaptureSettings
) -> Iterator[Item | Refused]:
    try:
        found = msgspec.json.decode(path.read_bytes(), type=list[msgspec.Raw] | msgspec.Raw)
    except (msgspec.DecodeError, UnicodeError) as error:
        detail = f"{source} is not valid JSON: {error}; save it anew as one page or a list of pages"
        yield Refused(source=source, code="bad_json", detail=detail)
        return
    rows = found if isinstance(found, list) else [found]
    for number, raw in enumerate(rows, 1):
        yield _page(bytes(raw), f"{source}:{number}", container, settings)


def _page(raw: bytes, where: str, container: str, settings: CaptureSettings) -> Item | Refused:
    if len(raw) > settings.max_page_bytes:
        return Refused(
            source=where,
            code="too_large",
            detail=f"{where} has {len(raw):,} bytes, more than capture.max_page_bytes = "
            f"{settings.max_page_bytes:,}; raise that setting to take it in",
        )
    try:
        line = msgspec.json.decode(raw, type=Line)
        body = line.html if line.html is not None else line.text
        content = (body or "").encode("utf-8")
    except (msgspec.DecodeError, UnicodeError) as error:
        return Refused(
            source=where,
            code="bad_line",
            detail=f"{where} is no page: {error}; expected "
            '{"url": …, "html": … or "text": …, "published": …, "outlet": …}',
        )
    if not content:
        return Refused(
            source=line.url,
            code="empty",
            detail=f"{where} has neither html nor text; give one of them",
        )
    return Item(
        source=line.url,
        content=content,
        media_type="text/plain" if line.html is None else "text/html",
        charset="utf-8",
        container=container,
        hints=Hints(title=line.title, outlet=line.outlet, published=line.published),
    )
