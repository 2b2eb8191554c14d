"""The lineage of a new pile, worked through in groups of pages that evidence runs between."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TypeVar

from firsthand.model.lineage import Passage
from firsthand.stage import Tables
from firsthand.trace.lineage import group_reports
from firsthand.trace.pointers import Pointer, find_pointers, pages_by_report
from firsthand.trace.rows import UnitRows
from firsthand.trace.scope import Islands
from firsthand.trace.search import Found
from firsthand.trace.workshop import Workshop, Writer, by_field

T = TypeVar("T")

Pair = tuple[int, int]


def update_everything(
    tables: Tables, rows: UnitRows, workshop: Workshop, found: Found, pages: Collection[str]
) -> None:
    """The rows of all pages of a new pile."""
    page_of = {body.key: body.page_id for body in found.bodies.values()}
    pointers = find_pointers(tables, None, workshop.settings.max_documents)
    chunks = _chunks(tables, pages, [(page_of[a], page_of[b]) for a, b in found.pairs], pointers)
    chunk_of = {page: number for number, chunk in enumerate(chunks) for page in chunk}
    pairs = _split(found.pairs, lambda pair: chunk_of[page_of[pair[0]]])
    pointed = _split(pointers, lambda pointer: chunk_of[pointer[1]])
    writer = Writer(tables, rows)
    for number, chunk in enumerate(chunks):
        _work_through(workshop.another(), writer, chunk, pairs[number], pointed[number])
    writer.finish(None)


def _chunks(
    tables: Tables,
    pages: Collection[str],
    pairs: Iterable[tuple[str, str]],
    pointers: Iterable[Pointer],
) -> list[list[str]]:
    islands = Islands(pages)
    for one, other in pairs:
        islands.join(one, other)
    for _, one, _, other in pointers:
        islands.join(one, other)
    for named in pages_by_report(tables):
        for page in named[1:]:
            islands.join(named[0], page)
    return list(islands.chunks())


def _split(items: Iterable[T], number: Callable[[T], int]) -> defaultdict[int, list[T]]:
    found: defaultdict[int, list[T]] = defaultdict(list)
    for item in items:
        found[number(item)].append(item)
    return found


def _work_through(
    workshop: Workshop,
    writer: Writer,
    pages: Sequence[str],
    pairs: Sequence[Pair],
    pointers: Sequence[Pointer],
) -> None:
    workshop.load(pages)
    passages = workshop.align(pairs)
    hood = workshop.neighbourhood(passages, pointers)
    by_page = by_field(passages, "page_a")
    for page in pages:
        writer.rows.redo(Passage, page, by_page.get(page, []))
    writer.write(hood, group_reports(hood, hood.articles), set(pages), {})
