"""Search over the words of claims and documents; what a user types is never a query language."""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from firsthand.model.record import Part
from firsthand.publish import lists
from firsthand.publish.claim_views import ClaimView, claim_views
from firsthand.publish.facets import FACETS
from firsthand.publish.lists import RANGES, Facet
from firsthand.publish.memo import remembered
from firsthand.publish.told import sources_of, told_by_ids

MOST_CHARS, MOST_TERMS = 200, 16
"""Longer questions are cut: every term is one more index to join."""
MOST_ROWS = 50
MOST_COUNTED: Final = 5_000
"""Beyond so many claims nothing is ranked and no count is exact: words so common find nothing."""
MOST_GATHERED: Final = 2_000
"""Claims whose events are gathered."""
MOST_VALUES: Final = 40
OPEN, CLOSE = "\ue000", "\ue001"
"""Private-use marks around hits; they are cut out of page text before it is indexed for show."""
TIMES: Final = {
    "from": "(ifnull(f.earliest, f.latest) IS NOT NULL AND (f.latest IS NULL OR f.latest >= ?))",
    "to": "(ifnull(f.earliest, f.latest) IS NOT NULL AND "
    "(f.earliest IS NULL OR f.earliest <= ? || '\uffff'))",
}
"""As for events: an open interval fits every day on its open side."""


class EventHit(Part, frozen=True, kw_only=True):
    """An event some of whose claims were found."""

    event_id: str
    title: str
    earliest: str | None
    latest: str | None
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
    """What a search found: one page of claims, and on the first one events and documents too."""

    asked: str
    exact: bool
    chosen: dict[str, str]
    facets: dict[str, tuple[Facet, ...]]
    claims: tuple[ClaimView, ...] = ()
    claims_in_all: int = 0
    capped: bool = False
    """Whether there are more claims than `claims_in_all`; then they come in order of pages."""
    following: str | None = None
    """Value for `after` in the next request; None on the last page."""
    events: tuple[EventHit, ...] = ()
    documents: tuple[DocumentHit, ...] = ()
    documents_in_all: int = 0


def quoted(text: str, *, exact: bool = False) -> str:
    """A user's words as an FTS5 expression of plain terms; empty where there is nothing to find.

    Each word is put in double quotation marks, its own ones doubled, so that AND, NEAR, *, ^,
    column filters and brackets are words like others.
    """
    clean = "".join(char if char.isprintable() else " " for char in text[:MOST_CHARS])
    terms = [clean] if exact else clean.split()[:MOST_TERMS]
    kept = [term for term in terms if any(char.isalnum() for char in term)]
    return " ".join('"' + term.replace('"', '""') + '"' for term in kept)


def chosen_of(asked: Mapping[str, str]) -> dict[str, str]:
    """The filters that an address sets; what is none is read as not given."""
    chosen = {name: asked[name] for name in FACETS if asked.get(name)}
    for name in TIMES:
        if RANGES[name].fullmatch(asked.get(name, "")):
            chosen[name] = asked[name]
    return chosen


def search(db: sqlite3.Connection, asked: Mapping[str, str]) -> Found:
    """Claims that have all the words and fit the filters, with their events, and documents.

    `asked` holds `q`, `exact`, any of the facets, `from`, `to` and `after`.
    """
    words, exact = asked.get("q", ""), asked.get("exact") == "1"
    expression, chosen = quoted(words, exact=exact), chosen_of(asked)
    ask = _Ask(db, expression, chosen)
    facets = ask.read().facets
    if not expression and not chosen:
        return Found(asked=words, exact=exact, chosen=chosen, facets=facets)
    total = ask.read().total
    ranked = bool(expression) and total <= MOST_COUNTED
    after = asked.get("after", "")
    keys, following = ask.page(after, ranked=ranked)
    ids = _ids(db, keys)
    told = told_by_ids(db, ids)
    kept = [told[key] for key in ids if key in told]
    found = Found(
        asked=words,
        exact=exact,
        chosen=chosen,
        facets=facets,
        claims=claim_views(kept, sources_of(db, kept, passages=False)),
        claims_in_all=min(total, MOST_COUNTED),
        capped=total > MOST_COUNTED,
        following=following,
    )
    return found if after else _with_more(db, ask, found)


