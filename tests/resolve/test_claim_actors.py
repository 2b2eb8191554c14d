"""What is added to a claim's actors from its own words, and what is let go."""

import pytest

from firsthand.annotate import Text, annotate
from firsthand.config import Settings
from firsthand.stage import Context


def actors_of(text: str) -> list[tuple[str, dict[str, str]]]:
    """The words of each claim, and its actors' roles by name."""
    made = annotate(Text(id="t", text=text, published="2031-05-09"), Context(settings=Settings()))
    found = []
    for row in made["claims"]:  # type: ignore[union-attr]  # a list of rows
        assert isinstance(row, dict)
        words = " … ".join(span["text"] for span in row["evidence"])
        found.append((words, {one["name"]: one["role"] for one in row["actors"]}))
    return found


def everyone(text: str) -> dict[str, str]:
    return {name: role for _, actors in actors_of(text) for name, role in actors.items()}


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        (
            "A strike mistakenly hit Kenyan army positions in Geneva.",
            "Kenyan armed forces",
            "target",
        ),
        (
            "Residents of Taliban-besieged Geneva queued for water and food.",
            "Taliban",
            "besieger",
        ),
        (
            "Rebels fled Geneva after they were shelled by Kenyan and Ugandan warplanes.",
            "Ugandan air force",
            "agent",
        ),
        (
            "Rebels fled Geneva after they were shelled by Kenyan and Ugandan warplanes.",
            "Kenyan air force",
            "agent",
        ),
    ],
)
def test_who_is_named_in_the_words_takes_part(text: str, name: str, role: str) -> None:
    assert everyone(text).get(name) == role


def test_a_state_where_something_happens_takes_no_part() -> None:
    assert "Kenya" not in everyone("Rebels shelled a market in the north of Kenya, killing 12.")


def test_who_says_so_takes_no_part_in_what_is_said() -> None:
    found = actors_of("The Kenyan Defence Ministry said rebels shelled the market in Geneva.")
    assert all("Kenyan Defence Ministry" not in actors for _, actors in found)


def test_a_name_joined_to_a_word_about_others_is_not_meant_by_the_group() -> None:
    text = "The Taliban attacked Geneva. This US coalition-backed militant group fled on Monday."
    fled = [actors for words, actors in actors_of(text) if "fled" in words]
    assert fled
    assert all("US-led coalition" not in actors for actors in fled)
