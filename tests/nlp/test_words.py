"""Words with their offsets."""

import pytest

from firsthand.nlp.words import words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It’s 87.4 percent, she said.", ["It’s", "87.4", "percent", "she", "said"]),
        ("Ras-Dal and U.S. men", ["Ras-Dal", "and", "U.S", "men"]),
        ("“quoted”—and_then", ["quoted", "and", "then"]),
        ("الجيش دخل", ["الجيش", "دخل"]),
        ("", []),
        ("— … !", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    found = words_of(text)
    assert [word.text for word in found] == words
    assert [text[word.start : word.end] for word in found] == words


def test_offsets_are_into_the_whole_text() -> None:
    text = "one two three"
    assert [(word.start, word.text) for word in words_of(text, 4, 7)] == [(4, "two")]
