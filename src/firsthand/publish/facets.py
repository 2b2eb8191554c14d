"""Narrow rows by which searches and lists filter and count: of claims, and outlets of events."""

import sqlite3
from collections.abc import Collection
from typing import Final

FACETS: Final = (
    "type",
    "modality",
    "level",
    "corroboration",
    "outlet",
    "place",
    "year",
)
"""Columns whose values are counted beside a search; `level` is what its origin could know."""

TABLE_SQL: Final = """
CREATE TABLE claim_facet (
  key INTEGER PRIMARY KEY, type TEXT, modality TEXT, level TEXT, corroboration TEXT,
  outlet TEXT, place TEXT, year TEXT, earliest TEXT, latest TEXT, event_id TEXT);
CREATE TABLE event_outlet (
  event_key INTEGER NOT NULL, outlet TEXT NOT NULL, PRIMARY KEY (event_key, outlet)) WITHOUT ROWID;
"""
"""Keys are those of the claim's and the event's own rows; times are those of a claim's own words."""

# The last one gives the most told events that fit a filter without reading those that do not.
INDEXES_SQL: Final = """
CREATE INDEX event_outlet_outlet ON event_outlet (outlet, event_key);
CREATE INDEX event_told ON event (
  n_pages DESC, id, earliest, latest, type, corroboration, dispute, place_lat, place_lon);
""" + "\n".join(
    f"CREATE INDEX claim_facet_{name} ON claim_facet ({name});" for name in (*FACETS, "earliest")
)

_COLUMNS: Final = (
    "SELECT claim.key, claim.type, claim.modality, claim_link.origin_level, "
    "event.corroboration, document.outlet, "
    "ifnull(resolved_claim.places_0_name, resolved_claim.places_0_as_written), "
    "substr(ifnull(resolved_claim.time_earliest, resolved_claim.time_latest), 1, 4), "
    "resolved_claim.time_earliest, resolved_claim.time_latest, event.id FROM claim "
    "LEFT JOIN document ON document.id = claim.document_id "
    "LEFT JOIN resolved_claim ON resolved_claim.id = claim.id "
    "LEFT JOIN claim_link ON claim_link.id = claim.id "
    "LEFT JOIN event ON event.id = claim_link.event_id"
)

_OUTLETS: Final = (
    "SELECT DISTINCT event.key, document.outlet FROM event "
    "JOIN claim_link ON claim_link.event_id = event.id "
    "JOIN document ON document.id = claim_link.document_id WHERE document.outlet IS NOT NULL"
)


def fill(db: sqlite3.Connection, units: Collection[str]) -> None:
    """Make the rows anew of claims that these units hold, or say more of."""
    db.execute("CREATE TEMP TABLE IF NOT EXISTS changed_unit (unit TEXT PRIMARY KEY) WITHOUT ROWID")
    db.execute("DELETE FROM changed_unit")
    db.executemany("INSERT INTO changed_unit VALUES (?)", ((unit,) for unit in sorted(units)))
    changed = "IN (SELECT unit FROM changed_unit)"
    where = (
        f"claim.unit {changed} OR claim.id IN (SELECT id FROM claim_link WHERE unit {changed})"
        f" OR claim.document_id IN (SELECT id FROM document WHERE unit {changed})"
    )
    db.execute(f"INSERT OR REPLACE INTO claim_facet {_COLUMNS} WHERE {where}")
    events = (
        f"event.unit {changed} OR event.id IN (SELECT event_id FROM claim_link WHERE document_id "
        f"IN (SELECT id FROM document WHERE unit {changed}))"
    )
    db.execute(
        f"DELETE FROM event_outlet WHERE event_key IN (SELECT key FROM event WHERE {events})"
    )
    db.execute(f"INSERT INTO event_outlet {_OUTLETS} AND ({events})")


def fill_all(db: sqlite3.Connection) -> None:
    """The same for every claim of a new edition."""
    db.execute(f"INSERT INTO claim_facet {_COLUMNS}")
    db.execute(f"INSERT INTO event_outlet {_OUTLETS} ORDER BY 1, 2")
