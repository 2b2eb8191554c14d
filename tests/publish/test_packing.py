"""Rows come out of their blocks as they went in, and an edition shows them as plain JSON."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.model.event import Event
from firsthand.publish.packing import (
    BLOCK_BYTES,
    BLOCKS_SQL,
    BODY_SQL,
    Packer,
    Unpacker,
    grouped,
    let_read,
    pattern_of,
)


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as made:
        let_read(made)
        made.executescript(f"{BLOCKS_SQL} CREATE TABLE event (id TEXT, {BODY_SQL});")
        made.execute("INSERT INTO pattern VALUES ('event', ?)", (pattern_of(Event),))
        yield made


def keep(db: sqlite3.Connection, rows: list[bytes]) -> None:
    packed = Packer(pattern_of(Event)).pack(rows)
    (key,) = db.execute(
        "INSERT INTO block (tbl, rows) VALUES ('event', ?) RETURNING key", (packed,)
    ).fetchone()
    db.executemany(
        "INSERT INTO event VALUES (?,?,?)", [(f"e{n}", key, n) for n in range(len(rows))]
    )


def test_a_query_sees_rows_as_if_they_stood_there(db: sqlite3.Connection) -> None:
    rows = [msgspec.json.encode({"event_id": f"e{n}", "title": "a\nb"}) for n in range(3)]
    keep(db, rows)
    found = db.execute("SELECT body FROM event ORDER BY id DESC").fetchall()
    assert [row[0].encode() for row in found] == rows[::-1]


def test_the_empty_side_of_a_join_has_no_row(db: sqlite3.Connection) -> None:
    sql = "SELECT event.body FROM (SELECT 1) LEFT JOIN event ON event.id = 'none'"
    assert db.execute(sql).fetchone() == (None,)


def test_an_idle_connection_makes_no_body(db: sqlite3.Connection) -> None:
    unpacker = let_read(db)
    keep(db, [b"{}"])
    unpacker.idle = True
    assert db.execute("SELECT body FROM event").fetchone() == (None,)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=30))
def test_rows_come_out_as_they_went_in(texts: list[str]) -> None:
    rows = [msgspec.json.encode(text) for text in texts]
    with closing(sqlite3.connect(":memory:")) as made:
        made.executescript(BLOCKS_SQL)
        made.execute("INSERT INTO pattern VALUES ('event', x'')")
        packed = Packer(b"").pack(rows)
        made.execute("INSERT INTO block VALUES (7, 'event', ?)", (packed,))
        unpacker = Unpacker(made)
        assert [unpacker.row_of(7, at) for at in range(len(rows))] == [r.decode() for r in rows]


@given(st.lists(st.integers(0, 2 * BLOCK_BYTES), max_size=20))
def test_every_row_is_in_one_group_and_groups_are_bounded(sizes: list[int]) -> None:
    rows = [b"x" * size for size in sizes]
    groups = list(grouped(rows))
    assert [at for begin, end in groups for at in range(begin, end)] == list(range(len(rows)))
    assert all(sum(sizes[begin : end - 1]) < BLOCK_BYTES for begin, end in groups)
