"""Makes an edition as many times as large by copying its rows, each copy with ids of its own.

Words, indexes and tables grow as in a pile of that size; the packed rows are shared by the copies.
"""

# ruff: noqa: S608 - table names and numbers of ours
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from firsthand.publish.edition import indexes_sql
from firsthand.publish.packing import let_read

TABLES: Final = (
    "page",
    "document",
    "voices",
    "node",
    "derivation",
    "attribution",
    "claim",
    "resolved_claim",
    "claim_link",
    "event",
    "conflict",
    "forecast",
)
OWN: Final = frozenset(
    {
        "id",
        "unit",
        "document_id",
        "page_id",
        "event_id",
        "statement_id",
        "attribution",
        "derived",
        "record_id",
    }
)
"""Columns that name a row: a copy's rows name one another."""
MOVED: Final = {"place_lat": 0.21, "place_lon": 0.37}
"""Degrees by which the places of each copy lie beside those of the copy before."""
NARROW: Final = {"claim": ("claim_facet", "key"), "event": ("event_outlet", "event_key")}
WORDS: Final = {
    "claim": "claim_search (rowid, words)",
    "document": "document_search (rowid, title, words)",
}


def grow(path: Path, times: int) -> None:
    """Make the edition at `path` so many times as large."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        let_read(db).idle = True
        db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY"
        )
        named = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        for (name,) in db.execute(named).fetchall():
            db.execute(f'DROP INDEX "{name}"')
        db.execute("BEGIN")
        for table in TABLES:
            (last,) = db.execute(f"SELECT ifnull(max(key), 0) FROM {table}").fetchone()
            for copy in range(1, times):
                _copy(db, table, copy, last)
        db.execute("COMMIT")
        for table in TABLES:
            db.execute(f"CREATE UNIQUE INDEX {table}_id ON {table} (id, unit)")
            db.execute(f"CREATE INDEX {table}_unit ON {table} (unit)")
        db.executescript(indexes_sql() + "PRAGMA optimize;")


def _copy(db: sqlite3.Connection, table: str, copy: int, last: int) -> None:
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    values = [_value(name, copy, last) for name in columns]
    names = ", ".join(f'"{name}"' for name in columns)
    below = f"FROM {table} WHERE key <= {last}"
    db.execute(f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} {below}")
    if table in NARROW:
        other, key = NARROW[table]
        rest = [row[1] for row in db.execute(f"PRAGMA table_info({other})") if row[1] != key]
        listed = ", ".join(rest)
        copied = ", ".join(_value(name, copy, last) for name in rest)
        db.execute(
            f"INSERT INTO {other} ({key}, {listed}) SELECT {key} + {copy * last}, {copied} "
            f"FROM {other} WHERE {key} <= {last}"
        )
    if table in WORDS:
        found = WORDS[table]
        name, fields = found.split(" ", 1)
        listed = fields.strip("()").removeprefix("rowid, ")
        db.execute(
            f"INSERT INTO {found} SELECT rowid + {copy * last}, {listed} FROM {name} "
            f"WHERE rowid <= {last}"
        )


def _value(name: str, copy: int, last: int) -> str:
    if name == "key":
        return f"key + {copy * last}"
    if name in MOVED:
        return f"{name} + {copy * MOVED[name]}"
    return f"\"{name}\" || '~{copy}'" if name in OWN else f'"{name}"'
