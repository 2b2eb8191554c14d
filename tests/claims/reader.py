"""Reads invented texts with the claims stage: a page of paragraphs in, records out."""

import re
from typing import Any, TypeVar

from firsthand.claims.stage import read_document
from firsthand.model.claim import Attribution, Claim, Entity, LoadedTerm
from firsthand.model.document import Document, Segments
from firsthand.model.lineage import Voice, Voices
from firsthand.model.page import TEXT_VERSION, Block, Furniture, Page
from firsthand.model.record import Range, Record
from firsthand.segment.stage import segment_document

R = TypeVar("R", bound=Record)


def document_of(text: str, **changes: Any) -> tuple[Page, Document, Segments]:
    """A page with one document that spans it, in paragraphs by line."""
    lines = re.finditer(r"[^\n]*\S[^\n]*", text)
    page = Page(
        page_id="p-1",
        source="page.txt",
        sha256="0",
        media_type="text/plain",
        captured_at="",
        text_version=TEXT_VERSION,
        text=text,
        blocks=tuple(Block(start=m.start(), end=m.end(), path="") for m in lines),
        furniture=changes.pop("furniture", ()),
    )
    document = Document(
        **{
            "document_id": "d-1",
            "page_id": "p-1",
            "ordinal": 1,
            "start": 0,
            "end": len(text),
            "title": None,
            "title_start": None,
            "title_end": None,
            "byline": None,
            "outlet": "Halden Post",
            "outlet_basis": "given",
            "published": None,
            "published_basis": None,
            "published_reason": None,
            "dateline": None,
            "language": "en",
            "url": None,
            **changes,
        }
    )
    return page, document, segment_document(page, document)


def records(text: str, voices: tuple[Voice, ...] = (), **changes: Any) -> list[Record]:
    """Everything the stage makes of a text."""
    page, document, segments = document_of(text, **changes)
    spoken = Voices(document_id="d-1", page_id="p-1", voices=voices) if voices else None
    marked = [Range(start=one.start, end=one.end) for one in page.furniture]
    return list(read_document(page, document, segments, spoken, marked))


def of(kind: type[R], text: str, **changes: Any) -> list[R]:
    """The records of one type."""
    return [row for row in records(text, **changes) if isinstance(row, kind)]


def attributions(text: str, **changes: Any) -> list[Attribution]:
    """The attributions of a text."""
    return of(Attribution, text, **changes)


def claims(text: str, **changes: Any) -> list[Claim]:
    """The claims of a text."""
    return of(Claim, text, **changes)


def entities(text: str, **changes: Any) -> list[Entity]:
    """The entities of a text."""
    return of(Entity, text, **changes)


def loaded(text: str, **changes: Any) -> list[LoadedTerm]:
    """The loaded terms of a text."""
    return of(LoadedTerm, text, **changes)


def words(spans: Any) -> str:
    """The words of spans, joined by an ellipsis."""
    return " … ".join(span.text for span in spans)


__all__ = [
    "Furniture",
    "attributions",
    "claims",
    "document_of",
    "entities",
    "loaded",
    "of",
    "records",
    "words",
]
