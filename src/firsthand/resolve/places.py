"""Finds every place a text names and puts it on the map with an honest precision.

A name goes through five hands: `toponyms` finds it, `place_evidence` weighs whether it is a
place, `metonyms` takes out capitals that act as governments, `disambiguation` chooses among
namesakes, `place_relations` turns "near" and "north of" into areas. What no gazetteer has stays,
unresolved, inside what the text says it lies in.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple, cast

from firsthand.model.claim import Area, Entity, Place, PlacePrecision
from firsthand.registry import RegistryMention, packaged_registry
from firsthand.registry.gazetteer import Gazetteer, packaged_gazetteer
from firsthand.resolve.airfields import with_airports
from firsthand.resolve.disambiguation import Choice, Chooser
from firsthand.resolve.metonyms import Government, governments
from firsthand.resolve.place_evidence import ACCEPT, Evidence
from firsthand.resolve.place_relations import relate
from firsthand.resolve.place_tables import capital_rows, place_words, short_forms
from firsthand.resolve.told_places import placed_by_text
from firsthand.resolve.toponyms import Finder, Mention, tokenise
from firsthand.resolve.unresolved import romanised, unknown_names

# Places with fewer people, in a country that nothing else in the text points to, are taken for
# chance namesakes once other names point elsewhere; known by an alias only, larger ones too.
_STRAY_BELOW: Final = {
    "town": 200_000,
    "neighbourhood": 200_000,
    "admin1": 500_000,
    "admin2": 500_000,
}
_STRAY_ALIAS: Final = 1_000_000
_SETTLED: Final = 2
"""Different names in one country from which a text is about it."""
_PARENT_REACH: Final = 60
_LINKS: Final = re.compile(
    r"(?:in|inside|within|of|the|district|province|governorate|region|village|town|city|located|"
    r"situated|lying|part|countryside|central|(?:(?:north|south)-?)?(?:east|west|north|south)(?:ern)?)"
)
"""Words between a place and what the text says it lies in."""
_HOLDERS: Final = frozenset(("governorate", "district", "country", "town"))
_FIRM: Final = 2.0
"""Score from which a stray name is a place for sure, only unknown which; else it is dropped."""


class PlacesRead(NamedTuple):
    """What one reading of a text gives."""

    places: tuple[Place, ...]
    governments: tuple[Government, ...]


@lru_cache(maxsize=4)
def _finder(gazetteer: Gazetteer) -> Finder:
    """The finder of a gazetteer, made once per process."""
    return Finder(gazetteer, place_words(), short_forms(gazetteer))


@lru_cache(maxsize=4)
def _capitals(gazetteer: Gazetteer) -> frozenset[int]:
    """Capitals of states in a gazetteer, found once per process."""
    return capital_rows(gazetteer)


def find_places(
    text: str,
    *,
    entities: Sequence[Entity] = (),
    country_hint: str | None = None,
    gazetteer: Gazetteer | None = None,
    names: Sequence[RegistryMention] | None = None,
) -> tuple[Place, ...]:
    """Every toponym of a text in reading order, resolved or marked unresolved with the reason.

    `entities`, where a tagger ran, sharpen what is a place; `country_hint` is an ISO code that
    breaks ties; `names` are the register's mentions where the caller has them already. Capitals
    that stand for governments are left out: see `read_places`.
    """
    return read_places(
        text, entities=entities, country_hint=country_hint, gazetteer=gazetteer, names=names
    ).places


def read_places(
    text: str,
    *,
    entities: Sequence[Entity] = (),
    country_hint: str | None = None,
    gazetteer: Gazetteer | None = None,
    names: Sequence[RegistryMention] | None = None,
) -> PlacesRead:
    """Places as `find_places`, and the capitals that stand for governments."""
    known = gazetteer or packaged_gazetteer()
    finder = _finder(known)
    tokens = tokenise(text)
    mentions = finder.mentions(text, tokens)
    _join_parents(text, mentions, known)
    bodies = packaged_registry().scan(text) if names is None else names
    evidence = Evidence(known, finder.words, text, tokens, entities, bodies)
    for mention in mentions:
        evidence.weigh(mention)
    acting = governments(text, tokens, mentions, finder.words)
    kept = _accepted([m for n, m in enumerate(mentions) if n not in acting], mentions)
    named = sorted([*kept, *(mentions[n] for n in acting)], key=lambda mention: mention.start)
    unknown = unknown_names(text, tokens, named, finder.words, entities)
    placed = _resolve(text, kept, unknown, known, country_hint)
    placed = placed_by_text(text, with_airports(text, placed, towns=False))
    return PlacesRead(placed, tuple(acting[n] for n in sorted(acting)))


def home_of(places: Sequence[Place]) -> str | None:
    """The country, by ISO code, that most located places of a text finer than states lie in."""
    inside = [
        place.country
        for place in places
        if place.lat is not None and place.precision not in {"country", "region"}
    ]
    counted = Counter(code for code in inside if code is not None)
    if not counted:
        return None
    code, most = min(counted.items(), key=lambda item: (-item[1], item[0]))
    return code if most >= _SETTLED and most > len(inside) / 2 else None


def _resolve(
    text: str,
    kept: list[Mention],
    unknown: list[Mention],
    gazetteer: Gazetteer,
    country_hint: str | None,
) -> tuple[Place, ...]:
    """Places of the accepted and the unknown mentions, in reading order."""
    choices = Chooser(gazetteer, country_hint, _capitals(gazetteer)).choose(kept)
    support = _support(kept, choices, gazetteer)
    countries = _countries(support, country_hint)
    for mention in unknown:
        mention.rows = romanised(mention, gazetteer, countries)
        mention.loose = bool(mention.rows)
    resolvable = sorted([*kept, *(m for m in unknown if m.rows)], key=lambda m: m.start)
    numbers = {id(mention): number for number, mention in enumerate(resolvable)}
    for mention in kept:
        if mention.inside is not None:
            mention.inside = numbers[id(kept[mention.inside])]
    if len(resolvable) > len(kept):
        choices = Chooser(gazetteer, country_hint, _capitals(gazetteer)).choose(resolvable)
    places = [
        _unresolved(text, mention, resolvable, choices, gazetteer, countries)
        if stray
        else relate(text, _place(gazetteer, mention, choice))
        for mention, choice in zip(resolvable, choices, strict=True)
        if not (stray := _is_stray(mention, choice, gazetteer, support, country_hint))
        or mention.score >= _FIRM
        or mention.designator
    ]
    places += [
        _unresolved(text, mention, resolvable, choices, gazetteer, countries)
        for mention in unknown
        if not mention.rows
    ]
    return tuple(sorted(places, key=lambda place: (place.start or 0, place.end or 0)))


def _accepted(candidates: Sequence[Mention], mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions that are places, their `inside` renumbered."""
    kept = [mention for mention in candidates if mention.score >= ACCEPT]
    numbers = {id(mention): number for number, mention in enumerate(kept)}
    for mention in kept:
        if mention.inside is not None:
            mention.inside = numbers.get(id(mentions[mention.inside]))
    return kept


