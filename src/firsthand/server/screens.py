"""The screens of single records: home, dossier, document, claim, origin, conflict, map, why."""

import sqlite3

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from firsthand.model.document import Document
from firsthand.model.event import Conflict, Event, Origin
from firsthand.model.judgement import Judgement
from firsthand.model.page import Page
from firsthand.publish import claim_views, dossiers, map_views, read, show
from firsthand.publish import document_views as documents
from firsthand.publish import edition as editions
from firsthand.publish import home as homes
from firsthand.publish import why as reasons
from firsthand.publish.differences import differences
from firsthand.publish.pages_of import claim_page, dated_articles
from firsthand.publish.review_cards import suggested_date
from firsthand.publish.review_queue import records_at
from firsthand.publish.shared_text import beside as side_by_side
from firsthand.publish.words import claim_types
from firsthand.server.deciding import pending
from firsthand.server.forms import once
from firsthand.server.reply import missing as not_found
from firsthand.server.reply import page
from firsthand.server.site import site
from firsthand.server.templates import address


def frame(db: sqlite3.Connection) -> dict[str, object]:
    """What the head of every screen shows."""
    facts = editions.meta(db)
    return {
        "project": facts.get("name", ""),
        "pile": dossiers.pages_in_pile(db),
        "edition": facts.get("edition", ""),
        "problem_count": int(db.execute("SELECT count(*) FROM problem").fetchone()[0]),
    }


def home(request: Request) -> Response:
    """What is in the pile, and where to look first."""
    with site(request).reading() as db:
        return page(request, "home.html", home=homes.home(db), **frame(db))


def event(request: Request) -> Response:
    """The dossier of an event; an id that an earlier edition showed leads to its heir."""
    key = request.path_params["id"]
    with site(request).reading() as db:
        view = dossiers.dossier(db, key)
        if view is None:
            return _moved(request, db, key, "event", "e")
        return page(
            request, "dossier.html", d=view, place=map_views.locator(view.event), **frame(db)
        )


def _moved(request: Request, db: sqlite3.Connection, key: str, what: str, prefix: str) -> Response:
    heir = show.alias_of(db, key)
    if heir is not None and read.get(db, Event, heir) is not None:
        return RedirectResponse(address(prefix, heir), 301)
    return not_found(request, f"this edition has no {what} with the id {key}")


def document(request: Request) -> Response:
    """An article as read."""
    key = request.path_params["id"]
    with site(request).reading() as db:
        view = documents.document_view(db, key)
        if view is None:
            return not_found(request, f"this edition has no document with the id {key}")
        about = _about(request, view.document, view.page_source, view.sha256)
        return page(
            request,
            "document.html",
            d=view,
            about=about,
            pending=pending(site(request), db, about),
            types=claim_types(),
            kept=request.query_params.get("kept", ""),
            **_dating(request, db, key),
            **frame(db),
        )


def _about(request: Request, document: Document, source: str, sha256: str) -> list[Judgement]:
    """The standing decisions about an article or its words, newest first."""
    every = site(request).project.judgements.standing()[::-1]
    return [
        row
        for row in every
        if not row.second
        and any(
            target.sha256 == sha256
            and target.source in (None, source)
            and target.ordinal in (None, document.ordinal)
            for target in row.targets
        )
    ]


def _dating(request: Request, db: sqlite3.Connection, key: str) -> dict[str, object]:
    """What the form that sets an article's date shows."""
    given = _judged(request, db, key, ("date",))
    row = read.get(db, Document, key)
    news = given[-1] if given and row and given[-1].value != row.published else None
    return {
        "given": news,
        "suggested": suggested_date(db, key),
        "once": once(),
        "waiting": site(request).waiting(db),
    }


def _judged(
    request: Request, db: sqlite3.Connection, key: str, actions: tuple[str, ...] = ()
) -> list[Judgement]:
    """The standing decisions about one record, oldest first."""
    return [
        row
        for row in site(request).project.judgements.standing()
        if not row.second
        and (not actions or row.action in actions)
        and len(row.targets) == 1
        and key in records_at(db, row.targets[0])
    ]


