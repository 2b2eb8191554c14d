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
    """Indices of the best tags of one sequence; ties go to the lower index.

    Tag 0 is "outside". A word whose lead for it is larger than all that the moves around it and
    the next word's change from inside to begin could win is outside on the best path too, so
    only the runs between such words are searched.
    """
    if len(scores) == 0:
        return []
    allowed = moves[moves > NEVER / 2]
    turn = 2 * (allowed.max() - allowed.min())
    rest = scores[:, 1:]
    spread = np.append((rest.max(1) - rest.min(1))[1:], np.float32(0))
    open_ = scores[:, 0] - rest.max(1) <= turn + spread
    tags = [0] * len(scores)
    for start, end in _runs(open_):
        own = scores[start : end + 1] if end < len(scores) else scores[start:end]
        from_ = moves if start == 0 else np.concatenate([moves[:-1], moves[:1]])
        best = best_of_many(own[None], from_)[0]
        tags[start:end] = best[: end - start]
    return tags


def _runs(open_: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Half-open ranges of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], open_, [False]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def best_of_many(scores: Scores, moves: Scores) -> list[list[int]]:
    """The best tags of several sequences of one length: axes are sequence, word, tag."""
    count, length, _ = scores.shape
    if length == 0:
        return [[] for _ in range(count)]
    total = scores[:, 0] + moves[-1]
    reach_of = np.ascontiguousarray(moves[:-1].T)[None]
    back: list[NDArray[np.intp]] = []
    for word in range(1, length):
        reach = total[:, None, :] + reach_of
        back.append(reach.argmax(2))
        total = reach.max(2) + scores[:, word]
    paths = [total.argmax(1)]
    rows = np.arange(count)
    for came in reversed(back):
        paths.append(came[rows, paths[-1]])
    made: list[list[int]] = np.stack(paths[::-1], 1).tolist()
    return made


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
