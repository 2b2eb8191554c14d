"""Times the link stage on generated claims: a full run, and a hundred claims more into the whole.

python bench/link_scale.py [--save] [CLAIMS …]     # default 10000 100000

`--save` writes the figures to bench/results/link_scale.json.
"""

import math
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice, pairwise
from pathlib import Path

import msgspec

from firsthand.config import Settings
from firsthand.link.stage import STAGE
from firsthand.model.claim import (
    Actor,
    Attribution,
    CanonicalActor,
    ChainLink,
    Claim,
    Codes,
    Place,
    Quantity,
    ResolvedClaim,
    Time,
)
from firsthand.model.document import Document
from firsthand.model.lineage import AlteredQuotation, Derivation, Passage
from firsthand.model.record import Record, Span
from firsthand.model.table import group_rows
from firsthand.stage import Change, Context, Rows
from firsthand.store.index import Index
from firsthand.store.parts import Parts, rows_digest
from firsthand.store.tables import DiskTables

RESULTS = Path(__file__).parent / "results" / "link_scale.json"
SEED = 11
ADDED = 100
"""Claims added to the linked pile."""
BATCH_PAGES = 64
SMALL = 10_000
"""Up to so many claims the rows of the update are held against those of a full run."""
CLAIMS_A_PAGE = 20
PAGES_A_DAY = 25
"""A pile grows in time, not in density: ten times the pages are ten times the days."""
COPY_SHARE = 0.4
TYPES = (
    ("shelling_artillery", 4),
    ("airstrike", 3),
    ("battle", 3),
    ("casualties", 4),
    ("humanitarian_condition", 2),
    ("aid_delivery", 2),
    ("siege_state", 1),
    ("statement_accusation", 2),
    ("other", 4),
)
WORDS = tuple("".join(chr(97 + number // 17**at % 17) for at in range(6)) for number in range(4000))
RECORDS = (
    Document,
    Claim,
    ResolvedClaim,
    Attribution,
    CanonicalActor,
    Passage,
    AlteredQuotation,
    *STAGE.prepares,
    *STAGE.writes,
)


class Pile:
    """Pages of claims about one invented war, some of them copies of pages of the same week."""

    def __init__(self, pages: int) -> None:
        """Towns, parties and outlets are drawn once from the seed."""
        self.random = random.Random(SEED)
        self.pages = pages
        self.towns = [
            (f"Town {n}", self.random.uniform(-4, 4), self.random.uniform(-4, 4))
            for n in range(120)
        ]
        self.parties = [f"Party {n}" for n in range(12)]
        self.outlets = [f"Outlet {n}" for n in range(300)]
        self.recent: list[tuple[str, list[dict[str, object]]]] = []

    def __iter__(self) -> Iterator[tuple[str, list[Record]]]:
        """Page id and rows, one page after another."""
        for number in range(self.pages):
            yield self.page(number)

    def page(self, number: int) -> tuple[str, list[Record]]:
        """One page: a copy of a recent one, or a report of its own."""
        page, day = f"p-{number:07}", date(2031, 1, 1) + timedelta(days=number // PAGES_A_DAY)
        copied = self.random.choice(self.recent) if self._copies() else None
        told = copied[1] if copied else [self._told(day) for _ in range(CLAIMS_A_PAGE)]
        rows = self._rows(page, day, told)
        if copied:
            rows += self._copy(copied[0], page, told)
        else:
            self.recent = [*self.recent[-60:], (page, told)]
        return page, rows

    def _copies(self) -> bool:
        return bool(self.recent) and self.random.random() < COPY_SHARE

    def _told(self, day: date) -> dict[str, object]:
        pick = self.random
        kinds, weights = zip(*TYPES, strict=True)
        return {
            "type": pick.choices(kinds, weights)[0],
            "town": pick.choice(self.towns),
            "day": (day - timedelta(days=pick.randrange(3))).isoformat()
            if pick.random() < 0.5
            else None,
            "party": pick.choice(self.parties) if pick.random() < 0.5 else None,
            "killed": float(pick.randrange(1, 60)) if pick.random() < 0.3 else None,
            "text": " ".join(pick.choices(WORDS, k=14)),
            "by": pick.choice((None, "residents", "Ministry A", "Ministry B", "local sources")),
        }

    def _rows(self, page: str, day: date, told: Sequence[Mapping[str, object]]) -> list[Record]:
        document = "d" + page[1:]
        outlet = self.random.choice(self.outlets)
        rows: list[Record] = [_document(page, document, outlet, day.isoformat())]
        for at, claim in enumerate(told):
            rows += _claim(page, document, outlet, at, claim)
        return rows

    def _copy(self, source: str, page: str, told: Sequence[Mapping[str, object]]) -> list[Record]:
        a, b = "d" + source[1:], "d" + page[1:]
        passage = Passage(
            passage_id=f"w-{page}",
            document_a=a,
            document_b=b,
            page_a=source,
            page_b=page,
            a_start=0,
            a_end=200 * len(told),
            b_start=0,
            b_end=200 * len(told),
            shared_words=14 * len(told),
            kind="copy",
        )
        edge = Derivation(
            derivation_id=f"e-{page}", derived=b, source=a, kind="copy", basis="credit"
        )
        return [passage, edge]


def _document(page: str, document: str, outlet: str, published: str) -> Document:
    return Document(
        document_id=document,
        page_id=page,
        ordinal=1,
        start=0,
        end=10_000,
        title=None,
        title_start=None,
        title_end=None,
        byline=None,
        outlet=outlet,
        outlet_basis="metadata",
        published=published,
        published_basis="metadata",
        published_reason=None,
        dateline=None,
        language="en",
        url=None,
    )


def _claim(
    page: str, document: str, outlet: str, at: int, told: Mapping[str, object]
) -> list[Record]:
    text, start = str(told["text"]), 200 * at
    span = Span(start=start, end=start + len(text), text=text)
    name, lat, lon = told["town"]  # type: ignore[misc]  # set for every such stage
    kinds = {"residents": "witness", "local sources": "anonymous"}
    by = told["by"]
    chain = [ChainLink(name=outlet, kind="outlet")]
    if by is not None:
        chain.append(ChainLink(name=str(by), kind=kinds.get(str(by), "ministry")))
    claim = f"c-{page}-{at}"
    return [
        Claim(
            claim_id=claim,
            document_id=document,
            page_id=page,
            evidence=(span,),
            scope=span,
            type=str(told["type"]),
            codes=Codes(),
            codes_reason="",
            predicate="",
            actors=(),
            instruments=(),
            quantities=(),
            attribution=None,
            chain=tuple(chain),
            modality="asserted",
            polarity="positive",
        ),
        ResolvedClaim(
            claim_id=claim,
            document_id=document,
            page_id=page,
            summary="",
            actors=_actors(told["party"]),
            places=(_place(str(name), float(lat), float(lon)),),
            time=_time(told["day"]),
            quantities=_quantities(told["killed"]),
            chain=tuple(chain),
        ),
    ]


def _actors(party: object) -> tuple[Actor, ...]:
    if party is None:
        return ()
    name = str(party)
    return (
        Actor(
            name=name,
            actor_id=name,
            actor_kind="armed_group",
            role="agent",
            as_written=name,
            start=0,
            end=1,
        ),
    )


def _place(name: str, lat: float, lon: float) -> Place:
    return Place(
        as_written=name,
        start=0,
        end=1,
        name=name,
        gazetteer_id=name,
        country=None,
        lat=lat,
        lon=lon,
        radius_km=3.0,
        precision="town",
    )


def _time(day: object) -> Time | None:
    if day is None:
        return None
    return Time(
        as_written="then",
        start=0,
        end=1,
        earliest=str(day),
        latest=str(day),
        basis="absolute",
        anchor=None,
        granularity="day",
    )


def _quantities(killed: object) -> tuple[Quantity, ...]:
    if not isinstance(killed, float):
        return ()
    return (
        Quantity(
            kind="killed",
            value=killed,
            low=None,
            high=None,
            approximate=False,
            unit=None,
            as_written=f"{killed:g}",
            start=0,
            end=1,
        ),
    )


class Shelf:
    """Tables on disk, filled and linked as a project's are."""

    def __init__(self, folder: Path) -> None:
        """An empty project's tables."""
        self.index = Index(folder / "index.sqlite")
        self.index.begin_generation()
        self.parts = Parts(folder / "tables")
        self.tables = DiskTables(self.index, self.parts, RECORDS, folder / "scratch")
        self.context = Context(settings=Settings())

    def put(self, label: str, units: Mapping[str, Sequence[Record]]) -> None:
        """Write units of one stage."""
        made = {unit: rows for unit, rows in units.items() if rows}
        keys: dict[str, str | None] = {unit: "k" if unit in made else None for unit in units}
        self.index.replace(label, keys, self.parts.write(label, made))

    def add(self, pages: Mapping[str, list[Record]]) -> None:
        """Take pages in: rows of the stages before, and what link prepares of each."""
        lineage = (Passage, Derivation)
        self.put(
            "claims",
            {p: [r for r in some if not isinstance(r, lineage)] for p, some in pages.items()},
        )
        self.put(
            "trace", {p: [r for r in some if isinstance(r, lineage)] for p, some in pages.items()}
        )
        assert STAGE.run is not None
        self.put(
            "link.pages",
            {
                p: list(STAGE.run(Rows(p, group_rows(some)), self.context))
                for p, some in pages.items()
            },
        )

    def link(self, pages: Sequence[str]) -> tuple[float, float, int]:
        """Wall and processor seconds of one update with its writing, and the units it replaces."""
        assert STAGE.update is not None
        change = Change({record: frozenset(pages) for record in STAGE.reads})
        began, worked = time.perf_counter(), time.process_time()
        delta = STAGE.update(self.tables, change, self.context)
        replaced = 0
        for units in delta.portions():
            self.put("link", units)
            replaced += len(units)
        return time.perf_counter() - began, time.process_time() - worked, replaced

    def rows(self) -> dict[str, str]:
        """Digests of all that link has written, by table and unit."""
        return {
            f"{record.__name__} {unit}": rows_digest(sorted(rows, key=repr))
            for record in STAGE.writes
            for unit, rows in self.tables.by_unit(record, self.tables.units(record)).items()
            if unit.startswith("l:")
        }


class Figures(msgspec.Struct, frozen=True):
    """What one size took."""

    claims: int
    prepare_cpu_s: float
    full_wall_s: float
    full_cpu_s: float
    added_wall_s: float
    added_cpu_s: float
    added_units: int
    peak_mb: int
    update_equals_full: bool | None


def _fill(shelf: Shelf, claims: int) -> tuple[list[str], dict[str, list[Record]]]:
    """Take in all pages but those of the last hundred claims, which are given back."""
    pages = iter(Pile((claims + ADDED) // CLAIMS_A_PAGE))
    most = islice(pages, claims // CLAIMS_A_PAGE)
    names: list[str] = []
    while some := dict(islice(most, BATCH_PAGES)):
        shelf.add(some)
        names += some
    return names, dict(pages)


def measure(claims: int, folder: Path) -> Figures:
    """Fill, link, add a hundred claims, and link a small pile from nothing again to compare."""
    shelf = Shelf(folder)
    began = time.process_time()
    most, late = _fill(shelf, claims)
    prepared = time.process_time() - began
    full = shelf.link(most)
    shelf.add(late)
    added = shelf.link(sorted(late))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    same = None
    if claims <= SMALL:
        again = Shelf(folder / "again")
        again.add(dict(Pile((claims + ADDED) // CLAIMS_A_PAGE)))
        again.link(sorted([*most, *late]))
        same = again.rows() == shelf.rows()
    return Figures(
        claims=claims,
        prepare_cpu_s=round(prepared, 1),
        full_wall_s=round(full[0], 1),
        full_cpu_s=round(full[1], 1),
        added_wall_s=round(added[0], 2),
        added_cpu_s=round(added[1], 2),
        added_units=added[2],
        peak_mb=peak,
        update_equals_full=same,
    )


def main() -> None:
    """Measure each size in turn, smallest first, so that the peaks are their own."""
    sizes = sorted(int(value) for value in sys.argv[1:] if value.isdigit()) or [10_000, 100_000]
    found: list[Figures] = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            found.append(measure(size, Path(scratch)))
        print(msgspec.json.encode(found[-1]).decode(), flush=True)
    exponents = [
        round(math.log(b.full_cpu_s / a.full_cpu_s) / math.log(b.claims / a.claims), 2)
        for a, b in pairwise(found)
    ]
    print("growth exponents:", exponents)
    if "--save" in sys.argv:
        whole = {"command": "python bench/link_scale.py --save " + " ".join(map(str, sizes))}
        rows = {"sizes": msgspec.to_builtins(found), "growth_exponents": exponents}
        text = msgspec.json.format(msgspec.json.encode(whole | rows), indent=2)
        RESULTS.write_bytes(text + b"\n")


if __name__ == "__main__":
    main()
