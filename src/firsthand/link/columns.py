"""Columns: text out of Arrow tables and into them, and numbers to compute with."""

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Ints: TypeAlias = npt.NDArray[np.int64]
Bits: TypeAlias = npt.NDArray[np.uint64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Floats: TypeAlias = npt.NDArray[np.float64]


def strings(table: pa.Table, name: str) -> list[str]:
    """A column of text; nulls are left out."""
    return [str(value) for value in table.column(name).to_pylist() if value is not None]


def column_of(name: str, values: Iterable[str]) -> pa.Table:
    """A table of one text column, values in order."""
    return pa.table({name: pa.array(sorted(values), pa.string())})


def numbers_of(values: Iterable[object]) -> Ints:
    """Equal values as equal numbers; None is a value of its own each time."""
    known: dict[object, int] = {}
    found = [
        -1 - at if value is None else known.setdefault(value, len(known))
        for at, value in enumerate(values)
    ]
    return np.array(found, np.int64)


def flags_of(values: Iterable[bool]) -> Flags:
    """A column of truths."""
    return np.fromiter(values, np.bool_)


def ints_of(values: Iterable[int]) -> Ints:
    """A column of whole numbers."""
    return np.fromiter(values, np.int64)


def ones_of(bits: Bits) -> Ints:
    """How many bits are set in each row."""
    ones: Ints = np.bitwise_count(bits).sum(axis=1, dtype=np.int64)
    return ones
