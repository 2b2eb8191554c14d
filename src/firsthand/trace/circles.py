"""Circles of the whole lineage: found in columns, set aside in the units they stand in."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from firsthand.model.lineage import Derivation
from firsthand.stage import Tables
from firsthand.trace.columns import strings
from firsthand.trace.cycles import Edge, edges_to_drop
from firsthand.trace.explain import CIRCLE

_EDGES: Final = """
SELECT e.unit, e.derivation_id, e.derived, e.source, e.confidence, e.status
FROM derivation AS e
WHERE e.directed AND e.derived LIKE 'd-%' AND e.source LIKE 'd-%'
  AND (e.status = 'active' OR e.reason = '{circle}')
ORDER BY e.derivation_id
"""


def between_documents(row: Derivation) -> bool:
    """Whether an edge is part of the order that must have no circle, or was until one was broken."""
    return (
        row.directed
        and row.derived.startswith("d-")
        and row.source.startswith("d-")
        and (row.status == "active" or row.reason == CIRCLE)
    )


def new_circles(new: Mapping[str, Sequence[Derivation]]) -> frozenset[str]:
    """The ids of edges to set aside, where `new` holds all edges of some documents."""
    return edges_to_drop(_edges_of(new))


def _edges_of(new: Mapping[str, Sequence[Derivation]]) -> list[Edge]:
    return [
        Edge(row.derivation_id, row.derived, row.source, row.confidence)
        for rows in new.values()
        for row in rows
        if between_documents(row)
    ]


def break_circles(
    tables: Tables, new: Mapping[str, Sequence[Derivation]]
) -> tuple[frozenset[str], frozenset[str]]:
    """The ids of edges to set aside, and the units of untouched rows whose state must change.

    `new` holds the rows of the units that are replaced; all other edges are read from the table.
    """
    table = tables.query(_EDGES.format(circle=CIRCLE.replace("'", "''")))
    columns = [strings(table, name) for name in ("unit", "derivation_id", "derived", "source")]
    confidence = table.column("confidence").to_pylist()
    status = strings(table, "status")
    edges: list[Edge] = []
    unit_of: dict[str, tuple[str, bool]] = {}
    for unit, edge_id, derived, source, sure, state in zip(
        *columns, confidence, status, strict=True
    ):
        if unit not in new:
            edges.append(Edge(edge_id, derived, source, float(sure or 0.0)))
            unit_of[edge_id] = (unit, state == "active")
    edges += _edges_of(new)
    dropped = edges_to_drop(edges)
    stale = {unit for edge, (unit, active) in unit_of.items() if active == (edge in dropped)}
    return dropped, frozenset(stale)


def settle(rows: Sequence[Derivation], dropped: Collection[str]) -> list[Derivation]:
    """Rows with exactly the dropped edges set aside as part of a circle."""
    return [
        _settled(row, aside=row.derivation_id in dropped) if between_documents(row) else row
        for row in rows
    ]


def _settled(row: Derivation, *, aside: bool) -> Derivation:
    if aside:
        return replace(row, status="set_aside", reason=CIRCLE)
    return replace(row, status="active", reason=None) if row.status != "active" else row
