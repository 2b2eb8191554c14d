"""Statements: claims that say the same thing, and how often each origin says it."""

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final

from firsthand.link.cluster import mean_linkage
from firsthand.link.lexicons import weights
from firsthand.link.lineage import changed_figure
from firsthand.link.settled import Settled
from firsthand.link.views import View
from firsthand.model.event import SameOrigin, Statement
from firsthand.model.ids import digest, group_id

APART: Final = -0.5
"""Two claims that were not found to say the same: two that were outweigh it."""


def statements(
    views: Mapping[str, View], pairs: Mapping[tuple[str, str], float]
) -> list[list[str]]:
    """Groups of two or more claims that say the same thing; figures in a group never differ."""
    members = sorted({member for pair in pairs for member in pair})
    score = _scorer(views, pairs)
    lowest = min(pairs.values(), default=0.0)
    enough = weights()["threshold", "event"]
    links = {pair: pairs[pair] - lowest + enough for pair in sorted(pairs)}
    return [group for group in mean_linkage(members, links, score) if len(group) > 1]


def _scorer(
    views: Mapping[str, View], links: Mapping[tuple[str, str], float]
) -> Callable[[str, str], float]:
    def score(one: str, other: str) -> float:
        a, b = views[one], views[other]
        if changed_figure(a, b) or a.against != b.against:
            return -math.inf
        return 1.0 if (min(one, other), max(one, other)) in links else APART

    return score


def statement_rows(
    groups: Collection[list[str]], settled: Mapping[str, Settled]
) -> Iterator[Statement | SameOrigin]:
    """Each statement, and one row for each origin that makes it in two or more claims."""
    for group in groups:
        statement = group_id("s", group)
        yield Statement(statement_id=statement, claims=tuple(group))
        by_origin: dict[str, list[str]] = {}
        for member in group:
            by_origin.setdefault(settled[member].origin_id, []).append(member)
        for origin in sorted(by_origin):
            if len(by_origin[origin]) > 1:
                yield SameOrigin(
                    group_id="g-" + digest(statement, origin),
                    statement_id=statement,
                    claims=tuple(by_origin[origin]),
                    origin=min(settled[member].origin.name for member in by_origin[origin]),
                )
