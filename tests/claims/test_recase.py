"""Recasing: which words of a text all in capitals, or all in small letters, get a capital."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.claims.recase import body_start, is_common, recased
from firsthand.model.record import Range

WIRE = "HARROW, 3 JAN 90 (NRF RADIO) -- [REPORT] [TEXT] THE MAYOR OF DOLVANO SPOKE."


def cased(text: str) -> str:
    """A text of one sentence, recased."""
    return recased(text, 0, len(text), [Range(start=0, end=len(text))])


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("THE REBELS BURNED TWO SHOPS", "The rebels burned two shops"),
        ("POLICE IN DOLVANO SAID ON MONDAY", "Police in Dolvano said on Monday"),
        ("FRENCH TROOPS LEFT EL SALVADOR", "French troops left El Salvador"),
        ("GENERAL JOSE BRANTU DIED", "General Jose Brantu died"),
        ("THE CARNELO RIVER ROSE 3 KM AWAY", "The Carnelo River rose 3 km away"),
        ("THE NATIONAL RELIEF FRONT [NRF] SAID NRF MEN LEFT",
         "The National Relief Front (NRF) said NRF men left"),
        ("the nrf (national relief front) and the national relief front",
         "The NRF (National Relief Front) and the National Relief Front"),
        ("NARCOTERRORISTS AND DEMOBILIZED SUBVERSIVES", "Narcoterrorists and demobilized subversives"),
    ],
)  # fmt: skip
def test_words_get_the_capitals_of_ordinary_print(text: str, wanted: str) -> None:
    assert cased(text) == wanted


@given(st.text(max_size=80))
def test_no_offset_moves(text: str) -> None:
    assert len(cased(text)) == len(text)


@given(st.text(max_size=80))
def test_only_case_and_brackets_change(text: str) -> None:
    plain = text.replace("[", "(").replace("]", ")")
    assert cased(text).casefold() == plain.casefold()


@pytest.mark.parametrize(
    ("word", "common"),
    [("kidnappings", True), ("counterattack", True), ("dolvano", False), ("el", False)],
)
def test_words_of_english_are_told_from_others(word: str, *, common: bool) -> None:
    assert is_common(word) is common


def test_a_wire_begins_behind_its_place_and_day() -> None:
    assert WIRE[body_start(WIRE, 0, len(WIRE)) :].startswith("THE MAYOR")


@pytest.mark.parametrize("text", ["THE MAYOR SPOKE.", "A LINE\nANOTHER LINE\nA THIRD -- TEXT"])
def test_a_text_without_such_an_opening_begins_at_once(text: str) -> None:
    assert body_start(text, 0, len(text)) == 0
