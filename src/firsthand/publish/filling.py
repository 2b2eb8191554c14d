"""Writes the rows of changed units into an edition: columns, packed rows, and words to search."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import count
from typing import Final

import msgspec

from firsthand.model.claim import Claim
from firsthand.model.document import Document
from firsthand.model.event import Event
from firsthand.model.page import Page
from firsthand.publish.packing import Packer, grouped, pattern_of
from firsthand.publish.tables import DRAWN, EditionTable, column
from firsthand.stage import Encoded, WholeTables

MOST_UNITS: Final = 64
"""The texts of so many pages are held at once while their documents are made searchable."""


class _Words(msgspec.Struct):
    text: str


class _Said(msgspec.Struct):
    evidence: tuple[_Words, ...]


class _Reach(msgspec.Struct):
    start: int
    end: int


_SAID: Final = msgspec.json.Decoder(_Said)
_REACH: Final = msgspec.json.Decoder(_Reach)


class Writer:
    """Replaces units of an edition's tables within one transaction."""

    def __init__(self, db: sqlite3.Connection, tables: WholeTables) -> None:
        """Writes to `db` what `tables` hold."""
        self._db = db
        self._tables = tables
        self._keys: dict[str, int] = {}
        self._blocks = count(self._next("SELECT seq FROM sqlite_sequence WHERE name='block'"))

    def replace(self, table: EditionTable, units: Collection[str]) -> None:
        """Replace the rows of these units, and what is found of them by search."""
        self._forget(table, units)
        keys = count(self._next(f"SELECT max(key) FROM {table.name}"))
        self._keys = {}
        marks = ",".join("?" * (5 + len(table.columns)))
        names = ", ".join(["key", "id", "unit", *map(column, table.columns), "block", "position"])
        self._db.executemany(
            f"INSERT OR REPLACE INTO {table.name} ({names}) VALUES ({marks})",
            self._rows(table, units, keys),
        )
        if table.record is Document:
            self._fill_documents(units)

    def _next(self, sql: str) -> int:
        row = self._db.execute(sql).fetchone()
        return (int(row[0]) if row and row[0] else 0) + 1

    def _forget(self, table: EditionTable, units: Collection[str]) -> None:
        if self._db.execute(f"SELECT 1 FROM {table.name} LIMIT 1").fetchone() is None:
            return
        had = [
            (unit,)
            for unit in sorted(units)
            if self._db.execute(f"SELECT 1 FROM {table.name} WHERE unit=?", (unit,)).fetchone()
        ]
        if table.record in (Claim, Document):
            self._db.executemany(
                f"DELETE FROM {table.name}_search WHERE rowid IN "
                f"(SELECT key FROM {table.name} WHERE unit=?)",
                had,
            )
        narrow = {Claim: ("claim_facet", "key"), Event: ("event_outlet", "event_key")}
        if table.record in narrow:
            name, key = narrow[table.record]
            self._db.executemany(
                f"DELETE FROM {name} WHERE {key} IN (SELECT key FROM {table.name} WHERE unit=?)",
                had,
            )
        self._db.executemany(
            f"DELETE FROM block WHERE key IN (SELECT block FROM {table.name} WHERE unit=?)", had
        )
        self._db.executemany(f"DELETE FROM {table.name} WHERE unit=?", had)

    def _rows(
        self, table: EditionTable, units: Collection[str], keys: Iterator[int]
    ) -> Iterator[tuple[object, ...]]:
        packer = Packer(pattern_of(table.record))
        plain = [name for name in table.columns if "." not in name]
        for some in self._tables.encoded(table.record, units, (table.id, *plain)):
            ids, *columns = some.columns
            columns = _with_inner(table, columns, some.rows)
            numbers = [next(keys) for _ in some.rows]
            if table.record is Claim:
                self._fill_claims(numbers, some)
            elif table.record is Document:
                self._keys |= zip(map(str, ids), numbers, strict=True)
            for begin, end in grouped(some.rows):
                block = next(self._blocks)
                self._db.execute(
                    "INSERT INTO block VALUES (?,?,?)",
                    (block, table.name, packer.pack(some.rows[begin:end])),
                )
                for at in range(begin, end):
                    values = [column[at] for column in columns]
                    yield (numbers[at], ids[at], some.unit, *values, block, at - begin)

    def _fill_claims(self, keys: Sequence[int], claims: Encoded) -> None:
        said = [" … ".join(s.text for s in _SAID.decode(row).evidence) for row in claims.rows]
        self._db.executemany(
            "INSERT INTO claim_search (rowid, words) VALUES (?,?)", zip(keys, said, strict=True)
        )

    def _fill_documents(self, units: Collection[str]) -> None:
        ordered = sorted(units)
        for begin in range(0, len(ordered), MOST_UNITS):
            some = ordered[begin : begin + MOST_UNITS]
            texts = {
                unit: str(text) for unit, (text, *_) in self._tables.values(Page, some, "text")
            }
            for documents in self._tables.encoded(Document, some, ("document_id", "title")):
                self._fill_page(documents, texts[documents.unit])

    def _fill_page(self, documents: Encoded, text: str) -> None:
        ids, titles = documents.columns
        reaches = [_REACH.decode(row) for row in documents.rows]
        self._db.executemany(
            "INSERT INTO document_search (rowid, title, words) VALUES (?,?,?)",
            [
                (self._keys[str(one)], title or "", text[reach.start : reach.end])
                for one, title, reach in zip(ids, titles, reaches, strict=True)
            ],
        )


