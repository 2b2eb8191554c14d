"""Marks: a claim's words, names, places and figures as sets of bits, and the rest a glance takes in.

Most pairs of claims that share a key are set aside by these alone, so that they are kept in
plain columns and an update reads no more of a claim that comes to nothing.
"""

from collections.abc import Iterable
from functools import lru_cache
from struct import unpack
from typing import Final, NamedTuple, TypeAlias

from firsthand.link.boxes import box_of
from firsthand.link.hashing import hashed
from firsthand.link.views import View
from firsthand.model.linking import ClaimFacts

BIT: Final = 64
WORD_BITS: Final = 256
"""A claim has seldom more than twenty words: few of them share a bit."""
STORY_BITS: Final = 128
"""Of the sixteen words of an article."""
NAMED, PLACES, KINDS, VALUES, FLAGS, BOX, REACH, SIZE, STORY_SIZE, FIRST_WORDS = range(10)
"""Where in the marks each set stands; the last are the claim's words and the article's."""
FIRST_STORY: Final = FIRST_WORDS + WORD_BITS // BIT
COUNT: Final = FIRST_STORY + STORY_BITS // BIT
DOERS, PLACED, INHERITED, TIMED, MAIN = 1, 2, 4, 8, 16
"""Flags: whether it names who did it, has a place, has it only from the text around it, whether
its own words give a time, and whether it leads what its article tells most of."""


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
    flags |= INHERITED * view.inherited | TIMED * view.timed | MAIN * view.main
    return (
        _named(view.named),
        _named(key for spot in view.spots for key in (spot.key, spot.words)),
        _named(kind for kind, _ in view.figures),
        _named(f"{kind} {_plain(q.value)}" for kind, q in view.figures),
        flags,
        *box_of(view.spots),
        len(view.words),
        len(view.story),
        *_spread(view.words, WORD_BITS),
        *_spread_story(view.story),
    )


def _plain(value: float | None) -> float | None:
    """Equal values alike, whether they were written whole or not."""
    return None if value is None else float(value)


def _named(names: Iterable[str]) -> int:
    found = 0
    for name in names:
        found |= _bit_of(name)
    return found - (1 << BIT) if found >> (BIT - 1) else found


@lru_cache(maxsize=65_536)
def _bit_of(name: str) -> int:
    return 1 << hashed("mark", name) % BIT


def _spread(words: Iterable[int], width: int) -> tuple[int, ...]:
    found = 0
    for word in words:
        found |= 1 << word % width
    return unpack(f"<{width // BIT}q", found.to_bytes(width // 8, "little"))


@lru_cache(maxsize=256)
def _spread_story(words: frozenset[int]) -> tuple[int, ...]:
    """The same for every claim of an article."""
    return _spread(words, STORY_BITS)
