"""Which pages changed lineage touches, also where the rows that touched them are gone."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from firsthand.link.columns import column_of
from firsthand.link.lineage import carries
from firsthand.model.lineage import Derivation, Passage
from firsthand.model.linking import LineageSeen
from firsthand.model.record import Record
from firsthand.stage import Tables

PREFIX: Final = "l:seen:"
OWN: Final = "l:"
"""How units of this stage begin; its own nodes and edges are no news to it."""

ALL_PAGES: Final = "SELECT DISTINCT document_id, page_id FROM claim_facts"
PAGES: Final = (
    "SELECT DISTINCT document_id, page_id FROM claim_facts "
    "WHERE document_id IN (SELECT document FROM documents)"
)


def lineage_change(
    tables: Tables, units: Iterable[str], *, fresh: bool
) -> tuple[dict[str, tuple[str, ...]], set[str]]:
    """Changed units of lineage with the pages they touch now, and all pages touched or left."""
    changed = {unit for unit in units if not unit.startswith(OWN)}
    if fresh:
        changed |= {u for u in tables.units(Passage) if not u.startswith(OWN)}
        changed |= {u for u in tables.units(Derivation) if not u.startswith(OWN)}
    if not changed:
        return {}, set()
    now = _pages_now(tables, changed, fresh=fresh)
    if fresh:
        return {unit: pages for unit, pages in now.items() if pages}, set()
    before = tables.by_unit(LineageSeen, {PREFIX + unit for unit in changed})
    moved = {page for pages in now.values() for page in pages}
    moved |= {page for rows in before.values() for row in rows for page in row.pages}
    return now, moved


def _pages_now(
    tables: Tables, units: Collection[str], *, fresh: bool
) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {unit: set() for unit in sorted(units)}
    for unit, rows in tables.by_unit(Passage, units).items():
        for row in rows:
            found[unit] |= {row.page_a, row.page_b}
    documents: dict[str, set[str]] = {}
    for unit, edges in tables.by_unit(Derivation, units).items():
        ends = {end for edge in edges if carries(edge) for end in (edge.derived, edge.source)}
        documents[unit] = ends
    pages = _page_of(tables, {d for some in documents.values() for d in some}, fresh=fresh)
    for unit, ends in documents.items():
        found[unit] |= {pages[document] for document in ends if document in pages}
    return {unit: tuple(sorted(found[unit])) for unit in found}


def _page_of(tables: Tables, documents: Collection[str], *, fresh: bool) -> Mapping[str, str]:
    """The page of each document that has claims."""
    if not documents:
        return {}
    if fresh:
        found = tables.query(ALL_PAGES).to_pylist()
        return {row["document_id"]: row["page_id"] for row in found}
    found = tables.query(PAGES, documents=column_of("document", documents)).to_pylist()
    return {row["document_id"]: row["page_id"] for row in found}


def seen_rows(seen: Mapping[str, tuple[str, ...]]) -> dict[str, list[Record]]:
    """What is remembered of each unit of lineage; a unit that touches no page is forgotten."""
    return {
        PREFIX + unit: [LineageSeen(source_unit=unit, pages=pages)] if pages else []
        for unit, pages in seen.items()
    }
