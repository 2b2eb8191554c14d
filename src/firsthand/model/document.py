"""Documents: the articles of a page, and their paragraphs, sentences and quotations."""

from typing import Literal

from firsthand.model.record import Part, Range, Record

PublishedBasis = Literal["metadata", "dateline", "text", "url", "given"]


class Document(Record, frozen=True, kw_only=True):
    """One article; a page may hold several. Offsets are into the page's text."""

    document_id: str
    page_id: str
    ordinal: int
    """1 for the first article of the page."""
    start: int
    end: int
    title: str | None
    title_start: int | None
    """Where the title stands in the page text; null where only metadata gives it."""
    title_end: int | None
    byline: str | None
    outlet: str | None
    """As the page or its metadata says; canonical where the register knows it."""
    outlet_basis: str | None
    published: str | None
    """EDTF, or null with `published_reason`."""
    published_basis: PublishedBasis | None
    published_reason: str | None
    dateline: str | None
    language: str | None
    """ISO 639-1, or null where it cannot be told."""
    url: str | None
    """Canonical URL where the page gives one, else its own where it has one."""


class Quotation(Part, frozen=True, kw_only=True):
    """A quoted stretch, marks included; `inner_*` leaves the marks out."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int
    """0 for outermost, 1 for a quotation inside a quotation, …"""
    closed: bool
    """False where the closing mark is missing (a paragraph of a longer quotation, or an error)."""
    continues: bool
    """True where it goes on from an unclosed quotation of the paragraph before."""


class Paragraph(Part, frozen=True, kw_only=True):
    """A paragraph; `furniture` where it lies inside furniture known by form or extractor."""

    start: int
    end: int
    furniture: bool = False
    heading: bool = False


class Segments(Record, frozen=True, kw_only=True):
    """The paragraphs, sentences and quotations of one document, each in reading order."""

    document_id: str
    page_id: str
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Range, ...]
    quotations: tuple[Quotation, ...]
