"""Generated rows of a pile of any size, made as an edition asks for them and never held whole.

Pages of ten claims each; events own claims of different pages, a few of them very many (sizes by
Zipf's law), so that the most told events are as heavy as those of a real pile.
"""

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

import msgspec
import numpy as np

from firsthand.model.claim import (
    Actor,
    Attribution,
    ChainLink,
    Claim,
    Codes,
    Place,
    Quantity,
    ResolvedClaim,
    Time,
)
from firsthand.model.document import Document
from firsthand.model.event import Account, ClaimLink, ClaimOrigin, Conflict, Event, Forecast, Origin
from firsthand.model.lineage import Derivation, Node, Voice, Voices
from firsthand.model.page import Block, Page
from firsthand.model.record import Record, Span
from firsthand.publish.tables import EDITION_TABLES
from firsthand.publish.words import claim_types
from firsthand.stage import Change, Encoded

A_PAGE = 10
AN_EVENT = 5
"""Claims of an event on average."""
LARGEST = 2_000
OUTLETS, ORIGINS, PLACES = 400, 4_000, 20_000
MASK = 2**64 - 1
STRIDE = 7_368_787
"""A prime: claims of one event lie far apart."""
FIRST = date(2014, 1, 1)
LEVELS = ("first_hand", "institutional", "self_report", "relay_unknown", "none")
MODALITIES = ("asserted",) * 14 + ("unconfirmed", "possible", "denied", "forecast", "opinion")
NOUNS = [
    "market",
    "bridge",
    "harbour",
    "road",
    "school",
    "depot",
    "convoy",
    "clinic",
    "mill",
    "station",
    "quarter",
    "camp",
]
VERBS = [
    "hit",
    "shelled",
    "reached",
    "left",
    "held",
    "crossed",
    "lost",
    "kept",
    "opened",
    "closed",
    "warned",
    "denied",
]
WHO = [
    "troops",
    "residents",
    "officials",
    "medics",
    "rebels",
    "drivers",
    "soldiers",
    "farmers",
    "teachers",
    "guards",
]
LESS = [
    f"{a}{b}{c}"
    for a in "vtkrsml"
    for b in ("ar", "el", "or", "un")
    for c in ("sk", "an", "ov", "it")
]
"""Words of many frequencies, so that some searches find a handful."""
PAGE_ROWS = (Page, Document, Voices, Node, Derivation, Claim, ResolvedClaim, Attribution, Forecast)
CLAIM_ROWS = (Claim, ResolvedClaim, Attribution, Forecast)
EVENT_ROWS = (Event, ClaimLink, Conflict)


