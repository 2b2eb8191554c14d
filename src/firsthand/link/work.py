"""Which claims an update links anew: those that changed, and the components they touch."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import pyarrow as pa

from firsthand.link.candidates import worth_comparing
from firsthand.link.columns import column_of, strings
from firsthand.link.lineage import Lineage, lineage_of, twins
from firsthand.link.marks import Glance
from firsthand.link.pairs import Comparer, find_pairs
from firsthand.link.rules import Rules
from firsthand.link.seen import Pair
from firsthand.link.tellings import stand_ins
from firsthand.link.views import View, view_of
from firsthand.model.linking import ClaimFacts, PileDates, Placed
from firsthand.stage import Tables

UNITS_OF_PAGES: Final = "SELECT DISTINCT unit FROM placed WHERE page_id IN (SELECT page FROM pages)"
UNITS_OF_CLAIMS: Final = (
    "SELECT DISTINCT unit FROM placed WHERE claim_id IN (SELECT claim FROM claims)"
)
PLACED: Final = (
    "SELECT DISTINCT unit, document_id FROM placed "
    "WHERE document_id IN (SELECT document FROM documents)"
)
PAGES: Final = (
    "SELECT DISTINCT page_id FROM claim_facts WHERE document_id IN (SELECT document FROM documents)"
)
NEAR: Final = (
    "SELECT DISTINCT probe.claim, k.claim_id FROM "
    "(SELECT claim_id, UNNEST(keys) AS key FROM claim_facts) AS k JOIN probe ON k.key = probe.key"
)
GLANCES: Final = (
    'SELECT claim_id, page_id, document_id, outlet, sentence, start, "end", title, incident, '
    "earliest, latest, published, type, modality, kin, in_event, denies, origin_key, marks "
    "FROM claim_facts WHERE claim_id IN (SELECT claim FROM claims) AND NOT rejected"
)
COPIES: Final = (
    "SELECT claim_id FROM placed "
    "WHERE stand_in IS NOT NULL AND claim_id IN (SELECT claim FROM claims)"
)
LAST_DAY: Final = "SELECT MAX(published_latest) AS last FROM claim_facts"
OPEN: Final = (
    "SELECT DISTINCT unit FROM forecast WHERE verdict IN ('pending', 'cannot_be_scored') "
    "AND deadline IS NOT NULL"
)


@dataclass
class Work:
    """The claims to link anew, the units that held them, and the lineage they stand in."""

    views: dict[str, View] = field(default_factory=dict)
    replaced: set[str] = field(default_factory=set)
    lineage: Lineage = field(default_factory=lambda: Lineage((), {}))
    last: str | None = None
    last_changed: bool = False
    read: dict[str, dict[str, ClaimFacts]] = field(default_factory=dict)
    """Pages read so far in this update, with their claims by id."""
    seen: dict[str, View] = field(default_factory=dict)
    """Claims of those pages that were looked at."""
    rules: Rules = field(default_factory=Rules)
    copies: set[str] = field(default_factory=set)
    """Claims that another one stood for when they were last linked."""

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do."""
        return not self.views and not self.replaced and not self.last_changed


def last_published(tables: Tables) -> str | None:
    """The last day on which any page of the pile may have been published."""
    found: str | None = tables.query(LAST_DAY).column("last")[0].as_py()
    return found


def touched(
    tables: Tables,
    changed: Collection[str],
    moved: Collection[Pair],
    event_km: float,
    rules: Rules,
) -> Work:
    """The claims of changed pages, of components that held them, and of those that now join.

    `moved` are pairs of documents of which lineage says something else than before.
    """
    work = Work(rules=rules)
    (before,) = tables.rows(PileDates) or [PileDates(last=None)]
    work.last = last_published(tables)
    work.last_changed = work.last != before.last
    if work.last_changed:
        _take(tables, work, _column(tables, OPEN, "unit"))
    if not changed and not moved:
        return _with_lineage(tables, work)
    new = _views(tables, work, changed)
    work.views.update(new)
    units = _column(tables, UNITS_OF_PAGES, "unit", pages=("page", changed)) if changed else set()
    _take(tables, work, units | _parted(tables, moved))
    linked = _copied_anew(tables, work, changed, moved)
    _take(tables, work, _column(tables, UNITS_OF_CLAIMS, "unit", claims=("claim", linked)))
    linked = rules.beside(new.keys())
    fresh = _compared_anew(tables, work, new.keys())
    if fresh:
        linked |= _linked_outside(tables, work, fresh, event_km)
    _take(tables, work, _column(tables, UNITS_OF_CLAIMS, "unit", claims=("claim", linked)))
    return _with_lineage(tables, work)


def _parted(tables: Tables, moved: Collection[Pair]) -> set[str]:
    """The units that hold claims of both documents of a pair of which lineage changed."""
    if not moved:
        return set()
    documents = {document for pair in moved for document in pair}
    found = tables.query(PLACED, documents=column_of("document", documents))
    units: dict[str, set[str]] = {}
    for unit, document in zip(strings(found, "unit"), strings(found, "document_id"), strict=True):
        units.setdefault(document, set()).add(unit)
    both = [units.get(one, set()) & units.get(other, set()) for one, other in moved]
    return set().union(*both)


