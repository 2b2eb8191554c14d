"""What figures count as they are compared: the dead are one kind in whatever words."""

from collections.abc import Iterable
from typing import Final

from firsthand.link.lexicons import has_words
from firsthand.model.claim import Quantity

KILLED: Final = "killed"
DEAD: Final = frozenset({KILLED, "bodies"})
"""Kinds of quantity that count the dead."""
MISSING: Final = "missing"
"""Those who are looked for: told as missing, trapped, still below ground."""
DEADLY: Final = frozenset({"casualties", "killing"})
"""Types in which people who "drowned" or "lost their lives" are counted."""


def figure_kinds(claim_type: str, text: str, quantities: Iterable[Quantity]) -> tuple[str, ...]:
    """The kind of each quantity as it is compared."""
    dead = claim_type in DEADLY and has_words("dead", text)
    missing = not dead and has_words("missing", text)
    return tuple(_figure_kind(q.kind, dead=dead, missing=missing) for q in quantities)


def _figure_kind(kind: str, *, dead: bool, missing: bool) -> str:
    if kind in DEAD or (dead and kind == "people"):
        return KILLED
    return MISSING if missing and kind == "people" else kind
