"""Calendar arithmetic: units, parts, shifts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.resolve import intervals
from firsthand.resolve.intervals import Interval


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2015, 2, 30), (20177, 1, 1), (0, 1, 1), (2015, 13, 1)]
)
def test_days_that_the_calendar_lacks_are_none(year: int, month: int, day: int) -> None:
    assert intervals.day(year, month, day) is None


def test_winter_runs_into_the_next_year() -> None:
    found = intervals.season(2015, "WI")
    assert found == Interval(date(2015, 12, 1), date(2016, 2, 29), "season")


def test_months_are_shifted_to_their_last_day() -> None:
    assert intervals.shift_months(date(2016, 3, 31), -1) == date(2016, 2, 29)


@given(st.dates(), st.sampled_from(["D", "W", "WE", "M", "Q", "S6", "Y", "DE", "CE"]))
def test_the_unit_around_a_day_is_in_order(when: date, unit: str) -> None:
    found = intervals.around(when, unit)
    assert found is not None
    assert found.earliest is not None
    assert found.latest is not None
    assert found.earliest <= found.latest


@given(st.dates(), st.floats(-1e12, 1e12), st.sampled_from(["D", "W", "M", "Y", "DE", "CE", "TH"]))
def test_shifts_never_leave_the_calendar(when: date, count: float, unit: str) -> None:
    assert date.min <= intervals.shift(when, count, unit) <= date.max


@given(st.dates(), st.sampled_from(["START", "MID", "END"]))
def test_a_part_lies_inside_its_whole(when: date, name: str) -> None:
    whole = intervals.around(when, "M")
    assert whole is not None
    found = intervals.part(whole, name)
    assert whole.earliest <= found.earliest <= found.latest <= whole.latest  # type: ignore[operator]  # resolved in this test
