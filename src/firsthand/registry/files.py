"""Reads registers: the packaged tables, and a project's own TSV with its errors by row."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Final, cast, get_args

import msgspec

from firsthand import resources
from firsthand.errors import ResourceError
from firsthand.model.claim import ActorKind
from firsthand.registry.entry import RegistryEntry
from firsthand.registry.names import is_acronym, name_key
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
_INITIALS: Final = 4
"""Initials of at most so many letters stand for many bodies in the world."""
_FORMULA_STARTS: Final = ("=", "+", "@")
"""A spreadsheet that opens the table would run such a cell (OWASP, CSV injection)."""
_DATE: Final = re.compile(r"\d{4}(?:-\d{2}){0,2}")


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
    """The actors of a TSV or CSV file; `ResourceError` with row numbers if any row is bad.

    Columns are COLUMNS plus an optional `side`; only name and kind must be filled. An actor
    without actor_id gets one made from its name; a parent may be given by name or id.
    A name of two actors is refused, within the file and against `base`; so is a parent that
    neither the file nor `base` has. Up to four initials ("INA") that stand for another body in `base` are
    taken: they are the file's in its project.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{name}: not UTF-8 at byte {error.start}; save the file as UTF-8"
        raise ResourceError(message) from error
    rows = _table(name, text)
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
    problems += _orphans(rows, entries, base)
    if problems:
        more = f"; and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        message = f"{name}: nothing imported; " + "; ".join(problems[:_SHOWN]) + more
        raise ResourceError(message)
    return tuple(_parents(entries, base))


def _table(name: str, text: str) -> list[tuple[int, dict[str, str]]]:
    """Numbered rows by column; comments and empty lines are passed over."""
    lines = [(n, cells) for n, cells in _cells(name, text) if any(cell.strip() for cell in cells)]
    lines = [(n, cells) for n, cells in lines if not cells[0].startswith("#")]
    header = [cell.strip() for cell in lines[0][1]] if lines else []
    missing = [column for column in ("name", "kind") if column not in header]
    unknown = [column[:40] for column in header if column not in {*COLUMNS, "side"}]
    if missing or unknown:
        message = (
            f"{name}: row {lines[0][0] if lines else 1}: missing columns {missing}, "
            f"unknown columns {unknown[:10]}; "
            f"expected tab- or comma-separated {', '.join(COLUMNS)} and optionally side"
        )
        raise ResourceError(message)
    rows: list[tuple[int, dict[str, str]]] = []
    for number, cells in lines[1:]:
        if len(cells) != len(header):
            message = f"{name}: row {number}: {len(cells)} cells, the header has {len(header)}"
            raise ResourceError(message)
        plain = (" ".join(cell.split()) for cell in cells)
        row = dict.fromkeys(COLUMNS, "") | dict(zip(header, plain, strict=True))
        row["actor_id"] = row["actor_id"] or own_id(row["name"])
        rows.append((number, row))
    return rows


def _cells(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Numbered lines of a table as cells: split at tabs, or CSV where the header has none."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if lines and "\t" in lines[0]:
        yield from ((n, line.split("\t")) for n, line in enumerate(text.splitlines(), 1))
        return
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        message = f"{name}: row {reader.line_num}: not readable as a table ({error})"
        raise ResourceError(message) from error


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


def _orphans(
    rows: Sequence[tuple[int, dict[str, str]]],
    entries: list[RegistryEntry],
    base: Registry | None,
) -> Iterator[str]:
    """Parents that nobody has; told only where there is a register to look them up in."""
    if base is None:
        return
    ids = {entry.actor_id for entry in entries}
    for (number, _), entry in zip(rows, _parents(entries, base), strict=True):
        if entry.parent and entry.parent not in ids and base.get(entry.parent) is None:
            yield (
                f"row {number}: parent {entry.parent[:60]!r} is no actor of this file "
                "or of the register; add a row for it"
            )


def _bad_row(row: dict[str, str]) -> Iterator[str]:
    """What is wrong with a row taken alone."""
    for column in ("actor_id", "name"):
        if not row[column]:
            yield f"{column} is empty"
    if row["kind"] not in get_args(ActorKind):
        yield f"kind {row['kind'][:30]!r} is none of {', '.join(get_args(ActorKind))}"
    if any(len(alias) > _MAX_NAME for alias in (row["name"], *row["aliases"].split("|"))):
        yield f"a name longer than {_MAX_NAME} characters"
    if any(cell.startswith(_FORMULA_STARTS) for cell in row.values()):
        yield "a cell begins with =, + or @, which a spreadsheet runs as a formula"
    for column in ("valid_from", "valid_to"):
        if row[column] and not _is_date(row[column]):
            yield f"{column} {row[column][:20]!r} is no date; write 2031, 2031-05 or 2031-05-04"


def _is_date(written: str) -> bool:
    """Whether a year, a month or a day that exists is written as ISO 8601 has it."""
    if not _DATE.fullmatch(written):
        return False
    year, month, day = (*map(int, written.split("-")), 1, 1)[:3]
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


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
        initials = is_acronym(alias) and len(alias) <= _INITIALS
        known = base.canonical(alias) if base is not None and not initials else None
        if known is not None and known.actor_id != entry.actor_id:
            yield f"alias {alias!r} belongs to {known.actor_id!r} of the register too; use that actor_id"
