"""What differs from the edition before: findings added, changed and gone, with what changed."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from firsthand.model.event import Conflict, Event, Forecast, Origin
from firsthand.model.record import Part, Record
from firsthand.model.table import table_name

WATCHED: Final[Mapping[type[Record], tuple[str, ...]]] = {
    Event: (
        "title",
        "n_pages",
        "n_outlets",
        "n_origins",
        "n_first_hand",
        "corroboration",
        "dispute",
    ),
    Conflict: ("kind", "field", "event_id"),
    Forecast: ("verdict",),
    Origin: ("name", "level"),
}
"""Findings whose changes are kept, with the columns that are compared."""

Found = Mapping[tuple[str, str], tuple[object, ...]]
"""(table, id) to the values of the compared columns."""


class Changed(Part, frozen=True, kw_only=True):
    """One finding that an edition added, changed or no longer holds."""

    edition: int
    table: str
    id: str
    what: str
    """added, changed or gone."""
    words: str
    """What it is called and, where it changed, "n_origins 1 → 2; dispute none → denied"."""


def found(
    db: sqlite3.Connection, units: Mapping[type[Record], Collection[str]] | None = None
) -> Found:
    """The findings of some units, or all, as the edition now shows them."""
    rows: dict[tuple[str, str], tuple[object, ...]] = {}
    for record, columns in WATCHED.items():
        table, names = table_name(record), ", ".join(columns)
        if units is None:
            read = db.execute(f"SELECT id, {names} FROM {table} ORDER BY id, unit").fetchall()
        else:
            sql = f"SELECT id, {names} FROM {table} WHERE unit=?"
            some = sorted(units.get(record, ()))
            read = [row for unit in some for row in db.execute(sql, (unit,))]
        rows |= {(table, row[0]): tuple(row)[1:] for row in read}
    return rows


def change_rows(before: Found, after: Found) -> Iterator[tuple[str, str, str, str]]:
    """(table, id, what, words) for each finding that is new, differs or is gone, in order."""
    columns = {table_name(record): names for record, names in WATCHED.items()}
    for key in sorted(before.keys() | after.keys()):
        table, name = key
        was, now = before.get(key), after.get(key)
        if was is None and now is not None:
            yield table, name, "added", _called(table, columns[table], now)
        elif was is not None and now is None:
            yield table, name, "gone", _called(table, columns[table], was)
        elif was is not None and now is not None and was != now:
            told = "; ".join(
                f"{column} {_plain(old)} → {_plain(new)}"
                for column, old, new in zip(columns[table], was, now, strict=True)
                if old != new
            )
            yield table, name, "changed", f"{_called(table, columns[table], now)}: {told}"


def _called(table: str, columns: tuple[str, ...], values: tuple[object, ...]) -> str:
    if table in ("event", "origin"):
        return str(values[0])
    return ", ".join(f"{name} {_plain(value)}" for name, value in zip(columns, values, strict=True))


def _plain(value: object) -> str:
    return "none" if value is None else str(value)


def keep(db: sqlite3.Connection, before: Found, after: Found, edition: int) -> None:
    """Write what an edition changed; the changes of earlier editions stay."""
    db.executemany(
        "INSERT OR REPLACE INTO change VALUES (?,?,?,?,?)",
        ((edition, *row) for row in change_rows(before, after)),
    )


def changes(
    db: sqlite3.Connection,
    *,
    since: int | None = None,
    what: str | None = None,
    table: str | None = None,
) -> list[Changed]:
    """Changes of the newest edition, or of all after `since`; of one kind or table where asked."""
    (newest,) = db.execute("SELECT value FROM meta WHERE key='edition'").fetchone()
    after = int(newest) - 1 if since is None else since
    rows = db.execute(
        "SELECT edition, tab, id, what, words FROM change WHERE edition > ? "
        "AND (? IS NULL OR what = ?) AND (? IS NULL OR tab = ?) ORDER BY edition, tab, what, id",
        (after, what, what, table, table),
    )
    return [
        Changed(edition=row[0], table=row[1], id=row[2], what=row[3], words=row[4]) for row in rows
    ]
