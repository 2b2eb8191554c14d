"""Furniture by repetition: blocks that one outlet prints under different articles.

Repetition counts only within one outlet: what two outlets share is evidence, not furniture.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from firsthand.model.record import Range
from firsthand.model.reuse import BlockPrints, OutletFurniture, TracedPage
from firsthand.stage import Tables
from firsthand.trace.at_hand import rows_of_few
from firsthand.trace.columns import distinct, flat, lists, numbers, strings, unit_table
from firsthand.trace.words import MULTIPLIER, Numbers, mix

Flags = npt.NDArray[np.bool_]

OWN_SHARE: Final = 0.5
"""A page less of whose paragraphs is its own prints or re-prints another article of the outlet;
what it repeats is no furniture, so it has no say."""
SHORT_BLOCK: Final = 12
"""A block of up to this many words is a line, not a paragraph: two articles make it furniture."""
SURE_ARTICLES: Final = 3
"""This many articles make any block furniture; two might be one excerpting the other."""
SAME_ARTICLE: Final = 0.3
"""Two articles that share this part of their paragraphs are versions of one."""

_BLOCKS: Final = """
SELECT s.outlet, p.unit, p.article, p.hashes, p.words, p.edges
FROM (SELECT unit, UNNEST(outlets) AS outlet FROM block_prints) AS s
JOIN touched AS t ON s.outlet = t.unit
JOIN block_prints AS p ON p.unit = s.unit
ORDER BY s.outlet, p.unit
"""
_RANGES: Final = """
SELECT p.unit, p.outlets, p.hashes, p.starts, p.ends
FROM block_prints AS p JOIN wanted AS w ON p.unit = w.unit
ORDER BY p.unit
"""
_SEEN: Final = "SELECT t.unit, t.outlets FROM traced_page AS t JOIN wanted AS w ON t.unit = w.unit"
_NOW: Final = "SELECT p.unit, p.outlets FROM block_prints AS p JOIN wanted AS w ON p.unit = w.unit"

OutletBlocks = dict[str, frozenset[int]]


@dataclass(frozen=True)
class Repetition:
    """What an update found: ranges of pages and blocks of outlets; empty and None where gone."""

    pages: dict[str, tuple[Range, ...]]
    outlets: dict[str, OutletFurniture | None]
    traced: dict[str, TracedPage]


@dataclass(frozen=True)
class Blocks:
    """Blocks of pages in columns, a row for each outlet, page and block."""

    page: Numbers
    """Number of the (outlet, page) row."""
    article: Numbers
    block: Numbers
    """Outlet and words of the block, as one number: equal for repeats within an outlet."""
    words: Numbers
    edge: Flags


def update_repetition(tables: Tables, changed: Collection[str]) -> Repetition:
    """Furniture by repetition of every page it may have changed for, given those that changed."""
    wanted = unit_table(changed)
    now = tables.query(_NOW, wanted=wanted, **rows_of_few(tables, changed, BlockPrints))
    traced = {
        unit: TracedPage(page_id=unit, outlets=tuple(names))
        for unit, names in zip(strings(now, "unit"), lists(now, "outlets"), strict=True)
    }
    given = rows_of_few(tables, changed, TracedPage)
    seen = lists(tables.query(_SEEN, wanted=wanted, **given), "outlets")
    touched = {name for names in seen for name in names}
    touched |= {name for page in traced.values() for name in page.outlets}
    before = {
        row.outlet: frozenset(row.hashes)
        for row in tables.rows(OutletFurniture, {outlet_unit(name) for name in touched})
    }
    found, dirty = _outlet_blocks(tables, touched, before)
    pages = _page_ranges(tables, set(traced) | dirty, found)
    outlets = {
        name: OutletFurniture(outlet=name, hashes=tuple(sorted(found[name])))
        if found.get(name)
        else None
        for name in sorted(touched)
        if found.get(name, frozenset()) != before.get(name, frozenset())
    }
    return Repetition(pages=pages, outlets=outlets, traced=traced)


def outlet_unit(name: str) -> str:
    """The unit under which an outlet's repeated blocks are kept."""
    return f"outlet {name}"


