"""Conflicts: what cannot all hold, or pulls apart, with both sides and the field in dispute."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Literal, TypeAlias

from firsthand.link.days import iso_day
from firsthand.link.events import Group, accused_doers
from firsthand.link.facts import content_words
from firsthand.link.lexicons import has_words
from firsthand.link.lineage import changed_figure
from firsthand.link.origins import plain_name
from firsthand.link.settled import Settled
from firsthand.link.views import View, main_place, value_bounds
from firsthand.model.claim import Quantity
from firsthand.model.event import Conflict, ConflictValue
from firsthand.model.ids import digest

Told: TypeAlias = Sequence[tuple[View, Quantity]]
Kind = Literal["contradiction", "denial", "tension"]
Field = Literal["time", "place", "quantity", "actor", "occurrence", "control", "wording"]
MAX_VALUES: Final = 8
"""Values of one figure that are set against the first; more are in the event's accounts."""
UNCOUNTED: Final = frozenset({"people", "duration", "other"})
"""Kinds of figure that do not say what is counted, so that two of them seldom differ."""
BODIES: Final = "bodies"
GOODS: Final = frozenset({"tonnes", "vehicles"})
OF_PEOPLE: Final = frozenset({"disease", "displacement"})
"""Families of types that are told in people: those who fell ill, those who left."""
_FIGURE: Final = re.compile(r"\d+")
SPEAKING: Final = frozenset({"agent", "subject"})
ANYBODY: Final = frozenset({"people", "persons", "bodies", "dead", "deaths", "victims"})
"""Words for who is counted that single nobody out."""
HARD: Final = frozenset({"asserted", "unconfirmed", "possible"})


def conflict(
    event_id: str | None, kind: Kind, field: Field, sides: Mapping[str, str], explanation: str
) -> Conflict:
    """A conflict row; `sides` gives each claim's value."""
    claims = tuple(sorted(sides))
    return Conflict(
        conflict_id="k-" + digest(kind, field, *claims),
        event_id=event_id,
        kind=kind,
        field=field,
        claims=claims,
        values=tuple(ConflictValue(claim_id=claim, value=sides[claim]) for claim in claims),
        explanation=explanation,
    )


def event_conflicts(group: Group) -> list[Conflict]:
    """All conflicts inside one event, in id order."""
    found = [
        *_denials(group),
        *_figures(group),
        *_doers(group),
        *_starts(group),
        *_hedges(group),
    ]
    unique = {row.conflict_id: row for row in found}
    return [unique[key] for key in sorted(unique)]


def _denials(group: Group) -> Iterator[Conflict]:
    """One row for each origin that denies, with what it denies.

    That a denial was made is a speech act told by whoever reports it; where the event also holds
    what is denied, in the denier's own name, the report adds nothing.
    """
    against: dict[str, list[View]] = {}
    own = [view for view in group.views if view.against and view.facts.type != "denial"]
    for view in own or [view for view in group.views if view.against]:
        against.setdefault(group.settled[view.id].origin_id, []).append(view)
    for origin in sorted(against):
        mine = against[origin]
        denied = _denied(mine, group.views, group.settled)
        if not denied:
            continue
        name = _denier(mine[0], group)
        sides = {view.id: "denied" for view in mine} | {view.id: "asserted" for view in denied}
        tellers = ", ".join(sorted({group.settled[v.id].origin.name for v in denied}))
        part = "" if _same_doers(mine, denied) else " in part: who did it, or how"
        yield conflict(
            group.event_id,
            "denial",
            "occurrence",
            sides,
            f"{name} denies{part} what {tellers} says.",
        )


def _denier(view: View, group: Group) -> str:
    """Who denies: the origin, or who is said to have denied."""
    speakers = [a.name for a in view.facts.actors if a.role in SPEAKING]
    if view.facts.type == "denial" and speakers:
        return speakers[0]
    return group.settled[view.id].origin.name


def _denied(
    mine: Sequence[View], views: Iterable[View], settled: Mapping[str, Settled]
) -> list[View]:
    """Claims denied by name, else those of other origins about the same matter.

    Of these, the ones that name a doer whom a denial names; where none does, all of them.
    """
    own = {settled[view.id].origin_id for view in mine}
    named = {view.facts.denies for view in mine if view.facts.denies}
    spoken = any(view.facts.modality == "denied" or view.facts.type == "denial" for view in mine)
    others = [v for v in views if not v.against and settled[v.id].origin_id not in own]
    by_name = [view for view in others if view.id in named]
    about = _about(mine, others)
    doers = {name for view in mine for name in view.doers}
    same = [view for view in about if view.doers & doers]
    if by_name and spoken:
        return by_name
    found = {view.id for view in (*by_name, *(same or about))}
    return [view for view in others if view.id in found]


def _about(mine: Sequence[View], others: Sequence[View]) -> list[View]:
    """Claims that one of the denials can be of; copies in the same words are looked at once."""
    denials = list({_matter(view): view for view in mine}.values())
    matters = {view.id: _matter(view) for view in others}
    first = {matters[view.id]: view for view in others}
    denied = {
        matter: any(_one_matter(denial, view) for denial in denials)
        for matter, view in first.items()
    }
    return [view for view in others if denied[matters[view.id]]]


