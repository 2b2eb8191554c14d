"""Those whom a claim means by a word for their side."""

import pytest

from firsthand.annotate import Text, annotate
from firsthand.config import Settings
from firsthand.resolve.role_words import is_side
from firsthand.stage import Context

BEFORE = "Taliban fighters fought the Kenyan army near Geneva. "


def part(text: str, words: str, name: str) -> str | None:
    """The role of a name in the shortest claim that holds words."""
    made = annotate(Text(id="t", text=text, published="2031-05-09"), Context(settings=Settings()))
    held = []
    for row in made["claims"]:  # type: ignore[union-attr]  # a list of rows
        assert isinstance(row, dict)
        told = " … ".join(span["text"] for span in row["evidence"])
        if words in told:
            held.append((len(told), {one["name"]: one["role"] for one in row["actors"]}))
    return min(held, key=lambda pair: pair[0])[1].get(name)


@pytest.mark.parametrize(
    ("text", "words", "name", "role"),
    [
        ("The militant offensive began on Sunday.", "offensive", "Taliban", "agent"),
        ("Warplanes hit a convoy of the group.", "convoy", "Taliban", "target"),
        ("Shops are shut in the militant-held hills.", "held hills", "Taliban", "agent"),
        ("The army shelled the militants and its allies fled.", "shelled", "Taliban", "target"),
    ],
)
def test_a_word_for_a_side_leads_to_who_was_named(
    text: str, words: str, name: str, role: str
) -> None:
    assert part(BEFORE + text, words, name) == role


@pytest.mark.parametrize("text", ["The army council burned a flag.", "The police building burned."])
def test_a_word_inside_another_noun_is_nobody(text: str) -> None:
    assert part(BEFORE + text, "burned", "Kenyan armed forces") is None


def test_allies_take_part_beside_whom_they_are_the_allies_of() -> None:
    text = "The Kenyan army and its allies seized Geneva on Sunday."
    assert part(text, "seized", "its allies") == "agent"


def test_rebels_named_by_the_text_alone_are_meant_by_the_rebels() -> None:
    text = "Ashmar rebels attacked a camp in Geneva. The rebel shelling killed four villagers."
    assert part(text, "shelling", "Ashmar rebels") == "agent"


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("Ashmar rebels", True),
        ("Armed rebels", False),
        ("Thirty rebels", False),
        ("Ashmar Rebels", False),
        ("Ashmar farmers", False),
    ],
)
def test_a_name_before_a_role_word_names_a_side(words: str, side: bool) -> None:
    assert is_side(words.split()) is side
