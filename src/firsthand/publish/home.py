"""The first screen: what is in the pile, and where to look first."""

import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from firsthand.model.event import Conflict, Event
from firsthand.model.lineage import Node
from firsthand.model.problem import Problem
from firsthand.model.record import Part
from firsthand.publish import read
from firsthand.publish.claim_views import claim_views
from firsthand.publish.differences import Difference, differences
from firsthand.publish.dossiers import ForecastView, forecasts_of
from firsthand.publish.leads import Lead, leads
from firsthand.publish.memo import remembered
from firsthand.publish.told import sources_of, told_by_ids
from firsthand.publish.words import LANGUAGE, _

MOST = 6
"""Rows of one list on the first screen; each list leads to the whole of it."""


class Totals(Part, frozen=True, kw_only=True):
    """How much the edition holds."""

    pages: int
    documents: int
    outlets: int
    origins: int
    claims: int
    events: int
    conflicts: int
    forecasts: int
    problems: int
    undated: int
    """Articles without a date."""
    missing: int
    """Reports that are credited and not captured."""


class Missing(Part, frozen=True, kw_only=True):
    """A report that pages credit and nobody has captured."""

    name: str
    node_id: str
    credited_by: int
    documents: tuple[str, ...]
    outlets_by: dict[str, str]
    """Document to its outlet."""

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that credit it, each once."""
        return tuple(dict.fromkeys(self.outlets_by[key] for key in self.documents))


class Home(Part, frozen=True, kw_only=True):
    """All that the first screen shows."""

    totals: Totals
    repeated: tuple[Event, ...]
    """One origin, most pages first."""
    several: tuple[Event, ...]
    """Events with two or more origins."""
    disputed: tuple[Event, ...]
    leads: dict[str, Lead]
    """Words to tell events of one heading apart, by event."""
    conflicts: tuple[Difference, ...]
    forecasts: tuple[ForecastView, ...]
    missing: tuple[Missing, ...]
    problems: tuple[Problem, ...]


def home(db: sqlite3.Connection) -> Home:
    """The first screen of an edition; counting a large one takes a second, once."""
    return remembered(db, ("home", LANGUAGE.get()), lambda: _home(db))


def _home(db: sqlite3.Connection) -> Home:
    missing = missing_originals(db)
    repeated = _events(db, "corroboration = 'single_origin' AND n_pages > 1", "n_pages DESC")
    several = _events(db, "n_origins > 1", "n_origins DESC, n_pages DESC")
    disputed = _events(db, "dispute != 'none'", "n_pages DESC")
    return Home(
        totals=totals(db, len(missing)),
        repeated=repeated,
        several=several,
        disputed=disputed,
        leads=leads(db, dict.fromkeys((*repeated, *several, *disputed))),
        conflicts=differences(db, _first(read.select(db, Conflict))),
        forecasts=_forecasts(db),
        missing=missing[:MOST],
        problems=tuple(_first(read.select(db, Problem))),
    )


def totals(db: sqlite3.Connection, missing: int) -> Totals:
    """How much the edition holds, counted from its tables."""

    def count(sql: str) -> int:
        return int(db.execute(f"SELECT {sql}").fetchone()[0])

    return Totals(
        pages=count("count(DISTINCT id) FROM page"),
        documents=count("count(DISTINCT id) FROM document"),
        outlets=count("count(DISTINCT outlet) FROM document"),
        origins=count("count(DISTINCT id) FROM origin"),
        claims=count("count(*) FROM claim"),
        events=count("count(*) FROM event"),
        conflicts=count("count(*) FROM conflict"),
        forecasts=count("count(*) FROM forecast"),
        problems=count("count(*) FROM problem"),
        undated=count("count(*) FROM document WHERE published IS NULL"),
        missing=missing,
    )


def _events(db: sqlite3.Connection, where: str, order: str) -> tuple[Event, ...]:
    sql = f"SELECT body FROM event WHERE {where} ORDER BY {order}, id LIMIT {MOST}"
    return tuple(msgspec.json.decode(row[0], type=Event) for row in db.execute(sql))


def _first(rows: Iterable[read.R]) -> list[read.R]:
    return [row for _at, row in zip(range(MOST), rows, strict=False)]


def _forecasts(db: sqlite3.Connection) -> tuple[ForecastView, ...]:
    """What has a verdict first, and of forecasts that are one statement a single telling."""
    sql = (
        "SELECT min(forecast.id) FROM forecast "
        "LEFT JOIN claim_link ON claim_link.id = forecast.id "
        "GROUP BY ifnull(claim_link.statement_id, forecast.id) ORDER BY "
        "min(CASE verdict WHEN 'missed' THEN 0 WHEN 'partly' THEN 1 WHEN 'met' THEN 2 "
        f"WHEN 'pending' THEN 3 ELSE 4 END), 1 LIMIT {MOST}"
    )
    ids = [str(row[0]) for row in db.execute(sql)]
    return forecasts_by_id(db, ids)


def missing_originals(db: sqlite3.Connection) -> tuple[Missing, ...]:
    """Credited reports that are not in the pile, most often credited first."""
    mergers = read.node_mergers(db)
    gathered: dict[str, tuple[str, set[str]]] = {}
    for node in read.select(db, Node, "kind = 'report' AND captured = 0"):
        if node.node_id in mergers:
            continue
        _name, credited = gathered.setdefault(node.node_id, (node.name, set()))
        credited.update(node.credited_by)
    outlets = dict(db.execute("SELECT id, outlet FROM document").fetchall())
    found = [
        Missing(
            name=name,
            node_id=key,
            credited_by=len(by),
            documents=tuple(sorted(by)),
            outlets_by={one: outlets.get(one) or _("outlet not given") for one in sorted(by)},
        )
        for key, (name, by) in gathered.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.credited_by, one.name, one.node_id)))


def forecasts_by_id(db: sqlite3.Connection, ids: Sequence[str]) -> tuple[ForecastView, ...]:
    """Forecasts as shown, in the order given."""
    claims = told_by_ids(db, ids)
    kept = [claims[key] for key in ids if key in claims]
    views = {view.claim_id: view for view in claim_views(kept, sources_of(db, kept))}
    found = {row.claim.claim_id: row for row in forecasts_of(db, ids, views)}
    return tuple(found[key] for key in ids if key in found)
