"""What another reader takes a word for settles whether it is a noun or a verb."""

import pytest

from firsthand.claims.tagging import tag
from firsthand.claims.tokens import tokenize


def tags(text: str, classes: dict[str, str]) -> dict[str, str]:
    (sentence,) = tokenize(text, 0, len(text), 0, heading=False)
    tag(sentence, classes={text.index(word): name for word, name in classes.items()})
    return dict(zip(sentence.words, sentence.tags, strict=True))


@pytest.mark.parametrize(
    ("text", "word", "known", "expected"),
    [
        ("Footage, obtained by the Post, shows two craters.", "shows", "VERB", "VF"),
        ("The weekly quotes a minister.", "quotes", "VERB", "VF"),
        ("They want to blame the army.", "blame", "VERB", "VI"),
        ("The rebels attack was brief.", "attack", "NOUN", "NN"),
        ("The captain radioed that he was safe.", "radioed", "VERB", "VF"),
        ("The mast was radioed down.", "radioed", "VERB", "VN"),
    ],
)
def test_the_class_that_another_reader_gives_settles_a_doubt(
    text: str, word: str, known: str, expected: str
) -> None:
    assert tags(text, {word: known})[word] == expected


def test_without_another_reader_the_rules_decide() -> None:
    assert (
        tags("Guards fire at night.", {})["fire"]
        == tags("Guards fire at night.", {"fire": "X"})["fire"]
    )


@pytest.mark.parametrize("clock", ["2:15am", "6 am", "6.30 am"])
def test_the_hour_before_noon_is_no_verb(clock: str) -> None:
    assert "AX" not in tags(f"The fire began at {clock} on Sunday.", {}).values()
