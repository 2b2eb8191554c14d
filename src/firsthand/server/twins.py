"""The machine-readable twins of the screens: the very rows of the export."""

import sqlite3
from collections.abc import Iterable, Iterator

from starlette.requests import Request
from starlette.responses import Response

from firsthand.model.document import Document
from firsthand.model.event import Conflict, Event, Forecast
from firsthand.publish import home as homes
from firsthand.publish import lists, read, show
from firsthand.publish import why as reasons
from firsthand.publish.read import Plain, Row
from firsthand.publish.told import by_ids
from firsthand.server import reply
from firsthand.server.site import site

MOST_EVENTS = 2000
"""Events in one answer, the most told ones; filters and the list of events give the others."""


def home(request: Request) -> Response:
    """The counts of the first screen."""
    with site(request).reading() as db:
        view = homes.home(db)
        return reply.json({"totals": view.totals, "missing": view.missing})


def openapi(request: Request) -> Response:
    """The description of all addresses."""
    return reply.json(request.app.state.openapi)


def event(request: Request) -> Response:
    """An event with its claims, conflicts and forecasts, each as exported."""
    key = request.path_params["id"]
    with site(request).reading() as db:
        row = read.get(db, Event, key)
        if row is None:
            return reply.missing(request, f"this edition has no event with the id {key}")
        forecasts = by_ids(db, Forecast, row.claims)
        conflicts = read.select(db, Conflict, "event_id=?", (key,))
        return reply.json(
            {
                "event": read.event_row(row),
                "claims": list(read.claims(db, "claim_link.event_id = ?", (key,))),
                "conflicts": [read.plain(one) for one in conflicts],
                "forecasts": [read.plain(rows[0]) for _id, rows in sorted(forecasts.items())],
            }
        )


def event_claims(request: Request) -> Response:
    """The claims of an event as CSV."""
    key = request.path_params["id"]
    with site(request).reading() as db:
        rows = list(read.claims(db, "claim_link.event_id = ?", (key,)))
        return reply.csv(with_addresses(rows), "event-claims")


def event_geojson(request: Request) -> Response:
    """One event as GeoJSON."""
    key = request.path_params["id"]
    with site(request).reading() as db:
        row = read.get(db, Event, key)
        if row is None:
            return reply.missing(request, f"this edition has no event with the id {key}")
        return reply.json(
            {"type": "FeatureCollection", "features": [feature(row)]},
            media_type="application/geo+json",
        )


def document(request: Request) -> Response:
    """A document as exported."""
    key = request.path_params["id"]
    with site(request).reading() as db:
        row = read.get(db, Document, key)
        if row is None:
            return reply.missing(request, f"this edition has no document with the id {key}")
        return reply.json(read.document_row(db, row))


def document_claims(request: Request) -> Response:
    """The claims of a document as CSV."""
    key = request.path_params["id"]
    with site(request).reading() as db:
        rows = list(read.claims(db, "claim.document_id = ?", (key,)))
        return reply.csv(with_addresses(rows), "document-claims")


def record(request: Request) -> Response:
    """Any record as exported."""
    key = request.path_params["id"]
    with site(request).reading() as db:
        found = show.find(db, key)
        if found is None:
            return reply.missing(request, f"this edition has no record with the id {key}")
        return reply.json(show.row_of(db, found))


def why(request: Request) -> Response:
    """The way from a record back to words and bytes."""
    key = request.path_params["id"]
    with site(request).reading() as db:
        if show.find(db, key) is None:
            return reply.missing(request, f"this edition has no record with the id {key}")
        return reply.json(reasons.why(db, key, site(request).project.captures.content))


def _mapped(request: Request, db: sqlite3.Connection) -> tuple[Event, ...]:
    return lists.matching(db, dict(request.query_params), MOST_EVENTS)


def map_json(request: Request) -> Response:
    """The events of the map as exported, placed and unplaced."""
    with site(request).reading() as db:
        rows = _mapped(request, db)
        return reply.json(
            {
                "total": lists.total(db, dict(request.query_params)),
                "placed": [read.event_row(row) for row in rows if has_point(row)],
                "unplaced": [read.event_row(row) for row in rows if not has_point(row)],
            }
        )


def has_point(event: Event) -> bool:
    """Whether an event can be put on a map."""
    return event.place is not None and event.place.lat is not None and event.place.lon is not None


def geojson(request: Request) -> Response:
    """The events of the map as GeoJSON (RFC 7946); those without a point have no geometry."""
    with site(request).reading() as db:
        features = [feature(row) for row in _mapped(request, db)]
        return reply.json(
            {"type": "FeatureCollection", "features": features},
            media_type="application/geo+json",
        )


def feature(event: Event) -> Row:
    """One event as a GeoJSON feature; its radius and precision stand beside its point."""
    properties = read.event_row(event)
    place = event.place
    geometry: Plain = None
    if place is not None and place.lat is not None and place.lon is not None:
        geometry = {"type": "Point", "coordinates": [place.lon, place.lat]}
    return {
        "type": "Feature",
        "id": event.event_id,
        "geometry": geometry,
        "properties": properties,
    }


def with_addresses(rows: Iterable[Row]) -> Iterator[Row]:
    """Claim rows with their permanent address in front of the nested fields."""
    for row in rows:
        yield {"url": f"/claims/{row['claim_id']}", **row}
