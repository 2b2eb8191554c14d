"""The actors of a claim once the text is read: no towns among them, nobody named left out.

The claims stage finds who does what by grammar. What it leaves is mended from the words: a town
that was taken for somebody who acts is let go, and an actor of the register that the claim's own
words name, and that no role has, comes in with the role its neighbours suggest.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Final

import msgspec

from firsthand.model.claim import Actor, ActorKind, Claim, Place, Role
from firsthand.model.record import Span, overlaps
from firsthand.registry import RegistryEntry, RegistryMention
from firsthand.resolve.actor_readings import ActorReading, known_actor
from firsthand.resolve.actor_ties import adjectives
from firsthand.resolve.claim_context import DOERS, Known, Pair, is_aside, is_told, key_of
from firsthand.resolve.role_mentions import allies, role_mentions
from firsthand.resolve.roles import role_by_neighbours

_SPEAKERS: Final = frozenset({"outlet", "agency", "person", "official"})
"""Kinds named more often because they tell of what happens than because they take part."""
_PLACED: Final = frozenset({"state", "unknown"})
"""Kinds under which a town may have been taken for an actor."""
_STRUCK: Final = frozenset({"target", "besieged"})
"""Roles in which a place takes part in an attack or a siege."""
_NAMED: Final = 0.75
"""How sure the part of an actor is that only its neighbours tell."""
_BACK: Final = 40
_COORDINATED: Final = re.compile(r"(?P<word>[^\W\d_a-z][\w’']{2,20})(?:,)?\s(?:and|or)\s$")


def completed(claim: Claim, pairs: Sequence[Pair], known: Known) -> list[Pair]:
    """The actors of a claim, each once in a role, without towns and with all it names."""
    kept = [pair for pair in pairs if not _is_town(*pair, known)]
    kept = _besieged_by(claim, kept, known)
    roles = [(key_of(reading), actor.role) for actor, reading in kept]
    once = [pair for place, pair in enumerate(kept) if roles[place] not in roles[:place]]
    once += _named(claim, once, known)
    once += role_mentions(claim, once, known)
    once = [pair for pair in once if not _replaced(pair[0], once, claim)]
    once += allies(once, known)
    if claim.type == _AID:
        once = [_carrier(*pair, known) for pair in once]
    return once


_BESIEGED: Final = re.compile(r"besieged\b")
_ASIDE: Final = re.compile(r"(?:\s\([^()\n]{1,60}\))?[\s\u2010-\u2013-]$")


def _besieged_by(claim: Claim, pairs: list[Pair], known: Known) -> list[Pair]:
    """The actors of "NAME (N) besieged town": the name beside the word besieges, nobody farther off."""
    start = claim.evidence[0].start
    if claim.type != "siege_state" or not _BESIEGED.match(known.text, start):
        return pairs
    head = known.text[max(0, start - _BACK * 2) : start]
    end = start - len(head) + len(_ASIDE.sub("", head))
    at = bisect_left(known.names, end, key=lambda mention: mention.start) - 1
    name = known.names[at] if at >= 0 else None
    if name is None or name.end != end:
        return pairs
    entry = name.entry
    reading = known_actor(entry, _NAMED, "register", "named beside what it besieges")
    besieger = _actor(entry.name, entry.actor_id, entry.kind, "besieger", name, known), reading
    return [besieger, *(pair for pair in pairs if pair[0].role not in DOERS)]


def _replaced(actor: Actor, pairs: Sequence[Pair], claim: Claim) -> bool:
    """Whether somebody told of before a claim's words is hit in it by others that they name."""
    start, end = claim.evidence[0].start, claim.evidence[-1].end
    return (
        actor.role == "victim"
        and actor.end <= start
        and any(other.role == "victim" and start <= other.start < end for other, _ in pairs)
    )


_AID: Final = "aid_delivery"
_CRAFT: Final = re.compile(r"\b(?:planes|aircraft|airplanes|helicopters|aviation)$", re.IGNORECASE)
"""Words for what carries aid as well as for an air force."""


def _carrier(actor: Actor, reading: ActorReading, known: Known) -> Pair:
    """Whose planes brought aid: the state's, for they need not be those of its air force."""
    craft = _CRAFT.search(actor.as_written) and reading.parent and reading.kind == "military"
    code = (reading.actor_id or "").partition(":")[2].partition(".")[0]
    state = known.registry.state(code) if craft else None
    if state is None:
        return actor, reading
    owner = msgspec.structs.replace(
        actor, name=state.name, actor_id=state.actor_id, actor_kind=state.kind
    )
    return owner, known_actor(state, reading.confidence, reading.basis, "planes that bring aid")


def _is_town(actor: Actor, reading: ActorReading, known: Known) -> bool:
    """Whether an actor that nobody knows is a place finer than a state, by its own words."""
    struck = actor.actor_kind == "unknown" and actor.role in _STRUCK
    if reading.basis != "none" or actor.actor_kind not in _PLACED or struck:
        return False
    first = bisect_left(known.places, actor.start, key=_start)
    return any(
        place.start == actor.start
        and place.end == actor.end
        and place.precision not in {"country", None}
        and not place.demonym
        for place in takewhile(lambda one: _start(one) < actor.end, known.places[first:])
    )


def _start(place: Place) -> int:
    return place.start or 0


def _named(claim: Claim, have: Sequence[Pair], known: Known) -> Iterator[Pair]:
    """Actors of the register that the words of a claim name and no role of it has."""
    taken = {key_of(reading) for _, reading in have}
    acts = any(actor.role in DOERS for actor, _ in have)
    for mention in _mentions(claim.evidence, known.names):
        if any(overlaps(mention, actor) for actor, _ in have) or is_told(mention, known):
            continue
        if is_aside(mention, claim, known):
            continue
        for entry, start in _entries(mention, known):
            role = role_by_neighbours(entry.kind, start, mention.end, known.text)
            if role is None or entry.actor_id in taken:
                continue
            taken.add(entry.actor_id)
            role = "target" if role == "subject" and acts else role
            reading = known_actor(entry, _NAMED, "register", "named in the claim's words")
            yield _actor(entry.name, entry.actor_id, entry.kind, role, mention, known), reading


def _actor(
    name: str,
    actor_id: str | None,
    kind: ActorKind,
    role: Role,
    at: Span | RegistryMention,
    known: Known,
) -> Actor:
    return Actor(
        name=name,
        actor_id=actor_id,
        actor_kind=kind,
        role=role,
        as_written=known.text[at.start : at.end],
        start=at.start,
        end=at.end,
    )


def _mentions(spans: Iterable[Span], names: Sequence[RegistryMention]) -> Iterator[RegistryMention]:
    """Names of the register inside any of the spans."""
    for span in spans:
        first = bisect_left(names, span.start, key=lambda mention: mention.start)
        for mention in names[first:]:
            if mention.end > span.end:
                break
            if mention.entry.kind not in _SPEAKERS:
                yield mention


def _entries(mention: RegistryMention, known: Known) -> Iterator[tuple[RegistryEntry, int]]:
    """The actors a mention names with where: of "X and Y warplanes", X's and Y's."""
    before = known.text[max(0, mention.start - _BACK) : mention.start]
    joined = _COORDINATED.search(before)
    code, _, suffix = mention.entry.actor_id.partition(":")[2].partition(".")
    state = adjectives().get(joined["word"].lower()) if joined and suffix else None
    start = mention.start
    if joined is not None and state is not None and state != f"state:{code}":
        other = known.registry.institution(state, suffix)
        if other is not None:
            start += joined.start("word") - len(before)
            yield other, start
    yield mention.entry, start
