"""Attributions of rules and of another reader as one list: whose part holds, and what stands alone."""

from dataclasses import dataclass

import pytest

from claims.reader import document_of
from firsthand.claims.stage import read_document
from firsthand.model.claim import Attribution, Claim
from firsthand.model.record import Range
from firsthand.nlp.reader import Layers, Said

Words = tuple[str, str, str]


@dataclass
class Scripted:
    """A reader that finds the attributions it is given, by their words."""

    found: tuple[Words, ...]
    name: str = "scripted"
    version: str = "1"

    def reads(self, language: str) -> bool:
        return language == "en"

    def annotate(self, text: str, sentences: object, quotations: object) -> Layers:
        del sentences, quotations
        said = []
        for words in self.found:
            source, cue, content = (
                (Range(start=text.index(part), end=text.index(part) + len(part)),) if part else ()
                for part in words
            )
            said.append(Said(source, cue, content, "say", "scripted"))
        return Layers(said=tuple(said))


def told(text: str, *found: Words) -> list[Words]:
    page, document, segments = document_of(text)
    rows = read_document(page, document, segments, reader=Scripted(found))
    return [
        tuple(" … ".join(span.text for span in part) for part in (r.source, r.cue, r.content))  # type: ignore[misc]  # set for every such stage
        for r in rows
        if isinstance(r, Attribution)
    ]


BRIDGE = "Mayor Ilse Brandt said the bridge had fallen."
RULES = ("Mayor Ilse Brandt", "said", "the bridge had fallen")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((), RULES),
        (("Ilse Brandt", "said", "the bridge"), RULES),
        (("", "said", "the bridge had fallen"), RULES),
    ],
)
def test_a_part_of_what_the_rules_found_changes_nothing(
    found: Words | tuple[()], expected: Words
) -> None:
    assert told(BRIDGE, *([found] if found else [])) == [expected]  # type: ignore[list-item]  # a test's own values


def test_another_source_takes_the_place_of_the_rules_own() -> None:
    text = "Ilse Brandt, mayor of Orel, on Monday said it."
    other = ("Ilse Brandt, mayor of Orel, on Monday", "said", "it")
    assert other in told(text, other)


def test_more_content_takes_the_place_of_less() -> None:
    text = "The reports that Orel fell were denied by Ilse Brandt, who added that the road held."
    whole = ("Ilse Brandt", "denied by", "reports that Orel fell")
    (source, _, content), *_ = told(text, whole)
    assert content == "reports that Orel fell"
    assert "Ilse Brandt" in source


def test_an_attribution_that_only_the_other_found_is_added_to_the_end_of_its_phrase() -> None:
    text = "Shopkeepers bemoaned the third closure of the market in Orel, a sad place."
    found = told(text, ("Shopkeepers", "bemoaned", "the third closure of the"))
    assert found == [("Shopkeepers", "bemoaned", "the third closure of the market in Orel")]


@pytest.mark.parametrize(
    "found",
    [
        ("", "closed", "the third market"),
        ("we", "closed", "the third market"),
    ],
)
def test_nobody_and_a_quoted_we_tell_nothing(found: Words) -> None:
    text = "“Then we closed the third market,” Ilse Brandt said."
    assert [source for source, _, _ in told(text, found)] == ["Ilse Brandt"]


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Residents know the road is mined.", False),
        ("Residents said the road is mined.", True),
        ("I said the road is mined.", False),
        ("It was reported that the road is mined.", True),
    ],
)
def test_what_only_the_rules_found_stands_where_the_cue_is_one_of_telling(
    text: str, alone: bool
) -> None:
    page, document, segments = document_of(text)
    by_rules = [r for r in read_document(page, document, segments) if isinstance(r, Attribution)]
    assert by_rules
    assert bool(told(text)) == alone


def test_parts_do_not_run_over_the_sentence_of_the_cue() -> None:
    text = "Boats came late. Shopkeepers bemoaned the closure. Rain fell."
    found = told(text, ("Boats came late. Shopkeepers", "bemoaned", "the closure. Rain fell."))
    assert found == [("Shopkeepers", "bemoaned", "the closure")]


def test_a_cue_that_is_an_event_stays_a_claim() -> None:
    text = "The two ministries agreed to share the river."
    page, document, segments = document_of(text)
    reader = Scripted((("The two ministries", "agreed", "to share the river"),))
    found = list(read_document(page, document, segments, reader=reader))
    assert "agreement" in [r.type for r in found if isinstance(r, Claim)]


def test_a_clause_that_is_cue_and_content_at_once_is_a_claim_of_its_teller() -> None:
    text = "Ostine Hospital puts the number of dead at 14."
    page, document, segments = document_of(text)
    reader = Scripted((("Ostine Hospital", "puts", "the number of dead at 14"),))
    found = list(read_document(page, document, segments, reader=reader))
    chains = [r.chain[-1].name for r in found if isinstance(r, Claim)]
    assert chains == ["Ostine Hospital"]


@pytest.mark.parametrize(
    ("text", "read", "expected"),
    [
        (
            "Two drivers are believed to have been abducted near Sorrin.",
            ("Two drivers", "believed", "to have been abducted near Sorrin"),
            [],
        ),
        (
            "“The captain ignored the warnings,” she said.",
            ("The captain", "ignored", "the warnings"),
            [("she", "said", "“The captain ignored the warnings,”")],
        ),
        (
            "The bridge is shut, the mayor, Ilda Morrow, told reporters.",
            ("the mayor, Ilda Morrow", "told", "The bridge is shut, the mayor"),
            [("the mayor, Ilda Morrow", "told", "The bridge is shut")],
        ),
    ],
)
def test_who_is_told_of_is_no_source_and_a_source_no_content(
    text: str, read: Words, expected: list[Words]
) -> None:
    assert told(text, read) == expected
