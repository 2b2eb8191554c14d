"""The map: its screen, and what a map in the browser asks for as it is moved."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from firsthand.publish import lists as tables
from firsthand.publish import map_cards, map_points, map_views
from firsthand.publish.geometry import box_of
from firsthand.publish.timelines import timeline_of
from firsthand.server import reply
from firsthand.server.lists import filter_links, with_state
from firsthand.server.screens import frame
from firsthand.server.site import site

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


def card(request: Request) -> Response:
    """What the map shows of a mark that was chosen: its events, or the one event in brief."""
    asked = dict(request.query_params)
    with site(request).reading() as db:
        key = asked.pop("sel", "")
        mark = None if key else map_cards.mark_card(db, asked)
        if mark is not None and mark.total == 1:
            (key,) = (line.event_id for group in mark.groups for line in group.lines)
        event = map_cards.event_card(db, key) if key else None
        if key and event is None:
            return reply.missing(request, f"this edition has no event with the id {key}")
        link = with_state(tables.chosen_of(asked), "/events", {})
        return reply.page(request, "card.html", event=event, mark=mark, list_link=link)


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
