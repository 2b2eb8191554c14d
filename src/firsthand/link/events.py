"""Events: what several claims are about, with its accounts by origin and its counts."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from firsthand.link.compare import WEEK
from firsthand.link.days import iso_day
from firsthand.link.lexicons import LEVEL_ORDER, UNSORTED
from firsthand.link.origins import shared_tellers
from firsthand.link.settled import Settled
from firsthand.link.views import View, length_of, main_place
from firsthand.model.claim import Actor, Place
from firsthand.model.event import (
    COUNTED_LEVELS,
    Account,
    Corroboration,
    Dispute,
    OriginLevel,
    Stance,
)
from firsthand.model.ids import group_id

HEARD: Final = frozenset({"witness", "anonymous", "activist", "resident", "people", "person"})
"""Kinds of origin that reach a reader only through whoever heard them."""
OVER_TIME: Final = frozenset({"state", "situation", "condition"})
"""Groups of types that last, so that the month or year they are told with may be theirs."""
SHARE: Final = 1 / 3
"""Of an event's claims: fewer that tell of a month or year look back, or aside."""
CAUSES: Final = (
    "suicide_car_bomb",
    "planted_bomb",
    "airstrike",
    "shelling_artillery",
    "siege_broken",
    "advance_territorial_change",
    "battle",
    "disaster_natural",
    "disaster_man_made",
)
"""Where an event's claims tell several parts of it, the first of these names it."""


@dataclass(frozen=True)
class Group:
    """The claims of one event with whose they are."""

    views: Sequence[View]
    settled: Mapping[str, Settled]

    @property
    def event_id(self) -> str:
        """The event's id, from its smallest claim."""
        return group_id("e", (view.id for view in self.views))


def tells_event(views: Sequence[View]) -> bool:
    """Whether claims are of an event: of a known type, told by two articles, or told and denied.

    Figures of people hurt or missing that are told beside one another are of one too. Most claims that fit no type tell a thing of their own, which is none.
    """
    if any(view.row.family != UNSORTED for view in views):
        return True
    names = {view.id for view in views}
    if any(view.facts.denies in names for view in views):
        return True
    if len(views) > 1 and any(view.kin != UNSORTED for view in views):
        return True
    return len({view.facts.document_id for view in views}) > 1


def event_type(views: Sequence[View]) -> str:
    """What happened, not what came of it: a cause where one is told, else the commonest type."""
    counts = Counter(view.facts.type for view in views if not view.against)
    counts = counts or Counter(view.facts.type for view in views)
    causes = [cause for cause in CAUSES if cause in counts]
    if causes:
        return max(causes, key=lambda name: (counts[name], -CAUSES.index(name)))
    return min(counts, key=lambda name: (-counts[name], name))


def stance_of(view: View, accused: frozenset[str], *, lacking: bool = False) -> Stance:
    """How a claim stands to its event; another doer than the accounts name makes it differ.

    Where an event is that something is `lacking`, to say so supports it.
    """
    if view.against:
        return "supports" if lacking else "denies"
    if accused and view.doers and not view.doers & accused:
        return "differs"
    return "supports"


def accused_doers(group: Group) -> frozenset[str]:
    """Who is named as having done it, where somebody denies: the names most origins give.

    Without a denial nobody is set against anybody, and differing doers stay with the conflicts.
    """
    if not any(view.against for view in group.views):
        return frozenset()
    targets = {name for view in group.views if view.against for name in view.doers}
    origins: dict[str, set[str]] = {}
    for view in group.views:
        if not view.against:
            for name in view.doers:
                origins.setdefault(name, set()).add(group.settled[view.id].origin_id)
    denied = targets & origins.keys()
    if denied:
        return frozenset(denied)
    most = max((len(some) for some in origins.values()), default=0)
    return frozenset(name for name, some in origins.items() if len(some) == most)


def accounts(group: Group) -> tuple[Account, ...]:
    """The event's claims by origin and stance."""
    accused = accused_doers(group)
    lacking = all(_tells_of_lack(view) for view in group.views)
    sorted_in: dict[tuple[str, Stance], list[View]] = {}
    for view in group.views:
        key = (group.settled[view.id].origin_id, stance_of(view, accused, lacking=lacking))
        sorted_in.setdefault(key, []).append(view)
    return tuple(_account(group, key, sorted_in[key]) for key in sorted(sorted_in))


def _tells_of_lack(view: View) -> bool:
    """Whether it says of no known kind of deed what there is not: "nobody has been paid"."""
    facts = view.facts
    return view.against and view.row.family == UNSORTED and facts.modality == "asserted"


