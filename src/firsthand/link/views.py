"""A claim as it is compared: its facts with days as numbers and names in comparable form."""

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

import msgspec

from firsthand.link.days import first_day, last_day
from firsthand.link.lexicons import TypeRow, has_words, type_row
from firsthand.link.origins import is_unnamed, plain_name
from firsthand.model.claim import Actor, Place, Quantity, Time
from firsthand.model.linking import ClaimFacts

EVENT_MODALITIES: Final = frozenset({"asserted", "unconfirmed", "possible", "denied"})
"""A forecast, an opinion and a conditional threat belong to no event and support none."""
EVENT_GROUPS: Final = frozenset({"incident", "condition", "state", "situation", "other"})
DOERS: Final = frozenset({"agent", "besieger", "supporter"})
WIDE: Final = frozenset({"district", "governorate", "country", "region"})
"""Precisions at which sharing a place says little."""
COUNTED: Final = frozenset({"harm", "damage"})
"""Families of what is counted after it happened."""
COUNT_DAYS: Final = 6
UNNAMED_KINDS: Final = frozenset({"people", "unknown"})


class Spot(msgspec.Struct, frozen=True, gc=False):
    """One place as it is compared: identity, angles in radians, and how sure it is."""

    key: str
    words: str
    lat: float | None
    lon: float
    radius_km: float
    wide: bool


class View(msgspec.Struct, frozen=True, gc=False):
    """One claim, ready to be compared."""

    id: str
    facts: ClaimFacts
    row: TypeRow
    earliest: int | None
    latest: int | None
    published: int | None
    named: Mapping[str, frozenset[str]]
    """Named actors in comparable form, with their roles."""
    doers: frozenset[str]
    words: frozenset[int]
    story: frozenset[int]
    """The rarest words of its article."""
    figures: tuple[tuple[str, Quantity], ...]
    """What each of its quantities counts, with the quantity."""
    spots: tuple[Spot, ...]
    inherited: bool
    """Whether its places are only those of the text around it."""
    kin: str
    """The family of its incident; its own where it is alone."""
    timed: bool
    """Whether its own words give a time, resolved or not."""
    main: bool
    """Whether it leads what its article tells most of."""
    in_event: bool
    """Whether claims of this type and modality are put into events."""
    dated: bool
    """Whether a time of its own is resolved on at least one side."""
    against: bool
    """Whether it denies, or says that something did not happen."""


def _named(actors: tuple[Actor, ...], places: tuple[Place, ...]) -> dict[str, frozenset[str]]:
    """Named actors with their roles; a place of the claim is no actor of it."""
    found: dict[str, frozenset[str]] = {}
    if not actors:
        return found
    where = {plain_name(name) for p in places for name in (p.as_written, p.name or "")}
    for actor in actors:
        known = actor.actor_id is not None or not is_unnamed(actor.name)
        if known and actor.actor_kind not in UNNAMED_KINDS and plain_name(actor.name) not in where:
            name = plain_name(actor.name)
            found[name] = found.get(name, frozenset()) | {actor.role}
    return found


def is_tally(time: Time, kind: str, text: str) -> bool:
    """Whether a time is that of a count and not of what is counted: "the toll stood at 9 on Friday".

    The day of "Monday's earthquake" is that of the happening.
    """
    if type_row(kind).family not in COUNTED or time.as_written.endswith(("'s", "’s")):
        return False
    return time.basis == "as_of" or has_words("tally", text)


def _is_hour(time: Time) -> bool:
    """Whether it says only an hour ("4:40 p.m."), which was put on the day of the page."""
    hour = time.timex_type == "TIME" and any(letter.isdigit() for letter in time.as_written)
    return hour and time.basis == "anchored" and time.earliest == time.anchor


def bounds_of(time: Time | None, kind: str, text: str) -> tuple[int | None, int | None]:
    """First and last day of a time, as numbers; what only began then has no last day.

    What is counted was in the week before the count, what an hour without a day tells of in the
    week before the page.
    """
    if time is None:
        return None, None
    low = first_day(time.earliest)
    if low is not None and (is_tally(time, kind, text) or _is_hour(time)):
        return low - COUNT_DAYS, last_day(time.latest)
    lasts = type_row(kind).group == "state" and has_words("began", text)
    return low, None if lasts and low is not None else last_day(time.latest)


