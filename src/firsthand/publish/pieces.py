"""Cuts page text into pieces by overlapping marks, so that every code point is shown once."""

import itertools
from collections.abc import Iterable, Sequence

from firsthand.model.record import Part


class Mark(Part, frozen=True, kw_only=True):
    """A stretch of page text to be shown in some way."""

    start: int
    end: int
    kind: str
    """who, what, num, when, loaded, altered, conflict, shared, copy, quotation, furniture, …"""
    note: str | None = None
    """A short label shown where the mark ends ("3", "A1")."""
    target: str | None = None
    """Id of the record that the note leads to."""
    title: str | None = None


class Note(Part, frozen=True, kw_only=True):
    """A label that stands after a piece."""

    label: str
    target: str | None
    title: str | None
    kind: str


class Piece(Part, frozen=True, kw_only=True):
    """Page text `[start, end)` under the same marks throughout."""

    start: int
    end: int
    text: str
    kinds: tuple[str, ...]
    notes: tuple[Note, ...] = ()


def cut(text: str, start: int, end: int, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """`text[start:end]` in order, cut wherever a mark begins or ends; nothing is left out."""
    inside = [mark for mark in marks if mark.start < end and start < mark.end]
    edges = {start, end}
    for mark in inside:
        edges |= {max(mark.start, start), min(mark.end, end)}
    order = sorted(edges)
    return tuple(_piece(text, one, other, inside) for one, other in itertools.pairwise(order))


def _piece(text: str, start: int, end: int, marks: Sequence[Mark]) -> Piece:
    over = [mark for mark in marks if mark.start <= start and end <= mark.end]
    ending = [mark for mark in over if mark.end == end and mark.note]
    return Piece(
        start=start,
        end=end,
        text=text[start:end],
        kinds=tuple(sorted({mark.kind for mark in over})),
        notes=tuple(
            Note(label=mark.note or "", target=mark.target, title=mark.title, kind=mark.kind)
            for mark in sorted(ending, key=lambda mark: (mark.start, mark.note or ""))
        ),
    )


def lines(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The non-blank lines inside `[start, end)`, without the white space around them."""
    found: list[tuple[int, int]] = []
    at = start
    for raw in text[start:end].splitlines(keepends=True):
        words = raw.strip()
        if words:
            first = at + raw.index(words[0])
            found.append((first, first + len(words)))
        at += len(raw)
    return tuple(found)
