"""Quantities of a text: value, bounds, unit, kind, and what is no quantity."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.claims.quantities import find_quantities
from firsthand.model.claim import Quantity


def only(text: str) -> Quantity:
    """The single quantity of a text."""
    found = find_quantities(text)
    assert len(found) == 1, [item.as_written for item in found]
    return found[0]


CASES = [
    ("Some 200 soldiers were left dead or injured.", "Some 200 soldiers", "killed_or_injured", 200, None, None, True),
    ("The clash left around 80 gunmen killed.", "around 80 gunmen", "killed", 80, None, None, True),
    ("The blast killed at least 12 people.", "at least 12 people", "killed", 12, 12, None, False),
    ("The raid wounded up to 40 villagers.", "up to 40 villagers", "injured", 40, None, 40, True),
    ("Police arrested 14 protesters.", "14 protesters", "arrested", 14, 14, 14, False),
    ("The death toll rose to 45.", "45", "killed", 45, 45, 45, False),
    ("In Orvel 12 were killed.", "12", "killed", 12, 12, 12, False),
    ("The post is held by upwards of 20,000 militants.", "upwards of 20,000 militants", "fighters", 20000, 20000, None, True),
    ("It burnt 16 all-terrain vehicles.", "16 all-terrain vehicles", "vehicles", 16, 16, 16, False),
    ("It burnt nine artillery pieces.", "nine artillery pieces", "artillery", 9, 9, 9, False),
    ("It took two fortified positions.", "two fortified positions", "positions", 2, 2, 2, False),
    ("Dozens of residents queued.", "Dozens of residents", "people", None, 24, 99, True),
    ("Hundreds were killed.", "Hundreds", "killed", None, 100, 999, True),
    ("A dozen shells fell.", "A dozen shells", "shells", 12, 12, 12, False),
    ("Between 10 and 15 civilians left.", "Between 10 and 15 civilians", "civilians", None, 10, 15, False),
    ("About 1.2 million people were displaced.", "About 1.2 million people", "displaced", 1200000, None, None, True),
    ("Twenty-four shells fell.", "Twenty-four shells", "shells", 24, 24, 24, False),
    ("Two hundred and fifty families left.", "Two hundred and fifty families", "households", 250, 250, 250, False),
    ("2 to 3 million people left.", "2 to 3 million people", "people", None, 2000000, 3000000, False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "kind", "value", "low", "high", "approximate"), CASES)
def test_people_and_things_are_counted(  # noqa: PLR0917 - one argument for each field
    text: str,
    words: str,
    kind: str,
    value: float | None,
    low: float | None,
    high: float | None,
    approximate: bool,
) -> None:
    found = only(text)
    assert (found.as_written, found.kind) == (words, kind)
    assert (found.value, found.low, found.high) == (value, low, high)
    assert found.approximate is approximate


@pytest.mark.parametrize(
    ("text", "words", "kind", "value", "unit", "normalised"),
    [
        ("It carried 293 tons of food.", "293 tons", "tonnes", 293, "tons", (293, "tonnes")),
        (
            "It is three kilometres away.",
            "three kilometres",
            "kilometres",
            3,
            "kilometres",
            (3, "kilometres"),
        ),
        ("It is 5 miles away.", "5 miles", "kilometres", 5, "miles", (8.04672, "kilometres")),
        (
            "It holds 87.4 percent of the land.",
            "87.4 percent",
            "percent",
            87.4,
            "percent",
            (87.4, "percent"),
        ),
        ("It holds 40% of the land.", "40%", "percent", 40, "percent", (40, "percent")),
        (
            "It lasted two and a half years.",
            "two and a half years",
            "duration",
            2.5,
            "years",
            (913.10625, "days"),
        ),
        ("A 24-hour truce held.", "24-hour", "duration", 24, "hours", (1, "days")),
        ("It cost $3 million.", "$3 million", "money", 3e6, "USD", (3e6, "USD")),
        ("It cost 20,000 euros.", "20,000 euros", "money", 20000, "EUR", (20000, "EUR")),
    ],
)
def test_measures_keep_their_unit_beside_the_compared_one(
    text: str, words: str, kind: str, value: float, unit: str, normalised: tuple[float, str]
) -> None:
    found = only(text)
    assert (found.as_written, found.kind, found.value, found.unit) == (words, kind, value, unit)
    assert found.normalised_value == pytest.approx(normalised[0])
    assert found.normalised_unit == normalised[1]


def test_a_rate_is_part_of_the_unit_and_named_before_the_number() -> None:
    found = only("It raised the number of sorties to 60-70 per day.")
    assert (found.as_written, found.kind, found.unit) == ("60-70 per day", "sorties", "per day")
    assert (found.value, found.low, found.high) == (None, 60, 70)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It took half the city.", "half", 50),
        ("It took two-thirds of its fleet.", "two-thirds", 66.67),
        ("It took more than a quarter of the land.", "more than a quarter", 25),
        ("Eight in ten of them are ill.", "Eight in ten", 80),
        ("It says one household in five is hungry.", "one household in five", 20),
        ("It says 1 in 4 wells is dry.", "1 in 4", 25),
    ],
)
def test_shares_in_words(text: str, words: str, value: float) -> None:
    found = only(text)
    assert (found.kind, found.as_written, found.value) == ("percent", words, value)


def test_items_of_a_list_stay_apart() -> None:
    text = (
        "Some 13 tanks, 29 pickup trucks with machine guns as well as nine artillery pieces burnt."
    )
    assert [(item.kind, item.value) for item in find_quantities(text)] == [
        ("tanks", 13), ("vehicles", 29), ("artillery", 9),
    ]  # fmt: skip


def test_killed_and_wounded_are_two_counts_and_parts_follow_their_total() -> None:
    text = "It killed 12 people, including five children, and wounded 30 others."
    assert [(item.kind, item.value) for item in find_quantities(text)] == [
        ("killed", 12), ("killed", 5), ("injured", 30),
    ]  # fmt: skip


def test_what_is_counted_is_kept_in_its_words() -> None:
    assert only("It carried 293 tons of food.").counted == "food"
    assert only("Some 80 masked gunmen came.").counted == "masked gunmen"


@pytest.mark.parametrize(
    "text",
    [
        "It fell in 2016, on 3 March 2016, at 4:05 p.m. and on March 3.",
        "The 137th Brigade and the 5th Corps met.",
        "Resolution 2254 and article 5 on page 12 say so.",
        "A 14-year-old girl and a man aged 44 left.",
        "T-72 tanks and Mi-8 helicopters left.",
        "Issue #203 is out; call 201 461-1776.",
        "One of the residents said so, one said no.",
        "The May 2015 rebel offensive began.",
        "In 2015 rebels came.",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert find_quantities(text) == ()


VOCABULARY = (
    "12 200 1,000 1.2 2½ 60-70 one two twenty hundred million dozens several a half of and "
    "or to between some at least up to killed wounded soldiers tanks % percent km tons $ "
    "per day - , . were was including number years old March No. T-72 don't"
)
WORDS = st.sampled_from([*VOCABULARY.split(), "\n"])
TEXTS = st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=200)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_spans_are_exact_and_bounds_in_order(text: str) -> None:
    end = 0
    for item in find_quantities(text):
        assert text[item.start : item.end] == item.as_written
        assert end <= item.start < item.end
        end = item.end
        if item.low is not None and item.high is not None:
            assert item.low <= item.high
            assert item.value is None or item.low <= item.value <= item.high
        assert item.kind


@pytest.mark.parametrize(
    "hostile",
    ["9" * 100_000, "1," * 50_000, "between 1 and " * 7_000, "12 " * 33_000,
     "killed " * 15_000 + "5", "number of " * 10_000, "two hundred " * 9_000],
)  # fmt: skip
def test_hostile_texts_take_time_in_proportion_to_their_length(hostile: str) -> None:
    started = time.process_time()
    find_quantities(hostile)
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The flood reached a height of 4.5 metres.", "metres"),
        ("Water rose by two metres.", "metres"),
        ("It lies 300 metres from the bridge.", "kilometres"),
        ("It lies 30 kilometres from the bridge, high up.", "kilometres"),
    ],
)
def test_heights_are_no_distances(text: str, kind: str) -> None:
    assert only(text).kind == kind


def test_the_number_of_dead_at_fourteen_counts_the_killed() -> None:
    assert only("The infirmary puts the number of dead at 14.").kind == "killed"


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Two of the city's five bridges are held.", [("buildings", 2), ("buildings", 5)]),
        ("It took 29 of the assembly's 45 seats.", [("votes", 29), ("votes", 45)]),
        ("12 of the 30 miners died.", [("killed", 12), ("people", 30)]),
        ("It failed, with eight of them wounded.", [("injured", 8)]),
        ("It passed by 88 votes to 41.", [("votes", 88), ("votes", 41)]),
        ("It hit 70 houses and a further 12 the next day.", [("buildings", 70), ("buildings", 12)]),
        ("A tremor of magnitude 5 came.", [("magnitude", 5)]),
        ("It killed 57 people and sickened nearly 900 there.", [("killed", 57), ("cases", 900)]),
        ("Three million herders need food.", [("people", 3_000_000)]),
        ("A quarter of a million townspeople left.", [("people", 250_000)]),
        ("It tore the roofs off five barns.", [("other", 5)]),
        ("Two factions agreed.", []),
        ("One in 2016 was lost.", []),
    ],
)
def test_parts_of_a_whole_further_counts_and_plain_plurals(
    text: str, counts: list[tuple[str, float]]
) -> None:
    assert [(found.kind, found.value) for found in find_quantities(text)] == counts
