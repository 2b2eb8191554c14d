"""A document as read: its text line by line with voices, spans and furniture, and its rail."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from firsthand.model.claim import LoadedTerm
from firsthand.model.document import Document
from firsthand.model.event import Conflict
from firsthand.model.lineage import AlteredQuotation, RepeatedFurniture, Voice, Voices
from firsthand.model.page import Page
from firsthand.model.record import Part
from firsthand.publish import read
from firsthand.publish.claim_views import ClaimView, DocumentLine, claim_views, document_line
from firsthand.publish.differences import Difference, differences
from firsthand.publish.pieces import Mark, Piece, cut, lines
from firsthand.publish.shared_text import TakenOver, taken_over
from firsthand.publish.told import by_ids, sources_of, told
from firsthand.publish.traced import Traced, traced_to
from firsthand.publish.words import _

FOLD = 4
"""More furniture lines in a row than this are folded away, still one click from sight."""


class Share(Part, frozen=True, kw_only=True):
    """How much of the article's text is in one speaker's words."""

    speaker: str
    kind: str
    chars: int
    percent: float
    colour: int
    """1 to 8, the same for a speaker all over the page."""


class Line(Part, frozen=True, kw_only=True):
    """One line of the page, or the part of it that one speaker says."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    speaker: str | None
    """Whose words; None for furniture."""
    colour: int
    says_so: bool
    """Whether the speaker differs from that of the line before."""
    heading: bool
    furniture: str | None
    """Kind of furniture, or None for article text."""


class Block(Part, frozen=True, kw_only=True):
    """Lines that are shown together; `folded` ones are furniture that can be opened."""

    lines: tuple[Line, ...]
    folded: bool


class Altered(Part, frozen=True, kw_only=True):
    """An altered quotation beside the words it was made from."""

    altered: AlteredQuotation
    label: str
    source: DocumentLine | None
    judged: str | None = None
    """Who compared it with its source and when, in words; null where nobody did."""


class DocumentView(Part, frozen=True, kw_only=True):
    """All that the screen of a document shows."""

    document: Document
    line: DocumentLine
    page_source: str
    sha256: str
    media_type: str
    captured_at: str
    articles: tuple[DocumentLine, ...]
    """All articles of the page, this one among them."""
    shares: tuple[Share, ...]
    blocks: tuple[Block, ...]
    claims: tuple[ClaimView, ...]
    events: int
    altered: tuple[Altered, ...]
    unaltered: tuple[Altered, ...]
    """Those that a person found to be as in the source: shown, and counted nowhere."""
    differences: tuple[Difference, ...]
    taken: tuple[TakenOver, ...]
    traced: tuple[Traced, ...]


def document_view(db: sqlite3.Connection, document_id: str) -> DocumentView | None:
    """The screen of a document, or None where the edition has no such document."""
    document = read.get(db, Document, document_id)
    page = read.get(db, Page, document.page_id) if document else None
    if document is None or page is None:
        return None
    kept = list(told(db, "claim.document_id = ?", (document_id,)))
    sources = sources_of(db, kept)
    claims = claim_views(sorted(kept, key=lambda one: (one.start, one.id)), sources)
    siblings = list(read.select(db, Document, "page_id=?", (page.page_id,)))
    siblings.sort(key=lambda sibling: sibling.ordinal)
    voices = read.get(db, Voices, document_id)
    spoken = voices.voices if voices else ()
    furniture = _furniture(db, page)
    looked_at = _altered(db, document_id, page.page_id)
    altered = tuple(row for row, wrong in looked_at if wrong)
    colours = _colours(spoken)
    return DocumentView(
        document=document,
        line=document_line(document, page),
        page_source=page.source,
        sha256=page.sha256,
        media_type=page.media_type,
        captured_at=page.captured_at,
        articles=tuple(document_line(sibling, page) for sibling in siblings),
        shares=_shares(document, spoken, furniture, colours),
        blocks=_blocks(
            _Reading(
                text=page.text,
                bounds=_bounds(document, siblings, page),
                document=document,
                voices=spoken,
                colours=colours,
                furniture=furniture,
                marks=_marks(claims, altered, sources.loaded.get(document_id, ())),
            )
        ),
        claims=claims,
        events=len({view.event_id for view in claims if view.event_id}),
        altered=altered,
        unaltered=tuple(row for row, wrong in looked_at if not wrong),
        differences=_differences(db, claims),
        taken=taken_over(db, document_id),
        traced=traced_to(db, document_id),
    )


