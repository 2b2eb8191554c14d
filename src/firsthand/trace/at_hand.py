"""Tables at hand for one update: what it asks again and again is kept ready by the store.

An update of a large pile asks some thirty small questions of the same few columns. The store keeps
those columns together; rows of a few pages are read where the store keeps those pages, without a
look at the others.
"""

from collections.abc import Collection, Mapping
from typing import Final

import pyarrow as pa

from firsthand.model.document import Document
from firsthand.model.lineage import Credit, Derivation, Node, Passage
from firsthand.model.record import Record
from firsthand.model.reuse import BlockPrints, Body, Fingerprints
from firsthand.model.table import table_name, to_arrow
from firsthand.stage import Tables

FEW: Final = 256
"""Units whose rows are read one by one; for more a pass over the columns is quicker."""

THIN: Final[Mapping[type[Record], str]] = {
    Body: "unit document_id page_id key hashes rights names called cited points day copy_of lead",
    Fingerprints: "unit document_id link_keys report_keys address_keys title_key called cited",
    BlockPrints: "unit outlets article hashes starts ends words edges",
    Document: "unit document_id outlet published",
    Credit: "unit document_id cited_source source_kind",
    Derivation: "unit derivation_id derived source confidence status reason directed "
    "direction_basis basis",
    Passage: "unit passage_id document_a document_b page_a page_b a_start a_end b_start b_end "
    "shared_words kind",
    Node: "unit node_id kind credited_by",
}
"""The columns that questions across the pile are about."""


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
