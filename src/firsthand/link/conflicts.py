"""Conflicts: what cannot all hold, or pulls apart, with both sides and the field in dispute."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from firsthand.link.conflict_rows import MAX_VALUES, conflict
from firsthand.link.counts import differing_counts
from firsthand.link.days import iso_day
from firsthand.link.events import Group, accused_doers
from firsthand.link.facts import content_words
from firsthand.link.lexicons import has_words
from firsthand.link.lineage import changed_figure
from firsthand.link.origins import plain_name
from firsthand.link.stories import RARE, word_bits
from firsthand.link.views import View
from firsthand.model.event import Conflict

_NEGATED: Final = re.compile(r"\b(?:no|not an?|never|not one|any)\s+(\w+)(?:\s+(\w+))?")
_FIGURE: Final = re.compile(r"\d+")
SPEAKING: Final = frozenset({"agent", "subject"})
WORDED: Final = 7.0
"""Bits that the words shared by a denial and what it is of must tell."""
FEW_PAGES: Final = 2
HARD: Final = frozenset({"asserted", "unconfirmed", "possible"})


def event_conflicts(group: Group) -> list[Conflict]:
    """All conflicts inside one event, in id order."""
    found = [
        *_denials(group),
        *differing_counts(group),
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
    against = [v for v in group.views if v.against and not has_words("unable", v.facts.text)]
    own = [view for view in against if view.facts.type != "denial"]
    for mine, denied in _by_matter(own or against, group):
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


def _by_matter(against: Sequence[View], group: Group) -> Iterator[tuple[list[View], list[View]]]:
    """The denials of each origin with what they deny; those of one matter together."""
    common = _common(group.views)
    by_origin: dict[str, list[View]] = {}
    for view in against:
        by_origin.setdefault(group.settled[view.id].origin_id, []).append(view)
    for origin in sorted(by_origin):
        matters: dict[frozenset[object], list[View]] = {}
        for view in by_origin[origin]:
            matters.setdefault(frozenset(view.words), []).append(view)
        rows: list[tuple[list[View], dict[str, View]]] = []
        for views in matters.values():
            denied = {view.id: view for view in _denied(views, group, common)}
            if not denied:
                continue
            same = next((row for row in rows if row[1].keys() & denied.keys()), None)
            if same is None:
                rows.append((list(views), denied))
            else:
                same[0].extend(views)
                same[1].update(denied)
        for views, found in rows:
            yield views, list(found.values())


def _denier(view: View, group: Group) -> str:
    """Who denies: the origin, or who is said to have denied."""
    speakers = [a.name for a in view.facts.actors if a.role in SPEAKING]
    if view.facts.type == "denial" and speakers:
        return speakers[0]
    return group.settled[view.id].origin.name


def _common(views: Sequence[View]) -> frozenset[int]:
    """Words of the event itself: told in every third page, they say nothing of one matter."""
    pages: dict[int, set[str]] = {}
    for view in views:
        for word in view.words:
            pages.setdefault(word, set()).add(view.facts.document_id)
    least = max(FEW_PAGES, len({view.facts.document_id for view in views}) / 3)
    return frozenset(word for word, where in pages.items() if len(where) > least)


def _denied(mine: Sequence[View], group: Group, common: frozenset[int]) -> list[View]:
    """Claims denied by name, else those of other origins about the same matter.

    Of these, the ones that name a doer whom a denial names; where none does, all of them.
    """
    settled = group.settled
    own = {settled[view.id].origin_id for view in mine}
    named = {view.facts.denies for view in mine if view.facts.denies}
    spoken = any(view.facts.modality == "denied" or view.facts.type == "denial" for view in mine)
    others = [v for v in group.views if not v.against and settled[v.id].origin_id not in own]
    by_name = [view for view in others if view.id in named]
    about = _about(mine, others, common)
    doers = {name for view in mine for name in view.doers}
    same = [view for view in about if view.doers & doers]
    if by_name and spoken:
        return by_name
    found = {view.id for view in (*by_name, *(same or about))}
    return [view for view in others if view.id in found]


def _about(mine: Sequence[View], others: Sequence[View], common: frozenset[int]) -> list[View]:
    """Claims that one of the denials can be of; copies in the same words are looked at once."""
    denials = list({_matter(view): view for view in mine}.values())
    matters = {view.id: _matter(view) for view in others}
    first = {matters[view.id]: view for view in others}
    denied = {
        matter: any(_one_matter(denial, view, common) for denial in denials)
        for matter, view in first.items()
    }
    return [view for view in others if denied[matters[view.id]]]


def _matter(view: View) -> tuple[object, ...]:
    facts = view.facts
    return (facts.words_key, facts.text, facts.type, facts.modality, view.doers, _names(view))


def _one_matter(denial: View, other: View, common: frozenset[int]) -> bool:
    """Whether a denial can be of this claim.

    A denial by name ("denied having shelled") is of what its kind of event is told as, where that
    is a deed; of a count, an outbreak or a lack only in some of the same words. That
    something did not happen ("no gate was shut") only of what is told in some of the same words,
    unless it is of a deed of whom the other names ("no ship of the navy has fired").
    """
    if other.row.group == "speech" or _other_figure(denial, other):
        return False
    own = denial.words - _names(denial) - common
    about = own if _told(own) >= WORDED else denial.words - _names(denial)
    shared = (about | _negated(denial)) & other.words - _names(other)
    worded = _told(shared) >= WORDED
    if denial.facts.modality == "denied":
        deed = denial.row.one_doer or worded
        return bool(denial.doers & other.doers) or (deed and denial.row.family == other.row.family)
    if denial.row.one_doer and denial.words & _doer_words(other):
        return denial.facts.type == other.facts.type
    alike = denial.facts.type in {other.facts.type, "denial"}
    return alike and worded


def _negated(denial: View) -> frozenset[int]:
    """The words right behind a negation: what it says there was none of."""
    found = _NEGATED.findall(denial.facts.text.casefold())
    return frozenset(content_words(" ".join(word for two in found for word in two)))


def _told(words: Iterable[int]) -> float:
    """What sharing some words tells, in bits: common ones say little."""
    bits = word_bits()
    return sum(bits.get(word, RARE) for word in words)


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
