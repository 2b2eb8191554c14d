"""Which records an edition holds, by what id, and which of their fields become columns."""

from dataclasses import dataclass, field

from firsthand.model.claim import (
    Attribution,
    CanonicalActor,
    CanonicalPlace,
    Claim,
    LoadedTerm,
    ResolvedClaim,
)
from firsthand.model.document import Document
from firsthand.model.event import (
    ClaimLink,
    Conflict,
    Event,
    Forecast,
    Origin,
    SameOrigin,
    State,
    Statement,
    Telling,
)
from firsthand.model.lineage import (
    AlteredQuotation,
    Credit,
    Derivation,
    Node,
    Passage,
    RepeatedFurniture,
    Voices,
)
from firsthand.model.linking import CheckedQuotation
from firsthand.model.page import Page
from firsthand.model.problem import Problem
from firsthand.model.record import Record
from firsthand.model.table import table_name


@dataclass(frozen=True)
class EditionTable:
    """One table of the edition: `id`, `unit`, the lifted columns, and the whole row as JSON.

    Only records that a screen or an export shows have one; what stages tell one another of a
    page's sentences and mentions stays in the project's tables.
    """

    record: type[Record]
    id: str
    columns: tuple[str, ...] = ()
    """Fields kept as columns too; `place.lat` is a field of a part, kept as `place_lat`, and
    `places.0.name` one of the first of a list."""
    indexed: tuple[str, ...] = field(default=())
    many_writers: bool = False
    """Whether several stages may write the same row, so that rows are told apart as they come."""

    @property
    def changes_with(self) -> tuple[type[Record], ...]:
        """The records whose change makes rows anew: a document's words are its page's."""
        return (Page, Document) if self.record is Document else (self.record,)

    @property
    def name(self) -> str:
        """The table's name, as in the project's tables."""
        return table_name(self.record)


DRAWN: tuple[str, ...] = ("place.lat", "place.lon", "place.radius_km", "place.precision")
"""Columns that say where a map draws an event: of a place without a point, what it lies in."""


def column(field: str) -> str:
    """The column of a field: `place.lat` is kept in `place_lat`."""
    return field.replace(".", "_")


EDITION_TABLES: tuple[EditionTable, ...] = (
    EditionTable(Page, "page_id", ("source", "sha256", "media_type", "captured_at"), ("source",)),
    EditionTable(
        Document,
        "document_id",
        ("page_id", "ordinal", "title", "outlet", "published", "language", "url"),
        ("page_id", "outlet", "published"),
    ),
    EditionTable(Credit, "credit_id", ("document_id", "cited_source"), ("document_id",)),
    EditionTable(Voices, "document_id"),
    EditionTable(RepeatedFurniture, "page_id"),
    EditionTable(
        Passage,
        "passage_id",
        ("document_a", "document_b", "shared_words", "kind"),
        ("document_a", "document_b"),
    ),
    EditionTable(
        Node,
        "node_id",
        ("kind", "name", "captured", "document_id"),
        ("name", "document_id", "kind"),
    ),
    EditionTable(
        Derivation,
        "derivation_id",
        ("derived", "source", "kind", "basis", "directed", "status"),
        ("derived", "source"),
    ),
    EditionTable(AlteredQuotation, "altered_id", ("document_id",), ("document_id",)),
    EditionTable(CheckedQuotation, "checked_id", ("page_id", "words", "altered"), ("page_id",)),
    EditionTable(Attribution, "attribution_id", ("document_id", "source_name"), ("document_id",)),
    EditionTable(
        Claim,
        "claim_id",
        ("document_id", "page_id", "type", "modality", "polarity", "attribution"),
        ("document_id", "type", "modality"),
    ),
    EditionTable(LoadedTerm, "loaded_id", ("document_id",), ("document_id",)),
    EditionTable(
        ResolvedClaim,
        "claim_id",
        (
            "document_id",
            "summary",
            "places.0.name",
            "places.0.as_written",
            "time.earliest",
            "time.latest",
        ),
        ("document_id",),
    ),
    EditionTable(CanonicalActor, "actor_id", ("name", "kind"), ("name",)),
    EditionTable(CanonicalPlace, "gazetteer_id", ("name", "lat", "lon"), ("name",)),
    EditionTable(
        ClaimLink,
        "claim_id",
        ("document_id", "event_id", "statement_id", "origin_id", "origin.level"),
        ("document_id", "event_id", "origin_id"),
    ),
    EditionTable(Origin, "origin_id", ("name", "kind", "level", "side"), ("name",)),
    EditionTable(
        Event,
        "event_id",
        (
            "type",
            "title",
            "earliest",
            "latest",
            "n_pages",
            "n_outlets",
            "n_origins",
            "n_first_hand",
            "corroboration",
            "dispute",
            "place.lat",
            "place.lon",
            "place.radius_km",
            "place.precision",
            "place.name",
        ),
        ("type", "earliest", "n_origins", "n_pages"),
    ),
    EditionTable(Statement, "statement_id"),
    EditionTable(SameOrigin, "group_id", ("statement_id", "origin"), ("statement_id",)),
    EditionTable(Conflict, "conflict_id", ("event_id", "kind", "field"), ("event_id",)),
    EditionTable(
        Forecast,
        "claim_id",
        ("verdict", "deadline.earliest", "deadline.latest"),
        ("deadline.latest",),
    ),
    EditionTable(State, "state_id", ("kind", "place", "earliest", "latest")),
    EditionTable(Telling, "telling_id", ("event_id",), ("event_id",)),
    EditionTable(
        Problem, "problem_id", ("stage", "record_id", "code"), ("record_id",), many_writers=True
    ),
)

RECORDS: tuple[type[Record], ...] = tuple(table.record for table in EDITION_TABLES)
