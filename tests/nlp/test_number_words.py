"""Numbers written in words."""

import pytest

from firsthand.nlp.number_words import read_number


@pytest.mark.parametrize(
    ("words", "value", "taken"),
    [
        ("nine", 9, 1),
        ("twenty - four", 24, 3),
        ("two hundred and fifty", 250, 4),
        ("one million two hundred thousand", 1_200_000, 5),
        ("two and a half years", 2.5, 4),
        ("three or four", 3, 1),
        ("one twenty", 1, 1),
        ("twenty and left", 20, 1),
        ("hundred", 100, 1),
    ],
)
def test_the_longest_number_is_read(words: str, value: float, taken: int) -> None:
    assert read_number(words.split(), 0) == (value, taken)


@pytest.mark.parametrize("words", ["million", "left", "and five", "- five"])
def test_what_is_no_number(words: str) -> None:
    assert read_number(words.split(), 0) is None


def test_the_end_of_the_words_is_no_number() -> None:
    assert read_number(["nine"], 1) is None
