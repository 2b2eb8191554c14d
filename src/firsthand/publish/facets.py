"""One narrow row for each claim with all that a search filters and counts by."""

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
  outlet TEXT, place TEXT, year TEXT, earliest TEXT, latest TEXT);
"""
"""`key` is that of the claim's own row; times are those of the claim's own words."""

INDEXES_SQL: Final = "\n".join(
    f"CREATE INDEX claim_facet_{name} ON claim_facet ({name});" for name in (*FACETS, "earliest")
)

_COLUMNS: Final = (
    "SELECT claim.key, claim.type, claim.modality, claim_link.origin_level, "
    "event.corroboration, document.outlet, "
    "ifnull(resolved_claim.places_0_name, resolved_claim.places_0_as_written), "
    "substr(ifnull(resolved_claim.time_earliest, resolved_claim.time_latest), 1, 4), "
    "resolved_claim.time_earliest, resolved_claim.time_latest FROM claim "
    "LEFT JOIN document ON document.id = claim.document_id "
    "LEFT JOIN resolved_claim ON resolved_claim.id = claim.id "
    "LEFT JOIN claim_link ON claim_link.id = claim.id "
    "LEFT JOIN event ON event.id = claim_link.event_id"
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


def fill_all(db: sqlite3.Connection) -> None:
    """The same for every claim of a new edition."""
    db.execute(f"INSERT INTO claim_facet {_COLUMNS}")
