"""Circles in the lineage: broken at the weakest evidence, so that no document is its own source."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

SMALL: Final = 400
"""Edges of a knot up to which each is tried by itself; larger knots are cut along one order."""


@dataclass(frozen=True, slots=True)
class Edge:
    """An active directed edge between two documents."""

    edge_id: str
    derived: str
    source: str
    confidence: float


def edges_to_drop(edges: Iterable[Edge]) -> frozenset[str]:
    """Ids of the edges that must be set aside to leave no circle: the weakest, then largest id."""
    core = _core(list(edges))
    dropped: set[str] = set()
    for knot in _knots(core):
        dropped |= _break(knot)
    return frozenset(dropped)


def _core(edges: Sequence[Edge]) -> list[Edge]:
    """The edges left when documents without sources or without offspring are taken off in turn."""
    for end in ("source", "derived"):
        edges = _peel(edges, end)
    return list(edges)


def _peel(edges: Sequence[Edge], end: str) -> list[Edge]:
    """Take off, again and again, documents that no edge enters at the given end."""
    pointing: defaultdict[str, list[Edge]] = defaultdict(list)
    degree: defaultdict[str, int] = defaultdict(int)
    for edge in edges:
        here, there = (
            (edge.derived, edge.source) if end == "source" else (edge.source, edge.derived)
        )
        pointing[there].append(edge)
        degree[here] += 1
        degree[there] += 0
    free = [node for node, count in degree.items() if count == 0]
    gone: set[str] = set()
    while free:
        for edge in pointing[free.pop()]:
            gone.add(edge.edge_id)
            here = edge.derived if end == "source" else edge.source
            degree[here] -= 1
            if degree[here] == 0:
                free.append(here)
    return [edge for edge in edges if edge.edge_id not in gone]


def _knots(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Edges by strongly connected component, those between components left out."""
    following: defaultdict[str, list[str]] = defaultdict(list)
    for edge in edges:
        following[edge.derived].append(edge.source)
        following.setdefault(edge.source, [])
    component = _components(following)
    knots: defaultdict[int, list[Edge]] = defaultdict(list)
    for edge in edges:
        if component[edge.derived] == component[edge.source]:
            knots[component[edge.derived]].append(edge)
    return list(knots.values())


def _components(following: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Strongly connected components (Kosaraju's two passes, without recursion)."""
    order: list[str] = []
    seen: set[str] = set()
    for start in sorted(following):
        stack: list[tuple[str, int]] = [] if start in seen else [(start, 0)]
        seen.add(start)
        while stack:
            node, at = stack.pop()
            nexts = following[node]
            while at < len(nexts) and nexts[at] in seen:
                at += 1
            if at == len(nexts):
                order.append(node)
            else:
                seen.add(nexts[at])
                stack += [(node, at + 1), (nexts[at], 0)]
    backward: defaultdict[str, list[str]] = defaultdict(list)
    for node, nexts in following.items():
        for other in nexts:
            backward[other].append(node)
    component: dict[str, int] = {}
    for number, start in enumerate(reversed(order)):
        todo = [] if start in component else [start]
        while todo:
            node = todo.pop()
            if node not in component:
                component[node] = number
                todo += [other for other in backward[node] if other not in component]
    return component


def _break(knot: Sequence[Edge]) -> set[str]:
    """The edges of one knot that would close a circle when the surest are laid first."""
    ranked = sorted(knot, key=lambda edge: (-edge.confidence, edge.edge_id))
    if len(ranked) > SMALL:
        return {edge.edge_id for edge in ranked if edge.derived <= edge.source}
    laid: defaultdict[str, list[str]] = defaultdict(list)
    dropped: set[str] = set()
    for edge in ranked:
        if _reaches(laid, edge.source, edge.derived):
            dropped.add(edge.edge_id)
        else:
            laid[edge.derived].append(edge.source)
    return dropped


def _reaches(laid: Mapping[str, Sequence[str]], start: str, goal: str) -> bool:
    todo, seen = [start], {start}
    while todo:
        node = todo.pop()
        if node == goal:
            return True
        for other in laid.get(node, ()):
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return False
