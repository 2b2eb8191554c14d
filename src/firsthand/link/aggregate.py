"""Origins over the whole pile: each counts once, with every claim and every way that leads to it."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import msgspec

from firsthand.link.columns import column_of
from firsthand.link.events import best_level
from firsthand.link.origins import shared_tellers
from firsthand.model.event import Origin, OriginLevel
from firsthand.model.linking import Placed
from firsthand.model.record import Record
from firsthand.stage import Tables

PREFIX: Final = "l:origin:"

STANDING: Final = (
    "SELECT p.claim_id, p.origin_id, p.name, p.kind, p.level, p.tellers FROM placed AS p "
    "JOIN wanted AS w ON p.origin_id = w.origin_id "
    "WHERE p.unit NOT IN (SELECT unit FROM replaced) AND NOT p.rejected"
)


class Told(msgspec.Struct, frozen=True, gc=False):
    """One claim of an origin."""

    claim_id: str
    name: str
    kind: str
    level: OriginLevel
    tellers: tuple[str, ...]


def origin_rows(
    tables: Tables | None, made: Iterable[Record], gone: Iterable[Placed], replaced: Collection[str]
) -> dict[str, list[Record]]:
    """Origin rows by unit for every origin that gained or lost a claim, or whose claims changed.

    Without tables nothing stands beside what is made.
    """
    before: dict[str, set[Told]] = {}
    for row in gone:
        if not row.rejected:
            before.setdefault(row.origin_id, set()).add(_told(row))
    told: dict[str, list[Told]] = {origin: [] for origin in before}
    for record in made:
        if isinstance(record, Placed) and not record.rejected:
            told.setdefault(record.origin_id, []).append(_told(record))
    told = {origin: some for origin, some in told.items() if before.get(origin) != set(some)}
    if tables is not None:
        _add_standing(tables, told, replaced)
    return {
        PREFIX + origin: [_origin(origin, told[origin])] if told[origin] else []
        for origin in sorted(told)
    }


def _told(row: Placed) -> Told:
    return Told(row.claim_id, row.name, row.kind, row.level, row.tellers)


def _add_standing(
    tables: Tables, told: Mapping[str, list[Told]], replaced: Collection[str]
) -> None:
    """Claims of the same origins in components that this update leaves alone."""
    found = tables.query(
        STANDING,
        wanted=column_of("origin_id", told),
        replaced=column_of("unit", replaced),
    )
    for row in found.to_pylist():
        told[row["origin_id"]].append(
            Told(row["claim_id"], row["name"], row["kind"], row["level"], tuple(row["tellers"]))
        )


def _origin(origin: str, told: Collection[Told]) -> Origin:
    ordered = sorted(told, key=lambda item: item.claim_id)
    first = min(ordered, key=lambda item: (item.name, item.kind))
    return Origin(
        origin_id=origin,
        name=first.name,
        kind=first.kind,
        side=None,
        level=best_level(item.level for item in ordered),
        claims=tuple(item.claim_id for item in ordered),
        conduits=tuple(
            name
            for name in shared_tellers([item.tellers for item in ordered])
            if name != first.name
        ),
    )
