"""Lists of events and documents, filtered, sorted and paged by key so that deep pages cost no more."""

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Generic, TypeVar

import msgspec

from firsthand.model.document import Document
from firsthand.model.event import Event, Origin
from firsthand.model.record import Part, Record
from firsthand.model.table import table_name
from firsthand.publish.event_columns import event_columns, outlet_counts
from firsthand.publish.geometry import box_of
from firsthand.publish.leads import Lead, leads
from firsthand.publish.memo import remembered
from firsthand.publish.read import select

T = TypeVar("T")
R = TypeVar("R", bound=Record)

PAGE: Final = 100
"""Rows on one page of a list."""

WITH_OUTLET: Final = "key IN (SELECT event_key FROM event_outlet WHERE outlet = ?)"


class Slice(Part, Generic[T], frozen=True, kw_only=True):
    """One page of a list, and the key from which the next one goes on."""

    rows: tuple[T, ...]
    total: int
    following: str | None
    """Value for `after` in the next request; None on the last page."""


class Facet(Part, frozen=True, kw_only=True):
    """One value of a filter and how many rows it would show with the other filters as they are."""

    value: str
    count: int
    chosen: bool


class EventLine(Part, frozen=True, kw_only=True):
    """An event in one line."""

    event_id: str
    type: str
    title: str
    earliest: str | None
    latest: str | None
    n_pages: int
    n_origins: int
    corroboration: str
    dispute: str
    place: str | None
    precision: str | None
    radius_km: float | None
    placed: bool
    lat: float | None
    lon: float | None


LINE_COLUMNS: Final = (
    "id",
    "type",
    "title",
    "earliest",
    "latest",
    "n_pages",
    "n_origins",
    "corroboration",
    "dispute",
    "place_name",
    "place_precision",
    "place_radius_km",
    "place_lat IS NOT NULL",
    "place_lat",
    "place_lon",
)


class EventFilters(Part, frozen=True, kw_only=True):
    """The filters of events: what can be chosen, and what is."""

    facets: dict[str, tuple[Facet, ...]]
    chosen: dict[str, str]
    sort: str = "pages"


class EventList(EventFilters, frozen=True, kw_only=True):
    """Events with the filters that led to them."""

    page: Slice[Event]
    leads: dict[str, Lead]
    """Words to tell events of one heading apart, by event."""


EVENT_FILTERS: Final = {
    "corroboration": "corroboration = ?",
    "dispute": "dispute = ?",
    "type": "type = ?",
    "outlet": WITH_OUTLET,
}
ALWAYS: Final = {
    "corroboration": ("several_origins", "single_origin", "none"),
    "dispute": ("denied", "accounts_differ", "none"),
}
"""Values that are shown though no event of the edition has them: that is told as well."""
MOST_VALUES: Final = {"corroboration": 60, "dispute": 60, "type": 60, "outlet": 40}
RANGES: Final = {
    "from": re.compile(r"\d{4}(-\d\d){0,2}"),
    "to": re.compile(r"\d{4}(-\d\d){0,2}"),
    "undated": re.compile("1"),
    "unplaced": re.compile("1"),
}
"""Further conditions of an address: days, months or years, and what has no day or no point."""
TIMES: Final = {
    "from": "(ifnull(earliest, latest) IS NOT NULL AND (latest IS NULL OR latest >= ?))",
    "to": "(ifnull(earliest, latest) IS NOT NULL AND "
    "(earliest IS NULL OR earliest <= ? || '\uffff'))",
    "undated": "earliest IS NULL AND latest IS NULL",
    "unplaced": "place_lat IS NULL",
}
"""An open interval fits every day on its open side; \uffff makes a month hold all its days."""
EVENT_SORTS: Final = {
    "pages": "n_pages DESC, id",
    "origins": "n_origins DESC, id",
    "earliest": "ifnull(earliest, '9999') , id",
    "title": "title, id",
}
SORT_KEYS: Final[Mapping[str, tuple[str, bool, Callable[[Event], str | int]]]] = {
    "pages": ("n_pages", True, lambda event: event.n_pages),
    "origins": ("n_origins", True, lambda event: event.n_origins),
    "earliest": ("ifnull(earliest, '9999')", False, lambda event: event.earliest or "9999"),
    "title": ("title", False, lambda event: event.title),
}


