"""Records to Arrow tables and back; the only file that knows both."""

import types
import typing
from collections.abc import Iterable, Sequence
from functools import cache
from operator import attrgetter

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


WHOLE: typing.Final = "row"
"""The column that holds the whole row as JSON."""


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


def _is_plain(kind: pa.DataType) -> bool:
    """Whether a column holds numbers, words or lists of them, as SQL can use."""
    return not pa.types.is_nested(kind) or (
        pa.types.is_list(kind) and not pa.types.is_nested(kind.value_type)
    )


@cache
def _columns(record: type[Record]) -> tuple["pa.Field[typing.Any]", ...]:
    fields = _fields(record)
    plain = [field for field in fields if record.in_columns or _is_plain(field.type)]
    if record.asked_for is None or len(plain) == len(fields):
        return tuple(plain)
    return tuple(field for field in plain if field.name in record.asked_for)


@cache
def has_parts(record: type[Record]) -> bool:
    """Whether rows of this type hold values inside values, and so are kept whole as JSON."""
    return len(_columns(record)) < len(record.__struct_fields__)


@cache
def schema_of(record: type[Record]) -> pa.Schema:
    """The Arrow schema of a record type, derived from its annotations.

    A column for every plain field, and one, `row`, with the whole row as JSON where there are
    fields of other kinds: reading that is three times as quick as putting structs together.
    """
    whole = [pa.field(WHOLE, pa.binary(), nullable=False)] if has_parts(record) else []
    return pa.schema([*_columns(record), *whole])


def to_arrow(
    record: type[Record], rows: Sequence[Record], encoded: Sequence[bytes] | None = None
) -> pa.Table:
    """Rows of one record type as an Arrow table; `encoded` are the same rows as JSON, if known."""
    columns = [
        pa.array(_plain(list(map(attrgetter(field.name), rows)), field), field.type)
        for field in _columns(record)
    ]
    if has_parts(record):
        whole = encoded if encoded is not None else [msgspec.json.encode(row) for row in rows]
        columns.append(pa.array(whole, pa.binary()))
    return pa.Table.from_arrays(columns, schema=schema_of(record))


def _plain(values: list[typing.Any], field: "pa.Field[typing.Any]") -> list[typing.Any]:
    return values if _is_plain(field.type) else msgspec.to_builtins(values)


@cache
def _decoder(record: type[R]) -> "msgspec.json.Decoder[R]":
    return msgspec.json.Decoder(record)


def from_arrow(record: type[R], table: pa.Table) -> list[R]:
    """The rows of an Arrow table as records; extra columns are left out."""
    if has_parts(record):
        decode = _decoder(record).decode
        return [decode(row) for row in whole_rows(table)]
    fields = _columns(record)
    if not all(_is_plain(field.type) for field in fields):
        plain = table.select(schema_of(record).names).to_pylist()
        return msgspec.convert(plain, list[record], strict=False)  # type: ignore[valid-type]  # a type known only at run time
    columns = [_values(field, table.column(field.name)) for field in fields]
    names = [field.name for field in fields]
    return [
        record(**dict(zip(names, values, strict=True))) for values in zip(*columns, strict=True)
    ]


def whole_rows(table: pa.Table) -> list[bytes]:
    """The rows of a table that keeps them whole, as JSON."""
    rows: list[bytes] = table.column(WHOLE).to_pylist()  # type: ignore[assignment]  # the column is binary and never null
    return rows


def _values(
    field: "pa.Field[typing.Any]", column: "pa.ChunkedArray[typing.Any]"
) -> list[typing.Any]:
    values = column.to_pylist()
    if pa.types.is_list(field.type):
        return [None if value is None else tuple(value) for value in values]
    return values


def group_rows(rows: Iterable[Record]) -> dict[type[Record], list[Record]]:
    """Rows of several types, by type, in the order they came."""
    grouped: dict[type[Record], list[Record]] = {}
    for row in rows:
        grouped.setdefault(type(row), []).append(row)
    return grouped
