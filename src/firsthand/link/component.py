"""Links the claims of one component: everything that is said of them follows from them alone."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from firsthand.link.cluster import mean_linkage
from firsthand.link.compare import Comparison, in_words
from firsthand.link.conflicts import event_conflicts
from firsthand.link.control import control_conflicts
from firsthand.link.events import (
    Group,
    accounts,
    corroboration_of,
    counts_of,
    dispute_of,
    event_actors,
    event_bounds,
    event_place,
    event_type,
    tells_event,
)
from firsthand.link.forecasts import forecast_rows
from firsthand.link.lineage import Lineage, copy_groups
from firsthand.link.pairs import Comparer, Pairs
from firsthand.link.rules import Rules
from firsthand.link.settled import Settled, settle
from firsthand.link.statements import statement_rows, statements
from firsthand.link.states import state_rows, telling_rows
from firsthand.link.tellings import Stands
from firsthand.link.titles import event_title
from firsthand.link.views import View
from firsthand.model.event import ClaimLink, Conflict, Event, Statement
from firsthand.model.linking import Placed
from firsthand.model.record import Record

CONTRADICTIONS = frozenset({"contradiction"})


@dataclass(frozen=True)
class Component:
    """Claims that hang together, with the links between them."""

    views: Mapping[str, View]
    twins: Collection[tuple[str, str]]
    pairs: Pairs
    lineage: Lineage
    last_day: int | None
    rules: Rules = field(default_factory=Rules)
    stands: Stands = field(default_factory=dict)


def link_component(component: Component, comparer: Comparer) -> list[Record]:
    """All rows of one component."""
    said = statements(
        component.views,
        component.pairs.statement,
        component.twins,
        rules=component.rules,
        stands=component.stands,
    )
    settled = settle(component.views, component.twins, component.lineage, said)
    groups = _event_groups(component, comparer, settled)
    rows: list[Record] = [*statement_rows(said, settled)]
    homes: dict[str, str] = {}
    for group in groups:
        event, conflicts = _event(group)
        homes.update(dict.fromkeys(event.claims, event.event_id))
        rows += [event, *conflicts, *state_rows(group), *telling_rows(group)]
    rows += control_conflicts(component.views, component.pairs.control)
    outcomes = sorted(component.pairs.outcome)
    rows += forecast_rows(
        component.views,
        outcomes,
        component.last_day,
        rejected=component.rules.results,
        stands=component.stands,
    )
    in_statement = {
        claim: row.statement_id
        for row in rows
        if isinstance(row, Statement)
        for claim in row.claims
    }
    reasons = _judged(component, _reasons(component, comparer, homes), homes)
    for name in sorted(component.views):
        rows += _placed(
            component.views[name],
            settled[name],
            (homes.get(name), in_statement.get(name), reasons.get(name)),
            component.stands.get(name),
        )
    return rows


def _placed(
    view: View,
    settled: Settled,
    put: tuple[str | None, str | None, str | None],
    stand_in: str | None,
) -> Iterator[Record]:
    event, statement, reason = put
    yield ClaimLink(
        claim_id=view.id,
        document_id=view.facts.document_id,
        origin=settled.origin,
        origin_id=settled.origin_id,
        event_id=event,
        statement_id=statement,
        reason=reason or _alone(view, event),
    )
    yield Placed(
        claim_id=view.id,
        document_id=view.facts.document_id,
        page_id=view.facts.page_id,
        origin_id=settled.origin_id,
        name=settled.origin.name,
        kind=settled.origin.kind,
        level=settled.origin.level,
        tellers=settled.tellers,
        rejected=view.facts.rejected,
        stand_in=stand_in,
    )


def _alone(view: View, event: str | None) -> str:
    if view.facts.rejected:
        return "a claim found wrong belongs to no event and is not counted"
    if event is not None:
        return "no other claim in these pages tells of it"
    if view.facts.modality in {"forecast", "opinion", "hypothetical"}:
        return f"a claim of modality {view.facts.modality} belongs to no event"
    return f"claims of type {view.facts.type} are not put into events"


def _event(group: Group) -> tuple[Event, list[Conflict]]:
    found = accounts(group)
    conflicts = event_conflicts(group)
    counts = counts_of(group, found)
    place = event_place(group.views)
    earliest, latest = event_bounds(group.views)
    kind = event_type(group.views)
    event = Event(
        event_id=group.event_id,
        type=kind,
        title=event_title(group, kind, place, (earliest, latest)),
        actors=event_actors(group.views),
        place=place,
        earliest=earliest,
        latest=latest,
        claims=tuple(view.id for view in group.views),
        n_pages=counts.pages,
        n_outlets=counts.outlets,
        n_origins=counts.origins,
        n_first_hand=counts.first_hand,
        n_tellers_without_knowledge=counts.without_knowledge,
        conduits=counts.conduits,
        corroboration=corroboration_of(counts.origins),
        dispute=dispute_of(
            found, contradicted=any(row.kind in CONTRADICTIONS for row in conflicts)
        ),
        accounts=found,
    )
    return event, conflicts


def _event_groups(
    component: Component, comparer: Comparer, settled: Mapping[str, Settled]
) -> list[Group]:
    """Events found over copies taken as one, so that no number of copies moves them."""
    views = {name: view for name, view in component.views.items() if view.in_event}
    if len(component.views) == 1:
        alone = list(views.values())
        return [Group(alone, settled)] if tells_event(alone) else []
    rules = component.rules
    twins = [pair for pair in component.twins if pair[0] in views and pair[1] in views]
    groups = copy_groups(views, rules.joined(twins))
    copies = {_root(group, settled): group for group in groups}
    home = {member: root for root, group in copies.items() for member in group}
    score = _CopyScore(copies, component, comparer)
    links: dict[tuple[str, str], float] = {}
    for one, other in component.pairs.event:
        low, high = sorted((home[one], home[other]))
        if low != high and (low, high) not in links and score.linked(low, high):
            links[low, high] = score(low, high)
    found = mean_linkage(copies, links, score, rules.over(copies))
    told = [sorted(member for root in roots for member in copies[root]) for roots in found]
    chosen = [[views[name] for name in names] for names in _judged_one(told, rules)]
    return [Group(some, settled) for some in chosen if tells_event(some)]


def _judged_one(groups: Sequence[list[str]], rules: Rules) -> list[list[str]]:
    """Events with those made one that a person put together, in the order this was decided."""
    home = {name: names for names in groups for name in names}
    for (one, other), moment in sorted(rules.together.items(), key=lambda item: (item[1], item[0])):
        a, b = home.get(one), home.get(other)
        if a is None or b is None or a is b or rules.refuses(a, b, moment):
            continue
        home |= dict.fromkeys([*a, *b], sorted([*a, *b]))
    return sorted({names[0]: names for names in home.values()}.values())


def _root(group: list[str], settled: Mapping[str, Settled]) -> str:
    first = settled[group[0]].first
    return first if first in group else group[0]


class _CopyScore:
    """Weighs copies by their first claims, and by those that stand in one article."""

    def __init__(
        self, copies: Mapping[str, list[str]], component: Component, comparer: Comparer
    ) -> None:
        self._copies = copies
        self._views = component.views
        self._stands = component.stands
        self._linked = component.pairs.event
        self._comparer = comparer
        self._seen: dict[tuple[str, str], float] = {}
        self._articles: dict[str, dict[str, str]] = {}

    def __call__(self, one: str, other: str) -> float:
        """The weight of two copied claims."""
        pair = (one, other) if one < other else (other, one)
        if pair not in self._seen:
            self._seen[pair] = self._weigh(*pair)
        return self._seen[pair]

    def _weigh(self, one: str, other: str) -> float:
        weight = self._weight(one, other)
        if weight == -math.inf:
            return weight
        return max([weight, *(self._weight(*pair) for pair in self._together(one, other))])

    def linked(self, one: str, other: str) -> bool:
        """Whether the first claims, or two that stand in one article, tell one event."""
        if self._weight(one, other) == -math.inf:
            return False
        pairs = [(one, other), *self._together(one, other)]
        return any(self._tell_one(*pair) for pair in pairs)

    def _weight(self, one: str, other: str) -> float:
        """As the comparer finds it, which was asked before where the two are linked."""
        pair = (one, other) if one < other else (other, one)
        known = self._linked.get(pair)
        return self._comparer.weight(one, other) if known is None else known

    def _tell_one(self, one: str, other: str) -> bool:
        pair = (one, other) if one < other else (other, one)
        return pair in self._linked or self._comparer.compare(one, other).linked

    def _together(self, one: str, other: str) -> Iterator[tuple[str, str]]:
        """Two that stand in one article, once for all articles that tell the two alike."""
        mine, theirs = self._in_articles(one), self._in_articles(other)
        seen: set[tuple[str, str]] = set()
        for document in mine if len(mine) <= len(theirs) else theirs:
            near, name = mine.get(document), theirs.get(document)
            if near is None or name is None:
                continue
            told = (self._stands.get(near, near), self._stands.get(name, name))
            if told not in seen:
                seen.add(told)
                yield near, name

    def _in_articles(self, root: str) -> dict[str, str]:
        """The copies of a claim by their articles."""
        found = self._articles.get(root)
        if found is None:
            found = {self._views[name].facts.document_id: name for name in self._copies[root]}
            self._articles[root] = found
        return found


def _reasons(component: Component, comparer: Comparer, homes: Mapping[str, str]) -> dict[str, str]:
    """For each claim, the strongest link that holds it in its event, in words.

    That is a copy where there is one, else the surest of the claims it was compared with.
    """
    best: dict[str, tuple[float, str]] = {}
    links = (*component.pairs.event.items(), *((pair, math.inf) for pair in component.twins))
    for (one, other), weight in links:
        if homes.get(one) is None or homes.get(one) != homes.get(other):
            continue
        for name, partner in ((one, other), (other, one)):
            best[name] = min(best.get(name, (-weight, partner)), (-weight, partner))
    return {
        name: _in_words(partner, comparer.compare(name, partner))
        for name, (_, partner) in best.items()
    }


def _judged(
    component: Component, reasons: Mapping[str, str], homes: Mapping[str, str]
) -> dict[str, str]:
    """The same reasons behind what people decided about each claim, where they did."""
    found = dict(reasons)
    for name, view in component.views.items():
        words = [view.facts.judged or "", *component.rules.said.get(name, ())]
        words = [one for one in words if one]
        if words:
            rest = found.get(name) or _alone(view, homes.get(name))
            found[name] = "; ".join([*words, rest])
    return found


def _in_words(partner: str, comparison: Comparison) -> str:
    return f"linked to {partner} ({comparison.total:+.1f} bits): {in_words(comparison)}"
