"""The description of the addresses for programs (OpenAPI 3.1), made from the table of routes."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

import msgspec

from firsthand import __version__
from firsthand.model.document import Document
from firsthand.model.event import Conflict, Event, Forecast, Origin
from firsthand.model.judgement import Judgement
from firsthand.model.problem import Problem
from firsthand.publish.facets import FACETS
from firsthand.publish.lists import EVENT_FILTERS, EVENT_SORTS, RANGES
from firsthand.publish.read import Row

Handler = Callable[..., object]

RECORDS: Final = (Event, Origin, Conflict, Forecast, Document, Problem, Judgement)
MEDIA: Final = {
    ".json": "application/json",
    ".csv": "text/csv",
    ".geojson": "application/geo+json",
}
OTHER_MEDIA: Final = {
    "/pages/{id}/raw": "application/octet-stream",
    "/import/events": "text/event-stream",
}
EVENT_QUERY: Final = (*EVENT_FILTERS, *RANGES, "bbox", "at")
QUERY: Final[Mapping[str, tuple[str, ...]]] = {
    "/events": (*EVENT_QUERY, "sort", "after"),
    "/map": (*EVENT_QUERY, "view"),
    "/map/marks": (*EVENT_QUERY, "w", "h"),
    "/map/card": (*EVENT_QUERY, "sel"),
    "/map/land": ("bbox", "zoom"),
    "/claims": ("modality", "type", "document", "event", "after"),
    "/documents": ("outlet", "after"),
    "/origins": ("after",),
    "/forecasts": ("verdict", "after"),
    "/conflicts": ("after",),
    "/problems": ("after",),
    "/search": ("q", "exact", *FACETS, "from", "to", "after"),
    "/review": ("at", "second"),
    "/review/bulk": ("asked", "words", "action"),
}
"""What may stand behind the question mark, by address without ending."""
NEEDED: Final[Mapping[str, frozenset[str]]] = {
    "/map/land": frozenset({"bbox", "zoom"}),
    "/map/marks": frozenset({"bbox", "w", "h"}),
}
"""What an address does not answer without."""
SAID: Final = {
    "sort": f"one of {', '.join(EVENT_SORTS)}",
    "after": "where the page before ended; the answer's `next` has it",
    "bbox": "west,south,east,north in degrees",
    "w": "width of the view in pixels",
    "h": "height of the view in pixels",
    "zoom": "how closely the map looks, as its tiles count it",
    "sel": "the id of one event",
    "at": "as bbox: only what one mark of the map stands for",
    "from": "first day, month or year",
    "to": "last day, month or year",
    "undated": "1: only events without a date",
    "unplaced": "1: only events without a point",
    "exact": "1: the words as written, not their beginnings",
}
FORMS: Final[Mapping[str, tuple[str, ...]]] = {
    "/login": ("token",),
    "/review": ("question", "action", "value", "reason", "once", "behind", "second"),
    "/review/bulk": ("question", "action", "asked", "reason", "once"),
    "/review/undo": ("judgement", "batch", "back"),
    "/review/name": ("name", "back"),
    "/d/{id}/date": ("value", "reason", "once", "back"),
    "/d/{id}/mark": (
        "does",
        "words",
        "start",
        "end",
        "claim",
        "type",
        "speaker",
        "value",
        "reason",
        "once",
    ),
    "/claims/{id}/judge": ("action", "field", "value", "reason", "once", "back"),
    "/import/paths": ("paths",),
    "/import/take": ("ticket", "paths"),
    "/import/run": (),
}
"""Fields of each form; a request must name this server as its origin."""


def described(gets: Iterable[tuple[str, Handler]], posts: Iterable[tuple[str, Handler]]) -> Row:
    """The whole description."""
    paths: dict[str, dict[str, object]] = {}
    for path, handler in gets:
        paths.setdefault(path, {})["get"] = _get(path, handler)
    for path, handler in posts:
        paths.setdefault(path, {})["post"] = _post(path, handler)
    _shapes, schemas = msgspec.json.schema_components(
        RECORDS, ref_template="#/components/schemas/{name}"
    )
    whole = {
        "openapi": "3.1.0",
        "info": {
            "title": "firsthand",
            "version": __version__,
            "description": "The rows of the export, one edition at a time. Read addresses "
            "answer GET; forms answer POST from a screen of the same server.",
        },
        "paths": {path: paths[path] for path in sorted(paths)},
        "components": {
            "schemas": {**schemas, "Error": ERROR},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }
    plain: Row = msgspec.json.decode(msgspec.json.encode(whole))
    return plain


ERROR: Final = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["status", "code", "detail"],
            "properties": {
                "status": {"type": "integer"},
                "code": {"type": "string"},
                "detail": {"type": "string"},
            },
        }
    },
}


def ending(path: str) -> str:
    """The ending of an address that says its form; empty for a screen."""
    return next((one for one in sorted(MEDIA, key=len, reverse=True) if path.endswith(one)), "")


def media_of(path: str) -> str:
    """The kind of answer an address gives."""
    return MEDIA.get(ending(path)) or OTHER_MEDIA.get(path, "text/html")


def _get(path: str, handler: Handler) -> dict[str, object]:
    stem = path.removesuffix(ending(path))
    media = media_of(path)
    schema = {"type": "object"} if "json" in media else {"type": "string"}
    asked = [_asked(name, required=name in NEEDED.get(stem, ())) for name in QUERY.get(stem, ())]
    return {
        "summary": _summary(handler),
        "parameters": [*_inside(path), *asked],
        "responses": {
            "200": {"description": _summary(handler), "content": {media: {"schema": schema}}},
            "default": _refused(path),
        },
    }


def _post(path: str, handler: Handler) -> dict[str, object]:
    upload = path == "/import/files"
    kind = "multipart/form-data" if upload else "application/x-www-form-urlencoded"
    fields = {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}}
    shape = fields if upload else {name: {"type": "string"} for name in FORMS[path]}
    return {
        "summary": _summary(handler),
        "parameters": _inside(path),
        "requestBody": {"content": {kind: {"schema": {"type": "object", "properties": shape}}}},
        "responses": {
            "200": {"description": "a screen with the result"},
            "303": {"description": "done; the screen to go on with"},
            "default": _refused(path),
        },
    }


def _refused(path: str) -> dict[str, object]:
    if ending(path):
        shape: object = {"schema": {"$ref": "#/components/schemas/Error"}}
        return {"description": "what went wrong", "content": {"application/json": shape}}
    return {"description": "what went wrong, as a screen", "content": {"text/html": {}}}


def _inside(path: str) -> list[dict[str, object]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"\{(\w+)\}", path)
    ]


def _asked(name: str, *, required: bool) -> dict[str, object]:
    return {
        "name": name,
        "in": "query",
        "required": required,
        "description": SAID.get(name, f"only rows with this {name}"),
        "schema": {"type": "string"},
    }


def _summary(handler: Handler) -> str:
    return (handler.__doc__ or "").split("\n", 1)[0].rstrip(".")
