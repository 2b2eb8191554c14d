"""Sentences of press prose: abbreviations, quotations, missing spaces, exact offsets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.nlp.sentences import sentence_spans


def sentences(text: str, language: str | None = "en") -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, 0, len(text), language)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Gen. Odar said so.", "He left."],
        ["Lt.-Gen. Valo Odar of the 4th Bde. was hurt.", "He left."],
        ["He came at 4 p.m. Monday with two men.", "They left at 5 p.m.", "The road was shut."],
        ["Mr. Ode met Sen. Roe on Oct. 5 in St. Holm.", "No. 5 was hit."],
        ["He said no.", "Then he left."],
        ["The U.S. army came.", "It left."],
        ["About 87.4 percent fell.", "The rest held."],
        ["“It was bad.”", "He left."],
        ["“Go!” he said.", "They went."],
        ["“We ate bark.", "It was cold.", "We had nothing,” she said.", "He left."],
        ['He said "We ate bark.', 'It was cold."', "Then he left."],
        ["«Мы ушли на рассвете.", "Их больше нет», — сказал он.", "Потом пришли."],
        ["It began in 2014."],
        ["Wait... what?", "No!"],
        ["The “Go! Now” campaign ended.", "It failed."],
        ["He asked “who?” and left.", "She stayed."],
        ["TARSK (4:05 P.M.) – The army left.", "It is gone."],
        ["1. First item.", "2. Second item."],
    ],
)
def test_press_prose_is_cut_where_sentences_end(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It was besieged in 2014.Government forces came.",
         ["It was besieged in 2014.", "Government forces came."]),
        ("See post.example for more. www.post.example is up.",
         ["See post.example for more. www.post.example is up."]),
        ("The road was\nopened. It\nis free.", ["The road was\nopened.", "It\nis free."]),
    ],
)  # fmt: skip
def test_stops_without_space_and_wrapped_lines(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_arabic_stops_end_sentences() -> None:
    assert sentences("سيطرت القوات. هل عادت؟ نعم.", "ar") == ["سيطرت القوات.", "هل عادت؟", "نعم."]


@given(
    st.text(alphabet="aB. ?!…“”\"'()🙂\u00a0\né", max_size=120), st.sampled_from(["en", "ru", None])
)
def test_sentences_are_ordered_and_hold_every_word(text: str, language: str | None) -> None:
    at = 0
    for start, end in sentence_spans(text, 0, len(text), language):
        assert at <= start < end
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@given(st.text(alphabet="aB. “”", max_size=40), st.text(alphabet="aB. “”", max_size=60))
def test_offsets_are_those_of_the_whole_text(before: str, text: str) -> None:
    whole = before + text
    shifted = [
        (start - len(before), end - len(before))
        for start, end in sentence_spans(whole, len(before), len(whole), "en")
    ]
    assert shifted == sentence_spans(text, 0, len(text), "en")


def test_overlong_paragraphs_are_cut_without_losing_a_word() -> None:
    text = "word " * 5000
    spans = sentence_spans(text, 0, len(text), "en")
    assert "".join(text[start:end] for start, end in spans).count("word") == 5000
