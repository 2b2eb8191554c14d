"""The dossier of one event: every block of the screen as plain values, every number an exported one."""

import sqlite3
from collections.abc import Mapping, Sequence

import msgspec

from firsthand.model.claim import Place
from firsthand.model.event import COUNTED_LEVELS, Account, Event, Forecast, Origin, Telling
from firsthand.model.lineage import Derivation, Node
from firsthand.model.record import Part
from firsthand.publish import read
from firsthand.publish.claim_views import ClaimView, DocumentLine, claim_views, document_line
from firsthand.publish.differences import Difference, differences_of
from firsthand.publish.graph_layout import Graph, draw
from firsthand.publish.lineage_views import Lineage, lineage_of
from firsthand.publish.numbers import NumberGroup, numbers_of
from firsthand.publish.told import BATCH, Sources, Told, by_ids, sources_of, told, told_by_ids
from firsthand.publish.wording import Wording, wording_of

MOST_CLAIMS = 100
"""Claims shown on one dossier; the others are in the list of claims, which the screen links to."""
MOST_ACCOUNTS = 100
"""Accounts shown on one dossier; the record holds them all."""


class ForecastView(Part, frozen=True, kw_only=True):
    """A forecast, its deadline and what followed."""

    forecast: Forecast
    claim: ClaimView
    outcomes: tuple[ClaimView, ...]


class AccountView(Part, frozen=True, kw_only=True):
    """One origin's account of the event, and whether it counts as an origin."""

    account: Account
    kind: str
    counts: bool
    reason: str
    side: str | None
    pages: int
    claims: tuple[ClaimView, ...]


class Dossier(Part, frozen=True, kw_only=True):
    """All that the screen of an event shows."""

    event: Event
    documents: tuple[DocumentLine, ...]
    claims: tuple[ClaimView, ...]
    """Nearest to the origin first; tellings of one statement that go back to one origin together."""
    alike: dict[str, tuple[ClaimView, ...]]
    """The first claim of each such group to the others; every claim stands in one group."""
    claims_in_all: int
    accounts: tuple[AccountView, ...]
    sides: tuple[str, ...]
    lineage: Lineage
    graph: Graph
    numbers: tuple[NumberGroup, ...]
    forecasts: tuple[ForecastView, ...]
    differences: tuple[Difference, ...]
    wording: tuple[Wording, ...]
    tellings: tuple[Telling, ...]
    pages_in_pile: int
    when_written: tuple[str, ...]
    """The words that the dates of the event come from."""
    place: Place | None


def dossier(db: sqlite3.Connection, event_id: str) -> Dossier | None:
    """The dossier of an event, or None where the edition has no such event."""
    event = read.get(db, Event, event_id)
    if event is None:
        return None
    kept = list(told(db, "claim_link.event_id = ?", (event_id,), MOST_CLAIMS))
    sources = sources_of(db, kept)
    claims = nearest_first(claim_views(kept, sources))
    views = {view.claim_id: view for view in claims}
    lineage = lineage_for(db, kept, sources)
    return Dossier(
        event=event,
        documents=tuple(
            document_line(document, sources.pages.get(document.page_id))
            for _key, document in sorted(sources.documents.items())
        ),
        claims=claims,
        alike=alike_of(claims),
        claims_in_all=len(event.claims),
        accounts=_accounts(db, event, views),
        sides=_sides(db, event),
        lineage=lineage,
        graph=draw(lineage),
        numbers=numbers_of(claims),
        forecasts=forecasts_of(db, tuple(views), views),
        differences=differences_of(db, event_id),
        wording=wording_of(kept, sources),
        tellings=tuple(read.select(db, Telling, "event_id=?", (event_id,))),
        pages_in_pile=pages_in_pile(db),
        when_written=_when_written(claims),
        place=event.place,
    )


def pages_in_pile(db: sqlite3.Connection) -> int:
    """How many pages the edition holds: the scope of every absence that a screen tells."""
    return int(db.execute("SELECT count(*) FROM page").fetchone()[0])


def _voice(view: ClaimView) -> tuple[str, str | None]:
    """What is said and whose it is: a statement and its origin, else the claim alone."""
    return view.statement_id or view.claim_id, view.origin_id


def alike_of(claims: Sequence[ClaimView]) -> dict[str, tuple[ClaimView, ...]]:
    """The first claim of each statement of one origin, to the further tellings of it."""
    groups: dict[tuple[str, str | None], list[ClaimView]] = {}
    for view in claims:
        groups.setdefault(_voice(view), []).append(view)
    return {first.claim_id: tuple(others) for first, *others in groups.values()}