def _with_more(db: sqlite3.Connection, ask: "_Ask", found: Found) -> Found:
    """The first page: events of the claims, and documents where no filter of claims is set."""
    documents: tuple[DocumentHit, ...] = ()
    count = 0
    if ask.expression and not ask.chosen:
        documents, count = _documents(db, ask.expression)
    fields = {name: getattr(found, name) for name in Found.__struct_fields__}
    more = {"events": ask.events(), "documents": documents, "documents_in_all": count}
    return Found(**fields | more)


class _Ask:
    """One question: words, filters, and the SQL they make."""

    def __init__(self, db: sqlite3.Connection, expression: str, chosen: Mapping[str, str]) -> None:
        self._db = db
        self.expression = expression
        self.chosen = dict(chosen)
        self._from, self._order = "claim_facet AS f", "f.key"
        if expression:
            # The words are looked up first, in the order in which they lie.
            self._order = "claim_search.rowid"
            self._from = "claim_search CROSS JOIN claim_facet AS f ON f.key = claim_search.rowid"

    def _where(self, without: str = "") -> tuple[str, tuple[object, ...]]:
        conditions: list[str] = ["claim_search MATCH ?"] if self.expression else []
        values: list[object] = [self.expression] if self.expression else []
        for name in sorted(self.chosen.keys() - {without}):
            conditions.append(TIMES.get(name, f"f.{name} = ?"))
            values.append(self.chosen[name])
        return " AND ".join(conditions) or "1", tuple(values)

    def read(self) -> "_Read":
        """What one reading of the claims that fit tells of them, up to one more than are counted."""
        key = ("search", self.expression, *sorted(self.chosen.items()))
        return remembered(self._db, key, self._read)

    def _read(self) -> "_Read":
        where, values = self._where()
        if not values:  # the index of each column is read alone, so all of it can be
            return _Read(0, {name: self._facet(name) for name in FACETS}, {})
        columns = ", ".join(f"f.{name}" for name in (*FACETS, "event_id"))
        sql = f"SELECT {columns} FROM {self._from} WHERE {where} LIMIT {MOST_COUNTED + 1}"
        rows = self._db.execute(sql, values).fetchall()
        *read, told = zip(*rows[:MOST_COUNTED], strict=True) if rows else ((),) * (len(FACETS) + 1)
        facets = {
            name: self._facet(name) if name in self.chosen else _commonest(Counter(some))
            for name, some in zip(FACETS, read, strict=True)
        }
        return _Read(len(rows), facets, Counter(told[:MOST_GATHERED]))

    def _facet(self, name: str) -> tuple[Facet, ...]:
        where, values = self._where(without=name)
        most = f"LIMIT {MOST_COUNTED}" if values else ""
        sql = (
            f"SELECT value, count(*) FROM (SELECT f.{name} AS value FROM {self._from} "
            f"WHERE {where} {most}) WHERE value IS NOT NULL "
            f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST_VALUES}"
        )
        chosen = self.chosen.get(name)
        return tuple(
            Facet(value=str(row[0]), count=int(row[1]), chosen=chosen == row[0])
            for row in self._db.execute(sql, values)
        )

    def page(self, after: str, *, ranked: bool) -> tuple[list[int], str | None]:
        """The keys of one page of claims behind `after`, and where the next one goes on.

        Best first where few enough fit to compare them all, else in order of pages.
        """
        where, values = self._where()
        # The narrow rows are read only where a filter needs them.
        alone = bool(self.expression) and not self.chosen
        source = "claim_search" if alone else self._from
        at = "claim_search.rowid" if alone else "f.key"
        behind = _behind(after, ranked=ranked)
        rank = "claim_search.rank" if ranked else "0.0"
        if behind is not None:
            score, key = behind
            if ranked:
                where += f" AND ({rank} > ? OR ({rank} = ? AND {at} > ?))"
                values += (score, score, key)
            else:
                where += f" AND {self._order} > ?"
                values += (key,)
        sql = (
            f"SELECT {at}, {rank} FROM {source} WHERE {where} "
            f"ORDER BY {f'2, {at}' if ranked else self._order} LIMIT {MOST_ROWS + 1}"
        )
        rows = self._db.execute(sql, values).fetchall()
        shown = rows[:MOST_ROWS]
        following = None
        if len(rows) > MOST_ROWS:
            following = f"{'best' if ranked else 'page'}~{shown[-1][1]!r}~{shown[-1][0]}"
        return [int(row[0]) for row in shown], following

    def events(self) -> tuple[EventHit, ...]:
        """Events of the claims found, of the first `MOST_GATHERED` where there are more."""
        counted = {str(one): n for one, n in self.read().events.items() if one is not None}
        most = sorted(counted, key=lambda one: (-counted[one], one))[: lists.PAGE // 5]
        sql = (
            "SELECT id, title, earliest, latest, n_pages, n_outlets, n_origins FROM event "
            f"WHERE id IN ({','.join('?' * len(most))})"
        )
        names = EventHit.__struct_fields__
        found = {
            str(row[0]): EventHit(**dict(zip(names, (*row, counted[row[0]]), strict=True)))
            for row in self._db.execute(sql, most)
        }
        return tuple(found[one] for one in most if one in found)


@dataclass(frozen=True)
class _Read:
    """How many claims fit, the values of each filter, and how many of the claims each event has."""

    total: int
    facets: dict[str, tuple[Facet, ...]]
    events: Mapping[str | None, int]


def _commonest(counted: Mapping[object, int]) -> tuple[Facet, ...]:
    found = sorted((-count, str(value)) for value, count in counted.items() if value is not None)
    return tuple(
        Facet(value=value, count=-count, chosen=False) for count, value in found[:MOST_VALUES]
    )


def _behind(after: str, *, ranked: bool) -> tuple[float, int] | None:
    """Where a page goes on; None for the first one, and for what is no such place."""
    kind, _, rest = after.partition("~")
    score, _, key = rest.partition("~")
    if kind != ("best" if ranked else "page") or not key.isdecimal() or len(key) > 15:
        return None
    try:
        return float(score), int(key)
    except ValueError:
        return None


def _ids(db: sqlite3.Connection, keys: list[int]) -> list[str]:
    """The ids of claims by their keys, in the order of these."""
    marks = ",".join("?" * len(keys))
    found = dict(
        tuple(row) for row in db.execute(f"SELECT key, id FROM claim WHERE key IN ({marks})", keys)
    )
    return [str(found[key]) for key in keys if key in found]


def _documents(db: sqlite3.Connection, expression: str) -> tuple[tuple[DocumentHit, ...], int]:
    """The articles that have the words, best first where few enough do, and how many."""
    count = _count(db, expression)
    order = "rank, document.id" if count <= MOST_COUNTED else "document_search.rowid"
    sql = (
        "SELECT document.id, document.title, document.outlet, document.published, "
        "snippet(document_search, 1, ?, ?, '…', 28) FROM document_search "
        "JOIN document ON document.key = document_search.rowid "
        f"WHERE document_search MATCH ? ORDER BY {order} LIMIT {lists.PAGE // 4}"
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
    return hits, min(count, MOST_COUNTED)


def _count(db: sqlite3.Connection, expression: str) -> int:
    sql = (
        "SELECT count(*) FROM (SELECT 1 FROM document_search WHERE document_search MATCH ? "
        f"LIMIT {MOST_COUNTED + 1})"
    )
    return int(db.execute(sql, (expression,)).fetchone()[0])


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
