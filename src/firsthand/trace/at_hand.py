"""Tables at hand for one update: what it asks again and again is kept ready by the store.

An update of a large pile asks some thirty small questions of the same few columns. The store keeps
those columns together; rows of a few pages are read where the store keeps those pages, without a
look at the others.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final, TypeVar

import pyarrow as pa

from firsthand.model.document import Document
from firsthand.model.lineage import Credit, Derivation, Node, Passage
from firsthand.model.record import Record
from firsthand.model.reuse import BlockPrints, Body, Fingerprints
from firsthand.model.table import table_name, to_arrow
from firsthand.stage import Tables

R = TypeVar("R", bound=Record)

FEW: Final = 256
"""Units whose rows are read one by one; for more a pass over the columns is quicker."""

_THIN: Final[Mapping[type[Record], str]] = {
    Body: "unit document_id page_id key hashes rights names called cited points day copy_of lead",
    Fingerprints: "unit document_id link_keys report_keys address_keys title_key called cited",
    BlockPrints: "unit outlets article hashes starts ends words edges",
    Document: "unit document_id outlet published",
    Credit: "unit document_id cited_source source_kind",
    Derivation: "unit derivation_id derived source confidence status reason directed "
    "direction_basis",
    Passage: "unit passage_id document_a document_b page_a page_b a_start a_end b_start b_end "
    "shared_words kind",
    Node: "unit node_id kind credited_by",
}
"""The columns that questions across the pile are about."""
_RECORDS: Final = {table_name(record): record for record in _THIN}
_NAME: Final = re.compile(r"\b(FROM|JOIN) ([a-z_]+)")


class AtHand:
    """The `Tables` port over another one, with the columns above kept ready.

    The rows must not change while it is in use. Statements may name only those columns of the
    tables above, unless they give such a table themselves.
    """

    def __init__(self, tables: Tables) -> None:
        """Over the tables of a known pile."""
        self._tables = tables

    def rows(self, record: type[R], units: Collection[str] | None = None) -> list[R]:
        """Live rows of a type, of the given units only if named, ordered by unit."""
        return self._tables.rows(record, units)

    def by_unit(self, record: type[R], units: Collection[str]) -> Mapping[str, Sequence[R]]:
        """Live rows of the given units, by unit."""
        return self._tables.by_unit(record, units)

    def units(self, record: type[Record]) -> Collection[str]:
        """The units that have written this table."""
        return self._tables.units(record)

    def ready(self, record: type[Record], columns: Sequence[str]) -> str:
        """The name by which `query` finds some columns of a table."""
        return self._tables.ready(record, columns)

    def query(self, sql: str, **tables: pa.Table) -> pa.Table:
        """Run one SQL statement."""

        def name_of(match: re.Match[str]) -> str:
            before, name = match.groups()
            if name in tables or name not in _RECORDS:
                return match[0]
            record = _RECORDS[name]
            return f"{before} {self._tables.ready(record, _THIN[record].split())}"

        return self._tables.query(_NAME.sub(name_of, sql), **tables)


def rows_of_few(
    tables: Tables, units: Collection[str], *records: type[Record]
) -> dict[str, pa.Table]:
    """Whole tables with the rows of a few units, to ask instead of those of all; of many, none."""
    return {table_name(record): _table(tables, units, record) for record in records if few(units)}


def few(units: Collection[str]) -> bool:
    """Whether the rows of some units are better read one by one."""
    return len(units) <= FEW


def _table(tables: Tables, units: Collection[str], record: type[Record]) -> pa.Table:
    found = tables.by_unit(record, units)
    rows = [row for unit in sorted(found) for row in found[unit]]
    owners = [unit for unit in sorted(found) for _ in found[unit]]
    return to_arrow(record, rows).append_column("unit", pa.array(owners, pa.string()))
