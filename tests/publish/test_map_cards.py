"""The cards of the map: what a mark stands for, and one event in brief."""

import sqlite3

import pytest

from firsthand.model.event import Event
from firsthand.publish import lists
from firsthand.publish.map_cards import AROUND, event_card, in_brief, mark_card
from firsthand.publish.pieces import Piece
from firsthand.publish.read import select


def test_the_groups_of_a_mark_hold_each_of_its_events_once(db: sqlite3.Connection) -> None:
    card = mark_card(db, {})
    named = [line.event_id for group in card.groups for line in group.lines]
    assert sorted(named) == sorted(event.event_id for event in select(db, Event))
    assert card.total == lists.total(db, {}) == sum(group.count for group in card.groups)


def test_an_event_in_brief_holds_words_of_one_of_its_claims(db: sqlite3.Connection) -> None:
    for event in select(db, Event):
        card = event_card(db, event.event_id)
        assert card is not None
        assert card.claim is None or card.claim.claim_id in event.claims
        if card.claim is not None:
            told = "".join(piece.text for piece in card.words if "what" in piece.kinds)
            assert told.startswith(card.claim.evidence[0].text.splitlines()[0])


def piece(text: str, *kinds: str) -> Piece:
    return Piece(start=0, end=len(text), text=text, kinds=kinds)


def told(*lines: list[Piece]) -> str:
    return "".join(one.text for one in in_brief(lines))


def test_a_passage_in_brief_keeps_the_claim_and_its_line() -> None:
    heading, line = [piece("Market closed")], [piece("Shells "), piece("fell", "what"), piece(".")]
    assert told(heading, line) == "Shells fell."
    assert told(line, [piece("Two days on it "), piece("ended", "what")]) == (
        "Shells fell. Two days on it ended"
    )
    assert told(heading) == ""


@pytest.mark.parametrize("words", ["word " * 200, "x" * 999])
def test_a_long_line_is_cut_on_both_sides(words: str) -> None:
    found = told([piece(words), piece("fell", "what"), piece(words)])
    assert "fell" in found
    assert len(found) <= 2 * AROUND + 6
