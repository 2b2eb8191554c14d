"""Reads registers: the packaged tables, and a project's own TSV with its errors by row."""

import csv
import io
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final, cast, get_args

import msgspec

from firsthand import resources
from firsthand.errors import ResourceError
from firsthand.model.claim import ActorKind
from firsthand.registry.entry import RegistryEntry
from firsthand.registry.names import name_key
from firsthand.registry.register import Registry, collected, spelt_aliases

FOLDER: Final = "registers/"
TABLES: Final = (
    "states.tsv",
    "institutions.tsv",
    "organisations.tsv",
    "armed_groups.tsv",
    "media.tsv",
)
RESOURCES: Final = tuple(
    FOLDER + name for name in (*TABLES, "institution_patterns.tsv", "state_adjectives.tsv")
)
"""Everything packaged that a registry is made from, for cache keys."""

COLUMNS: Final = (
    "actor_id", "name", "aliases", "kind", "parent", "valid_from", "valid_to", "note", "source",
)  # fmt: skip
PROJECT_FILE: Final = "actors.tsv"
"""A project's own register, beside its firsthand.toml."""
_MAX_NAME: Final = 200
_SHOWN: Final = 5


@cache
def packaged_registry() -> Registry:
    """The register as shipped, read once per process."""
    tables = {name: resources.read_table(FOLDER + name) for name in TABLES}
    spelt = list(_spelt(tables["states.tsv"]))
    written = [entry_of(row) for name in TABLES for row in tables[name]]
    actors, aliases = collected(written, {entry.actor_id: entry for entry in spelt})
    return Registry(actors, spelt_aliases(spelt) | aliases)


@lru_cache(maxsize=2)
def project_registry(own: bytes | None) -> Registry:
    """The packaged register, with a project's own actors.tsv where it has one; cached."""
    if own is None:
        return packaged_registry()
    packaged = packaged_registry()
    return packaged.extended(load_register(PROJECT_FILE, own, base=packaged))


def _spelt(states: Iterable[dict[str, str]]) -> Iterator[RegistryEntry]:
    """What institution_patterns.tsv says every state has."""
    patterns = resources.read_table(FOLDER + "institution_patterns.tsv")
    adjectives = {
        row["actor_id"]: row["adjectives"].split("|")
        for row in resources.read_table(FOLDER + "state_adjectives.tsv")
    }
    for state in states:
        code = state["actor_id"].partition(":")[2]
        words = adjectives.get(state["actor_id"], [state["name"]])
        for row in patterns:
            forms = [row["name"], *row["aliases"].split("|")]
            spelt = [
                f.replace("{state}", state["name"]).replace("{adj}", a)
                for a in words
                for f in forms
            ]
            names = tuple(dict.fromkeys(spelt))
            whole = (
                state["actor_id"] if not row["suffix"] else f"{row['kind']}:{code}.{row['suffix']}"
            )
            yield RegistryEntry(
                actor_id=whole,
                name=names[0] if row["suffix"] else state["name"],
                aliases=names[1:] if row["suffix"] else names,
                kind=cast("ActorKind", row["kind"]),
                parent=state["actor_id"] if row["suffix"] else None,
                source="institution_patterns.tsv",
            )


def entry_of(row: dict[str, str]) -> RegistryEntry:
    """A row of a packaged table."""
    return RegistryEntry(
        actor_id=row["actor_id"],
        name=row["name"],
        aliases=tuple(alias for alias in row["aliases"].split("|") if alias),
        kind=cast("ActorKind", row["kind"]),
        parent=row["parent"] or None,
        valid_from=row["valid_from"] or None,
        valid_to=row["valid_to"] or None,
        note=row["note"],
        source=row["source"],
        side=row.get("side") or None,
    )


