"""The rows an update replaces, unit by unit and table by table; what is not redone is kept."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Final, TypeVar

from firsthand.model.lineage import (
    AlteredQuotation,
    Derivation,
    Node,
    Passage,
    RepeatedFurniture,
)
from firsthand.model.record import Record
from firsthand.model.reuse import Body, OutletFurniture, TracedPage
from firsthand.stage import Delta, Tables
from firsthand.trace.at_hand import few

R = TypeVar("R", bound=Record)

WRITES: Final = (
    RepeatedFurniture,
    TracedPage,
    OutletFurniture,
    Body,
    Passage,
    Node,
    Derivation,
    AlteredQuotation,
)
"""The tables of the corpus part."""


_IDS: Final[Mapping[type[Record], str]] = {
    RepeatedFurniture: "page_id",
    TracedPage: "page_id",
    OutletFurniture: "outlet",
    Body: "document_id",
    Passage: "passage_id",
    Node: "node_id",
    Derivation: "derivation_id",
    AlteredQuotation: "altered_id",
}


class UnitRows:
    """New rows by unit; a unit that is replaced keeps its old rows of tables not redone for it."""

    def __init__(self, tables: Tables, changed: Collection[str], *, new: bool = False) -> None:
        """Nothing is redone yet; rows of changed units, and of a new pile, are never taken over."""
        self._tables = tables
        self._changed = frozenset(changed)
        self._is_new = new
        self._new: dict[str, dict[type[Record], list[Record]]] = defaultdict(dict)

    def redo(self, record: type[Record], unit: str, rows: Iterable[Record]) -> None:
        """All rows of one table and unit."""
        self._new[unit][record] = list(rows)

    def drop(self, unit: str) -> None:
        """A unit that has no rows any more."""
        for record in WRITES:
            self._new[unit][record] = []

    def units(self) -> Collection[str]:
        """The units that are replaced."""
        return self._new.keys()

    def delta(self) -> Delta:
        """What the stage replaces, in the order of units, tables and row ids."""
        for record in () if self._is_new else WRITES:
            self._take_over(record)
        return Delta(
            {
                unit: [
                    row
                    for record in WRITES
                    for row in sorted(
                        redone.get(record, ()), key=lambda row: str(getattr(row, _IDS[type(row)]))
                    )
                ]
                for unit, redone in sorted(self._new.items())
            }
        )

    def _take_over(self, record: type[Record]) -> None:
        missing = {unit for unit, redone in self._new.items() if record not in redone}
        known = missing - self._changed
        if not few(known):
            known &= set(self._tables.units(record))
        for unit, rows in rows_by_unit(self._tables, record, known).items():
            self._new[unit][record] = list(rows)


def rows_by_unit(tables: Tables, record: type[R], units: Collection[str]) -> dict[str, list[R]]:
    """The rows that the table holds under some units, by unit."""
    return {unit: list(rows) for unit, rows in tables.by_unit(record, units).items()}
