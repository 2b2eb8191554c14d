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


def by_words(text: str) -> dict[str, str | None]:
    """The days of each claim by its words."""
    found = {}
    for row in claims_of(text):
        (span, *_), time = row["evidence"], row["time"]  # type: ignore[misc]  # rows of one span
        assert isinstance(span, dict)
        found[str(span["text"])] = str(time["earliest"]) if isinstance(time, dict) else None
    return found


def test_a_time_of_another_clause_is_not_lent() -> None:
    text = (
        "After rebels seized the port in March 2030, residents fled the town. "
        "Guards shelled the depot, which rebels had seized in May 2029."
    )
    found = by_words(text)
    assert "2030-03-01" in found.values()
    fled = [time for words, time in found.items() if "fled" in words]
    shelled = [time for words, time in found.items() if "shelled the depot" in words]
    assert fled
    assert shelled
    assert set(fled + shelled) <= {None}


def test_the_day_of_a_clause_with_who_is_not_that_of_the_verb_after_it() -> None:
    text = (
        "Gunmen who had robbed a bank on Sunday fired on a crowd in Velm, killing nine.\n\n"
        "Police arrested a man who bombed the market on Sunday."
    )
    times = by_words(text)
    days = {words.split()[0]: day for words, day in times.items()}
    assert days["fired"] is None
    assert days["killing"] is None
    assert [words for words, day in times.items() if day and words.startswith("who")]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shelled the depot on 3 May 2030, killing 12 people and wounding nine.",
        "Rebels shelled the depot on 3 May 2030, leaving 12 people dead.",
        "Rebels shelled the depot on 3 May 2030, cutting the supply line to Geneva.",
    ],
)
def test_a_result_has_the_time_of_what_led_to_it(text: str) -> None:
    found = by_words(text)
    assert len(found) > 1
    assert set(found.values()) == {"2030-05-03"}


def test_an_age_is_not_when_something_happened() -> None:
    found = by_words("On 3 May 2030, rebels killed a 25-year-old man in Geneva.")
    assert set(found.values()) == {"2030-05-03"}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("“Rebels shelled the depot yesterday,” the governor said on Tuesday.", "2031-05-05"),
        ("“Today the rebels shelled the depot,” the governor said on Tuesday.", "2031-05-06"),
        ("On Tuesday, the governor said: “Rebels shelled the depot yesterday.”", "2031-05-05"),
        ("“Rebels shelled the depot yesterday,” the governor said.", "2031-05-08"),
    ],
)
def test_what_is_quoted_counts_from_the_day_of_saying(text: str, day: str) -> None:
    assert day in by_words(text).values()


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
        ("Rebels shelled a market in Nakuru, in the western part of Kenya.", {"Nakuru"}),
        ("Rebels shelled Geneva and the city’s port.", {"Geneva"}),
        ("US Central Command struck a depot in Geneva.", {"Geneva"}),
        ("BASEL (Agency) - Rebels shelled a market in Geneva.", {"Geneva"}),
        ("Rebels shelled the village of Carouge, about 3 km south of Geneva.", {"Carouge"}),
        ("Rebels shelled markets in Nakuru, Kisumu and Eldoret.", {"Nakuru", "Kisumu", "Eldoret"}),
    ],
)
def test_places_are_where_it_happened(text: str, names: set[str]) -> None:
    places = [place for row in claims_of(text) for place in row["places"]]  # type: ignore[union-attr]  # present in this test
    assert {place["name"] for place in places if isinstance(place, dict)} == names  # type: ignore[index]  # present in this test