def load_register(
    name: str, content: bytes, *, base: Registry | None = None
) -> tuple[RegistryEntry, ...]:
    """The actors of a project's TSV file; `ResourceError` with row numbers if any row is bad.

    Columns are COLUMNS plus an optional `side`; only name and kind must be filled. An actor
    without actor_id gets one made from its name; a parent may be given by name or id.
    An alias of two actors is refused, within the file and against `base`.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{name}: not UTF-8 at byte {error.start}; save the file as UTF-8"
        raise ResourceError(message) from error
    rows = _tsv(name, text)
    problems: list[str] = []
    entries: list[RegistryEntry] = []
    owners: dict[tuple[str, ...], tuple[str, int]] = {}
    ids: dict[str, int] = {}
    for number, row in rows:
        problems += [f"row {number}: {what}" for what in _bad_row(row)]
        first = ids.setdefault(row["actor_id"], number)
        if first != number:
            problems.append(f"row {number}: actor_id {row['actor_id']!r} is also in row {first}")
        entry = entry_of(row)
        problems += [f"row {number}: {what}" for what in _taken(entry, number, owners, base)]
        entries.append(entry)
    if problems:
        more = f"; and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        message = f"{name}: nothing imported; " + "; ".join(problems[:_SHOWN]) + more
        raise ResourceError(message)
    return tuple(_parents(entries, base))


def _tsv(name: str, text: str) -> list[tuple[int, dict[str, str]]]:
    """Numbered rows by column; comments and empty lines are passed over."""
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    lines = [(n, line) for n, line in lines if not line.startswith("#")]
    header = lines[0][1].split("\t") if lines else []
    missing = [column for column in ("name", "kind") if column not in header]
    unknown = [column for column in header if column not in {*COLUMNS, "side"}]
    if missing or unknown:
        message = (
            f"{name}: row 1: missing columns {missing}, unknown columns {unknown[:10]}; "
            f"expected tab-separated {', '.join(COLUMNS)} and optionally side"
        )
        raise ResourceError(message)
    rows: list[tuple[int, dict[str, str]]] = []
    for number, line in lines[1:]:
        cells = next(csv.reader(io.StringIO(line), delimiter="\t", quoting=csv.QUOTE_NONE))
        if len(cells) != len(header):
            message = f"{name}: row {number}: {len(cells)} cells, the header has {len(header)}"
            raise ResourceError(message)
        row = dict.fromkeys(COLUMNS, "") | dict(zip(header, map(str.strip, cells), strict=True))
        row["actor_id"] = row["actor_id"] or own_id(row["name"])
        rows.append((number, row))
    return rows


def own_id(name: str) -> str:
    """The id of a project's own actor that was given none: made from its name."""
    return "own:" + "-".join(name_key(name)) if name else ""


def _parents(entries: list[RegistryEntry], base: Registry | None) -> list[RegistryEntry]:
    """The entries with parents that were given by name led to their ids."""
    by_name = {name_key(name): e.actor_id for e in entries for name in (e.name, *e.aliases)}
    ids = {entry.actor_id for entry in entries}

    def led(parent: str | None) -> str | None:
        if parent is None or parent in ids:
            return parent
        known = base.canonical(parent) if base is not None else None
        return by_name.get(name_key(parent)) or (known.actor_id if known else parent)

    return [msgspec.structs.replace(entry, parent=led(entry.parent)) for entry in entries]


def _bad_row(row: dict[str, str]) -> Iterator[str]:
    """What is wrong with a row taken alone."""
    for column in ("actor_id", "name"):
        if not row[column]:
            yield f"{column} is empty"
    if row["kind"] not in get_args(ActorKind):
        yield f"kind {row['kind'][:30]!r} is none of {', '.join(get_args(ActorKind))}"
    if any(len(alias) > _MAX_NAME for alias in (row["name"], *row["aliases"].split("|"))):
        yield f"a name longer than {_MAX_NAME} characters"


def _taken(
    entry: RegistryEntry,
    number: int,
    owners: dict[tuple[str, ...], tuple[str, int]],
    base: Registry | None,
) -> Iterator[str]:
    """Which of an entry's names belong to another actor."""
    for alias in (entry.name, *entry.aliases):
        owner, row = owners.setdefault(name_key(alias), (entry.actor_id, number))
        if owner != entry.actor_id:
            yield f"alias {alias!r} belongs to {owner!r} (row {row}) too"
        known = base.canonical(alias) if base is not None else None
        if known is not None and known.actor_id != entry.actor_id:
            yield f"alias {alias!r} belongs to the packaged {known.actor_id!r} too; use that actor_id"
