"""Stretches that two times bound together."""

from datetime import date

import pytest

from firsthand.resolve.dates import resolve_times

FRIDAY = date(2013, 3, 22)


@pytest.mark.parametrize(
    ("text", "written", "value", "earliest", "latest"),
    [
        (
            "Drones hit it overnight into Thursday.",
            "overnight into Thursday",
            "2013-03-20TNI",
            "2013-03-20",
            "2013-03-21",
        ),
        (
            "Shells fell on the night of Tuesday to Wednesday.",
            "the night of Tuesday to Wednesday",
            "2013-03-19TNI",
            "2013-03-19",
            "2013-03-20",
        ),
        (
            "On Tuesday-Wednesday night flats were searched.",
            "Tuesday-Wednesday night",
            "2013-03-19TNI",
            "2013-03-19",
            "2013-03-20",
        ),
        (
            "It burned on the night of 2-3 March.",
            "the night of 2-3 March",
            "2013-03-02TNI",
            "2013-03-02",
            "2013-03-03",
        ),
        (
            "In the week ending March 17, forty fell ill.",
            "the week ending March 17",
            "2013-03-11/2013-03-17",
            "2013-03-11",
            "2013-03-17",
        ),
        (
            "In the 24 hours to midday on Friday twelve died.",
            "the 24 hours to midday on Friday",
            "2013-03-21/2013-03-22",
            "2013-03-21",
            "2013-03-22",
        ),
        (
            "In the three months to February prices rose.",
            "the three months to February",
            "2012-12-01/2013-02-28",
            "2012-12-01",
            "2013-02-28",
        ),
        (
            "In the week of March 6 twelve fell ill.",
            "the week of March 6",
            "2013-W10",
            "2013-03-04",
            "2013-03-10",
        ),
        (
            "He left the week before last.",
            "the week before last",
            "2013-W10",
            "2013-03-04",
            "2013-03-10",
        ),
        (
            "She leaves the month after next.",
            "the month after next",
            "2013-05",
            "2013-05-01",
            "2013-05-31",
        ),
        (
            "He returns a week from Tuesday.",
            "a week from Tuesday",
            "2013-04-02",
            "2013-04-02",
            "2013-04-02",
        ),
        (
            "They met on the 12th of October last.",
            "the 12th of October last",
            "2012-10-12",
            "2012-10-12",
            "2012-10-12",
        ),
        ("They met on Tuesday last.", "Tuesday last", "2013-03-19", "2013-03-19", "2013-03-19"),
        ("In 2012's final hours it rained.", "2012's", "2012", "2012-01-01", "2012-12-31"),
        ("In the 2010's it rained.", "the 2010's", "201", "2010-01-01", "2019-12-31"),
    ],
)
def test_a_stretch_has_both_its_ends(
    text: str, written: str, value: str, earliest: str, latest: str
) -> None:
    time = resolve_times(text, FRIDAY)[0]
    found = (time.as_written, time.timex_value, time.earliest, time.latest)
    assert found == (written, value, earliest, latest)


def test_a_day_ends_a_range_of_days_that_began_before_it() -> None:
    first, last = resolve_times("Monday through Wednesday shops were shut.", FRIDAY)
    assert (first.earliest, last.earliest, last.latest) == (
        "2013-03-18",
        "2013-03-20",
        "2013-03-20",
    )


def test_ramadan_is_a_month_of_the_nearest_year() -> None:
    (time,) = resolve_times("They will rest during Ramadan.", FRIDAY)
    assert (time.earliest, time.latest) == ("2013-07-08", "2013-08-08")
    assert resolve_times("Ramadan Osei will rest.", FRIDAY) == ()


@pytest.mark.parametrize(
    "text",
    ["He moved it by a day to Friday.", "They walked for two days to the town of March."],
)
def test_a_length_before_to_is_no_stretch_up_to_it(text: str) -> None:
    assert all("/" not in (time.timex_value or "") for time in resolve_times(text, FRIDAY))


@pytest.mark.parametrize("text", ["overnight into Friday", "the week ending 3 March"])
def test_without_an_anchor_a_stretch_stays_undated(text: str) -> None:
    (time,) = resolve_times(text, None)
    assert (time.earliest, time.basis) == (None, "unresolved")
