"""Search over the words of claims and documents; what a user types is never a query language."""

import sqlite3

from firsthand.model.record import Part
from firsthand.publish import lists
from firsthand.publish.claim_views import ClaimView, claim_views
from firsthand.publish.told import sources_of, told_by_ids

MOST_CHARS, MOST_TERMS = 200, 16
"""Longer questions are cut: every term is one more index to join."""
MOST_ROWS = 100
OPEN, CLOSE = "\ue000", "\ue001"
"""Private-use marks around hits; they are cut out of page text before it is indexed for show."""


class EventHit(Part, frozen=True, kw_only=True):
    """An event some of whose claims were found."""

    event_id: str
    title: str
    n_pages: int
    n_outlets: int
    n_origins: int
    claims: int


class DocumentHit(Part, frozen=True, kw_only=True):
    """A document in which the words were found."""

    document_id: str
    title: str | None
    outlet: str | None
    published: str | None
    snippet: tuple[tuple[str, bool], ...]
    """Pieces of text; True where a piece was searched for."""


class Found(Part, frozen=True, kw_only=True):
    """What a search found."""

    asked: str
    exact: bool
    claims: tuple[ClaimView, ...]
    claims_in_all: int
    events: tuple[EventHit, ...]
    documents: tuple[DocumentHit, ...]
    documents_in_all: int


def quoted(text: str, *, exact: bool = False) -> str:
    """A user's words as an FTS5 expression of plain terms; empty where there is nothing to find.

    Each word is put in double quotation marks, its own ones doubled, so that AND, NEAR, *, ^,
    column filters and brackets are words like others.
    """
    clean = "".join(char if char.isprintable() else " " for char in text[:MOST_CHARS])
    terms = [clean] if exact else clean.split()[:MOST_TERMS]
    kept = [term for term in terms if any(char.isalnum() for char in term)]
    return " ".join('"' + term.replace('"', '""') + '"' for term in kept)


def search(db: sqlite3.Connection, text: str, *, exact: bool = False) -> Found:
    """Claims, events and documents in which all the words stand."""
    expression = quoted(text, exact=exact)
    if not expression:
        return Found(
            asked=text,
            exact=exact,
            claims=(),
            claims_in_all=0,
            events=(),
            documents=(),
            documents_in_all=0,
        )
    ids = claim_ids(db, expression)
    claims = told_by_ids(db, ids)
    kept = [claims[key] for key in ids if key in claims]
    documents, in_all = _documents(db, expression)
    return Found(
        asked=text,
        exact=exact,
        claims=claim_views(kept, sources_of(db, kept)),
        claims_in_all=_count(db, "claim_search", expression),
        events=_events(db, expression),
        documents=documents,
        documents_in_all=in_all,
    )


def claim_ids(db: sqlite3.Connection, expression: str) -> list[str]:
    """Claims that fit, best first, at most `MOST_ROWS`."""
    sql = (
        "SELECT claim.id FROM claim_search JOIN claim ON claim.key = claim_search.rowid "
        f"WHERE claim_search MATCH ? ORDER BY rank, claim.id LIMIT {MOST_ROWS}"
    )
    return [str(row[0]) for row in db.execute(sql, (expression,))]


def _count(db: sqlite3.Connection, table: str, expression: str) -> int:
    sql = f"SELECT count(*) FROM {table} WHERE {table} MATCH ?"
    return int(db.execute(sql, (expression,)).fetchone()[0])


def _events(db: sqlite3.Connection, expression: str) -> tuple[EventHit, ...]:
    sql = (
        "SELECT event.id, event.title, event.n_pages, event.n_outlets, event.n_origins, count(*) "
        "FROM claim_search JOIN claim ON claim.key = claim_search.rowid "
        "JOIN claim_link ON claim_link.id = claim.id JOIN event ON event.id = claim_link.event_id "
        f"WHERE claim_search MATCH ? GROUP BY event.id ORDER BY 6 DESC, event.id "
        f"LIMIT {lists.PAGE // 5}"
    )
    return tuple(
        EventHit(
            event_id=row[0],
            title=row[1],
            n_pages=row[2],
            n_outlets=row[3],
            n_origins=row[4],
            claims=row[5],
        )
        for row in db.execute(sql, (expression,))
    )


def _documents(db: sqlite3.Connection, expression: str) -> tuple[tuple[DocumentHit, ...], int]:
    sql = (
        "SELECT document.id, document.title, document.outlet, document.published, "
        "snippet(document_search, 1, ?, ?, '…', 28) FROM document_search "
        "JOIN document ON document.key = document_search.rowid "
        f"WHERE document_search MATCH ? ORDER BY rank, document.id LIMIT {lists.PAGE // 4}"
    )
    hits = tuple(
        DocumentHit(
            document_id=row[0],
            title=row[1],
            outlet=row[2],
            published=row[3],
            snippet=_pieces(row[4] or ""),
        )
        for row in db.execute(sql, (OPEN, CLOSE, expression))
    )
    return hits, _count(db, "document_search", expression)


def _pieces(snippet: str) -> tuple[tuple[str, bool], ...]:
    """A snippet cut at its marks; marks that stand in the page itself only cut it further."""
    found: list[tuple[str, bool]] = []
    for at, part in enumerate(snippet.split(OPEN)):
        hit, closed, rest = part.partition(CLOSE)
        if at and closed:
            found += [(hit, True), (rest, False)]
        else:
            found.append((part.replace(CLOSE, ""), False))
    return tuple(piece for piece in found if piece[0])
