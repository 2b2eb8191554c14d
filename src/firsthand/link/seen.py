"""Which pairs of documents changed lineage touches, also where the rows that touched them are gone."""

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

import xxhash

from firsthand.link.columns import column_of
from firsthand.link.lineage import carries
from firsthand.model.lineage import Derivation, Passage
from firsthand.model.linking import LineageSeen
from firsthand.model.record import Record
from firsthand.stage import Tables

Pair: TypeAlias = tuple[str, str]
"""Two documents, in order of their ids."""

PREFIX: Final = "l:seen:"
OWN: Final = "l:"
"""How units of this stage begin; its own nodes and edges are no news to it."""

SHARED: Final = (
    "SELECT unit, document_a, document_b, a_start, a_end, b_start, b_end, kind FROM passage"
)
EDGES: Final = (
    "SELECT unit, derived, source, kind FROM derivation WHERE status = 'active' AND directed"
)
CHANGED: Final = "unit IN (SELECT unit FROM changed)"


def lineage_change(
    tables: Tables, units: Iterable[str], *, fresh: bool
) -> tuple[dict[str, list[Record]], set[Pair]]:
    """What to remember of changed units of lineage, and the pairs of documents they touch anew."""
    changed = {unit for unit in units if not unit.startswith(OWN)}
    if fresh:
        changed |= {u for u in tables.units(Passage) if not u.startswith(OWN)}
        changed |= {u for u in tables.units(Derivation) if not u.startswith(OWN)}
    if not changed:
        return {}, set()
    now = {unit: _digests(some) for unit, some in _told(tables, changed, fresh=fresh).items()}
    rows = {PREFIX + unit: _rows(unit, now.get(unit, {})) for unit in sorted(changed)}
    if fresh:
        return {unit: some for unit, some in rows.items() if some}, set()
    before = tables.by_unit(LineageSeen, rows.keys())
    moved: set[Pair] = set()
    for unit in changed:
        mine = now.get(unit, {})
        had = {(row.one, row.other): row.digest for row in before.get(PREFIX + unit, ())}
        moved |= {pair for pair in mine.keys() | had.keys() if mine.get(pair) != had.get(pair)}
    return rows, moved


def _told(
    tables: Tables, changed: Iterable[str], *, fresh: bool
) -> dict[str, dict[Pair, list[str]]]:
    """By unit and pair of documents, what the unit says of them."""
    given = {} if fresh else {"changed": column_of("unit", changed)}
    shared, edges = (
        (SHARED, EDGES) if fresh else (f"{SHARED} WHERE {CHANGED}", f"{EDGES} AND {CHANGED}")
    )
    found: dict[str, dict[Pair, list[str]]] = {}
    for row in tables.query(shared, **given).to_pylist():
        unit, one, other, *rest = row.values()
        _note(found, unit, (one, other), rest)
    for row in tables.query(edges, **given).to_pylist():
        unit, one, other, kind = row.values()
        if carries(one, other, kind):
            _note(found, unit, (one, other), [kind])
    return found


def _note(
    found: dict[str, dict[Pair, list[str]]], unit: str, pair: Pair, rest: list[object]
) -> None:
    if unit.startswith(OWN):
        return
    key = pair if pair[0] < pair[1] else (pair[1], pair[0])
    found.setdefault(unit, {}).setdefault(key, []).append(f"{pair[0]} {rest}")


def _digests(told: Mapping[Pair, list[str]]) -> dict[Pair, str]:
    return {
        pair: xxhash.xxh3_64_hexdigest("\n".join(sorted(words)).encode())
        for pair, words in told.items()
    }


def _rows(unit: str, digests: Mapping[Pair, str]) -> list[Record]:
    return [
        LineageSeen(source_unit=unit, one=pair[0], other=pair[1], digest=digests[pair])
        for pair in sorted(digests)
    ]
