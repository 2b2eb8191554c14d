"""Aliases: what became of every id that an earlier edition showed."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from typing import Final

import msgspec

Shown = Mapping[str, frozenset[str]]
"""Event id to the ids of its claims."""


class _Shown(msgspec.Struct):
    """What is read of an event here."""

    event_id: str
    claims: tuple[str, ...]


_SHOWN: Final = msgspec.json.Decoder(_Shown)


def shown_groups(db: sqlite3.Connection, units: Collection[str] | None = None) -> Shown:
    """The events of some units, or all, as the edition now shows them."""
    if units is None:
        rows = db.execute("SELECT body FROM event").fetchall()
    else:
        rows = [
            row
            for unit in sorted(units)
            for row in db.execute("SELECT body FROM event WHERE unit=?", (unit,))
        ]
    events = [_SHOWN.decode(row[0]) for row in rows]
    return {event.event_id: frozenset(event.claims) for event in events}


def alias_rows(before: Shown, after: Shown) -> Iterator[tuple[str, str | None, str]]:
    """(old id, new id, reason) for every event id that is no longer shown.

    The new id is that of the event which took most of the old one's claims; reason is
    `grown` where it took all, `merged` where it took those of other events too, `split`
    where only some, `gone` (new id null) where none.
    """
    home = {claim: event for event, claims in after.items() for claim in claims}
    came_from: dict[str, set[str]] = {}
    for old, claims in before.items():
        for claim in claims & home.keys():
            came_from.setdefault(home[claim], set()).add(old)
    for old in sorted(before.keys() - after.keys()):
        shares: dict[str, int] = {}
        for claim in before[old] & home.keys():
            shares[home[claim]] = shares.get(home[claim], 0) + 1
        if not shares:
            yield old, None, "gone"
            continue
        new = min(shares, key=lambda event: (-shares[event], event))
        if len(shares) > 1:
            yield old, new, "split"
        else:
            yield old, new, "merged" if len(came_from[new]) > 1 else "grown"