Range = tuple[int, int, str]


def _furniture(db: sqlite3.Connection, page: Page) -> tuple[Range, ...]:
    found = [(mark.start, mark.end, mark.kind) for mark in page.furniture]
    repeated = read.get(db, RepeatedFurniture, page.page_id)
    found += [(mark.start, mark.end, "repeated") for mark in (repeated.ranges if repeated else ())]
    return tuple(sorted(found))


def _bounds(document: Document, siblings: Sequence[Document], page: Page) -> tuple[int, int]:
    """What to show: the article and the furniture around it up to its neighbours."""
    before = [sibling.end for sibling in siblings if sibling.end <= document.start]
    after = [sibling.start for sibling in siblings if sibling.start >= document.end]
    return max(before, default=0), min(after, default=len(page.text))


def _altered(
    db: sqlite3.Connection, document_id: str, page_id: str
) -> tuple[tuple[Altered, bool], ...]:
    """The quotations that differ from their sources, each with whether that stands."""
    rows = sorted(
        read.select(db, AlteredQuotation, "document_id=?", (document_id,)),
        key=lambda row: (row.quotation.start, row.altered_id),
    )
    homes = by_ids(db, Document, {row.source_document for row in rows if row.source_document})
    checked = read.checked(db, page_id)
    found: list[tuple[Altered, bool]] = []
    for number, row in enumerate(rows, 1):
        seen = checked.get(row.quotation.text)
        source = homes.get(row.source_document or "")
        shown = Altered(
            altered=row,
            label=f"A{number}",
            source=document_line(source[0], None) if source else None,
            judged=seen.judged if seen else None,
        )
        found.append((shown, seen is None or seen.altered))
    return tuple(found)


def _differences(db: sqlite3.Connection, claims: Sequence[ClaimView]) -> tuple[Difference, ...]:
    here = {view.claim_id for view in claims}
    events = {view.event_id for view in claims if view.event_id}
    found = [
        row
        for rows in by_ids(db, Conflict, events, "event_id").values()
        for row in rows
        if here & set(row.claims)
    ]
    return differences(db, sorted(found, key=lambda row: row.conflict_id))


def _colours(voices: Iterable[Voice]) -> dict[str, int]:
    order: dict[str, int] = {}
    for voice in voices:
        order.setdefault(voice.speaker, len(order) % 8 + 1)
    return order


def _shares(
    document: Document,
    voices: Sequence[Voice],
    furniture: Sequence[Range],
    colours: dict[str, int],
) -> tuple[Share, ...]:
    """Code points of article text by speaker, largest first; furniture is left out."""
    chars: dict[str, int] = {}
    kinds: dict[str, str] = {}
    for voice in voices:
        start, end = max(voice.start, document.start), min(voice.end, document.end)
        kept = max(0, end - start) - _covered(furniture, start, end)
        chars[voice.speaker] = chars.get(voice.speaker, 0) + max(0, kept)
        kinds.setdefault(voice.speaker, voice.kind)
    total = sum(chars.values())
    order = sorted((name for name in chars if chars[name]), key=lambda name: (-chars[name], name))
    return tuple(
        Share(
            speaker=name,
            kind=kinds[name],
            chars=chars[name],
            percent=round(100 * chars[name] / total, 1),
            colour=colours[name],
        )
        for name in order
    )


