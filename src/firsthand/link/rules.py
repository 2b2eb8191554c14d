"""What people decided about pairs of claims, over the whole pile: together, apart, alone."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias, TypeVar

from firsthand.link.cluster import Components
from firsthand.link.decided import judged_by
from firsthand.model.linking import Decision

Pair: TypeAlias = tuple[str, str]
Moment: TypeAlias = tuple[str, str]
"""When a decision was made, and its id: of two about one thing the later one holds."""
P = TypeVar("P")


@dataclass(frozen=True)
class Rules:
    """Decisions that linking obeys whatever the weights say."""

    together: Mapping[Pair, Moment] = field(default_factory=dict)
    """Claims whose events are one."""
    apart: Mapping[Pair, Moment] = field(default_factory=dict)
    """Claims that stand in no event together."""
    alone: Mapping[str, Moment] = field(default_factory=dict)
    """Claims that left their event: they stand in one with their copies only."""
    homes: Mapping[str, str] = field(default_factory=dict)
    """Claims that left, and their copies, by the smallest of them."""
    said: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Claim to who decided what about it, in words."""
    results: Mapping[str, str] = field(default_factory=dict)
    """Forecasts whose result a person did not accept, with who said so."""

    @property
    def idle(self) -> bool:
        """Whether they keep nothing apart."""
        return not self.apart and not self.alone

    def forbids(self, one: str, other: str) -> bool:
        """Whether two claims may not be linked; a claim that left its event keeps its copies."""
        if self.idle:
            return False
        if pair_of(one, other) in self.apart:
            return True
        left = one in self.alone or other in self.alone
        return left and self.homes.get(one, one) != self.homes.get(other, other)

    def joined(self, copies: Collection[Pair]) -> list[Pair]:
        """Pairs of copies that make one of them without two that are kept apart becoming one."""
        if not self.apart:
            return list(copies)
        groups: dict[str, list[str]] = {}
        kept: list[Pair] = []
        for one, other in sorted(copies):
            mine, theirs = groups.setdefault(one, [one]), groups.setdefault(other, [other])
            if mine is not theirs:
                if any(pair_of(a, b) in self.apart for a in mine for b in theirs):
                    continue
                mine += theirs
                groups |= dict.fromkeys(theirs, mine)
            kept.append((one, other))
        return kept

    def parts(self, group: Sequence[str], others: Sequence[str]) -> bool:
        """Whether two groups hold a pair that may not be linked."""
        if self.idle:
            return False
        return any(self.forbids(one, other) for one in group for other in others)

    def over(self, nodes: Mapping[str, Sequence[str]]) -> Callable[[list[str], list[str]], bool]:
        """Whether two groups of nodes, each of several claims, may not be joined."""

        def parted(one: list[str], other: list[str]) -> bool:
            if self.idle:
                return False
            return any(self.parts(nodes[a], nodes[b]) for a in one for b in other)

        return parted

    def refuses(self, group: Collection[str], others: Collection[str], moment: Moment) -> bool:
        """Whether a later decision keeps two groups apart that one of that moment puts together."""
        one, other = set(group), set(others)
        return any(
            later > moment and (pair[0] in one) != (pair[1] in one) and set(pair) <= one | other
            for pair, later in self.apart.items()
        )

    def kept(self, links: Mapping[Pair, P]) -> dict[Pair, P]:
        """The links that no decision forbids."""
        return {pair: value for pair, value in links.items() if not self.forbids(*pair)}

    def over_copies(self, copies: Collection[Pair]) -> "Rules":
        """The same rules where a claim that left its event takes its copies with it."""
        if not self.alone or not copies:
            return self
        alone, homes = dict(self.alone), dict(self.homes)
        groups = Components()
        for one, other in copies:
            groups.join(one, other)
        for group in groups.groups():
            moments = [alone[name] for name in group if name in alone]
            if moments:
                alone |= dict.fromkeys(group, max(moments))
                homes |= dict.fromkeys(group, group[0])
        return replace(self, alone=alone, homes=homes)

    def beside(self, claims: Collection[str]) -> set[str]:
        """The claims that decisions put together with some of these."""
        return {
            other
            for pair in self.together
            for one, other in (pair, pair[::-1])
            if one in claims and other not in claims
        }


def pair_of(one: str, other: str) -> Pair:
    """Two claims in id order."""
    return (one, other) if one < other else (other, one)


def rules_of(rows: Iterable[Decision]) -> Rules:
    """The decisions of a pile in the order they were made; the last about a thing holds."""
    by_judgement: dict[Moment, list[Decision]] = {}
    for row in rows:
        by_judgement.setdefault((row.at, row.judgement_id), []).append(row)
    making = _Making()
    for moment in sorted(by_judgement):
        found = sorted(by_judgement[moment], key=lambda row: (row.number, row.page_id))
        sides = [
            list(dict.fromkeys(c for row in found if row.number == n for c in row.claims))
            for n in range(found[0].targets)
        ]
        if len(sides) == 1:
            making.one(found[0], moment, sides[0])
        elif all(sides):
            making.pair(found[0], moment, sides)
    return making.made()


class _Making:
    """Takes decisions one after another."""

    def __init__(self) -> None:
        self._pairs: dict[Pair, tuple[str, Moment, str]] = {}
        self._alone: dict[str, tuple[Moment, str]] = {}
        self._results: dict[str, str] = {}

    def one(self, row: Decision, moment: Moment, claims: Sequence[str]) -> None:
        """A decision about one claim, event or forecast."""
        words = judged_by(row.by, row.at, row.reason)
        for name in claims:
            if row.kind == "forecast":
                self._results.pop(name, None)
                if row.action == "reject":
                    self._results[name] = words
            elif row.action == "split":
                self._alone[name] = (moment, f"taken out of its event, {words}")
            elif row.action == "accept":
                self._alone.pop(name, None)

    def pair(self, row: Decision, moment: Moment, sides: Sequence[Sequence[str]]) -> None:
        """A decision about two of them; to put together, one claim of each is enough."""
        words = judged_by(row.by, row.at, row.reason)
        merge = row.action == "merge"
        firsts = [sides[0][:1], sides[1][:1]] if merge else sides
        for pair in _pairs(*firsts[:2]):
            if row.action == "accept":
                self._pairs.pop(pair, None)
                continue
            does = "put together with" if merge else "kept apart from"
            self._pairs[pair] = ("merge" if merge else "apart", moment, f"{does} {{}}, {words}")
            if merge:  # who was taken out before is put back
                for name in pair:
                    self._alone.pop(name, None)

    def made(self) -> Rules:
        """What holds after all of them."""
        together = {
            pair: moment
            for pair, (what, moment, _) in self._pairs.items()
            if what == "merge" and not any(name in self._alone for name in pair)
        }
        said: dict[str, list[str]] = {name: [words] for name, (_, words) in self._alone.items()}
        for pair, (what, _, words) in sorted(self._pairs.items()):
            if what == "merge" and pair not in together:
                continue
            for one, other in (pair, pair[::-1]):
                said.setdefault(one, []).append(words.replace("{}", other, 1))
        return Rules(
            together=together,
            apart={p: moment for p, (what, moment, _) in self._pairs.items() if what == "apart"},
            alone={name: moment for name, (moment, _) in self._alone.items()},
            said={name: tuple(words) for name, words in said.items()},
            results=dict(self._results),
        )


def _pairs(one: Iterable[str], other: Sequence[str]) -> Iterator[Pair]:
    for a in one:
        yield from (pair_of(a, b) for b in other if a != b)
