"""What changed in, the rows to replace out; a full run is an update from nothing.

Claims hang together where they are copies, share an event or a statement, or answer a forecast.
Everything said of a claim follows from its component alone, so an update links anew exactly the
components that changed claims, changed lineage, or a new pair touches. Components inside one
page are kept under that page, others under their smallest claim.
"""

from collections.abc import Collection
from typing import Final

from firsthand.link.aggregate import origin_rows
from firsthand.link.at_hand import THIN
from firsthand.link.days import first_day
from firsthand.link.quotations import altered_rows
from firsthand.link.rules import rules_of
from firsthand.link.said_by import (
    EDGE_PREFIX,
    credited_sources,
    edge_rows,
    heard_now,
    node_rows,
    sources_in,
    sources_now,
    speakers_like,
)
from firsthand.link.seen import OWN, lineage_change
from firsthand.link.whole import PAGE_PREFIX, Linked, Net, link_whole
from firsthand.link.wordings import wording_rows
from firsthand.link.work import Work, beside, last_published, touched
from firsthand.model.lineage import Derivation, Node, Passage
from firsthand.model.linking import ClaimFacts, Decision, PileDates, Placed, SaidBy
from firsthand.model.record import Record
from firsthand.stage import AtHand, Change, Context, Delta, Tables

DATES_UNIT: Final = "l:dates"


def update(tables: Tables, change: Change, context: Context) -> Delta:
    """The rows of every unit for which something may differ from what the tables hold."""
    if tables.units(PileDates):
        tables = AtHand(tables, THIN)
    event_km = context.settings.link.event_km
    rules = rules_of(tables.rows(Decision))
    fresh = not tables.units(PileDates)
    units, moved = lineage_change(tables, change.of(Passage, Derivation), fresh=fresh)
    units.update(_speakers(tables, change, fresh=fresh))
    wordings = wording_rows(tables, change, fresh=fresh)
    units.update(wordings)
    units.update(altered_rows(tables, change, wordings, fresh=fresh))
    if fresh:
        last = last_published(tables)
        units[DATES_UNIT] = [PileDates(last=last)]
        return Delta(units, link_whole(tables, last, event_km, rules))
    work = touched(tables, change.of(ClaimFacts, Decision), moved, event_km, rules)
    if not work.idle:
        units.update(_linked(tables, work, event_km))
    return Delta({unit: units[unit] for unit in sorted(units)})


def _linked(tables: Tables, work: Work, event_km: float) -> dict[str, list[Record]]:
    """Components of the claims at hand, each linked, by the units they are kept under."""
    made = link_all(work, event_km)
    pages = {one.unit for one in made if one.unit.startswith(PAGE_PREFIX)} - work.replaced
    if pages:
        more = beside(tables, work, pages)
        made += link_all(more, event_km)
        work.replaced |= more.replaced
    units: dict[str, list[Record]] = {unit: [] for unit in sorted(work.replaced)}
    for one in sorted(made, key=lambda one: one.first):
        units.setdefault(one.unit, []).extend(one.rows)
    gone = [row for some in tables.by_unit(Placed, work.replaced).values() for row in some]
    rows = [row for one in made for row in one.rows]
    units.update(origin_rows(tables, rows, gone, work.replaced))
    if work.last_changed:
        units[DATES_UNIT] = [PileDates(last=work.last)]
    return units


def link_all(work: Work, event_km: float) -> list[Linked]:
    """All components of the claims at hand, each linked."""
    net = Net(work.views, work.lineage, event_km, work.rules)
    return list(net.link(net.groups, work.views, first_day(work.last)))


def _speakers(tables: Tables, change: Change, *, fresh: bool) -> dict[str, list[Record]]:
    """Edges from changed pages to whom they quote, and the nodes of those."""
    pages = frozenset(tables.units(SaidBy)) if fresh else change.of(SaidBy)
    sources = {u for u in change.of(Node) if not u.startswith(OWN)}
    if not pages and not sources:
        return {}
    heard = tables.by_unit(SaidBy, pages) if pages else {}
    units: dict[str, list[Record]] = {}
    wanted = {row.node_id for rows in heard.values() for row in rows}
    for page in sorted(pages):
        unit, rows = edge_rows(page, heard.get(page, ()))
        units[unit] = rows
    if fresh:
        found = [(r.node_id, r.name, r.node_kind) for rows in heard.values() for r in rows]
        known = credited_sources(sources_in(tables.rows(Node)))
        return units | node_rows(found, wanted, known)
    wanted |= _heard_before(tables, pages) | speakers_like(tables, sources)
    if not wanted:
        return units
    known = credited_sources(sources_now(tables))
    return units | node_rows(heard_now(tables, wanted), wanted, known)


def _heard_before(tables: Tables, pages: Collection[str]) -> set[str]:
    """The speakers that changed pages gave words of when they were last read."""
    before = tables.by_unit(Derivation, {EDGE_PREFIX + page for page in pages})
    return {row.source for rows in before.values() for row in rows}
