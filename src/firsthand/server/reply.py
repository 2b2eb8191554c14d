"""The few kinds of answers: a screen, JSON, CSV, and one shape for everything that went wrong."""

from collections.abc import Iterable
from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from firsthand.publish import export
from firsthand.publish.read import Plain, Row
from firsthand.server.templates import render

TWINS: Final = (".json", ".csv", ".geojson")


def page(request: Request, template: str, /, **values: object) -> Response:
    """A screen."""
    return HTMLResponse(render(template, path=request.url.path, **values))


def json(value: object, status: int = 200, media_type: str = "application/json") -> Response:
    """A value as JSON, laid out to be read."""
    body = msgspec.json.format(msgspec.json.encode(value)) + b"\n"
    return Response(body, status, media_type=media_type)


def packed(value: object, media_type: str = "application/geo+json") -> Response:
    """A large value as JSON, not laid out."""
    return Response(msgspec.json.encode(value), media_type=media_type)


def csv(rows: Iterable[Row], name: str) -> Response:
    """Rows as CSV; no cell can become a spreadsheet formula."""
    text, _count = export.csv_text(rows)
    return Response(
        text.encode("utf-8-sig"),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def listing(rows: Iterable[Row], total: int, following: str | None, **more: Plain) -> Response:
    """A page of a list as JSON: its rows as exported, how many there are, and where it goes on."""
    return json({"total": total, "next": following, **more, "rows": list(rows)})


def refusal(path: str, status: int, code: str, detail: str) -> Response:
    """What went wrong: JSON for machine-readable addresses, else a screen with the same facts."""
    if path.endswith(TWINS):
        return json({"error": {"status": status, "code": code, "detail": detail}}, status)
    if status == 401:
        return RedirectResponse("/login", 303)
    if status == 421:
        return PlainTextResponse(f"{detail}\n", status)
    return HTMLResponse(
        render("error.html", path=path, status=status, code=code, detail=detail), status
    )


def missing(request: Request, detail: str) -> Response:
    """The answer where nothing is found."""
    return refusal(request.url.path, 404, "not_found", detail)