def events(
    db: sqlite3.Connection, asked: Mapping[str, str], *, sort: str = "pages", after: str = ""
) -> EventList:
    """The events that fit the filters; unknown filters and sorts are read as not given."""
    chosen = chosen_of(asked)
    order = sort if sort in EVENT_SORTS else "pages"
    conditions, values = _where(chosen)
    count = total(db, asked)
    key, down, read_key = SORT_KEYS[order]
    paged, paged_values = _after(key, after, down=down)
    sql = (
        f"SELECT body FROM event WHERE {conditions} AND {paged} "
        f"ORDER BY {EVENT_SORTS[order]} LIMIT {PAGE + 1}"
    )
    found = [
        msgspec.json.decode(row[0], type=Event) for row in db.execute(sql, values + paged_values)
    ]
    shown = found[:PAGE]
    following = f"{read_key(shown[-1])}~{shown[-1].event_id}" if len(found) > PAGE else None
    return EventList(
        page=Slice(rows=tuple(shown), total=count, following=following),
        leads=leads(db, shown),
        facets=facets_of(db, chosen),
        chosen=chosen,
        sort=order,
    )


def filters(db: sqlite3.Connection, asked: Mapping[str, str]) -> EventFilters:
    """The filters of events, as they are set."""
    chosen = chosen_of(asked)
    return EventFilters(facets=facets_of(db, chosen), chosen=chosen)


def facets_of(db: sqlite3.Connection, chosen: Mapping[str, str]) -> dict[str, tuple[Facet, ...]]:
    """All filters with their counts."""
    return remembered(
        db,
        ("facets", *sorted(chosen.items())),
        lambda: _facets(db, chosen),
    )


def matching(db: sqlite3.Connection, asked: Mapping[str, str], most: int) -> tuple[Event, ...]:
    """The events that fit the filters, most pages first, at most `most`."""
    conditions, values = where(asked)
    sql = f"SELECT body FROM event WHERE {conditions} ORDER BY n_pages DESC, id LIMIT {most:d}"
    return tuple(msgspec.json.decode(row[0], type=Event) for row in db.execute(sql, values))


def event_lines(
    db: sqlite3.Connection, asked: Mapping[str, str], most: int, *, dated: bool = False
) -> tuple[EventLine, ...]:
    """The same in one line each, read from columns alone; only dated ones where asked for."""
    events = event_columns(db)
    rows = events.holding(db, chosen_of(asked))
    if dated:
        rows &= events.dated()
    keys = events.first(rows, most)
    sql = (
        f"SELECT {', '.join(LINE_COLUMNS)} FROM event WHERE key IN ({','.join('?' * len(keys))}) "
        "ORDER BY n_pages DESC, id"
    )
    names = EventLine.__struct_fields__
    return tuple(EventLine(**dict(zip(names, row, strict=True))) for row in db.execute(sql, keys))


def by_month(db: sqlite3.Connection, asked: Mapping[str, str]) -> list[tuple[str, int]]:
    """Events by the month they begin in, in order; undated ones are not among them."""
    events = event_columns(db)
    return events.months(events.holding(db, chosen_of(asked)))


def total(db: sqlite3.Connection, asked: Mapping[str, str]) -> int:
    """How many events fit the filters."""
    return int(event_columns(db).holding(db, chosen_of(asked)).sum())


def chosen_of(asked: Mapping[str, str]) -> dict[str, str]:
    """The filters that an address sets; what is none is read as not given."""
    chosen = {name: asked[name] for name in EVENT_FILTERS if asked.get(name)}
    for name, form in RANGES.items():
        if form.fullmatch(asked.get(name, "")):
            chosen[name] = asked[name]
    for name in ("bbox", "at"):
        if box_of(asked.get(name, "")) is not None:
            chosen[name] = asked[name]
    return chosen


def where(asked: Mapping[str, str]) -> tuple[str, tuple[object, ...]]:
    """The condition on events that an address sets, with its values."""
    return _where(chosen_of(asked))


def _where(chosen: Mapping[str, str]) -> tuple[str, tuple[object, ...]]:
    conditions: list[str] = []
    values: list[object] = []
    for name in sorted(chosen):
        if name in EVENT_FILTERS:
            conditions.append(EVENT_FILTERS[name])
            values.append(chosen[name])
        elif name in TIMES:
            conditions.append(TIMES[name])
            values += [chosen[name]] * TIMES[name].count("?")
        elif (box := box_of(chosen[name])) is not None:
            east = "OR" if box.west > box.east else "AND"
            conditions.append(
                f"place_lat BETWEEN ? AND ? AND (place_lon >= ? {east} place_lon <= ?)"
            )
            values += [box.south, box.north, box.west, box.east]
    return " AND ".join(conditions) or "1", tuple(values)


