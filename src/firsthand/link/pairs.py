"""Pairs of claims that belong together: one event, one statement, a forecast and its outcome."""

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from msgspec.structs import replace

from firsthand.link.awaited import is_outcome
from firsthand.link.candidates import candidate_pairs
from firsthand.link.compare import (
    COPIED,
    SOME,
    Comparison,
    comparable,
    compare,
    words_alike,
)
from firsthand.link.lexicons import standing
from firsthand.link.lineage import changed_figure
from firsthand.link.rules import Rules
from firsthand.link.tellings import Stands
from firsthand.link.views import View

TWIN: Final = ("lineage", "twin")
DENIES: Final = ("lineage", "denies")
"""A denial is as surely of one event with what it denies as a copy with its source."""
FORBIDDEN: Final = -50.0
"""A single forbidding field weighs -99, which no sum of the others outweighs."""
PLACED: Final = frozenset(("place", level) for level in ("same", "same_words", "close", "article"))
OTHER_DOERS: Final = frozenset({("actors", "differ"), ("actors", "holder_unknown")})


@dataclass
class Pairs:
    """Linked pairs of claims by what links them; pairs are in id order."""

    event: dict[tuple[str, str], float] = field(default_factory=dict)
    statement: dict[tuple[str, str], float] = field(default_factory=dict)
    """With the weight of the pair, by which the surest are joined first."""
    outcome: set[tuple[str, str]] = field(default_factory=set)
    control: set[tuple[str, str]] = field(default_factory=set)

    def all(self) -> set[tuple[str, str]]:
        """Every linked pair."""
        return {*self.event, *self.statement, *self.outcome, *self.control}


class Comparer:
    """Compares claims of one pile."""

    def __init__(
        self, views: Mapping[str, View], twins: Collection[tuple[str, str]], event_km: float
    ) -> None:
        """Claims by id, and which pairs are copies."""
        self.views = views
        self.twins = frozenset(twins)
        self.event_km = event_km

    def compare(self, one: str, other: str) -> Comparison:
        """The comparison of two claims, in either order."""
        pair = (one, other) if one < other else (other, one)
        a, b = self.views[pair[0]], self.views[pair[1]]
        if pair in self.twins or not (b.id == a.facts.denies or a.id == b.facts.denies):
            return compare(a, b, self.event_km, twin=pair in self.twins)
        found = compare(a, b, self.event_km, twin=True)
        told = tuple(DENIES if part == TWIN else part for part in found.parts)
        return replace(found, parts=told)

    def weight(self, one: str, other: str) -> float:
        """The weight of a pair; minus infinity where a field forbids it."""
        found = self.compare(one, other)
        return -math.inf if found.total <= FORBIDDEN else found.total


def find_pairs(
    comparer: Comparer,
    crossing: Collection[str] | None = None,
    rules: Rules | None = None,
    stands: Stands | None = None,
) -> Pairs:
    """Which claims are linked, and how; with `crossing` only from those named to others.

    Copies are linked as they are; they are not compared, and of those in `stands` only the one
    that stands for them is compared with others. What `rules` keep apart is neither one event
    nor one statement; it may still be an outcome, or contradict.
    """
    found = Pairs()
    views = [comparer.views[name] for name in sorted(comparer.views)]
    for one, other in candidate_pairs(views, crossing, stands):
        a, b = views[one], views[other]
        if a.facts.rejected or b.facts.rejected:
            continue
        if (a.id, b.id) not in comparer.twins and _could_agree(a, b):
            _judge(comparer, (a.id, b.id), found)
    if rules is not None and not rules.idle:
        found.event, found.statement = rules.kept(found.event), rules.kept(found.statement)
    return found


def _could_agree(one: View, other: View) -> bool:
    """Whether the words of two claims outside events are enough alike to go on comparing."""
    mine, theirs = one.facts, other.facts
    if one.in_event and other.in_event:
        return True
    if mine.type != theirs.type or mine.modality != theirs.modality:
        return True
    if mine.modality == "forecast":
        return True  # one may put the other off, in other words
    return words_alike(one, other, COPIED if mine.origin_key != theirs.origin_key else SOME)


def split_pairs(pairs: Pairs, home: Callable[[str], str]) -> dict[str, Pairs]:
    """The pairs of each group; `home` names a claim's group."""
    found: dict[str, Pairs] = {}
    for pair in sorted(pairs.event):
        found.setdefault(home(pair[0]), Pairs()).event[pair] = pairs.event[pair]
    for pair in sorted(pairs.statement):
        found.setdefault(home(pair[0]), Pairs()).statement[pair] = pairs.statement[pair]
    for name in ("outcome", "control"):
        for pair in sorted(getattr(pairs, name)):
            getattr(found.setdefault(home(pair[0]), Pairs()), name).add(pair)
    return found


