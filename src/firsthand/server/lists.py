"""The lists: events, claims, documents, origins, forecasts, conflicts, problems, search results."""

import sqlite3
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from firsthand.model.claim import Claim
from firsthand.model.event import Conflict, Forecast, Origin
from firsthand.model.problem import Problem
from firsthand.publish import dossiers, read
from firsthand.publish import lists as tables
from firsthand.publish import search as searching
from firsthand.publish.differences import differences as differing
from firsthand.publish.home import forecasts_by_id, missing_originals
from firsthand.publish.read import Row
from firsthand.server import reply
from firsthand.server.screens import frame
from firsthand.server.site import site
from firsthand.server.twins import with_addresses


def _asked(request: Request, name: str) -> str:
    return request.query_params.get(name, "")


def _next(request: Request, following: str | None) -> str | None:
    """The address of the next page: the same question, going on behind the last row."""
    if following is None:
        return None
    kept = {key: value for key, value in request.query_params.items() if key != "after"}
    return f"{request.url.path}?{urlencode({**kept, 'after': following})}"


def _events(request: Request, db: sqlite3.Connection) -> tables.EventList:
    return tables.events(
        db,
        dict(request.query_params),
        sort=_asked(request, "sort") or "pages",
        after=_asked(request, "after"),
    )


def events(request: Request) -> Response:
    """Events by filter; the address holds the state."""
    with site(request).reading() as db:
        view = _events(request, db)
        return reply.page(
            request,
            "events.html",
            view=view,
            links=filter_links(view, "/events"),
            query=request.url.query,
            following=_next(request, view.page.following),
            **frame(db),
        )


def with_state(chosen: Mapping[str, str], path: str, news: Mapping[str, str | None]) -> str:
    """The address of this screen with some of its state changed; None takes a part off."""
    names = {key.rstrip("_"): value for key, value in news.items()}
    kept = {key: value for key, value in {**chosen, **names}.items() if value is not None}
    return f"{path}?{urlencode(sorted(kept.items()))}" if kept else path


def filter_links(view: tables.EventFilters, path: str) -> Mapping[str, Mapping[str, str]]:
    """For each value of each filter the address that sets it, or takes it off again."""
    state = dict(view.chosen) | ({"sort": view.sort} if view.sort != "pages" else {})
    return _links(view.facets, state, path)


def _links(
    facets: Mapping[str, Iterable[tables.Facet]], state: Mapping[str, str], path: str
) -> Mapping[str, Mapping[str, str]]:
    links: dict[str, dict[str, str]] = {}
    for name, values in facets.items():
        for facet in values:
            others = {key: value for key, value in state.items() if key != name}
            asked = others if facet.chosen else {**others, name: facet.value}
            links.setdefault(name, {})[facet.value] = f"{path}?{urlencode(sorted(asked.items()))}"
    return links


def events_json(request: Request) -> Response:
    """Events by filter, as exported."""
    with site(request).reading() as db:
        view = _events(request, db)
        rows = [read.event_row(row) for row in view.page.rows]
        return reply.listing(rows, view.page.total, _next(request, view.page.following))


def events_csv(request: Request) -> Response:
    """Events by filter, as exported, in CSV."""
    with site(request).reading() as db:
        rows = [read.event_row(row) for row in _events(request, db).page.rows]
        return reply.csv(({"url": f"/e/{row['event_id']}", **row} for row in rows), "events")


CLAIM_FILTERS = {
    "modality": "modality = ?",
    "type": "type = ?",
    "document": "document_id = ?",
    "event": "id IN (SELECT id FROM claim_link WHERE event_id = ?)",
}


def _claims(request: Request, db: sqlite3.Connection) -> tables.Slice[Claim]:
    chosen = [name for name in CLAIM_FILTERS if _asked(request, name)]
    return tables.records(
        db,
        Claim,
        where=" AND ".join(CLAIM_FILTERS[name] for name in chosen) or "1",
        values=tuple(_asked(request, name) for name in chosen),
        after=_asked(request, "after"),
    )


