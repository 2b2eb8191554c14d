"""BIO decoding: the scheme is kept, and learnt weights can outvote a single word."""

import numpy as np
import pytest

from firsthand.nlp.viterbi import best_of_many, best_tags, spans, weights

TAGS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG")
FREE = np.zeros((6, 5), dtype=np.float32)


@pytest.mark.parametrize("seed", range(20))
def test_an_inside_tag_follows_its_own_kind(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(12, 5)).astype(np.float32)
    tags = [TAGS[i] for i in best_tags(scores, weights(TAGS, FREE))]
    for before, tag in zip(["START", *tags], tags, strict=False):
        assert not tag.startswith("I") or before[1:] == tag[1:]


def test_learnt_weights_hold_a_span_together() -> None:
    moves = FREE.copy()
    moves[2, 2] = 2.0
    scores = np.array([[0, 3, 0, 0, 0], [0, 0, 2, 0, 0], [1, 0, 0.5, 0, 0]], dtype=np.float32)
    assert best_tags(scores, weights(TAGS, FREE)) == [1, 2, 0]
    assert best_tags(scores, weights(TAGS, moves)) == [1, 2, 2]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ([], []),
        (["O", "B-PER", "I-PER", "O"], [(1, 3, "PER")]),
        (["B-PER", "B-PER"], [(0, 1, "PER"), (1, 2, "PER")]),
        (["B", "I", "O", "B"], [(0, 2, ""), (3, 4, "")]),
    ],
)
def test_spans(tags: list[str], expected: list[tuple[int, int, str]]) -> None:
    assert spans(tags) == expected


def test_nothing_decodes_to_nothing() -> None:
    assert best_tags(np.zeros((0, 5), dtype=np.float32), FREE) == []


@pytest.mark.parametrize("seed", range(30))
def test_skipping_sure_words_changes_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    moves = weights(TAGS, rng.normal(size=(6, 5)).astype(np.float32))
    scores = rng.normal(size=(25, 5)).astype(np.float32) * 3
    scores[rng.random(25) < 0.6, 0] += 40
    assert best_tags(scores, moves) == best_of_many(scores[None], moves)[0]
