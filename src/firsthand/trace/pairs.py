"""Two articles that share text or name each other: what was shared and how it was derived."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from firsthand.model.lineage import Credit, DerivationKind, Passage, SpanPair
from firsthand.model.record import span_of
from firsthand.trace.articles import Article
from firsthand.trace.passages import covered, is_quoted

WHOLE_SHARE: Final = 0.6
"""Part of the source, or of the derived article, that makes it a copy and not an excerpt."""
SPEAKER_WORDS: Final = 12
"""Words from which a passage is evidence of its own."""
EDITS_PER_WORD: Final = 0.015
"""Edits a shared word above which a copy counts as rewritten; re-typing a text leaves fewer."""

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Pair:
    """Two articles, the one with the smaller document id first, and their passages in order."""

    a: Article
    b: Article
    passages: tuple[Passage, ...]

    def other(self, document_id: str) -> Article:
        """The article that is not the one named."""
        return self.b if document_id == self.a.document_id else self.a

    def article(self, document_id: str) -> Article:
        """The article that is named."""
        return self.a if document_id == self.a.document_id else self.b

    def spans(self, document_id: str) -> Spans:
        """Where the shared text stands in one of the two articles."""
        return self._spans[document_id != self.a.document_id]

    def copied(self, document_id: str) -> Spans:
        """Where shared text that is no quotation on both sides stands in one of them."""
        kinds = [passage.kind for passage in self.passages]
        spans = self.spans(document_id)
        return tuple(span for span, kind in zip(spans, kinds, strict=True) if kind == "copy")

    @cached_property
    def _spans(self) -> tuple[Spans, Spans]:
        return (
            tuple([(p.a_start, p.a_end) for p in self.passages]),
            tuple([(p.b_start, p.b_end) for p in self.passages]),
        )

    @cached_property
    def pointing(self) -> dict[tuple[str, str], int]:
        """How well credits of one article point at the other: what was asked for so far."""
        return {}

    @cached_property
    def shared_words(self) -> int:
        """Equal words in all passages."""
        return sum([passage.shared_words for passage in self.passages])

    @property
    def containment(self) -> float:
        """Shared words over the words of the shorter article, at most 1."""
        shorter = min(self.a.words, self.b.words)
        return round(min(1.0, self.shared_words / shorter), 4) if shorter else 0.0

    @cached_property
    def only_quoted(self) -> bool:
        """Whether all that is shared is a quotation on both sides, or says who speaks.

        Who quotes a spokeswoman gives her name and office too: words beside a quotation that are
        fewer than a passage needs show no copying.
        """
        beside = [p.shared_words for p in self.passages if p.kind == "copy"]
        return len(beside) < len(self.passages) and sum(beside) < SPEAKER_WORDS

    @cached_property
    def is_own_reuse(self) -> bool:
        """Whether one outlet printed some of its own words again, with most of both texts new.

        House phrases and background return for years; a new version shares most of its text.
        """
        same = self.a.outlet_key == self.b.outlet_key and self.a.outlet_key != ""
        longer = max(self.a.words, self.b.words)
        return same and bool(self.passages) and self.shared_words < WHOLE_SHARE * max(longer, 1)

    def quotes(self, document_id: str) -> bool:
        """Whether one article has in quotation marks what the other has as its own text."""
        mine = self.article(document_id)
        theirs = self.other(document_id)
        here = self.copied(document_id)
        if not here or not all(is_quoted(mine, span) for span in here):
            return False
        return not any(is_quoted(theirs, span) for span in self.copied(theirs.document_id))

    def span_pairs(self, derived: str) -> tuple[SpanPair, ...]:
        """The words on both sides, with one of the articles as the derived one."""
        source = self.other(derived)
        mine = self.article(derived)
        return tuple(
            SpanPair(derived=span_of(mine.text, *here), source=span_of(source.text, *there))
            for here, there in zip(self.spans(derived), self.spans(source.document_id), strict=True)
        )

    def kind(self, derived: str, credit: Credit | None) -> DerivationKind:
        """What the derived article made of the other one."""
        mine, source = self.article(derived), self.other(derived)
        if not self.passages:
            return without_text(credit, other_language=mine.language != source.language)
        if self.only_quoted or self.quotes(derived):
            return "quotation"
        if credit is not None and credit.kind == "translated" and mine.language != source.language:
            return "translation"
        whole = max(
            self.shared_words / max(source.words, 1), self.shared_words / max(mine.words, 1)
        )
        if whole < WHOLE_SHARE:
            return "excerpt"
        if self._edits(derived) > EDITS_PER_WORD * self.shared_words:
            return "paraphrase"
        same = mine.outlet_key == source.outlet_key and mine.outlet_key != ""
        return "revision" if same else "copy"

    def _edits(self, derived: str) -> int:
        """Places where the texts differ: between passages, and words inside them."""
        text = self.article(derived).text
        inside = sum(
            max(0, len(text[low:high].split()) - passage.shared_words)
            for passage, (low, high) in zip(self.passages, self.spans(derived), strict=True)
        )
        return inside + len(self.passages) - 1


def without_text(credit: Credit | None, *, other_language: bool = False) -> DerivationKind:
    """What a credit or link alone says; nothing is known of the words."""
    if credit is None or credit.kind == "linked":
        return "link"
    printed = credit.kind == "republished" and other_language
    return "translation" if printed or credit.kind == "translated" else "citation"


def share_in(spans: Sequence[tuple[int, int]], ranges: Iterable[tuple[int, int]]) -> float:
    """The part of some spans' code points that lies in ranges; 0 without spans."""
    length = length_of(spans)
    if not length:
        return 0.0
    merged = merge(ranges)
    return sum([covered(span, merged) for span in spans]) / length


def length_of(spans: Iterable[tuple[int, int]]) -> int:
    """The code points of some spans."""
    return sum([high - low for low, high in spans])


def merge(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges sorted, overlapping and touching ones joined."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged
