"""The search for pairs: all of a new pile, and exactly what a change touches of a known one."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
from msgspec.structs import replace

from firsthand.model.record import Range
from firsthand.model.reuse import Body
from firsthand.model.table import from_arrow
from firsthand.stage import Tables
from firsthand.trace.candidates import (
    Decision,
    Held,
    decide,
    holders,
    pairs_of,
    shared_fingerprints,
)
from firsthand.trace.columns import flat, lists, numbers, strings, unit_table
from firsthand.trace.words import Numbers

_PRINTS: Final = """
SELECT f.unit, f.document_id, f.key, f.hashes, f.starts, f.address_keys, f.title_key
FROM fingerprints AS f JOIN wanted AS w ON f.unit = w.unit ORDER BY f.document_id
"""
_BODIES: Final = """
SELECT b.* FROM body AS b
WHERE b.unit IN (SELECT m.unit FROM body AS m JOIN probes AS p ON m.key = p.k)
ORDER BY b.key
"""
"""All documents of the pages: a page is redone as a whole."""
_FOLLOWERS: Final = "SELECT b.key FROM body AS b JOIN probes AS p ON b.copy_of = p.k ORDER BY b.key"


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


def read_bodies(
    tables: Tables, pages: Collection[str], furniture: Mapping[str, tuple[Range, ...]]
) -> list[Body]:
    """The bodies of some pages' documents: fingerprints outside all furniture."""
    table = tables.query(_PRINTS, wanted=unit_table(pages))
    rows, hashes = flat(table, "hashes")
    _, starts = flat(table, "starts")
    units = strings(table, "unit")
    bounds = np.searchsorted(rows, np.arange(len(units) + 1)).tolist()
    columns = zip(
        strings(table, "document_id"),
        units,
        numbers(table, "key").tolist(),
        lists(table, "address_keys"),
        numbers(table, "title_key").tolist(),
        strict=True,
    )
    bodies = []
    for at, (document_id, unit, key, addresses, title) in enumerate(columns):
        low, high = bounds[at], bounds[at + 1]
        kept = _outside(hashes[low:high], starts[low:high], furniture.get(unit, ()))
        bodies.append(
            Body(
                document_id=document_id,
                page_id=unit,
                key=key,
                hashes=tuple(kept),
                names=tuple(sorted({*addresses, title} - {0})),
                copy_of=None,
            )
        )
    return bodies


def _outside(hashes: Numbers, starts: Numbers, ranges: Iterable[Range]) -> list[int]:
    inside = np.zeros(len(hashes), bool)
    for mark in ranges:
        inside |= (starts >= mark.start) & (starts < mark.end)
    kept: list[int] = np.sort(hashes[~inside]).tolist()
    return kept


def search(tables: Tables, changed: Collection[str], bodies: list[Body], most: int) -> Found:
    """The pairs to align, given the pages that changed and the bodies they have now.

    `most` documents may share a fingerprint before it counts as a common phrase.
    """
    if not tables.units(Body):
        return _search_all(tables, bodies, most)
    before = {body.key: body for body in tables.rows(Body, changed)}
    return _Update(tables, changed, before, {body.key: body for body in bodies}, most).run()


def _columns(bodies: Iterable[Body]) -> pa.Table:
    listed = list(bodies)
    return pa.table(
        {
            "key": pa.array([body.key for body in listed], pa.int64()),
            "hashes": pa.array([body.hashes for body in listed], pa.list_(pa.int64())),
        }
    )


def _search_all(tables: Tables, bodies: list[Body], most: int) -> Found:
    held = shared_fingerprints(tables, _columns(bodies))
    sizes = {body.key: len(body.hashes) for body in bodies}
    decision = decide(held, sizes, {}, most)
    pairs = pairs_of(tables, decision, sizes.keys())
    done = {b.document_id: replace(b, copy_of=decision.copies.get(b.key)) for b in bodies}
    return Found(done, pairs, frozenset(sizes), {})


def _held(bodies: Iterable[Body]) -> Held:
    listed = list(bodies)
    if not listed:
        return Held(np.empty(0, np.int64), np.empty(0, np.int64))
    return Held(
        np.concatenate([np.array(body.hashes, np.int64) for body in listed]),
        np.repeat([body.key for body in listed], [len(body.hashes) for body in listed]),
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
            new, moved = self._decide()
            moved -= changed | self._kept.keys()
            if not moved:
                break
            self._keep(moved | (set(self._keys(_FOLLOWERS, moved)) - changed))
        dirty = frozenset(changed | self._kept.keys())
        pairs = pairs_of(self._tables, new, dirty)
        bodies = {
            body.document_id: replace(body, copy_of=new.copies.get(body.key))
            for body in (*self._now.values(), *self._kept.values())
        }
        return Found(bodies, pairs, dirty, self._before)

    def _keys(self, sql: str, keys: Collection[int]) -> list[int]:
        probes = pa.table({"k": pa.array(sorted(keys), pa.int64())})
        found: list[int] = numbers(self._tables.query(sql, probes=probes), "key").tolist()
        return found

    def _keep(self, keys: Collection[int]) -> None:
        missing = sorted(set(keys) - self._kept.keys())
        probes = pa.table({"k": pa.array(missing, pa.int64())})
        for body in from_arrow(Body, self._tables.query(_BODIES, probes=probes)):
            self._kept[body.key] = body

    def _decide(self) -> tuple[Decision, set[int]]:
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
        return new, moved | set(self._keys(_FOLLOWERS, copying) if copying else [])


def _differing(old: Decision, new: Decision) -> Numbers:
    """The fingerprints that are common, first held, or too much spoken for in one of two states."""
    before = dict(zip(old.common.tolist(), old.hubs.tolist(), strict=True))
    after = dict(zip(new.common.tolist(), new.hubs.tolist(), strict=True))
    moved = {h for h in before.keys() | after.keys() if before.get(h) != after.get(h)}
    moved |= set(old.muted.tolist()) ^ set(new.muted.tolist())
    return np.array(sorted(moved), np.int64)
