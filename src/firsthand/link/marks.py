"""Marks: a claim's words, names, places and figures as sets of bits, and the rest a glance takes in.

Most pairs of claims that share a key are set aside by these alone, so that they are kept in
plain columns and an update reads no more of a claim that comes to nothing.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple, TypeAlias

from firsthand.link.hashing import hashed
from firsthand.link.views import View
from firsthand.model.linking import ClaimFacts

BIT: Final = 64
WORD_BITS: Final = 256
"""A claim has seldom more than twenty words: few of them share a bit."""
STORY_BITS: Final = 128
"""Of the sixteen words of an article."""
NAMED, PLACES, KINDS, VALUES, FLAGS, SIZE, STORY_SIZE, FIRST_WORDS = range(8)
"""Where in the marks each set stands; the last are the claim's words and the article's."""
FIRST_STORY: Final = FIRST_WORDS + WORD_BITS // BIT
COUNT: Final = FIRST_STORY + STORY_BITS // BIT
DOERS, PLACED, INHERITED, TIMED = 1, 2, 4, 8
"""Flags: whether it names who did it, has a place, has it only from the text around it, and
whether its own words give a time."""


class Glance(NamedTuple):
    """The columns of a claim's facts by which pairs are set aside."""

    claim_id: str
    page_id: str
    document_id: str
    outlet: str
    sentence: int
    start: int
    end: int
    title: bool
    incident: str | None
    earliest: int | None
    latest: int | None
    published: str | None
    type: str
    modality: str
    kin: str | None
    in_event: bool
    denies: str | None
    origin_key: str
    marks: tuple[int, ...]


Looked: TypeAlias = Glance | ClaimFacts
"""What a glance at a claim takes in."""


def marks_of(view: View) -> tuple[int, ...]:
    """The marks of a claim as it is compared, as signed numbers of 64 bits."""
    flags = DOERS * bool(view.doers) | PLACED * bool(view.spots)
    flags |= INHERITED * view.inherited | TIMED * view.timed
    places = {key for spot in view.spots for key in (spot.key, spot.words)}
    return (
        *_named(view.named),
        *_named(places),
        *_named({kind for kind, _ in view.figures}),
        *_named({f"{kind} {_plain(q.value)}" for kind, q in view.figures}),
        flags,
        len(view.words),
        len(view.story),
        *_bits((word % WORD_BITS for word in view.words), WORD_BITS),
        *_bits((word % STORY_BITS for word in view.story), STORY_BITS),
    )


def _plain(value: float | None) -> float | None:
    """Equal values alike, whether they were written whole or not."""
    return None if value is None else float(value)


def _named(names: Iterable[str]) -> list[int]:
    return _bits((hashed("mark", name) % BIT for name in names), BIT)


def _bits(at: Iterable[int], width: int) -> list[int]:
    found = 0
    for bit in at:
        found |= 1 << bit
    return [_signed(found >> begin & (1 << BIT) - 1) for begin in range(0, width, BIT)]


def _signed(bits: int) -> int:
    return bits - (1 << BIT) if bits >> (BIT - 1) else bits