def _account(group: Group, key: tuple[str, Stance], views: Sequence[View]) -> Account:
    origins = [group.settled[view.id].origin for view in views]
    return Account(
        origin=min(origin.name for origin in origins),
        origin_id=key[0],
        level=best_level(origin.level for origin in origins),
        stance=key[1],
        claims=tuple(view.id for view in views),
        times=tuple(view.facts.time for view in views if view.facts.time is not None),
        places=tuple(place for view in views for place in view.facts.places),
        quantities=tuple(quantity for view in views for quantity in view.facts.quantities),
    )


def best_level(levels: Iterable[OriginLevel]) -> OriginLevel:
    """The level nearest to the thing itself."""
    return min(levels, key=LEVEL_ORDER.index)


class Counts(msgspec.Struct, frozen=True, gc=False):
    """What stands behind an event."""

    pages: int
    outlets: int
    origins: int
    first_hand: int
    without_knowledge: int
    conduits: tuple[str, ...]


def counts_of(group: Group, found: Collection[Account]) -> Counts:
    """Counts as records.md defines them; only supporting claims count."""
    supporting = [account for account in found if account.stance == "supports"]
    counted: dict[str, list[str]] = {}
    first_hand: set[str] = set()
    for account in supporting:
        for claim in account.claims:
            level = group.settled[claim].origin.level
            if level in COUNTED_LEVELS:
                counted.setdefault(account.origin_id, []).append(claim)
            if level == "first_hand":
                first_hand.add(account.origin_id)
    others = {account.origin_id for account in supporting} - counted.keys()
    return Counts(
        pages=len({view.facts.page_id for view in group.views}),
        outlets=len({view.facts.outlet for view in group.views}),
        origins=len(counted),
        first_hand=len(first_hand),
        without_knowledge=len(others),
        conduits=_conduits(group, counted),
    )


def _conduits(group: Group, counted: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Tellers that all accounts, or all of one person who had to be heard, came through."""
    found: set[str] = set()
    paths: list[tuple[str, ...]] = []
    for claims in counted.values():
        mine = [group.settled[claim].tellers for claim in claims]
        paths += mine
        if group.settled[claims[0]].origin.kind in HEARD:
            found.update(shared_tellers(mine))
    if len(counted) > 1:
        found.update(shared_tellers(paths))
    return tuple(sorted(found))


def corroboration_of(origins: int) -> Corroboration:
    """How many origins stand behind it; sides are never guessed, so two is already the most."""
    if origins == 0:
        return "none"
    return "single_origin" if origins == 1 else "several_origins"


def dispute_of(found: Collection[Account], *, contradicted: bool) -> Dispute:
    """Whether somebody denies it or accounts differ."""
    stances = {account.stance for account in found}
    if "denies" in stances:
        return "denied"
    return "accounts_differ" if "differs" in stances or contradicted else "none"


def event_place(views: Sequence[View]) -> Place | None:
    """The place most claims give, the most precise of equals."""
    places = [place for place in (main_place(view) for view in views) if place is not None]
    if not places:
        return None
    counts = Counter(place.gazetteer_id or place.as_written for place in places)
    return min(
        places,
        key=lambda p: (
            p.lat is None,
            -counts[p.gazetteer_id or p.as_written],
            p.radius_km or 0.0,
            p.gazetteer_id or "",
            p.as_written,
            p.start or 0,
        ),
    )


def event_actors(views: Sequence[View]) -> tuple[Actor, ...]:
    """Each actor and role once, as the smallest claim writes it."""
    found: dict[tuple[str, str], Actor] = {}
    for view in views:
        for actor in view.facts.actors:
            found.setdefault((actor.name, actor.role), actor)
    return tuple(found[key] for key in sorted(found))


def event_bounds(views: Sequence[View]) -> tuple[str | None, str | None]:
    """First and last day that the claims' own times give; null where none gives it.

    What happens at one time has the days its claims give; a month or a year dates it only where
    no day does and a good share of its claims tell of that month or year.
    """
    times = [view for view in views if view.dated and not view.against] or [
        view for view in views if view.dated
    ]
    if all(view.row.group not in OVER_TIME for view in views):
        days = [view for view in times if length_of(view) <= WEEK]
        times = days or (times if len(times) >= SHARE * len(views) else [])
    lows = [view.earliest for view in times if view.earliest is not None]
    highs = [view.latest for view in times if view.latest is not None]
    return iso_day(min(lows, default=None)), iso_day(max(highs, default=None))