def _covered(furniture: Sequence[Range], start: int, end: int) -> int:
    """How many code points of `[start, end)` lie under furniture, each counted once."""
    covered, at = 0, start
    for one, other, _kind in furniture:
        low, high = max(one, at), min(other, end)
        if low < high:
            covered += high - low
            at = high
    return covered


class _Reading(Part, frozen=True, kw_only=True):
    """What is needed to lay out the text of one document."""

    text: str
    bounds: tuple[int, int]
    document: Document
    voices: tuple[Voice, ...]
    colours: dict[str, int]
    furniture: tuple[Range, ...]
    marks: tuple[Mark, ...]


def _marks(
    claims: Sequence[ClaimView], altered: Sequence[Altered], loaded: Iterable[LoadedTerm]
) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    for view in claims:
        for number, span in enumerate(view.evidence):
            last = number == len(view.evidence) - 1
            marks.append(
                Mark(
                    start=span.start,
                    end=span.end,
                    kind="claim",
                    note=str(view.number) if last else None,
                    target=view.claim_id,
                    title=view.summary,
                )
            )
        marks += [
            Mark(start=number.start, end=number.end, kind="num") for number in view.quantities
        ]
        if view.time is not None:
            marks.append(Mark(start=view.time.start, end=view.time.end, kind="when"))
    for row in altered:
        quotation = row.altered.quotation
        marks.append(Mark(start=quotation.start, end=quotation.end, kind="altered", note=row.label))
    marks += [Mark(start=term.start, end=term.end, kind="loaded") for term in loaded]
    return tuple(marks)


def _blocks(reading: _Reading) -> tuple[Block, ...]:
    """Lines in reading order; long runs of furniture are folded."""
    found: list[Block] = []
    run: list[Line] = []
    previous: str | None = None
    for line in _lines(reading):
        said = line.speaker if line.furniture is None else _("not article text")
        if run and (line.furniture is None) != (run[-1].furniture is None):
            found.append(_block(run))
            run = []
        run.append(msgspec.structs.replace(line, says_so=said != previous))
        previous = said
    if run:
        found.append(_block(run))
    return tuple(found)


def _block(run: Sequence[Line]) -> Block:
    return Block(lines=tuple(run), folded=run[0].furniture is not None and len(run) > FOLD)


def _lines(reading: _Reading) -> Iterator[Line]:
    document = reading.document
    for start, end in lines(reading.text, *reading.bounds):
        kind = _furniture_of(reading, start, end)
        if kind is not None:
            yield _line(reading, start, end, None, kind)
            continue
        for low, high, voice in _by_voice(reading.voices, start, end):
            yield _line(reading, low, high, voice.speaker if voice else document.outlet, None)


def _furniture_of(reading: _Reading, start: int, end: int) -> str | None:
    """The kind of furniture a line is, where at least half of it is; None for article text."""
    inside = [mark for mark in reading.furniture if mark[0] < end and start < mark[1]]
    if inside and 2 * _covered(inside, start, end) >= end - start:
        return inside[0][2]
    outside = end <= reading.document.start or start >= reading.document.end
    return "outside" if outside else None


def _by_voice(
    voices: Sequence[Voice], start: int, end: int
) -> Iterator[tuple[int, int, Voice | None]]:
    """A line cut where the speaker changes."""
    at = start
    for voice in voices:
        low, high = max(voice.start, at), min(voice.end, end)
        if low >= high:
            continue
        if low > at:
            yield at, low, None
        yield low, high, voice
        at = high
    if at < end:
        yield at, end, None


def _line(
    reading: _Reading, start: int, end: int, speaker: str | None, furniture: str | None
) -> Line:
    title = (reading.document.title_start, reading.document.title_end)
    return Line(
        start=start,
        end=end,
        pieces=cut(reading.text, start, end, reading.marks if furniture is None else ()),
        speaker=speaker or (None if furniture else _("outlet not given")),
        colour=reading.colours.get(speaker or "", 0),
        says_so=False,
        heading=title[0] is not None and title[0] <= start and end <= (title[1] or 0),
        furniture=furniture,
    )
