"""Airports and bases that a text names, and villages put where it says they lie."""

import pytest

from firsthand.annotate import Text, annotate
from firsthand.config import Settings
from firsthand.stage import Context


def places_of(text: str) -> list[dict[str, object]]:
    """Places of the claims of a text, without those that are inherited."""
    made = annotate(Text(id="t", text=text, published="2031-05-09"), Context(settings=Settings()))
    return [
        place
        for row in made["claims"]  # type: ignore[union-attr]  # a list of rows
        for place in row["places"]  # type: ignore[call-overload,index]  # rows of a claim
        if not place["inherited"]
    ]


@pytest.mark.parametrize(
    ("text", "written", "airport"),
    [
        ("Rockets hit Kisumu airport on Monday.", "Kisumu airport", "airport:HKKI"),
        (
            "Rockets hit Jomo Kenyatta International Airport in Nairobi on Monday.",
            "Jomo Kenyatta International Airport",
            "airport:HKJK",
        ),
        ("Rebels seized Kisumu. Rockets hit the airport on Monday.", "the airport", "airport:HKKI"),
    ],
)
def test_claims_lie_at_the_airport_named(text: str, written: str, airport: str) -> None:
    found = {str(p["as_written"]): p for p in places_of(text)}
    assert found[written]["gazetteer_id"] == airport
    assert found[written]["precision"] == "site"


def test_a_town_without_an_airport_keeps_its_own_point() -> None:
    (found,) = places_of("Rockets hit Machakos airport on Monday.")
    assert found["precision"] == "town"


def test_an_airport_told_as_a_part_of_the_town_is_not_where_it_happened() -> None:
    text = "Rebels seized Kisumu, including its airport, on Monday."
    assert [place["as_written"] for place in places_of(text)] == ["Kisumu"]


@pytest.mark.parametrize(
    ("text", "lat", "reason"),
    [
        ("Rebels burned the village of Orubek, 30 km north of Kisumu.", 0.17, "30 km north of"),
        ("Rebels burned the village of Orubek, near Kisumu.", -0.1, "near Kisumu"),
        (
            "Rebels burned the village of Orubek, which lies between Kisumu and Busia.",
            0.18,
            "between Kisumu and Busia",
        ),
    ],
)
def test_an_unknown_village_lies_where_the_text_says(text: str, lat: float, reason: str) -> None:
    found = next(p for p in places_of(text) if p["as_written"] == "Orubek")
    assert found["lat"] == pytest.approx(lat, abs=0.05)
    assert reason in str(found["reason"])
    assert (found["gazetteer_id"], found["inside"]) == (None, None)


def test_an_unknown_village_without_a_place_has_the_area_it_lies_in() -> None:
    text = "Rebels burned the village of Orubek in Busia county. They fled to Kisumu."
    found = next(p for p in places_of(text) if p["as_written"] == "Orubek")
    assert found["lat"] is None
    assert isinstance(found["inside"], dict)
    assert found["inside"]["name"] == "Busia County"


def test_the_village_is_the_one_named_last_though_no_gazetteer_has_it() -> None:
    text = (
        "Rebels burned the village of Orubek on Monday, far from Kisumu. "
        "Soldiers retook the village on Tuesday."
    )
    assert [p["name"] for p in places_of(text) if p["as_written"] == "the village"] == ["Orubek"]
