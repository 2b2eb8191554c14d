"""The user's own street map: where its tiles come from, and whose they are."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from firsthand.errors import FirsthandError

PARTS: Final = ("{z}", "{x}", "{y}")
HOST: Final = re.compile(r"[A-Za-z0-9.-]{1,253}(:\d{1,5})?")


@dataclass(frozen=True)
class Tiles:
    """A street map that the user has chosen; its host is the only foreign one ever asked."""

    address: str
    attribution: str

    @property
    def origin(self) -> str:
        """Scheme and host, as the policy names it."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"


def tiles_of(written: str | None, attribution: str | None) -> Tiles | None:
    """The user's tiles, checked: an address with {z}, {x} and {y}, and whose map it is."""
    if not written:
        return None
    parts = urlsplit(written)
    usable = parts.scheme in ("http", "https") and HOST.fullmatch(parts.netloc)
    if not usable or not all(part in written for part in PARTS):
        message = (
            f"{written} is no address of map tiles; write one like "
            "https://tiles.example/{z}/{x}/{y}.png"
        )
        raise FirsthandError(message)
    if not attribution or not attribution.strip():
        message = "maps must say whose they are: add --tiles-attribution, as the provider asks"
        raise FirsthandError(message)
    return Tiles(written, attribution.strip()[:300])
