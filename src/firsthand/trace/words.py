"""Words of a text as numbers with offsets: what fingerprints, blocks and alignment compare.

All in columns: a letter looks up its class and a random 64-bit value, a word is the sum of its
letters' values, each times a power of an odd number (a polynomial hash modulo 2**64, mixed).
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
import xxhash

Numbers = npt.NDArray[np.int64]
Unsigned = npt.NDArray[np.uint64]

MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)
"""Odd constants of SplitMix64 (Steele, Lea, Flood 2014): they spread numbers over 64 bits."""
_SHIFT: Final = np.uint64(31)

_BASIC_PLANE: Final = 0x10000
_POWERS: Final = 64
"""Letters of a word that differ in weight; later ones start over."""

_GAP, _LETTER, _UNSPACED = 0, 1, 2
_UNSPACED_RANGES: Final = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x3400, 0x9FFF),
)
"""Thai, Lao, Burmese, Khmer, Japanese kana and Han: written without blanks between words, so
each of their letters counts as a word."""


def signed(number: int) -> int:
    """An unsigned 64-bit number as the signed one with the same bits."""
    return number - (1 << 64) if number >> 63 else number


def text_number(words: Iterable[str]) -> int:
    """Several words, blind to case, as one signed 64-bit number; 0 stands for no words."""
    joined = "\x1f".join(words).lower().encode("utf-8", "surrogatepass")
    return signed(xxhash.xxh3_64_intdigest(joined)) if joined else 0


def mix(numbers: Unsigned) -> Unsigned:
    """Numbers with every bit of the input spread over the output; works in place."""
    numbers ^= numbers >> _SHIFT
    numbers *= _MIX
    numbers ^= numbers >> _SHIFT
    return numbers


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in reading order: number, first code point, one past the last."""

    numbers: Numbers
    starts: Numbers
    ends: Numbers

    def __len__(self) -> int:
        return len(self.numbers)

    def within(self, ranges: Sequence[tuple[int, int]]) -> "Words":
        """The words that start in one of some ranges, which are sorted and do not overlap."""
        bounds = np.searchsorted(self.starts, np.array(ranges, np.int64).reshape(-1, 2)).tolist()
        if len(bounds) == 1:
            low, high = bounds[0]
            return Words(self.numbers[low:high], self.starts[low:high], self.ends[low:high])
        picked = [np.arange(low, high) for low, high in bounds]
        chosen = np.concatenate(picked) if picked else np.empty(0, np.int64)
        return Words(self.numbers[chosen], self.starts[chosen], self.ends[chosen])


def kept_ranges(start: int, end: int, skips: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of `[start, end)` when the ranges to skip are taken out."""
    kept: list[tuple[int, int]] = []
    at = start
    for skip_start, skip_end in sorted(skips):
        if skip_start > at:
            kept.append((at, min(skip_start, end)))
        at = max(at, skip_end)
        if at >= end:
            break
    if at < end:
        kept.append((at, end))
    return [(low, high) for low, high in kept if low < high]


def words_of(text: str) -> Words:
    """All words of a text: runs of letters, digits, marks and underscores."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if len(codes) and codes.max() >= _BASIC_PLANE:
        codes = np.where(codes < _BASIC_PLANE, codes, _stand_in(codes))
    classes, values = _tables()
    kinds = classes[codes]
    inside = kinds != _GAP
    edges = np.flatnonzero(np.diff(inside, prepend=False, append=False))
    starts, ends = edges[::2], edges[1::2]
    unspaced = kinds == _UNSPACED
    if unspaced.any():
        starts, ends = _split_unspaced(inside, unspaced)
    return Words(_hash_runs(values[codes[inside]], ends - starts), starts, ends)


def number_runs(numbers: Numbers, lengths: Numbers) -> Numbers:
    """One number for every run of words; the runs follow each other and none is empty."""
    return _hash_runs(numbers.view(np.uint64), lengths)


def _hash_runs(values: Unsigned, lengths: Numbers) -> Numbers:
    if not len(lengths):
        return np.empty(0, np.int64)
    firsts = np.cumsum(lengths) - lengths
    places = np.arange(len(values)) - np.repeat(firsts, lengths)
    places &= _POWERS - 1
    weighed = values * _powers()[places]
    return mix(np.add.reduceat(weighed, firsts)).view(np.int64)


def _split_unspaced(
    inside: npt.NDArray[np.bool_], unspaced: npt.NDArray[np.bool_]
) -> tuple[Numbers, Numbers]:
    """Starts and ends of words where each unspaced letter is a word of its own."""
    before = np.concatenate(([False], inside[:-1] & ~unspaced[:-1]))
    starts = inside & (unspaced | ~before)
    after = np.concatenate((starts[1:] | ~inside[1:], [True]))
    return np.flatnonzero(starts), np.flatnonzero(inside & after) + 1


def _stand_in(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """For letters outside the basic plane one of the private use area, for other signs a blank."""
    rare = np.unique(codes[codes >= _BASIC_PLANE])
    letters = [code for code in rare.tolist() if chr(code).isalnum()]
    stand_ins = np.full(len(codes), ord(" "), np.uint32)
    # The private use area holds 6,400 signs; more rare letters than that share them.
    hashed = (0xE000 + codes % 6400).astype(np.uint32)
    is_letter = np.isin(codes, np.array(letters, np.uint32))
    return np.where(is_letter, hashed, stand_ins)


@cache
def _powers() -> Unsigned:
    powers = np.ones(_POWERS, np.uint64)
    powers[1:] = MULTIPLIER
    return np.multiply.accumulate(powers)


@cache
def _tables() -> tuple[npt.NDArray[np.uint8], Unsigned]:
    """Class and value of every letter of the basic plane; capitals have the value of small ones."""
    classes = np.zeros(_BASIC_PLANE, np.uint8)
    lower = np.arange(_BASIC_PLANE, dtype=np.uint64)
    for code in range(_BASIC_PLANE):
        category = unicodedata.category(chr(code))
        if category[0] in "LN" or category in ("Mn", "Mc", "Pc", "Co"):
            classes[code] = _LETTER
        if category in ("Lu", "Lt"):
            small = chr(code).lower()
            lower[code] = ord(small) if len(small) == 1 else code
    for low, high in _UNSPACED_RANGES:
        block = classes[low : high + 1]
        block[block == _LETTER] = _UNSPACED
    return classes, mix((lower + np.uint64(1)) * MULTIPLIER)
