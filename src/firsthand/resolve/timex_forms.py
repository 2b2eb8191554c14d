"""What rules of time hand to each other: the parts of an expression, its context, its meaning."""

from collections.abc import Callable
from datetime import date
from typing import Final, Literal

import msgspec

from firsthand.resolve.intervals import Interval

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Basis = Literal["absolute", "anchored", "as_of", "unresolved"]
Direction = Literal["past", "future", ""]

NO_ANCHOR: Final = "counts from a day that the text does not give; no date is known for it"
NO_REFERENCE: Final = "points back to a time that was not found before it"
FROM_EVENT: Final = "counts from an event, not from the calendar"
BEFORE_CALENDAR: Final = "before the year 1 of the calendar used here"
A_LENGTH: Final = "a length of time without a stated start or end"
A_SET: Final = "a recurring time, not one stretch of the calendar"


class Piece(msgspec.Struct, frozen=True, gc=False):
    """One token of an expression: its class letter, value and word."""

    cls: str
    value: str | float | None
    word: str


class Parts(msgspec.Struct, frozen=True):
    """The tokens of one expression, asked for by class."""

    pieces: tuple[Piece, ...]

    def has(self, classes: str) -> bool:
        """Whether any token is of one of these classes."""
        return any(piece.cls in classes for piece in self.pieces)

    def number(self, classes: str) -> int | None:
        """The first number of these classes as a whole number."""
        value = next((piece.value for piece in self.pieces if piece.cls in classes), None)
        return int(value) if isinstance(value, float) else None

    def numbers(self, classes: str) -> list[int]:
        """All whole numbers of these classes, in order."""
        return [
            int(piece.value)
            for piece in self.pieces
            if piece.cls in classes and isinstance(piece.value, float)
        ]

    def code(self, classes: str) -> str:
        """The first code (unit, season, part of the day …) of these classes, or ""."""
        value = next((piece.value for piece in self.pieces if piece.cls in classes), None)
        return value if isinstance(value, str) else ""

    def word(self, classes: str) -> str:
        """The first word of these classes, or ""."""
        return next((piece.word for piece in self.pieces if piece.cls in classes), "")

    def after(self, classes: str) -> "Parts":
        """The parts that follow the first token of these classes."""
        for index, piece in enumerate(self.pieces):
            if piece.cls in classes:
                return Parts(self.pieces[index + 1 :])
        return Parts(())


class Context(msgspec.Struct, frozen=True):
    """What a rule may know beside the words: anchor day, last time mentioned, cue, direction."""

    anchor: date | None
    reference: Interval | None = None
    cue: str = ""
    direction: Direction = ""
    perfect: bool = False
    general: bool = False
    story: bool = True
    """Whether a time long ago may lend its year to what follows it."""
    year: int | None = None
    """A year that the other end of the same range states."""
    month: int | None = None


class Meaning(msgspec.Struct, frozen=True):
    """What an expression stands for; `interval` is None where it cannot be resolved."""

    value: str
    interval: Interval | None = None
    basis: Basis = "unresolved"
    reason: str | None = None
    approximate: bool = False
    type: TimexType | None = None
    """Where it differs from the type of the rule."""
    anchor: date | None = None
    """The day it was counted from, where that is not the context's anchor."""


Form = Callable[[Parts, Context], Meaning]


def absolute(interval: Interval | None, value: str, problem: str = "") -> Meaning:
    """A meaning read from the words alone; None means that the calendar has no such time."""
    if interval is None:
        return Meaning(value, reason=problem or f"the calendar has no {value}")
    return Meaning(value, interval, "absolute")


def anchored(interval: Interval | None, value: str) -> Meaning:
    """A meaning counted from the anchor."""
    if interval is None:
        return Meaning(value, reason="counted from its anchor it falls outside the calendar")
    return Meaning(value, interval, "anchored")


def unresolved(value: str, reason: str) -> Meaning:
    """A meaning without an interval, and why."""
    return Meaning(value, reason=reason)
