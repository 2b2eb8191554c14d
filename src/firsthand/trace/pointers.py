"""Pointers: which documents name another, by address, title, or outlet and day."""

from collections.abc import Collection
from typing import Final

import pyarrow as pa

from firsthand.stage import Tables
from firsthand.trace.columns import numbers, strings, unit_table
from firsthand.trace.suppositions import ALONE, LONG_WINDOW_DAYS, MOST_CANDIDATES, WINDOW_DAYS

POINTING: Final = """
    SELECT document_id, unit, UNNEST(link_keys) AS k FROM fingerprints
    UNION ALL
    SELECT document_id, unit, UNNEST(report_keys) AS k FROM fingerprints
"""
NAMES: Final = """
    SELECT document_id, unit, UNNEST(address_keys) AS k FROM fingerprints
    UNION ALL
    SELECT document_id, unit, title_key AS k FROM fingerprints WHERE title_key <> 0
"""
_PAIRS: Final = """
WITH pointing AS ({pointing}), names AS ({names}),
several AS (SELECT k FROM names GROUP BY k HAVING COUNT(*) > {most})
SELECT DISTINCT p.document_id AS one, p.unit AS one_unit, n.document_id AS other, n.unit AS other_unit
FROM pointing AS p JOIN names AS n ON p.k = n.k
LEFT JOIN several AS s ON n.k = s.k
WHERE s.k IS NULL AND p.document_id <> n.document_id {where}
ORDER BY one, other
"""
_SOME: Final = "AND (p.unit IN (SELECT unit FROM wanted) OR n.unit IN (SELECT unit FROM wanted))"
_POINTING_AT: Final = """
SELECT DISTINCT p.unit FROM ({pointing}) AS p JOIN probes AS q ON p.k = q.k ORDER BY p.unit
"""
_SAME_REPORT: Final = """
WITH r AS (SELECT unit, UNNEST(report_keys) AS k FROM fingerprints)
SELECT DISTINCT x.unit AS one, y.unit AS other
FROM r AS x JOIN r AS y ON x.k = y.k
WHERE x.unit IN (SELECT unit FROM wanted) AND x.unit <> y.unit
ORDER BY one, other
"""
_REPORT_KEYS: Final = """
WITH r AS (SELECT unit, UNNEST(report_keys) AS k FROM fingerprints)
SELECT k, unit FROM r ORDER BY k, unit
"""
_DAYS: Final = """
WITH {concerned}
cited_by AS (
    SELECT c.document_id, c.unit, c.k
    FROM (SELECT document_id, unit, UNNEST(cited) AS k FROM fingerprints) AS c {known}
),
called_by AS (
    SELECT c.document_id, c.unit, c.k
    FROM (SELECT document_id, unit, UNNEST(called) AS k FROM fingerprints) AS c {known}
),
dated AS (
    SELECT d.document_id, d.unit,
           DATE_DIFF('day', DATE '0001-01-01', TRY_CAST(LEFT(d.published, 10) AS DATE)) + 1 AS day
    FROM document AS d
    WHERE LENGTH(d.published) >= 10 AND NOT CONTAINS(d.published, '/')
),
citing AS (
    SELECT document_id, unit, k, day AS said, day - back AS day
    FROM (
        SELECT c.document_id, c.unit, c.k, d.day FROM cited_by AS c
        JOIN dated AS d ON d.unit = c.unit AND d.document_id = c.document_id
        WHERE d.day IS NOT NULL
    ), RANGE({long} + 1) AS days (back)
),
called AS (
    SELECT c.document_id, c.unit, c.k, d.day FROM called_by AS c
    JOIN dated AS d ON d.unit = c.unit AND d.document_id = c.document_id
    WHERE d.day IS NOT NULL
),
daily AS (SELECT k, day, COUNT(*) AS reports FROM called GROUP BY k, day),
few AS (
    SELECT w.k, w.said,
           CASE WHEN SUM(n.reports) <= {alone} THEN {long} ELSE {window} END AS reach
    FROM (SELECT DISTINCT k, said, day FROM citing) AS w
    JOIN daily AS n ON n.k = w.k AND n.day = w.day
    GROUP BY w.k, w.said
    HAVING SUM(n.reports) <= {alone}
        OR SUM(CASE WHEN w.said - w.day <= {window} THEN n.reports ELSE 0 END) <= {most}
)
"""
_CONCERNED: Final = """
concerned AS (
    SELECT UNNEST(cited) AS k FROM fingerprints WHERE unit IN (SELECT unit FROM wanted)
    UNION
    SELECT UNNEST(called) AS k FROM fingerprints WHERE unit IN (SELECT unit FROM wanted)
),
"""
"""The names by which some pages call others or are called: no other name matters to them."""
_ASKED: Final = "concerned AS (SELECT DISTINCT k FROM probes),"
_KNOWN: Final = "SEMI JOIN concerned AS n ON c.k = n.k"
_NEARBY: Final = """
{days}
SELECT DISTINCT p.document_id AS one, p.unit AS one_unit, n.document_id AS other, n.unit AS other_unit
FROM citing AS p
JOIN few AS f ON f.k = p.k AND f.said = p.said
JOIN called AS n ON n.k = p.k AND n.day = p.day
WHERE p.document_id <> n.document_id AND p.said - p.day <= f.reach {where}
ORDER BY one, other
"""
_CITING: Final = """
{days}
SELECT DISTINCT c.unit
FROM citing AS c
JOIN probes AS q ON c.k = q.k AND c.day = q.day
LEFT JOIN few AS f ON f.k = c.k AND f.said = c.said
LEFT JOIN (
    SELECT w.k, w.said FROM (SELECT DISTINCT k, said, day FROM citing) AS w
    JOIN daily AS n ON n.k = w.k AND n.day = w.day GROUP BY w.k, w.said
) AS meant ON meant.k = c.k AND meant.said = c.said
WHERE f.k IS NOT NULL OR meant.k IS NULL
ORDER BY c.unit
"""
"""Where too many reports are meant before and after, nothing changes; where none is now, it may."""

