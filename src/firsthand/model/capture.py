"""Captures: the bytes of a page as kept, and the custody line that tells how they came."""

from firsthand.model.record import Part, Record


class Http(Part, frozen=True, kw_only=True):
    """What the web server answered, for pages that came over HTTP or out of a web archive."""

    status: int
    url: str
    """The address that answered, after redirects."""
    headers: tuple[tuple[str, str], ...] = ()
    redirects: tuple[str, ...] = ()


class Hints(Part, frozen=True, kw_only=True):
    """What the supplier of a page said about it beside its bytes (JSON lines, feeds)."""

    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    feed_source: str | None = None
    """The `<source>` of a feed item: the outlet the item was taken from."""


class Capture(Record, frozen=True, kw_only=True):
    """One immutable capture: a line of the custody log."""

    capture_id: str
    page_id: str
    sha256: str
    """Of the bytes kept, unchanged."""
    size: int
    source: str
    """URL, or path relative to the folder added, with `/` between its parts."""
    media_type: str
    charset: str | None = None
    at: str
    """UTC, ISO 8601, when the bytes were taken in."""
    by: str
    tool: str
    container: str | None = None
    """SHA-256 of the archive or JSON-lines file the page was taken from."""
    http: Http | None = None
    hints: Hints | None = None
    previous: str | None = None
    """Digest of the custody line before, so that a line cannot be dropped unseen."""


class CapturedPage(Record, frozen=True, kw_only=True):
    """A capture together with its bytes, as handed to `extract`; never a table."""

    capture: Capture
    content: bytes
