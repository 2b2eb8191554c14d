"""Columns: text out of Arrow tables and into them."""

from collections.abc import Iterable

import pyarrow as pa


def strings(table: pa.Table, name: str) -> list[str]:
    """A column of text; nulls are left out."""
    return [str(value) for value in table.column(name).to_pylist() if value is not None]


def column_of(name: str, values: Iterable[str]) -> pa.Table:
    """A table of one text column, values in order."""
    return pa.table({name: pa.array(sorted(values), pa.string())})
