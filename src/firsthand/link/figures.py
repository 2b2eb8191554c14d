"""What figures count as they are compared: the dead are one kind in whatever words."""

from collections.abc import Iterable
from typing import Final

from firsthand.link.lexicons import knowledge
from firsthand.model.claim import Quantity

KILLED: Final = "killed"
DEAD: Final = frozenset({KILLED, "bodies"})
"""Kinds of quantity that count the dead."""
DEADLY: Final = frozenset({"casualties", "killing"})
"""Types in which people who "drowned" or "lost their lives" are counted."""


def figure_kinds(claim_type: str, text: str, quantities: Iterable[Quantity]) -> tuple[str, ...]:
    """The kind of each quantity as it is compared."""
    dead = claim_type in DEADLY and _tells_of_dead(text)
    return tuple(
        KILLED if q.kind in DEAD or (dead and q.kind == "people") else q.kind for q in quantities
    )


def _tells_of_dead(text: str) -> bool:
    words = f" {' '.join(text.casefold().split())} "
    return any(f" {mark} " in words for mark in knowledge("dead"))
