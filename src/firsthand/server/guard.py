"""Checks every request before any route sees it, and puts the protecting headers on every answer."""

from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from firsthand.publish.words import LANGUAGE
from firsthand.server.reply import refusal
from firsthand.server.site import Site

CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    # Nothing is told to other hosts; with no-referrer our own forms would send "Origin: null".
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-cache",
}
"""Set on every answer that does not set them itself; captured pages bring a stricter policy."""
MAP: Final = "/map"
SAFE: Final = frozenset({"GET", "HEAD"})
COOKIE: Final = "firsthand_token"
OPEN_PATHS: Final = ("/login", "/static/")


def _map_policy(site: Site) -> str:
    """The map's own policy: its worker is a file of ours, and tiles come from the user's host."""
    policy = f"{CSP}; worker-src 'self'"
    if site.tiles is not None and site.tiles.origin:
        for directive in ("connect-src", "img-src"):
            policy = policy.replace(
                f"{directive} 'self'", f"{directive} 'self' {site.tiles.origin}"
            )
    return policy


class Guard:
    """Host, Origin and token checks around the app (DNS rebinding, cross-site requests)."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        """Guard `app` by the rules of `site`."""
        self.app = app
        self.site = site
        self.map_policy = {"Content-Security-Policy": _map_policy(site)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        wanted = HEADERS | self.map_policy if scope["path"] == MAP else HEADERS

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in wanted.items():
                    headers.setdefault(name, value)
            await send(message)

        LANGUAGE.set(self.site.language)
        refused = self.refused(scope["method"], scope["path"], Headers(scope=scope))
        if refused is None:
            await self.app(scope, receive, protected)
        else:
            status, code, detail = refused
            await refusal(scope["path"], status, code, detail)(scope, receive, protected)

    def refused(self, method: str, path: str, headers: Headers) -> tuple[int, str, str] | None:
        """Status, code and reason of a refusal; None where the request may pass."""
        hosts = headers.getlist("host")
        if len(hosts) != 1 or host_name(hosts[0]) not in self.site.names:
            named = ", ".join(hosts) or "no host"
            return 421, "wrong_host", f"this server does not answer to {named}; use --allow-host"
        origins = headers.getlist("origin")
        if not all(self.own(origin, hosts[0]) for origin in origins):
            return 403, "wrong_origin", f"requests from {', '.join(origins)} are refused"
        if method not in SAFE and not origins:
            return 403, "no_origin", "a request that changes something must name its origin"
        if not path.startswith(OPEN_PATHS) and not self.site.admits(token_of(headers)):
            return 401, "no_token", "this server asks for the token it was started with"
        return None

    def own(self, origin: str, host: str) -> bool:
        """Whether an origin is this very server."""
        parts = urlsplit(origin)
        return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()


def host_name(host: str) -> str:
    """A Host header without its port, in lower case; empty where it is malformed."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def token_of(headers: Headers) -> str | None:
    """The token of a request: `Authorization: Bearer …`, or the cookie that /login sets."""
    scheme, _space, given = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and given:
        return given.strip()
    return _cookie(headers.getlist("cookie"))


def _cookie(lines: Iterable[str]) -> str | None:
    for line in lines:
        try:
            found = SimpleCookie(line).get(COOKIE)
        except CookieError:
            continue
        if found is not None:
            return found.value
    return None
