"""A claim as shown: neutral words, path back to the speaker, its passage with spans marked."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from firsthand.model.claim import Attribution, Place, Quantity, Time
from firsthand.model.document import Document
from firsthand.model.event import ClaimOrigin
from firsthand.model.page import Page
from firsthand.model.precision import PrecisionCodes, precision_codes
from firsthand.model.record import Part, Span
from firsthand.publish.pieces import Mark, Piece, cut, lines
from firsthand.publish.told import Sources, Told
from firsthand.publish.words import _

AROUND = 280
"""Code points of context shown on each side of a claim's words, up to whole lines."""

PARTIES: Final = frozenset(
    {"agent", "besieger", "subject", "supporter", "target", "victim", "besieged", "recipient"}
)
"""Roles whose names stand in the summary of a claim."""


class DocumentLine(Part, frozen=True, kw_only=True):
    """An article in one line."""

    document_id: str
    page_id: str
    title: str
    outlet: str
    published: str | None
    language: str | None
    source: str


class Teller(Part, frozen=True, kw_only=True):
    """One station on the path back to the speaker."""

    name: str
    kind: str
    unnamed: bool = False


class ClaimView(Part, frozen=True, kw_only=True):
    """One claim as shown on a dossier, in a list or on its own page."""

    claim_id: str
    number: int
    summary: str
    bare: bool
    """Whether the summary names neither a party nor a figure: its words tell more than it does."""
    type: str
    modality: str
    polarity: str
    document: DocumentLine
    sha256: str
    path: tuple[Teller, ...]
    """Origin first, publisher last."""
    origin: ClaimOrigin | None
    origin_id: str | None
    event_id: str | None
    statement_id: str | None
    start: int
    end: int
    evidence: tuple[Span, ...]
    passage: tuple[tuple[Piece, ...], ...]
    """The words with their context, line by line."""
    time: Time | None
    places: tuple[Place, ...]
    codes: PrecisionCodes
    quantities: tuple[Quantity, ...]
    speaker: str | None
    quotation: str | None
    hedges: tuple[str, ...]
    rule: str
    link_reason: str | None


def document_line(document: Document, page: Page | None) -> DocumentLine:
    """An article in one line; what it lacks is said in words."""
    source = page.source if page else document.page_id
    return DocumentLine(
        document_id=document.document_id,
        page_id=document.page_id,
        title=document.title or _("untitled page"),
        outlet=document.outlet or _("outlet not given"),
        published=document.published,
        language=document.language,
        source=source,
    )


def claim_views(claims: Sequence[Told], sources: Sources) -> tuple[ClaimView, ...]:
    """Claims as shown, numbered in the order given; those whose page is gone are left out."""
    kept = [one for one in claims if one.claim.document_id in sources.documents]
    return tuple(_view(one, sources, number) for number, one in enumerate(kept, 1))


def _view(one: Told, sources: Sources, number: int) -> ClaimView:
    claim, link = one.claim, one.link
    document = sources.documents[claim.document_id]
    page = sources.pages.get(claim.page_id)
    said = sources.attributions.get(claim.attribution or "")
    return ClaimView(
        claim_id=claim.claim_id,
        number=number,
        summary=one.summary,
        bare=not one.quantities and not any(actor.role in PARTIES for actor in one.actors),
        type=claim.type,
        modality=claim.modality,
        polarity=claim.polarity,
        document=document_line(document, page),
        sha256=page.sha256 if page else "",
        path=path_back(one, document),
        origin=link.origin if link else None,
        origin_id=link.origin_id if link else None,
        event_id=link.event_id if link else None,
        statement_id=link.statement_id if link else None,
        start=one.start,
        end=one.end,
        evidence=claim.evidence,
        passage=passage(one, document, page, sources) if page else (),
        time=one.time,
        places=one.places,
        codes=_codes(one),
        quantities=one.quantities,
        speaker=said.source_name if said else None,
        quotation=said.quotation if said else None,
        hedges=tuple(hedge.text for hedge in said.hedges) if said else (),
        rule=claim.rule,
        link_reason=link.reason if link else None,
    )


def _codes(one: Told) -> PrecisionCodes:
    """The precision codes of a claim's time and of its first place, as exported."""
    dated = (one.time.earliest, one.time.latest) if one.time else (None, None)
    return precision_codes(*dated, next(iter(one.places), None))


def path_back(one: Told, document: Document) -> tuple[Teller, ...]:
    """Who told whom, origin first; the publisher stands last, once."""
    publisher = Teller(name=document.outlet or _("outlet not given"), kind="outlet")
    stations = [
        publisher,
        *(Teller(name=k.name, kind=k.kind, unnamed=_unnamed(k.kind)) for k in one.chain[1:]),
    ]
    if one.link is not None:
        origin = one.link.origin
        last = one.chain[-1].name if one.chain else publisher.name
        if same_teller(last, origin.name):
            stations.pop()
        stations.append(
            Teller(name=origin.name, kind=origin.kind, unnamed=_unnamed(origin.kind, origin.level))
        )
    return tuple(reversed(stations))


def same_teller(station: str, origin: str) -> bool:
    """Whether a station of a chain is the origin itself, which may say through whom: "X (Y)"."""
    return origin == station or origin.startswith(f"{station} (")


def _unnamed(kind: str, level: str = "") -> bool:
    return kind in ("anonymous", "unnamed") or level in ("relay_unknown", "inference", "none")


def passage(
    one: Told, document: Document, page: Page, sources: Sources
) -> tuple[tuple[Piece, ...], ...]:
    """The claim's words in whole lines with some context, who, what, numbers and times marked."""
    said = sources.attributions.get(one.claim.attribution or "")
    near = [
        span
        for span in (*one.claim.evidence, *(said.source if said else ()))
        if abs(span.start - one.start) <= AROUND
    ]
    first = min((span.start for span in near), default=one.start)
    last = max((span.end for span in near), default=one.end)
    low = max(document.start, first - AROUND)
    high = min(max(document.end, last), last + AROUND)
    if low > document.start:
        low = _line_start(page.text, low, first)
    if high < document.end:
        high = _line_end(page.text, high, last)
    marks = list(_marks(one, said, sources))
    return tuple(cut(page.text, start, end, marks) for start, end in lines(page.text, low, high))


def _line_start(text: str, low: int, first: int) -> int:
    """The first line break after `low`, so that no line is cut; `low` where there is none."""
    found = text.find("\n", low, first)
    return low if found < 0 else found + 1


def _line_end(text: str, high: int, last: int) -> int:
    found = text.rfind("\n", last, high)
    return high if found < 0 else found


def _marks(one: Told, said: Attribution | None, sources: Sources) -> Iterator[Mark]:
    yield from _spans("what", one.claim.evidence)
    if said is not None:
        yield from _spans("who", said.source)
    for quantity in one.quantities:
        yield Mark(start=quantity.start, end=quantity.end, kind="num")
    if one.time is not None:
        yield Mark(start=one.time.start, end=one.time.end, kind="when")
    for term in sources.loaded.get(one.claim.document_id, ()):
        yield Mark(start=term.start, end=term.end, kind="loaded")


def _spans(kind: str, spans: Iterable[Span]) -> Iterator[Mark]:
    return (Mark(start=span.start, end=span.end, kind=kind) for span in spans)
