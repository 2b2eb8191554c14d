"""The best sequence of BIO tags under scores per word and weights per pair of tags."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
NEVER = np.float32(-1e4)


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
    return tags_of_many(scores[None], moves)[0]


def tags_of_many(scores: Scores, moves: Scores) -> list[list[int]]:
    """The best tags of several sequences of one length: axes are sequence, word, tag.

    Tag 0 is "outside". A word whose lead for it is larger than all that the moves around it and
    the next word's change from inside to begin could win is outside on the best path too, so
    only the runs between such words are searched, all at once.
    """
    count, length, _ = scores.shape
    tags = [[0] * length for _ in range(count)]
    if length == 0 or count == 0:
        return tags
    allowed = moves[moves > NEVER / 2]
    turn = 2 * (allowed.max() - allowed.min())
    rest = scores[:, :, 1:]
    best = rest.max(2)
    spread = np.zeros_like(best)
    spread[:, :-1] = (best - rest.min(2))[:, 1:]
    open_ = scores[:, :, 0] - best <= turn + spread
    runs = [(n, *run) for n in range(count) for run in _runs(open_[n])]
    if runs:
        for (n, start, end), path in zip(runs, _paths(scores, moves, runs), strict=True):
            tags[n][start:end] = path[: end - start]
    return tags


def _runs(open_: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Half-open ranges of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], open_, [False]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _paths(scores: Scores, moves: Scores, runs: Sequence[tuple[int, int, int]]) -> list[list[int]]:
    """The best tags of runs (sequence, start, end).

    Each is read with the word behind it, if there is one. Shorter runs are filled up in front
    with words that are surely outside and cost nothing, which changes no path.
    """
    ends = [min(end + 1, scores.shape[1]) for _, _, end in runs]
    longest = max(end - start for (_, start, _), end in zip(runs, ends, strict=True))
    table = np.full((len(runs), longest, scores.shape[2]), NEVER, dtype=np.float32)
    table[:, 0, 0] = 0
    table[:, 1:, 0] = -moves[0, 0]
    for row, ((n, start, _), end) in enumerate(zip(runs, ends, strict=True)):
        fill = longest - (end - start)
        table[row, fill:] = scores[n, start:end]
        before = moves[-1] if start == 0 else moves[0]
        table[row, fill] += before - moves[0] if fill else before
    total = table[:, 0]
    reach_of = np.ascontiguousarray(moves[:-1].T)[None]
    back: list[NDArray[np.intp]] = []
    for word in range(1, longest):
        reach = total[:, None, :] + reach_of
        back.append(reach.argmax(2))
        total = reach.max(2) + table[:, word]
    path = total.argmax(1)
    paths, rows = [path], np.arange(len(runs))
    for came in reversed(back):
        path = came[rows, path]
        paths.append(path)
    whole: list[list[int]] = np.stack(paths[::-1], 1).tolist()
    return [
        path[longest - (end - start) :]
        for path, (_, start, _), end in zip(whole, runs, ends, strict=True)
    ]


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
