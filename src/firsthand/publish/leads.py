"""The words an event is told apart by in a list, where several have the same neutral heading."""

import sqlite3
from collections.abc import Iterable
from typing import Final

from firsthand.model.claim import Claim
from firsthand.model.event import Account, Event
from firsthand.model.record import Part
from firsthand.publish.read import select

LONGEST: Final = 110
"""Code points of a claim's words shown in a list."""
BATCH: Final = 500
STANCES: Final = ("supports", "differs", "denies")


class Lead(Part, frozen=True, kw_only=True):
    """A source's words, cut at a space; quoted where they are shown."""

    claim_id: str
    text: str
    more: int
    """How many further claims the event has."""


def leads(db: sqlite3.Connection, events: Iterable[Event]) -> dict[str, Lead]:
    """For each event the words of its first claim: of an account that supports it, if there is one."""
    chosen = {first_claim(event): event for event in events if event.claims}
    wanted = sorted(chosen)
    found: dict[str, Lead] = {}
    for at in range(0, len(wanted), BATCH):
        some = wanted[at : at + BATCH]
        for claim in select(db, Claim, f"id IN ({','.join('?' * len(some))})", tuple(some)):
            event = chosen[claim.claim_id]
            found[event.event_id] = Lead(
                claim_id=claim.claim_id, text=_cut(claim.scope.text), more=len(event.claims) - 1
            )
    return found


def first_claim(event: Event) -> str:
    """The claim whose words stand for the event: of an account that supports it, if there is one."""
    accounts = sorted(event.accounts, key=_rank)
    return accounts[0].claims[0] if accounts else event.claims[0]


def _rank(account: Account) -> tuple[int, int, str]:
    return STANCES.index(account.stance), -len(account.claims), account.origin_id


def _cut(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= LONGEST:
        return words
    return words[:LONGEST].rsplit(" ", 1)[0] + "…"
