"""Finds every place a text names and puts it on the map with an honest precision."""

from collections.abc import Sequence
from functools import lru_cache

from firsthand.model.claim import Entity, Place
from firsthand.resolve.disambiguation import Choice, Chooser
from firsthand.resolve.gazetteer import Gazetteer, packaged_gazetteer
from firsthand.resolve.place_evidence import ACCEPT, Evidence
from firsthand.resolve.place_tables import place_words, short_forms
from firsthand.resolve.toponyms import Finder, Mention, Token, tokenise


@lru_cache(maxsize=4)
def _finder(gazetteer: Gazetteer) -> Finder:
    """The finder of a gazetteer, made once per process."""
    return Finder(gazetteer, place_words(), short_forms(gazetteer))


def find_places(
    text: str,
    *,
    entities: Sequence[Entity] = (),
    country_hint: str | None = None,
    gazetteer: Gazetteer | None = None,
) -> tuple[Place, ...]:
    """Every toponym of a text in reading order, resolved or marked unresolved with the reason.

    `entities`, where a tagger ran, sharpen what is a place; `country_hint` is an ISO code that
    breaks ties. Capitals that stand for governments are left out.
    """
    known = gazetteer or packaged_gazetteer()
    finder = _finder(known)
    tokens = tokenise(text)
    mentions = finder.mentions(text, tokens)
    _join_parents(text, mentions, known)
    evidence = Evidence(known, finder.words, text, tokens, entities)
    for mention in mentions:
        evidence.weigh(mention)
    kept = _accepted(mentions)
    choices = Chooser(known, country_hint).choose(kept)
    return tuple(
        _place(known, mention, choice) for mention, choice in zip(kept, choices, strict=True)
    )


def _accepted(mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions that are places, their `inside` renumbered."""
    numbers = {id(m): n for n, m in enumerate(m for m in mentions if m.score >= ACCEPT)}
    kept = [mention for mention in mentions if id(mention) in numbers]
    for mention in kept:
        if mention.inside is not None:
            mention.inside = numbers.get(id(mentions[mention.inside]))
    return kept


def _join_parents(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> None:
    """Note where "A, B" names B as what A lies in."""
    for place, (mention, after) in enumerate(zip(mentions, mentions[1:], strict=False)):
        if text[mention.end : after.start] not in {", ", " (", ","} or after.form == "demonym":
            continue
        above = set(after.rows)
        if any(above & set(gazetteer.parents(row)) for row in mention.rows):
            mention.inside = place + 1


def _place(gazetteer: Gazetteer, mention: Mention, choice: Choice) -> Place:
    """The record of one resolved mention."""
    row = choice.row
    lat, lon = gazetteer.point(row)
    above = gazetteer.parent(row)
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
        reason=choice.reason,
    )


__all__ = ["Token", "find_places"]
