"""The events of an edition as columns in memory: filtered and counted without reading their rows."""

import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np

from firsthand.publish.geometry import Mask, Real, box_of
from firsthand.publish.memo import remembered

Whole: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"

STATUSES: Final = ("denied", "differ", "several", "single", "none")
ROWS_AT_ONCE: Final = 20_000
"""So many rows are held as Python objects while an edition is read."""
READ_SQL: Final = (
    "SELECT key, type, corroboration, dispute, earliest, latest, n_origins, place_lat, place_lon, "
    "place_radius_km, place_precision, place_name FROM event ORDER BY key"
)
PLACE: Final = slice(7, 12)


def status_of(dispute: str, n_origins: int) -> str:
    """The look of a mark: what most needs looking at in an event."""
    if dispute in ("denied", "withdrawn"):
        return "denied"
    if dispute == "accounts_differ":
        return "differ"
    return "several" if n_origins > 1 else "single" if n_origins == 1 else "none"


@dataclass(frozen=True)
class Coded:
    """A column of text: for each row the place of its value among the sorted ones, or -1."""

    codes: Whole
    values: Sequence[str]

    def equal(self, value: str) -> Mask:
        """The rows that have this value."""
        at = bisect_left(self.values, value)
        known = at < len(self.values) and self.values[at] == value
        found: Mask = self.codes == (at if known else -2)
        return found

    def counts(self, rows: Mask) -> dict[str, int]:
        """How often each value stands in these rows; values that do not are left out."""
        found = np.bincount(self.codes[rows] + 1, minlength=len(self.values) + 1)[1:]
        return {self.values[at]: int(found[at]) for at in np.flatnonzero(found).tolist()}

    def ordered(self, rows: Whole) -> "Coded":
        """The column with its rows in this order."""
        return Coded(self.codes[rows], self.values)


@dataclass(frozen=True)
class Places:
    """All points of an edition that are known equally well, each once."""

    lat: Real
    lon: Real
    radius_km: Real
    precision: Coded
    name: Coded


@dataclass(frozen=True)
class EventColumns:
    """What the events are filtered and counted by, those on most pages first."""

    keys: Whole
    type: Coded
    corroboration: Coded
    dispute: Coded
    earliest: Coded
    latest: Coded
    month: Coded
    """Of the earliest possible day, or of the latest where only that is known."""
    status: Whole
    """Of `STATUSES`."""
    place: Whole
    """Of `places`; -1 where an event has no point."""
    places: Places

    def holding(self, db: sqlite3.Connection, chosen: Mapping[str, str]) -> Mask:
        """The events that fit filters, read as `lists.chosen_of` reads an address."""
        found = np.ones(len(self.keys), dtype=np.bool_)
        for name, value in sorted(chosen.items()):
            if name == "outlet":
                found &= np.isin(self.keys, _told_by(db, value))
            else:
                found &= FILTERS[name](self, value)
        return found

    def first(self, rows: Mask, most: int) -> list[int]:
        """The keys of those on most pages among these events."""
        return [int(key) for key in self.keys[np.flatnonzero(rows)[:most]]]

    def months(self, rows: Mask) -> list[tuple[str, int]]:
        """Events by the month they begin in, in order; undated ones are not among them."""
        return sorted(self.month.counts(rows).items())

    def dated(self) -> Mask:
        """The events of which a day is known."""
        return self.month.codes >= 0

    def on_map(self) -> Mask:
        """The events that have a point."""
        return self.place >= 0

    def since(self, day: str) -> Mask:
        """Events that may have been on this day, or in this month or year, or later."""
        at = bisect_left(self.latest.values, day)
        return self.dated() & ((self.latest.codes < 0) | (self.latest.codes >= at))

    def until(self, day: str) -> Mask:
        """Events that may have been on this day, or in this month or year, or earlier."""
        at = bisect_right(self.earliest.values, day + "\uffff")
        return self.dated() & (self.earliest.codes < at)

    def inside(self, text: str) -> Mask:
        """Events with a point in a box of an address; all where it is none."""
        box = box_of(text)
        if box is None:
            return np.ones(len(self.keys), dtype=np.bool_)
        lat, lon = self.places.lat, self.places.lon
        east, west = lon <= box.east, lon >= box.west
        across = (west | east) if box.west > box.east else (west & east)
        # One more place, which is outside, for the events that have none: their place is -1.
        held = np.append((lat >= box.south) & (lat <= box.north) & across, [False])
        found: Mask = held[self.place]
        return found


