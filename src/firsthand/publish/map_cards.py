"""The cards of the map: the events that one mark stands for by their status, and one event in brief."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from firsthand.model.event import Event
from firsthand.model.record import Part
from firsthand.publish import lists, read
from firsthand.publish.claim_views import ClaimView
from firsthand.publish.dossiers import claims_by_id, pages_in_pile
from firsthand.publish.event_columns import STATUSES, event_columns, status_of
from firsthand.publish.leads import first_claim
from firsthand.publish.lists import EventLine
from firsthand.publish.pieces import Piece

MOST_LISTED: Final = 60
"""Events named in the card of one mark; the list of events names the others."""
AROUND: Final = 90
"""Code points shown on each side of the words that tell the event."""


class StatusGroup(Part, frozen=True, kw_only=True):
    """The events of one mark that have one status."""

    status: str
    count: int
    lines: tuple[EventLine, ...]
    """Those named; fewer than `count` where there are very many."""


class MarkCard(Part, frozen=True, kw_only=True):
    """What one mark stands for."""

    total: int
    groups: tuple[StatusGroup, ...]
    places: tuple[str, ...]


class EventCard(Part, frozen=True, kw_only=True):
    """One event in brief, with the words of one claim."""

    event: Event
    status: str
    claim: ClaimView | None
    words: tuple[Piece, ...]
    pile: int
    """How many pages were looked at."""


def mark_card(db: sqlite3.Connection, asked: Mapping[str, str]) -> MarkCard:
    """The events that fit the filters, those of each status together."""
    columns = event_columns(db)
    rows = columns.holding(db, lists.chosen_of(asked))
    counts = np.bincount(columns.status[rows], minlength=len(STATUSES)).tolist()
    lines = lists.event_lines(db, asked, MOST_LISTED)
    groups = tuple(
        StatusGroup(
            status=status,
            count=count,
            lines=tuple(x for x in lines if status_of(x.dispute, x.n_origins) == status),
        )
        for status, count in zip(STATUSES, counts, strict=True)
        if count
    )
    places = tuple(dict.fromkeys(line.place for line in lines if line.place))
    return MarkCard(total=int(rows.sum()), groups=groups, places=places)


def event_card(db: sqlite3.Connection, event_id: str) -> EventCard | None:
    """One event in brief; None where the edition has no such event."""
    event = read.get(db, Event, event_id)
    if event is None:
        return None
    shown = claims_by_id(db, [first_claim(event)] if event.claims else [])
    claim = shown[0] if shown else None
    return EventCard(
        event=event,
        status=status_of(event.dispute, event.n_origins),
        claim=claim,
        words=in_brief(claim.passage) if claim else (),
        pile=pages_in_pile(db),
    )


def in_brief(passage: Sequence[Sequence[Piece]]) -> tuple[Piece, ...]:
    """The stretch of a passage that holds what is claimed, with a few words of its lines around."""
    lines = [line for line in passage if any("what" in piece.kinds for piece in line)]
    pieces = [piece for line in lines for piece in (*line, *_plain(" ", line[-1].end))]
    told = [at for at, piece in enumerate(pieces) if "what" in piece.kinds]
    if not told:
        return ()
    first, last = told[0], told[-1]
    before = "".join(piece.text for piece in pieces[:first])
    after = "".join(piece.text for piece in pieces[last + 1 :]).rstrip()
    if len(before) > AROUND:
        before = "…" + before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + "…"
    start, end = pieces[first].start, pieces[last].end
    return (*_plain(before, start), *pieces[first : last + 1], *_plain(after, end))


def _plain(text: str, at: int) -> tuple[Piece, ...]:
    return (Piece(start=at, end=at, text=text, kinds=()),) if text else ()