def _judge(comparer: Comparer, pair: tuple[str, str], found: Pairs) -> None:
    a, b = comparer.views[pair[0]], comparer.views[pair[1]]
    if a.in_event and b.in_event:
        if comparable(a, b):
            _judge_happening(comparer, (a, b), found)
    elif a.facts.modality == b.facts.modality and a.facts.type == b.facts.type:
        _judge_saying(comparer, (a, b), found)
    elif is_outcome(a, b) or is_outcome(b, a):
        found.outcome.add(pair)


def _judge_happening(comparer: Comparer, both: tuple[View, View], found: Pairs) -> None:
    a, b = both
    comparison = comparer.compare(a.id, b.id)
    if comparison.linked:
        found.event[a.id, b.id] = comparison.total
        if says_the_same(a, b, comparison):
            found.statement[a.id, b.id] = comparison.total
    elif _told_again(a, b, comparison):
        found.statement[a.id, b.id] = comparison.total
    if _control(a, b):
        found.control.add((a.id, b.id))


def _judge_saying(comparer: Comparer, both: tuple[View, View], found: Pairs) -> None:
    a, b = both
    comparison = comparer.compare(a.id, b.id)
    if says_the_same(a, b, comparison):
        found.statement[a.id, b.id] = comparison.total
    if is_outcome(a, b) or is_outcome(b, a):
        found.outcome.add((a.id, b.id))


def _told_again(one: View, other: View, comparison: Comparison) -> bool:
    """Whether one named source tells twice of what lasts at one place, without a day or a figure.

    As far as its words go that is one statement, and it counts once; whether it is one event
    they do not say.
    """
    mine, theirs = one.facts, other.facts
    if mine.origin_key != theirs.origin_key or not mine.origin_key.startswith("name:"):
        return False
    if mine.type != theirs.type or one.row.family not in standing() or one.against != other.against:
        return False
    levels = frozenset(comparison.parts)
    agreed = {("place", "same"), ("quantities", "unknown")}
    undated = not (one.timed or other.timed) and comparison.total > FORBIDDEN
    return undated and levels >= agreed and not levels & OTHER_DOERS


def _control(one: View, other: View) -> bool:
    """Two accounts of who holds a place: they may contradict without being one situation."""
    if one.facts.type != "control_of_territory" or other.facts.type != one.facts.type:
        return False
    return bool(_places(one) & _places(other)) and bool(one.doers) and bool(other.doers)


def _places(view: View) -> frozenset[str]:
    return frozenset(p.gazetteer_id for p in view.facts.places if p.gazetteer_id is not None)


def says_the_same(one: View, other: View, comparison: Comparison) -> bool:
    """Whether two claims have the same content, not just the same event."""
    if not _alike_in_kind(one, other) or changed_figure(one, other):
        return False
    levels = frozenset(comparison.parts)
    if ("lineage", "twin") in levels:
        return True
    if any(level in {"disjoint", "far", "before"} for _, level in levels):
        return False
    if ("words", "copied") in levels:
        return True
    if one.in_event and other.in_event:
        return _same_content(levels, lone_figure=_lone_figure(one, other))
    return _same_opinion(one, other, levels)


def copies_say_the_same(one: View, other: View) -> bool:
    """Whether two claims that are copies are so with the same figures, held the same way."""
    return _alike_in_kind(one, other) and not changed_figure(one, other)


def _alike_in_kind(one: View, other: View) -> bool:
    mine, theirs = one.facts, other.facts
    if mine.type != theirs.type or one.against != other.against:
        return False
    forecast = {mine.modality, theirs.modality} & {"forecast", "hypothetical", "opinion"}
    return not forecast or mine.modality == theirs.modality


def _lone_figure(one: View, other: View) -> bool:
    """Whether only one of two claims gives figures: it says more than the other."""
    return bool(one.facts.quantities) != bool(other.facts.quantities)


def _same_content(levels: frozenset[tuple[str, str]], *, lone_figure: bool) -> bool:
    """Same figure, or no figure in either and the same actors, place or wording.

    A headline says what its article says where the place agrees and nobody else is named.
    """
    if levels & {("quantities", "equal"), ("quantities", "equal_rare")}:
        return True
    if ("quantities", "unknown") not in levels:
        return False
    placed = bool(levels & PLACED)
    if placed and ("document", "title") in levels and not levels & OTHER_DOERS:
        return True
    same_doing = ("actors", "same_roles") in levels and placed and not lone_figure
    return same_doing or ("words", "alike") in levels


def _same_opinion(one: View, other: View, levels: frozenset[tuple[str, str]]) -> bool:
    """What one speaker expects, wants or judges, told twice in like words about the same.

    A headline drops the speaker: it says the same as its own text in like words.
    """
    headline = ("document", "title") in levels
    if one.facts.origin_key != other.facts.origin_key and not headline:
        return False
    about = levels & (PLACED | {("actors", "same_roles"), ("actors", "shared")})
    return bool(about) and bool(levels & {("words", "alike"), ("words", "some")})
