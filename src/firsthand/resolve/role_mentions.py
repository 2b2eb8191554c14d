"""Those whom a claim's own words mean without a name: "the militants", "rebel shelling", "allies".

The claims stage finds who does what by grammar, and the register finds names. What is left are
words for a side of the fighting or for the people it hits, in places where grammar lost them.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from firsthand.model.claim import Actor, Claim, Role
from firsthand.model.record import Range, overlaps
from firsthand.resolve.actor_readings import ActorReading, own_actor
from firsthand.resolve.claim_context import DOERS, Known, Pair, in_name, is_aside, is_told, key_of
from firsthand.resolve.role_words import SideWord, role_row
from firsthand.resolve.roles import acts_by_noun, role_by_neighbours

_HEADED: Final = re.compile(r"(?:the|its|their|these|those)\b", re.IGNORECASE)
_ENDS: Final = re.compile(
    r"[.,;:)”\"’]|$|\s(?:and|or|in|on|of|to|from|with|against|near|at|during|after|before|while|by|for|"
    r"who|which|that|was|were|is|are|has|have|had|will|would|could|can|[a-z]{2,12}ed)\b"
)
"""What may follow a word for a side that is not a part of another noun: not "the army base"."""
_SUFFERED: Final = frozenset({"humanitarian_condition", "casualties", "siege_state"})
"""Types of claims that tell what people go through."""
_SURE: Final = 0.3
"""How sure people without a name are."""
_ALLIES: Final = re.compile(
    r"\sand\s(?P<who>(?:(?:its|their|his|other|several)\s)?"
    r"(?:allies|allied\s(?:forces|militias|groups|fighters|troops|factions|tribes)))\b"
)


def role_mentions(claim: Claim, have: Sequence[Pair], known: Known) -> Iterator[Pair]:
    """Actors that words of a claim stand for and no role of it has, in reading order."""
    taken = {key_of(reading) for _, reading in have}
    people = any(actor.actor_kind == "people" for actor, _ in have)
    acts = any(actor.role in DOERS for actor, _ in have)
    for found in _words(claim, have, known):
        reading = _read(found, known) if _stands(found, known.text) else None
        if reading is None or key_of(reading) in taken or (people and reading.kind == "people"):
            continue
        role = role_by_neighbours(reading.kind, found.lead, found.end, known.text)
        if role is None:
            continue
        taken.add(key_of(reading))
        people = people or reading.kind == "people"
        yield _actor(found, reading, _settled(role, reading, claim, acts=acts), known), reading


def _words(claim: Claim, have: Sequence[Pair], known: Known) -> Iterator[SideWord]:
    """Role words among a claim's own that nobody it has was read from."""
    for span in claim.evidence:
        first = bisect_left(known.sides, span.start, key=_start)
        for at in known.sides[first:]:
            if at.end > span.end:
                break
            if any(overlaps(at, actor) for actor, _ in have) or is_told(at, known):
                continue
            if not (in_name(at, known) or is_aside(at, claim, known)):
                yield at


def _start(side: SideWord) -> int:
    return side.start


def _stands(found: SideWord, text: str) -> bool:
    """Whether a role word names a side where it stands, by its row."""
    row = role_row(found.word)
    how = row["in_claims"] if row is not None else "no"
    if text[found.end : found.end + 1] in {"-", "‑", "–"} or how == "noun":
        return acts_by_noun(found.end, text)
    if how == "article":
        headed = _HEADED.match(text, found.lead, found.start) and _ENDS.match(text, found.end)
        return headed is not None or acts_by_noun(found.end, text)
    return how == "free"


def _read(found: SideWord, known: Known) -> ActorReading | None:
    """Whom a role word means: an actor named before it, or people without a name."""
    reading = known.resolver.read(found.lead - known.begin, found.end - known.begin)
    if reading.basis == "role":
        return reading
    row = role_row(found.word)
    if row is not None and row["kinds"] == "people":
        return own_actor(found.word.lower(), "people", _SURE, "not in the register", "none")
    return None


def _settled(role: Role, reading: ActorReading, claim: Claim, *, acts: bool) -> Role:
    """The role of somebody by what the claim tells; nothing beside the word told it."""
    if role != "subject":
        return role
    if reading.kind == "people" and claim.type in _SUFFERED:
        return "victim"
    return "target" if acts else "subject"


def _actor(found: SideWord, reading: ActorReading, role: Role, known: Known) -> Actor:
    return Actor(
        name=reading.name,
        actor_id=reading.actor_id,
        actor_kind=reading.kind,
        role=role,
        as_written=known.text[found.lead : found.end],
        start=found.lead,
        end=found.end,
    )


def _span(found: re.Match[str]) -> Range:
    return Range(start=found.start("who"), end=found.end("who"))


def allies(have: Sequence[Pair], known: Known) -> Iterator[Pair]:
    """Those named only as somebody's allies, in the role of whom they stand beside."""
    for actor, _ in have:
        found = _ALLIES.match(known.text, actor.end)
        if found is None or any(overlaps(_span(found), one) for one, _ in have):
            continue
        reading = own_actor(found["who"], "armed_group", _SURE, "allies of somebody named", "none")
        start, end = found.span("who")
        yield (
            Actor(
                name=reading.name,
                actor_kind="armed_group",
                role=actor.role,
                as_written=found["who"],
                start=start,
                end=end,
            ),
            reading,
        )
