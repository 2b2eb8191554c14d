"""Claims and attributions: who says what, as written (`claims`) and as resolved (`resolve`)."""

from typing import Literal

from firsthand.model.record import Part, Record, Span

SourceKind = Literal[
    "outlet",
    "agency",
    "ministry",
    "military",
    "official",
    "belligerent",
    "organisation",
    "witness",
    "activist",
    "person",
    "anonymous",
    "author",
]
QuotationKind = Literal["direct", "indirect", "mixed", "block"]
Modality = Literal[
    "asserted", "unconfirmed", "possible", "denied", "forecast", "hypothetical", "opinion"
]
Polarity = Literal["positive", "negative"]
ActorKind = Literal[
    "state",
    "military",
    "ministry",
    "armed_group",
    "police",
    "organisation",
    "outlet",
    "agency",
    "official",
    "person",
    "people",
    "unknown",
]
Role = Literal[
    "agent",
    "target",
    "victim",
    "supporter",
    "besieger",
    "besieged",
    "subject",
    "recipient",
]
EntityLabel = Literal[
    "PER", "ORG", "GPE", "LOC", "FAC", "NORP", "WEAPON", "PLATFORM", "EVENT", "MISC"
]
PlacePrecision = Literal[
    "site", "neighbourhood", "town", "district", "governorate", "country", "region"
]
TimeBasis = Literal["absolute", "anchored", "as_of", "unresolved"]


class Entity(Record, frozen=True, kw_only=True):
    """One mention of something named."""

    entity_id: str
    document_id: str
    page_id: str
    start: int
    end: int
    label: EntityLabel
    text: str
    name: str
    """Canonical where the register knows it, else the longest form the document uses."""


class Attribution(Record, frozen=True, kw_only=True):
    """Who is said to have said what; source and cue are empty for an implicit continuation."""

    attribution_id: str
    document_id: str
    page_id: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    parent: str | None
    """The enclosing attribution, or null."""
    source_name: str
    """Canonical; "unnamed source" style names keep the words of the text."""
    source_kind: SourceKind
    quotation: QuotationKind
    implicit: bool
    hedges: tuple[Span, ...] = ()
    cue_type: str = "say"
    """say, report, deny, accuse, claim, fear, intend, believe, order, show, …"""


class ChainLink(Part, frozen=True, kw_only=True):
    """One teller on the way from the publisher to the innermost source."""

    name: str
    kind: str
    attribution_id: str | None = None
    credit_id: str | None = None


class Codes(Part, frozen=True, kw_only=True):
    """Codes of the field's ontologies; null where none fits."""

    acled: tuple[str, str] | None = None
    """event_type, sub_event_type."""
    plover: tuple[str, str | None] | None = None
    """category, mode."""
    ucdp: int | None = None
    """type_of_violence 1, 2 or 3."""


class Actor(Part, frozen=True, kw_only=True):
    """Someone who takes part in a claim."""

    name: str
    actor_id: str | None = None
    actor_kind: ActorKind = "unknown"
    role: Role
    as_written: str
    start: int
    end: int


class Instrument(Part, frozen=True, kw_only=True):
    """A weapon or means."""

    as_written: str
    start: int
    end: int
    kind: str


class Quantity(Part, frozen=True, kw_only=True):
    """A number with its kind and unit; `value` is null where only bounds are said."""

    kind: str
    value: float | None
    low: float | None
    high: float | None
    approximate: bool
    unit: str | None
    as_written: str
    start: int
    end: int
    counted: str | None = None
    """Who or what is counted, in the text's words."""
    normalised_value: float | None = None
    normalised_unit: str | None = None


class Area(Part, frozen=True, kw_only=True):
    """What an unresolved place lies in, as a circle: it may be anywhere in it."""

    name: str
    lat: float
    lon: float
    radius_km: float
    precision: PlacePrecision


class Place(Part, frozen=True, kw_only=True):
    """A place of a claim; coordinates are null with `reason` where it cannot be resolved."""

    as_written: str
    start: int | None
    end: int | None
    name: str | None
    gazetteer_id: str | None
    country: str | None
    """ISO 3166-1 alpha-2."""
    lat: float | None
    lon: float | None
    radius_km: float | None
    precision: PlacePrecision | None
    inherited: bool = False
    relation: str | None = None
    """near, east of, between, … where the text gives one."""
    demonym: bool = False
    parent: str | None = None
    alternatives: tuple[str, ...] = ()
    """Gazetteer ids of other readings, best first."""
    reason: str | None = None
    inside: Area | None = None
    """Where a place without coordinates lies, as far as the text says or implies it."""


class Time(Part, frozen=True, kw_only=True):
    """A time expression and the interval it stands for; null bounds are open or unresolved."""

    as_written: str
    start: int
    end: int
    earliest: str | None
    """ISO date, inclusive."""
    latest: str | None
    basis: TimeBasis
    anchor: str | None
    granularity: str | None
    reason: str | None = None
    timex_type: str | None = None
    timex_value: str | None = None
    edtf: str | None = None


class Claim(Record, frozen=True, kw_only=True):
    """One checkable statement made by someone, as written; `resolve` adds when, where, who."""

    claim_id: str
    document_id: str
    page_id: str
    evidence: tuple[Span, ...]
    scope: Span
    """The sentence or clause in which times and places belong to this claim."""
    type: str
    codes: Codes
    codes_reason: str
    predicate: str
    """Lemma or noun of the words that made the type, for the neutral summary."""
    actors: tuple[Actor, ...]
    instruments: tuple[Instrument, ...]
    quantities: tuple[Quantity, ...]
    attribution: str | None
    chain: tuple[ChainLink, ...]
    modality: Modality
    polarity: Polarity
    denies: str | None = None
    """For a denial: id of the claim in this document that is denied."""
    rule: str = ""
    """Which row of which table found it."""


class Quantities(Record, frozen=True, kw_only=True):
    """Every quantity of one document, also those of no claim, in reading order."""

    document_id: str
    page_id: str
    quantities: tuple[Quantity, ...]


class LoadedTerm(Record, frozen=True, kw_only=True):
    """A word that takes a side where a neutral one exists."""

    loaded_id: str
    document_id: str
    page_id: str
    start: int
    end: int
    text: str
    about: str
    neutral: str
    voice: str
    in_quotation: bool


class Mentions(Record, frozen=True, kw_only=True):
    """Every time expression and toponym of one document, also those of no claim."""

    document_id: str
    page_id: str
    times: tuple[Time, ...]
    places: tuple[Place, ...]


class ResolvedClaim(Record, frozen=True, kw_only=True):
    """What `resolve` adds to a claim: when, where, who, comparable numbers, a neutral summary."""

    claim_id: str
    document_id: str
    page_id: str
    summary: str
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    time: Time | None
    quantities: tuple[Quantity, ...]
    chain: tuple[ChainLink, ...]


class CanonicalActor(Record, frozen=True, kw_only=True):
    """A canonical actor used by the claims of one page."""

    actor_id: str
    page_id: str
    name: str
    kind: ActorKind
    aliases: tuple[str, ...]
    parent: str | None
    basis: str
    """register, project, document (learned from "X (Y)"), or none."""


class CanonicalPlace(Record, frozen=True, kw_only=True):
    """A gazetteer entry used by the claims of one page."""

    gazetteer_id: str
    page_id: str
    name: str
    aliases: tuple[str, ...]
    country: str | None
    lat: float
    lon: float
    radius_km: float
    precision: PlacePrecision
    source: str
