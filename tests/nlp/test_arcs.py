"""Trees: one root, no cycle, and the best total on small tables."""

from itertools import product

import numpy as np
import pytest

from firsthand.nlp.arcs import best_heads


def is_tree(heads: list[int]) -> bool:
    if heads.count(0) != 1:
        return False
    for start in range(1, len(heads) + 1):
        node, steps = start, 0
        while node and steps <= len(heads):
            node, steps = heads[node - 1], steps + 1
        if node:
            return False
    return True


@pytest.mark.parametrize("seed", range(40))
def test_best_tree_beats_every_other_tree_with_its_root(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(4, 5)).astype(np.float32)
    heads = best_heads(scores)
    total = sum(scores[i, h] for i, h in enumerate(heads))
    root = int(scores[:, 0].argmax())
    rivals = [
        sum(scores[i, h] for i, h in enumerate(other))
        for other in product(range(5), repeat=4)
        if is_tree(list(other)) and other[root] == 0
    ]
    assert is_tree(heads)
    assert total == pytest.approx(max(rivals), abs=1e-4)


@pytest.mark.parametrize("count", [0, 1, 2, 60])
def test_trees_of_any_size_have_one_root(count: int) -> None:
    scores = np.random.default_rng(count).normal(size=(count, count + 1)).astype(np.float32)
    heads = best_heads(scores)
    assert len(heads) == count
    assert not heads or is_tree(heads)


def test_equal_scores_still_give_a_tree() -> None:
    assert is_tree(best_heads(np.zeros((30, 31), dtype=np.float32)))