def _after(key: str, after: str, *, down: bool) -> tuple[str, tuple[object, ...]]:
    """The condition for rows behind the key of the last row shown; nonsense starts afresh."""
    value, _sign, last = after.rpartition("~")
    if not value or not last:
        return "1", ()
    read: str | int = value
    if down:
        if not value.isdecimal() or len(value) > 15:
            return "1", ()
        read = int(value)
    sign = "<" if down else ">"
    return f"({key} {sign} ? OR ({key} = ? AND id > ?))", (read, read, last)


def _facets(db: sqlite3.Connection, chosen: Mapping[str, str]) -> dict[str, tuple[Facet, ...]]:
    """All filters with their counts, each under all the others."""
    events = event_columns(db)
    columns = {
        "corroboration": events.corroboration,
        "dispute": events.dispute,
        "type": events.type,
    }
    found: dict[str, tuple[Facet, ...]] = {}
    for name in EVENT_FILTERS:
        others = {key: value for key, value in chosen.items() if key != name}
        rows = events.holding(db, others)
        if name in columns:
            # What no event has under these filters is shown with its nought.
            shown = dict.fromkeys((*columns[name].values, *ALWAYS.get(name, ())), 0)
            counted = shown | columns[name].counts(rows)
        else:
            counted = outlet_counts(db, events, rows if others else None)
        found[name] = _commonest(counted, chosen.get(name), MOST_VALUES[name])
    return found


def _commonest(counted: Mapping[str, int], chosen: str | None, most: int) -> tuple[Facet, ...]:
    order = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        Facet(value=value, count=count, chosen=chosen == value) for value, count in order[:most]
    )


class DocumentRow(Part, frozen=True, kw_only=True):
    """An article in the list of documents."""

    document: Document
    source: str
    claims: int
    events: int


def documents(db: sqlite3.Connection, *, outlet: str = "", after: str = "") -> Slice[DocumentRow]:
    """Articles in order of outlet, date and id; a page of them."""
    key = (
        "ifnull(document.outlet, '') || '|' || ifnull(document.published, '') || '|' || document.id"
    )
    condition, values = ("document.outlet = ?", (outlet,)) if outlet else ("1", ())
    count = int(_one(db, f"SELECT count(*) FROM document WHERE {condition}", values))
    sql = (
        f"SELECT document.body, page.source, {key}, "
        "(SELECT count(*) FROM claim WHERE claim.document_id = document.id), "
        "(SELECT count(DISTINCT event_id) FROM claim_link "
        "WHERE claim_link.document_id = document.id) "
        "FROM document LEFT JOIN page ON page.id = document.page_id "
        f"WHERE {condition} AND {key} > ? ORDER BY {key} LIMIT {PAGE + 1}"
    )
    found = db.execute(sql, (*values, after)).fetchall()
    rows = tuple(
        DocumentRow(
            document=msgspec.json.decode(row[0], type=Document),
            source=row[1] or "",
            claims=row[3],
            events=row[4],
        )
        for row in found[:PAGE]
    )
    return Slice(
        rows=rows, total=count, following=found[PAGE - 1][2] if len(found) > PAGE else None
    )


def records(
    db: sqlite3.Connection,
    record: type[R],
    *,
    where: str = "1",
    values: tuple[object, ...] = (),
    after: str = "",
) -> Slice[R]:
    """Records of a table in order of id, a page of them; `where` is SQL of ours."""
    table = table_name(record)
    count = int(_one(db, f"SELECT count(DISTINCT id) FROM {table} WHERE {where}", values))
    sql = (
        f"SELECT id, min(body) FROM {table} WHERE {where} AND id > ? "
        f"GROUP BY id ORDER BY id LIMIT {PAGE + 1}"
    )
    found = db.execute(sql, (*values, after)).fetchall()
    rows = tuple(msgspec.json.decode(row[1], type=record) for row in found[:PAGE])
    return Slice(
        rows=rows, total=count, following=found[PAGE - 1][0] if len(found) > PAGE else None
    )


def origins(
    db: sqlite3.Connection, *, level: str = "", kind: str = "", name: str = ""
) -> tuple[Origin, ...]:
    """The origins of that level and kind whose name holds those words, most claims first."""
    asked = {"level": level, "kind": kind}
    given = [column for column, value in asked.items() if value]
    where = " AND ".join(f"{column} = ?" for column in given) or "1"
    values = tuple(asked[column] for column in given)
    once = {row.origin_id: row for row in select(db, Origin, where, values)}
    words = name.casefold()
    found = [row for row in once.values() if words in row.name.casefold()]
    return tuple(sorted(found, key=lambda row: (-len(row.claims), row.name, row.origin_id)))


def _one(db: sqlite3.Connection, sql: str, values: Sequence[object]) -> int:
    return int(db.execute(sql, tuple(values)).fetchone()[0])
