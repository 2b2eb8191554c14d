"""The search for pairs: all of a new pile, and exactly what a change touches of a known one."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
from msgspec.structs import replace

from firsthand.model.reuse import Body
from firsthand.model.table import from_arrow
from firsthand.stage import Tables
from firsthand.trace.bodies import Bodies
from firsthand.trace.candidates import (
    NONE,
    Decision,
    Held,
    credited_pairs,
    decide,
    find_leads,
    holders,
    pairs_of,
    shared_fingerprints,
)
from firsthand.trace.columns import numbers, unit_table
from firsthand.trace.words import Numbers

_BODIES: Final = """
SELECT b.* FROM body AS b
WHERE b.unit IN (SELECT m.unit FROM body AS m JOIN probes AS p ON m.key = p.k)
ORDER BY b.key
"""
"""All documents of the pages: a page is redone as a whole."""
_ANY: Final = "SELECT b.key FROM body AS b LIMIT 1"
_FOLLOWERS: Final = "SELECT b.key FROM body AS b JOIN probes AS p ON b.copy_of = p.k ORDER BY b.key"

_HUBS: Final = """
SELECT b.key, b.lead FROM body AS b JOIN probes AS p ON b.key = p.k
WHERE b.key IN (SELECT copy_of FROM body WHERE copy_of IS NOT NULL)
ORDER BY b.key
"""
_TIED: Final = """
SELECT b.key FROM body AS b JOIN probes AS p ON b.copy_of = p.k
UNION
SELECT x.key FROM passage AS s JOIN body AS x ON x.document_id = s.document_a
JOIN body AS y ON y.document_id = s.document_b JOIN probes AS p ON y.key = p.k
UNION
SELECT y.key FROM passage AS s JOIN body AS x ON x.document_id = s.document_a
JOIN body AS y ON y.document_id = s.document_b JOIN probes AS p ON x.key = p.k
ORDER BY 1
"""
_CREDITING: Final = """
WITH tied AS (
    SELECT b.key, b.copy_of AS hub FROM body AS b WHERE b.copy_of IS NOT NULL
    UNION
    SELECT x.key, y.key AS hub
    FROM passage AS p JOIN body AS x ON x.document_id = p.document_a
    JOIN body AS y ON y.document_id = p.document_b
    WHERE y.key IN (SELECT hub FROM names)
    UNION
    SELECT y.key, x.key AS hub
    FROM passage AS p JOIN body AS x ON x.document_id = p.document_a
    JOIN body AS y ON y.document_id = p.document_b
    WHERE x.key IN (SELECT hub FROM names)
)
SELECT DISTINCT t.key
FROM tied AS t JOIN (SELECT key, UNNEST(cited) AS name FROM body) AS c ON c.key = t.key
JOIN names AS n ON n.hub = t.hub AND n.name = c.name
ORDER BY t.key
"""


@dataclass(frozen=True)
class Found:
    """What a search gives: bodies that are new or changed, and the pairs to align."""

    bodies: dict[str, Body]
    """By document id."""
    pairs: list[tuple[int, int]]
    dirty: frozenset[int]
    """Keys of the documents all of whose pairs are decided anew; some may be gone."""
    before: dict[int, Body]
    """Bodies, as they were, of the documents that changed or are gone."""


@dataclass(frozen=True)
class FoundAll:
    """What a search of a new pile gives."""

    copies: dict[int, int]
    """Documents that many print too, and the first of those, by key."""
    leads: dict[int, int | None]
    """Those first ones, and which of their copies most others credit."""
    pairs: list[tuple[int, int]]
    """The pairs to align, sorted."""


def search(tables: Tables, changed: Collection[str], bodies: Bodies, most: int) -> Found:
    """The pairs to align of a known pile, given the pages that changed and their bodies now.

    `most` documents may share a fingerprint before it counts as a common phrase.
    """
    before = {body.key: body for body in tables.rows(Body, changed)}
    now = {body.key: body for body in bodies.rows()}
    return _Update(tables, changed, before, now, most).run()


def known_pile(tables: Tables) -> bool:
    """Whether there was a run before."""
    return tables.query(_ANY).num_rows > 0


def _columns(bodies: Iterable[Body]) -> pa.Table:
    listed = list(bodies)
    return pa.table(
        {
            "key": pa.array([body.key for body in listed], pa.int64()),
            "day": pa.array([body.day for body in listed], pa.int64()),
            "called": pa.array([body.called for body in listed], pa.list_(pa.int64())),
            "cited": pa.array([body.cited for body in listed], pa.list_(pa.int64())),
            "names": pa.array([body.names for body in listed], pa.list_(pa.int64())),
            "points": pa.array([body.points for body in listed], pa.list_(pa.int64())),
            "copy_of": pa.array([body.copy_of for body in listed], pa.int64()),
        }
    )


def search_all(tables: Tables, bodies: Bodies, most: int) -> FoundAll:
    """The pairs to align of a new pile."""
    held = shared_fingerprints(bodies.held())
    sizes = bodies.sizes
    decision = decide(held, sizes, {}, most, remember=False)
    hubs = set(decision.copies.values())
    nothing = unit_table(())
    columns = bodies.columns(decision.copies)
    pairs = pairs_of(tables, decision, sizes.keys(), columns, nothing)
    known = find_leads(tables, hubs, columns, nothing)
    leads = {hub: known.get(hub) for hub in hubs}
    pairs |= _within_groups(tables, leads, pairs, columns, nothing)
    return FoundAll(decision.copies, leads, sorted(pairs))


def _within_groups(
    tables: Tables,
    leads: Mapping[int, int | None],
    pairs: Iterable[tuple[int, int]],
    bodies: pa.Table,
    gone: pa.Table,
) -> set[tuple[int, int]]:
    """Pairs within groups of one text: with the lead, and with a copy whose outlet is credited.

    `leads` has all documents that stand for others.
    """
    hubbed = {(a, b) for a, b in pairs if b in leads} | {(b, a) for a, b in pairs if a in leads}
    if not hubbed:
        return set()
    led = {(doc, leads[hub]) for doc, hub in hubbed}
    found = {(min(doc, lead), max(doc, lead)) for doc, lead in led if lead not in (None, doc)}
    return found | credited_pairs(tables, hubbed, bodies, gone)


def _held(bodies: Iterable[Body]) -> Held:
    listed = list(bodies)
    if not listed:
        return Held(*(np.empty(0, np.int64) for _ in range(4)))
    lengths = [len(body.hashes) for body in listed]
    return Held(
        np.concatenate([np.array(body.hashes, np.int64) for body in listed]),
        np.concatenate([np.array(body.rights, np.int64) for body in listed]),
        np.repeat([body.key for body in listed], lengths),
        np.repeat([body.day for body in listed], lengths),
    )


class _Update:
    """One update of a known pile: grows the set of documents to redo until nothing else moves."""

    def __init__(
        self,
        tables: Tables,
        changed: Collection[str],
        before: dict[int, Body],
        now: dict[int, Body],
        most: int,
    ) -> None:
        self._tables = tables
        self._gone = unit_table(changed)
        self._before = before
        self._now = now
        self._most = most
        self._kept: dict[int, Body] = {}
        """Unchanged documents that must be redone all the same."""

    def run(self) -> Found:
        """Redo what moves until nothing more does."""
        changed = self._before.keys() | self._now.keys()
        self._keep(set(self._keys(_FOLLOWERS, changed)) - changed)
        while True:
            new, leads, moved = self._decide()
            moved -= changed | self._kept.keys()
            if not moved:
                break
            self._keep(moved | (set(self._keys(_FOLLOWERS, moved)) - changed))
        dirty = frozenset(changed | self._kept.keys())
        bodies = self._bodies(new, leads)
        pairs = pairs_of(self._tables, new, dirty, _columns(bodies), self._gone)
        ends = {key for pair in pairs for key in pair} - leads.keys()
        leads |= self._known_leads(ends - self._now.keys() - self._kept.keys())
        pairs |= _within_groups(self._tables, leads, pairs, _columns(bodies), self._gone)
        return Found({b.document_id: b for b in bodies}, sorted(pairs), dirty, self._before)

    def _bodies(self, new: Decision, leads: Mapping[int, int | None]) -> list[Body]:
        return [
            replace(body, copy_of=new.copies.get(body.key), lead=leads.get(body.key))
            for body in (*self._now.values(), *self._kept.values())
        ]

    def _known_leads(self, keys: Collection[int]) -> dict[int, int | None]:
        """The documents among some unchanged ones that stand for others, with their leads."""
        probes = pa.table({"k": pa.array(sorted(keys), pa.int64())})
        table = self._tables.query(_HUBS, probes=probes)
        return dict(
            zip(numbers(table, "key").tolist(), table.column("lead").to_pylist(), strict=True)
        )

    def _keys(self, sql: str, keys: Collection[int]) -> list[int]:
        probes = pa.table({"k": pa.array(sorted(keys), pa.int64())})
        found: list[int] = numbers(self._tables.query(sql, probes=probes), "key").tolist()
        return found

    def _keep(self, keys: Collection[int]) -> None:
        missing = sorted(set(keys) - self._kept.keys())
        probes = pa.table({"k": pa.array(missing, pa.int64())})
        for body in from_arrow(Body, self._tables.query(_BODIES, probes=probes)):
            self._kept[body.key] = body

    def _decide(self) -> tuple[Decision, dict[int, int | None], set[int]]:
        """What holds now, and the unchanged documents for which that differs from before."""
        redone = [*self._before.values(), *self._now.values(), *self._kept.values()]
        kept, known = holders(self._tables, _held(redone).h, self._gone)
        old_copies = {b.key: b.copy_of for b in self._before.values() if b.copy_of is not None}
        old = decide(kept.plus(_held(self._before.values())), {}, known | old_copies, self._most)
        redo = {body.key: len(body.hashes) for body in self._now.values()}
        redo |= {body.key: len(body.hashes) for body in self._kept.values()}
        settled = {doc: hub for doc, hub in known.items() if doc not in redo}
        new = decide(kept.plus(_held(self._now.values())), redo, settled, self._most)
        hashes = _differing(old, new)
        moved = set(kept.doc[np.isin(kept.h, hashes)].tolist())
        copying = {doc for doc in self._kept if known.get(doc) != new.copies.get(doc)}
        moved |= set(self._keys(_FOLLOWERS, copying) if copying else [])
        leads, led = self._leads(new)
        return new, leads, moved | led | self._crediting(new)

    def _leads(self, new: Decision) -> tuple[dict[int, int | None], set[int]]:
        """The leads of the groups that changed members, and all who share text with moved ones."""
        bodies = self._bodies(new, {})
        members = (*self._before.values(), *self._kept.values(), *bodies)
        hubs = {body.copy_of for body in members} - {None}
        hubs |= {body.key for body in members} & set(new.copies.values())
        hubs |= {body.key for body in members if body.lead is not None}
        touched = {hub for hub in hubs if hub is not None}
        found = find_leads(self._tables, touched, _columns(bodies), self._gone)
        standing = set(new.copies.values())
        now: dict[int, int | None] = {hub: found.get(hub) for hub in touched & standing}
        before = self._known_leads(touched)
        moved = {hub for hub in touched if now.get(hub, NONE) != before.get(hub, NONE)}
        # Pairs within a group hang on its first document: where that is redone, all of them are.
        redone = {body.key for body in members}
        moved |= (redone & standing) | self._known_leads(redone).keys()
        if not moved:
            return now, set()
        probes = pa.table({"k": pa.array(sorted(moved), pa.int64())})
        tied = set(numbers(self._tables.query(_TIED, probes=probes), "key").tolist())
        return now, (tied | moved) - self._before.keys() - self._now.keys()

    def _crediting(self, new: Decision) -> set[int]:
        """Documents whose credits may point at another copy of a group than before."""
        bodies = (*self._before.values(), *self._kept.values(), *self._bodies(new, {}))
        names = {(b.copy_of, name) for b in bodies if b.copy_of is not None for name in b.called}
        if not names:
            return set()
        listed = sorted(names)
        table = pa.table(
            {
                "hub": pa.array([hub for hub, _ in listed], pa.int64()),
                "name": pa.array([name for _, name in listed], pa.int64()),
            }
        )
        found = self._tables.query(_CREDITING, names=table)
        return set(numbers(found, "key").tolist()) - self._before.keys()


def _differing(old: Decision, new: Decision) -> Numbers:
    """The fingerprints that are common, first held, first or too much spoken for in one of two states."""
    before = dict(zip(old.common.tolist(), old.hubs.tolist(), strict=True))
    after = dict(zip(new.common.tolist(), new.hubs.tolist(), strict=True))
    moved = {h for h in before.keys() | after.keys() if before.get(h) != after.get(h)}
    moved |= {
        h for h in old.firsts.keys() | new.firsts.keys() if old.firsts.get(h) != new.firsts.get(h)
    }
    moved |= set(old.muted.tolist()) ^ set(new.muted.tolist())
    return np.array(sorted(moved), np.int64)
