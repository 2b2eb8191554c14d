"""What every record is: frozen, typed, keyword-only, encodable without code of its own."""

from typing import ClassVar, Protocol

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A row of a table that passes between stages; its table is named after its class.

    The garbage collector passes it over: frozen values hold no circles, and a pile has millions.
    """

    in_columns: ClassVar[bool] = False
    """Whether SQL reads fields that hold values inside values, so that they are columns too."""
    asked_for: ClassVar[frozenset[str] | None] = None
    """The fields that SQL reads of a row that is kept whole; None where it may read all plain ones."""


class Part(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A value inside a record, never a row of its own."""


class Range(Part, frozen=True, kw_only=True):
    """Half-open `[start, end)` in Unicode code points of `page.text`."""

    start: int
    end: int


class Span(Part, frozen=True, kw_only=True):
    """A range with its words: `text == page.text[start:end]`."""

    start: int
    end: int
    text: str


class Located(Protocol):
    """Anything with half-open offsets into a page's text."""

    @property
    def start(self) -> int:
        """First code point."""

    @property
    def end(self) -> int:
        """One past the last code point."""


def span_of(text: str, start: int, end: int) -> Span:
    """The span `[start, end)` of a page's text, which must lie inside it."""
    if not 0 <= start <= end <= len(text):
        message = f"span [{start}, {end}) lies outside a text of {len(text)} code points"
        raise ValueError(message)
    return Span(start=start, end=end, text=text[start:end])


def overlaps(one: Located, other: Located) -> bool:
    """Whether two ranges share at least one code point."""
    return one.start < other.end and other.start < one.end
