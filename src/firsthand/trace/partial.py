"""The lineage of a known pile where something changed: the documents whose evidence moved."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from firsthand.model.lineage import Derivation, Passage
from firsthand.stage import Tables
from firsthand.trace.lineage import Neighbourhood, group_reports, one_report
from firsthand.trace.pointers import (
    Pointer,
    find_pointers,
    pages_citing,
    pages_naming_same_report,
    pages_pointing_at,
)
from firsthand.trace.rows import UnitRows, rows_by_unit
from firsthand.trace.scope import (
    known_credited,
    known_credits,
    known_pages,
    known_reports,
    known_sources,
    neighbours,
    partners,
    passages_of,
)
from firsthand.trace.search import Found
from firsthand.trace.workshop import Workshop, Writer, by_field

Around: TypeAlias = tuple[frozenset[str], Sequence[Passage], Sequence[Pointer]]
"""Pages, and the passages and pointers that touch those they were found around."""


@dataclass(frozen=True)
class _Pile:
    """The pile as it is now, for one update."""

    tables: Tables
    workshop: Workshop
    dirty: frozenset[str]
    """Pages all of whose pairs were decided anew; some may be gone."""
    fresh: Sequence[Passage]
    """Their passages as they are now."""
    changed: frozenset[str]
    """Those of them that changed themselves."""
    gone: frozenset[str]
    """Pages that are there no more, which old evidence may still name."""
    asked: set[str] = field(default_factory=set)
    """Pages whose evidence is at hand; nothing of it changes during an update."""
    kept: dict[str, Passage] = field(default_factory=dict)
    pointers: set[Pointer] = field(default_factory=set)

    def _ask(self, pages: Collection[str]) -> None:
        """Have the passages and pointers at hand that touch some pages, as they are now."""
        missing = set(pages) - self.asked
        if not missing:
            return
        for passage in passages_of(self.tables, missing):
            if not {passage.page_a, passage.page_b} & self.dirty:
                self.kept[passage.passage_id] = passage
        most = self.workshop.settings.max_documents
        self.pointers.update(find_pointers(self.tables, missing, most))
        self.asked.update(missing)

    def around(self, pages: Collection[str]) -> Around:
        """Some pages with all they share words with or name, and the evidence between them."""
        self._ask(pages)
        known = (*self.kept.values(), *self.fresh)
        passages = [p for p in known if p.page_a in pages or p.page_b in pages]
        pointers = sorted(p for p in self.pointers if p[1] in pages or p[3] in pages)
        found = partners(passages, pages)
        found |= {page for _, one, _, other in pointers for page in (one, other)}
        return frozenset(found), passages, pointers


def update_some(
    tables: Tables,
    rows: UnitRows,
    workshop: Workshop,
    found: Found,
    changed: Collection[str],
    gone_pages: Collection[str],
) -> None:
    """The rows of every page whose evidence or whose neighbours' evidence moved."""
    before = found.before.values()
    dirty = {body.page_id for body in (*found.bodies.values(), *before)} | set(changed)
    fresh = _align(tables, workshop, found)
    old = passages_of(tables, dirty)
    _rewrite_passages(tables, rows, dirty, fresh, old)
    pile = _Pile(
        tables, workshop, frozenset(dirty), fresh, frozenset(changed), frozenset(gone_pages)
    )
    documents = {body.document_id for body in (*found.bodies.values(), *before)}
    names = {name for body in (*found.bodies.values(), *before) for name in body.names}
    pages = partners([*fresh, *old], dirty) | neighbours(tables, documents)
    called = {
        (name, body.day) for body in (*found.bodies.values(), *before) for name in body.called
    }
    pages |= pages_pointing_at(tables, names) | pages_citing(tables, called, len(documents))
    pages |= pile.around(dirty - pile.gone)[0]
    pages -= pile.gone
    hood, near, reports = _grown(pile, pages)
    for node in reports:
        rows.drop(node)
    gone = {body.document_id for body in before}
    kept = _edges_between_others(tables, hood, pages, near - pages, gone)
    writer = Writer(tables, rows)
    writer.write(hood, group_reports(hood, _documents(hood, pages)), pages, kept)
    writer.finish(known_sources(tables, changed, documents))


