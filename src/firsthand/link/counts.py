"""Counts that differ: figures of one kind in one event that do not meet, in one row."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final, TypeAlias

from firsthand.link.conflict_rows import MAX_VALUES, Kind, conflict
from firsthand.link.events import Group
from firsthand.link.lexicons import has_words
from firsthand.link.named_counts import named_counts
from firsthand.link.views import View, main_place, value_bounds
from firsthand.model.claim import Quantity
from firsthand.model.event import Conflict
from firsthand.model.record import Span

Told: TypeAlias = Sequence[tuple[View, Quantity]]
UNCOUNTED: Final = frozenset({"people", "duration", "other"})
"""Kinds of figure that do not say what is counted, so that two of them seldom differ."""
BODIES: Final = "bodies"
GOODS: Final = frozenset({"tonnes", "vehicles"})
OF_PEOPLE: Final = frozenset({"disease", "displacement", "protest"})
"""Families of types that are told in people: those who fell ill, those who left, a crowd."""
ANYBODY: Final = frozenset({"people", "persons", "bodies", "dead", "deaths", "victims"})
"""Words for who is counted that single nobody out."""
CROWD: Final = frozenset(
    [
        "patients",
        "marchers",
        "protesters",
        "protestors",
        "demonstrators",
        "pickets",
        "strikers",
        "evacuees",
    ]
)
"""The same where what the event is says who they are."""
OUTBREAKS: Final = frozenset({"disease"})
"""Kinds of event whose counts grow from day to day."""
SAME_DAYS: Final = 2
"""Days within which two counts of an outbreak are counts of one time."""


def differing_counts(group: Group) -> Iterator[Conflict]:
    """One row for each kind of figure that is told with values that do not meet.

    Values that merely pull apart (other areas, a headline and its own text) are a row of tension.
    """
    told: dict[tuple[str, str, str], dict[str, list[tuple[View, Quantity]]]] = {}
    for view in group.views:
        if view.against:
            continue
        for kind, quantity in _figures(view):
            if _tells_what(view, kind) and value_bounds(quantity) is not None:
                values = told.setdefault((kind, quantity.unit or "", _counted(quantity)), {})
                values.setdefault(_value_key(quantity), []).append((view, quantity))
    for key in sorted(told):
        yield from _rows(group, key[0], told[key])


def _figures(view: View) -> Iterator[tuple[str, Quantity]]:
    """The figures of a claim, and what a noun beside a bare number says that it counts.

    Such a number is set against others only here: it is too little to tie two claims by.
    """
    facts = view.facts
    known = {quantity: kind for kind, quantity in view.figures}
    span = Span(start=facts.start, end=facts.start + len(facts.text), text=facts.text)
    for quantity in named_counts(facts.type, span, facts.quantities):
        yield known.get(quantity, quantity.kind), quantity


def _tells_what(view: View, kind: str) -> bool:
    """Whether a kind of figure says what is counted."""
    return view.row.family in OF_PEOPLE if kind == "people" else kind not in UNCOUNTED


def _counted(quantity: Quantity) -> str:
    """Who or what is counted, roughly: figures about children and about fighters are not set off.

    Goods are told by weight or in lorries with and without their names: those all meet.
    """
    word = " ".join((quantity.counted or "").casefold().split()[-1:])
    crowd = quantity.kind == "people" and word in CROWD
    return "" if word in ANYBODY or crowd or quantity.kind in GOODS else word


def _value_key(quantity: Quantity) -> str:
    bounds = value_bounds(quantity)
    return f"{quantity.value}|{bounds}"


def _rows(group: Group, kind: str, values: Mapping[str, Told]) -> Iterator[Conflict]:
    """The values told most, in rows of those that contradict and those that pull apart."""
    ordered = sorted(values, key=lambda key: (-_origins(group, values[key]), _first(values[key])))
    some = [values[key] for key in ordered[:MAX_VALUES]]
    hard: set[int] = set()
    soft: dict[tuple[int, int], str] = {}
    for one, other in combinations(range(len(some)), 2):
        if not _parted(group, some[one], some[other]):
            continue
        reason = _softened(some[one], some[other])
        if reason is None:
            hard |= {one, other}
        else:
            soft[one, other] = reason
    if hard:
        yield _row(group, kind, "contradiction", [some[at] for at in sorted(hard)], None)
    left = {pair: reason for pair, reason in soft.items() if not hard >= set(pair)}
    for reason in sorted(set(left.values())):
        places = sorted({at for pair, found in left.items() if found == reason for at in pair})
        yield _row(group, kind, "tension", [some[at] for at in places], reason)


def _row(group: Group, kind: str, how: Kind, sides: Sequence[Told], reason: str | None) -> Conflict:
    told = {view.id: quantity.as_written for side in sides for view, quantity in side}
    values = " against ".join(side[0][1].as_written for side in sides)
    explanation = f"{kind.replace('_', ' ')}: {values}"
    if reason:
        explanation = f"{explanation}; {reason}"
    return conflict(group.event_id, how, "quantity", told, explanation)


def _origins(group: Group, told: Told) -> int:
    return len({group.settled[view.id].origin_id for view, _ in told})


def _first(told: Told) -> str:
    return min(view.id for view, _ in told)


def _parted(group: Group, base: Told, other: Told) -> bool:
    """Whether two values cannot both be the one count of one time."""
    mine, theirs = value_bounds(base[0][1]), value_bounds(other[0][1])
    if mine is None or theirs is None or (mine[0] <= theirs[1] and theirs[0] <= mine[1]):
        return False
    if len({view.id for view, _ in (*base, *other)}) < len(("one", "other")):
        return False
    if _some_found(base, other):
        return False
    if _corrected(base) or _corrected(other):
        return True
    if _one_sentence(base, other) or _one_voice(group, base, other):
        return False
    return not _counted_on(group, *sorted((base, other), key=_size))


def _corrected(told: Told) -> bool:
    """Whether a figure is told to put another one right, or to have been put right."""
    return all(has_words("corrected", view.facts.text) for view, _ in told)


def _size(told: Told) -> tuple[float, float]:
    return value_bounds(told[0][1]) or (0.0, 0.0)


def _one_sentence(base: Told, other: Told) -> bool:
    """Two figures of one sentence count different things, or the writer would see it."""
    mine = {(view.facts.document_id, view.facts.sentence) for view, _ in base}
    return all((view.facts.document_id, view.facts.sentence) in mine for view, _ in other)


def _one_voice(group: Group, base: Told, other: Told) -> bool:
    """Whether both are one origin's in the text of one article: it counts two things there."""
    voices = {
        (view.facts.document_id, group.settled[view.id].origin_id, view.facts.title)
        for view, _ in (*base, *other)
    }
    return len(voices) == 1