def _outlet_blocks(
    tables: Tables, touched: Collection[str], before: Mapping[str, frozenset[int]]
) -> tuple[OutletBlocks, set[str]]:
    """Repeated blocks of the touched outlets, and the pages that hold one that came or went."""
    if not touched:
        return {}, set()
    table = tables.query(_BLOCKS, touched=unit_table(touched))
    names, outlet = np.unique(np.array(strings(table, "outlet"), dtype=object), return_inverse=True)
    page, hashes = flat(table, "hashes")
    blocks = _blocks(table, outlet, page, hashes.astype(np.int64))
    repeated = repeated_blocks(blocks)
    flagged = np.flatnonzero(repeated)
    found: defaultdict[str, set[int]] = defaultdict(set)
    for name, number in zip(outlet[page[flagged]].tolist(), hashes[flagged].tolist(), strict=True):
        found[names[name]].add(number)
    result = {name: frozenset(numbers_found) for name, numbers_found in found.items()}
    return result, _holders(table, names, outlet, page, hashes, _differences(result, before))


def _differences(
    found: OutletBlocks, before: Mapping[str, frozenset[int]]
) -> dict[str, frozenset[int]]:
    nothing: frozenset[int] = frozenset()
    names = found.keys() | before.keys()
    differing = {name: found.get(name, nothing) ^ before.get(name, nothing) for name in names}
    return {name: numbers_found for name, numbers_found in differing.items() if numbers_found}


def _holders(
    table: pa.Table,
    names: npt.NDArray[np.object_],
    outlet: Numbers,
    page: Numbers,
    hashes: npt.NDArray[np.int64],
    differing: Mapping[str, frozenset[int]],
) -> set[str]:
    """The pages of an outlet that hold one of its differing blocks."""
    if not differing:
        return set()
    numbers_found = sorted({number for some in differing.values() for number in some})
    codes = [code for code, name in enumerate(names) if name in differing]
    held = np.isin(hashes, np.array(numbers_found, np.int64)) & np.isin(outlet[page], codes)
    units = strings(table, "unit")
    return {units[row] for row in distinct(page[held]).tolist()}


def _blocks(table: pa.Table, outlet: Numbers, page: Numbers, hashes: Numbers) -> Blocks:
    per_outlet = mix(outlet.astype(np.uint64) * MULTIPLIER).view(np.int64)
    return Blocks(
        page=page,
        article=(numbers(table, "article") ^ per_outlet)[page],
        block=hashes ^ per_outlet[page],
        words=flat(table, "words")[1].astype(np.int64),
        edge=flat(table, "edges")[1].astype(bool),
    )


def repeated_blocks(blocks: Blocks) -> Flags:
    """Which rows are furniture by repetition.

    A block is, if three articles of the outlet have it, or two and it is a short line, or two and
    it stands at the edge of every page it is on while the articles share little else.
    """
    _, block = np.unique(blocks.block, return_inverse=True)
    alone = (np.bincount(block) == 1)[block]
    _, article = np.unique(blocks.article, return_inverse=True)
    articles = _articles_of(block, article, ~alone)
    single = articles[block] <= 1
    long = blocks.words > SHORT_BLOCK
    own = np.bincount(blocks.page, weights=np.where(single & long, blocks.words, 0))
    all_words = np.bincount(blocks.page, weights=np.where(long, blocks.words, 0))
    valid = ((own >= OWN_SHARE * all_words) & (own > 0))[blocks.page] & ~single
    articles = _articles_of(block, article, valid)
    two: Flags = (articles == 2)[block]
    short = blocks.words <= SHORT_BLOCK
    always_edge = np.ones(len(articles), bool)
    always_edge[block[~blocks.edge]] = False
    edge = two & ~short & always_edge[block]
    furniture: Flags = (articles >= SURE_ARTICLES)[block] | (two & short)
    furniture |= edge & ~_versions(blocks, block, article, two & ~short & valid)
    return furniture


