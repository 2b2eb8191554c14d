"""Headlines: which line of an article is its title, by markup, by metadata or by shape."""

import itertools
import re
from collections.abc import Callable, Sequence

from firsthand.extract.bylines import byline_in
from firsthand.extract.dates import date_line
from firsthand.extract.furniture import is_credit
from firsthand.extract.lines import Line, is_prose, is_title_like

TITLE_WORDS = 4
"""Words from which a plain line is a headline rather than a label."""
TITLE_REACH = 40
"""Lines of a plain text among which its headline must be."""
MAX_STANDFIRST = 3
"""Paragraphs that may stand before a heading which still is the article's title."""
MAX_NOTICES = 2
"""Notices of some length (cookies, terms) that may stand above a headline."""

PARTS = re.compile(r"\s(?:\||-|–|—|::|»|·|•)\s")
"""What parts a headline from the name of the site in a page's `<title>`."""
LONG_TITLE = 15
"""Letters from which a heading that the title holds, among other words, is the headline."""


def is_label(line: Line) -> bool:
    """Whether a line is a byline, a date line or a source line."""
    return bool(byline_in(line) or date_line(line.text)) or (
        is_credit(line.text) and len(line.text) <= 80
    )


def _folded(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def title_fits(title: str | None) -> Callable[[Line], bool]:
    """Tells whether a line is the headline that a page's metadata gives, or a part of it."""
    whole = _folded(title or "")
    parts = {whole, *map(_folded, PARTS.split(title or ""))} - {""}

    def fits(line: Line) -> bool:
        words = _folded(line.text)
        return words in parts or (len(words) >= LONG_TITLE and words in whole)

    return fits


def page_headline(lines: Sequence[Line], kinds: Sequence[str], title: str | None) -> int | None:
    """The heading of the whole page, above all `<article>` elements, that its title names."""
    fits = title_fits(title)
    first = next((n for n, line in enumerate(lines) if line.article), 0)
    for n in range(first):
        line = lines[n]
        if line.level == 1 and not kinds[n] and line.words >= TITLE_WORDS and fits(line):
            return n
    return None


def _open(number: int, lines: Sequence[Line], kinds: Sequence[str]) -> bool:
    """Whether a heading may be the title: not furniture, or a page header's of some length."""
    kind = kinds[number]
    return not kind or (kind == "navigation" and lines[number].words >= TITLE_WORDS)


def html_title(lines: Sequence[Line], kinds: Sequence[str], title: str | None) -> int | None:
    """The number of the heading that names the article, within its lines."""
    prose = [n for n, line in enumerate(lines) if not kinds[n] and is_prose(line)]
    opening = prose[0] if prose else len(lines)
    limit = prose[min(MAX_STANDFIRST, len(prose) - 1)] if prose else len(lines)
    fits = title_fits(title)
    named = [
        n for n in range(limit) if lines[n].level and fits(lines[n]) and _open(n, lines, kinds)
    ]
    if named:
        return max((n for n in named if n < opening), default=named[0])
    choices: tuple[Callable[[Line], bool], ...] = (
        lambda line: line.level == 1 and is_title_like(line),
        lambda line: line.role == "title",
        lambda line: line.level in (2, 3) and is_title_like(line),
        fits,
    )
    for choice in choices:
        for n in range(min(limit, opening + 1) if choice is not choices[0] else limit):
            if not kinds[n] and choice(lines[n]):
                return n
    return None if title else _by_shape(lines, kinds)


def plain_title(lines: Sequence[Line], kinds: Sequence[str], heads: Sequence[int]) -> int | None:
    """The number of the line that is the headline of a plain text, within its lines."""
    found = _by_label(lines, kinds, heads)
    found = _by_shape(lines, kinds) if found is None else found
    return _by_credit(lines, kinds) if found is None else found


def _by_credit(lines: Sequence[Line], kinds: Sequence[str]) -> int | None:
    """The first line of some words that stands apart, right above a credit line."""
    own = [n for n in range(min(len(lines), TITLE_REACH)) if not kinds[n]]
    for number, below in itertools.pairwise(own):
        line = lines[number]
        apart = line.gap > 0 and line.words >= TITLE_WORDS and is_title_like(line)
        if apart and is_credit(lines[below].text) and not is_label(line):
            return number
    return None


def _by_label(lines: Sequence[Line], kinds: Sequence[str], heads: Sequence[int]) -> int | None:
    """The first line with a byline or date below it, if little but notices stands above it."""
    head = next((head for head in heads if head >= 0), None)
    if head is None or head >= len(lines) or kinds[head]:
        return None
    above = [n for n in range(head) if not kinds[n] and is_prose(lines[n])]
    return head if len(above) <= MAX_NOTICES else None


def _by_shape(lines: Sequence[Line], kinds: Sequence[str]) -> int | None:
    """The first line that is like a headline and stands above the first paragraph."""
    shorter: int | None = None
    for number, line in enumerate(lines[:TITLE_REACH]):
        if kinds[number] or is_label(line):
            continue
        if line.level:
            return number
        if is_prose(line) and not _stands_alone(lines, number):
            break
        if not is_title_like(line):
            continue
        if line.words >= TITLE_WORDS or is_repeated(lines, number):
            return number
        shorter = number if shorter is None and line.words > 1 else shorter
    return shorter


def _stands_alone(lines: Sequence[Line], number: int) -> bool:
    """Whether a line that ends like a sentence is still a headline: repeated, or asking."""
    return is_repeated(lines, number) or lines[number].text.rstrip("”’\"'»").endswith(("?", "!"))


def is_repeated(lines: Sequence[Line], number: int) -> bool:
    """Whether one of the next lines says the same again."""
    words = " ".join(lines[number].text.split())
    return any(" ".join(line.text.split()) == words for line in lines[number + 1 : number + 4])
