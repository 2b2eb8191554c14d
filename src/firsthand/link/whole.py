"""Links a pile from nothing: pairs over slim claims, then components a portion at a time.

A large pile is never held with everything that is known of its claims. What pairs are found
from is kept of each claim; the rest is read again for the components that are linked together.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import msgspec

from firsthand.link.aggregate import origin_rows
from firsthand.link.cluster import Components
from firsthand.link.component import Component, link_component
from firsthand.link.days import first_day
from firsthand.link.lineage import Lineage, twins, whole_lineage
from firsthand.link.pairs import Comparer, Pairs, find_pairs, split_pairs
from firsthand.link.rules import Rules
from firsthand.link.tellings import stand_ins
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
NONE: Final[Mapping[str, frozenset[str]]] = {}
T = TypeVar("T")
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(ClaimFacts).decode


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
        self._stands = stand_ins(views, self.rules.joined(self.copies))
        comparer = Comparer(views, self.copies, event_km)
        pairs = find_pairs(comparer, rules=self.rules, stands=self._stands)
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
                stands=self._stands,
            )
            yield Linked(self.unit(group), group[0], link_component(component, comparer))


def link_whole(
    tables: Tables, last: str | None, event_km: float, rules: Rules
) -> Iterator[Mapping[str, Sequence[Record]]]:
    """All units of components and origins, a portion at a time."""
    pages = sorted(tables.units(ClaimFacts))
    small = len(pages) <= SMALL_PILE
    views: dict[str, View] = {}
    shared: dict[object, object] = {}
    for fact in _facts(tables, pages):
        view = view_of(fact)
        views[view.id] = view if small else _slim(view, shared)
    net = Net(views, whole_lineage(tables), event_km, rules)
    at_hand = [(net.groups, views)] if small else _at_hand(tables, pages, net)
    del views, shared
    placed: list[Placed] = []
    for groups, some in at_hand:
        units: dict[str, list[Record]] = {}
        for one in net.link(groups, some, first_day(last)):
            units.setdefault(one.unit, []).extend(one.rows)
            placed += [row for row in one.rows if isinstance(row, Placed)]
        yield units
    yield origin_rows(None, placed, (), ())


def _facts(tables: Tables, pages: Sequence[str]) -> Iterator[ClaimFacts]:
    for begin in range(0, len(pages), PAGES_AT_ONCE):
        found = tables.by_unit(ClaimFacts, pages[begin : begin + PAGES_AT_ONCE])
        for page in sorted(found):
            yield from found[page]


def _at_hand(
    tables: Tables, pages: Sequence[str], net: Net
) -> Iterator[tuple[list[list[str]], dict[str, View]]]:
    """Components with their claims: those inside pages as these are read again, then the others.

    Of the others the facts are held as bytes, so that every page is read but once more.
    """
    inside: dict[str, list[list[str]]] = {}
    across: dict[str, bytes] = {}
    for group in net.groups:
        if net.unit(group).startswith(PAGE_PREFIX):
            inside.setdefault(net.pages[group[0]], []).append(group)
        else:
            across.update(dict.fromkeys(group, b""))
    for begin in range(0, len(pages), PAGES_AT_ONCE):
        some = pages[begin : begin + PAGES_AT_ONCE]
        views: dict[str, View] = {}
        for fact in _facts(tables, some):
            if fact.claim_id in across:
                across[fact.claim_id] = _encode(fact)
            else:
                views[fact.claim_id] = view_of(fact)
        yield [group for page in some for group in inside.get(page, ())], views
    for groups in _portions([group for group in net.groups if group[0] in across]):
        claims = (claim for group in groups for claim in group)
        yield groups, {claim: view_of(_decode(across.pop(claim))) for claim in claims}


def _portions(groups: Iterable[list[str]]) -> Iterator[list[list[str]]]:
    """Groups by portions."""
    portion: list[list[str]] = []
    size = 0
    for group in groups:
        portion.append(group)
        size += len(group)
        if size >= PORTION:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion


def _slim(view: View, shared: dict[object, object]) -> View:
    """A claim with what pairs are found from; what others have in common is kept once for all."""
    facts = view.facts

    def once(value: T) -> T:
        return shared.setdefault(value, value)  # type: ignore[return-value]  # a value is kept under itself

    slim = msgspec.structs.replace(
        facts,
        document_id=once(facts.document_id),
        page_id=once(facts.page_id),
        outlet=once(facts.outlet),
        published=once(facts.published),
        published_latest=None,
        type=once(facts.type),
        modality=once(facts.modality),
        polarity=once(facts.polarity),
        kin=once(facts.kin),
        origin_key=once(facts.origin_key),
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
    return msgspec.structs.replace(
        view,
        facts=slim,
        words=once(frozenset(map(once, view.words))),
        story=once(view.story),
        kin=once(view.kin),
        named=view.named or NONE,
        doers=once(view.doers),
        spots=once(view.spots),
    )
