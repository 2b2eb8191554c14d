"""What lineage says to claims: which are the same words copied, and which document was first."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from firsthand.link.cluster import Components
from firsthand.link.columns import column_of
from firsthand.link.views import View, undated_formula, value_bounds
from firsthand.model.linking import TwinRange
from firsthand.stage import Tables

FROM_KINDS: Final = frozenset({"copy", "revision", "excerpt", "quotation", "translation"})
"""Kinds of derivation that carry words, so that a claim can be followed through them."""
SHARE: Final = 0.7
"""Content words two claims at one place of a copy must share; a light edit changes few."""
FORMULA_DAYS: Final = 14
"""Undated incidents told in equal words on pages further apart are taken for two."""
FORMULA_CHARS: Final = 500
"""About a paragraph: an outlet's formula for an incident is a sentence or two, and a longer
stretch in equal words is one text printed twice."""
SLACK_CHARS: Final = 60
"""How far a claim may stand from its matching place, besides what edits around it moved."""


@dataclass(frozen=True)
class Lineage:
    """Shared stretches of documents, and which document each was derived from."""

    ranges: tuple[TwinRange, ...]
    sources: Mapping[str, frozenset[str]]


PASSAGES: Final = (
    "SELECT document_a, document_b, page_a, page_b, a_start, a_end, b_start, b_end, kind "
    "FROM passage"
)
OF_PAGES: Final = " WHERE page_a IN (SELECT page FROM pages) OR page_b IN (SELECT page FROM pages)"
EDGES: Final = (
    "SELECT DISTINCT derived, source, kind FROM derivation WHERE status = 'active' AND directed"
)
OF_DOCUMENTS: Final = " AND derived IN (SELECT document FROM documents)"
DOCUMENT: Final = "d-"
"""How ids of captured documents begin; the node of a document has the document's id."""


def whole_lineage(tables: Tables) -> Lineage:
    """The lineage of the whole pile."""
    return _lineage(tables.query(PASSAGES), tables.query(EDGES))


def lineage_of(tables: Tables, pages: Collection[str], documents: Collection[str]) -> Lineage:
    """The shared passages of some pages and the sources of some documents."""
    return _lineage(
        tables.query(PASSAGES + OF_PAGES, pages=column_of("page", pages)),
        tables.query(EDGES + OF_DOCUMENTS, documents=column_of("document", documents)),
    )


def _lineage(passages: pa.Table, edges: pa.Table) -> Lineage:
    ranges = [
        TwinRange(
            document_a=row["document_a"],
            document_b=row["document_b"],
            page_a=row["page_a"],
            page_b=row["page_b"],
            a_start=row["a_start"],
            a_end=row["a_end"],
            b_start=row["b_start"],
            b_end=row["b_end"],
            quotation=row["kind"] == "quotation",
        )
        for row in passages.to_pylist()
    ]
    ranges.sort(key=lambda r: (r.document_a, r.document_b, r.a_start, r.b_start, r.a_end, r.b_end))
    sources: dict[str, set[str]] = {}
    for derived, source, kind in zip(
        *(edges.column(at).to_pylist() for at in range(3)), strict=True
    ):
        if carries(derived, source, kind) and derived != source:
            sources.setdefault(derived, set()).add(source)
    return Lineage(tuple(ranges), {name: frozenset(some) for name, some in sources.items()})


def carries(derived: str, source: str, kind: str) -> bool:
    """Whether a claim can be followed along an edge: words went from one captured page to another."""
    return kind in FROM_KINDS and derived.startswith(DOCUMENT) and source.startswith(DOCUMENT)


def twins(views: Iterable[View], lineage: Lineage) -> set[tuple[str, str]]:
    """Pairs of claim ids, in order, that are the same words at matching places of two documents."""
    by_document: dict[str, list[View]] = {}
    for view in views:
        if view.facts.rejected:
            continue
        by_document.setdefault(view.facts.document_id, []).append(view)
    for some in by_document.values():
        some.sort(key=_start)
    found: set[tuple[str, str]] = set()
    for shared in lineage.ranges:
        mine = _within(by_document.get(shared.document_a, []), shared.a_start, shared.a_end)
        theirs = _within(by_document.get(shared.document_b, []), shared.b_start, shared.b_end)
        if not mine or not theirs:
            continue
        printed = _longer_than_a_formula(shared)
        there = _Matching(shared)
        back = _Matching(_turned(shared))
        matched = [(one, there.of(one, theirs)) for one in mine]
        met = {other.id for _, other in matched if other is not None}
        matched += [(one, back.of(one, mine)) for one in theirs if one.id not in met]
        for one, other in matched:
            if other is not None and (printed or not _own_formula(one, other, lineage)):
                found.add((one.id, other.id) if one.id < other.id else (other.id, one.id))
    return found


