"""Grouping an alternation by first letters changes nothing of what it matches."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.trace.alternation import grouped
from firsthand.trace.credit_grammar import word_class

WORDS = st.text("abIK ", min_size=1, max_size=4)
OPTIONAL = st.sampled_from(["a?b", "(?:a|b)k", "[ab]i", r"\.a", "k{0,2}a"])


def spans(alternation: str, text: str) -> list[tuple[int, int]]:
    pattern = re.compile(rf"(?:{alternation})(?!\w)", re.IGNORECASE)
    return [match.span() for match in pattern.finditer(text)]


@given(
    alternatives=st.lists(st.one_of(WORDS, OPTIONAL), min_size=1, max_size=8),
    text=st.text("abiıİkK\u212asſ. ", max_size=12),
)
def test_the_first_alternative_that_matches_is_the_same(alternatives: list[str], text: str) -> None:
    alternation = "|".join(alternatives)
    assert spans(grouped(alternation), text) == spans(alternation, text)


@pytest.mark.parametrize("name", ["title", "insthead", "instadj", "when", "media"])
def test_word_classes_are_grouped(name: str) -> None:
    rows = word_class(name)
    text = f"The {rows.replace('|', ' ')} of Orvel".upper()
    assert spans(grouped(rows), text) == spans(rows, text)
    assert len(grouped(rows).split("(?-i:")) > 3


def test_alternatives_with_one_first_letter_share_a_branch() -> None:
    assert grouped("mayor|chief|major") == "(?-i:[mM])(?:ayor|ajor)|(?-i:[cC])(?:hief)"
    assert grouped("a[b|c]|(?:d|e)|af") == "(?-i:[aA])(?:[b|c])|(?:d|e)|(?-i:[aA])(?:f)"
