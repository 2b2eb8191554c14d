"""Records to Arrow tables and back; the only file that knows both."""

import types
import typing
from collections.abc import Iterable, Sequence
from functools import cache

import msgspec
import pyarrow as pa

from firsthand.model.record import Record

R = typing.TypeVar("R", bound=Record)

SCALARS: dict[object, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    bytes: pa.binary(),
}


def table_name(record: type[Record]) -> str:
    """The table of a record type: its class name in snake case ("ClaimLink" -> "claim_link")."""
    letters = [f"_{c.lower()}" if c.isupper() else c for c in record.__name__]
    return "".join(letters).lstrip("_")


def _optional(annotation: object) -> tuple[object, bool]:
    if typing.get_origin(annotation) in (types.UnionType, typing.Union):
        inner = [part for part in typing.get_args(annotation) if part is not type(None)]
        if len(inner) == 1:
            return inner[0], True
    return annotation, False


def _data_type(annotation: object) -> pa.DataType:
    inner, _ = _optional(annotation)
    if inner in SCALARS:
        return SCALARS[inner]
    if typing.get_origin(inner) is typing.Literal:
        return pa.string()
    if typing.get_origin(inner) is tuple:
        element = typing.get_args(inner)[0]
        return pa.list_(_data_type(element))
    if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
        return pa.struct(_fields(inner))
    message = f"a record field of type {annotation!r} has no Arrow type"
    raise TypeError(message)


def _fields(struct: type[msgspec.Struct]) -> list["pa.Field[typing.Any]"]:
    hints = typing.get_type_hints(struct)
    return [
        pa.field(name, _data_type(hints[name]), nullable=_optional(hints[name])[1])
        for name in struct.__struct_fields__
    ]


@cache
def schema_of(record: type[Record]) -> pa.Schema:
    """The Arrow schema of a record type, derived from its annotations."""
    return pa.schema(_fields(record))


def to_arrow(record: type[Record], rows: Sequence[Record]) -> pa.Table:
    """Rows of one record type as an Arrow table."""
    plain = [msgspec.to_builtins(row) for row in rows]
    return pa.Table.from_pylist(plain, schema=schema_of(record))


def from_arrow(record: type[R], table: pa.Table) -> list[R]:
    """The rows of an Arrow table as records; extra columns are left out."""
    columns = table.select(schema_of(record).names)
    return msgspec.convert(columns.to_pylist(), list[record], strict=False)  # type: ignore[valid-type]


def group_rows(rows: Iterable[Record]) -> dict[type[Record], list[Record]]:
    """Rows of several types, by type, in the order they came."""
    grouped: dict[type[Record], list[Record]] = {}
    for row in rows:
        grouped.setdefault(type(row), []).append(row)
    return grouped