FILTERS: Final[Mapping[str, Callable[[EventColumns, str], Mask]]] = {
    "type": lambda events, value: events.type.equal(value),
    "corroboration": lambda events, value: events.corroboration.equal(value),
    "dispute": lambda events, value: events.dispute.equal(value),
    "from": EventColumns.since,
    "to": EventColumns.until,
    "undated": lambda events, _value: ~events.dated(),
    "unplaced": lambda events, _value: ~events.on_map(),
    "bbox": EventColumns.inside,
    "at": EventColumns.inside,
}
"""Conditions by the names they have in an address; they are those of `lists.where` in SQL."""


def event_columns(db: sqlite3.Connection) -> EventColumns:
    """The events of an edition; read once (0.6 s and 20 MB at 200,000 events) and kept."""
    return remembered(db, ("event columns",), lambda: _read(db))


def _told_by(db: sqlite3.Connection, outlet: str) -> list[int]:
    rows = db.execute("SELECT event_key FROM event_outlet WHERE outlet = ?", (outlet,))
    return [int(row[0]) for row in rows]


def outlet_counts(
    db: sqlite3.Connection, events: EventColumns, rows: "Mask | None"
) -> dict[str, int]:
    """How many of these events each outlet tells of; of all events where `rows` is None."""
    of, outlets = remembered(db, ("event outlets",), lambda: _outlets(db, events))
    kept = np.ones(len(of), dtype=np.bool_) if rows is None else rows[of]
    return outlets.counts(kept)


def _outlets(db: sqlite3.Connection, events: EventColumns) -> tuple[Whole, Coded]:
    """Which outlet tells of which event, as rows of the columns, with the outlets."""
    gathered = _Gathering()
    keys: list[Whole] = []
    rows = db.execute("SELECT event_key, outlet FROM event_outlet")
    while some := rows.fetchmany(ROWS_AT_ONCE):
        keys.append(np.array([row[0] for row in some], dtype=np.int64))
        gathered.add([row[1] for row in some])
    order = np.argsort(events.keys)
    of = order[np.searchsorted(events.keys, _joined(keys), sorter=order)]
    return of, gathered.coded()


def _read(db: sqlite3.Connection) -> EventColumns:
    texts = [_Gathering() for _ in range(6)]
    place_codes: dict[tuple[object, ...], int] = {}
    keys: list[Whole] = []
    places: list[Whole] = []
    status: list[Whole] = []
    cursor = db.execute(READ_SQL)
    while found := cursor.fetchmany(ROWS_AT_ONCE):
        some = [tuple(row) for row in found]
        columns = list(zip(*some, strict=True))
        months = [
            (one or other or "")[:7] or None for one, other in zip(*columns[4:6], strict=True)
        ]
        for gathered, values in zip(texts, (*columns[1:6], months), strict=True):
            gathered.add(values)
        keys.append(np.array(columns[0], dtype=np.int64))
        of = [
            -1 if row[7] is None else place_codes.setdefault(row[PLACE], len(place_codes))
            for row in some
        ]
        places.append(np.array(of, dtype=np.int64))
        looks = [STATUSES.index(status_of(row[3], row[6])) for row in some]
        status.append(np.array(looks, dtype=np.int64))
    told = [row[0] for row in db.execute("SELECT key FROM event ORDER BY n_pages DESC, id")]
    by_key = _joined(keys)
    order = np.searchsorted(by_key, np.array(told, dtype=np.int64))
    type_, corroboration, dispute, earliest, latest, month = (
        one.coded().ordered(order) for one in texts
    )
    return EventColumns(
        keys=by_key[order],
        type=type_,
        corroboration=corroboration,
        dispute=dispute,
        earliest=earliest,
        latest=latest,
        month=month,
        status=_joined(status)[order],
        place=_joined(places)[order],
        places=_places(list(place_codes)),
    )


def _places(found: Sequence[tuple[Any, ...]]) -> Places:
    def numbers(at: int) -> Real:
        return np.array([row[at] or 0.0 for row in found], dtype=np.float64)

    precision, name = _Gathering(), _Gathering()
    precision.add([row[3] or "" for row in found])
    name.add([row[4] or "" for row in found])
    return Places(numbers(0), numbers(1), numbers(2), precision.coded(), name.coded())


def _joined(parts: Sequence[Whole]) -> Whole:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


class _Gathering:
    """A column of text on its way to codes."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self._codes: list[Whole] = []

    def add(self, values: Iterable[str | None]) -> None:
        """More rows; None stands for no value."""
        known = self._known
        codes = [-1 if one is None else known.setdefault(one, len(known)) for one in values]
        self._codes.append(np.array(codes, dtype=np.int64))

    def coded(self) -> Coded:
        """The column, its values sorted."""
        values = sorted(self._known)
        # The last rank is that of -1.
        ranks = np.full(len(values) + 1, -1, dtype=np.int64)
        for rank, value in enumerate(values):
            ranks[self._known[value]] = rank
        return Coded(ranks[_joined(self._codes)], values)