def _copied_anew(
    tables: Tables, work: Work, changed: Collection[str], moved: Collection[Pair]
) -> set[str]:
    """Claims outside the work in a pair of copies that may be new."""
    documents = {document for pair in moved for document in pair}
    pages = set(changed)
    if documents:
        pages |= _column(tables, PAGES, "page_id", documents=("document", documents))
    if not pages:
        return set()
    lineage = lineage_of(tables, pages, documents)
    ranges = tuple(
        shared
        for shared in lineage.ranges
        if shared.page_a in changed
        or shared.page_b in changed
        or tuple(sorted((shared.document_a, shared.document_b))) in moved
    )
    views = _views(tables, work, {p for shared in ranges for p in (shared.page_a, shared.page_b)})
    lineage = replace(lineage, ranges=ranges)
    copies = twins((views[name] for name in sorted(views)), lineage)
    return {claim for pair in copies for claim in pair} - work.views.keys()


def beside(tables: Tables, work: Work, units: Collection[str]) -> Work:
    """The other claims kept under units that are written anew; they hang on none of the work's."""
    more = Work(last=work.last, read=work.read, seen=work.seen, rules=work.rules)
    _take(tables, more, set(units) - work.replaced)
    more.views = {name: view for name, view in more.views.items() if name not in work.views}
    return _with_lineage(tables, more)


def _with_lineage(tables: Tables, work: Work) -> Work:
    """The same work with what its documents share and were derived from."""
    pages = {view.facts.page_id for view in work.views.values()}
    documents = {view.facts.document_id for view in work.views.values()}
    if pages:
        work.lineage = lineage_of(tables, pages, documents)
    return work


def _column(
    tables: Tables, sql: str, column: str, **given: tuple[str, Collection[str]]
) -> set[str]:
    named = {name: column_of(key, values) for name, (key, values) in given.items()}
    return set(strings(tables.query(sql, **named), column))


def _views(
    tables: Tables, work: Work, pages: Collection[str], claims: Collection[str] | None = None
) -> dict[str, View]:
    """Claims of some pages, of all or of some ids; each page is read once in an update."""
    missing = set(pages) - work.read.keys()
    found = tables.by_unit(ClaimFacts, missing) if missing else {}
    for page in missing:
        work.read[page] = {fact.claim_id: fact for fact in found.get(page, ())}
    wanted = [
        fact
        for page in sorted(pages)
        for name, fact in work.read[page].items()
        if claims is None or name in claims
    ]
    for fact in wanted:
        if fact.claim_id not in work.seen:
            work.seen[fact.claim_id] = view_of(fact)
    return {fact.claim_id: work.seen[fact.claim_id] for fact in wanted}


def _take(tables: Tables, work: Work, units: Collection[str]) -> None:
    """Link the claims of these units anew; claims that are gone are left out."""
    fresh = set(units) - work.replaced
    if not fresh:
        return
    work.replaced |= fresh
    rows = [row for some in tables.by_unit(Placed, fresh).values() for row in some]
    work.copies |= {row.claim_id for row in rows if row.stand_in is not None}
    claims = {row.claim_id for row in rows} - work.views.keys()
    pages = {row.page_id for row in rows if row.claim_id in claims}
    work.views.update(_views(tables, work, pages, claims))


def _compared_anew(tables: Tables, work: Work, new: Collection[str]) -> dict[str, View]:
    """The claims of the work that are compared with others and were not so before.

    Those of changed pages, and those that another copy stood for until now.
    """
    _with_lineage(tables, work)
    copies = twins((work.views[name] for name in sorted(work.views)), work.lineage)
    stands = stand_ins(work.views, work.rules.joined(copies))
    return {
        name: view
        for name, view in work.views.items()
        if name not in stands and (name in new or name in work.copies)
    }


def _linked_outside(
    tables: Tables, work: Work, new: Mapping[str, View], event_km: float
) -> set[str]:
    """Claims outside the work that one of these is linked to, copies aside."""
    keys = [(key, view.id) for view in new.values() for key in view.facts.keys]
    probe = pa.table(
        {
            "key": pa.array([key for key, _ in keys], pa.int64()),
            "claim": pa.array([claim for _, claim in keys], pa.string()),
        }
    )
    near = tables.query(NEAR, probe=probe)
    pairs = [
        (one, other)
        for one, other in zip(strings(near, "claim"), strings(near, "claim_id"), strict=True)
        if other not in work.views
    ]
    outside = column_of("claim", {other for _, other in pairs})
    copies = set(strings(tables.query(COPIES, claims=outside), "claim_id"))
    found = [Glance(*row.values()) for row in tables.query(GLANCES, claims=outside).to_pylist()]
    looks = {look.claim_id: look for look in found if look.claim_id not in copies}
    worth = worth_comparing(
        [(new[one].facts, looks[other]) for one, other in pairs if other in looks]
    )
    pages = {look.claim_id: look.page_id for _, look in worth if isinstance(look, Glance)}
    views = _views(tables, work, set(pages.values()), pages.keys())
    linked = find_pairs(Comparer({**views, **new}, (), event_km), new.keys())
    return {claim for pair in linked.all() for claim in pair} & views.keys()
