"""Whose doing a claim tells of that names nobody, by what was told before it."""

import pytest

from firsthand.annotate import Text, annotate
from firsthand.config import Settings
from firsthand.stage import Context


def actors_of(text: str) -> list[tuple[str, str, dict[str, str]]]:
    """The type and words of each claim, and its actors' roles by name."""
    made = annotate(Text(id="t", text=text, published="2031-05-09"), Context(settings=Settings()))
    found = []
    for row in made["claims"]:  # type: ignore[union-attr]  # a list of rows
        assert isinstance(row, dict)
        words = " … ".join(span["text"] for span in row["evidence"])
        found.append((row["type"], words, {one["name"]: one["role"] for one in row["actors"]}))
    return found


def part(text: str, words: str, name: str) -> str | None:
    """The role of a name in the shortest claim that holds words."""
    held = [row for row in actors_of(text) if words in row[1]]
    return min(held, key=lambda row: len(row[1]))[2].get(name)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "An airstrike by the Kenyan air force hit a market in Geneva, leaving nine dead.",
            "leaving nine",
            "Kenyan air force",
        ),
        (
            (
                "The Kenyan army attacked Taliban fighters in Geneva. "
                "Six militants were killed in the fighting."
            ),
            "Six militants",
            "Kenyan armed forces",
        ),
        (
            (
                "The Kenyan army launched an offensive near Geneva. "
                "Forty houses were destroyed in the operation."
            ),
            "Forty houses",
            "Kenyan armed forces",
        ),
    ],
)
def test_a_result_is_the_doing_of_who_did_what_led_to_it(text: str, words: str, name: str) -> None:
    assert part(text, words, name) == "agent"


def test_those_hit_in_a_fight_are_not_who_hit_them() -> None:
    text = (
        "The Kenyan army attacked Taliban fighters in Geneva. "
        "Six militants were killed in the fighting."
    )
    assert part(text, "Six militants", "Taliban") == "victim"


def test_a_besieged_town_is_besieged_by_who_is_said_to_besiege_it() -> None:
    text = (
        "Taliban fighters have besieged Geneva since March. "
        "Aid trucks entered the besieged city on Friday."
    )
    assert part(text, "besieged city", "Taliban") == "besieger"


def test_nobody_is_taken_from_farther_off_than_a_paragraph() -> None:
    rest = "The council met in the hall to speak of schools and of the harvest. " * 12
    text = f"The Kenyan army attacked a camp near Geneva. {rest}Two men died in the attack."
    assert part(text, "Two men", "Kenyan armed forces") is None
