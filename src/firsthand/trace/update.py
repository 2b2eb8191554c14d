"""The corpus part of trace: what changed in, the rows to replace out.

A full run is an update from nothing. Rows of pages are kept under the page, those of reports,
named sources and outlets' furniture under their own ids. Documents whose evidence moved are
worked through anew together with the documents they share words with; circles are looked for in
a few columns of the whole lineage.
"""

from collections.abc import Collection

from firsthand.model.document import Document
from firsthand.model.lineage import Credit, RepeatedFurniture
from firsthand.model.page import Page
from firsthand.model.reuse import BlockPrints, Body, Fingerprints, OutletFurniture
from firsthand.stage import AtHand, Change, Context, Delta, Tables
from firsthand.trace.at_hand import THIN, few
from firsthand.trace.bodies import read_bodies
from firsthand.trace.partial import update_some
from firsthand.trace.repetition import Repetition, outlet_unit, update_repetition
from firsthand.trace.rows import UnitRows, rows_by_unit
from firsthand.trace.search import Found, known_pile, search
from firsthand.trace.whole import NewPile, write_furniture
from firsthand.trace.workshop import Workshop, by_field


def update(tables: Tables, change: Change, context: Context) -> Delta:
    """The rows of every unit for which something may differ from what the tables hold."""
    settings = context.settings.trace
    changed = change.of(Page, Document, Credit, Fingerprints, BlockPrints)
    present = _present(tables, changed)
    rows = UnitRows(tables, changed)
    for unit in changed - present:
        rows.drop(unit)
    asked = AtHand(tables, THIN)
    known = known_pile(asked)
    repetition = update_repetition(asked if known else tables, changed)
    moved = _furniture_moved(tables, repetition)
    _write_outlets(rows, repetition)
    for page in moved - present:
        write_furniture(rows, repetition, page)
    if not known:
        return Delta({}, later=NewPile(tables, repetition, settings, present).portions(rows))
    for page in present:
        write_furniture(rows, repetition, page)
    bodies = read_bodies(tables, present | moved, repetition.pages)
    found = search(asked, changed | moved, bodies, settings.max_documents)
    _write_bodies(tables, rows, found, present)
    workshop = Workshop(tables, repetition.pages, settings)
    update_some(asked, rows, workshop, found, changed, changed - present)
    return rows.delta()


def _present(tables: Tables, changed: frozenset[str]) -> frozenset[str]:
    """The pages that are there, of those that are or were."""
    known = tables.by_unit(BlockPrints, changed) if few(changed) else tables.units(BlockPrints)
    return changed & frozenset(known)


def _furniture_moved(tables: Tables, repetition: Repetition) -> set[str]:
    """The pages whose furniture by repetition is not what the table says."""
    before = rows_by_unit(tables, RepeatedFurniture, repetition.pages.keys())
    return {
        page
        for page, ranges in repetition.pages.items()
        if ranges != (before[page][0].ranges if page in before else ())
    }


def _write_outlets(rows: UnitRows, repetition: Repetition) -> None:
    for name, furniture in repetition.outlets.items():
        rows.redo(OutletFurniture, outlet_unit(name), [furniture] if furniture else [])


def _write_bodies(tables: Tables, rows: UnitRows, found: Found, present: Collection[str]) -> None:
    """Bodies of changed pages, and of pages where a document stands for another than before."""
    by_page = by_field(found.bodies.values(), "page_id")
    partial = by_page.keys() - present
    old = rows_by_unit(tables, Body, partial)
    for page in {*by_page, *present}:
        fresh = by_page.get(page, [])
        known = {body.document_id for body in fresh}
        kept = [body for body in old.get(page, ()) if body.document_id not in known]
        rows.redo(Body, page, [*fresh, *kept])
