"""Entities: mentions by form, title, noun and place, consistent over a document."""

import pytest

from claims.reader import entities

CASES = [
    ("Officials met Mayor Ana Sorel on Monday.", [("Ana Sorel", "PER")]),
    ("The Halden River Authority closed the gates.", [("Halden River Authority", "ORG")]),
    ("It rained in the town of Ghan again.", [("Ghan", "GPE")]),
    ("Crews reached the Orel Bridge at noon.", [("Orel Bridge", "FAC")]),
    ("Snow fell on Mount Varro overnight.", [("Mount Varro", "LOC")]),
    ("They read the Karsk Tribune.", [("Karsk Tribune", "ORG")]),
    ("Talks with the Ministry of Rivers failed.", [("Ministry of Rivers", "ORG")]),
    ("A convoy of T-72 tanks passed.", [("T-72", "PLATFORM")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_label_by_form(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(e.text, e.label) for e in entities(text)] == expected


def test_the_first_word_of_a_sentence_is_no_name_for_its_capital() -> None:
    assert entities("Residents left. Water rose. Nobody came.") == []


def test_a_surname_is_the_person_named_in_full() -> None:
    found = entities("Mayor Ana Sorel spoke. Later Sorel left.")
    assert [(e.text, e.label, e.name) for e in found] == [
        ("Ana Sorel", "PER", "Ana Sorel"),
        ("Sorel", "PER", "Ana Sorel"),
    ]


def test_the_register_gives_the_canonical_name() -> None:
    (found,) = entities("Talks at the UN failed.")
    assert (found.text, found.label, found.name) == ("UN", "ORG", "United Nations")


def test_only_names_are_names_in_a_text_all_in_capitals() -> None:
    found = entities("REBELS TOOK THE TOWN OF GHAN ON MONDAY AND BURNED TWO SHOPS.")
    assert [(one.text, one.name) for one in found] == [("GHAN", "Ghan")]


def test_months_are_no_names() -> None:
    assert [e.text for e in entities("It rained in July near Ghan.")] == ["Ghan"]
