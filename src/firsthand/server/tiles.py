"""The user's own street map: where its tiles come from, and whose they are."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from firsthand.errors import FirsthandError
from firsthand.server.pmtiles import Archive, opened

ENDING: Final = ".pmtiles"
OWN_ADDRESS: Final = "/tiles/{z}/{x}/{y}"
PARTS: Final = ("{z}", "{x}", "{y}")
HOST: Final = re.compile(r"[A-Za-z0-9.-]{1,253}(:\d{1,5})?")


@dataclass(frozen=True)
class Tiles:
    """A street map that the user has chosen; its host is the only foreign one ever asked."""

    address: str
    attribution: str
    archive: Archive | None = None
    """The file on this machine that they lie in, where they come from no other host."""

    @property
    def origin(self) -> str:
        """Scheme and host, as the policy names it; nothing where they come from this server."""
        if self.archive is not None:
            return ""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"


def tiles_of(written: str | None, attribution: str | None) -> Tiles | None:
    """The user's tiles, checked: an address with {z}, {x} and {y}, or a file; and whose map it is."""
    if not written:
        return None
    if written.casefold().endswith(ENDING) and "://" not in written:
        archive = opened(Path(written))
        return Tiles(OWN_ADDRESS, _named(attribution or archive.attribution), archive)
    parts = urlsplit(written)
    usable = parts.scheme in ("http", "https") and HOST.fullmatch(parts.netloc)
    if not usable or not all(part in written for part in PARTS):
        message = (
            f"{written} is no address of map tiles; write one like "
            "https://tiles.example/{z}/{x}/{y}.png, or the path of a .pmtiles file"
        )
        raise FirsthandError(message)
    return Tiles(written, _named(attribution))


def _named(attribution: str | None) -> str:
    if not attribution or not attribution.strip():
        message = "maps must say whose they are: add --tiles-attribution, as the provider asks"
        raise FirsthandError(message)
    return attribution.strip()[:300]
