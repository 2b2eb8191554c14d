"""Screens that gather a little of everything: one claim, and the dates of all articles."""

import sqlite3

from firsthand.model.document import Document
from firsthand.model.event import Conflict, Event, SameOrigin
from firsthand.model.record import Part
from firsthand.publish import read
from firsthand.publish.claim_views import ClaimView, claim_views
from firsthand.publish.differences import Difference, differences
from firsthand.publish.dossiers import ForecastView, claims_by_id, forecasts_of
from firsthand.publish.told import row_of, sources_of, told_by_ids


class ClaimPage(Part, frozen=True, kw_only=True):
    """All that the screen of a claim shows."""

    claim: ClaimView
    row: read.Row
    event: Event | None
    same: tuple[ClaimView, ...]
    """Other claims that say the same thing."""
    groups: tuple[SameOrigin, ...]
    """Those of one origin count once."""
    differences: tuple[Difference, ...]
    forecast: ForecastView | None


def claim_page(db: sqlite3.Connection, claim_id: str) -> ClaimPage | None:
    """The screen of a claim, or None where the edition has no such claim."""
    one = told_by_ids(db, [claim_id]).get(claim_id)
    if one is None:
        return None
    (view,) = claim_views([one], sources_of(db, [one])) or (None,)
    if view is None:
        return None
    groups: list[SameOrigin] = []
    if view.statement_id:
        groups = list(read.select(db, SameOrigin, "statement_id=?", (view.statement_id,)))
    others = sorted({key for group in groups for key in group.claims} - {claim_id})
    found: list[Conflict] = []
    if view.event_id:
        rows = read.select(db, Conflict, "event_id=?", (view.event_id,))
        found = [row for row in rows if claim_id in row.claims]
    forecasts = forecasts_of(db, [claim_id], {claim_id: view})
    return ClaimPage(
        claim=view,
        row=row_of(one),
        event=read.get(db, Event, view.event_id) if view.event_id else None,
        same=claims_by_id(db, others),
        groups=tuple(groups),
        differences=differences(db, found),
        forecast=forecasts[0] if forecasts else None,
    )


class DatedArticle(Part, frozen=True, kw_only=True):
    """An article and its date, with how that was found."""

    document: Document
    source: str


def dated_articles(db: sqlite3.Connection) -> tuple[DatedArticle, ...]:
    """All articles: those without a date first, then by source and place on the page."""
    sources = dict(db.execute("SELECT id, source FROM page").fetchall())
    rows = [
        DatedArticle(document=row, source=sources.get(row.page_id, ""))
        for row in read.select(db, Document)
    ]
    rows.sort(
        key=lambda row: (row.document.published is not None, row.source, row.document.ordinal)
    )
    return tuple(rows)
