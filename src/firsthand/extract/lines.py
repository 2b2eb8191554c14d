"""A line of page text: a block with what is known of where it stood, before it is judged."""

import re

import msgspec

SENTENCE_END = re.compile(r"[.!?…؟。！？۔।]['\"”’»“)\]]{0,3}\s*$")
"""Ends like a sentence, closing marks allowed after the stop."""

LONG_LINE = 80
"""Characters from which a line is more likely prose than a label or a heading."""


STAMP = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9}|"
    r"[a-z]{3,9}\.? \d{1,2}),? \d{4}.{0,24}\b[ap]\.? ?m\.",
    re.IGNORECASE,
)
"""A day and an hour, whose "a.m." ends no sentence."""


class Line(msgspec.Struct, frozen=True, gc=False):
    """One block of page text and its surroundings; offsets are into the page's text."""

    start: int
    end: int
    text: str
    path: str = ""
    tag: str = ""
    """Name of the element; empty in plain text."""
    level: int = 0
    """Heading level 1 to 6; 0 for what is not a heading."""
    gap: int = 0
    """Empty lines before it in plain text."""
    link_chars: int = 0
    """Characters inside hyperlinks."""
    kind: str = ""
    """Kind of furniture by the element it stands in; empty where no element says so."""
    holder: int = 0
    """Which element gave `kind`; numbered in reading order from 1."""
    firm: bool = False
    """Whether `kind` comes from the element's own meaning (nav, footer), not from a class name."""
    article: int = 0
    """Which outermost `<article>` holds it; 0 for none."""
    role: str = ""
    """byline, date or title where the element says so."""
    moment: str = ""
    """The machine-readable date of a `<time>` element inside it."""

    @property
    def words(self) -> int:
        """How many words, counted by white space."""
        return len(self.text.split())


def is_prose(line: Line) -> bool:
    """Whether a line reads like running text: long enough, and mostly not links."""
    if line.level or line.link_chars * 2 > len(line.text):
        return False
    if SENTENCE_END.search(line.text[-12:]) and not STAMP.fullmatch(line.text):
        return line.words >= 5 or len(line.text) >= LONG_LINE
    return len(line.text) >= 2 * LONG_LINE


def is_title_like(line: Line) -> bool:
    """Whether a line could be a headline: some words, no sentence end unless it asks or calls."""
    text = line.text.strip().lstrip("#").strip()
    if not 8 <= len(text) <= 220 or not any(c.isalpha() for c in text):
        return False
    ending = text.rstrip("'\"”’»)")[-1:]
    return ending not in ".:;,،؛。۔" or text.endswith(("…", "..."))
