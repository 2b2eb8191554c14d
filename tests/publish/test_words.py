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
