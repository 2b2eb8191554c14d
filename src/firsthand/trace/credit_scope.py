"""What a credit inside a sentence accounts for: the clause before, the clause after, or both."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from firsthand.model.document import Quotation
from firsthand.model.lineage import CreditPosition
from firsthand.model.record import Range
from firsthand.trace.credit_grammar import word_class
from firsthand.trace.credit_matches import Found

MIN_WORDS: Final = 3
"""Fewer words beside a credit are an adverbial ("on Sunday"), not content."""
MAX_SUBJECT: Final = 90
"""Code points of a speaker's name and role between a quotation and its credit."""

TOLD: Final = frozenset({"told", "told_back"})
"""Rules whose speaker stands before the credit's words."""

_WORD: Final = re.compile(r"\w[\w’'.-]*")
_ADVERBIAL: Final = re.compile(
    r"(?:in|on|at|by|after|before|during|earlier|later|meanwhile|speaking|asked|while|when|as|citing|"
    r"also|separately|but|and|however|yet|since|following|amid|despite|for|with|last|this|over|so|"
    r"furthermore|moreover|shortly|elsewhere|late|early|today|yesterday|in addition)\b",
    re.IGNORECASE,
)
_GOES_ON: Final = re.compile(r",? ?(?:with|adding|and|but|while|as|after|although|noting|saying)\b")
_ALSO: Final = re.compile(r"\balso\b", re.IGNORECASE)
_SPEAKS: Final = re.compile(
    rf"\b(?:{word_class('say')}|told|according|wrote|called|asked|denied)\b", re.IGNORECASE
)
_LEAD_IN: Final = " \t\xa0,:;–—-"
_CLOSE: Final = '”»"'


@dataclass(frozen=True)
class Scope:
    """The ranges of content and where the credit stands to them."""

    ranges: tuple[Range, ...]
    position: CreditPosition
    quoted: bool


def sentence_scope(
    text: str,
    found: Found,
    sentence: Range,
    paragraph: Range,
    quotations: Sequence[Quotation],
) -> Scope:
    """The part of the sentence (and of the quotation it closes) that a credit speaks for."""
    before = _before(text, found, sentence, paragraph, quotations)
    after = _trim(text, found.end, _after_end(text, found, sentence, quotations))
    ranges, position = _choose(text, found, before, after)
    quoted = bool(ranges) and _quoted_chars(ranges[0], quotations) >= 15
    return Scope(ranges, position, quoted)


def _choose(
    text: str, found: Found, before: Range, after: Range
) -> tuple[tuple[Range, ...], CreditPosition]:
    words_before, words_after = _words(text, before), _words(text, after)
    if words_after < MIN_WORDS and words_before:
        return (before,), "trailing"
    if words_before and _interrupts(text, found, before):
        return (Range(start=before.start, end=after.end),), "medial"
    if _introduces(text, found) or words_before < MIN_WORDS:
        return ((after,), "leading") if words_after else ((), found.rule.position)
    if _is_quotation(text, before):
        return (before,), "trailing"
    if _ADVERBIAL.match(text, before.start):
        return ((before,), "trailing") if _closes(text, found) else ((after,), "leading")
    comma = text[before.end : before.end + 1] == ","
    return ((before,), "trailing") if comma else ((after,), "leading")


def _interrupts(text: str, found: Found, before: Range) -> bool:
    """Whether the credit stands between commas inside what it speaks for."""
    if text[before.end : before.end + 1] != "," or _is_quotation(text, before):
        return False
    goes_on = _GOES_ON.match(text, found.end) or text[found.end : found.end + 1] == ","
    return bool(goes_on) and _ADVERBIAL.match(text, before.start) is None


def _introduces(text: str, found: Found) -> bool:
    """Whether the credit's own words open the content: "… said that", "… said:"."""
    words = text[found.start : found.end].rstrip()
    return words.endswith((" that", ":")) or text[found.end : found.end + 1] == ":"