def _with_inner(
    table: EditionTable, plain: Sequence[Sequence[object]], rows: Sequence[bytes]
) -> list[Sequence[object]]:
    """The values of all columns: plain ones as they are, those of parts read from the rows."""
    if len(plain) == len(table.columns):
        return list(plain)
    inner = tuple(name for name in table.columns if "." in name)
    around = tuple(_around(name) for name in inner if name in DRAWN)
    decoder = _inner_decoder(inner + around)
    whole = [decoder.decode(row) for row in rows]
    given = iter(plain)
    return [
        [_lifted(row, name) for row in whole] if "." in name else next(given)
        for name in table.columns
    ]


def _around(name: str) -> str:
    """The field of what a place lies in: `place.inside.lat`."""
    first, _, last = name.rpartition(".")
    return f"{first}.inside.{last}"


def _lifted(row: object, name: str) -> object:
    """The value of a part's field; of a place without a point, what says where it is drawn."""
    if name in DRAWN and _inner(row, "place", "lat") is None:
        return _inner(row, *_around(name).split("."))
    return _inner(row, *name.split("."))


@cache
def _inner_decoder(names: tuple[str, ...]) -> msgspec.json.Decoder[object]:
    """Reads of a row no more than these fields of its parts."""
    return msgspec.json.Decoder(_shape(tuple(tuple(name.split(".")) for name in names)))


def _shape(paths: tuple[tuple[str, ...], ...]) -> type[msgspec.Struct]:
    """A part that holds these fields; a number means one of a list of parts."""
    fields: dict[str, list[tuple[str, ...]]] = {}
    for first, *rest in paths:
        fields.setdefault(first, []).append(tuple(rest))
    made: list[tuple[str, object, object]] = []
    for name, below in fields.items():
        kind: object = object
        if any(below) and all(path[0].isdigit() for path in below):
            kind = list[_shape(tuple(path[1:] for path in below))] | None  # type: ignore[misc]  # made just now
        elif any(below):
            kind = _shape(tuple(below)) | None
        made.append((name, kind, None))
    return msgspec.defstruct("Inner", made)


def _inner(row: object, *path: str) -> object:
    for name in path:
        if row is None:
            return None
        if isinstance(row, list):
            row = row[int(name)] if int(name) < len(row) else None
        else:
            row = getattr(row, name)
    return row
