"""Groups of claims: connected components, and inside one the events that mean linkage finds."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final

from firsthand.link.lexicons import weights

SAMPLE: Final = 12
"""Members of a large group that stand for it when two groups are compared."""


class Components:
    """Union of things that are linked; the smallest member names the group."""

    def __init__(self, members: Iterable[str] = ()) -> None:
        """Each member on its own."""
        self._parent = {member: member for member in members}

    def find(self, member: str) -> str:
        """The name of the member's group."""
        root = member
        while self._parent.setdefault(root, root) != root:
            root = self._parent[root]
        while self._parent[member] != root:
            self._parent[member], member = root, self._parent[member]
        return root

    def join(self, one: str, other: str) -> None:
        """Put two groups together."""
        low, high = sorted((self.find(one), self.find(other)))
        self._parent[high] = low

    def groups(self) -> list[list[str]]:
        """All groups, members and groups in order."""
        found: dict[str, list[str]] = {}
        for member in sorted(self._parent):
            found.setdefault(self.find(member), []).append(member)
        return [found[name] for name in sorted(found)]


Score = Callable[[str, str], float]
"""Weight of a pair; minus infinity where a field forbids it."""

Parted = Callable[[list[str], list[str]], bool]


def _never(one: list[str], other: list[str]) -> bool:  # noqa: ARG001 - the shape of a callback
    """Nothing is kept apart."""
    return False


def mean_linkage(
    members: Collection[str],
    links: Mapping[tuple[str, str], float],
    score: Score,
    parted: Parted = _never,
) -> list[list[str]]:
    """Groups of members, joined from the strongest link down while all pairs agree on the mean.

    A pair that a field forbids keeps two groups apart whatever the others say, so one claim
    that fits two incidents does not make them one. Order of input does not matter. `parted` says
    of two whole groups whether they may not be joined.
    """
    groups = {member: [member] for member in sorted(members)}
    home = {member: member for member in groups}
    for (one, other), weight in sorted(links.items(), key=lambda item: (-item[1], item[0])):
        low, high = sorted((home[one], home[other]))
        if low == high or weight < weights()["threshold", "event"]:
            continue
        if parted(groups[low], groups[high]):
            continue
        if _mean(groups[low], groups[high], score) < weights()["threshold", "cluster"]:
            continue
        groups[low] = sorted(groups[low] + groups[high])
        for member in groups.pop(high):
            home[member] = low
    return [groups[name] for name in sorted(groups, key=lambda name: groups[name][0])]


def _mean(one: list[str], other: list[str], score: Score) -> float:
    mine, theirs = _sample(one), _sample(other)
    return sum(score(a, b) for a in mine for b in theirs) / (len(mine) * len(theirs))


def _sample(group: list[str]) -> list[str]:
    """Evenly spread members in id order, which is an order by chance."""
    if len(group) <= SAMPLE:
        return group
    return [group[at * len(group) // SAMPLE] for at in range(SAMPLE)]
