"""Which times and places go with which claim, on short invented reports."""

import pytest

from firsthand.annotate import Text, annotate
from firsthand.config import Settings
from firsthand.publish.read import Row
from firsthand.stage import Context


def claims_of(text: str) -> list[Row]:
    made = annotate(Text(id="t", text=text, published="2031-05-09"), Context(settings=Settings()))
    found = made["claims"]
    assert isinstance(found, list)
    return [row for row in found if isinstance(row, dict)]


def times_of(text: str) -> list[str | None]:
    times = [row["time"] for row in claims_of(text)]
    return [str(t["as_written"]) if isinstance(t, dict) else None for t in times]


def test_a_time_that_opens_a_sentence_holds_for_all_its_clauses() -> None:
    text = "In March 2031, rebels shelled the depot, which killed 12 people."
    assert len(times_of(text)) >= 2
    assert set(times_of(text)) == {"March 2031"}


def test_the_day_of_saying_is_not_the_day_of_what_was_said() -> None:
    text = "On Tuesday, the ministry said that rebels shelled the depot and killed 12 people."
    said = [row for row in claims_of(text) if row["attribution"]]
    assert said
    assert all(row["time"] is None for row in said)


def test_today_in_a_quotation_is_no_date() -> None:
    text = "“Today the rebels shelled the depot again,” the governor said."
    (time,) = [row["time"] for row in claims_of(text) if row["time"]][:1]
    assert isinstance(time, dict)
    assert time["earliest"] is None
    assert "quotation" in str(time["reason"])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rebels backed by France shelled the market in Geneva.", {"Geneva"}),
        ("Rebels shelled a market in the Danube city of Vienna.", {"Vienna"}),
        ("Rebels shelled the market in Geneva. They killed 12 people.", {"Geneva"}),
    ],
)
def test_places_are_where_it_happened(text: str, names: set[str]) -> None:
    places = [place for row in claims_of(text) for place in row["places"]]  # type: ignore[union-attr]  # present in this test
    assert {place["name"] for place in places if isinstance(place, dict)} == names  # type: ignore[index]  # present in this test
