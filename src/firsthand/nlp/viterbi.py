"""The best sequence of BIO tags under scores per word and weights per pair of tags."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
NEVER = np.float32(-1e4)
Run = tuple[int, int, int, bool]
"""First word, one past the last, one past the last that is read with them, and whether a sequence
begins here."""


def weights(tags: Sequence[str], bigrams: Scores) -> Scores:
    """Weight of each tag after each; row `len(tags)` is the start. `I-X` follows `B-X` or `I-X`.

    `bigrams` holds learnt weights of the same shape, added to what the scheme allows.
    """
    made = bigrams.astype(np.float32).copy()
    for column, tag in enumerate(tags):
        if tag.startswith("I"):
            kind = tag[1:]
            for row, before in enumerate([*tags, "START"]):
                if before not in ("B" + kind, "I" + kind):
                    made[row, column] = NEVER
    return made


def best_tags(scores: Scores, moves: Scores) -> list[int]:
    """Indices of the best tags of one sequence; ties go to the lower index."""
    return tags_of_all([scores], moves)[0]


def tags_of_all(tables: Sequence[Scores], moves: Scores) -> list[list[int]]:
    """The best tags of several sequences of any lengths, each a table of words and tags.

    Tag 0 is "outside". A word whose lead for it is larger than all that the moves around it and
    the next word's change from inside to begin could win is outside on the best path too, so
    only the runs between such words are searched, all at once. Which sequences are decoded
    together changes nothing.
    """
    kept = [table for table in tables if len(table)]
    if not kept:
        return [[] for _ in tables]
    flat = np.concatenate(kept)
    lasts = np.cumsum([len(table) for table in kept]) - 1
    tags = [0] * len(flat)
    runs = _runs(_open(flat, moves, lasts), lasts)
    if runs:
        for (start, end, _, _), path in zip(runs, _paths(flat, moves, runs), strict=True):
            tags[start:end] = path[: end - start]
    ends = np.cumsum([len(table) for table in tables]).tolist()
    return [tags[end - len(table) : end] for table, end in zip(tables, ends, strict=True)]


def _open(flat: Scores, moves: Scores, lasts: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which words are not surely outside."""
    allowed = moves[moves > NEVER / 2]
    turn = 2 * (allowed.max() - allowed.min())
    rest = flat[:, 1:]
    best = rest.max(1)
    spread = np.zeros_like(best)
    spread[:-1] = (best - rest.min(1))[1:]
    spread[lasts] = 0
    made: NDArray[np.bool_] = flat[:, 0] - best <= turn + spread
    return made


def _runs(open_: NDArray[np.bool_], lasts: NDArray[np.intp]) -> list[Run]:
    """The runs of words that are not surely outside; none goes over the end of a sequence."""
    first, last = np.zeros_like(open_), np.zeros_like(open_)
    first[0] = last[-1] = True
    first[lasts[:-1] + 1] = last[lasts] = True
    shut = ~open_
    starts = np.flatnonzero(open_ & (first | np.roll(shut, 1)))
    ends = np.flatnonzero(open_ & (last | np.roll(shut, -1)))
    reach = np.where(last[ends], ends + 1, ends + 2)
    table = zip(starts, ends + 1, reach, first[starts], strict=True)
    return [(int(a), int(b), int(c), bool(d)) for a, b, c, d in table]


def _paths(flat: Scores, moves: Scores, runs: Sequence[Run]) -> list[list[int]]:
    """The best tags of runs, each read with the word behind it, if there is one.

    All runs end at the same step; the longest begins first, and shorter ones join it.
    """
    order = sorted(range(len(runs)), key=lambda r: runs[r][0] - runs[r][2])
    starts = np.array([runs[r][0] for r in order])
    ends = np.array([runs[r][2] for r in order])
    opening = np.where([runs[r][3] for r in order], len(moves) - 1, 0)
    longest = int(ends[0] - starts[0])
    joined = np.searchsorted(starts - ends, np.arange(-longest, 0), side="right").tolist()
    reach_of = np.ascontiguousarray(moves[:-1].T)[None]
    back: list[NDArray[np.intp]] = []
    total = np.zeros((0, flat.shape[1]), dtype=np.float32)
    for step, count in enumerate(joined):
        here = flat[ends[:count] - (longest - step)]
        before = len(total)
        if before:
            reach = total[:, None, :] + reach_of
            back.append(reach.argmax(2))
            total = reach.max(2) + here[:before]
        if count > before:
            total = np.concatenate([total, here[before:] + moves[opening[before:count]]])
    path = total.argmax(1)
    whole = [path]
    for came in reversed(back):
        path = came[np.arange(len(came)), path[: len(came)]]
        whole.append(path)
    found: list[list[int]] = [[] for _ in runs]
    for row, number in enumerate(order):
        length = runs[number][2] - runs[number][0]
        found[number] = [int(path[row]) for path in reversed(whole[:length])]
    return found


def spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Half-open word ranges of a BIO sequence with their types ("" where tags are bare B and I)."""
    found: list[tuple[int, int, str]] = []
    start = None
    for i, tag in enumerate([*tags, "O"]):
        if not tag.startswith("I") and start is not None:
            found.append((start, i, tags[start][2:]))
            start = None
        if tag.startswith("B"):
            start = i
    return found