def _matter(view: View) -> tuple[object, ...]:
    facts = view.facts
    return (facts.words_key, facts.text, facts.type, facts.modality, view.doers, _names(view))


def _one_matter(denial: View, other: View) -> bool:
    """Whether a denial can be of this claim.

    A denial by name ("denied having shelled") is of what its kind of event is told as; that
    something did not happen ("no gate was shut") only of what is told in some of the same words,
    unless it is of a deed of whom the other names ("no ship of the navy has fired").
    """
    if other.row.group == "speech" or _other_figure(denial, other):
        return False
    if denial.facts.modality == "denied":
        return denial.row.family == other.row.family or bool(denial.doers & other.doers)
    if denial.row.one_doer and denial.words & _doer_words(other):
        return denial.facts.type == other.facts.type
    alike = denial.facts.type in {other.facts.type, "denial"}
    return alike and bool((denial.words & other.words) - _names(denial) - _names(other))


def _other_figure(denial: View, other: View) -> bool:
    """Whether a denied figure is none of the other's: "not twenty" says nothing of seventeen."""
    mine, theirs = (frozenset(_FIGURE.findall(view.facts.text)) for view in (denial, other))
    return bool(mine) and bool(theirs) and not mine & theirs


def _names(view: View) -> frozenset[int]:
    """Words that only say where and who: told of everything at one place."""
    named = [place.name or place.as_written for place in view.facts.places]
    named += [place.as_written for place in view.facts.places]
    named += [actor.name for actor in view.facts.actors if actor.name[:1].isupper()]
    return frozenset(content_words(" ".join(named)))


def _doer_words(view: View) -> frozenset[int]:
    names = [actor.name for actor in view.facts.actors if plain_name(actor.name) in view.doers]
    return frozenset(content_words(" ".join(names)))


def _same_doers(mine: Iterable[View], denied: Iterable[View]) -> bool:
    doers = {name for view in mine for name in view.doers}
    return not doers or any(view.doers & doers or not view.doers for view in denied)


def _figures(group: Group) -> Iterator[Conflict]:
    """Values of one kind of figure that do not meet, each against the one told most."""
    told: dict[tuple[str, str, str], dict[str, list[tuple[View, Quantity]]]] = {}
    for view in group.views:
        if view.against:
            continue
        for kind, quantity in view.figures:
            if _tells_what(view, kind) and value_bounds(quantity) is not None:
                values = told.setdefault((kind, quantity.unit or "", _counted(quantity)), {})
                values.setdefault(_value_key(quantity), []).append((view, quantity))
    for key in sorted(told):
        yield from _figure_rows(group, key[0], told[key])


def _tells_what(view: View, kind: str) -> bool:
    """Whether a kind of figure says what is counted."""
    return view.row.family in OF_PEOPLE if kind == "people" else kind not in UNCOUNTED


def _counted(quantity: Quantity) -> str:
    """Who or what is counted, roughly: figures about children and about fighters are not set off.

    Goods are told by weight or in lorries with and without their names: those all meet.
    """
    word = " ".join((quantity.counted or "").casefold().split()[-1:])
    return "" if word in ANYBODY or quantity.kind in GOODS else word


def _value_key(quantity: Quantity) -> str:
    bounds = value_bounds(quantity)
    return f"{quantity.value}|{bounds}"


def _figure_rows(
    group: Group, kind: str, values: Mapping[str, Sequence[tuple[View, Quantity]]]
) -> Iterator[Conflict]:
    ordered = sorted(values, key=lambda key: (-_origins(group, values[key]), _first(values[key])))
    base = values[ordered[0]]
    for key in ordered[1:MAX_VALUES]:
        row = _figure_row(group, kind, base, values[key])
        if row is not None:
            yield row


def _origins(group: Group, told: Sequence[tuple[View, Quantity]]) -> int:
    return len({group.settled[view.id].origin_id for view, _ in told})


def _first(told: Sequence[tuple[View, Quantity]]) -> str:
    return min(view.id for view, _ in told)


def _figure_row(
    group: Group,
    kind: str,
    base: Sequence[tuple[View, Quantity]],
    other: Sequence[tuple[View, Quantity]],
) -> Conflict | None:
    mine, theirs = value_bounds(base[0][1]), value_bounds(other[0][1])
    if mine is None or theirs is None or (mine[0] <= theirs[1] and theirs[0] <= mine[1]):
        return None
    sides = {view.id: quantity.as_written for view, quantity in (*base, *other)}
    if len(sides) < 2 or _one_sentence(base, other) or _some_found(base, other):
        return None
    reason = _softened(base, other)
    words = kind.replace("_", " ")
    explanation = f"{words}: {base[0][1].as_written} against {other[0][1].as_written}"
    if reason:
        explanation = f"{explanation}; {reason}"
    return conflict(
        group.event_id, "tension" if reason else "contradiction", "quantity", sides, explanation
    )


