"""Circles are broken at the weakest evidence."""

from hypothesis import given
from hypothesis import strategies as st

from firsthand.trace.cycles import Edge, edges_to_drop


def edge(derived: str, source: str, confidence: float = 0.9) -> Edge:
    return Edge(f"{derived}>{source}", derived, source, confidence)


def has_circle(edges: list[Edge]) -> bool:
    left = list(edges)
    while True:
        sources = {one.source for one in left}
        fewer = [one for one in left if one.derived in sources]
        if len(fewer) == len(left):
            return bool(left)
        left = fewer


def test_a_lineage_without_circles_loses_nothing() -> None:
    assert edges_to_drop([edge("c", "b"), edge("b", "a"), edge("c", "a")]) == frozenset()


def test_the_weakest_edge_of_a_circle_goes() -> None:
    found = edges_to_drop([edge("a", "b", 0.9), edge("b", "c", 0.7), edge("c", "a", 0.98)])
    assert found == {"b>c"}


NAMES = st.sampled_from("abcdefgh")


@given(st.dictionaries(st.tuples(NAMES, NAMES), st.sampled_from([0.7, 0.8, 0.9]), max_size=30))
def test_what_is_left_has_no_circle_and_order_does_not_matter(
    chosen: dict[tuple[str, str], float],
) -> None:
    edges = [edge(a, b, sure) for (a, b), sure in chosen.items() if a != b]
    dropped = edges_to_drop(edges)
    assert not has_circle([one for one in edges if one.edge_id not in dropped])
    assert edges_to_drop(edges[::-1]) == dropped


def test_a_huge_knot_is_cut_in_bounded_time() -> None:
    ring = [edge(f"{n:05}", f"{(n + 1) % 20_000:05}") for n in range(20_000)]
    ring += [edge(f"{n:05}", f"{(n * 7 + 3) % 20_000:05}") for n in range(20_000)]
    ring = [one for one in ring if one.derived != one.source]
    dropped = edges_to_drop(ring)
    assert dropped
    order = sorted(one.edge_id for one in ring if one.edge_id not in dropped)
    assert len(order) + len(dropped) >= len({one.edge_id for one in ring})
