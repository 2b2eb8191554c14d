"""Reports that pages credit and nobody captured: one node a credit, merged where clearly one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from firsthand.model.ids import digest
from firsthand.model.lineage import Credit, Node
from firsthand.trace.addresses import REMEMBERED, address_key, name_key, same_name, title_key
from firsthand.trace.direction import covers_of
from firsthand.trace.pairs import Pair, share_in

SAME_REPORT: Final = 0.5
"""Part of the shorter of two covered passages that must be equal text to make them one report:
two reports of one agency often share a sentence of background."""


def report_id(credit: Credit) -> str:
    """The node of the report that one credit speaks of."""
    return _report_id(credit.credit_id)


@lru_cache(maxsize=REMEMBERED)
def _report_id(credit_id: str) -> str:
    return "r-" + digest(credit_id)


def merge_keys(credit: Credit) -> list[tuple[str, int]]:
    """What makes two credits speak of one report without their texts: source with address or title."""
    if credit.source_kind == "unnamed":
        return []
    source = name_key(credit.cited_source)
    keys = {address_key(credit.cited_url), title_key(credit.cited_title)} - {0}
    return sorted((source, key) for key in keys)


def same_report(pair: Pair, first: Credit, second: Credit) -> bool:
    """Whether a credit of each article of a pair speaks of one report, by the covered text."""
    if first.source_kind == "unnamed" or not pair.passages:
        return False
    if not same_name(name_key(first.cited_source), name_key(second.cited_source)):
        return False
    a, b = pair.a.document_id, pair.b.document_id
    covered_a, covered_b = covers_of(first), covers_of(second)
    share_a = share_in(covered_a, pair.copied(a))
    share_b = share_in(covered_b, pair.copied(b))
    return max(share_a, share_b) >= SAME_REPORT and min(share_a, share_b) > 0


class Groups:
    """Credits grouped by the report they speak of (union-find, smallest id first)."""

    def __init__(self) -> None:
        """No credit is known yet."""
        self._parent: dict[str, str] = {}
        self._credits: dict[str, Credit] = {}

    def add(self, credit: Credit) -> None:
        """A credit that speaks of a report of its own until joined with others."""
        node = report_id(credit)
        self._parent.setdefault(node, node)
        self._credits[node] = credit

    def join(self, first: Credit, second: Credit) -> None:
        """Two credits speak of one report."""
        one, other = sorted((self._find(report_id(first)), self._find(report_id(second))))
        self._parent[other] = one

    def _find(self, node: str) -> str:
        while self._parent[node] != node:
            self._parent[node] = self._parent[self._parent[node]]
            node = self._parent[node]
        return node

    def node_of(self, credit: Credit) -> str:
        """The node of the report a credit speaks of, after merging."""
        return self._find(report_id(credit))

    def members(self) -> Mapping[str, Sequence[Credit]]:
        """The credits of every report, by its node, in the order of their own nodes."""
        found: defaultdict[str, list[Credit]] = defaultdict(list)
        for node in sorted(self._credits):
            found[self._find(node)].append(self._credits[node])
        return found


def report_node(node_id: str, members: Sequence[Credit]) -> Node:
    """The node of a report, from all credits that speak of it."""
    first = members[0]
    titles = sorted({credit.cited_title for credit in members if credit.cited_title})
    name = titles[0] if titles else f"a report by {first.cited_source}"
    return Node(
        node_id=node_id,
        kind="report",
        name=name,
        captured=False,
        outlet=first.cited_source,
        credited_by=tuple(sorted({credit.document_id for credit in members})),
        members=tuple(node for node in map(report_id, members) if node != node_id),
    )


def link_by_keys(groups: Groups, found: Iterable[Credit]) -> None:
    """Join the credits that name one source together with one address or one title."""
    first: dict[tuple[str, int], Credit] = {}
    for credit in found:
        for key in merge_keys(credit):
            groups.join(first.setdefault(key, credit), credit)


def link_inside(groups: Groups, found: Iterable[Credit]) -> None:
    """Join the credits of one document that name one source for words one inside the other."""
    by_source: defaultdict[tuple[str, str], list[Credit]] = defaultdict(list)
    for credit in found:
        if credit.source_kind != "unnamed":
            by_source[credit.document_id, name_key(credit.cited_source)].append(credit)
    for several in by_source.values():
        for number, one in enumerate(several):
            for other in several[number + 1 :]:
                if share_in(covers_of(one), covers_of(other)):
                    groups.join(one, other)