Pointer = tuple[str, str, str, str]
"""Document and page that point, document and page pointed at."""


def find_pointers(tables: Tables, pages: Collection[str] | None, most: int) -> list[Pointer]:
    """Who points at whom, of all pages or where one of some pages is concerned.

    An address or title that more than `most` documents carry names none of them. A credit that
    names an outlet points at its reports of those days, where they are few, or at its only one of
    the weeks before.
    """
    where = "" if pages is None else _SOME
    given = {} if pages is None else {"wanted": unit_table(pages)}
    days = _days("" if pages is None else _CONCERNED)
    found: set[Pointer] = set()
    for sql in (
        _PAIRS.format(pointing=POINTING, names=NAMES, most=most, where=where),
        _NEARBY.format(days=days, where=where),
    ):
        table = tables.query(sql, **given)
        columns = [strings(table, name) for name in ("one", "one_unit", "other", "other_unit")]
        found.update(zip(*columns, strict=True))
    return sorted(found)


def _days(concerned: str, further: int = 0) -> str:
    """The credits and names by day; of all documents, or those with a name that matters.

    `further`: reports beyond the most there may be that are let pass.
    """
    return _DAYS.format(
        window=WINDOW_DAYS,
        long=LONG_WINDOW_DAYS,
        concerned=concerned,
        known=_KNOWN if concerned else "",
        most=MOST_CANDIDATES + further,
        alone=ALONE + further,
    )


def pages_citing(tables: Tables, names: Collection[tuple[int, int]], changed: int) -> set[str]:
    """The pages that credit one of some outlets, given as hashed name and day, in those days.

    Only where the outlet has few reports of those days, now or before `changed` of them came or
    went: a credit that may mean one of many means none.
    """
    known = sorted(names)
    probes = pa.table(
        {
            "k": pa.array([name for name, _ in known], pa.int64()),
            "day": pa.array([day for _, day in known], pa.int64()),
        }
    )
    sql = _CITING.format(days=_days(_ASKED, changed))
    return set(strings(tables.query(sql, probes=probes), "unit"))


def pages_pointing_at(tables: Tables, names: Collection[int]) -> set[str]:
    """The pages with a link or credit to one of some addresses or titles."""
    probes = pa.table({"k": pa.array(sorted(names), pa.int64())})
    found = tables.query(_POINTING_AT.format(pointing=POINTING), probes=probes)
    return set(strings(found, "unit"))


def pages_naming_same_report(tables: Tables, pages: Collection[str]) -> set[str]:
    """The pages whose credits give an address or title that credits of some pages give too."""
    return set(strings(tables.query(_SAME_REPORT, wanted=unit_table(pages)), "other"))


def pages_by_report(tables: Tables) -> list[list[str]]:
    """The pages that name each report by one address or title, for those that several name."""
    table = tables.query(_REPORT_KEYS)
    groups: dict[int, list[str]] = {}
    for key, unit in zip(numbers(table, "k").tolist(), strings(table, "unit"), strict=True):
        groups.setdefault(key, []).append(unit)
    return [units for units in groups.values() if len(units) > 1]
