"""Wordings: one speaker's words as two pages quote them, where they are not the same words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

import msgspec
import pyarrow as pa
from rapidfuzz.distance import LCSseq

from firsthand.link.quoted import DESCRIBED
from firsthand.model.ids import words_id
from firsthand.model.lineage import AlteredQuotation
from firsthand.model.linking import QuotationKeys, QuotedWords
from firsthand.model.record import Record, Span
from firsthand.nlp.wording import (
    Change,
    Placed,
    changes,
    cut_off,
    gravest,
    in_words,
    matter,
    own_words,
    placed,
    trimmed,
)
from firsthand.stage import Change as Changed
from firsthand.stage import Tables

OWN: Final = "l:wording:"
SAME: Final = 0.6
"""Part of the words, in order, by which a speaker's two quotations are taken for one utterance."""
SHORT: Final = 8
SHORT_SAME: Final = 0.7
"""The same for a quotation of fewer words."""
HALF: Final = 0.5
"""Part of the words of matter that two such quotations share."""
ALIKE: Final = 0.75
"""The same where the speaker of one of them is not known."""
REWORDED: Final = 0.8
"""Part of the words that carry matter, in any order, that does as well for one speaker's."""
SOME: Final = 4
"""Words of matter that two quotations must share unless a speaker's words agree in order."""

NEAR: Final = (
    "SELECT DISTINCT q.variant, q.page_id, q.document_id, q.published, q.start FROM "
    "(SELECT variant, page_id, document_id, published, start, UNNEST(keys) AS k "
    "FROM quoted_words) AS q JOIN probe ON q.k = probe.k"
)


class Held(msgspec.Struct, frozen=True, order=True):
    """Where a variant stands: the first of these is whose wording it is."""

    published: str
    page_id: str
    start: int
    document_id: str


class Told(msgspec.Struct, frozen=True):
    """What one speaker says in one document, quotation after quotation, as one text."""

    row: QuotedWords
    parts: tuple[QuotedWords, ...]
    text: str
    words: Placed
    homes: tuple[int, ...]
    """The quotation that each word stands in."""
    starts: tuple[int, ...]
    """Where each quotation begins in the text."""
    matter: frozenset[str]
    """The words that carry matter of their own."""

    def span(self, low: int, high: int) -> Span:
        """Where some of the words stand on their page: in the quotation that has most of them."""
        homes = self.homes[low:high]
        home = max(sorted(set(homes)), key=homes.count)
        inside = [at for at in range(low, high) if self.homes[at] == home]
        part, shift = self.parts[home], self.starts[home]
        start, end = self.words[inside[0]][0] - shift, self.words[inside[-1]][1] - shift
        return Span(start=part.start + start, end=part.start + end, text=part.text[start:end])


def wording_rows(tables: Tables, changed: Changed, *, fresh: bool) -> dict[str, list[Record]]:
    """Rows of pages of which a quotation may differ from another page's otherwise than before."""
    pages = set(tables.units(QuotedWords)) if fresh else set(changed.of(QuotedWords))
    flagged = {u for u in changed.of(AlteredQuotation) if not u.startswith("l:")}
    if not pages and not flagged:
        return {}
    if not fresh:
        pages |= flagged | _touched(tables, pages)
    rows = tables.by_unit(QuotedWords, pages)
    keys = {key for some in rows.values() for row in some for key in row.keys}
    holders = _holders(tables, keys)
    first = {variant: min(held) for variant, held in holders.items()}
    others = tables.by_unit(QuotedWords, {held.page_id for held in first.values()} | pages)
    known = Known(others, first, tables.by_unit(AlteredQuotation, pages))
    return {OWN + page: known.rows(page) for page in sorted(pages)}


def _touched(tables: Tables, pages: Collection[str]) -> set[str]:
    """Other pages that hold, or held, a wording first that shares a key with one of these."""
    before = tables.by_unit(QuotationKeys, {OWN + page for page in pages})
    keys = {key for some in before.values() for row in some for key in row.keys}
    keys |= {
        k for some in tables.by_unit(QuotedWords, pages).values() for r in some for k in r.keys
    }
    holders = _holders(tables, keys)
    near = {held.page_id for some in holders.values() for held in some}
    flagged = tables.by_unit(AlteredQuotation, {OWN + page for page in near})
    return {min(some).page_id for some in holders.values()} | {
        unit.removeprefix(OWN) for unit in flagged
    }