def claims(request: Request) -> Response:
    """Claims by kind, stance, document or event."""
    with site(request).reading() as db:
        part = _claims(request, db)
        return reply.page(
            request,
            "claims.html",
            part=part,
            claims=dossiers.claims_by_id(db, [row.claim_id for row in part.rows]),
            query=request.url.query,
            following=_next(request, part.following),
            **frame(db),
        )


def _claim_rows(db: sqlite3.Connection, ids: Iterable[str]) -> list[Row]:
    return [row for key in ids if (row := read.claim(db, key)) is not None]


def claims_json(request: Request) -> Response:
    """Claims as exported."""
    with site(request).reading() as db:
        part = _claims(request, db)
        rows = _claim_rows(db, [row.claim_id for row in part.rows])
        return reply.listing(rows, part.total, _next(request, part.following))


def claims_csv(request: Request) -> Response:
    """Claims as exported, in CSV."""
    with site(request).reading() as db:
        ids = [row.claim_id for row in _claims(request, db).rows]
        return reply.csv(with_addresses(_claim_rows(db, ids)), "claims")


def _documents(request: Request, db: sqlite3.Connection) -> tables.Slice[tables.DocumentRow]:
    return tables.documents(db, outlet=_asked(request, "outlet"), after=_asked(request, "after"))


def documents(request: Request) -> Response:
    """All articles, or those of one outlet."""
    with site(request).reading() as db:
        part = _documents(request, db)
        return reply.page(
            request,
            "documents.html",
            part=part,
            outlet=_asked(request, "outlet"),
            query=request.url.query,
            following=_next(request, part.following),
            **frame(db),
        )


def documents_json(request: Request) -> Response:
    """Documents as exported."""
    with site(request).reading() as db:
        part = _documents(request, db)
        rows = [read.document_row(db, row.document) for row in part.rows]
        return reply.listing(rows, part.total, _next(request, part.following))


def documents_csv(request: Request) -> Response:
    """Documents as exported, in CSV."""
    with site(request).reading() as db:
        rows = [read.document_row(db, row.document) for row in _documents(request, db).rows]
        return reply.csv(({"url": f"/d/{row['document_id']}", **row} for row in rows), "documents")


def origins(request: Request) -> Response:
    """All origins."""
    with site(request).reading() as db:
        part = tables.records(db, Origin, after=_asked(request, "after"))
        rows = sorted(part.rows, key=lambda row: (-len(row.claims), row.name, row.origin_id))
        following = _next(request, part.following)
        return reply.page(
            request, "origins.html", part=part, rows=rows, following=following, **frame(db)
        )


def origins_json(request: Request) -> Response:
    """Origins as exported."""
    with site(request).reading() as db:
        part = tables.records(db, Origin, after=_asked(request, "after"))
        rows = [read.plain(row) for row in part.rows]
        return reply.listing(rows, part.total, _next(request, part.following))


def origins_csv(request: Request) -> Response:
    """Origins as exported, in CSV."""
    with site(request).reading() as db:
        part = tables.records(db, Origin, after=_asked(request, "after"))
        return reply.csv([read.plain(row) for row in part.rows], "origins")


def _forecasts(request: Request, db: sqlite3.Connection) -> tables.Slice[Forecast]:
    verdict = _asked(request, "verdict")
    where, values = ("verdict = ?", (verdict,)) if verdict else ("1", ())
    return tables.records(db, Forecast, where=where, values=values, after=_asked(request, "after"))


def forecasts(request: Request) -> Response:
    """All forecasts and what followed."""
    with site(request).reading() as db:
        part = _forecasts(request, db)
        counts = db.execute("SELECT verdict, count(*) FROM forecast GROUP BY 1 ORDER BY 1")
        return reply.page(
            request,
            "forecasts.html",
            part=part,
            rows=forecasts_by_id(db, [row.claim_id for row in part.rows]),
            counts=[tuple(row) for row in counts],
            verdict=_asked(request, "verdict"),
            following=_next(request, part.following),
            **frame(db),
        )


def forecasts_json(request: Request) -> Response:
    """Forecasts as exported."""
    with site(request).reading() as db:
        part = _forecasts(request, db)
        rows = [read.plain(row) for row in part.rows]
        return reply.listing(rows, part.total, _next(request, part.following))


