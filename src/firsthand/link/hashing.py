"""Words and other parts as numbers, by which claims are compared and looked for."""

from typing import Final

import xxhash

HALF: Final = 1 << 63
STEM: Final = 6
"""Letters of a word that count: "shelled" and "shelling" are one word here."""


def hashed(*parts: object) -> int:
    """The parts as one signed 64-bit number."""
    return xxhash.xxh3_64_intdigest("\x1f".join(map(str, parts)).encode()) - HALF
