"""Answers about an edition that many screens ask for, kept until the edition changes."""

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Final, TypeVar

T = TypeVar("T")
MOST: Final = 256
"""Answers kept; the largest, the columns of all events, takes about 20 MB at a million claims."""

_lock = threading.Lock()
_kept: OrderedDict[tuple[object, ...], Any] = OrderedDict()


def remembered(db: sqlite3.Connection, key: tuple[object, ...], make: Callable[[], T]) -> T:
    """The answer to `key` in this very edition; made anew where it is not kept."""
    which = _edition(db)
    if which is None:
        return make()
    whole = (*which, *key)
    with _lock:
        if whole in _kept:
            _kept.move_to_end(whole)
            found: T = _kept[whole]
            return found
    made = make()
    with _lock:
        for old in [one for one in _kept if one[0] == whole[0] and one[1:3] != whole[1:3]]:
            del _kept[old]
        _kept[whole] = made
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return made


def _edition(db: sqlite3.Connection) -> tuple[str, str, str] | None:
    """Which file this is, and which state of it; None for one in memory."""
    path = next((row[2] for row in db.execute("PRAGMA database_list") if row[1] == "main"), "")
    facts = dict(
        tuple(row)
        for row in db.execute("SELECT key, value FROM meta WHERE key IN ('edition', 'generation')")
    )
    if not path or "edition" not in facts:
        return None
    return str(path), str(facts["edition"]), str(facts.get("generation", ""))