def _is_quotation(text: str, part: Range) -> bool:
    return text[part.start] in '“„«"' or text[part.end - 1] in _CLOSE


def _closes(text: str, found: Found) -> bool:
    """Whether the sentence ends with the credit."""
    return text[found.end : found.end + 1] in {".", ""}


def _before(
    text: str,
    found: Found,
    sentence: Range,
    paragraph: Range,
    quotations: Sequence[Quotation],
) -> Range:
    """The content before a credit, drawn back to the start of the quotation it closes."""
    low = sentence.start
    before = _without_who(text, _trim(text, low, _subject_start(text, low, found)))
    words = text[before.start : before.end]
    ends_quote = words[-1:] in set(_CLOSE)
    if not words:
        closing = text[paragraph.start : found.start].rstrip(_LEAD_IN)
        ends_quote = closing[-1:] in set(_CLOSE)
        before = (
            Range(start=found.start, end=paragraph.start + len(closing)) if ends_quote else before
        )
    if not ends_quote:
        return before
    for quotation in reversed(quotations):
        if quotation.start < found.start and abs(quotation.end - before.end) <= 1:
            start = quotation.start if not words else min(before.start, quotation.start)
            return Range(start=start, end=before.end)
    if words.count("“") >= words.count("”"):
        return before
    return Range(start=paragraph.start, end=before.end)


_WHO: Final = re.compile(r",? ?\b(?:who|which|whom|and|but)$")


def _without_who(text: str, part: Range) -> Range:
    """The part without the word that joins the credit to it ("a gunner who …")."""
    match = _WHO.search(text, part.start, part.end)
    return Range(start=part.start, end=match.start()) if match else part


def _subject_start(text: str, low: int, found: Found) -> int:
    """Where the speaker's few words between what is said and the credit begin.

    They follow a closing quotation mark; before "told X" a comma will do.
    """
    end = found.start
    tail = text[max(low, end - MAX_SUBJECT) : end]
    at = max(tail.rfind(mark) for mark in "”»")
    if at < 0 and '"' in tail[1:]:
        at = tail.rfind('"')
    if at < 0 and found.rule.name in TOLD:
        at = tail.rfind(", ")
    if at < 0 or not tail[at + 1 :].strip() or "." in tail[at + 1 :]:
        return end
    return end - len(tail) + at + 1


def _after_end(text: str, found: Found, sentence: Range, quotations: Sequence[Quotation]) -> int:
    """The sentence's end, or the end of the quotation that the credit introduces."""
    at = found.end
    while at < sentence.end and text[at] in _LEAD_IN:
        at += 1
    for quotation in quotations:
        if quotation.start == at and quotation.depth == 0:
            return max(quotation.end, at)
    return sentence.end


def _trim(text: str, start: int, end: int) -> Range:
    """The range without joints at its edges: commas, dashes, "that", the closing stop."""
    while start < end and text[start] in _LEAD_IN:
        start += 1
    if text[start : start + 5].lower() == "that " and start + 5 < end:
        start += 5
    while end > start and text[end - 1] in _LEAD_IN + "\r\n":
        end -= 1
    if end > start and text[end - 1] in ".…":
        end -= 1
    return Range(start=start, end=max(start, end))


def _words(text: str, part: Range) -> int:
    """Words of a part, counted only as far as it matters."""
    return sum(1 for _ in islice(_WORD.finditer(text, part.start, part.end), MIN_WORDS))


def _quoted_chars(part: Range, quotations: Sequence[Quotation]) -> int:
    return sum(
        max(0, min(part.end, one.end) - max(part.start, one.start))
        for one in quotations
        if one.depth == 0
    )


def continues(text: str, sentence: Range) -> bool:
    """Whether a sentence goes on with the one before: "also", and nobody else speaks in it."""
    end = min(sentence.end, sentence.start + 400)
    if _ALSO.search(text, sentence.start, end) is None:
        return False
    return _SPEAKS.search(text, sentence.start, end) is None
