"""Coming in with a token, where the server can be reached from other machines."""

from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from firsthand.server.guard import COOKIE
from firsthand.server.reply import page
from firsthand.server.site import site

MOST_BYTES = 4096
"""A token form is far smaller; more is not read."""


def form(request: Request) -> Response:
    """The form that asks for the token."""
    return page(request, "login.html", wrong=False)


async def enter(request: Request) -> Response:
    """Check a token and remember it in a cookie for this browser session."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            break
    given = parse_qs(body[:MOST_BYTES].decode("utf-8", "replace")).get("token", [""])[0]
    if not site(request).admits(given):
        answer = page(request, "login.html", wrong=True)
        answer.status_code = 403
        return answer
    answer = RedirectResponse("/", 303)
    answer.set_cookie(COOKIE, given, httponly=True, samesite="strict", path="/")
    return answer
