"""What a mention is read as, and the small steps from words to readings."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal, NamedTuple, cast

from firsthand.model.claim import ActorKind
from firsthand.registry import RegistryEntry
from firsthand.resolve.document_aliases import LearntAlias

Basis = Literal["register", "document", "role", "none"]

_LEADING: Final = re.compile(
    r"^(?:the|a|an|its|their|his|her|our|some|several|many|unnamed|local|senior|two|three)\s",
    re.IGNORECASE,
)
_POSSESSIVE: Final = re.compile(r"['’]s?$")
EXPLAINED: Final = 0.95
"""How sure a name is that the text itself explains."""


class ActorReading(NamedTuple):
    """Who a mention is taken to be, why, and how sure that is (0 to 1)."""

    name: str
    actor_id: str | None
    kind: ActorKind
    confidence: float
    basis: Basis
    reason: str
    parent: str | None = None


def known_actor(entry: RegistryEntry, sure: float, basis: Basis, reason: str) -> ActorReading:
    """A reading of an actor of the register."""
    return ActorReading(entry.name, entry.actor_id, entry.kind, sure, basis, reason, entry.parent)


def own_actor(
    name: str, kind: ActorKind, sure: float, reason: str, basis: Basis = "document"
) -> ActorReading:
    """A reading of an actor that only the text knows."""
    return ActorReading(" ".join(name.split()), None, kind, sure, basis, reason)


def explained_actor(learnt: LearntAlias) -> ActorReading:
    """A reading of a name that the text itself explains."""
    reason = f"the text explains {learnt.alias!r} as {learnt.name!r}"
    if learnt.entry is not None:
        return known_actor(learnt.entry, EXPLAINED, "document", reason)
    return own_actor(learnt.name, kind_by_words(learnt.name), EXPLAINED, reason)


def kind_by_words(name: str) -> ActorKind:
    """The kind that a name's own words say ("… News Agency"), else organisation."""
    for word in reversed(name.lower().replace("-", " ").split()):
        row = NAME_KINDS.get(word)
        if row is not None:
            return row
    return "organisation"


NAME_KINDS: Final = cast(
    "dict[str, ActorKind]",
    {
        **dict.fromkeys(
            (
                "front",
                "brigade",
                "brigades",
                "militia",
                "battalion",
                "fighters",
                "column",
                "legion",
            ),
            "armed_group",
        ),
        **dict.fromkeys(("army", "forces", "navy", "corps"), "military"),
        **dict.fromkeys(("ministry",), "ministry"),
        **dict.fromkeys(("police", "gendarmerie"), "police"),
        **dict.fromkeys(("news", "times", "post", "herald", "radio", "television", "tv"), "outlet"),
    },
)


@lru_cache(maxsize=8192)
def trimmed(words: str) -> str:
    """Words without what stands before a name, and without a possessive."""
    left = " ".join(words.split())
    for _ in range(3):
        shorter = _LEADING.sub("", left)
        if shorter == left:
            break
        left = shorter
    return _POSSESSIVE.sub("", left).strip(' ,.;:“”"')


def occurrences(text: str, name: str) -> Iterator[int]:
    """Where a name stands in a text as whole words."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            yield start
        start = text.find(name, end)


def leading_names(words: str) -> Iterator[str]:
    """The capitalised beginnings of a phrase whose rest is in lower case, longest first."""
    parts = words.split()
    for size in range(len(parts) - 1, 0, -1):
        if all(part[0].islower() for part in parts[size:]):
            yield " ".join(parts[:size])