def _some_found(base: Told, other: Told) -> bool:
    """Whether fewer bodies were brought up than are told to have died: both can be right."""
    bodies, dead = sorted((base, other), key=lambda told: value_bounds(told[0][1]) or (0.0, 0.0))
    found, counted = value_bounds(bodies[0][1]), value_bounds(dead[0][1])
    if found is None or counted is None or found[1] >= counted[0]:
        return False
    return all(q.kind == BODIES and has_words("found", v.facts.text) for v, q in bodies)


def _one_sentence(
    base: Sequence[tuple[View, Quantity]], other: Sequence[tuple[View, Quantity]]
) -> bool:
    """Two figures of one sentence count different things, or the writer would see it."""
    mine = {(view.facts.document_id, view.facts.sentence) for view, _ in base}
    return all((view.facts.document_id, view.facts.sentence) in mine for view, _ in other)


def _softened(
    base: Sequence[tuple[View, Quantity]], other: Sequence[tuple[View, Quantity]]
) -> str | None:
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


def _doers(group: Group) -> Iterator[Conflict]:
    """Two origins that name different doers of one happening."""
    named: dict[str, list[View]] = {}
    for view in group.views:
        if view.row.one_doer and not view.against and view.facts.modality in HARD and view.doers:
            named.setdefault(" and ".join(sorted(view.doers)), []).append(view)
    if len(named) < 2:
        return
    ordered = sorted(named, key=lambda name: (-len(named[name]), name))
    base = named[ordered[0]]
    for name in ordered[1:MAX_VALUES]:
        if _sets_off(group, base, named[name]):
            sides = {v.id: ordered[0] for v in base} | {v.id: name for v in named[name]}
            yield conflict(
                group.event_id,
                "contradiction",
                "actor",
                sides,
                f"One account names {ordered[0]}, another {name}.",
            )


def _sets_off(group: Group, base: Sequence[View], other: Sequence[View]) -> bool:
    """Doers contradict where types agree, nobody is shared and the origins differ."""
    mine = {name for view in base for name in view.doers}
    theirs = {name for view in other for name in view.doers}
    if mine & theirs or not {v.facts.type for v in base} & {v.facts.type for v in other}:
        return False
    targets = {n for v in (*base, *other) for n, roles in v.named.items() if "target" in roles}
    if targets & (mine | theirs) and not accused_doers(group):
        return False  # two sides of one fight, each told as doer once
    origins = {group.settled[view.id].origin_id for view in base}
    return any(group.settled[view.id].origin_id not in origins for view in other)


def _starts(group: Group) -> Iterator[Conflict]:
    """States whose beginning is told differently."""
    if group.views[0].row.group != "state":
        return
    begun = [view for view in group.views if _begins(view) and not view.against]
    values: dict[str, list[View]] = {}
    for view in begun:
        values.setdefault(_start_words(view), []).append(view)
    ordered = sorted(values, key=lambda key: (-len(values[key]), key))
    for key in ordered[1:MAX_VALUES]:
        if _apart(values[ordered[0]][0], values[key][0]):
            sides = {view.id: ordered[0] for view in values[ordered[0]]}
            sides |= {view.id: key for view in values[key]}
            yield conflict(
                group.event_id,
                "contradiction",
                "time",
                sides,
                f"Accounts date the beginning {ordered[0]} and {key}.",
            )


def _begins(view: View) -> bool:
    """Whether it says since when: "besieged on Tuesday" only says that it was so on that day."""
    time = view.facts.time
    if view.earliest is None or time is None or time.basis == "as_of":
        return False
    if view.earliest != view.latest:
        return True
    return has_words("began", view.facts.text)


def _start_words(view: View) -> str:
    return f"from {iso_day(view.earliest)}"


GRANULARITY_DAYS: Final = {"day": 1, "week": 7, "month": 31, "season": 92, "year": 366}


def _apart(one: View, other: View) -> bool:
    """Whether two beginnings differ by more than the coarser of their wordings allows."""
    if one.earliest is None or other.earliest is None:
        return False
    grains = [view.facts.time.granularity or "day" for view in (one, other) if view.facts.time]
    allowed = max(GRANULARITY_DAYS.get(grain, 31) for grain in grains)
    return abs(one.earliest - other.earliest) > allowed


def _hedges(group: Group) -> Iterator[Conflict]:
    """A headline that asserts what its own text only thinks possible."""
    articles: dict[str, list[View]] = {}
    for view in group.views:
        articles.setdefault(view.facts.document_id, []).append(view)
    for title in group.views:
        if not title.facts.title or title.facts.modality != "asserted" or title.against:
            continue
        soft = [
            view
            for view in articles[title.facts.document_id]
            if view.facts.modality in {"possible", "unconfirmed"}
            and view.facts.type == title.facts.type
            and not changed_figure(title, view)
            and (title.words & view.words) - _names(title) - _names(view)
        ]
        if soft:
            sides = {title.id: "asserted"} | {view.id: view.facts.modality for view in soft}
            yield conflict(
                group.event_id,
                "tension",
                "wording",
                sides,
                "The headline asserts what the text below it gives with a reservation.",
            )
