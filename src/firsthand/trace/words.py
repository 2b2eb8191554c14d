"""Words of a text as numbers with offsets: what fingerprints, blocks and alignment compare.

All in columns: a letter looks up its class and a random 64-bit value, a word is the sum of its
letters' values, each times a power of an odd number (a polynomial hash modulo 2**64, mixed).
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
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
_INVERSE: Final = np.uint64(pow(int(MULTIPLIER), -1, 1 << 64))
_KEPT: Final = 1 << 17
"""Tables of powers up to this length, 2 MB, are kept; few texts are longer."""
_ZERO: Final = np.zeros(1, np.int64)

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

    def moved(self, by: int) -> "Words":
        """The same words with so many code points before them."""
        return Words(self.numbers, self.starts + by, self.ends + by)

    def within(self, ranges: Sequence[tuple[int, int]]) -> "Words":
        """The words that start in one of some ranges, which are sorted and do not overlap."""
        bounds = np.searchsorted(self.starts, np.array(ranges, np.int64).reshape(-1, 2)).tolist()
        if len(bounds) == 1:
            low, high = bounds[0]
            return Words(self.numbers[low:high], self.starts[low:high], self.ends[low:high])
        chosen = np.zeros(len(self), bool)
        for low, high in bounds:
            chosen[low:high] = True
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
    codes = _codes(text)
    if not len(codes):
        nothing = np.empty(0, np.int64)
        return Words(nothing, nothing, nothing)
    classes, values = _tables()
    kinds = classes.take(codes)
    unspaced = int(kinds.max()) == _UNSPACED
    inside = kinds != _GAP if unspaced else kinds.view(bool)
    edges = (inside[1:] != inside[:-1]).nonzero()[0]
    edges += 1
    if inside[0] or inside[-1]:
        outer = _ZERO[: int(inside[0])], edges, [len(codes)][: int(inside[-1])]
        edges = np.concatenate(outer).astype(np.int64, copy=False)
    starts, ends = edges[::2].copy(), edges[1::2].copy()
    if unspaced:
        starts, ends = _split_unspaced(inside, kinds == _UNSPACED)
    return Words(_hash_runs(values.take(codes), starts), starts, ends)


def number_runs(numbers: Numbers, lengths: Numbers) -> Numbers:
    """One number for every run of words; the runs follow each other and none is empty."""
    return _hash_runs(numbers.view(np.uint64).copy(), np.cumsum(lengths) - lengths)


def _hash_runs(values: Unsigned, starts: Numbers) -> Numbers:
    """A number for the values from each start to the next; zeros count for nothing."""
    if not len(starts):
        return np.empty(0, np.int64)
    powers, inverses = _powers(_room(len(values)))
    values *= powers[: len(values)]
    runs = np.add.reduceat(values, starts)
    runs *= inverses[starts]
    return mix(runs).view(np.int64)


def _codes(text: str) -> npt.NDArray[np.uint16]:
    """The code points of a text, letters outside the basic plane by one of the private use area.

    The private use area holds 6,400 signs; rare letters share them. Other rare signs are blanks.
    """
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(codes) == len(text):
        return codes
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    rare = np.unique(wide[wide >= _BASIC_PLANE])
    letters = np.array([code for code in rare.tolist() if chr(code).isalnum()], np.uint32)
    basic = np.where(np.isin(wide, letters), 0xE000 + wide % 6400, ord(" "))
    return np.where(wide < _BASIC_PLANE, wide, basic).astype(np.uint16)


def _split_unspaced(
    inside: npt.NDArray[np.bool_], unspaced: npt.NDArray[np.bool_]
) -> tuple[Numbers, Numbers]:
    """Starts and ends of words where each unspaced letter is a word of its own."""
    before = np.concatenate(([False], inside[:-1] & ~unspaced[:-1]))
    starts = inside & (unspaced | ~before)
    after = np.concatenate((starts[1:] | ~inside[1:], [True]))
    return np.flatnonzero(starts), np.flatnonzero(inside & after) + 1


def _room(length: int) -> int:
    """The length rounded up, so that few tables of powers are made."""
    return 1 << max(12, (length - 1).bit_length())


def _powers(length: int) -> tuple[Unsigned, Unsigned]:
    """Powers of the multiplier and of its inverse modulo 2**64."""
    return _kept_powers(length) if length <= _KEPT else _new_powers(length)


def _new_powers(length: int) -> tuple[Unsigned, Unsigned]:
    return _powers_of(MULTIPLIER, length), _powers_of(_INVERSE, length)


@lru_cache(maxsize=8)
def _kept_powers(length: int) -> tuple[Unsigned, Unsigned]:
    return _new_powers(length)


def _powers_of(number: np.uint64, length: int) -> Unsigned:
    powers = np.full(length, number)
    powers[0] = 1
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
    values = mix((lower + np.uint64(1)) * MULTIPLIER)
    values[classes == _GAP] = 0
    return classes, values