@dataclass(frozen=True)
class Generated:
    """A pile of so many claims; stands in for the tables of a project."""

    claims: int

    @cached_property
    def bounds(self) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        """Where the claims of each event begin, in the order that `STRIDE` gives."""
        count = max(1, self.claims // AN_EVENT)
        sizes = np.minimum(LARGEST, 1 + (count / (np.arange(count) + 1.0)) * 0.3).astype(np.int64)
        left = max(0, self.claims - int(sizes.sum()))
        sizes += left // count
        sizes[: left % count] += 1
        ends = np.minimum(np.cumsum(sizes), self.claims)
        return np.concatenate([[0], ends])

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self.claims // A_PAGE

    @property
    def events(self) -> int:
        """How many events there are."""
        return len(self.bounds) - 1

    def of_event(self, event: int) -> list[int]:
        """The claims of an event, by number."""
        some = range(int(self.bounds[event]), int(self.bounds[event + 1]))
        return sorted(at * STRIDE % self.claims for at in some)

    def change(self) -> Change:
        """Everything, as new."""
        pages = frozenset(f"p-{at:08}" for at in range(self.pages))
        events = frozenset(f"l:{at:08}" for at in range(self.events))
        units: dict[type[Record], frozenset[str]] = {}
        for table in EDITION_TABLES:
            if table.record in PAGE_ROWS:
                units[table.record] = pages
            elif table.record in EVENT_ROWS:
                units[table.record] = events
            elif table.record is Origin:
                units[table.record] = frozenset(f"l:o{at}" for at in range(ORIGINS))
        return Change(units)

    def encoded(
        self, record: type[Record], units: Collection[str], columns: Sequence[str]
    ) -> Iterator[Encoded]:
        """The rows of these units as an edition takes them."""
        for unit in sorted(units):
            rows = self.made(unit, record)
            if rows:
                values = tuple([getattr(row, name) for row in rows] for name in columns)
                yield Encoded(unit, [msgspec.json.encode(row) for row in rows], values)

    def values(
        self, record: type[Record], units: Collection[str], column: str
    ) -> Iterator[tuple[str, Sequence[object]]]:
        """One column of these units."""
        for unit in sorted(units):
            yield unit, [getattr(row, column) for row in self.made(unit, record)]

    def made(self, unit: str, record: type[Record]) -> list[Record]:
        """The rows of one type of one unit."""
        if unit.startswith("p-"):
            rows = _page(int(unit[2:]), record)
        elif unit.startswith("l:o"):
            rows = iter([_origin_row(int(unit[3:]))])
        else:
            rows = _event(self, int(unit[2:]), record)
        return [row for row in rows if type(row) is record]


def _share(number: int, salt: int) -> float:
    """A number from 0 up to 1 that follows from two others (the mixing steps of SplitMix64)."""
    mixed = (number * 0x9E3779B97F4A7C15 + salt * 0xBF58476D1CE4E5B9) & MASK
    mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
    return (mixed ^ (mixed >> 31)) / 2**64


def _choice(words: Sequence[str], number: int, salt: int) -> str:
    return words[int(len(words) * _share(number, salt))]


def _sentence(number: int) -> str:
    word = LESS[int(len(LESS) * _share(number, 1) ** 3)]
    return (
        f"{_choice(WHO, number, 2).title()} {_choice(VERBS, number, 3)} the "
        f"{_choice(NOUNS, number, 4)} near {_place(number).name} and "
        f"{2 + int(88 * _share(number, 5))} were killed, {word} said."
    )


@lru_cache(maxsize=PLACES)
def _place_at(number: int) -> Place:
    chance = random.Random(number)
    name = f"{LESS[number % len(LESS)].title()} {number}"
    return Place(
        as_written=name,
        start=0,
        end=0,
        name=name,
        gazetteer_id=f"g-{number}",
        country="XA",
        lat=round(chance.gauss(33, 8), 4),
        lon=round(chance.gauss(40, 14), 4),
        radius_km=chance.choice((2.0, 5.0, 12.0)),
        precision="town",
    )


def _place(claim: int) -> Place:
    return _place_at(int(PLACES * _share(claim, 6) ** 2))


def _day(number: int) -> str:
    return (FIRST + timedelta(days=int(_share(number, 7) * 4200))).isoformat()


def _outlet(page: int) -> str:
    return f"Outlet {int(OUTLETS * _share(page, 8) ** 2)}"


def _origin(claim: int) -> tuple[int, ClaimOrigin]:
    number = int(ORIGINS * _share(claim, 9) ** 2)
    level = LEVELS[number % len(LEVELS)]
    return number, ClaimOrigin(
        name=f"Source {number}",
        kind="organisation",
        level=level,  # type: ignore[arg-type]  # one of the levels
        reason="an institution that could know",
    )


def _page(page: int, record: type[Record]) -> Iterator[Record]:
    key, document, outlet = f"p-{page:08}", f"d-{page:08}", _outlet(page)
    numbers = range(page * A_PAGE, (page + 1) * A_PAGE)
    sentences = [_sentence(number) for number in numbers]
    title = f"{_place(page * A_PAGE).name}: {sentences[0][:60]}"
    text = title + "\n" + "\n".join(sentences) + "\n"
    yield Page(
        page_id=key,
        source=f"https://site{page % OUTLETS}.example/{page}",
        sha256=f"{page:064x}",
        media_type="text/html",
        captured_at="2031-01-01T00:00:00+00:00",
        text_version=1,
        text=text,
        blocks=(Block(start=0, end=len(text), path="/html/body"),),
        furniture=(),
    )
    yield Document(
        document_id=document,
        page_id=key,
        ordinal=1,
        start=0,
        end=len(text),
        title=title,
        title_start=0,
        title_end=len(title),
        byline=None,
        outlet=outlet,
        outlet_basis="metadata",
        published=_day(page * A_PAGE),
        published_basis="metadata",
        published_reason=None,
        dateline=None,
        language="en",
        url=None,
    )
    voice = Voice(start=0, end=len(text), speaker=outlet, kind="outlet")
    yield Voices(document_id=document, page_id=key, voices=(voice,))
    node = f"n-{page:08}"
    yield Node(
        node_id=node,
        kind="document",
        name=title,
        captured=True,
        document_id=document,
        outlet=outlet,
    )
    if page % 3:
        yield Derivation(
            derivation_id=f"e-{page:08}",
            derived=node,
            source=f"n-{page - page % 3:08}",
            kind="copy",
            basis="text",
            shared_words=80,
            containment=0.7,
        )
    if record not in CLAIM_ROWS:
        return
    at = len(title) + 1
    for number, words in zip(numbers, sentences, strict=True):
        span = Span(start=at, end=at + len(words), text=words)
        yield from _claim(_Told(number, key, document, outlet, span), record)
        at += len(words) + 1


@dataclass(frozen=True)
class _Told:
    number: int
    page: str
    document: str
    outlet: str
    span: Span


def _claim(told: _Told, record: type[Record]) -> Iterator[Record]:
    number, page, document, outlet = told.number, told.page, told.document, told.outlet
    span, key, said = told.span, f"c-{told.number:09}", f"a-{told.number:09}"
    source, origin = _origin(number)
    modality = MODALITIES[number % len(MODALITIES)]
    if record is Attribution:
        yield Attribution(
            attribution_id=said,
            document_id=document,
            page_id=page,
            source=(),
            cue=(),
            content=(span,),
            parent=None,
            source_name=f"Source {source}",
            source_kind="organisation",
            quotation="indirect",
            implicit=False,
        )
        return
    if record is Forecast:
        if modality == "forecast":
            yield Forecast(
                claim_id=key,
                deadline=None,
                outcomes=(),
                verdict="cannot_be_scored",
                reason="no day",
            )
        return
    day = _day(number)
    digits = [part for part in span.text.split() if part.isdigit()]
    where = span.start + span.text.rindex(digits[-1])
    quantity = Quantity(
        kind="killed",
        value=float(digits[-1]),
        low=None,
        high=None,
        approximate=False,
        unit=None,
        as_written=digits[-1],
        start=where,
        end=where + len(digits[-1]),
    )
    actor = Actor(
        name="Northern League", role="agent", as_written="x", start=span.start, end=span.start + 1
    )
    chain = (
        ChainLink(name=outlet, kind="outlet"),
        ChainLink(name=origin.name, kind=origin.kind, attribution_id=said),
    )
    types = claim_types()
    yield Claim(
        claim_id=key,
        document_id=document,
        page_id=page,
        evidence=(span,),
        scope=span,
        type=types[number * 31 % len(types)],
        codes=Codes(),
        codes_reason="none fits",
        predicate="hit",
        actors=(actor,),
        instruments=(),
        quantities=(quantity,),
        attribution=said,
        chain=chain,
        modality=modality,  # type: ignore[arg-type]  # one of the modalities
        polarity="positive",
        rule="generated",
    )
    yield ResolvedClaim(
        claim_id=key,
        document_id=document,
        page_id=page,
        summary=span.text[:90],
        actors=(actor,),
        places=(_place(number),),
        time=Time(
            as_written=day,
            start=span.start,
            end=span.start + 1,
            earliest=day,
            latest=day,
            basis="absolute",
            anchor=None,
            granularity="day",
        ),
        quantities=(quantity,),
        chain=chain,
    )


def _event(pile: Generated, event: int, record: type[Record]) -> Iterator[Record]:
    numbers = pile.of_event(event)
    if not numbers:
        return
    key = f"e-{event:08}"
    claims = [f"c-{number:09}" for number in numbers]
    by_origin: dict[int, list[int]] = {}
    for number in numbers:
        source, origin = _origin(number)
        by_origin.setdefault(source, []).append(number)
        if record is not ClaimLink:
            continue
        yield ClaimLink(
            claim_id=f"c-{number:09}",
            document_id=f"d-{number // A_PAGE:08}",
            origin=origin,
            origin_id=f"o-{source}",
            event_id=key,
            statement_id=None,
            reason="same kind, place and time",
        )
    if record is ClaimLink:
        return
    accounts = tuple(_account(source, some) for source, some in sorted(by_origin.items()))
    counted = sum(account.level in LEVELS[:3] for account in accounts)
    pages = {number // A_PAGE for number in numbers}
    day, place = _day(numbers[0]), _place(numbers[0])
    types = claim_types()
    yield Event(
        event_id=key,
        type=types[event % len(types)],
        title=f"{types[event % len(types)].replace('_', ' ')} reported at {place.name}, {day}",
        actors=(),
        place=place if event % 10 else None,
        earliest=day if event % 7 else None,
        latest=day if event % 7 else None,
        claims=tuple(claims),
        n_pages=len(pages),
        n_outlets=len({_outlet(page) for page in pages}),
        n_origins=counted,
        n_first_hand=sum(account.level == "first_hand" for account in accounts),
        n_tellers_without_knowledge=len(accounts) - counted,
        conduits=(),
        corroboration="several_origins" if counted > 1 else "single_origin" if counted else "none",
        dispute="denied" if event % 23 == 0 else "accounts_differ" if event % 19 == 0 else "none",
        accounts=accounts,
    )
    if event % 19 == 0 and len(claims) > 1:
        yield Conflict(
            conflict_id=f"x-{event:08}",
            event_id=key,
            kind="contradiction",
            field="quantity",
            claims=(claims[0], claims[1]),
            values=(),
            explanation="two figures for one thing",
        )


def _account(source: int, numbers: Sequence[int]) -> Account:
    _, origin = _origin(numbers[0])
    return Account(
        origin=f"Source {source}",
        origin_id=f"o-{source}",
        level=origin.level,
        stance="supports",
        claims=tuple(f"c-{number:09}" for number in numbers),
        times=(),
        places=(),
        quantities=(),
    )


def _origin_row(number: int) -> Origin:
    level = LEVELS[number % len(LEVELS)]
    return Origin(
        origin_id=f"o-{number}",
        name=f"Source {number}",
        kind="organisation",
        side=None,
        level=level,  # type: ignore[arg-type]  # one of the levels
        claims=(),
        conduits=(),
    )
