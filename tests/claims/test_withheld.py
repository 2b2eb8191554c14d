"""Withheld: what someone would not say, and open questions, are no claims."""

import pytest

from claims.reader import claims, words

SILENT = [
    "He asked not to be named because he is not allowed to speak to the press.",
    "She did not say at what hour the crew had left.",
    "The mill does not say.",
    "He would not say when the pump had stopped.",
    "How many were on the ledge?",
]
SAID = [
    ("She did not sign the logbook.", "sign"),
    ("The harbour office did not name a new master.", "name"),
    ("The mill has not said a word to the families.", "word"),
]


@pytest.mark.parametrize("text", SILENT)
def test_silence_and_questions_make_no_claim(text: str) -> None:
    assert [words(c.evidence) for c in claims(text)] == []


@pytest.mark.parametrize(("text", "word"), SAID)
def test_what_was_not_done_stays_a_claim(text: str, word: str) -> None:
    assert any(word in words(c.evidence) for c in claims(text))


def test_requests_for_comment_without_an_answer_make_no_claim() -> None:
    assert claims("The mill did not answer requests for comment.") == []


def test_what_only_describes_a_noun_is_told_with_it() -> None:
    text = "The guide led men into fog they had not expected."
    assert [words(c.evidence) for c in claims(text)] == [text.rstrip(".")]


def test_a_second_thing_done_is_a_claim_of_its_own() -> None:
    found = claims("The crew came out of the shed and shot two guards.")
    assert [c.type for c in found] == ["other", "killing"]
