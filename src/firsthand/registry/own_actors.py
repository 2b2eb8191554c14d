"""A project's own actors: files merged into its table, written out, and a name explained."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import msgspec
from rapidfuzz import process

from firsthand.errors import ResourceError
from firsthand.registry.entry import RegistryEntry
from firsthand.registry.files import (
    COLUMNS,
    PROJECT_FILE,
    load_register,
    packaged_registry,
    project_registry,
)
from firsthand.registry.names import name_key
from firsthand.registry.own_rows import checked_fields, no_row, one_row
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


def edited(own: bytes | None, key: str, fields: Mapping[str, str]) -> Merged:
    """A project's actors with one changed, by its id or name; a new name makes a new row.

    `fields` are columns of FIELDS as text; those left out stay as they are. The id or a name of a
    packaged actor makes a row that adds to that actor.
    """
    checked_fields(fields, FIELDS)
    found = one_row(own_actors(own), key, lambda row: (row.actor_id, row.name))
    cells = _cells(found) if found is not None else _fresh(key)
    row = dict.fromkeys(FIELDS, "") | cells | dict(fields)
    text = "\t".join(FIELDS) + "\n" + "\t".join(row[field] for field in FIELDS) + "\n"
    return merged(own, "edit.tsv", text.encode())


def _fresh(key: str) -> dict[str, str]:
    """The first cells of a new row: those of the packaged actor it adds to, else its name."""
    registry = packaged_registry()
    known = registry.get(key) or registry.canonical(key)
    if known is None:
        return {"name": key, "source": "written by hand"}
    return {"actor_id": known.actor_id, "name": known.name, "kind": known.kind}


def removed(own: bytes | None, key: str) -> tuple[RegistryEntry, ...]:
    """A project's actors without the one of an id or name."""
    rows = own_actors(own)
    found = one_row(rows, key, lambda row: (row.actor_id, row.name))
    if found is None:
        raise ResourceError(no_row("actor", key))
    return tuple(row for row in rows if row is not found)


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
        cells = _cells(entry)
        yield [cells[field] for field in FIELDS]


def _cells(entry: RegistryEntry) -> dict[str, str]:
    """An actor as the cells of its row."""
    cells = {**msgspec.to_builtins(entry), "aliases": "|".join(entry.aliases)}
    return {field: str(cells[field] or "") for field in FIELDS}


def nearest_names(registry: Registry, name: str) -> tuple[str, ...]:
    """Names of the register most like one that it does not have, best first."""
    names = {" ".join(name_key(n)): n for e in registry.entries for n in (e.name, *e.aliases)}
    wanted = " ".join(name_key(name))
    found = process.extract(wanted, sorted(names), limit=_NEAR, score_cutoff=_ALIKE)
    return tuple(names[key] for key, _, _ in found)
