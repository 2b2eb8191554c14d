"""Finds on a page again what a judgement aims at: words, and of equal words those in their place."""

from collections.abc import Collection
from typing import Final

from firsthand.model.judgement import Target
from firsthand.model.page import Page

MOST_PLACES: Final = 1000
"""Places of the same words on one page that are compared; only hostile pages hold more."""


def stands_on(target: Target, page: Page) -> bool:
    """Whether a target means a page: its bytes, and where it names one its address."""
    return target.sha256 == page.sha256 and target.source in (None, page.source)


def closest(target: Target, starts: Collection[int], text: str) -> set[int]:
    """Of several places of the target's words those with the same words before; else all."""
    if len(starts) > 1 and target.before:
        closer = {at for at in starts if text[:at].endswith(target.before)}
        return closer or set(starts)
    return set(starts)


def place_of(target: Target, text: str) -> tuple[int, int] | None:
    """Where a target's words stand in a page's text: with the words around them, else the first.

    None where they do not stand there.
    """
    words = target.words
    if not words:
        return None
    starts: list[int] = []
    at = text.find(words)
    while at >= 0 and len(starts) < MOST_PLACES:
        starts.append(at)
        at = text.find(words, at + 1)
    if not starts:
        return None
    kept = closest(target, starts, text)
    both = [at for at in kept if text.startswith(target.after, at + len(words))]
    start = min(both or kept)
    return start, start + len(words)
