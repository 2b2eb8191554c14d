"""Events counted in memory are those that SQL finds, whatever the filters."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.publish import lists
from firsthand.publish.edition import indexes_sql, tables_sql
from firsthand.publish.event_columns import event_columns, outlet_counts
from firsthand.publish.packing import Packer, let_read
from firsthand.publish.spots import _together, spots_of

TYPES, DISPUTES = ("battle", "siege"), ("none", "denied", "accounts_differ", "withdrawn")
DAYS = (None, "2031-01-09", "2031-02-01", "2031-02-28", "2031-03-01")
EVENTS = 240


@pytest.fixture(scope="module")
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        let_read(made)
        made.executescript(tables_sql() + indexes_sql())
        made.execute("INSERT INTO block VALUES (1, 'event', ?)", (Packer(b"").pack([b"{}"]),))
        made.execute("INSERT INTO pattern VALUES ('event', ?)", (b"",))
        for n in range(EVENTS):
            placed = n % 5 != 0
            row = {
                "key": EVENTS * 2 - n,
                "id": f"e{n * 37 % EVENTS}",
                "unit": "u",
                "block": 1,
                "position": 0,
                "type": TYPES[n % 2],
                "dispute": DISPUTES[n % 3 + (n % 7 == 0)],
                "corroboration": "none",
                "earliest": DAYS[n % 4],
                "latest": DAYS[n // 4 % 5],
                "n_pages": n % 9,
                "n_origins": n % 4,
                "place_lat": n % 11 - 5.0 if placed else None,
                "place_lon": (n % 13 * 30) - 180.0 if placed else None,
                "place_radius_km": float(n % 3) if placed else None,
                "place_precision": ("town", "region")[n % 2] if placed else None,
                "place_name": f"place {n % 6}" if placed else None,
            }
            marks = ", ".join("?" * len(row))
            made.execute(
                f"INSERT INTO event ({', '.join(row)}) VALUES ({marks})", tuple(row.values())
            )
            told = [(row["key"], f"outlet {one}") for one in range(n % 4)]
            made.executemany("INSERT INTO event_outlet VALUES (?, ?)", told)
        yield made


ASKED = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from((*TYPES, "other", "'")),
        "dispute": st.sampled_from(DISPUTES),
        "outlet": st.sampled_from(("outlet 0", "outlet 2", "nobody")),
        "from": st.sampled_from(("2031", "2031-02", "2031-02-15", "2032", "soon")),
        "to": st.sampled_from(("2030", "2031-02", "2031-02-28", "2031")),
        "undated": st.just("1"),
        "unplaced": st.just("1"),
        "bbox": st.sampled_from(("-100,-3,40,3", "150,-5,-150,5", "0,0,0.1,0.1", "x")),
    },
)


@given(asked=ASKED)
def test_the_filters_are_those_of_sql(db: sqlite3.Connection, asked: dict[str, str]) -> None:
    conditions, values = lists.where(asked)
    sql = f"SELECT key FROM event WHERE {conditions} ORDER BY n_pages DESC, id"
    wanted = [row[0] for row in db.execute(sql, values)]
    events = event_columns(db)
    rows = events.holding(db, lists.chosen_of(asked))
    assert events.first(rows, EVENTS) == wanted
    assert lists.total(db, asked) == len(wanted)
    sql = (
        "SELECT substr(ifnull(earliest, latest), 1, 7), count(*) FROM event WHERE "
        f"{conditions} AND ifnull(earliest, latest) IS NOT NULL GROUP BY 1 ORDER BY 1"
    )
    assert lists.by_month(db, asked) == [tuple(row) for row in db.execute(sql, values)]
    sql = (
        "SELECT outlet, count(*) FROM event_outlet WHERE event_key IN "
        f"(SELECT key FROM event WHERE {conditions}) GROUP BY 1"
    )
    assert outlet_counts(db, events, rows) == dict(db.execute(sql, values).fetchall())


@given(asked=ASKED)
def test_places_hold_the_events_that_sql_counts(
    db: sqlite3.Connection, asked: dict[str, str]
) -> None:
    conditions, values = lists.where(asked)
    sql = (
        "SELECT place_lat, place_lon, place_radius_km, count(*), "
        "sum(dispute IN ('denied', 'withdrawn')), sum(dispute = 'accounts_differ'), "
        "sum(dispute = 'none' AND n_origins > 1), sum(dispute = 'none' AND n_origins = 1), "
        "sum(dispute = 'none' AND n_origins = 0) FROM event "
        f"WHERE place_lat IS NOT NULL AND {conditions} "
        "GROUP BY place_lat, place_lon, place_radius_km, place_precision, place_name"
    )
    events = event_columns(db)
    spots = spots_of(events, events.holding(db, lists.chosen_of(asked)))
    found = zip(
        spots.lat.tolist(),
        spots.lon.tolist(),
        spots.radius_km.tolist(),
        spots.count.tolist(),
        *spots.statuses.T.tolist(),
        strict=True,
    )
    assert sorted(found) == sorted(tuple(row) for row in db.execute(sql, values))


@given(points=st.lists(st.tuples(st.floats(-50, 900), st.floats(-50, 600)), max_size=60))
def test_marks_do_not_overlap_and_every_point_has_one(points: list[tuple[float, float]]) -> None:
    x, y = (np.array([point[at] for point in points]) for at in (0, 1))
    groups = _together(x, y)
    assert sorted(at for members in groups for at in members.tolist()) == list(range(len(points)))
    first = [members[0] for members in groups]
    for a in first:
        for b in first:
            assert a == b or abs(x[a] - x[b]) >= 62 or abs(y[a] - y[b]) >= 42
    for members in groups:
        assert (np.abs(x[members] - x[members[0]]) < 62).all()
        assert (np.abs(y[members] - y[members[0]]) < 42).all()