def _align(tables: Tables, workshop: Workshop, found: Found) -> list[Passage]:
    page_of = {body.key: body.page_id for body in found.bodies.values()}
    keys = {key for pair in found.pairs for key in pair}
    page_of |= known_pages(tables, keys - page_of.keys())
    workshop.load({page_of[key] for key in keys})
    return workshop.align(found.pairs)


def _rewrite_passages(
    tables: Tables,
    rows: UnitRows,
    dirty: Collection[str],
    fresh: Iterable[Passage],
    old: Iterable[Passage],
) -> None:
    """Passages that touch dirty pages are replaced, the others of the same units kept."""
    by_page = by_field(fresh, "page_a")
    units = {passage.page_a for passage in old} | by_page.keys()
    before = rows_by_unit(tables, Passage, units)
    for unit in units | set(dirty):
        kept = [p for p in before.get(unit, ()) if not {p.page_a, p.page_b} & set(dirty)]
        rows.redo(Passage, unit, [*kept, *by_page.get(unit, ())])


def _grown(pile: _Pile, pages: set[str]) -> tuple[Neighbourhood, frozenset[str], set[str]]:
    """The neighbourhood of pages, which grow until no report reaches beyond them.

    Also gives the pages around them and the report nodes they credited before.
    """
    while True:
        near, _, _ = pile.around(pages)
        outer, passages, pointers = pile.around(near)
        pile.workshop.load(outer - pile.gone)
        hood = pile.workshop.neighbourhood(passages, pointers)
        nodes, reached = known_reports(pile.tables, pages | pile.dirty)
        reached |= pages_naming_same_report(pile.tables, pages) | _one_report_away(hood, pages)
        reached |= _credited_anew(pile, hood, near, passages)
        reached = reached - pile.gone - pages
        if not reached:
            return hood, near, nodes
        pages |= reached


def _credited_anew(
    pile: _Pile, hood: Neighbourhood, pages: Collection[str], passages: Sequence[Passage]
) -> set[str]:
    """Pages that share words with a document that more or fewer others credit than before."""
    documents = _documents(hood, pages)
    before = known_credited(pile.tables, documents)
    flipped = {one for one in documents if before.get(one, 0) != hood.credited.get(one, 0)}
    # What a changed page credits, or did, may show a date that counts no more, or counts again;
    # so may what another page whose pairs were decided anew credits, or did not before.
    old = known_credits(pile.tables, pile.dirty)
    new = {
        (one.derived, one.source, one.basis)
        for one in hood.credits
        if hood.page_of(one.derived) in pile.dirty
    }
    moved = old ^ new
    moved |= {one for one in old | new if _is_changed(pile, hood, one[0])}
    flipped |= {source for _, source, _ in moved} & hood.articles.keys()
    return partners(passages, {hood.page_of(one) for one in flipped})


def _is_changed(pile: _Pile, hood: Neighbourhood, document: str) -> bool:
    """Whether the page of a document changed; one that is not at hand may be gone."""
    return document not in hood.articles or hood.page_of(document) in pile.changed


def _one_report_away(hood: Neighbourhood, pages: Collection[str]) -> set[str]:
    """Pages that credit the same uncaptured report as one of some pages, by the covered text."""
    found: set[str] = set()
    for pair in hood.pairs.values():
        both = {pair.a.page_id, pair.b.page_id}
        if both & set(pages) and not both <= set(pages) and one_report(hood, pair):
            found |= both
    return found


def _documents(hood: Neighbourhood, pages: Collection[str]) -> list[str]:
    return [one.document_id for one in hood.articles.values() if one.page_id in pages]


def _edges_between_others(
    tables: Tables,
    hood: Neighbourhood,
    pages: Collection[str],
    near: Collection[str],
    gone: Collection[str],
) -> dict[str, list[Derivation]]:
    """The edges of nearby pages that touch none of the pages worked through, by unit."""
    touched = {*_documents(hood, pages), *gone}
    return {
        unit: [row for row in found if not {row.derived, row.source} & touched]
        for unit, found in rows_by_unit(tables, Derivation, near).items()
    }
