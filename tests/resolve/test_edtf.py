"""Intervals as EDTF strings."""

from datetime import date

import pytest

from firsthand.resolve.edtf import edtf_of
from firsthand.resolve.intervals import Interval, century, day, month, years


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        (None, None),
        (Interval(None, None, ""), None),
        (day(2016, 5, 3), "2016-05-03"),
        (month(2016, 2), "2016-02"),
        (years(2016, 2016, "year"), "2016"),
        (years(2010, 2019, "decade"), "201X"),
        (century(20), "19XX"),
        (years(2014, 2017, "period"), "2014-01-01/2017-12-31"),
        (Interval(date(2014, 7, 1), None, ""), "2014-07-01/.."),
        (Interval(None, date(2014, 7, 1), ""), "../2014-07-01"),
    ],
)
def test_the_shortest_string_that_says_the_interval(
    interval: Interval | None, expected: str | None
) -> None:
    assert edtf_of(interval) == expected


def test_approximate_sides_carry_the_mark() -> None:
    assert edtf_of(month(2016, 2), approximate=True) == "2016-02~"
    assert edtf_of(Interval(date(2014, 7, 1), None, ""), approximate=True) == "2014-07-01~/.."
