"""The map: its screen, and what a map in the browser asks for as it is moved."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from firsthand.publish import lists as tables
from firsthand.publish import map_points, map_views
from firsthand.publish.event_columns import status_of
from firsthand.publish.geometry import box_of
from firsthand.publish.read import Plain
from firsthand.publish.timelines import timeline_of
from firsthand.publish.words import CORROBORATION, DISPUTE, interval, label, without_days
from firsthand.server import reply
from firsthand.server.lists import filter_links, with_state
from firsthand.server.screens import frame
from firsthand.server.site import site
from firsthand.server.templates import address

MOST_LISTED: Final = 12
"""Events named in the card of one mark; the table names the others."""
MOST_ZOOM: Final = 24.0


def map_screen(request: Request) -> Response:
    """Events on a map and along time, by the same filters as the list."""
    asked = dict(request.query_params)
    with site(request).reading() as db:
        view = map_views.map_view(db, asked)
        filters = tables.filters(db, asked)
        along = timeline_of(db, asked)
        return reply.page(
            request,
            "map.html",
            m=view,
            along=along,
            timeline=along.bars,
            slots=along.slots,
            facets=filters.facets,
            chosen=filters.chosen,
            links=filter_links(filters, "/map"),
            link=lambda **news: with_state(filters.chosen, "/map", news),
            query=request.url.query,
            tiles=site(request).tiles,
            **frame(db),
        )


def marks(request: Request) -> Response:
    """Marks and discs of one view, grouped by its pixels."""
    asked = dict(request.query_params)
    window = map_points.window_of(asked)
    if window is None:
        detail = "give the view as bbox=west,south,east,north and its size in pixels as w and h"
        return reply.refusal(request.url.path, 422, "no_view", detail)
    with site(request).reading() as db:
        return reply.json(map_points.marks(db, asked, window))


def events(request: Request) -> Response:
    """The events that one mark stands for, the most told first."""
    asked = dict(request.query_params)
    with site(request).reading() as db:
        lines = tables.event_lines(db, asked, MOST_LISTED)
        rows: list[Plain] = [
            {
                "event_id": one.event_id,
                "href": address("e", one.event_id),
                "title": without_days(one.title),
                "when": interval(one.earliest, one.latest),
                "status": status_of(one.dispute, one.n_origins),
                "words": label(CORROBORATION, one.corroboration)
                if one.dispute == "none"
                else label(DISPUTE, one.dispute),
                "n_pages": one.n_pages,
                "n_origins": one.n_origins,
            }
            for one in lines
        ]
        return reply.json({"total": tables.total(db, asked), "rows": rows})


def land(request: Request) -> Response:
    """The packaged map of a part of the world, as GeoJSON."""
    box = box_of(request.query_params.get("bbox", ""))
    try:
        zoom = float(request.query_params.get("zoom", ""))
    except ValueError:
        zoom = -1.0
    if box is None or not 0 <= zoom <= MOST_ZOOM:
        detail = "give the part as bbox=west,south,east,north and the zoom as a number"
        return reply.refusal(request.url.path, 422, "no_view", detail)
    answer = reply.packed(map_points.land(map_points.around(box), zoom))
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer


def tile(request: Request) -> Response:
    """One tile of the user's own map file; nothing where it has none there."""
    tiles = site(request).tiles
    archive = tiles.archive if tiles else None
    where = (int(request.path_params[name]) for name in ("z", "x", "y"))
    found = archive.tile(*where) if archive else None
    if archive is None or not found:
        return Response(status_code=204)
    headers = {"Cache-Control": "private, max-age=3600"}
    if archive.packed:
        headers["Content-Encoding"] = "gzip"
    return Response(found, media_type=archive.media_type, headers=headers)
