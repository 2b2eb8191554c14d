"""What the actors of one document's claims are completed from, and which words are not theirs."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from firsthand.model.claim import Actor, Attribution, Claim, Place
from firsthand.model.record import Located, overlaps
from firsthand.registry import Registry, RegistryMention
from firsthand.resolve.actor_readings import ActorReading
from firsthand.resolve.actors import ActorResolver
from firsthand.resolve.claim_clauses import OTHER_CLAUSE
from firsthand.resolve.role_words import SideWord

Pair = tuple[Actor, ActorReading]
DOERS: Final = frozenset({"agent", "subject", "besieger"})
"""Roles of those who do what a claim tells."""

_SAYS: Final = re.compile(
    r"(?:\s\([^()\n]{1,20}\))?,?(?:\s[a-z]{1,15}){0,2}\s"
    r"(?:said|says|told|reported|reports|announced|added|confirmed|warned)\b"
)
"""What follows the name of somebody who says something."""
_DETERMINERS: Final = 4
"""Characters that "the " before a happening takes."""


class Known(NamedTuple):
    """What is known of one document; offsets are the page's."""

    text: str
    claims: Sequence[Claim]
    names: Sequence[RegistryMention]
    places: Sequence[Place]
    said: Mapping[str, Attribution]
    registry: Registry
    resolver: ActorResolver
    begin: int
    """Where the document begins; the resolver counts from there."""
    sides: Sequence[SideWord]
    """Words for a side of the fighting or for people."""


def key_of(reading: ActorReading) -> str:
    """What makes two readings the same actor."""
    return reading.actor_id or reading.name.casefold()


def in_name(at: Located, known: Known) -> bool:
    """Whether words share a character with a name of the register."""
    first = bisect_left(known.names, at.end, key=lambda mention: mention.start)
    return first > 0 and overlaps(known.names[first - 1], at)


def is_told(at: Located, known: Known) -> bool:
    """Whether words are the name of somebody said to have said something."""
    if _SAYS.match(known.text, at.end):
        return True
    return any(overlaps(at, span) for row in known.said.values() for span in row.source)


def is_aside(at: Located, claim: Claim, known: Known) -> bool:
    """Whether words are of another clause, or of another claim told inside this one's words.

    A happening that this claim is told of ("the army's advance has displaced …") is not another.
    """
    for span in claim.evidence:
        if span.start <= at.start < span.end and OTHER_CLAUSE.search(
            known.text, span.start, at.start
        ):
            return True
    start = claim.evidence[0].start
    return any(
        other is not claim
        and any(inner.start <= at.start and at.end <= inner.end for inner in other.evidence)
        and _length(other) < _length(claim)
        and not 0 <= other.evidence[0].start - start <= _DETERMINERS
        for other in known.claims
    )


def _length(claim: Claim) -> int:
    return sum(span.end - span.start for span in claim.evidence)