def _articles_of(block: Numbers, article: Numbers, chosen: Flags) -> Numbers:
    """The number of different articles, counted up, that hold each block, over the chosen rows."""
    size = int(block.max()) + 1 if len(block) else 0
    several = int(article.max()) + 1 if len(article) else 1
    pairs = distinct(block[chosen] * several + article[chosen])
    return np.bincount(pairs // several, minlength=size)


def _versions(blocks: Blocks, block: Numbers, article: Numbers, shared: Flags) -> Flags:
    """Rows whose block is shared by two articles that are versions of one."""
    size = int(block.max()) + 1 if len(block) else 0
    low = np.full(size, np.iinfo(np.int64).max)
    high = np.full(size, -1)
    words = np.zeros(size, np.int64)
    np.minimum.at(low, block[shared], article[shared])
    np.maximum.at(high, block[shared], article[shared])
    words[block[shared]] = blocks.words[shared]
    chosen = np.flatnonzero(high >= 0)
    several = int(article.max()) + 1 if len(article) else 1
    pairs, pair = np.unique(low[chosen] * several + high[chosen], return_inverse=True)
    common = np.bincount(pair.ravel(), weights=words[chosen], minlength=len(pairs))
    lengths = _article_words(blocks, article)
    smaller = np.minimum(lengths[pairs // several], lengths[pairs % several])
    versions = np.zeros(size, bool)
    versions[chosen] = (common >= SAME_ARTICLE * smaller)[pair.ravel()]
    return np.asarray(versions[block], bool)


def _article_words(blocks: Blocks, article: Numbers) -> Numbers:
    """Words in paragraphs of each article, on the page that has most."""
    long = blocks.words > SHORT_BLOCK
    per_page = np.bincount(blocks.page, weights=np.where(long, blocks.words, 0)).astype(np.int64)
    lengths = np.zeros(int(article.max()) + 1 if len(article) else 0, np.int64)
    np.maximum.at(lengths, article, per_page[blocks.page])
    return lengths


def _page_ranges(
    tables: Tables, pages: Collection[str], found: Mapping[str, frozenset[int]]
) -> dict[str, tuple[Range, ...]]:
    """Where the repeated blocks of its outlets stand on each page; neighbours are joined."""
    given = rows_of_few(tables, pages, BlockPrints)
    table = tables.query(_RANGES, wanted=unit_table(pages), **given)
    units, outlets = strings(table, "unit"), lists(table, "outlets")
    row, hashes = flat(table, "hashes")
    repeated = {number for some in found.values() for number in some}
    candidates = np.flatnonzero(np.isin(hashes, np.array(sorted(repeated), np.int64)))
    starts, ends = flat(table, "starts")[1], flat(table, "ends")[1]
    marked: defaultdict[int, list[int]] = defaultdict(list)
    known = [[found[name] for name in names if name in found] for names in outlets]
    for at, page, number in zip(
        candidates.tolist(), row[candidates].tolist(), hashes[candidates].tolist(), strict=True
    ):
        if any(number in some for some in known[page]):
            marked[page].append(at)
    return {unit: _joined(marked.get(page, ()), starts, ends) for page, unit in enumerate(units)}


def _joined(blocks: Sequence[int], starts: Numbers, ends: Numbers) -> tuple[Range, ...]:
    """The ranges of some blocks, given by place; one for each run of neighbours."""
    joined: list[Range] = []
    before = -2
    for at in blocks:
        if at == before + 1:
            joined[-1] = Range(start=joined[-1].start, end=int(ends[at]))
        else:
            joined.append(Range(start=int(starts[at]), end=int(ends[at])))
        before = at
    return tuple(joined)
