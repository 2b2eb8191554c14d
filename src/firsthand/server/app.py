"""The web application: every address in one table, each with one function."""

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from firsthand.errors import FirsthandError
from firsthand.server import (
    bulk,
    captured,
    importing,
    lists,
    login,
    maps,
    marking,
    public,
    review,
    screens,
    twins,
)
from firsthand.server.guard import Guard
from firsthand.server.openapi import described
from firsthand.server.reply import refusal
from firsthand.server.runs import Runs
from firsthand.server.site import Site

Endpoint = Callable[[Request], Response | Awaitable[Response]]

GET: Final[tuple[tuple[str, Endpoint], ...]] = (
    ("/", screens.home),
    ("/home.json", twins.home),
    ("/e/{id}.json", twins.event),
    ("/e/{id}.csv", twins.event_claims),
    ("/e/{id}.geojson", twins.event_geojson),
    ("/e/{id}/file", public.download),
    ("/e/{id}", screens.event),
    ("/d/{id}.json", twins.document),
    ("/d/{id}.csv", twins.document_claims),
    ("/d/{id}/captured", screens.as_captured),
    ("/d/{id}/beside/{other}", screens.beside),
    ("/d/{id}", screens.document),
    ("/pages/{id}/captured", captured.captured),
    ("/pages/{id}/raw", captured.raw),
    ("/claims.json", lists.claims_json),
    ("/claims.csv", lists.claims_csv),
    ("/claims", lists.claims),
    ("/claims/{id}.json", twins.record),
    ("/claims/{id}", screens.claim),
    ("/events.json", lists.events_json),
    ("/events.csv", lists.events_csv),
    ("/events", lists.events),
    ("/documents.json", lists.documents_json),
    ("/documents.csv", lists.documents_csv),
    ("/documents", lists.documents),
    ("/origins.json", lists.origins_json),
    ("/origins.csv", lists.origins_csv),
    ("/origins", lists.origins),
    ("/origins/{id}.json", twins.record),
    ("/origins/{id}", screens.origin),
    ("/forecasts.json", lists.forecasts_json),
    ("/forecasts.csv", lists.forecasts_csv),
    ("/forecasts", lists.forecasts),
    ("/conflicts.json", lists.conflicts_json),
    ("/conflicts.csv", lists.conflicts_csv),
    ("/conflicts", lists.conflicts),
    ("/conflicts/{id}.json", twins.record),
    ("/conflicts/{id}", screens.conflict),
    ("/problems.json", lists.problems_json),
    ("/problems.csv", lists.problems_csv),
    ("/problems", lists.problems),
    ("/search.json", lists.search_json),
    ("/search.csv", lists.search_csv),
    ("/search", lists.search),
    ("/events.geojson", twins.geojson),
    ("/map/marks.json", maps.marks),
    ("/map/card", maps.card),
    ("/map/land.geojson", maps.land),
    ("/map.json", twins.map_json),
    ("/map.geojson", twins.geojson),
    ("/map.csv", lists.events_csv),
    ("/map", maps.map_screen),
    ("/missing.json", lists.missing_json),
    ("/missing.csv", lists.missing_csv),
    ("/missing", screens.missing),
    ("/review.json", review.queue_json),
    ("/review.csv", review.queue_csv),
    ("/review/bulk", bulk.bulk),
    ("/review", review.review),
    ("/judgements.json", review.judgements_json),
    ("/judgements.csv", review.judgements_csv),
    ("/judgements", review.judgements),
    ("/import/state.json", importing.state),
    ("/import/events", importing.progress),
    ("/import", importing.screen),
    ("/settings", screens.settings),
    ("/why/{id}.json", twins.why),
    ("/why/{id}", screens.why),
    ("/r/{id}.json", twins.record),
    ("/r/{id}", screens.record),
    ("/login", login.form),
    ("/openapi.json", twins.openapi),
)
"""Address to function; addresses of records are permanent."""

POST: Final[tuple[tuple[str, Endpoint], ...]] = (
    ("/login", login.enter),
    ("/review", review.answer),
    ("/review/bulk", bulk.answer),
    ("/review/undo", review.undo),
    ("/review/name", review.name),
    ("/d/{id}/date", review.date),
    ("/d/{id}/mark", marking.mark),
    ("/claims/{id}/judge", review.judge),
    ("/import/files", importing.look_at_files),
    ("/import/paths", importing.look_at_paths),
    ("/import/take", importing.take),
    ("/import/run", importing.run_now),
)
"""Forms: `Guard` has checked that they come from a screen of this very server."""


def create_app(site: Site) -> Starlette:
    """The application that serves one project."""
    routes: list[BaseRoute] = [Route(path, endpoint) for path, endpoint in GET]
    routes += [Route(path, endpoint, methods=["POST"]) for path, endpoint in POST]
    routes.append(Mount("/tiles", routes=[Route("/{z:int}/{x:int}/{y:int}", maps.tile)]))
    routes.append(Mount("/static", StaticFiles(packages=[("firsthand", "web/static")])))
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, site=site)],
        exception_handlers={HTTPException: _http_error, FirsthandError: _mendable},
    )
    app.state.site = site
    app.state.runs = Runs()
    app.state.openapi = described(GET, POST)
    return app


def _http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    code = error.detail.lower().replace(" ", "_")
    return refusal(request.url.path, error.status_code, code, error.detail)


def _mendable(request: Request, error: Exception) -> Response:
    return refusal(request.url.path, 503, type(error).__name__, str(error))
