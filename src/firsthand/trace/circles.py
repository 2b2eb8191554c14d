"""Circles of the whole lineage: found in columns, set aside in the units they stand in."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from firsthand.model.lineage import Derivation
from firsthand.stage import Tables
from firsthand.trace.columns import strings, unit_table
from firsthand.trace.cycles import Edge, edges_to_drop
from firsthand.trace.explain import CIRCLE

_OF_UNITS: Final = """
SELECT e.derived, e.source FROM derivation AS e JOIN wanted AS w ON e.unit = w.unit
WHERE e.directed AND e.derived LIKE 'd-%' AND e.source LIKE 'd-%'
"""
_FROM: Final = """
SELECT e.unit, e.derivation_id, e.derived, e.source, e.confidence, e.status
FROM derivation AS e JOIN wanted AS w ON e.derived = w.unit
WHERE e.directed AND e.source LIKE 'd-%' AND (e.status = 'active' OR e.reason = '{circle}')
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

    `new` holds the rows of the units that are replaced. A circle that comes or goes leads through
    one of their edges, as they were or are: what these lead to holds it whole.
    """
    edges = _edges_of(new)
    before = tables.query(_OF_UNITS, wanted=unit_table(new.keys()))
    ahead = {*strings(before, "derived"), *strings(before, "source")}
    ahead |= {end for edge in edges for end in (edge.derived, edge.source)}
    seen: set[str] = set()
    unit_of: dict[str, tuple[str, bool]] = {}
    while ahead:
        seen |= ahead
        found = _edges_from(tables, ahead)
        others = [(edge, where) for edge, where in found if where[0] not in new]
        unit_of |= {edge.edge_id: where for edge, where in others}
        edges += [edge for edge, _ in others]
        ahead = {edge.source for edge, _ in others} - seen
    dropped = edges_to_drop(edges)
    stale = {unit for edge, (unit, active) in unit_of.items() if active == (edge in dropped)}
    return dropped, frozenset(stale)


def _edges_from(tables: Tables, documents: Collection[str]) -> list[tuple[Edge, tuple[str, bool]]]:
    """The edges from some documents to their sources, each with its unit and whether it stands."""
    sql = _FROM.format(circle=CIRCLE.replace("'", "''"))
    table = tables.query(sql, wanted=unit_table(documents))
    names = ("unit", "derivation_id", "derived", "source", "status")
    columns = [strings(table, name) for name in names]
    confidence = table.column("confidence").to_pylist()
    return [
        (Edge(edge_id, derived, source, float(sure or 0.0)), (unit, status == "active"))
        for unit, edge_id, derived, source, status, sure in zip(*columns, confidence, strict=True)
    ]


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
