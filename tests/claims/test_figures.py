"""Figures: whoever counts, measures or puts a number at so much is the source of it."""

import pytest

from claims.reader import attributions, claims, words

CASES = [
    ("The ministry put the death toll at 31.", "The ministry", "put"),
    ("The ministry puts the figure at 31 dead.", "The ministry", "puts"),
    ("The operator, Borun Coal, put the number of dead at 12.", "Borun Coal", "put"),
    ("The council registered 12 new cases on Monday.", "The council", "registered"),
    ("The Velm Weather Office measured 212 millimetres of rain.", "The Velm Weather Office",
     "measured"),
    ("The hospital counted 28 wounded people.", "The hospital", "counted"),
    ("Per the regional council, 300 families have left.", "the regional council", "Per"),
    ("By the count of the Velm Rescue Service, 45 houses were burnt.", "the Velm Rescue Service",
     "By the count of"),
    ("By the ministry's own count, 40 houses were burnt.", "the ministry", "own count"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue"), CASES)
def test_whose_figure_it_is(text: str, source: str, cue: str) -> None:
    found = attributions(text)[0]
    assert (words(found.source), words(found.cue)) == (source, cue)
    assert claims(text)[0].chain[-1].name == found.source_name


@pytest.mark.parametrize(
    "text",
    [
        "The town lost 12 men.",
        "Boats make 10 trips per day.",
        "The prize was put at risk in 12 towns.",
        "The hospital counted on the 12 nurses of the camp.",
    ],
)
def test_no_figure_of_anyone(text: str) -> None:
    assert attributions(text) == []


def test_a_bare_figure_counts_what_the_one_before_did() -> None:
    text = "The ministry says 31 people were killed. The hospital counts 28."
    last = claims(text)[-1]
    assert (last.type, last.chain[-1].name) == ("casualties", "hospital")
    assert [(q.kind, q.value) for q in last.quantities] == [("killed", 28)]


def test_who_gives_a_figure_did_not_cause_it() -> None:
    (found,) = claims("The ministry put the death toll at 31.")
    assert found.actors == ()


def test_what_something_is_called_is_a_judgement_of_the_caller() -> None:
    (found,) = claims("The Harbour Union called the move “a gift to smugglers”.")
    assert (found.type, found.modality) == ("statement_accusation", "opinion")
    assert found.chain[-1].name == "Harbour Union"


def test_a_cue_may_interrupt_what_is_said() -> None:
    text = "Ivan Marsh left Velm. His cousin, he said, is still missing."
    (found,) = attributions(text)
    assert words(found.content) == "His cousin … is still missing"
    assert words(claims(text)[-1].evidence) == "His cousin … is still missing"


def test_a_statement_reads() -> None:
    (found,) = attributions("“We stand by our crews,” a company statement read.")
    assert words(found.source) == "a company statement"
