"""Who did what a claim tells of without saying who, by the happening that it is a part of.

"…, killing four", "an airstrike that hit a market", "800 died in the operation", "the battle": whose
doing these are stands in the words before them. What is taken from there is less sure, and says so.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec

from firsthand.model.claim import Actor, Claim
from firsthand.resolve.actor_readings import ActorReading
from firsthand.resolve.claim_context import Known, Pair, key_of

_SURE: Final = 0.5
"""The most sure that a part in another claim's happening makes of somebody's part in this one."""
_REACH: Final = 700
"""Characters back to the happening that "the attack" means: about a paragraph."""
_NEAR: Final = 12
"""Claims looked back over for it."""
_TYPES: Final = frozenset(
    {
        "battle",
        "shelling_artillery",
        "airstrike",
        "suicide_car_bomb",
        "planted_bomb",
        "killing",
        "advance_territorial_change",
        "siege_broken",
        "abduction",
        "destruction",
        "equipment_loss",
        "casualties",
        "displacement",
    }
)
"""Types of happenings that somebody does to somebody."""
_RESULT: Final = re.compile(
    r"(?:and\s|with\s)?(?:(?:which|that)\s)?(?:also\s|[a-z]{2,12}ly\s)?(?:(?:has|have|had)\s)?"
    r"(?:leaving|killing|wounding|injuring|displacing|destroying|damaging|burying|trapping|burning|"
    r"left|killed|wounded|injured|displaced|destroyed|damaged|hit|struck|levelled|leveled|forced)\b"
)
"""What opens the words of a result told with its cause."""
_JOIN: Final = re.compile(
    r"[\s,–—-]{1,3}(?:(?:and|that|which|also|has|have|had|[a-z]{2,12}ly)\s){0,3}"
)
"""What stands between a cause and its result."""
_FIGHT: Final = r"fighting|battles?|clash(?:es)?|firefight|gun\s?battle|skirmish(?:es)?|violence"
_DOING: Final = (
    r"attacks?|operations?|raids?|strikes?|airstrikes?|air\sstrikes?|bombings?|bombardments?|shelling|"
    r"assaults?|offensives?|ambush|explosions?|blasts?|massacres?"
)
_MEANT: Final = re.compile(
    rf"\b(?:in|during|by|from)\s(?:the|this|that|these|those)\s(?:[a-z]{{2,12}}\s){{0,2}}"
    rf"(?:(?P<fight>{_FIGHT})|{_DOING})\b"
)
_ITSELF: Final = re.compile(
    rf"(?:the|this|that)\s(?:[a-z]{{2,12}}\s){{0,2}}(?:(?P<fight>{_FIGHT})|{_DOING})\b",
    re.IGNORECASE,
)
_DOING_ROLES: Final = frozenset({"agent", "supporter", "besieger"})
_HIT_ROLES: Final = frozenset({"victim", "target", "besieged"})
_SIDES: Final = frozenset({"armed_group", "military", "police", "state"})
"""Kinds of those whose doing a result is."""
_SIEGE: Final = "siege_state"
_HAD: Final = _TYPES | {_SIEGE}
"""Types of claims whose doers may stand in another's words."""
_IN: Final = re.compile(r"\b(?:in|during|by|after)\s(?:the\s|an?\s)?$")
_LEAD: Final = 14
"""Characters that "during the " takes, and some."""
_BESIEGED: Final = re.compile(
    r"\b(?:besieged|siege|surrounded|encircled|blockaded?)\b(?![^.\n]{0,80}\bby\b)", re.IGNORECASE
)
"""What says that there is a siege, and does not go on to say whose."""


def borrowed(actors: Mapping[str, Sequence[Pair]], known: Known) -> dict[str, list[Pair]]:
    """The actors by claim id, with those of the happening that a claim is told as a part of."""
    found = {key: list(pairs) for key, pairs in actors.items()}
    before: list[Claim] = []
    for claim in sorted(known.claims, key=lambda one: (one.evidence[0].start, one.claim_id)):
        have = found[claim.claim_id]
        if claim.type in _HAD and not _doers(have):
            have += _taken(claim, have, _Told(before, found, known))
        before.append(claim)
    named = _besieger(known.claims, found)
    for claim in known.claims:
        have = found[claim.claim_id]
        words = known.text[claim.evidence[0].start : claim.scope.end]
        if claim.type == _SIEGE and _BESIEGED.search(words) and not _doers(have):
            have += named.get(claim.attribution, ())
    return found