def nearest_first(claims: Sequence[ClaimView]) -> tuple[ClaimView, ...]:
    """Nearest to the origin first and those alike together, numbered anew in that order."""
    order = sorted(
        claims,
        key=lambda view: (
            0 if view.origin and view.origin.level in COUNTED_LEVELS else 1,
            len(view.path),
            view.document.outlet,
            view.document.document_id,
            view.start,
            view.claim_id,
        ),
    )
    places = {view: place for place, view in enumerate(dict.fromkeys(map(_voice, order)))}
    order.sort(key=lambda view: places[_voice(view)])
    return tuple(
        msgspec.structs.replace(view, number=number) for number, view in enumerate(order, 1)
    )


def _accounts(
    db: sqlite3.Connection, event: Event, views: Mapping[str, ClaimView]
) -> tuple[AccountView, ...]:
    """The accounts that count first, those of most pages first.

    What is known of an origin is read of as many as the screen shows.
    """
    rows = [_account(account, views) for account in event.accounts]
    rows.sort(key=lambda row: (not row.counts, -row.pages, row.account.origin, row.account.stance))
    origins = by_ids(db, Origin, {row.account.origin_id for row in rows[:MOST_ACCOUNTS]})
    return tuple(_known(row, origins.get(row.account.origin_id, ())) for row in rows)


def _known(row: AccountView, origins: Sequence[Origin]) -> AccountView:
    if not origins:
        return row
    return msgspec.structs.replace(row, kind=origins[0].kind, side=origins[0].side)


def _account(account: Account, views: Mapping[str, ClaimView]) -> AccountView:
    claims = tuple(views[key] for key in account.claims if key in views)
    reason = next((view.origin.reason for view in claims if view.origin), "")
    return AccountView(
        account=account,
        kind="",
        counts=account.level in COUNTED_LEVELS and account.stance == "supports",
        reason=reason,
        side=None,
        pages=len({view.document.page_id for view in claims}),
        claims=claims,
    )


def _sides(db: sqlite3.Connection, event: Event) -> tuple[str, ...]:
    """Sides of the counted origins; empty where the project's register sets none."""
    counted = sorted(
        {
            account.origin_id
            for account in event.accounts
            if account.level in COUNTED_LEVELS and account.stance == "supports"
        }
    )
    found: set[str] = set()
    for at in range(0, len(counted), BATCH):
        some = counted[at : at + BATCH]
        marks = ",".join("?" * len(some))
        sql = f"SELECT DISTINCT side FROM origin WHERE id IN ({marks}) AND side IS NOT NULL"
        found |= {str(row[0]) for row in db.execute(sql, some)}
    return tuple(sorted(found))


def lineage_for(db: sqlite3.Connection, claims: Sequence[Told], sources: Sources) -> Lineage:
    """The lineage of some claims, read from the edition's nodes and derivations."""
    nodes = by_ids(db, Node, sources.documents, "document_id")
    homes = {node.node_id: document for document, rows in nodes.items() for node in rows}
    homes |= {
        member: document
        for document, rows in nodes.items()
        for node in rows
        for member in node.members
    }
    edges = by_ids(db, Derivation, homes, "derived")
    return lineage_of(
        claims, sources.documents, [row for key in sorted(edges) for row in edges[key]], homes
    )


def claims_by_id(db: sqlite3.Connection, ids: Sequence[str]) -> tuple[ClaimView, ...]:
    """Claims as shown, in the order given; those that are gone are left out."""
    known = told_by_ids(db, ids)
    kept = [known[key] for key in ids if key in known]
    return claim_views(kept, sources_of(db, kept))


def forecasts_of(
    db: sqlite3.Connection, claim_ids: Sequence[str], views: Mapping[str, ClaimView]
) -> tuple[ForecastView, ...]:
    """The forecasts among these claims, each with the claims that tell what followed."""
    found = [rows[0] for _key, rows in sorted(by_ids(db, Forecast, claim_ids).items())]
    told_later = told_by_ids(db, {key for row in found for key in row.outcomes})
    later = claim_views(list(told_later.values()), sources_of(db, told_later.values()))
    by_id = {view.claim_id: view for view in later}
    return tuple(
        ForecastView(
            forecast=row,
            claim=views[row.claim_id],
            outcomes=tuple(by_id[key] for key in row.outcomes if key in by_id),
        )
        for row in found
        if row.claim_id in views
    )


def _when_written(claims: Sequence[ClaimView]) -> tuple[str, ...]:
    words = {
        view.time.as_written: None
        for view in claims
        if view.time is not None and view.time.earliest is not None
    }
    return tuple(words)[:3]
