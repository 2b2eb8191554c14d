"""Rows packed into blocks: an edition keeps whole rows deflated, a few together.

A table's rows say where they lie (`block`, `position`); its column `body` is made from that as
it is read, so that queries read rows as if they stood there as plain JSON. That takes a third
of the space and, for a whole edition, a third of the time to write.
"""

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from firsthand.model.record import Record

BLOCK_BYTES: Final = 12_000
"""Rows go together up to so many bytes of JSON: more saves little space and costs more to read."""
LEVEL: Final = 3
WINDOW: Final = -14
"""Raw deflate that looks back 16 kB, more than a block; a smaller state is quicker to begin."""
MEMORY: Final = 7
KEPT_BLOCKS: Final = 64
"""Blocks that a connection keeps unpacked; neighbouring rows are mostly read together."""
BREAK: Final = b"\n"
"""Between rows; JSON without indentation holds no line break."""

BLOCKS_SQL: Final = """
CREATE TABLE pattern (tbl TEXT PRIMARY KEY, words BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE block (key INTEGER PRIMARY KEY AUTOINCREMENT, tbl TEXT NOT NULL, rows BLOB NOT NULL);
"""
BODY_SQL: Final = (
    "block INTEGER NOT NULL, position INTEGER NOT NULL, "
    "body TEXT AS (row_of(block, position)) VIRTUAL"
)


def pattern_of(record: type[Record]) -> bytes:
    """What rows of this type have in common, for the packer to refer back to: their field names."""
    return "".join(_names(msgspec.inspect.type_info(record))).encode()


def _names(info: msgspec.inspect.Type) -> Iterator[str]:
    if isinstance(info, msgspec.inspect.StructType):
        for field in info.fields:
            yield f',"{field.encode_name}":'
            yield from _names(field.type)
    elif isinstance(info, msgspec.inspect.UnionType):
        yield "null"
        for part in info.types:
            yield from _names(part)
    elif isinstance(info, msgspec.inspect.VarTupleType):
        yield "[],["
        yield from _names(info.item_type)
        yield "}]"
    elif isinstance(info, msgspec.inspect.LiteralType):
        yield from (f'"{value}"' for value in info.values)


def grouped(rows: Sequence[bytes]) -> Iterator[tuple[int, int]]:
    """Which rows go together: half-open ranges of about `BLOCK_BYTES`, in order."""
    begin = size = 0
    for end, row in enumerate(rows, 1):
        size += len(row)
        if size >= BLOCK_BYTES or end == len(rows):
            yield begin, end
            begin, size = end, 0


class Packer:
    """Packs the rows of one table."""

    def __init__(self, pattern: bytes) -> None:
        """A packer that refers back to the table's pattern."""
        self._fresh = zlib.compressobj(LEVEL, zlib.DEFLATED, WINDOW, MEMORY, zdict=pattern)

    def pack(self, rows: Sequence[bytes]) -> bytes:
        """Rows as one block."""
        packer = self._fresh.copy()
        return packer.compress(BREAK.join(rows)) + packer.flush()


class Unpacker:
    """Reads the rows of blocks for one connection."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Reads from the edition that `db` has open."""
        self.idle = False
        """Set while rows are written: SQLite would have the body of each made, for nobody."""
        self._db = db
        self._patterns: dict[str, bytes] = {}
        self._kept: dict[int, list[str]] = {}

    def row_of(self, block: int | None, position: int) -> str | None:
        """The row at a position of a block; None for no block (the empty side of a join)."""
        if block is None or self.idle:
            return None
        rows = self._kept.get(block)
        if rows is None:
            rows = self._rows(block)
            if len(self._kept) >= KEPT_BLOCKS:
                del self._kept[next(iter(self._kept))]
            self._kept[block] = rows
        return rows[position]

    def _rows(self, block: int) -> list[str]:
        sql = "SELECT tbl, rows FROM block WHERE key=?"
        table, packed = self._db.execute(sql, (block,)).fetchone()
        if table not in self._patterns:
            sql = "SELECT words FROM pattern WHERE tbl=?"
            self._patterns[table] = self._db.execute(sql, (table,)).fetchone()[0]
        unpacker = zlib.decompressobj(WINDOW, zdict=self._patterns[table])
        return (unpacker.decompress(packed) + unpacker.flush()).decode().split("\n")


def let_read(db: sqlite3.Connection) -> Unpacker:
    """Teach a connection to read packed rows."""
    unpacker = Unpacker(db)
    db.create_function("row_of", 2, unpacker.row_of, deterministic=True)
    return unpacker
