"""The actors of a claim once the text is read: no towns among them, nobody named left out.

The claims stage finds who does what by grammar. What it leaves is mended from the words: a town
that was taken for somebody who acts is let go, and an actor of the register that the claim's own
words name, and that no role has, comes in with the role its neighbours suggest.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile
from typing import Final, NamedTuple, cast

import msgspec

from firsthand import resources
from firsthand.model.claim import Actor, ActorKind, Attribution, Claim, Place, Role
from firsthand.model.record import Span, overlaps
from firsthand.registry import Registry, RegistryEntry, RegistryMention
from firsthand.resolve.actor_readings import ActorReading, known_actor, own_actor
from firsthand.resolve.actor_ties import adjectives
from firsthand.resolve.claim_clauses import OTHER_CLAUSE

CUES: Final = "registers/role_cues.tsv"
Pair = tuple[Actor, ActorReading]

_SPEAKERS: Final = frozenset({"outlet", "agency", "person", "official"})
"""Kinds named more often because they tell of what happens than because they take part."""
_PLACED: Final = frozenset({"state", "unknown"})
"""Kinds under which a town may have been taken for an actor."""
_DOERS: Final = frozenset({"agent", "subject", "besieger"})
_NAMED: Final = 0.75
"""How sure the part of an actor is that only its neighbours tell."""
_HYPHENS: Final = "-‑–"
_BACK, _ON = 40, 30
"""Characters before and after a name in which its role is looked for."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’]s)?")
_COORDINATED: Final = re.compile(r"(?P<word>[^\W\d_a-z][\w’']{2,20})(?:,)?\s(?:and|or)\s$")
_PEOPLE: Final = re.compile(
    r"\b(?:(?:the|its|their|these|those|many|most|local|trapped|displaced|besieged)\s){0,2}"
    r"(?P<noun>civilians|residents|inhabitants|locals|villagers|townspeople|refugees|evacuees)\b"
)


class Known(NamedTuple):
    """What the actors of one document's claims are completed from; offsets are the page's."""

    text: str
    claims: Sequence[Claim]
    names: Sequence[RegistryMention]
    places: Sequence[Place]
    said: Mapping[str, Attribution]
    registry: Registry


def completed(claim: Claim, pairs: Sequence[Pair], known: Known) -> list[Pair]:
    """The actors of a claim, each once in a role, without towns and with all it names."""
    kept = [pair for pair in pairs if not _is_town(*pair, known)]
    roles = [(_key(reading), actor.role) for actor, reading in kept]
    once = [pair for place, pair in enumerate(kept) if roles[place] not in roles[:place]]
    once += _named(claim, once, known)
    if claim.type == _AID:
        once = [_carrier(*pair, known) for pair in once]
    if not once:
        once += _people(claim, known.text)
    return once


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


def _key(reading: ActorReading) -> str:
    return reading.actor_id or reading.name.casefold()


def _is_town(actor: Actor, reading: ActorReading, known: Known) -> bool:
    """Whether an actor that nobody knows is a place finer than a state, by its own words."""
    if reading.basis != "none" or actor.actor_kind not in _PLACED:
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
    taken = {_key(reading) for _, reading in have}
    acts = any(actor.role in _DOERS for actor, _ in have)
    for mention in _mentions(claim.evidence, known.names):
        if any(overlaps(mention, actor) for actor, _ in have) or _told(mention, known):
            continue
        if _aside(mention, claim, known):
            continue
        for entry, start in _entries(mention, known):
            role = _role(entry, start, mention.end, known)
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


def _aside(mention: RegistryMention, claim: Claim, known: Known) -> bool:
    """Whether a name is of another clause, or of another claim told inside this one's words."""
    for span in claim.evidence:
        if span.start <= mention.start < span.end and OTHER_CLAUSE.search(
            known.text, span.start, mention.start
        ):
            return True
    return any(
        other is not claim
        and any(_holds(inner, mention) for inner in other.evidence)
        and _length(other) < _length(claim)
        for other in known.claims
    )


def _holds(span: Span, mention: RegistryMention) -> bool:
    return span.start <= mention.start and mention.end <= span.end


def _length(claim: Claim) -> int:
    return sum(span.end - span.start for span in claim.evidence)


_SAYS: Final = re.compile(
    r"(?:\s\([^()\n]{1,20}\))?,?(?:\s[a-z]{1,15}){0,2}\s"
    r"(?:said|says|told|reported|reports|announced|added|confirmed|warned)\b"
)
"""What follows the name of somebody who says something."""


def _told(mention: RegistryMention, known: Known) -> bool:
    """Whether a name is that of somebody said to have said something."""
    if _SAYS.match(known.text, mention.end):
        return True
    return any(overlaps(mention, span) for row in known.said.values() for span in row.source)


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


@cache
def _cues() -> dict[str, dict[str, str]]:
    """Words by side ("before", "after", "hyphen"), and the role of a name beside them."""
    sides: dict[str, dict[str, str]] = {}
    for row in resources.read_table(CUES):
        sides.setdefault(row["side"], {})[row["word"]] = row["role"]
    return sides


def _role(entry: RegistryEntry, start: int, end: int, known: Known) -> Role | None:
    """The role of a name by the words beside it; None where it only says where or whose."""
    text = known.text
    after = _WORD.search(text, end, end + _ON)
    beside = after[0].lower() if after is not None else ""
    if text[end : end + 1] in _HYPHENS and text[end : end + 1]:
        role = _cues()["hyphen"].get(beside, "")
        return cast("Role", role) if role else None
    words = [found[0].lower() for found in _WORD.finditer(text[max(0, start - _BACK) : start])]
    last = _lead(words)
    if last == "of" and entry.kind == "state":
        return None
    role = _cues()["before"].get(last, "")
    if role == "place":
        return None if entry.kind == "state" else "subject"
    if not role and after is not None and not text[end : after.start()].strip(" ’'s"):
        role = _cues()["after"].get(beside, "agent" if beside.endswith("ed") else "")
    return cast("Role", role or "subject")


def _lead(words: list[str]) -> str:
    """The word before a name; past the article, and past "fighters of" to what is before that."""
    left = [word for word in words if word not in _ARTICLES and not _SIDE.fullmatch(word)]
    if len(left) > 1 and left[-1] == "of" and left[-2] in _cues()["of"]:
        left = [word for word in left[:-2] if word not in _cues()["of"]]
    return left[-1] if left else ""


_SIDE: Final = re.compile(r"(?:north|south|east|west|northeast|northwest|southeast|southwest)ern")
_ARTICLES: Final = frozenset({"the", "a", "an", "its", "their", "two", "three", "some", "several"})


def _people(claim: Claim, text: str) -> Iterator[Pair]:
    """The people a claim with no other actor tells of: "its residents", "civilians"."""
    for span in claim.evidence:
        match = _PEOPLE.search(text, span.start, span.end)
        if match is not None:
            actor = Actor(
                name=match["noun"],
                actor_kind="people",
                role="victim" if claim.type in _SUFFERED else "subject",
                as_written=match.group(),
                start=match.start(),
                end=match.end(),
            )
            yield actor, own_actor(actor.name, "people", 0.3, "not in the register", "none")
            return


_SUFFERED: Final = frozenset({"humanitarian_condition", "casualties", "siege_state"})
"""Types of claims that tell what people go through."""
