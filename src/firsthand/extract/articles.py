"""Articles of a page: where each begins, its title, and which lines are its own."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from firsthand.extract.breaks import by_breaks
from firsthand.extract.bylines import byline_in
from firsthand.extract.dates import date_line, says_published
from firsthand.extract.furniture import form_of, menu_kind
from firsthand.extract.lines import Line, is_prose, is_title_like
from firsthand.extract.titles import (
    html_title,
    is_label,
    is_repeated,
    page_headline,
    plain_title,
)

HEAD_REACH = 3
"""Lines below a title within which its byline stands."""
BYLINE_START = re.compile(r"by\s", re.IGNORECASE)
"""A line that begins like a byline is no title, even where no name follows ("By our staff")."""
MIN_BODY = 400
"""Characters of prose that make an article beside another one; teasers are shorter."""
MIN_PARAGRAPHS = 2
LONGEST_DATE = 60
"""Characters of a line that can be a date alone."""


@dataclass(frozen=True, slots=True)
class Article:
    """A stretch of lines `[first, last]` and the line that is its title, if one is."""

    first: int
    last: int
    title: int | None


def find_heads(lines: Sequence[Line], shows: Callable[[Line], bool] | None = None) -> list[int]:
    """The lines that look like the title of an article with its byline or date below.

    `shows` tells of a line below a title whether it shows that an article begins.
    """
    shows = shows or _heads_article
    heads: list[int] = []
    for number, line in enumerate(lines):
        if not _may_head(line):
            continue
        for below in lines[number + 1 : number + 1 + HEAD_REACH]:
            if shows(below):
                heads.append(number)
                break
            if is_prose(below):
                break
    return _apart(lines, heads)


def _may_head(line: Line) -> bool:
    if line.tag and not (line.level in (1, 2, 3) or line.role == "title"):
        return False
    if line.words < 2 or BYLINE_START.match(line.text) or not is_title_like(line) or is_label(line):
        return False
    return not menu_kind(line.text) and form_of(line) is None


def _heads_article(line: Line) -> bool:
    """Whether a line below a title shows that an article begins: its byline or its date."""
    if byline_in(line):
        return True
    return bool(line.moment) or says_published(line.text)


def _bare_date(line: Line) -> str | None:
    """The date that a line consists of, or None."""
    if len(line.text) > LONGEST_DATE:
        return None
    found = date_line(line.text)
    return found.edtf if found and len(line.text) <= found.end - found.start + 12 else None


def _apart(lines: Sequence[Line], heads: Sequence[int]) -> list[int]:
    """Of heads within reach of each other the first: a title said twice, or one with a standfirst.

    A line set apart from one that stands right on its byline is a label, not the title.
    """
    kept: list[int] = []
    for head in heads:
        if not kept or head - kept[-1] > HEAD_REACH:
            kept.append(head)
        elif lines[head].gap > lines[head + 1].gap == 0 and not is_repeated(lines, kept[-1]):
            kept[-1] = head
    return kept


@dataclass(frozen=True, slots=True)
class _HeadForm:
    """What stands below a title: a byline, a date said to be of publication, a bare date."""

    byline: bool
    published: bool
    date: str | None

    def like(self, other: "_HeadForm") -> bool:
        """Whether two heads of one page are built alike.

        Bare dates must be equal: headings with one date after another make a chronicle.
        """
        return (
            (self.byline and other.byline)
            or (self.published and other.published)
            or (self.date is not None and self.date == other.date)
        )


def _form_of_head(lines: Sequence[Line], head: int) -> _HeadForm:
    below = []
    for line in lines[head + 1 : head + 1 + HEAD_REACH]:
        if is_prose(line):
            break
        below.append(line)
    return _HeadForm(
        byline=any(byline_in(line) for line in below),
        published=any(line.moment or says_published(line.text) for line in below),
        date=next(filter(None, map(_bare_date, below)), None),
    )


def _body(lines: Sequence[Line], kinds: Sequence[str], numbers: Collection[int]) -> tuple[int, int]:
    sizes = [len(lines[n].text) for n in numbers if not kinds[n] and is_prose(lines[n])]
    return sum(sizes), len(sizes)


def _substantial(lines: Sequence[Line], kinds: Sequence[str], numbers: Collection[int]) -> bool:
    size, paragraphs = _body(lines, kinds, numbers)
    return size >= MIN_BODY and paragraphs >= MIN_PARAGRAPHS


def _by_heads(
    lines: Sequence[Line], kinds: Sequence[str], heads: Sequence[int]
) -> list[tuple[int, int]]:
    """Stretches that begin with heads of one form; fewer than two means one article."""
    if len(heads) < 2:
        return []
    sizes = _running_sizes(lines, kinds)
    first = _form_of_head(lines, heads[0])
    starts: list[int] = []
    end = len(lines)
    for head in reversed(heads):
        size, paragraphs = (two - one for one, two in zip(sizes[head], sizes[end], strict=True))
        enough = size >= MIN_BODY and paragraphs >= MIN_PARAGRAPHS
        if enough and (head == heads[0] or first.like(_form_of_head(lines, head))):
            starts.append(head)
            end = head
    starts.reverse()
    if len(starts) < 2 or starts[0] != heads[0]:
        return []
    return list(zip(starts, [*(start - 1 for start in starts[1:]), len(lines) - 1], strict=True))


def _running_sizes(lines: Sequence[Line], kinds: Sequence[str]) -> list[tuple[int, int]]:
    """Characters and paragraphs of prose before each line, and in all."""
    sizes = [(0, 0)]
    for line, kind in zip(lines, kinds, strict=True):
        prose = not kind and is_prose(line)
        size, paragraphs = sizes[-1]
        sizes.append((size + len(line.text) * prose, paragraphs + prose))
    return sizes


def _by_elements(lines: Sequence[Line], kinds: Sequence[str]) -> list[tuple[int, int]]:
    """Stretches inside `<article>` elements that each have a heading and a body."""
    groups: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        if line.article:
            groups.setdefault(line.article, []).append(number)
    found = []
    for numbers in groups.values():
        prose = [n for n in numbers if not kinds[n] and is_prose(lines[n])]
        if not prose or not _substantial(lines, kinds, numbers):
            continue
        above = [n for n in numbers if n < prose[0] and lines[n].level in (1, 2)]
        if above:
            found.append((numbers[0], numbers[-1]))
    return found if len(found) > 1 else []


def _stretches(
    lines: Sequence[Line], kinds: Sequence[str], heads: Sequence[int], title: str | None
) -> list[tuple[int, int]]:
    if page_headline(lines, kinds, title) is not None:
        return [(0, len(lines) - 1)]
    found = _by_elements(lines, kinds) or _by_heads(lines, kinds, heads)
    if not found:
        dated = [n for n in _dated_heads(lines) if not kinds[n]]
        found = _by_heads(lines, kinds, dated) if len(dated) > 1 else []
    if not found and not any(line.tag for line in lines):
        found = by_breaks(lines, kinds)
    return found or [(0, len(lines) - 1)]


def _dated_heads(lines: Sequence[Line]) -> list[int]:
    """The lines that look like a title with a bare date below; none where fewer than two have one."""
    bare = {id(line) for line in lines if _bare_date(line)}
    return find_heads(lines, lambda line: id(line) in bare) if len(bare) > 1 else []


def find_articles(
    lines: Sequence[Line], kinds: Sequence[str], heads: Sequence[int], title: str | None
) -> Iterator[Article]:
    """The articles of a page in order; a page holds one unless it plainly shows several.

    `title` is the headline by the page's metadata, which helps to know the line that holds it.
    """
    if not lines:
        return
    marked_up = any(line.tag for line in lines)
    for first, last in _stretches(lines, kinds, heads, title):
        own, own_kinds = lines[first : last + 1], kinds[first : last + 1]
        if marked_up:
            found = html_title(own, own_kinds, title)
        else:
            found = plain_title(own, own_kinds, [head - first for head in heads])
        start = first + found if found is not None else _first_own(kinds, first, last)
        yield Article(first=start, last=last, title=None if found is None else start)


def _first_own(kinds: Sequence[str], first: int, last: int) -> int:
    return next((n for n in range(first, last + 1) if not kinds[n]), first)
