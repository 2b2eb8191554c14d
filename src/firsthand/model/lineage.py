"""Lineage: credits, voices, shared passages, nodes and the derivations between them."""

from typing import Literal

from firsthand.model.record import Part, Range, Record, Span

CreditKind = Literal["republished", "quoted", "cited", "translated", "linked"]
CreditPosition = Literal["leading", "medial", "trailing"]
NodeKind = Literal["document", "report", "outlet", "agency", "institution", "person", "unnamed"]
DerivationKind = Literal[
    "copy",
    "revision",
    "excerpt",
    "quotation",
    "paraphrase",
    "translation",
    "citation",
    "link",
    "shared",
    "common_source",
    "published_by",
    "said_by",
]
DerivationBasis = Literal["text", "credit", "link", "style", "attribution"]
DirectionBasis = Literal["credit", "date", "containment", "quotation_marks", "none"]


class Credit(Record, frozen=True, kw_only=True):
    """A statement that text comes from elsewhere ("Source: X", "X reports:", "(X)")."""

    credit_id: str
    document_id: str
    page_id: str
    start: int
    end: int
    text: str
    cited_source: str
    """Canonical name."""
    source_kind: str
    """outlet, agency, institution, person or unnamed."""
    cited_title: str | None = None
    """Title of the credited report where the credit names it."""
    cited_url: str | None = None
    kind: CreditKind
    position: CreditPosition
    covers: tuple[Span, ...]
    rule: str
    """Which line of the credit grammar found it."""


class Voice(Part, frozen=True, kw_only=True):
    """A stretch of a document in one speaker's words."""

    start: int
    end: int
    speaker: str
    kind: str
    """outlet, agency, institution, person or unnamed."""
    credit_id: str | None = None
    """The credit that says so; null for the outlet's own words."""
    language: str | None = None
    published: str | None = None
    """Date of an embedded report where the page gives one."""


class Voices(Record, frozen=True, kw_only=True):
    """Who speaks where in one document: voices in reading order, without gaps or overlaps."""

    document_id: str
    page_id: str
    voices: tuple[Voice, ...]


class RepeatedFurniture(Record, frozen=True, kw_only=True):
    """Blocks of one page that repeat across different articles of the same outlet."""

    page_id: str
    ranges: tuple[Range, ...]


class Passage(Record, frozen=True, kw_only=True):
    """Text shared by two documents, aligned to the character."""

    passage_id: str
    document_a: str
    document_b: str
    page_a: str
    page_b: str
    a_start: int
    a_end: int
    b_start: int
    b_end: int
    shared_words: int
    kind: Literal["copy", "quotation"]
    """`quotation` where both sides stand inside quotation marks or one speaker's block."""


class Node(Record, frozen=True, kw_only=True):
    """Anything an edge of the lineage can point to."""

    node_id: str
    kind: NodeKind
    name: str
    captured: bool
    document_id: str | None = None
    outlet: str | None = None
    published: str | None = None
    credited_by: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    """Ids of the nodes merged into this one; edges to them are read as edges to this one."""


class SpanPair(Part, frozen=True, kw_only=True):
    """The words on both sides of a derivation, where they are known."""

    derived: Span | None = None
    source: Span | None = None


class Reading(Part, frozen=True, kw_only=True):
    """One of the two directions an undirected edge may have."""

    derived: str
    source: str


class Derivation(Record, frozen=True, kw_only=True):
    """An edge of the lineage: what was derived from what, and how that is known."""

    derivation_id: str
    derived: str
    source: str
    kind: DerivationKind
    basis: DerivationBasis
    spans: tuple[SpanPair, ...] = ()
    shared_words: int = 0
    containment: float = 0.0
    """Shared words over the words of the shorter side, 0..1."""
    directed: bool = True
    readings: tuple[Reading, ...] = ()
    direction_basis: DirectionBasis = "none"
    status: Literal["active", "set_aside"] = "active"
    reason: str | None = None
    confidence: float = 1.0
    explanation: str | None = None


class AlteredQuotation(Record, frozen=True, kw_only=True):
    """Words inside quotation marks that differ from the traced source."""

    altered_id: str
    document_id: str
    page_id: str
    quotation: Span
    source_document: str | None
    source_span: Span | None
    alteration: str
    """words not in the source, insertion, hedge dropped, number changed, truncation."""
    explanation: str
