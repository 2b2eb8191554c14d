"""Links a pile from nothing: pairs over slim claims, then components a portion at a time.

A large pile is never held with everything that is known of its claims. What pairs are found
from is kept of each claim; the rest is read again for the components that are linked together.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import msgspec

from firsthand.link.aggregate import origin_rows
from firsthand.link.cluster import Components
from firsthand.link.component import Component, link_component
from firsthand.link.days import first_day
from firsthand.link.lineage import Lineage, twins, whole_lineage
from firsthand.link.pairs import Comparer, Pairs, find_pairs, split_pairs
from firsthand.link.rules import Rules
from firsthand.link.views import View, view_of
from firsthand.model.event import ClaimOrigin
from firsthand.model.linking import ClaimFacts, Placed
from firsthand.model.record import Record
from firsthand.stage import Tables

PAGE_PREFIX: Final = "l:page:"
GROUP_PREFIX: Final = "l:group:"
"""Components inside one page are kept under it; others under their smallest claim."""
PAGES_AT_ONCE: Final = 256
SMALL_PILE: Final = 1_000
"""So many pages are held with everything that is known of them."""
PORTION: Final = 20_000
"""About so many claims are linked and written together."""
NOBODY: Final = ClaimOrigin(name="", kind="", level="none", reason="")


@dataclass(frozen=True)
class Linked:
    """The rows of one component, the unit they are kept under, and its first claim."""

    unit: str
    first: str
    rows: Sequence[Record]


class Net:
    """The components of some claims, with what links the claims of each."""

    def __init__(
        self, views: Mapping[str, View], lineage: Lineage, event_km: float, rules: Rules
    ) -> None:
        """Claims by id, and what people decided about them."""
        self.copies = twins((views[name] for name in sorted(views)), lineage)
        self.lineage = lineage
        self.event_km = event_km
        self.rules = rules.over_copies(self.copies)
        pairs = find_pairs(Comparer(views, self.copies, event_km), rules=self.rules)
        components = Components(sorted(views))
        judged = [pair for pair in rules.together if views.keys() >= set(pair)]
        for one, other in (*pairs.all(), *self.copies, *judged):
            components.join(one, other)
        self._find = components.find
        self._pairs = split_pairs(pairs, components.find)
        self._copies: dict[str, list[tuple[str, str]]] = {}
        for pair in sorted(self.copies):
            self._copies.setdefault(components.find(pair[0]), []).append(pair)
        self.pages = {name: view.facts.page_id for name, view in views.items()}
        self.groups = components.groups()

    def unit(self, group: Sequence[str]) -> str:
        """What a component is kept under."""
        pages = {self.pages[name] for name in group}
        return PAGE_PREFIX + min(pages) if len(pages) == 1 else GROUP_PREFIX + group[0]

    def link(
        self, groups: Iterable[Sequence[str]], views: Mapping[str, View], last_day: int | None
    ) -> Iterator[Linked]:
        """All rows of some of the components."""
        comparer = Comparer(views, self.copies, self.event_km)
        for group in groups:
            home = self._find(group[0])
            component = Component(
                views={name: views[name] for name in group},
                twins=self._copies.get(home, []),
                pairs=self._pairs.get(home) or Pairs(),
                lineage=self.lineage,
                last_day=last_day,
                rules=self.rules,
            )
            yield Linked(self.unit(group), group[0], link_component(component, comparer))


def link_whole(
    tables: Tables, last: str | None, event_km: float, rules: Rules
) -> Iterator[Mapping[str, Sequence[Record]]]:
    """All units of components and origins, a portion at a time."""
    pages = sorted(tables.units(ClaimFacts))
    small = len(pages) <= SMALL_PILE
    views: dict[str, View] = {}
    shared: dict[tuple[int, ...], frozenset[int]] = {}
    for view in _read(tables, pages):
        views[view.id] = view if small else _slim(view, shared)
    net = Net(views, whole_lineage(tables), event_km, rules)
    kept = views if small else None
    del views, shared
    placed: list[Placed] = []
    for groups in _portions(net):
        names = {name for group in groups for name in group}
        at_hand = kept or {
            view.id: view
            for view in _read(tables, sorted({net.pages[name] for name in names}))
            if view.id in names
        }
        units: dict[str, list[Record]] = {}
        for one in net.link(groups, at_hand, first_day(last)):
            units.setdefault(one.unit, []).extend(one.rows)
            placed += [row for row in one.rows if isinstance(row, Placed)]
        yield units
    yield origin_rows(None, placed, (), ())


def _read(tables: Tables, pages: Sequence[str]) -> Iterator[View]:
    for begin in range(0, len(pages), PAGES_AT_ONCE):
        found = tables.by_unit(ClaimFacts, pages[begin : begin + PAGES_AT_ONCE])
        for page in sorted(found):
            yield from map(view_of, found[page])


def _portions(net: Net) -> Iterator[list[list[str]]]:
    """Components by portions, all of one unit in one of them, those of near pages together."""
    units: dict[str, list[list[str]]] = {}
    first: dict[str, str] = {}
    for group in net.groups:
        unit = net.unit(group)
        units.setdefault(unit, []).append(group)
        first[unit] = min(net.pages[group[0]], first.get(unit, net.pages[group[0]]))
    portion: list[list[str]] = []
    size = 0
    for unit in sorted(units, key=lambda unit: (first[unit], unit)):
        portion += units[unit]
        size += sum(map(len, units[unit]))
        if size >= PORTION:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _slim(view: View, shared: dict[tuple[int, ...], frozenset[int]]) -> View:
    """A claim with what pairs are found from, its words shared with its copies."""
    facts = view.facts
    slim = msgspec.structs.replace(
        facts,
        text="",
        words=(),
        story=(),
        actors=(),
        time=None,
        origin=NOBODY,
        tellers=(),
        chain=(),
        lead_time=None,
        lead_places=(),
    )
    words = shared.setdefault(facts.words, view.words)
    return replace(view, facts=slim, words=words, story=shared.setdefault(facts.story, view.story))
