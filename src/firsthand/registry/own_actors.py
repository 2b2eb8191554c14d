"""A project's own actors: files merged into its table, written out, and a name explained."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import msgspec
from rapidfuzz import process

from firsthand.registry.entry import RegistryEntry
from firsthand.registry.files import (
    COLUMNS,
    PROJECT_FILE,
    load_register,
    packaged_registry,
    project_registry,
)
from firsthand.registry.names import name_key
from firsthand.registry.register import Registry

FIELDS: Final = (*COLUMNS, "side")
_NEAR: Final = 5
"""Names offered where none fits."""
_ALIKE: Final = 75
"""Likeness in percent from which a name is offered."""


class Merged(NamedTuple):
    """A project's actors with those of a file."""

    entries: tuple[RegistryEntry, ...]
    added: int
    replaced: int
    """Rows of the file whose id the project had already."""


def own_actors(own: bytes | None) -> tuple[RegistryEntry, ...]:
    """The rows of a project's own table; none where it has no table."""
    return () if own is None else load_register(PROJECT_FILE, own, base=packaged_registry())


def merged(own: bytes | None, name: str, content: bytes) -> Merged:
    """A project's actors with those of a TSV or CSV file; all rows or none.

    A row replaces the one of its id. An alias that another actor has, in the file, the project's
    table or the packaged register, is refused.
    """
    before = own_actors(own)
    new = load_register(name, content, base=project_registry(own))
    ids = {entry.actor_id for entry in before}
    replaced = sum(entry.actor_id in ids for entry in new)
    whole = {entry.actor_id: entry for entry in (*before, *new)}
    entries = tuple(whole[key] for key in sorted(whole))
    load_register(PROJECT_FILE, actors_tsv(entries), base=packaged_registry())
    return Merged(entries, len(new) - replaced, replaced)


def actors_tsv(entries: Iterable[RegistryEntry]) -> bytes:
    """Actors as the table that a project keeps, by id; reading it gives them back."""
    return "".join("\t".join(cells) + "\n" for cells in _rows(entries)).encode()


def actors_csv(entries: Iterable[RegistryEntry]) -> bytes:
    """Actors as CSV, by id."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(_rows(entries))
    return out.getvalue().encode()


def _rows(entries: Iterable[RegistryEntry]) -> Iterator[Sequence[str]]:
    yield FIELDS
    for entry in sorted(entries, key=lambda one: one.actor_id):
        cells = {**msgspec.to_builtins(entry), "aliases": "|".join(entry.aliases)}
        yield [cells[field] or "" for field in FIELDS]


def nearest_names(registry: Registry, name: str) -> tuple[str, ...]:
    """Names of the register most like one that it does not have, best first."""
    names = {" ".join(name_key(n)): n for e in registry.entries for n in (e.name, *e.aliases)}
    wanted = " ".join(name_key(name))
    found = process.extract(wanted, sorted(names), limit=_NEAR, score_cutoff=_ALIKE)
    return tuple(names[key] for key, _, _ in found)
