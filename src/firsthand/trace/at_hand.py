"""Tables at hand for one update: what it asks again and again is read from the store once.

An update of a large pile asks some thirty small questions of the same few columns. Each table of
such columns is taken out of the store at the first question and answers the others from memory;
rows of a few pages are read where the store keeps those pages, without a look at the others.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final, TypeVar

import pyarrow as pa

from firsthand.model.record import Record
from firsthand.model.table import table_name, to_arrow
from firsthand.stage import Tables

R = TypeVar("R", bound=Record)

FEW: Final = 256
"""Units whose rows are read one by one; for more a pass over the columns is quicker."""

_THIN: Final[Mapping[str, str]] = {
    "body": "SELECT * FROM body",
    "fingerprints": "SELECT unit, document_id, link_keys, report_keys, address_keys, title_key, "
    "called, cited FROM fingerprints",
    "document": "SELECT unit, document_id, outlet, published FROM document",
    "credit": "SELECT unit, document_id, cited_source, source_kind FROM credit",
    "derivation": "SELECT unit, derivation_id, derived, source, confidence, status, reason, "
    "directed, direction_basis FROM derivation",
    "passage": "SELECT * FROM passage",
    "node": "SELECT unit, node_id, kind, credited_by FROM node",
}
"""The columns that questions across the pile are about."""
_NAME: Final = re.compile(r"\b(?:FROM|JOIN) ([a-z_]+)")


class AtHand:
    """The `Tables` port over another one, with the columns above kept once read.

    The rows must not change while it is in use. Statements may name only those columns of the
    tables above, unless they give such a table themselves.
    """

    def __init__(self, tables: Tables) -> None:
        """Nothing is read yet."""
        self._tables = tables
        self._kept: dict[str, pa.Table] = {}

    def rows(self, record: type[R], units: Collection[str] | None = None) -> list[R]:
        """Live rows of a type, of the given units only if named, ordered by unit."""
        return self._tables.rows(record, units)

    def by_unit(self, record: type[R], units: Collection[str]) -> Mapping[str, Sequence[R]]:
        """Live rows of the given units, by unit."""
        return self._tables.by_unit(record, units)

    def units(self, record: type[Record]) -> Collection[str]:
        """The units that have written this table."""
        return self._tables.units(record)

    def query(self, sql: str, **tables: pa.Table) -> pa.Table:
        """Run one SQL statement."""
        named = sorted((set(_NAME.findall(sql)) & _THIN.keys()) - tables.keys())
        return self._tables.query(sql, **{name: self._thin(name) for name in named}, **tables)

    def _thin(self, name: str) -> pa.Table:
        if name not in self._kept:
            # The plain names are those of the store's tables: this one asks the store itself.
            self._kept[name] = self._tables.query(_THIN[name])
        return self._kept[name]


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