def _holders(tables: Tables, keys: Collection[int]) -> dict[int, list[Held]]:
    """Each variant that has one of the keys, with where it stands."""
    if not keys:
        return {}
    probe = pa.table({"k": pa.array(sorted(keys), pa.int64())})
    found: dict[int, list[Held]] = {}
    for row in tables.query(NEAR, probe=probe).to_pylist():
        held = Held(row["published"], row["page_id"], row["start"], row["document_id"])
        found.setdefault(row["variant"], []).append(held)
    return found


class Known:
    """The quotations that are compared, by page, and where each wording stands first."""

    def __init__(
        self,
        quoted: Mapping[str, Sequence[QuotedWords]],
        first: Mapping[int, Held],
        altered: Mapping[str, Sequence[AlteredQuotation]],
    ) -> None:
        """`altered` are the quotations found by what was traced; they are not compared again."""
        self._quoted = quoted
        self._first = first
        self._altered = {
            page: {row.quotation.start for row in rows} for page, rows in altered.items()
        }
        self._by_key: dict[int, list[QuotedWords]] = {}
        for page in sorted(quoted):
            for row in quoted[page]:
                if self._is_first(row):
                    for key in row.keys:
                        self._by_key.setdefault(key, []).append(row)
        self._told: dict[tuple[str, int], Told] = {}

    def _is_first(self, row: QuotedWords) -> bool:
        held = self._first.get(row.variant)
        return held is None or (held.page_id, held.start) == (row.page_id, row.start)

    def rows(self, page: str) -> list[Record]:
        """What one page changed, behind the keys by which it was looked for."""
        mine = self._quoted.get(page, ())
        if not mine:
            return []
        keys = sorted({key for row in mine for key in row.keys})
        found: dict[str, Record] = {}
        known = self._altered.get(page, ())
        for row in sorted(mine, key=lambda one: one.start):
            if self._is_first(row) and row.start not in known:
                made = self._altered_row(row)
                if made is not None:
                    found.setdefault(made.altered_id, made)
        return [QuotationKeys(page_id=page, keys=tuple(keys)), *(found[k] for k in sorted(found))]

    def _altered_row(self, row: QuotedWords) -> AlteredQuotation | None:
        near = {
            (other.document_id, other.start): other
            for key in row.keys
            for other in self._by_key.get(key, ())
            if other.document_id != row.document_id and other.variant != row.variant
        }
        found = []
        for name in sorted(near):
            matched = compared(row, self.told(near[name]))
            if matched is not None:
                found.append((matched, near[name]))
        if any(not m.changes and other.published <= row.published for m, other in found):
            return None
        later = [(m, other) for m, other in found if m.changes and _is_altered(row, other, m)]
        if not later:
            return None
        matched, _ = min(
            later, key=lambda one: (len(one[0].changes), one[1].published, one[1].start)
        )
        return _row(row, matched)

    def told(self, row: QuotedWords) -> Told:
        """All that the speaker of a quotation says in its document, as one text."""
        known = self._told.get((row.document_id, row.start))
        if known is None:
            some = [
                one
                for one in self._quoted.get(row.page_id, ())
                if one is row
                or (
                    row.speaker
                    and one.document_id == row.document_id
                    and one.speaker == row.speaker
                )
            ]
            known = self._told[row.document_id, row.start] = _joined(row, some)
        return known


def _joined(row: QuotedWords, some: Iterable[QuotedWords]) -> Told:
    parts = tuple(sorted(some, key=lambda one: one.start))
    text, words, homes, starts = "", list[tuple[int, int, str]](), list[int](), list[int]()
    for home, one in enumerate(parts):
        told = placed(one.text)
        starts.append(len(text))
        words += [(low + len(text), high + len(text), word) for low, high, word in told]
        homes += [home] * len(told)
        text += one.text + (" " if one.text.rstrip()[-1:] == "," else "\n")
    carried = matter(word for *_, word in words)
    return Told(row, parts, text, words, tuple(homes), tuple(starts), carried)


class Matched(msgspec.Struct, frozen=True):
    """Another page's words that are one utterance with a quotation, and how they differ."""

    told: Told
    here: Placed
    low: int
    high: int
    changes: tuple[Change, ...]