def _join_parents(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> None:
    """Note where "A, B" names B as what A lies in."""
    for place, (mention, after) in enumerate(pairwise(mentions)):
        if text[mention.end : after.start] not in {", ", " (", ","} or after.form == "demonym":
            continue
        above = set(after.rows)
        if any(above & set(gazetteer.parents(row)) for row in mention.rows):
            mention.inside = place + 1


def _support(
    mentions: Sequence[Mention], choices: Sequence[Choice], gazetteer: Gazetteer
) -> dict[str, set[str]]:
    """For each country, the different names that put the text there."""
    support: dict[str, set[str]] = {}
    for mention, choice in zip(mentions, choices, strict=True):
        country = gazetteer.country(choice.row)
        if country:
            support.setdefault(country, set()).add(mention.surface.casefold())
    return support


def _countries(support: dict[str, set[str]], country_hint: str | None) -> tuple[str, ...]:
    """The countries the text is about, those with most names first."""
    counted = Counter({country: len(names) for country, names in support.items()})
    ranked = [country for country, _ in sorted(counted.items(), key=lambda x: (-x[1], x[0]))]
    if country_hint:
        ranked = [country_hint, *(country for country in ranked if country != country_hint)]
    return tuple(ranked)


def _is_stray(
    mention: Mention,
    choice: Choice,
    gazetteer: Gazetteer,
    support: dict[str, set[str]],
    country_hint: str | None,
) -> bool:
    """Whether the best reading is a lesser place in a country the text never speaks of."""
    row = choice.row
    kind = gazetteer.kind(row)
    if mention.inside is not None or kind not in _STRAY_BELOW or gazetteer.is_own(row):
        return False
    country = gazetteer.country(row) or ""
    others = support.get(country, set()) - {mention.surface.casefold()}
    known = _STRAY_BELOW[kind] if mention.main else _STRAY_ALIAS
    if others or country == country_hint or gazetteer.population(row) >= known:
        return False
    elsewhere = max((len(names) for code, names in support.items() if code != country), default=0)
    return elsewhere >= _SETTLED


def _place(gazetteer: Gazetteer, mention: Mention, choice: Choice) -> Place:
    """The record of one resolved mention."""
    row = choice.row
    lat, lon = gazetteer.point(row)
    above = gazetteer.parent(row)
    reason = f"matched by its consonants; {choice.reason}" if mention.loose else choice.reason
    return Place(
        as_written=mention.surface,
        start=mention.start,
        end=mention.end,
        name=gazetteer.name(row),
        gazetteer_id=gazetteer.gazetteer_id(row),
        country=gazetteer.country(row),
        lat=round(lat, 5),
        lon=round(lon, 5),
        radius_km=round(gazetteer.radius(row), 1),
        precision=gazetteer.precision(row),
        demonym=mention.form == "demonym",
        parent=gazetteer.gazetteer_id(above) if above >= 0 else None,
        alternatives=tuple(gazetteer.gazetteer_id(other) for other in choice.alternatives),
        reason=reason,
    )


def _unresolved(
    text: str,
    mention: Mention,
    around: Sequence[Mention],
    choices: Sequence[Choice],
    gazetteer: Gazetteer,
    countries: Sequence[str],
) -> Place:
    """A place nobody knows: no point, but what it lies in where the text says or implies it."""
    parent = _stated_parent(text, mention, around, choices, gazetteer)
    basis = "the text says so"
    if parent < 0 and countries and (mention.designator or not mention.rows):
        parent, basis = _shared_parent(choices, gazetteer, countries[0])
    if parent >= 0:
        reason = f"unresolved, inside {gazetteer.name(parent)} ({basis})"
    elif mention.rows:
        reason = "unresolved: namesakes only in countries that the text does not speak of"
    else:
        reason = "unresolved: in no gazetteer, and the text does not say inside what"
    return Place(
        as_written=mention.surface,
        start=mention.start,
        end=mention.end,
        name=mention.surface,
        gazetteer_id=None,
        country=gazetteer.country(parent) if parent >= 0 else None,
        lat=None,
        lon=None,
        radius_km=None,
        precision=cast("PlacePrecision | None", mention.designator),
        parent=gazetteer.gazetteer_id(parent) if parent >= 0 else None,
        reason=reason,
        inside=_area(gazetteer, parent) if parent >= 0 else None,
    )


def _area(gazetteer: Gazetteer, row: int) -> Area:
    """The circle of a row."""
    lat, lon = gazetteer.point(row)
    return Area(
        name=gazetteer.name(row),
        lat=round(lat, 5),
        lon=round(lon, 5),
        radius_km=round(gazetteer.radius(row), 1),
        precision=gazetteer.precision(row),
    )


def _shared_parent(
    choices: Sequence[Choice], gazetteer: Gazetteer, country: str
) -> tuple[int, str]:
    """The first-order division that most places named in a country lie in, else the country."""
    rows = {choice.row for choice in choices if gazetteer.country(choice.row) == country}
    held = Counter(
        above
        for row in rows
        for above in (row, *gazetteer.parents(row))
        if gazetteer.kind(above) == "admin1"
    )
    if held:
        best, count = min(held.items(), key=lambda item: (-item[1], item[0]))
        inside = sum(gazetteer.kind(row) != "country" for row in rows)
        if count >= _SETTLED and count * 2 > inside:
            return best, "the division of most places named"
    return gazetteer.country_row(country), "the country of most places named"


def _stated_parent(
    text: str,
    mention: Mention,
    around: Sequence[Mention],
    choices: Sequence[Choice],
    gazetteer: Gazetteer,
) -> int:
    """The row named just after: "NAME, PARENT", "NAME in (the) PARENT (province)"; else -1."""
    if mention.listed:
        return -1
    first = bisect_left(around, mention.end, key=lambda other: other.start)
    for other, choice in zip(around[first:], choices[first:], strict=True):
        gap = text[mention.end : other.start]
        if len(gap) > _PARENT_REACH or any(mark in gap for mark in ".;:!?\n"):
            break
        linked = all(_LINKS.fullmatch(word.lower()) for word in gap.replace(",", " ").split())
        if linked and gap.strip() and gazetteer.precision(choice.row) in _HOLDERS:
            return choice.row
    return -1
