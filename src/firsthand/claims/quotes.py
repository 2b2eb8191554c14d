"""Quotations: which stretch of quoted text an offset lies in."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.claims.tokens import Sentence
from firsthand.model.document import Quotation

SCARE_WORDS = 4
"""Quoted stretches of at most this many words, with no verb cue, are a manner of speaking."""

STOPS = frozenset(".!?")


@dataclass(frozen=True, slots=True)
class Quotes:
    """The outermost quotations of a document, in order, for look-up by offset."""

    spans: tuple[Quotation, ...]
    starts: tuple[int, ...]

    def at(self, offset: int) -> Quotation | None:
        """The outermost quotation that holds `offset`, marks included."""
        i = bisect_right(self.starts, offset) - 1
        if i >= 0 and offset < self.spans[i].end:
            return self.spans[i]
        return None

    def inside(self, start: int, end: int) -> list[Quotation]:
        """Quotations that overlap `[start, end)`, in order."""
        i = max(0, bisect_right(self.starts, start) - 1)
        found = []
        while i < len(self.spans) and self.spans[i].start < end:
            if self.spans[i].end > start:
                found.append(self.spans[i])
            i += 1
        return found


def outermost(quotations: Sequence[Quotation]) -> Quotes:
    """The outermost quotations; nested ones are left to the text."""
    spans = tuple(sorted((q for q in quotations if q.depth == 0), key=lambda q: q.start))
    return Quotes(spans, tuple(q.start for q in spans))


def mark(sentence: Sentence, quotes: Quotes) -> None:
    """Note for each word whether it lies inside a quotation."""
    found = quotes.inside(sentence.start, sentence.end)
    if not found:
        sentence.quoted = [False] * len(sentence)
        return
    sentence.quoted = [
        any(q.inner_start <= begin < q.inner_end for q in found) for begin in sentence.begins
    ]


def is_scare(quotation: Quotation, text: str) -> bool:
    """Whether a quotation is a word or two in quotation marks, and no sentence of its own."""
    words = text[quotation.inner_start : quotation.inner_end].split()
    return len(words) <= SCARE_WORDS and not (words and _is_sentence(quotation, text))


def _is_sentence(quotation: Quotation, text: str) -> bool:
    """Whether a quotation begins and ends as sentences do: "… he said. “They ran.”"."""
    inner = text[quotation.inner_start : quotation.inner_end].strip()
    before = text[max(0, quotation.start - 3) : quotation.start].rstrip(" ")
    return inner[0].isupper() and inner[-1] in STOPS and before[-1:] in (*STOPS, "\n")
