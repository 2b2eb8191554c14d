"""Mends the parts of an attribution where the network stops short: gaps, quotations, ends."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final

from firsthand.model.record import Range
from firsthand.nlp.onnx_windows import Window

Part = tuple[int, int]
"""Half-open range of words of a window."""

MAX_GAP: Final = 2
"""Words between two pieces of one content that belong to it too."""
MAX_TAIL: Final = 4
"""Words between a content and the end of its sentence that belong to it too."""
QUOTES: Final = frozenset("\"“«„'‘")
MOST: Final = 0.5
"""A quotation of which more than this share is content is content as a whole."""


def nearest(parts: Sequence[Part], word: int) -> list[Part]:
    """The part that is nearest to a word, if there is any; the earlier of two as near."""
    ordered = sorted(parts, key=lambda p: (max(p[0] - word, word - p[1] + 1), p[0]))
    return ordered[:1]


def local(window: Window, parts: Sequence[Part], word: int, cued: Sequence[int]) -> list[Part]:
    """The pieces of a content that can belong to the cue at `word`.

    Those in its own sentence, and others only where they adjoin one that belongs, or go on quoting
    in a later sentence that has no cue of its own (`cued` numbers the sentences that have one).
    Where its own sentence holds none, the nearest piece starts.
    """
    own = window.sents[word]
    kept = [p for p in parts if window.sents[p[0]] <= own <= window.sents[p[1] - 1]]
    kept = kept or nearest(parts, word)
    quoting = any(window.texts[a] in QUOTES for a, _ in kept)
    for part in sorted(parts):
        adjoins = any(part[0] - b <= MAX_GAP and a - part[1] <= MAX_GAP for a, b in kept)
        sentence = window.sents[part[0]]
        goes_on = quoting and sentence > own and sentence not in cued
        if part not in kept and (adjoins or (goes_on and window.texts[part[0]] in QUOTES)):
            kept.append(part)
    return kept


def mended(
    window: Window, contents: Sequence[Part], taken: Sequence[Part], quotations: Sequence[Range]
) -> list[Part]:
    """The pieces of a content made whole; they never run into the words `taken` by source or cue."""
    if not contents:
        return []
    whole = [*contents, *_quoted(window, contents, taken, quotations)]
    return _joined([_to_the_end(window, part, taken) for part in _joined(whole, taken)], taken)


def _free(start: int, end: int, taken: Sequence[Part]) -> bool:
    return not any(a < end and start < b for a, b in taken)


def _quoted(
    window: Window, contents: Sequence[Part], taken: Sequence[Part], quotations: Sequence[Range]
) -> list[Part]:
    """Quotations that are mostly content."""
    found = []
    for one in quotations:
        start, end = bisect_left(window.begins, one.start), bisect_right(window.ends, one.end)
        covered = sum(max(0, min(end, b) - max(start, a)) for a, b in contents)
        if end > start and covered > MOST * (end - start) and _free(start, end, taken):
            found.append((start, end))
    return found


def _to_the_end(window: Window, part: Part, taken: Sequence[Part]) -> Part:
    """A content that ends just before its sentence does takes in the rest."""
    start, end = part
    last = window.sents[end - 1]
    stop = bisect_right(window.sents, last)
    if end < stop <= end + MAX_TAIL and _free(end, stop, taken):
        return start, stop
    return part


def _joined(parts: Sequence[Part], taken: Sequence[Part]) -> list[Part]:
    """Parts in order, those with a small free gap between them made one."""
    made: list[Part] = []
    for start, end in sorted(parts):
        if made and start - made[-1][1] <= MAX_GAP and _free(made[-1][1], start, taken):
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made