def _start(view: View) -> int:
    return view.facts.start


def _longer_than_a_formula(shared: TwinRange) -> bool:
    return min(shared.a_end - shared.a_start, shared.b_end - shared.b_start) >= FORMULA_CHARS


def _own_formula(one: View, other: View, lineage: Lineage) -> bool:
    """Whether one outlet's words of an incident may be its formula for any such incident.

    They are taken for one telling where dates are known, or where a derivation is.
    """
    mine, theirs = one.facts, other.facts
    if not undated_formula(one, other):
        return False
    taken = lineage.sources.get(mine.document_id, frozenset())
    return theirs.document_id not in taken and mine.document_id not in lineage.sources.get(
        theirs.document_id, frozenset()
    )


def _turned(shared: TwinRange) -> TwinRange:
    return TwinRange(
        document_a=shared.document_b,
        document_b=shared.document_a,
        page_a=shared.page_b,
        page_b=shared.page_a,
        a_start=shared.b_start,
        a_end=shared.b_end,
        b_start=shared.a_start,
        b_end=shared.a_end,
        quotation=shared.quotation,
    )


def _within(views: list[View], start: int, end: int) -> list[View]:
    """Claims of which more than half stands in a range, of some in order of their starts."""
    return [
        view
        for view in views[: bisect_left(views, end, key=_start)]
        if 2 * (min(view.facts.end, end) - max(view.facts.start, start))
        > view.facts.end - view.facts.start
    ]


class _Matching:
    """Where claims of one side of a shared stretch should stand on the other side."""

    def __init__(self, shared: TwinRange) -> None:
        mine, theirs = shared.a_end - shared.a_start, shared.b_end - shared.b_start
        self._scale = theirs / max(1, mine)
        self._moved = SLACK_CHARS + abs(theirs - mine)
        self._from, self._to = shared.a_start, shared.b_start

    def of(self, one: View, others: list[View]) -> View | None:
        """The nearest claim with the same words where the copy should have it."""
        expected = self._to + (one.facts.start - self._from) * self._scale
        first = bisect_left(others, expected - self._moved, key=_start)
        last = bisect_right(others, expected + self._moved, lo=first, key=_start)
        near = others[first:last]
        if len(near) > 1:
            near.sort(key=lambda other: (abs(other.facts.start - expected), other.id))
        return next((other for other in near if same_words(one, other)), None)


def same_words(one: View, other: View) -> bool:
    """Whether two claims at one place of a copy are one: type, most words, no changed figure.

    The very same words are one claim also where the words around them made it of another type.
    """
    verbatim = one.facts.words_key == other.facts.words_key and len(one.words) > 1
    if one.against != other.against or not (verbatim or one.facts.type == other.facts.type):
        return False
    if one.words != other.words:
        smaller = min(len(one.words), len(other.words))
        if smaller and len(one.words & other.words) < SHARE * smaller:
            return False
    return not changed_figure(one, other) and not weeks_apart(one, other)


def weeks_apart(one: View, other: View) -> bool:
    """Whether two incidents in equal words are those of two times: agencies repeat their formulas."""
    if one.row.group != "incident":
        return False
    if one.dated and other.dated:
        lows = [view.earliest for view in (one, other) if view.earliest is not None]
        highs = [view.latest for view in (one, other) if view.latest is not None]
        return bool(lows) and bool(highs) and max(lows) > min(highs) + 1
    if one.published is None or other.published is None:
        return False
    return abs(one.published - other.published) > FORMULA_DAYS


def changed_figure(one: View, other: View) -> bool:
    """Whether a figure of one kind stands in both with values that cannot be the same."""
    if not other.figures:
        return False
    for kind, a in one.figures:
        same = [b for theirs, b in other.figures if theirs == kind]
        mine = value_bounds(a)
        if mine is None or not same:
            continue
        bounds = [found for found in map(value_bounds, same) if found is not None]
        if bounds and not any(mine[0] <= high and low <= mine[1] for low, high in bounds):
            return True
    return False


def copy_groups(members: Iterable[str], pairs: Collection[tuple[str, str]]) -> list[list[str]]:
    """Claims that are copies of one another, each group and all groups in order."""
    if not pairs:
        return [[member] for member in sorted(members)]
    groups = Components(members)
    for one, other in pairs:
        groups.join(one, other)
    return groups.groups()
