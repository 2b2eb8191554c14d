"""Scope: which pages an update has to work through, from columns of the lineage as it stands."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Final

import pyarrow as pa

from firsthand.model.lineage import Passage
from firsthand.model.table import from_arrow
from firsthand.stage import Tables
from firsthand.trace.addresses import name_key
from firsthand.trace.columns import numbers, strings, unit_table
from firsthand.trace.sources import source_id

CHUNK_PAGES: Final = 12_000
"""Pages whose texts are at hand at one time in a full run: about 100 MB of news, and what is made
of it; each such portion is a pass over the pages."""

_PASSAGES: Final = """
SELECT p.* FROM passage AS p
WHERE p.page_a IN (SELECT unit FROM wanted) OR p.page_b IN (SELECT unit FROM wanted)
ORDER BY p.passage_id
"""
_NEIGHBOURS: Final = """
SELECT DISTINCT b.page_id
FROM (
    SELECT e.source AS node FROM derivation AS e JOIN wanted AS w ON e.derived = w.unit
    UNION ALL
    SELECT e.derived AS node FROM derivation AS e JOIN wanted AS w ON e.source = w.unit
) AS n JOIN body AS b ON b.document_id = n.node
ORDER BY b.page_id
"""
_REPORTS: Final = """
SELECT DISTINCT n.node_id, b.page_id
FROM (SELECT node_id, UNNEST(credited_by) AS document_id FROM node WHERE kind = 'report') AS n
JOIN (
    SELECT DISTINCT m.node_id
    FROM (SELECT node_id, UNNEST(credited_by) AS document_id FROM node WHERE kind = 'report') AS m
    JOIN body AS mine ON mine.document_id = m.document_id
    JOIN wanted AS w ON mine.unit = w.unit
) AS chosen ON chosen.node_id = n.node_id
JOIN body AS b ON b.document_id = n.document_id
ORDER BY n.node_id, b.page_id
"""

_PAGES: Final = (
    "SELECT b.key, b.page_id FROM body AS b JOIN probes AS p ON b.key = p.k ORDER BY b.key"
)
_OUTLETS: Final = """
SELECT DISTINCT e.source AS node_id
FROM derivation AS e JOIN wanted AS w ON e.unit = w.unit
WHERE e.source LIKE 's-%'
"""
_CREDITED: Final = """
SELECT DISTINCT n.node_id
FROM (SELECT node_id, UNNEST(credited_by) AS document_id FROM node WHERE kind <> 'report') AS n
JOIN wanted AS w ON n.document_id = w.unit
WHERE n.node_id LIKE 's-%'
"""
_NAMED: Final = """
SELECT DISTINCT d.outlet AS name FROM document AS d JOIN wanted AS w ON d.unit = w.unit
WHERE d.outlet IS NOT NULL
UNION
SELECT DISTINCT c.cited_source AS name FROM credit AS c JOIN wanted AS w ON c.unit = w.unit
WHERE c.source_kind <> 'unnamed'
"""

_CREDITED_DOCUMENTS: Final = """
SELECT e.source, COUNT(*) AS n FROM derivation AS e JOIN wanted AS w ON e.source = w.unit
WHERE e.direction_basis = 'credit' AND e.derived LIKE 'd-%'
GROUP BY e.source ORDER BY e.source
"""
_CREDITED_BY: Final = """
SELECT DISTINCT e.derived, e.source, e.basis
FROM derivation AS e JOIN body AS b ON b.document_id = e.derived
JOIN wanted AS w ON b.unit = w.unit
WHERE e.direction_basis = 'credit' AND e.source LIKE 'd-%'
ORDER BY e.derived, e.source
"""


def passages_of(tables: Tables, pages: Collection[str]) -> list[Passage]:
    """The passages that the table holds for documents of some pages."""
    if not pages:
        return []
    return from_arrow(Passage, tables.query(_PASSAGES, wanted=unit_table(pages)))


def neighbours(tables: Tables, documents: Collection[str]) -> set[str]:
    """The pages of documents with an edge, as it stands, from or to one of some documents."""
    return set(strings(tables.query(_NEIGHBOURS, wanted=unit_table(documents)), "page_id"))


def known_reports(tables: Tables, pages: Collection[str]) -> tuple[set[str], set[str]]:
    """The report nodes that documents of some pages credit as it stands, and all who credit them."""
    table = tables.query(_REPORTS, wanted=unit_table(pages))
    return set(strings(table, "node_id")), set(strings(table, "page_id"))


def known_credited(tables: Tables, documents: Collection[str]) -> dict[str, int]:
    """How many others credited some documents as of the last run."""
    table = tables.query(_CREDITED_DOCUMENTS, wanted=unit_table(documents))
    return dict(zip(strings(table, "source"), numbers(table, "n").tolist(), strict=True))


def known_credits(tables: Tables, pages: Collection[str]) -> set[tuple[str, str, str]]:
    """Which documents those of some pages credited as of the last run, and on what basis."""
    table = tables.query(_CREDITED_BY, wanted=unit_table(pages))
    columns = [strings(table, name) for name in ("derived", "source", "basis")]
    return set(zip(*columns, strict=True))


def known_pages(tables: Tables, keys: Collection[int]) -> dict[int, str]:
    """The pages of documents given by key, as of the last run."""
    probes = pa.table({"k": pa.array(sorted(keys), pa.int64())})
    table = tables.query(_PAGES, probes=probes)
    return dict(zip(numbers(table, "key").tolist(), strings(table, "page_id"), strict=True))


def known_sources(tables: Tables, pages: Collection[str], documents: Collection[str]) -> set[str]:
    """The named sources that some pages and their documents name, or named at the last run."""
    wanted = unit_table(pages)
    found = set(strings(tables.query(_OUTLETS, wanted=wanted), "node_id"))
    found |= set(strings(tables.query(_CREDITED, wanted=unit_table(documents)), "node_id"))
    named = strings(tables.query(_NAMED, wanted=wanted), "name")
    return found | {source_id(name) for name in named if name_key(name)}


def partners(passages: Iterable[Passage], pages: Collection[str]) -> set[str]:
    """The pages that share a passage with one of some pages, themselves included."""
    found = set(pages)
    for passage in passages:
        if passage.page_a in pages or passage.page_b in pages:
            found |= {passage.page_a, passage.page_b}
    return found


class Islands:
    """Pages grouped so that no evidence runs between two groups (union-find)."""

    def __init__(self, pages: Iterable[str]) -> None:
        """Every page stands alone."""
        self._parent = {page: page for page in sorted(pages)}

    def join(self, one: str, other: str) -> None:
        """Evidence runs between two pages."""
        low, high = sorted((self._find(one), self._find(other)))
        self._parent[high] = low

    def _find(self, page: str) -> str:
        while self._parent[page] != page:
            self._parent[page] = self._parent[self._parent[page]]
            page = self._parent[page]
        return page

    def chunks(self) -> Iterator[list[str]]:
        """Whole groups, several to a chunk, in the order of their smallest pages."""
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for page in self._parent:
            groups[self._find(page)].append(page)
        chunk: list[str] = []
        for group in groups.values():
            if chunk and len(chunk) + len(group) > CHUNK_PAGES:
                yield chunk
                chunk = []
            chunk = chunk + group if len(chunk) < len(group) else [*chunk, *group]
        if chunk:
            yield chunk