def forecasts_csv(request: Request) -> Response:
    """Forecasts as exported, in CSV."""
    with site(request).reading() as db:
        return reply.csv([read.plain(row) for row in _forecasts(request, db).rows], "forecasts")


def _conflicts(request: Request, db: sqlite3.Connection) -> tables.Slice[Conflict]:
    return tables.records(db, Conflict, after=_asked(request, "after"))


def conflicts(request: Request) -> Response:
    """All disagreements."""
    with site(request).reading() as db:
        part = _conflicts(request, db)
        return reply.page(
            request,
            "conflicts.html",
            part=part,
            rows=differing(db, part.rows),
            following=_next(request, part.following),
            **frame(db),
        )


def conflicts_json(request: Request) -> Response:
    """Conflicts as exported."""
    with site(request).reading() as db:
        part = _conflicts(request, db)
        rows = [read.plain(row) for row in part.rows]
        return reply.listing(rows, part.total, _next(request, part.following))


def conflicts_csv(request: Request) -> Response:
    """Conflicts as exported, in CSV."""
    with site(request).reading() as db:
        return reply.csv([read.plain(row) for row in _conflicts(request, db).rows], "conflicts")


def problems(request: Request) -> Response:
    """What could not be used, and what to do about it."""
    with site(request).reading() as db:
        part = tables.records(db, Problem, after=_asked(request, "after"))
        following = _next(request, part.following)
        return reply.page(request, "problems.html", part=part, following=following, **frame(db))


def problems_json(request: Request) -> Response:
    """Problems as exported."""
    with site(request).reading() as db:
        part = tables.records(db, Problem, after=_asked(request, "after"))
        rows = [read.plain(row) for row in part.rows]
        return reply.listing(rows, part.total, _next(request, part.following))


def problems_csv(request: Request) -> Response:
    """Problems as exported, in CSV."""
    with site(request).reading() as db:
        part = tables.records(db, Problem, after=_asked(request, "after"))
        return reply.csv([read.plain(row) for row in part.rows], "problems")


def missing_json(request: Request) -> Response:
    """Reports that are credited and were not captured."""
    with site(request).reading() as db:
        rows = [read.plain_part(row) for row in missing_originals(db)]
        return reply.listing(rows, len(rows), None)


def missing_csv(request: Request) -> Response:
    """The same in CSV."""
    with site(request).reading() as db:
        return reply.csv(map(read.plain_part, missing_originals(db)), "missing")


def _found(request: Request, db: sqlite3.Connection) -> searching.Found:
    return searching.search(db, dict(request.query_params))


def search(request: Request) -> Response:
    """Claims, events and documents in which words stand, by filter."""
    with site(request).reading() as db:
        found = _found(request, db)
        words = {"q": found.asked, "exact": "1" if found.exact else ""}
        words = {name: value for name, value in words.items() if value}
        return reply.page(
            request,
            "search.html",
            found=found,
            links=_links(found.facets, {**words, **found.chosen}, "/search"),
            bare=f"/search?{urlencode(words)}",
            query=request.url.query,
            following=_next(request, found.following),
            **frame(db),
        )


def search_json(request: Request) -> Response:
    """The claims, events and documents found."""
    with site(request).reading() as db:
        found = _found(request, db)
        rows = _claim_rows(db, [row.claim_id for row in found.claims])
        events_found = [dict(read.plain_part(row)) for row in found.events]
        counted = {
            name: [{"value": one.value, "count": one.count} for one in values]
            for name, values in found.facets.items()
        }
        return reply.json(
            {
                "total": found.claims_in_all,
                "more_than_counted": found.capped,
                "next": _next(request, found.following),
                "facets": counted,
                "rows": rows,
                "events": events_found,
                "documents": [read.plain_part(row) for row in found.documents],
            }
        )


def search_csv(request: Request) -> Response:
    """The claims found, in the order of the screen, in CSV."""
    with site(request).reading() as db:
        ids = [row.claim_id for row in _found(request, db).claims]
        return reply.csv(with_addresses(_claim_rows(db, ids)), "search")
