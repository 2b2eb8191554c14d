"""Parts of the timeline, and the windows of forecasts on it."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.publish.edition import indexes_sql, tables_sql
from firsthand.publish.packing import Packer, let_read
from firsthand.publish.timelines import timeline, timeline_of
from firsthand.publish.windows import STEPS, Foretold, chosen_days, foretold, steps_of, whole_of

MONTHS = [("2031-01", 2), ("2031-05", 9), ("2032-02", 1)]


def days(first: str, last: str) -> tuple[int, int]:
    a, b = (dt.date.fromisoformat(one).toordinal() for one in (first, last))
    return a, b


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, None),
        ({"from": "soon"}, None),
        ({"from": "2031-13"}, None),
        ({"from": "2031-05", "to": "2031-05"}, ("2031-05-01", "2031-05-31")),
        ({"from": "2031-12", "to": "2031-12"}, ("2031-12-01", "2031-12-31")),
        ({"from": "2031", "to": "2031"}, ("2031-01-01", "2031-12-31")),
        ({"from": "2031-05-04"}, ("2031-05-04", "2032-02-29")),
        ({"to": "2031-05-04"}, ("2031-01-01", "2031-05-04")),
        ({"from": "2031-05-04", "to": "2031-05-01"}, ("2031-05-04", "2031-05-04")),
    ],
)
def test_an_address_names_whole_days(asked: dict[str, str], shown: tuple[str, str] | None) -> None:
    whole = whole_of(MONTHS)
    assert whole == days("2031-01-01", "2032-02-29")
    assert chosen_days(asked, whole) == (days(*shown) if shown else None)


def test_a_step_begins_around_the_month_with_most_events_and_is_found_again() -> None:
    steps = steps_of({}, MONTHS)
    assert [step.name for step in steps.widths] == list(STEPS)
    assert not any(step.chosen for step in steps.widths)
    assert (steps.earlier, steps.later) == (None, None)
    first = steps.widths[0]
    assert "2031-05-01" <= first.begins < first.ends <= "2031-05-31"
    again = steps_of({"from": first.begins, "to": first.ends}, MONTHS)
    assert [step.name for step in again.widths if step.chosen] == ["day"]
    assert again.earlier is not None
    assert again.later is not None
    assert dt.date.fromisoformat(again.later.begins) == dt.date.fromisoformat(
        first.ends
    ) + dt.timedelta(days=1)
    assert steps_of({}, []).widths == ()


@given(
    first=st.dates(),
    length=st.integers(0, 4000),
    month=st.dates().map(lambda day: day.isoformat()[:7]),
)
def test_any_part_leads_to_real_days(first: dt.date, length: int, month: str) -> None:
    last = min(dt.date.max.toordinal(), first.toordinal() + length)
    asked = {"from": first.isoformat(), "to": dt.date.fromordinal(last).isoformat()}
    steps = steps_of(asked, [(month, 1)])
    for step in (*steps.widths, steps.earlier, steps.later):
        if step is not None:
            assert dt.date.fromisoformat(step.begins) <= dt.date.fromisoformat(step.ends)


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        let_read(made)
        made.executescript(tables_sql() + indexes_sql())
        made.execute("INSERT INTO block VALUES (1, 'event', ?)", (Packer(b"").pack([b"{}"]),))
        made.execute(
            "INSERT INTO pattern SELECT DISTINCT 'event', x'' UNION SELECT 'forecast', x''"
        )
        for key, claim, statement, event, until in (
            (1, "c1", "s1", "e1", "2031-05-10"),
            (2, "c2", "s1", "e1", "2031-05-10"),
            (3, "c3", "s3", "e2", "2031-07-01"),
            (4, "c4", None, None, "2031-06-01"),
            (5, "c5", None, None, None),
        ):
            made.execute(
                "INSERT INTO forecast (key, id, unit, verdict, deadline_earliest, deadline_latest, "
                "block, position) VALUES (?, ?, 'u', 'pending', ?, ?, 1, 0)",
                (key, claim, until and "2031-05-01", until),
            )
            made.execute(
                "INSERT INTO claim_link (id, unit, statement_id, event_id, block, position) "
                "VALUES (?, 'u', ?, ?, 1, 0)",
                (claim, statement, event),
            )
        for event, kind in (("e1", "battle"), ("e2", "siege")):
            made.execute(
                "INSERT INTO event (id, unit, type, title, earliest, latest, n_pages, n_origins, "
                "dispute, corroboration, block, position) VALUES (?, 'u', ?, ?, '2031-05-02', "
                "'2031-05-03', 1, 1, 'none', 'none', 1, 0)",
                (event, kind, event),
            )
        yield made


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["c1", "c4", "c3"]),
        ({"type": "battle"}, ["c1"]),
        ({"type": "siege"}, ["c3"]),
        ({"from": "2031-06"}, ["c4", "c3"]),
        ({"to": "2031-04"}, []),
        ({"to": "2031-05"}, ["c1", "c4", "c3"]),
        ({"from": "2031-05-11", "to": "2031-06", "type": "siege"}, ["c3"]),
    ],
)
def test_forecasts_are_awaited_until_their_day_once_each_statement(
    db: sqlite3.Connection, asked: dict[str, str], found: list[str]
) -> None:
    assert [one.claim_id for one in foretold(db, asked)] == found


def test_windows_have_a_lane_of_their_own_and_a_part_cuts_what_reaches_out_of_it(
    db: sqlite3.Connection,
) -> None:
    along = timeline_of(db, {"from": "2031-05-02", "to": "2031-05-09"})
    assert [bar.event_id for bar in along.bars.foretold] == ["c1", "c4", "c3"]
    assert all(
        bar.y > along.bars.foretold_y > max(b.y for b in along.bars.bars)
        for bar in along.bars.foretold
    )
    for bar in (*along.bars.bars, *along.bars.foretold):
        assert 190 <= bar.x < bar.x + bar.width <= along.bars.width
    assert along.brush is not None
    assert timeline_of(db, {"undated": "1"}).bars.foretold == ()


def test_a_window_alone_is_a_timeline() -> None:
    one = Foretold(claim_id="c", title="t", verdict="met", earliest=None, latest="2031-05-01")
    assert [bar.event_id for bar in timeline([], [one]).foretold] == ["c"]
