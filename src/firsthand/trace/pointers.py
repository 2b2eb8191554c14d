"""Pointers: which documents name another by its address or title, in a link or a credit."""

from collections.abc import Collection
from typing import Final

import pyarrow as pa

from firsthand.stage import Tables
from firsthand.trace.columns import numbers, strings, unit_table

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

Pointer = tuple[str, str, str, str]
"""Document and page that point, document and page pointed at."""


def find_pointers(tables: Tables, pages: Collection[str] | None, most: int) -> list[Pointer]:
    """Who points at whom, of all pages or where one of some pages is concerned.

    An address or title that more than `most` documents carry names none of them.
    """
    where = "" if pages is None else _SOME
    sql = _PAIRS.format(pointing=POINTING, names=NAMES, most=most, where=where)
    given = {} if pages is None else {"wanted": unit_table(pages)}
    table = tables.query(sql, **given)
    columns = [strings(table, name) for name in ("one", "one_unit", "other", "other_unit")]
    return list(zip(*columns, strict=True))


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
