"""A claim with all that later stages added to it, read from an edition for the screens."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar

import msgspec

from firsthand.model.claim import (
    Actor,
    Attribution,
    ChainLink,
    Claim,
    LoadedTerm,
    Place,
    Quantity,
    ResolvedClaim,
    Time,
)
from firsthand.model.document import Document
from firsthand.model.event import ClaimLink
from firsthand.model.page import Page
from firsthand.model.record import Part, Record
from firsthand.model.table import table_name
from firsthand.publish import read

R = TypeVar("R", bound=Record)

BATCH = 500
"""Ids in one statement; SQLite takes 999 variables in its oldest builds."""


class Told(Part, frozen=True, kw_only=True):
    """One claim: as written, as resolved, as linked."""

    claim: Claim
    resolved: ResolvedClaim | None
    link: ClaimLink | None

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.claim.claim_id

    @property
    def summary(self) -> str:
        """Neutral wording; the claim's predicate where none has been built."""
        return self.resolved.summary if self.resolved else self.claim.predicate

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Who takes part."""
        return self.resolved.actors if self.resolved else self.claim.actors

    @property
    def places(self) -> tuple[Place, ...]:
        """Where; empty before `resolve`."""
        return self.resolved.places if self.resolved else ()

    @property
    def time(self) -> Time | None:
        """When; None before `resolve` or where the claim names no time."""
        return self.resolved.time if self.resolved else None

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """How many."""
        return self.resolved.quantities if self.resolved else self.claim.quantities

    @property
    def chain(self) -> tuple[ChainLink, ...]:
        """From the publisher to the innermost source."""
        return self.resolved.chain if self.resolved else self.claim.chain

    @property
    def start(self) -> int:
        """Where its words begin."""
        return min((span.start for span in self.claim.evidence), default=self.claim.scope.start)

    @property
    def end(self) -> int:
        """Where its words end."""
        return max((span.end for span in self.claim.evidence), default=self.claim.scope.end)


def told(
    db: sqlite3.Connection, where: str, values: tuple[object, ...], limit: int = -1
) -> Iterator[Told]:
    """Claims in reading order; `where` is SQL of ours over claim and claim_link."""
    if limit >= 0:  # chosen by their keys first, or every row would be unpacked to be sorted
        where = (
            "claim.key IN (SELECT claim.key FROM claim "
            "LEFT JOIN claim_link ON claim_link.id = claim.id "
            f"WHERE {where} ORDER BY claim.document_id, claim.id LIMIT {limit:d})"
        )
    sql = (
        "SELECT claim.body, resolved_claim.body, claim_link.body FROM claim "
        "LEFT JOIN resolved_claim ON resolved_claim.id = claim.id "
        "LEFT JOIN claim_link ON claim_link.id = claim.id "
        f"WHERE {where} ORDER BY claim.document_id, claim.id LIMIT {limit:d}"
    )
    rows = [
        Told(
            claim=msgspec.json.decode(body, type=Claim),
            resolved=msgspec.json.decode(resolved, type=ResolvedClaim) if resolved else None,
            link=msgspec.json.decode(link, type=ClaimLink) if link else None,
        )
        for body, resolved, link in db.execute(sql, values)
    ]
    yield from sorted(rows, key=lambda one: (one.claim.document_id, one.start, one.id))


def by_ids(
    db: sqlite3.Connection, record: type[R], ids: Collection[str], column: str = "id"
) -> dict[str, list[R]]:
    """Records of a type by the value of one column, for the values given."""
    found: dict[str, list[R]] = {}
    wanted = sorted(ids)
    for at in range(0, len(wanted), BATCH):
        some = wanted[at : at + BATCH]
        marks = ",".join("?" * len(some))
        sql = (
            f"SELECT {column}, body FROM {table_name(record)} "
            f"WHERE {column} IN ({marks}) ORDER BY id, unit"
        )
        for key, body in db.execute(sql, some):
            found.setdefault(str(key), []).append(msgspec.json.decode(body, type=record))
    return found


def told_by_ids(db: sqlite3.Connection, ids: Collection[str]) -> dict[str, Told]:
    """Claims by id."""
    wanted = sorted(ids)
    found: dict[str, Told] = {}
    for at in range(0, len(wanted), BATCH):
        some = wanted[at : at + BATCH]
        where = f"claim.id IN ({','.join('?' * len(some))})"
        found |= {one.id: one for one in told(db, where, tuple(some))}
    return found


class Sources(Part, frozen=True, kw_only=True):
    """What the words of some claims stand in: documents, pages, attributions, loaded terms."""

    documents: dict[str, Document]
    pages: dict[str, Page]
    attributions: dict[str, Attribution]
    loaded: dict[str, tuple[LoadedTerm, ...]]
    """By document."""


def sources_of(db: sqlite3.Connection, claims: Iterable[Told], *, passages: bool = True) -> Sources:
    """All that is needed to show the words of these claims; lists show no passages of the pages."""
    kept = list(claims)
    documents = {one.claim.document_id for one in kept}
    attributions = {one.claim.attribution for one in kept if one.claim.attribution}
    pages = {one.claim.page_id for one in kept} if passages else set()
    return Sources(
        documents={key: rows[0] for key, rows in by_ids(db, Document, documents).items()},
        pages={key: rows[0] for key, rows in by_ids(db, Page, pages).items()},
        attributions={key: rows[0] for key, rows in by_ids(db, Attribution, attributions).items()},
        loaded={
            key: tuple(rows)
            for key, rows in by_ids(
                db, LoadedTerm, documents if passages else (), "document_id"
            ).items()
        },
    )


def row_of(one: Told) -> read.Row:
    """The claim's exported row."""
    return read.claim_row(one.claim, one.resolved, one.link)
