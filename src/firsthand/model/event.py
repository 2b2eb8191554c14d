"""Events and what runs across pages: origins, statements, conflicts, forecasts, states."""

from typing import ClassVar, Literal

from firsthand.model.claim import Actor, Place, Quantity, Time
from firsthand.model.record import Part, Record

OriginLevel = Literal[
    "first_hand", "institutional", "self_report", "relay_unknown", "inference", "none"
]
COUNTED_LEVELS: frozenset[str] = frozenset({"first_hand", "institutional", "self_report"})
"""Levels at which an origin could have known and counts toward corroboration (records.md)."""
Corroboration = Literal[
    "none",
    "single_origin",
    "several_origins",
    "several_origins_one_side",
    "several_sides",
    "outside_account",
]
Dispute = Literal["none", "accounts_differ", "denied", "withdrawn"]
Stance = Literal["supports", "denies", "differs"]
Verdict = Literal["met", "missed", "partly", "pending", "cannot_be_scored"]


class ClaimOrigin(Part, frozen=True, kw_only=True):
    """Where a claim's chain ends: who could have known it, and how that is judged."""

    name: str
    kind: str
    level: OriginLevel
    reason: str


class ClaimLink(Record, frozen=True, kw_only=True):
    """What `link` adds to a claim: its origin and the event it was put into."""

    claim_id: str
    document_id: str
    origin: ClaimOrigin
    origin_id: str
    event_id: str | None
    statement_id: str | None
    reason: str
    """Why it stands in this event, in plain words."""


class Origin(Record, frozen=True, kw_only=True):
    """One origin: counts once however many pages repeat it."""

    origin_id: str
    name: str
    kind: str
    side: str | None
    level: OriginLevel
    claims: tuple[str, ...]
    conduits: tuple[str, ...]


class Account(Part, frozen=True, kw_only=True):
    """One origin's version of an event."""

    origin: str
    origin_id: str
    level: OriginLevel
    stance: Stance
    claims: tuple[str, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    quantities: tuple[Quantity, ...]


class Event(Record, frozen=True, kw_only=True):
    """What several claims are about, with its accounts by origin."""

    event_id: str
    type: str
    title: str
    actors: tuple[Actor, ...]
    place: Place | None
    earliest: str | None
    latest: str | None
    claims: tuple[str, ...]
    n_pages: int
    n_outlets: int
    n_origins: int
    n_first_hand: int
    n_tellers_without_knowledge: int
    conduits: tuple[str, ...]
    corroboration: Corroboration
    dispute: Dispute
    accounts: tuple[Account, ...]


class Statement(Record, frozen=True, kw_only=True):
    """Claims that say the same thing."""

    statement_id: str
    claims: tuple[str, ...]


class SameOrigin(Record, frozen=True, kw_only=True):
    """One statement by one origin: counts once."""

    group_id: str
    statement_id: str
    claims: tuple[str, ...]
    origin: str
    counts_as: int = 1


class ConflictValue(Part, frozen=True, kw_only=True):
    """What one claim of a conflict says about the disputed field."""

    claim_id: str
    value: str


class Conflict(Record, frozen=True, kw_only=True):
    """Claims that cannot all hold, or pull apart."""

    conflict_id: str
    event_id: str | None
    kind: Literal["contradiction", "denial", "tension"]
    field: Literal["time", "place", "quantity", "actor", "occurrence", "control", "wording"]
    claims: tuple[str, ...]
    values: tuple[ConflictValue, ...]
    explanation: str


class Deadline(Part, frozen=True, kw_only=True):
    """The interval in which a forecast was to come true."""

    earliest: str | None
    latest: str | None


class Forecast(Record, frozen=True, kw_only=True):
    """A forecast and what followed."""

    in_columns: ClassVar[bool] = True

    claim_id: str
    deadline: Deadline | None
    outcomes: tuple[str, ...]
    verdict: Verdict
    reason: str


class State(Record, frozen=True, kw_only=True):
    """A siege, control or the like over time, by one origin's account."""

    state_id: str
    kind: str
    place: str | None
    holder: str | None
    besieger: str | None
    besieged: str | None
    earliest: str | None
    latest: str | None
    claims: tuple[str, ...]
    origin: str


class TellingStep(Part, frozen=True, kw_only=True):
    """One telling of a figure or wording, and how it differs from the one before."""

    claim_id: str
    value: str
    change: str | None


class Telling(Record, frozen=True, kw_only=True):
    """How a figure or wording changed from one telling to the next."""

    telling_id: str
    event_id: str
    steps: tuple[TellingStep, ...]