def _counted_on(group: Group, less: Told, more: Told) -> bool:
    """Whether the larger figure is a later count of the same.

    That is so where it is told to have grown, is one origin's own, or of an outbreak's next days.
    """
    before = [day for view, _ in less if (day := _day(view)) is not None]
    after = [day for view, _ in more if (day := _day(view)) is not None]
    if len(before) < len(less) or len(after) < len(more):
        return False
    waited = min(after) - max(before)
    if all(has_words("rose", view.facts.text) for view, _ in more):
        return waited >= 0
    if all(view.kin in OUTBREAKS for view, _ in (*less, *more)):
        return waited > SAME_DAYS
    origins = {group.settled[view.id].origin_id for view, _ in (*less, *more)}
    return waited > 0 and len(origins) == 1


def _day(view: View) -> int | None:
    """The day as of which it counts: its own, else that of its page."""
    own = view.latest if view.facts.time is not None and view.facts.lead_time is None else None
    return own if own is not None else view.published


def _some_found(base: Told, other: Told) -> bool:
    """Whether fewer bodies were brought up than are told to have died: both can be right."""
    bodies, dead = sorted((base, other), key=_size)
    found, counted = value_bounds(bodies[0][1]), value_bounds(dead[0][1])
    if found is None or counted is None or found[1] >= counted[0]:
        return False
    return all(q.kind == BODIES and has_words("found", v.facts.text) for v, q in bodies)


def _softened(base: Told, other: Told) -> str | None:
    """Why two figures only pull apart: other areas, or a headline against its own text."""
    scopes = {_scope(view) for view, _ in base} - {None}
    others = {_scope(view) for view, _ in other} - {None}
    if scopes and others and not scopes & others:
        return "they may be counted over different areas"
    titles = {view.facts.document_id for view, _ in base if view.facts.title}
    bodies = {view.facts.document_id for view, _ in base if not view.facts.title}
    for view, _ in other:
        if view.facts.document_id in (bodies if view.facts.title else titles):
            return "the headline and the text of one article differ"
    return None


def _scope(view: View) -> str | None:
    place = main_place(view)
    return None if place is None else place.precision
