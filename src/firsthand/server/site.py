"""What the server serves and to whom: one project, the names it answers to, a token if any."""

import datetime as dt
import hmac
import ipaddress
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request

from firsthand.errors import FirsthandError
from firsthand.publish import edition
from firsthand.server.tiles import Tiles
from firsthand.store.project import Project

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "::1")
MIN_TOKEN = 16
"""Shorter tokens can be guessed over a network."""


@dataclass(frozen=True)
class Site:
    """One project and the rules of who may see it."""

    project: Project
    names: frozenset[str] = frozenset(LOOPBACK_NAMES)
    """Host names, without port, that requests may name."""
    token: str | None = None
    """Asked of every request where the server can be reached from other machines."""
    language: str = "en"
    """Of the interface; page text keeps its own."""
    tiles: Tiles | None = None
    """The user's own street map. It is never read from a project: whoever made the folder would
    learn where its reader looks."""

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The edition as it stands; a run that goes on meanwhile does not show in it."""
        with closing(edition.connect(self.project.edition)) as db:
            edition.check_format(db, self.project.edition)
            yield db

    def now(self) -> str:
        """The time, for logs of what people do here: UTC, ISO 8601."""
        return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")  # noqa: TID251 - the one clock of this entry point

    def waiting(self, db: sqlite3.Connection) -> bool:
        """Whether something was decided or taken in that the edition was made without."""
        project = self.project
        if len(project.judgements.all()) > edition.decided(db):
            return True
        made = max(map(_changed, (project.edition, Path(f"{project.edition}-wal"))))
        return _changed(project.captures.log) > made

    def admits(self, given: str | None) -> bool:
        """Whether a visitor who gives this token may come in."""
        if self.token is None:
            return True
        return given is not None and hmac.compare_digest(given.encode(), self.token.encode())


def _changed(path: Path) -> float:
    """When a file was last written; the beginning of time where it is not there."""
    return path.stat().st_mtime if path.exists() else 0.0


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server that listens on `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def site_of(
    project: Project,
    *,
    host: str,
    allowed: tuple[str, ...],
    token: str | None,
    tiles: Tiles | None = None,
) -> Site:
    """The site for a host to listen on; beyond this machine a token must be set."""
    if not is_loopback(host):
        if not token:
            message = (
                f"listening on {host} lets other machines in; set a token of at least {MIN_TOKEN} "
                "characters with --token, or FIRSTHAND_TOKEN in the environment"
            )
            raise FirsthandError(message)
        if len(token) < MIN_TOKEN:
            message = f"the token has {len(token)} characters, at least {MIN_TOKEN} are needed"
            raise FirsthandError(message)
    own = () if host in ("0.0.0.0", "::", "") else (host.strip("[]"),)  # noqa: S104  compared, not bound
    names = frozenset(name.lower() for name in (*LOOPBACK_NAMES, *own, *allowed))
    return Site(project=project, names=names, token=token or None, tiles=tiles)


def site(request: Request) -> Site:
    """The site that a request came to."""
    found: Site = request.app.state.site
    return found
