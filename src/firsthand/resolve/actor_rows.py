"""One row for each actor that a page uses, with the names the page has for it."""

from collections.abc import Iterable
from typing import Final

from firsthand.model.claim import Actor, CanonicalActor
from firsthand.registry import Registry, RegistryEntry, packaged_registry
from firsthand.resolve.actor_readings import ActorReading

_PRONOUNS: Final = frozenset(
    [
        "he",
        "her",
        "him",
        "his",
        "i",
        "it",
        "its",
        "me",
        "my",
        "our",
        "she",
        "their",
        "them",
        "they",
        "this",
        "those",
        "us",
        "we",
        "which",
        "who",
    ]
)
"""Words that stand for an actor in one sentence and name nobody."""


def canonical_actors(
    page_id: str, actors: Iterable[tuple[Actor, ActorReading]], registry: Registry
) -> tuple[CanonicalActor, ...]:
    """The actors of a page, one row each, with the names that the page uses for them."""
    rows: dict[str, CanonicalActor] = {}
    for actor, reading in actors:
        if reading.basis == "none":
            continue
        key = reading.actor_id or f"{page_id}:{reading.name}"
        known = rows.get(key)
        aliases = {*(known.aliases if known else ()), actor.as_written} - {reading.name}
        aliases = {alias for alias in aliases if alias.casefold() not in _PRONOUNS}
        entry = registry.get(reading.actor_id) if reading.actor_id else None
        rows[key] = CanonicalActor(
            actor_id=key,
            page_id=page_id,
            name=reading.name,
            kind=reading.kind,
            aliases=tuple(sorted(aliases)),
            parent=entry.parent if entry is not None else reading.parent,
            basis="document" if entry is None else source_of(entry),
        )
    return tuple(rows[key] for key in sorted(rows))


def source_of(entry: RegistryEntry) -> str:
    """Whether a register's row is packaged as it stands, or the project's own or changed by it."""
    return "register" if packaged_registry().get(entry.actor_id) == entry else "project"
