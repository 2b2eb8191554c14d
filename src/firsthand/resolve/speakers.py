"""The speakers of a text as actors, and the bodies that persons speak for, with a row of their own."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec

from firsthand.model.claim import Actor, ActorKind, Attribution, CanonicalActor
from firsthand.model.document import Document
from firsthand.registry import Registry
from firsthand.resolve.actor_readings import ActorReading, kind_by_words, known_actor
from firsthand.resolve.actor_rows import source_of
from firsthand.resolve.bodies import Body

KINDS: Final[Mapping[str, ActorKind]] = {
    "outlet": "outlet",
    "agency": "agency",
    "ministry": "ministry",
    "military": "military",
    "official": "official",
    "belligerent": "armed_group",
    "organisation": "organisation",
    "witness": "person",
    "activist": "person",
    "author": "person",
    "person": "person",
    "anonymous": "unknown",
}
PERSONS: Final = frozenset({"person", "official", "unknown"})
CLIMB: Final = 4
"""A register's chain of parents is no longer than this, and may hold a loop."""


def speaker_actors(text: str, said: Iterable[Attribution], begin: int) -> list[Actor]:
    """One actor for each source that has words of its own, offsets counted from `begin`.

    A pronoun stands for a name that the text gives elsewhere: the actor is where the name is.
    """
    found: list[Actor] = []
    for row in said:
        if not row.source:
            continue
        start, end = row.source[0].start - begin, row.source[0].end - begin
        at = text.find(row.source_name, start, end)
        if at < 0:
            at = text.find(row.source_name)
        if at >= 0:
            start, end = at, at + len(row.source_name)
        found.append(
            Actor(
                name=row.source_name,
                actor_kind=KINDS.get(row.source_kind, "unknown"),
                role="agent",
                as_written=text[start:end],
                start=start,
                end=end,
            )
        )
    return found


def publisher_actor(document: Document, registry: Registry) -> list[tuple[Actor, ActorReading]]:
    """The publisher where the register knows it: an aid group publishes too, and knows its work."""
    entry = registry.canonical(document.outlet) if document.outlet else None
    if entry is None or document.outlet is None:
        return []
    actor = Actor(
        name=entry.name,
        actor_id=entry.actor_id,
        actor_kind=entry.kind,
        role="agent",
        as_written=document.outlet,
        start=document.start,
        end=document.start,
    )
    return [(actor, known_actor(entry, 1.0, "register", "the publisher"))]


def with_bodies(
    page_id: str,
    actors: Iterable[CanonicalActor],
    bodies: Mapping[str, Body],
    registry: Registry,
) -> Iterator[CanonicalActor]:
    """The actors of a page, persons with the body the text ties them to, and every body's row."""
    rows = {row.actor_id: row for row in actors}
    by_name = {row.name: row.actor_id for row in rows.values()}
    for key, row in list(rows.items()):
        body = bodies.get(row.name)
        if body is None or row.parent is not None or row.kind not in PERSONS:
            continue
        entry = registry.canonical(body.name)
        known = entry.actor_id if entry is not None else by_name.get(body.name)
        parent = known or f"{page_id}:{body.name}"
        if parent not in rows and entry is None:
            rows[parent] = _own(parent, page_id, body.name)
        rows[key] = msgspec.structs.replace(row, parent=parent)
    for row in list(rows.values()):
        _add_parents(rows, row, page_id, registry)
    yield from (rows[key] for key in sorted(rows))


def _own(actor_id: str, page_id: str, name: str) -> CanonicalActor:
    return CanonicalActor(
        actor_id=actor_id,
        page_id=page_id,
        name=name,
        kind=kind_by_words(name),
        aliases=(),
        parent=None,
        basis="document",
    )


def _add_parents(
    rows: dict[str, CanonicalActor], row: CanonicalActor, page_id: str, registry: Registry
) -> None:
    """Rows of the register's actors above one, so that what a row names is exported with it."""
    for _ in range(CLIMB):
        if row.parent is None or row.parent in rows:
            return
        entry = registry.get(row.parent)
        if entry is None:
            return
        row = CanonicalActor(
            actor_id=entry.actor_id,
            page_id=page_id,
            name=entry.name,
            kind=entry.kind,
            aliases=(),
            parent=entry.parent,
            basis=source_of(entry),
        )
        rows[row.actor_id] = row
