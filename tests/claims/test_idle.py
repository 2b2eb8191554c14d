"""Idle clauses: what an outlet says of itself in its own voice, and what few words leave unsaid."""

import pytest

from claims.reader import claims

IDLE = [
    "An earlier version of this item was published by the Herald.",
    "This site sets one cookie for the counter.",
    "Please use the figure above.",
    "He asked us not to give his name.",
    "It did not.",
    "The Fenland Front, as the rebels call themselves, is small.",
]
TOLD = [
    ("The navy closed the approaches to the port on Monday.", "closed"),
    ("The bridge is shut.", "shut"),
    ("The wages arrived.", "wages"),
]


@pytest.mark.parametrize("text", IDLE[:5])
def test_no_claim_is_made_of_it(text: str) -> None:
    assert [c.type for c in claims(text) if c.type == "other"] == []


def test_calling_oneself_something_accuses_nobody() -> None:
    assert all(c.type != "statement_accusation" for c in claims(IDLE[5]))


@pytest.mark.parametrize(("text", "word"), TOLD)
def test_a_statement_about_the_world_stays(text: str, word: str) -> None:
    assert any(word in span.text for c in claims(text) for span in c.evidence)
