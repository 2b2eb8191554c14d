"""Statements: claims that say the same thing, and how often each origin says it."""

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final

from firsthand.link.cluster import Components, mean_linkage
from firsthand.link.lexicons import weights
from firsthand.link.lineage import changed_figure
from firsthand.link.pairs import copies_say_the_same
from firsthand.link.rules import Rules
from firsthand.link.settled import Settled
from firsthand.link.tellings import Stands
from firsthand.link.views import View
from firsthand.model.event import SameOrigin, Statement
from firsthand.model.ids import digest, group_id

APART: Final = -0.5
"""Two claims that were not found to say the same: two that were outweigh it."""


def statements(
    views: Mapping[str, View],
    pairs: Mapping[tuple[str, str], float],
    copies: Collection[tuple[str, str]],
    *,
    rules: Rules,
    stands: Stands,
) -> list[list[str]]:
    """Groups of two or more claims that say the same thing; figures in a group never differ.

    Copies word for word are one voice: they are grouped first and judged by one of them.
    """
    copies = rules.joined(copies)
    if not pairs and not copies:
        return []
    echoes, links = _echoes(views, pairs, copies, stands)
    score = _scorer(views, links)
    lowest = min(links.values(), default=0.0)
    enough = weights()["threshold", "event"]
    raised = {pair: links[pair] - lowest + enough for pair in sorted(links)}

    found = mean_linkage(echoes, raised, score, rules.over(echoes))
    groups = [sorted(claim for name in names for claim in echoes[name]) for names in found]
    return sorted(group for group in groups if len(group) > 1)


def _echoes(
    views: Mapping[str, View],
    pairs: Mapping[tuple[str, str], float],
    copies: Collection[tuple[str, str]],
    stands: Stands,
) -> tuple[dict[str, list[str]], dict[tuple[str, str], float]]:
    """Claims that are the same word for word by the smallest of them, and the links of these."""
    sure = weights()["lineage", "twin"]
    alike = [pair for pair in copies if copies_say_the_same(views[pair[0]], views[pair[1]])]
    words = {name: _word_for_word(views[name]) for pair in alike for name in pair}
    groups = Components({claim for pair in (*pairs, *alike) for claim in pair})
    for one, other in alike:
        if words[one] == words[other]:
            groups.join(one, other)
    for name in words:
        if name in stands:
            groups.join(name, stands[name])
    links: dict[tuple[str, str], float] = {}
    for one, other, weight in (
        *((one, other, weight) for (one, other), weight in pairs.items()),
        *((one, other, sure) for one, other in alike),
    ):
        low, high = sorted((groups.find(one), groups.find(other)))
        if low != high:
            links[low, high] = max(weight, links.get((low, high), weight))
    return {group[0]: group for group in groups.groups()}, links


def _word_for_word(view: View) -> tuple[object, ...]:
    facts = view.facts
    figures = tuple((q.kind, q.value, q.low, q.high, q.approximate) for q in facts.quantities)
    return facts.words_key, facts.type, facts.modality, view.against, figures


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
