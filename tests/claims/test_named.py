"""Names of another reader: cut to their own words, one label for the same words, rules beside."""

import pytest

from claims.reader import document_of
from firsthand.claims.stage import read_document
from firsthand.model.claim import Entity
from firsthand.nlp.reader import Layers, Mention


class Scripted:
    """A reader that finds the mentions it is given, by their words."""

    name = "scripted"
    version = "1"

    def __init__(self, found: tuple[tuple[str, str], ...], end: int | None = None) -> None:
        self.found = found
        self.end = end

    def reads(self, language: str) -> bool:
        return language == "en"

    def annotate(self, text: str, sentences: object, quotations: object) -> Layers:
        del sentences, quotations
        mentions = []
        at: dict[str, int] = {}
        for words, label in self.found:
            start = text.index(words, at.get(words, 0))
            at[words] = start + 1
            mentions.append(Mention(start, start + len(words), label))  # type: ignore[arg-type]  # a test's own values
        return Layers(mentions=tuple(mentions), end=self.end)


def named(text: str, *found: tuple[str, str], end: int | None = None) -> list[tuple[str, str]]:
    page, document, segments = document_of(text)
    rows = read_document(page, document, segments, reader=Scripted(found, end))
    return [(r.text, r.label) for r in rows if isinstance(r, Entity)]


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("Then Col. Anders Voss left.", ("Col. Anders Voss", "PER"), ("Anders Voss", "PER")),
        ("The road of the Hult Society of.", ("the Hult Society of", "ORG"), ("Hult Society", "ORG")),
        ("Near Voss's farm it burned.", ("Voss's", "PER"), ("Voss", "PER")),
        ("The Ostine Council for Fair Trade met.", ("Ostine Council", "ORG"),
         ("Ostine Council for Fair Trade", "ORG")),
        ("Smoke from the Hexley Gate blast rose.", ("Hexley Gate blast", "FAC"), ("Hexley Gate", "FAC")),
        ("It held the Ulven barracks still.", ("Ulven barracks", "FAC"), ("Ulven barracks", "FAC")),
        ("Then Captain Ostrel sang.", ("Captain Ostrel", "NORP"), ("Ostrel", "PER")),
        ("Later Martha Quint sang.", ("Martha Quint", "MISC"), ("Martha Quint", "PER")),
        ("Later the Joint Ostrel Committee met.", ("Joint Ostrel Committee", "EVENT"),
         ("Joint Ostrel Committee", "ORG")),
        ("Later the OSTK met.", ("OSTK", "NORP"), ("OSTK", "ORG")),
        ("Later the Ostrels sang.", ("Ostrels", "NORP"), ("Ostrels", "NORP")),
    ],
)  # fmt: skip
def test_a_name_has_its_own_words(
    text: str, found: tuple[str, str], expected: tuple[str, str]
) -> None:
    assert named(text, found) == [expected]


def test_words_without_a_capital_are_no_name() -> None:
    assert named("The bishop left.", ("bishop", "ORG")) == []


def test_the_same_words_get_one_label_and_a_place_preposition_counts_twice() -> None:
    text = "Torvan replied. Snow lay in Torvan. Ostra met Ostra and Ostra."
    found = (
        ("Torvan", "ORG"), ("Torvan", "GPE"), ("Ostra", "PER"), ("Ostra", "PER"), ("Ostra", "ORG")
    )  # fmt: skip
    assert named(text, *found) == [("Torvan", "GPE")] * 2 + [("Ostra", "PER")] * 3


def test_weapons_are_left_to_the_rules_and_so_is_what_was_not_read() -> None:
    text = "A BMP-3 burned. Later the Ostine Council met."
    assert named(text) == [("BMP-3", "PLATFORM")]
    assert named(text, end=10) == [("BMP-3", "PLATFORM"), ("Ostine Council", "ORG")]
