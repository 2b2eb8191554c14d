"""What the register holds: one entry an actor, and a mention of it in a text."""

from typing import NamedTuple

import msgspec

from firsthand.model.claim import ActorKind


class RegistryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One canonical actor; `side` only ever comes from the project's own file."""

    actor_id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: ActorKind
    parent: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    note: str = ""
    source: str = ""
    side: str | None = None


class RegistryMention(NamedTuple):
    """A name of the register found in a text."""

    start: int
    end: int
    entry: RegistryEntry


def joined(known: RegistryEntry, own: RegistryEntry) -> RegistryEntry:
    """One actor from two rows: the later row's fields where it has them, all aliases."""
    aliases = tuple(dict.fromkeys((*own.aliases, known.name, *known.aliases)))
    return msgspec.structs.replace(
        own,
        aliases=tuple(alias for alias in aliases if alias != own.name),
        parent=own.parent or known.parent,
        valid_from=own.valid_from or known.valid_from,
        valid_to=own.valid_to or known.valid_to,
        note=own.note or known.note,
        side=own.side or known.side,
    )
