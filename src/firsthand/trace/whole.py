"""The lineage of a new pile, worked through in groups of pages that evidence runs between.

Rows are handed on some pages at a time, so that a large pile is never held whole. Pages that share
nothing with others, most of a large pile, need none of their text.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from firsthand.config import TraceSettings
from firsthand.model.lineage import Passage, RepeatedFurniture
from firsthand.model.record import Record
from firsthand.model.reuse import Body, TracedPage
from firsthand.stage import Tables
from firsthand.trace.bodies import Bodies, read_bodies
from firsthand.trace.lineage import group_reports
from firsthand.trace.pointers import Pointer, find_pointers, pages_by_report
from firsthand.trace.repetition import Repetition
from firsthand.trace.rows import UnitRows
from firsthand.trace.scope import Islands
from firsthand.trace.search import FoundAll, search_all
from firsthand.trace.workshop import Workshop, Writer, by_field, write_sources

T = TypeVar("T")

Pair = tuple[int, int]
Portion = Mapping[str, Sequence[Record]]

LONE_PAGES: Final = 10_000
"""Pages with nothing in common that are worked through at one time, without their texts."""


@dataclass(frozen=True)
class NewPile:
    """All pages there are, and what each of them repeats."""

    tables: Tables
    repetition: Repetition
    settings: TraceSettings
    pages: frozenset[str]

    def portions(self, rest: UnitRows) -> Iterator[Portion]:
        """The rows of all pages, some at a time; last those of `rest` and of named sources."""
        bodies = read_bodies(self.tables, self.pages, self.repetition.pages)
        found = search_all(self.tables, bodies, self.settings.max_documents)
        known = _Known(bodies, found)
        pointers = find_pointers(self.tables, None, self.settings.max_documents)
        page_of = dict(zip(bodies.keys.tolist(), bodies.pages, strict=True))
        chunks = _chunks(self.tables, page_of, found.pairs, pointers)
        chunk_of = {page: number for number, chunk in enumerate(chunks) for page in chunk}
        pairs = _split(found.pairs, lambda pair: chunk_of[page_of[pair[0]]])
        pointed = _split(pointers, lambda pointer: chunk_of[pointer[1]])
        for number, chunk in enumerate(chunks):
            yield self._portion(known, chunk, pairs.pop(number, ()), pointed.pop(number, ()))
        alone = sorted(self.pages - chunk_of.keys())
        for begin in range(0, len(alone), LONE_PAGES):
            yield self._portion(known, alone[begin : begin + LONE_PAGES])
        write_sources(self.tables, rest, None)
        yield rest.delta().units

    def _portion(
        self,
        known: "_Known",
        pages: Sequence[str],
        pairs: Sequence[Pair] = (),
        pointers: Sequence[Pointer] = (),
    ) -> Portion:
        rows = UnitRows(self.tables, pages, new=True)
        workshop = Workshop(self.tables, self.repetition.pages, self.settings)
        workshop.load(pages, texts=bool(pairs or pointers))
        passages = workshop.align(pairs)
        hood = workshop.neighbourhood(passages, pointers)
        by_page = by_field(passages, "page_a")
        for page in pages:
            write_furniture(rows, self.repetition, page)
            rows.redo(Body, page, known.rows(page))
            rows.redo(Passage, page, by_page.get(page, []))
        writer = Writer(self.tables, rows)
        writer.write(hood, group_reports(hood, hood.articles), set(pages), {})
        writer.finish_new()
        return rows.delta().units


class _Known:
    """What is known of the documents of each page after the search."""

    def __init__(self, bodies: Bodies, found: FoundAll) -> None:
        self._bodies = bodies
        self._found = found
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for at, page in enumerate(bodies.pages):
            self._places[page].append(at)

    def rows(self, page: str) -> list[Body]:
        places = self._places.get(page, ())
        return list(self._bodies.rows(self._found.copies, self._found.leads, places))


def write_furniture(rows: UnitRows, repetition: Repetition, page: str) -> None:
    """The furniture of one page, and which outlets it has a say in where that was read anew."""
    ranges = repetition.pages.get(page, ())
    found = [RepeatedFurniture(page_id=page, ranges=ranges)] if ranges else []
    rows.redo(RepeatedFurniture, page, found)
    if page in repetition.traced:
        rows.redo(TracedPage, page, [repetition.traced[page]])


def _chunks(
    tables: Tables,
    page_of: Mapping[int, str],
    pairs: Collection[Pair],
    pointers: Collection[Pointer],
) -> list[list[str]]:
    """The pages that have something in common with another, whole groups to a chunk."""
    reports = pages_by_report(tables)
    tied = {page_of[key] for pair in pairs for key in pair}
    tied.update(page for _, one, _, other in pointers for page in (one, other))
    tied.update(page for named in reports for page in named)
    islands = Islands(tied)
    for a, b in pairs:
        islands.join(page_of[a], page_of[b])
    for _, one, _, other in pointers:
        islands.join(one, other)
    for named in reports:
        for page in named[1:]:
            islands.join(named[0], page)
    return list(islands.chunks())


def _split(items: Iterable[T], number: Callable[[T], int]) -> defaultdict[int, list[T]]:
    found: defaultdict[int, list[T]] = defaultdict(list)
    for item in items:
        found[number(item)].append(item)
    return found
