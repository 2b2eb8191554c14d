"""Captured bytes: shown only in a sandbox that runs and loads nothing, or as an attachment."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from firsthand.model.page import Page
from firsthand.publish import read
from firsthand.server.reply import missing
from firsthand.server.site import site

SANDBOX: Final = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
}
"""On the answer itself, so that it holds also where the address is opened without our frame."""
SHOWN_AS_HTML: Final = ("text/html", "application/xhtml+xml")


def captured(request: Request) -> Response:
    """A page as captured: HTML with its own character set, everything else as plain text."""
    page = _page(request)
    if page is None:
        return missing(request, "this edition has no such page")
    content = site(request).project.captures.content(page.sha256)
    if page.media_type in SHOWN_AS_HTML:
        # Sent as text/html whatever it was: as XHTML the parser would run other rules.
        return Response(content, headers={**SANDBOX, "Content-Type": "text/html"})
    return Response(
        page.text.encode("utf-8"), headers={**SANDBOX, "Content-Type": "text/plain; charset=utf-8"}
    )


def raw(request: Request) -> Response:
    """The bytes as captured, to be saved, never shown."""
    page = _page(request)
    if page is None:
        return missing(request, "this edition has no such page")
    return Response(
        site(request).project.captures.content(page.sha256),
        headers={
            **SANDBOX,
            "Content-Type": "application/octet-stream",
            "Content-Disposition": f'attachment; filename="{page.sha256}.bin"',
        },
    )


def _page(request: Request) -> Page | None:
    with site(request).reading() as db:
        return read.get(db, Page, request.path_params["id"])
