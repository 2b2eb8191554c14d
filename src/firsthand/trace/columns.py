"""Arrow columns as numpy arrays, and numpy arrays as small tables to join with."""

from collections.abc import Collection
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from firsthand.trace.words import Numbers


def numbers(table: pa.Table, name: str) -> Numbers:
    """A column of whole numbers."""
    found: Numbers = table.column(name).to_numpy().astype(np.int64, copy=False)
    return found


def strings(table: pa.Table, name: str) -> list[str]:
    """A column of words."""
    column: Any = table.column(name)
    found: list[str] = column.to_pylist()
    return found


def lists(table: pa.Table, name: str) -> list[list[Any]]:
    """A column of lists."""
    column: Any = table.column(name)
    found: list[list[Any]] = column.to_pylist()
    return found


def flat(table: pa.Table, name: str) -> tuple[Numbers, npt.NDArray[Any]]:
    """A column of lists as the row each element belongs to, and the elements."""
    column: Any = table.column(name).combine_chunks()
    if isinstance(column, pa.ChunkedArray):  # an empty column has no chunk to give
        return np.empty(0, np.int64), np.empty(0, np.int64)
    column = cast("pa.ListArray[Any]", column)
    offsets = column.offsets.to_numpy().astype(np.int64)
    values = column.values.slice(offsets[0], offsets[-1] - offsets[0])
    rows = np.repeat(np.arange(len(column)), np.diff(offsets))
    return rows, values.to_numpy(zero_copy_only=False)


def distinct(values: Numbers) -> Numbers:
    """Every different number, sorted.

    As `numpy.unique` gives them; its table of hashes takes ten times as long as sorting.
    """
    ordered = np.sort(values)
    new = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    found: Numbers = ordered[new]
    return found


def unit_table(units: Collection[str]) -> pa.Table:
    """Units as a table to join with, sorted."""
    return pa.table({"unit": pa.array(sorted(units), pa.string())})
