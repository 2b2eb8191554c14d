"""Builds pages, documents and segments for tests of trace from plain article text."""

import re
from collections.abc import Sequence

from firsthand.model.document import Document, Segments
from firsthand.model.ids import document_id, page_id, sha256
from firsthand.model.page import Block, Furniture, Link, Page, PageMetadata
from firsthand.segment.stage import segment_document


def make_page(
    text: str,
    *,
    source: str = "pile/page.txt",
    furniture: Sequence[tuple[str, str]] = (),
    links: Sequence[tuple[str, str]] = (),
    paths: Sequence[str] = (),
    metadata: PageMetadata | None = None,
) -> Page:
    """A page of text: furniture as (words, kind), links as (words, url), block paths by line."""
    digest = sha256(text.encode("utf-8", "surrogatepass"))
    spans = [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
    return Page(
        page_id=page_id(digest, source),
        source=source,
        sha256=digest,
        media_type="text/html" if paths else "text/plain",
        captured_at="2031-01-01T00:00:00Z",
        text_version=1,
        text=text,
        blocks=tuple(
            Block(start=start, end=end, path=paths[at] if at < len(paths) else "")
            for at, (start, end) in enumerate(spans)
        ),
        furniture=tuple(
            Furniture(
                start=text.index(words), end=text.index(words) + len(words), kind=kind, basis="form"
            )
            for words, kind in furniture
        ),
        links=tuple(
            Link(
                start=text.index(words),
                end=text.index(words) + len(words),
                url=url,
                element="blockquote" if url.startswith("cite:") else "a",
            )
            for words, url in links
        ),
        metadata=metadata or PageMetadata(),
    )


def make_document(
    page: Page,
    *,
    start: int = 0,
    end: int | None = None,
    title: str | None = None,
    outlet: str | None = "Lantern Daily",
    ordinal: int = 1,
    language: str | None = "en",
) -> Document:
    """One article of a page; the title is looked for in the text."""
    at = page.text.find(title, start) if title else -1
    return Document(
        document_id=document_id(page.page_id, ordinal, title or "", page.text[start : start + 40]),
        page_id=page.page_id,
        ordinal=ordinal,
        start=start,
        end=len(page.text) if end is None else end,
        title=title,
        title_start=at if at >= 0 else None,
        title_end=at + len(title) if title and at >= 0 else None,
        byline=None,
        outlet=outlet,
        outlet_basis="test" if outlet else None,
        published=None,
        published_basis=None,
        published_reason="no date on the page",
        dateline=None,
        language=language,
        url=None,
    )


def make_article(
    text: str, *, title: str | None = None, outlet: str | None = "Lantern Daily"
) -> tuple[Page, Document, Segments]:
    """A page with one article and its segments."""
    page = make_page(text)
    document = make_document(page, title=title, outlet=outlet)
    return page, document, segment_document(page, document)
