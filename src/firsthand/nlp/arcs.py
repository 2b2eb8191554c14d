"""The best tree over the words of a sentence, from scores of each word with each head."""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
NEVER = np.float32(-1e5)


def best_heads(scores: Scores) -> list[int]:
    """Each word's head: 0 is the root, k the k-th word. Exactly one word hangs from the root.

    `scores[i, h]` is how well head `h` fits word `i + 1`. Chu and Liu (1965), Edmonds (1967).
    """
    count = len(scores)
    if count == 0:
        return []
    table = np.full((count + 1, count + 1), NEVER, dtype=np.float32)
    table[1:] = scores
    np.fill_diagonal(table, NEVER)
    first = int(table[1:, 0].argmax()) + 1
    table[1:, 0] = NEVER
    table[first, :] = NEVER
    table[first, 0] = 0
    return [int(h) for h in _tree(table)[1:]]


def _tree(table: Scores) -> NDArray[np.intp]:
    """Heads of the best arborescence; the head of node 0 has no meaning.

    Works with a list of contractions instead of recursion, so that depth is no matter.
    """
    steps: list[tuple[Scores, list[int], NDArray[np.intp]]] = []
    while True:
        heads: NDArray[np.intp] = table.argmax(1)
        heads[0] = 0
        cycle = _cycle(heads)
        if not cycle:
            break
        steps.append((table, cycle, heads))
        table = _contracted(table, cycle, heads)
    for before, cycle, old in reversed(steps):
        heads = _expanded(before, cycle, old, heads)
    return heads


def _cycle(heads: NDArray[np.intp]) -> list[int]:
    """The nodes of some cycle, or none."""
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node) :]
        for done in path:
            state[done] = 2
    return []


def _kept(count: int, cycle: list[int]) -> list[int]:
    inside = set(cycle)
    return [node for node in range(count) if node not in inside]


def _contracted(table: Scores, cycle: list[int], heads: NDArray[np.intp]) -> Scores:
    """The table with the cycle as one node, which comes last."""
    kept = _kept(len(table), cycle)
    size = len(kept)
    small = np.full((size + 1, size + 1), NEVER, dtype=np.float32)
    small[:size, :size] = table[np.ix_(kept, kept)]
    small[:size, size] = table[np.ix_(kept, cycle)].max(1)
    small[size, :size] = _gains(table, kept, cycle, heads).max(0)
    small[0, :] = NEVER
    return small


def _gains(table: Scores, kept: list[int], cycle: list[int], heads: NDArray[np.intp]) -> Scores:
    """What entering the cycle at each of its nodes from each kept node wins or loses."""
    inner = table[cycle, heads[cycle]]
    gains: Scores = table[np.ix_(cycle, kept)] - inner[:, None]
    return gains


def _expanded(
    table: Scores, cycle: list[int], old: NDArray[np.intp], heads: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Heads over the table before a contraction, from those after it."""
    kept = _kept(len(table), cycle)
    size = len(kept)
    whole = old.copy()
    for i, node in enumerate(kept):
        if heads[i] == size:
            whole[node] = cycle[int(table[node, cycle].argmax())]
        else:
            whole[node] = kept[int(heads[i])]
    entry = int(heads[size])
    inside = cycle[int(_gains(table, [kept[entry]], cycle, old)[:, 0].argmax())]
    whole[inside] = kept[entry]
    return whole
