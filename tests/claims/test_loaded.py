"""Loaded wording: found by the table, with its user, and treated alike for every side."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.reader import loaded
from firsthand.claims.loaded import terms

SIDES = ("Northern League", "Southern Front", "Varnan army", "Orlan army")
MIRRORED = [
    "{a} terrorists attacked the {b} on Monday.",
    "The {a} liberated the town of Ghan from the {b}.",
    "The {a} regime said the {b} had neutralised nine fighters.",
    "{a} proxies began a brutal siege, the {b} said.",
    "The {a} called the {b} an army of mercenaries.",
    "The heroic {a} drove out the jihadists of the {b}.",
]


@settings(deadline=None)
@given(
    template=st.sampled_from(MIRRORED),
    sides=st.lists(st.sampled_from(SIDES), min_size=2, max_size=2, unique=True),
)
def test_mirrored_sentences_are_treated_alike(template: str, sides: list[str]) -> None:
    one, other = sides
    straight = loaded(template.format(a=one, b=other))
    mirrored = loaded(template.format(a=other, b=one))
    assert [(t.text, t.about, t.neutral) for t in straight] == [
        (t.text, t.about, t.neutral) for t in mirrored
    ]
    assert straight, "the sentence holds a loaded term"


@pytest.mark.parametrize("term", sorted(terms()))
def test_every_term_of_the_table_is_found(term: str) -> None:
    text = f"Some spoke of {term} there."
    assert term in [t.text.lower() for t in loaded(text)]


def test_a_term_in_a_quotation_is_the_speakers() -> None:
    (found,) = loaded("“The regime is finished for good now,” said Mira Dahl.")
    assert (found.voice, found.in_quotation) == ("Mira Dahl", True)


def test_a_term_in_indirect_speech_is_the_tellers() -> None:
    (found,) = loaded("Mira Dahl said the regime was finished.")
    assert (found.voice, found.in_quotation) == ("Halden Post", False)


def test_longer_terms_win() -> None:
    assert [t.text for t in loaded("The terrorist group left.")] == ["terrorist group"]


def test_plain_words_are_left_alone() -> None:
    assert loaded("The government and the fighters signed a truce.") == []
