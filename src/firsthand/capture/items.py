"""What a reader of sources yields: a page as found, or why there is none."""

from dataclasses import dataclass

from firsthand.model.capture import Hints, Http


@dataclass(frozen=True, kw_only=True)
class Item:
    """One page as found in a file, an archive, a feed or on the web; its bytes unchanged."""

    source: str
    """URL, or path relative to the folder added, with `/` between its parts."""
    content: bytes
    media_type: str
    charset: str | None = None
    container: str | None = None
    """SHA-256 of the archive or JSON-lines file the page was taken from."""
    http: Http | None = None
    hints: Hints | None = None


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A source that gave no page, and what to do about it."""

    source: str
    code: str
    detail: str
