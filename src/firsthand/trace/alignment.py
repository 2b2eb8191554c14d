"""Alignment of two texts to the word: equal runs, joined over light edits into passages."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from firsthand.trace.fingerprints import first_places, shingle_hashes
from firsthand.trace.words import Numbers, Words

SEED_WORDS: Final = 5
"""Equal words that start a run; chance agreement of five words is common only in set phrases."""
MIN_SEEDS: Final = 4
"""Seeds two texts must share: two runs of six words, the least that make a passage, hold four."""
CHAIN_GAP: Final = 30
"""Words that may be missing between two runs of one chain: a dropped or added sentence."""
JOIN_GAP: Final = 2
"""Words that may differ inside one passage: a typo, a number, a swapped word."""
TAIL_WORDS: Final = 3
"""Equal words after a light edit that carry a passage over it at its ends."""
PIECE_WORDS: Final = 5
"""A chain is evidence as a whole; its pieces may be this short."""
CLOSE_WORDS: Final = 40
"""Texts that share this many words are known to be related: shorter chains count too."""
CLOSE_MIN: Final = 8
MOST_RUNS: Final = 4_000
"""Runs that are looked at in one pair, longest first: bounds texts that repeat themselves."""


@dataclass(frozen=True, slots=True)
class Text:
    """The words of a document that are compared, with its short word sequences sorted."""

    words: Words
    breaks: tuple[int, ...]
    """Indexes of words before which furniture was left out."""
    keys: Numbers
    """Its short word sequences, sorted, each once."""
    places: Numbers
    """The first place of each of them."""
    listed: list[int]
    """The numbers of its words once more: single ones are read quicker from a list."""


class Match(NamedTuple):
    """Words `[a_first, a_last)` of one text and `[b_first, b_last)` of the other, in order."""

    a_first: int
    a_last: int
    b_first: int
    b_last: int
    shared: int
    """Equal words in it."""


def text_to_align(words: Words, breaks: Sequence[int] = ()) -> Text:
    """A document made ready for alignment with any number of others."""
    shingles = shingle_hashes(words.numbers, SEED_WORDS)
    keys, places = first_places(shingles)
    return Text(words, tuple(breaks), keys, places, words.numbers.tolist())


def align(a: Text, b: Text, min_words: int) -> list[Match]:
    """The passages two texts share, in the order of the first; none twice in the second."""
    sized = [(_shared(chain), chain) for chain in _chains(_runs(a, b))]
    total = sum([shared for shared, _ in sized if shared >= min_words])
    least = CLOSE_MIN if total >= CLOSE_WORDS else min_words
    found = [chain for shared, chain in sized if shared >= least]
    if not total:
        return []
    first, second = a.listed, b.listed
    matches = [
        _extended(match, first, second)
        for chain in _without_repeats(found)
        for match in _joined(chain, first, second)
    ]
    matches = _clear_overlaps(sorted(matches, key=lambda m: (m.a_first, m.b_first)))
    if a.breaks or b.breaks:
        matches = [piece for match in matches for piece in _cut(match, a.breaks, b.breaks)]
    return matches


def _runs(a: Text, b: Text) -> list[Match]:
    """Maximal runs of equal words, by the first place that each short sequence has in both."""
    if len(a.keys) > len(b.keys):
        at = a.keys.searchsorted(b.keys)
        common = a.keys.take(at, mode="clip") == b.keys
        i, j = a.places.take(at[common]), b.places[common]
    else:
        at = b.keys.searchsorted(a.keys)
        common = b.keys.take(at, mode="clip") == a.keys
        i, j = a.places[common], b.places.take(at[common])
    if len(i) < MIN_SEEDS:
        return []
    order = i.argsort(kind="stable")
    i, j = i[order], j[order]
    new = np.flatnonzero((i[1:] - i[:-1] != 1) | (j[1:] - j[:-1] != 1)) + 1
    bounds = [0, *new.tolist(), len(i)]
    lengths = [high - low + SEED_WORDS - 1 for low, high in pairwise(bounds)]
    firsts = bounds[:-1]
    if len(firsts) > MOST_RUNS:
        longest = sorted(range(len(firsts)), key=lambda at: -lengths[at])
        kept = sorted(longest[:MOST_RUNS])
        firsts, lengths = [firsts[at] for at in kept], [lengths[at] for at in kept]
    starts, others = i[firsts].tolist(), j[firsts].tolist()
    return [
        Match(ai, ai + n, bj, bj + n, n) for ai, bj, n in zip(starts, others, lengths, strict=True)
    ]


def _chains(runs: Sequence[Match]) -> list[list[Match]]:
    """Runs that follow each other in both texts with little between them."""
    chains: list[list[Match]] = []
    for run in runs:
        for chain in reversed(chains[-4:]):
            trimmed = _after(chain[-1], run)
            if trimmed is not None:
                chain.append(trimmed)
                break
        else:
            chains.append([run])
    return chains


def _after(last: Match, run: Match) -> Match | None:
    """The run less what overlaps the end of a chain; None where it does not continue it."""
    over = max(last.a_last - run.a_first, last.b_last - run.b_first, 0)
    near = run.a_first - last.a_last <= CHAIN_GAP and run.b_first - last.b_last <= CHAIN_GAP
    if not near or over >= SEED_WORDS or over >= run.shared:
        return None
    return Match(run.a_first + over, run.a_last, run.b_first + over, run.b_last, run.shared - over)


def _shared(chain: Sequence[Match]) -> int:
    return sum([run.shared for run in chain])


def _without_repeats(chains: list[list[Match]]) -> list[list[Match]]:
    """Chains less those whose words in the second text larger chains have taken for the most."""
    if len(chains) == 1:
        return chains
    ranked = sorted(chains, key=lambda chain: (-_shared(chain), chain[0].a_first))
    taken = np.zeros(max(chain[-1].b_last for chain in chains), bool)
    kept = []
    for chain in ranked:
        low, high = chain[0].b_first, chain[-1].b_last
        if int(taken[low:high].sum()) * 2 <= high - low:
            taken[low:high] = True
            kept.append(chain)
    return kept


def _joined(chain: Sequence[Match], first: list[int], second: list[int]) -> list[Match]:
    """A chain as passages: runs a few words apart are one, pieces of a few words are left out."""
    joined = [chain[0]]
    for run in chain[1:]:
        last = joined[-1]
        skipped = run.a_first - last.a_last, run.b_first - last.b_last
        # What repeats itself leaves holes in runs that are equal on both sides.
        hole = (
            skipped[0] == skipped[1]
            and first[last.a_last : run.a_first] == second[last.b_last : run.b_first]
        )
        if hole or max(skipped) <= JOIN_GAP:
            joined[-1] = Match(
                last.a_first,
                run.a_last,
                last.b_first,
                run.b_last,
                last.shared + run.shared + hole * skipped[0],
            )
        else:
            joined.append(run)
    return [match for match in joined if match.shared >= PIECE_WORDS] or [
        max(joined, key=lambda match: match.shared)
    ]


def _extended(match: Match, a: list[int], b: list[int]) -> Match:
    """A passage carried on over a light edit near its ends, where equal words follow it."""
    a_first, a_last, b_first, b_last, shared = match
    right_a, right_b, gained = _carry(a[a_last : a_last + _REACH], b[b_last : b_last + _REACH])
    before_a, before_b = (
        a[max(0, a_first - _REACH) : a_first],
        b[max(0, b_first - _REACH) : b_first],
    )
    left_a, left_b, more = _carry(before_a[::-1], before_b[::-1])
    return Match(
        a_first - left_a,
        a_last + right_a,
        b_first - left_b,
        b_last + right_b,
        shared + gained + more,
    )


_REACH: Final = 12
_EDITS: Final = ((1, 1), (0, 1), (1, 0), (2, 1), (1, 2), (2, 2))
"""Words skipped on either side, fewest first."""


def _carry(first: list[int], second: list[int]) -> tuple[int, int, int]:
    """How far equal words go on after at most one light edit: words of each side, and equal ones."""
    if not first or not second:
        return 0, 0, 0
    if first[0] == second[0]:
        equal = _equal(first, second)
        return equal, equal, equal
    for skip_a, skip_b in _EDITS:
        # Most edits fail at the first word: nothing is cut out for those.
        if first[skip_a : skip_a + 1] == second[skip_b : skip_b + 1]:
            equal = _equal(first[skip_a:], second[skip_b:])
            if equal >= TAIL_WORDS:
                return skip_a + equal, skip_b + equal, equal
    return 0, 0, 0


def _equal(first: list[int], second: list[int]) -> int:
    """Words at the beginning of two lists that are equal."""
    equal = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        equal += 1
    return equal


def _clear_overlaps(matches: list[Match]) -> list[Match]:
    """Passages cut so that no word of the first text is in two; neighbours may touch."""
    clear: list[Match] = []
    for match in matches:
        over = max(0, clear[-1].a_last - match.a_first) if clear else 0
        if over == 0:
            clear.append(match)
        elif match.a_last - match.a_first - over >= PIECE_WORDS:
            first = min(match.b_first + over, match.b_last)
            clear.append(
                Match(match.a_first + over, match.a_last, first, match.b_last, match.shared - over)
            )
    return [match for match in clear if match.b_first < match.b_last and match.shared > 0]


def _cut(match: Match, a_breaks: Sequence[int], b_breaks: Sequence[int]) -> list[Match]:
    """A passage cut where furniture stands in it, on either side."""
    offset = match.b_first - match.a_first
    cuts = {at for at in a_breaks if match.a_first < at < match.a_last}
    cuts |= {at - offset for at in b_breaks if match.b_first < at < match.b_last}
    bounds = [match.a_first, *sorted(at for at in cuts if at < match.a_last), match.a_last]
    lost = (match.a_last - match.a_first) - match.shared
    pieces = []
    for low, high in pairwise(bounds):
        b_high = match.b_last if high == match.a_last else min(high + offset, match.b_last)
        b_low = min(low + offset, b_high)
        if high - low >= PIECE_WORDS and b_low < b_high:
            pieces.append(Match(low, high, b_low, b_high, max(1, high - low - max(0, lost))))
    return pieces
