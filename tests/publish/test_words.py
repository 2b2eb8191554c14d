"""Dates and numbers in words."""

import pytest

from firsthand.publish import words


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        (None, None, "date not given"),
        ("2031-05-04", "2031-05-04", "4 May 2031"),
        ("2031-05-04", "2031-05-07", "4–7 May 2031"),
        ("2031-05-30", "2031-06-02", "30 May – 2 June 2031"),
        ("2031-12-30", "2032-01-02", "30 December 2031 – 2 January 2032"),
        ("2031-05-01", "2031-05-31", "May 2031"),
        ("2031-01-01", "2031-12-31", "2031"),
        ("2031-05-04", None, "from 4 May 2031 on"),
        (None, "2031-05-04", "until 4 May 2031"),
        ("9999-12-31", "9999-12-31", "31 December 9999"),
    ],
)
def test_intervals_read_as_people_write_them(
    earliest: str | None, latest: str | None, expected: str
) -> None:
    assert words.interval(earliest, latest) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2031-05-04", "4 May 2031"),
        ("2031-05", "May 2031"),
        ("2031", "2031"),
        ("2031-99-99", "2031-99-99"),
        ("2031-05-04/2031-05-06", "2031-05-04/2031-05-06"),
        ("soon", "soon"),
    ],
)
def test_a_day_is_never_made_more_precise_than_it_is(value: str, expected: str) -> None:
    assert words.day(value) == expected


def test_values_without_words_of_their_own_stay_readable() -> None:
    assert words.kind("force_size") == "Force size"
    assert words.label(words.LEVEL, "some_new_level") == "some new level"
    assert words.n_("{n} page", "{n} pages", 1) == "1 page"
    assert words.n_("{n} page", "{n} pages", 1200) == "1,200 pages"


def test_braces_in_values_are_not_templates() -> None:
    assert words._("said by {name}", name="{0}{evil}") == "said by {0}{evil}"


@pytest.mark.parametrize(
    ("title", "bare", "spoken"),
    [
        ("Siege of Orrel", "Siege of Orrel", "Siege of Orrel"),
        ("Siege of Orrel, 2031-05-10", "Siege of Orrel", "Siege of Orrel, 10 May 2031"),
        (
            "Siege of Orrel, 2031-05-10 to 2031-06-01",
            "Siege of Orrel",
            "Siege of Orrel, 10 May – 1 June 2031",
        ),
        ("Siege, from 2031-05-10", "Siege", "Siege, from 10 May 2031"),
        ("Route 2031-99-10 cut", "Route 2031-99-10 cut", "Route 2031-99-10 cut"),
    ],
)
def test_days_of_a_heading_are_said_in_words_or_left_to_what_stands_beside_it(
    title: str, bare: str, spoken: str
) -> None:
    assert words.without_days(title) == bare
    assert words.with_days(title) == spoken


def test_two_days_of_a_sentence_become_one_interval() -> None:
    assert words.with_days("Siege of X, 2031-02-01 to 2031-05-10") == (
        f"Siege of X, {words.interval('2031-02-01', '2031-05-10')}"
    )
    assert words.with_days("from 2031-02-01 on") == f"from {words.day('2031-02-01')} on"