def joins_events(kind: str, modality: str, incident: str | None) -> bool:
    """Whether claims of a type and modality are put into events, alone or as told of an incident."""
    if modality not in EVENT_MODALITIES:
        return False
    return incident is not None or type_row(kind).group in EVENT_GROUPS


def length_of(view: View) -> float:
    """Days between the first and the last it can be of; endless where one is open."""
    if view.earliest is None or view.latest is None:
        return math.inf
    return view.latest - view.earliest


def view_of(facts: ClaimFacts) -> View:
    """A claim's facts, ready to be compared."""
    named = _named(facts.actors, facts.places)
    earliest, latest = bounds_of(facts.lead_time or facts.time, facts.type, facts.text)
    row = type_row(facts.type)
    spots, inherited = spots_of(facts.lead_places or facts.places)
    negative = facts.polarity == "negative" and row.group != "condition"
    return View(
        id=facts.claim_id,
        facts=facts,
        row=row,
        earliest=earliest,
        latest=latest,
        published=first_day(facts.published),
        named=named,
        doers=frozenset(name for name, roles in named.items() if roles & DOERS),
        words=frozenset(facts.words),
        story=_story(facts.story),
        figures=tuple(zip(facts.figures, facts.quantities, strict=True)),
        spots=spots,
        inherited=inherited,
        kin=facts.kin or row.family,
        timed=facts.time is not None,
        main=facts.main,
        in_event=not facts.rejected and joins_events(facts.type, facts.modality, facts.incident),
        dated=earliest is not None or latest is not None,
        against=facts.modality == "denied" or negative or facts.type == "denial",
    )


def spots_of(found: Iterable[Place]) -> tuple[tuple[Spot, ...], bool]:
    """The places that a claim is compared by, and whether they are only those of the text around."""
    places = own_places(found)
    return tuple(_spot(place) for place in places), bool(places) and places[0].inherited


@lru_cache(maxsize=1_024)
def _story(words: tuple[int, ...]) -> frozenset[int]:
    """One set for all claims of an article."""
    return frozenset(words)


def _spot(place: Place) -> Spot:
    words = plain_name(place.as_written)
    placed = place.lat is not None and place.lon is not None
    return Spot(
        key=place.gazetteer_id or "n:" + words,
        words=words,
        lat=math.radians(place.lat or 0.0) if placed else None,
        lon=math.radians(place.lon or 0.0),
        radius_km=place.radius_km or 1.0,
        wide=place.precision in WIDE,
    )


def undated_formula(one: View, other: View) -> bool:
    """Whether likeness of words says nothing: one outlet, two articles, an incident, no dates."""
    mine, theirs = one.facts, other.facts
    return (
        one.row.group == "incident"
        and mine.outlet == theirs.outlet
        and mine.document_id != theirs.document_id
        and (one.published is None or other.published is None)
        and not (one.dated and other.dated)
    )


def own_places(found: Iterable[Place]) -> list[Place]:
    """Places that the claim's own words give; where they give none, those of the text around it.

    "Arden, six kilometres south of Belm" is at Arden: a place that only helps to find another
    one is none of the claim's.
    """
    places = [place for place in found if not place.demonym]
    own = [place for place in places if not place.inherited]
    return [place for place in own if not _only_helps(place)] or own or places


def _only_helps(place: Place) -> bool:
    """Whether it is named to say how far and which way from it another place is."""
    return place.relation is not None and place.relation.endswith(" of")


def main_place(view: View) -> Place | None:
    """The most precise resolved place, first written first; else the first one."""
    resolved = [p for p in view.facts.places if p.lat is not None and not p.demonym]
    if resolved:
        return min(resolved, key=lambda p: (p.inherited, p.radius_km or 0.0))
    return next((p for p in view.facts.places if not p.demonym), None)


def value_bounds(quantity: Quantity) -> tuple[float, float] | None:
    """Lowest and highest value a figure stands for; "about" reaches a tenth both ways."""
    value = quantity.value
    low = quantity.low if quantity.low is not None else value
    high = quantity.high if quantity.high is not None else value
    if low is None and high is None:
        return None
    if quantity.approximate:
        low = None if low is None else low * 0.9
        high = None if high is None else high * 1.1
    return (-float("inf") if low is None else low, float("inf") if high is None else high)
