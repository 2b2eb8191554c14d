"""BIO decoding: the scheme is kept, and learnt weights can outvote a single word."""

import itertools

import numpy as np
import pytest

from firsthand.nlp.viterbi import Scores, best_tags, spans, tags_of_all, weights

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


def exhaustive(scores: Scores, moves: Scores) -> list[int]:
    """The best of all sequences, looked at one by one."""
    ways = itertools.product(range(scores.shape[1]), repeat=len(scores))

    def total(way: tuple[int, ...]) -> float:
        before = (-1, *way)
        return float(sum(moves[before[i], tag] + scores[i, tag] for i, tag in enumerate(way)))

    return list(max(ways, key=total))


@pytest.mark.parametrize("seed", range(30))
def test_no_sequence_is_better(seed: int) -> None:
    rng = np.random.default_rng(seed)
    moves = weights(TAGS, rng.normal(size=(6, 5)).astype(np.float32))
    scores = rng.normal(size=(3, 6, 5)).astype(np.float32) * 3
    scores[rng.random((3, 6)) < 0.5, 0] += 40
    expected = [exhaustive(one, moves) for one in scores]
    assert tags_of_all(list(scores), moves) == expected
    assert [best_tags(one, moves) for one in scores] == expected


def test_what_is_decoded_together_changes_nothing() -> None:
    rng = np.random.default_rng(4)
    moves = weights(TAGS, rng.normal(size=(6, 5)).astype(np.float32))
    tables = [rng.normal(size=(n, 5)).astype(np.float32) * 3 for n in (7, 0, 1, 40, 0, 3, 12)]
    for table in tables:
        table[rng.random(len(table)) < 0.4, 0] += 40
    alone = [best_tags(table, moves) for table in tables]
    assert tags_of_all(tables, moves) == alone
    assert tags_of_all(tables[::-1], moves) == alone[::-1]
    assert [len(tags) for tags in alone] == [7, 0, 1, 40, 0, 3, 12]
