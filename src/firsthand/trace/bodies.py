"""Bodies: what takes part in the search for shared text, in columns for a pile, in rows for a few."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from firsthand.model.document import Document
from firsthand.model.record import Range
from firsthand.model.reuse import Body, Fingerprints
from firsthand.stage import Tables
from firsthand.trace.at_hand import rows_of_few
from firsthand.trace.candidates import Held
from firsthand.trace.columns import flat, lists, numbers, strings, unit_table
from firsthand.trace.dates import interval
from firsthand.trace.words import Numbers

UNDATED: Final = 10**7
"""The ordinal of a day after all others."""
_PLACES: Final = 32
"""Bits for a place in a text, where a document and a place are told by one number."""

_ABOUT: Final = """
SELECT f.unit, f.document_id, f.key, f.address_keys, f.title_key, f.called, f.cited,
       f.link_keys, f.report_keys, f.hashes, f.rights, f.starts, d.published
FROM fingerprints AS f JOIN wanted AS w ON f.unit = w.unit
JOIN document AS d ON d.unit = f.unit AND d.document_id = f.document_id
"""


@dataclass(frozen=True)
class Bodies:
    """The documents of some pages in columns, in no order."""

    document_ids: list[str]
    pages: list[str]
    keys: Numbers
    days: Numbers
    """First day each may have been published."""
    names: list[tuple[int, ...]]
    called: list[tuple[int, ...]]
    cited: list[tuple[int, ...]]
    points: list[tuple[int, ...]]
    bounds: Numbers
    """Where the fingerprints of each document begin in the next two, and where the last end."""
    hashes: Numbers
    """Fingerprints outside all furniture."""
    rights: Numbers

    def __len__(self) -> int:
        return len(self.document_ids)

    @property
    def sizes(self) -> dict[int, int]:
        """How many fingerprints each document has, by key."""
        return dict(zip(self.keys.tolist(), np.diff(self.bounds).tolist(), strict=True))

    def held(self) -> Held:
        """Who holds which fingerprint."""
        lengths = np.diff(self.bounds)
        return Held(
            self.hashes, self.rights, np.repeat(self.keys, lengths), np.repeat(self.days, lengths)
        )

    def columns(self, copies: Mapping[int, int]) -> pa.Table:
        """What questions about groups of copies ask for."""
        copy_of = [copies.get(key) for key in self.keys.tolist()]
        return pa.table(
            {
                "key": pa.array(self.keys, pa.int64()),
                "day": pa.array(self.days, pa.int64()),
                "called": pa.array(self.called, pa.list_(pa.int64())),
                "cited": pa.array(self.cited, pa.list_(pa.int64())),
                "names": pa.array(self.names, pa.list_(pa.int64())),
                "points": pa.array(self.points, pa.list_(pa.int64())),
                "copy_of": pa.array(copy_of, pa.int64()),
            }
        )

    def rows(
        self,
        copies: Mapping[int, int] | None = None,
        leads: Mapping[int, int | None] | None = None,
        chosen: Iterable[int] | None = None,
    ) -> Iterator[Body]:
        """The records of all, or of those given by place."""
        for at in range(len(self)) if chosen is None else chosen:
            low, high = int(self.bounds[at]), int(self.bounds[at + 1])
            key = int(self.keys[at])
            order = low + self.hashes[low:high].argsort(kind="stable")
            yield Body(
                document_id=self.document_ids[at],
                page_id=self.pages[at],
                key=key,
                hashes=tuple(self.hashes[order].tolist()),
                rights=tuple(self.rights[order].tolist()),
                names=self.names[at],
                called=self.called[at],
                cited=self.cited[at],
                points=self.points[at],
                day=int(self.days[at]),
                copy_of=(copies or {}).get(key),
                lead=(leads or {}).get(key),
            )


def read_bodies(
    tables: Tables, pages: Collection[str], furniture: Mapping[str, tuple[Range, ...]]
) -> Bodies:
    """The bodies of some pages' documents: fingerprints outside all furniture."""
    given = rows_of_few(tables, pages, Fingerprints, Document)
    table = tables.query(_ABOUT, wanted=unit_table(pages), **given)
    units = strings(table, "unit")
    rows, hashes = flat(table, "hashes")
    outside = _outside(rows, flat(table, "starts")[1], units, furniture)
    lengths = np.bincount(rows[outside], minlength=len(units))
    names = zip(lists(table, "address_keys"), numbers(table, "title_key").tolist(), strict=True)
    points = zip(lists(table, "link_keys"), lists(table, "report_keys"), strict=True)
    return Bodies(
        document_ids=strings(table, "document_id"),
        pages=units,
        keys=numbers(table, "key"),
        days=np.array([_first_day(day) for day in strings(table, "published")], np.int64),
        names=[tuple(sorted({*addresses, title} - {0})) for addresses, title in names],
        called=[tuple(keys) for keys in lists(table, "called")],
        cited=[tuple(keys) for keys in lists(table, "cited")],
        points=[tuple(sorted({*linked, *credited})) for linked, credited in points],
        bounds=np.concatenate(([0], np.cumsum(lengths))),
        hashes=hashes[outside].astype(np.int64, copy=False),
        rights=flat(table, "rights")[1][outside].astype(np.int64, copy=False),
    )


def _first_day(published: str | None) -> int:
    days = interval(published)
    return days[0] if days else UNDATED


def _outside(
    rows: Numbers, starts: Numbers, units: list[str], furniture: Mapping[str, tuple[Range, ...]]
) -> Numbers:
    """The fingerprints that start outside their pages' furniture, by place."""
    marks = [
        (row << _PLACES) + at
        for row, unit in enumerate(units)
        for mark in furniture.get(unit, ())
        for at in (mark.start, mark.end)
    ]
    places = (rows.astype(np.int64) << np.int64(_PLACES)) + starts.astype(np.int64)
    # Ranges of a page do not overlap: after an odd number of marks one is inside.
    return np.flatnonzero(np.searchsorted(np.array(marks, np.int64), places, side="right") % 2 == 0)