def as_captured(request: Request) -> Response:
    """An article's page as captured, in a sandboxed frame."""
    key = request.path_params["id"]
    with site(request).reading() as db:
        row = read.get(db, Document, key)
        home_page = read.get(db, Page, row.page_id) if row else None
        if row is None or home_page is None:
            return not_found(request, f"this edition has no document with the id {key}")
        return page(
            request,
            "captured.html",
            line=claim_views.document_line(row, home_page),
            sha256=home_page.sha256,
            media_type=home_page.media_type,
            captured_at=home_page.captured_at,
            **frame(db),
        )


def beside(request: Request) -> Response:
    """Two documents' shared text side by side."""
    one, other = request.path_params["id"], request.path_params["other"]
    with site(request).reading() as db:
        view = side_by_side(db, one, other)
        if view is None:
            return not_found(request, "one of these documents is not in this edition")
        return page(request, "beside.html", b=view, **frame(db))


def claim(request: Request) -> Response:
    """One claim with its words, its path, and the claims that say the same."""
    key = request.path_params["id"]
    with site(request).reading() as db:
        view = claim_page(db, key)
        if view is None:
            return not_found(request, f"this edition has no claim with the id {key}")
        judged = [(row, True) for row in _judged(request, db, key)]
        return page(request, "claim.html", c=view, judged=judged, once=once(), **frame(db))


def origin(request: Request) -> Response:
    """One origin and all that it says."""
    key = request.path_params["id"]
    with site(request).reading() as db:
        row = read.get(db, Origin, key)
        if row is None:
            return not_found(request, f"this edition has no origin with the id {key}")
        shown = dossiers.claims_by_id(db, row.claims[: dossiers.MOST_CLAIMS])
        return page(request, "origin.html", origin=row, claims=shown, **frame(db))


def conflict(request: Request) -> Response:
    """One conflict with the claims on each side."""
    key = request.path_params["id"]
    with site(request).reading() as db:
        row = read.get(db, Conflict, key)
        if row is None:
            return not_found(request, f"this edition has no conflict with the id {key}")
        (view,) = differences(db, [row])
        return page(request, "conflict.html", difference=view, **frame(db))


def missing(request: Request) -> Response:
    """Reports that are credited and were not captured."""
    with site(request).reading() as db:
        rows = homes.missing_originals(db)
        return page(request, "missing.html", rows=rows, **frame(db))


def settings(request: Request) -> Response:
    """The dates of all articles and the versions of the edition, to be read only."""
    with site(request).reading() as db:
        return page(
            request,
            "settings.html",
            articles=dated_articles(db),
            facts=sorted(editions.meta(db).items()),
            folder=site(request).project.folder.name,
            tiles=site(request).tiles,
            **frame(db),
        )


def why(request: Request) -> Response:
    """The way from a record back to words and bytes."""
    key = request.path_params["id"]
    with site(request).reading() as db:
        heir = key if show.find(db, key) else show.alias_of(db, key)
        if heir is None:
            return not_found(request, f"this edition has no record with the id {key}")
        step = reasons.why(db, heir, site(request).project.captures.content)
        return page(request, "why.html", step=step, holds=reasons.all_hold(step), **frame(db))


def record(request: Request) -> Response:
    """Any record by its id: its own screen where it has one, else its fields."""
    key = request.path_params["id"]
    with site(request).reading() as db:
        found = show.find(db, key)
        if found is None:
            return _moved(request, db, key, "record", "e")
        screen = screen_of(found)
        if screen is not None:
            return RedirectResponse(address(screen, key), 303)
        lines = list(show.lines_of(db, found))
        return page(request, "record.html", record_id=key, lines=lines, **frame(db))


def screen_of(found: object) -> str | None:
    """The first part of a record's own address."""
    kinds = {"Event": "e", "Document": "d", "Claim": "claims", "Origin": "origins"}
    return {**kinds, "Conflict": "conflicts"}.get(type(found).__name__)
