"""What came of a forecast, where the words of later pages name no day, or say: not yet."""

import pytest

from firsthand.model.claim import Time
from firsthand.model.event import Forecast
from link.factory import Article, Said, day, linked, place

VELM = (place("Velm"),)
ROAD = "The road from Velm to the coast would be open to lorries by Friday"


def verdict(*articles: Article) -> str:
    (row,) = (
        row
        for row in linked(*articles).tables.rows(Forecast)
        if row.claim_id == articles[0].claim_id("hope")
    )
    return row.verdict


def hope(text: str, kind: str, when: Time | None) -> Article:
    claim = Said("hope", text, kind, VELM, when, modality="forecast")
    return Article("a", (claim,), "The Lantern", "2031-05-02")


def later(text: str, kind: str, published: str, **more: object) -> Article:
    claim = Said("later", text, kind, **({"places": VELM} | more))  # type: ignore[arg-type]  # a test's own values
    return Article("b", (claim,), "Ridge Post", published)


SET = day("2031-05-05")
BY = day("2031-05-02", "2031-05-05")
VOTE = "Velm is to vote for a council on 5 May"
VOTED = "People voted for the council of Velm"


@pytest.mark.parametrize(
    ("when", "published", "expected"),
    [
        (SET, "2031-05-09", "met"),
        (SET, "2031-05-05", "met"),
        (SET, "2031-05-03", "pending"),  # told before its day: of another vote
        (BY, "2031-05-09", "cannot_be_scored"),  # it may have come late
        (SET, "2031-09-09", "cannot_be_scored"),  # too late to be of this one
    ],
)
def test_a_page_that_names_no_day_answers_a_forecast_of_a_day(
    when: Time, published: str, expected: str
) -> None:
    told = later(VOTED, "election", published)
    assert verdict(hope(VOTE, "election", when), told) == expected


def test_another_matter_of_its_kind_without_a_day_answers_nothing() -> None:
    told = later("Pupils chose a speaker", "election", "2031-05-09")
    assert verdict(hope(VOTE, "election", SET), told) == "cannot_be_scored"


@pytest.mark.parametrize(
    ("text", "more", "expected"),
    [
        ("The road was still closed to lorries on Saturday", {"time": day("2031-05-10")}, "missed"),
        ("The road was still closed to lorries", {}, "missed"),
        ("The road was closed to lorries", {}, "cannot_be_scored"),
        ("The road was still closed to lorries", {"time": day("2031-05-03")}, "cannot_be_scored"),
        ("The road was still closed to lorries", {"places": (place("Tarn"),)}, "cannot_be_scored"),
        ("The market was still closed", {}, "cannot_be_scored"),
        ("The road will be open to lorries in June", {"modality": "forecast"}, "cannot_be_scored"),
        (
            "The road will not be open to lorries before June",
            {"modality": "forecast", "polarity": "negative"},
            "missed",
        ),
        ("The school will be open in June", {"modality": "forecast"}, "cannot_be_scored"),
    ],
)
def test_what_a_later_page_tells_as_not_come_yet_was_missed(
    text: str, more: dict[str, object], expected: str
) -> None:
    assert verdict(hope(ROAD, "other", BY), later(text, "other", "2031-05-11", **more)) == expected


def test_before_the_deadline_nothing_is_missed_yet() -> None:
    told = later("The road was still closed to lorries", "other", "2031-05-04")
    assert verdict(hope(ROAD, "other", BY), told) == "pending"


def test_a_present_tense_after_the_deadline_does_not_make_it_late() -> None:
    now = day("2031-05-11", basis="as_of")
    told = later("Lorries bring flour to Velm", "aid_delivery", "2031-05-11", time=now)
    assert verdict(hope("Flour will reach Velm by 5 May", "aid_delivery", BY), told) != "missed"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talks in Velm entered their second week on Sunday", "met"),
        ("Talks in Velm continued on Sunday", "cannot_be_scored"),
        ("Talks in Velm opened on Sunday", "missed"),
    ],
)
def test_what_had_begun_before_is_not_late(text: str, expected: str) -> None:
    told = later(text, "diplomacy", "2031-05-11", time=day("2031-05-11"))
    foretold = hope("Talks will open in Velm by Monday", "diplomacy", BY)
    assert verdict(foretold, told) == expected


TALKS = "Talks on the harbour would open at Velm by Friday"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talks on the harbour entered their second week at Velm on Friday", "met"),
        ("Talks on the harbour went into a third day at Velm on Friday", "missed"),
        ("Talks on the harbour opened at Velm on Friday", "missed"),
    ],
)
def test_how_long_it_has_gone_on_says_by_when_it_began(text: str, expected: str) -> None:
    told = later(text, "diplomacy", "2031-05-12", time=day("2031-05-12"))
    assert verdict(hope(TALKS, "diplomacy", BY), told) == expected


@pytest.mark.parametrize(
    ("published", "expected"), [("2031-05-02", "pending"), ("2031-05-04", "met")]
)
def test_what_a_page_of_the_same_day_tells_answers_no_forecast_of_what_lies_ahead(
    published: str, expected: str
) -> None:
    told = later(VOTED, "election", published, time=day("2031-05-02"))
    assert verdict(hope(VOTE, "election", BY), told) == expected


CLINIC = "The field clinic of the charity will open its doors in Velm with twenty beds on 5 May"


@pytest.mark.parametrize(
    ("text", "more", "expected"),
    [
        ("The charity opened its field clinic in Velm", {"time": SET}, "met"),
        ("The charity opened its field clinic", {"time": day("2031-05-08")}, "missed"),
        ("The charity opened its field clinic", {"time": SET, "modality": "opinion"}, None),
        ("The charity opened its field clinic", {"time": SET, "places": (place("Tarn"),)}, None),
        ("Twenty people were treated in Velm", {"time": SET}, None),
        ("The field clinic of the charity is closed", {"time": SET}, None),
        ("The opening of the charity's field clinic was called off", {"time": SET}, "missed"),
    ],
)
def test_a_claim_of_any_type_answers_in_words_of_the_matter(
    text: str, more: dict[str, object], expected: str | None
) -> None:
    told = later(text, "crime", "2031-05-09", **more)
    found = verdict(hope(CLINIC, "humanitarian_condition", SET), told)
    assert found == (expected or "cannot_be_scored")