def compared(row: QuotedWords, told: Told) -> Matched | None:
    """How a quotation differs from what its speaker says elsewhere; None where that is another."""
    if not _may_be_one(row, told):
        return None
    here = own_words(_words_of(row.text), told.words, row.text)
    cut = trimmed(here, told.words, told.text)
    if cut is None:
        return None
    mine = [word for *_, word in here]
    theirs = [word for *_, word in told.words]
    low, high = cut
    around = theirs[max(0, low - len(mine)) : high + len(mine)]
    if not _one_utterance(row, told.row.speaker, mine, (theirs[low:high], around)):
        return None
    found = changes(here, told.words[low:high], row.text)
    found = [_shifted(one, low) for one in found]
    if not row.held_back:
        left = cut_off(row.text, told.text, told.words, low, high)
        found += [left] if left and left.name not in {one.name for one in found} else []
    return Matched(told, here, low, high, tuple(found))


@lru_cache(maxsize=1_024)
def _words_of(text: str) -> Placed:
    """The words of a quotation, which is compared with many."""
    return placed(text)


@lru_cache(maxsize=1_024)
def _matter_of(text: str) -> frozenset[str]:
    return matter(word for *_, word in _words_of(text))


def _may_be_one(row: QuotedWords, told: Told) -> bool:
    """Whether the speakers and the words of matter allow one utterance, before words are aligned."""
    other = told.row.speaker
    shared = len(_matter_of(row.text) & told.matter)
    if not row.speaker or not other:
        return shared >= SOME
    if DESCRIBED in (row.speaker[0], other[0]):
        return row.speaker == other or shared >= SOME
    return shared > 0 and _same_speaker(row.speaker, other)


def _shifted(one: Change, low: int) -> Change:
    """A change with the source's words counted from the first."""
    return Change(one.name, one.here, (one.there[0] + low, one.there[1] + low), one.turned)


def _one_utterance(
    row: QuotedWords,
    other: Sequence[str],
    mine: Sequence[str],
    theirs: tuple[Sequence[str], Sequence[str]],
) -> bool:
    """Whether two quotations give one thing that was said: by whom, and by their words.

    `theirs` are the other page's words that were aligned, and the same with those around.
    """
    aligned, around = theirs
    told = matter(mine)
    shared = told & matter(aligned)
    parts = _in_order(mine, aligned) / len(mine)
    if not row.speaker or not other:
        return parts >= ALIKE and len(shared) >= SOME
    if DESCRIBED in (row.speaker[0], other[0]):
        enough = HALF * len(told) if row.speaker == other else SOME
        return parts >= ALIKE and len(shared) >= enough
    if not _same_speaker(row.speaker, other):
        return False
    least = SAME if len(mine) >= SHORT else SHORT_SAME
    if parts >= least and len(shared) >= max(1, HALF * len(told)):
        return True
    again = told & matter(around)
    return len(again) >= max(SOME, REWORDED * len(told))


def _same_speaker(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names can be one speaker's: they end alike, or one holds the other."""
    return one[-1] == other[-1] or set(one) <= set(other) or set(other) <= set(one)


def _in_order(mine: Sequence[str], theirs: Sequence[str]) -> int:
    return int(LCSseq.similarity(mine, theirs))


def _is_altered(row: QuotedWords, other: QuotedWords, matched: Matched) -> bool:
    """Whether this side is the altered one: the later, or on one day the one that lacks words."""
    if row.published != other.published:
        return row.published > other.published
    less = {"hedge dropped", "truncation"}
    return any(one.name in less for one in matched.changes)


def _row(row: QuotedWords, matched: Matched) -> AlteredQuotation:
    told = matched.told
    name = gravest(matched.changes).name
    return AlteredQuotation(
        altered_id=words_id("q", row.document_id, f"{row.text} {name}", 0),
        document_id=row.document_id,
        page_id=row.page_id,
        quotation=Span(start=row.start, end=row.end, text=row.text),
        source_document=told.row.document_id,
        source_span=told.span(matched.low, matched.high),
        alteration=name,
        explanation=in_words(
            matched.changes,
            [_words(row.text, matched.here, one.here) for one in matched.changes],
            [_words(told.text, told.words, one.there) for one in matched.changes],
        ),
    )


def _words(text: str, words: Placed, indexes: tuple[int, int]) -> str:
    low, high = indexes
    return " ".join(text[words[low][0] : words[high - 1][1]].split()) if low < high else ""