def _doers(pairs: Iterable[Pair]) -> list[Pair]:
    return [pair for pair in pairs if pair[0].role in _DOING_ROLES]


def _does(actor: Actor) -> bool:
    """Whether somebody does what a claim tells, and is a side of the fighting."""
    return actor.role in _DOING_ROLES and actor.actor_kind in _SIDES


class _Told(NamedTuple):
    """What a document tells before a claim, and who takes part in it by claim id."""

    before: Sequence[Claim]
    found: Mapping[str, Sequence[Pair]]
    known: Known


def _taken(claim: Claim, have: Sequence[Pair], told: _Told) -> Iterator[Pair]:
    """Those whose doing a claim's is, by the claim it follows or the happening it names."""
    cause, fight = _cause(claim, told) or _inside(claim, told), False
    if cause is None:
        named = _names(claim, told.known.text)
        fight = named is not None and named["fight"] is not None
        cause = _meant(claim, told) if named is not None else None
    if cause is None:
        return
    hurt = {key_of(reading) for _, reading in have}
    for actor, reading in told.found[cause.claim_id]:
        sides = fight and cause.type == "battle" and actor.role in _HIT_ROLES and _armed(have)
        if (_does(actor) or sides) and key_of(reading) not in hurt:
            part = msgspec.structs.replace(actor, role="agent")
            yield _lent(part, reading, f"{actor.as_written!r}")


def _names(claim: Claim, text: str) -> re.Match[str] | None:
    """Words of a claim that mean a happening told before."""
    start, end = claim.evidence[0].start, claim.evidence[-1].end
    return _ITSELF.match(text, start) or _MEANT.search(text, start, end)


def _armed(pairs: Sequence[Pair]) -> bool:
    """Whether somebody who fights is among those a claim has."""
    return any(reading.kind in {"military", "armed_group", "police"} for _, reading in pairs)


def _inside(claim: Claim, told: _Told) -> Claim | None:
    """The happening told inside a claim's words in which it came about: "cut off in the X offensive"."""
    inside, text = claim.evidence[-1], told.known.text
    for other in told.known.claims:
        at = other.evidence[0]
        within = inside.start < at.start and at.end <= inside.end
        lead = max(inside.start, at.start - _LEAD)
        if other.type in _TYPES and within and _IN.search(text, lead, at.start):
            return other
    return None


def _cause(claim: Claim, told: _Told) -> Claim | None:
    """The claim whose result a claim tells: the one its words follow, or stand inside of."""
    text, start = told.known.text, claim.evidence[0].start
    if not _RESULT.match(text, start):
        return None
    for other in reversed(told.before[-_NEAR:]):
        last = other.evidence[-1]
        if other.evidence[0].start == start or other.type not in _TYPES:
            continue
        if last.start < start < last.end or _JOIN.fullmatch(text[last.end : start]):
            return other
    return None


def _meant(claim: Claim, told: _Told) -> Claim | None:
    """The last happening before a claim that somebody is known to have done."""
    start = claim.evidence[0].start
    for other in reversed(told.before[-_NEAR:]):
        if start - other.evidence[-1].end > _REACH:
            return None
        if other.type in _TYPES and any(_does(actor) for actor, _ in told.found[other.claim_id]):
            return other
    return None


def _besieger(
    claims: Sequence[Claim], found: Mapping[str, list[Pair]]
) -> dict[str | None, list[Pair]]:
    """The one who besieges in the words of each speaker who names one only, by attribution."""
    named: dict[str | None, dict[str, Pair]] = {}
    for claim in claims:
        for actor, reading in found[claim.claim_id] if claim.type == _SIEGE else ():
            if actor.role == "besieger" and reading.basis != "none":
                named.setdefault(claim.attribution, {})[key_of(reading)] = actor, reading
    return {
        said: [_lent(*pair, "the besieger") for pair in pairs.values()]
        for said, pairs in named.items()
        if len(pairs) == 1
    }


def _lent(actor: Actor, reading: ActorReading, part: str) -> Pair:
    """An actor told of elsewhere in a text, less sure."""
    sure, reason = min(reading.confidence, _SURE), f"{reading.reason}; {part} told of elsewhere"
    return actor, reading._replace(confidence=sure, reason=reason)
