"""Where things are drawn: nothing is moved, nothing is dropped, and the filters hold everywhere."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import numpy as np
import pytest

from firsthand.publish import lists
from firsthand.publish.basemap import basemap
from firsthand.publish.edition import indexes_sql, tables_sql
from firsthand.publish.geometry import (
    KM_PER_DEGREE,
    box_of,
    frame_in,
    frame_of,
    mostly,
    text_of,
)
from firsthand.publish.map_views import map_view
from firsthand.publish.packing import Packer, let_read
from firsthand.publish.timelines import overview, timeline, timeline_of


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        let_read(made)
        made.executescript(tables_sql() + indexes_sql())
        made.execute("INSERT INTO block VALUES (1, 'event', ?)", (Packer(b"").pack([b"{}"]),))
        made.execute("INSERT INTO pattern VALUES ('event', ?)", (b"",))
        yield made


def put(
    db: sqlite3.Connection,
    key: str,
    at: tuple[float | None, float | None] = (10.0, 20.0),
    days: tuple[str | None, str | None] = (None, None),
    **fields: Any,
) -> None:
    row: dict[str, Any] = {
        "id": key,
        "unit": key,
        "block": 1,
        "position": 0,
        "type": "battle",
        "title": key,
        "earliest": days[0],
        "latest": days[1],
        "n_pages": 1,
        "n_outlets": 1,
        "n_origins": 1,
        "n_first_hand": 0,
        "corroboration": "none",
        "dispute": "none",
        "place_lat": at[0],
        "place_lon": at[1],
        "place_radius_km": 2.0,
        "place_precision": "town",
        "place_name": key,
    } | fields
    marks = ", ".join("?" * len(row))
    db.execute(f"INSERT INTO event ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))


def test_a_disc_has_the_radius_that_is_known(db: sqlite3.Connection) -> None:
    put(db, "a", (10.0, 20.0), place_radius_km=5.0)
    put(db, "b", (11.0, 20.0))
    view = map_view(db, {}).drawing
    frame = frame_of(np.array([(10.0, 20.0, 5.0), (11.0, 20.0, 2.0)]), view.width, view.height)
    assert view.discs[0].radius == pytest.approx(5.0 / frame.km_per_px, abs=0.1)
    a, b = (next(pin for pin in view.pins if pin.name == name) for name in "ab")
    assert (a.y - b.y) * frame.km_per_px == pytest.approx(KM_PER_DEGREE, rel=0.01)


def test_events_at_one_place_are_one_pin_and_never_fanned_out(db: sqlite3.Connection) -> None:
    for number in range(7):
        put(db, f"e{number}", place_name="one", dispute="denied" if number < 2 else "none")
    (pin,) = map_view(db, {}).drawing.pins
    assert pin.count == 7
    assert [(mark.status, mark.count) for mark in pin.marks] == [("denied", 2), ("single", 5)]
    assert pin.event_id is None
    assert len(map_view(db, {"at": pin.at}).table) == 7


def test_a_single_event_leads_to_its_dossier(db: sqlite3.Connection) -> None:
    put(db, "e-one")
    assert map_view(db, {}).drawing.pins[0].event_id == "e-one"


def test_the_short_way_round_the_globe_is_taken(db: sqlite3.Connection) -> None:
    put(db, "west", (-17.0, 179.5))
    put(db, "east", (-17.0, -179.5))
    view = map_view(db, {}).drawing
    x = {pin.name: pin.x for pin in view.pins}
    assert 0 < x["west"] < x["east"] < view.width
    found = map_view(db, {"bbox": "179,-18,-179,-16"})
    assert {row.event_id for row in found.table} == {"west", "east"}


def test_one_far_place_does_not_shrink_all_others(db: sqlite3.Connection) -> None:
    for number in range(9):
        put(db, f"n{number}", (10 + number / 10, 20.0))
    put(db, "far", (50.0, 8.0))
    assert map_view(db, {}).outside == 1
    assert map_view(db, {"view": "all"}).outside == 0
    two = np.array([(0.0, 0.0, 1.0), (40.0, 0.0, 1.0)])
    assert mostly(two).tolist() == two.tolist()


@pytest.mark.parametrize(
    ("dispute", "n", "status"),
    [
        ("denied", 3, "denied"),
        ("withdrawn", 3, "denied"),
        ("accounts_differ", 3, "differ"),
        ("none", 0, "none"),
        ("none", 1, "single"),
        ("none", 2, "several"),
    ],
)
def test_a_mark_shows_what_most_needs_looking_at(
    db: sqlite3.Connection, dispute: str, n: int, status: str
) -> None:
    put(db, "a", dispute=dispute, n_origins=n)
    assert [mark.status for mark in map_view(db, {}).drawing.pins[0].marks] == [status]


def test_a_map_without_places_is_still_a_map(db: sqlite3.Connection) -> None:
    put(db, "a", (None, None))
    view = map_view(db, {})
    assert view.drawing.pins == ()
    assert (view.unplaced, view.placed, view.total) == (1, 0, 1)
    assert [row.event_id for row in map_view(db, {"unplaced": "1"}).table] == ["a"]


@pytest.mark.parametrize("lat", [-90.0, 0.0, 89.9])
def test_poles_are_drawn(db: sqlite3.Connection, lat: float) -> None:
    put(db, "a", (lat, 0.0))
    assert map_view(db, {}).drawing.pins


def test_the_counts_add_up_in_every_view(db: sqlite3.Connection) -> None:
    for number in range(40):
        put(db, f"e{number}", (number / 3, number / 2))
    for box in ("0,0,5,5", "-180,-90,180,90", "3,3,3.1,3.1"):
        view = map_view(db, {"bbox": box})
        assert sum(pin.count for pin in view.drawing.pins) + view.outside == 40


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"from": "2031-05-06"}, {"later", "open"}),
        ({"to": "2031-05"}, {"early", "later", "open"}),
        ({"to": "2031-04"}, set()),
        ({"from": "2031-05-02", "to": "2031-05-03"}, {"early"}),
        ({"undated": "1"}, {"none"}),
        ({"from": "yesterday"}, {"early", "later", "open", "none"}),
        ({"bbox": "19,9,21,11"}, {"early", "later"}),
        ({"bbox": "a,b,c,d"}, {"early", "later", "open", "none"}),
    ],
)
def test_time_and_place_filters_hold_for_the_list_as_for_the_map(
    db: sqlite3.Connection, asked: dict[str, str], kept: set[str]
) -> None:
    put(db, "early", days=("2031-05-01", "2031-05-04"))
    put(db, "later", days=("2031-05-06", "2031-05-08"))
    put(db, "open", (0.0, 0.0), days=("2031-05-06", None))
    put(db, "none", (5.0, 5.0))
    assert {row.event_id for row in lists.event_lines(db, asked, 10)} == kept
    assert {row.event_id for row in map_view(db, asked).table} == kept


def test_the_overview_counts_all_dated_events_once(db: sqlite3.Connection) -> None:
    for number in range(1, 10):
        put(db, f"e{number}", days=(f"2031-0{number}-01", None))
    put(db, "none")
    along = timeline_of(db, {"from": "2031-03", "to": "2031-03"})
    bars, slots = along.bars, along.slots
    assert sum(slot.count for slot in slots) == 9
    assert {bar.event_id for bar in bars.bars} == {"e1", "e2", "e3"}
    assert len(overview([(f"{year}-01", 1) for year in range(1950, 2030)])) == 80


@pytest.mark.parametrize("text", ["35,34,41,37", "170,-20,-170,-10"])
def test_a_box_in_an_address_gives_the_view_that_gives_the_box(text: str) -> None:
    box = box_of(text)
    assert box is not None
    frame = frame_in(box, 1000, 560)
    again = box_of(text_of(frame.box))
    assert again is not None
    assert frame_in(again, 1000, 560).km_per_px == pytest.approx(frame.km_per_px, rel=0.02)
    middle = np.array([(box.south + box.north) / 2])
    assert frame.holding(middle, np.array([frame.lon])).all()


def test_coast_borders_and_towns_are_under_the_events() -> None:
    box = box_of("5,43,9,45")
    assert box is not None
    drawn = basemap(frame_in(box, 1000, 560))
    assert drawn.land.startswith("M")
    assert drawn.coast
    assert drawn.border
    assert {"Nice", "Turin"} & {name.text for name in drawn.names}
    ocean = box_of("-140,-48,-138,-46")
    assert ocean is not None
    assert basemap(frame_in(ocean, 1000, 560)).land == ""


def test_bars_span_what_is_possible(db: sqlite3.Connection) -> None:
    put(db, "a", days=("2031-05-01", "2031-05-10"))
    put(db, "b", days=("2031-05-05", "2031-05-05"))
    put(db, "c", days=("2031-05-20", None))
    put(db, "d")
    view = timeline_of(db, {}).bars
    bars = {bar.title: bar for bar in view.bars}
    assert set(bars) == {"a", "b", "c"}
    assert map_view(db, {}).undated == 1
    assert bars["a"].width > bars["b"].width
    assert bars["a"].y != bars["b"].y
    assert bars["a"].x < bars["b"].x < bars["c"].x
    assert all(bar.x + bar.width <= view.width for bar in view.bars)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2031-05-01", "2031-05-01"),
        ("0001-01-02", "9999-12-30"),
        ("2031-05-01", "2031-07-10"),
        ("2029-01-01", "2031-07-10"),
    ],
)
def test_the_axis_has_a_few_dates_at_any_span(
    db: sqlite3.Connection, first: str, last: str
) -> None:
    put(db, "a", days=(first, first))
    put(db, "b", days=(last, last))
    view = timeline(lists.event_lines(db, {}, 10, dated=True))
    assert 1 <= len(view.ticks) <= 60
