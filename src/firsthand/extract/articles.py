"""Articles of a page: where each begins, its title, and which lines are its own."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from firsthand.extract.bylines import byline_in
from firsthand.extract.dates import date_line
from firsthand.extract.furniture import is_credit
from firsthand.extract.lines import Line, is_prose, is_title_like

HEAD_REACH = 3
"""Lines below a title within which its byline stands."""
MIN_BODY = 400
"""Characters of prose that make an article beside another one; teasers are shorter."""
MIN_PARAGRAPHS = 2
TITLE_WORDS = 4
"""Words from which a plain line is a headline rather than a label."""
MAX_STANDFIRST = 3
"""Prose lines that may stand before a heading which still is the article's title."""
TITLE_REACH = 40


@dataclass(frozen=True, slots=True)
class Article:
    """A stretch of lines `[first, last]` and the line that is its title, if one is."""

    first: int
    last: int
    title: int | None


def _is_label(line: Line) -> bool:
    """Whether a line is a byline, a date line or a source line."""
    return bool(byline_in(line) or date_line(line.text)) or (
        is_credit(line.text) and len(line.text) <= 80
    )


def find_heads(lines: Sequence[Line]) -> list[int]:
    """The lines that look like the title of an article with its byline below."""
    heads: list[int] = []
    for number, line in enumerate(lines):
        if line.words < 2 or not is_title_like(line) or _is_label(line):
            continue
        if line.tag and not (line.level in (1, 2, 3) or line.role == "title"):
            continue
        for below in lines[number + 1 : number + 1 + HEAD_REACH]:
            if byline_in(below):
                heads.append(number)
                break
            if is_prose(below):
                break
    return _apart(heads)


def _apart(heads: Sequence[int]) -> list[int]:
    """Of heads within reach of each other (a title said twice), the first."""
    kept: list[int] = []
    for head in heads:
        if not kept or head - kept[-1] > HEAD_REACH:
            kept.append(head)
    return kept


def _form_of_head(lines: Sequence[Line], head: int) -> tuple[bool, bool]:
    """Whether a head has a source line or a date line beside its byline."""
    below = lines[head + 1 : head + 1 + HEAD_REACH + 1]
    return (
        any(is_credit(line.text) and len(line.text) <= 80 for line in below),
        any(date_line(line.text, byline=bool(byline_in(line))) is not None for line in below),
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
    starts = list(heads)
    while len(starts) > 1:
        ends = [*starts[1:], len(lines)]
        forms = [_form_of_head(lines, start) for start in starts]
        thin = [
            number
            for number, (start, end) in enumerate(zip(starts, ends, strict=True))
            if not _substantial(lines, kinds, range(start, end))
            or (number > 0 and forms[number] != forms[0])
        ]
        if not thin:
            break
        del starts[thin[-1]]
    if len(starts) < 2:
        return []
    return list(zip(starts, [*(start - 1 for start in starts[1:]), len(lines) - 1], strict=True))


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


def _known_title(lines: Sequence[Line], title: str | None) -> Callable[[Line], bool]:
    wanted = _folded(title or "")

    def fits(line: Line) -> bool:
        words = _folded(line.text)
        return bool(wanted) and len(words) >= 8 and (words == wanted or wanted.startswith(words))

    return fits if any(fits(line) for line in lines) else lambda _: False


def _folded(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _html_title(lines: Sequence[Line], kinds: Sequence[str], title: str | None) -> int | None:
    """The number of the heading that names the article, within its lines."""
    prose = [n for n, line in enumerate(lines) if not kinds[n] and is_prose(line)]
    limit = prose[min(MAX_STANDFIRST, len(prose) - 1)] if prose else len(lines)
    open_lines = [
        n for n in range(min(limit, len(lines))) if kinds[n] in ("", "navigation") and lines[n].text
    ]
    fits = _known_title(lines, title)
    choices: tuple[Callable[[Line], bool], ...] = (
        lambda line: line.level > 0 and fits(line),
        lambda line: line.level == 1 and is_title_like(line),
        lambda line: line.role == "title",
        lambda line: line.level in (2, 3) and is_title_like(line),
        fits,
    )
    for number, choice in enumerate(choices):
        for n in open_lines:
            if choice(lines[n]) and (not kinds[n] or number == 0):
                return n
    return None


def _plain_title(lines: Sequence[Line], kinds: Sequence[str]) -> int | None:
    """The number of the line that is the headline of a plain text, within its lines."""
    shorter: int | None = None
    for number, line in enumerate(lines[:TITLE_REACH]):
        if kinds[number] or _is_label(line):
            continue
        if line.level:
            return number
        if is_prose(line) and not _stands_alone(lines, number):
            break
        if not is_title_like(line):
            continue
        if line.words >= TITLE_WORDS or _repeated(lines, number):
            return number
        shorter = number if shorter is None and line.words > 1 else shorter
    return shorter


def _stands_alone(lines: Sequence[Line], number: int) -> bool:
    """Whether a line that ends like a sentence is still a headline: repeated, or asking."""
    return _repeated(lines, number) or lines[number].text.rstrip("”’\"'»").endswith(("?", "!"))


def _repeated(lines: Sequence[Line], number: int) -> bool:
    words = " ".join(lines[number].text.split())
    return any(" ".join(line.text.split()) == words for line in lines[number + 1 : number + 4])


def _stretches(
    lines: Sequence[Line], kinds: Sequence[str], heads: Sequence[int]
) -> list[tuple[int, int]]:
    found = _by_elements(lines, kinds) or _by_heads(lines, kinds, heads)
    return found or [(0, len(lines) - 1)]


def find_articles(
    lines: Sequence[Line], kinds: Sequence[str], heads: Sequence[int], title: str | None
) -> Iterator[Article]:
    """The articles of a page in order; a page holds one unless it plainly shows several.

    `title` is the headline by the page's metadata, which helps to know the line that holds it.
    """
    if not lines:
        return
    marked_up = any(line.tag for line in lines)
    for first, last in _stretches(lines, kinds, heads):
        own, own_kinds = lines[first : last + 1], kinds[first : last + 1]
        found = _html_title(own, own_kinds, title) if marked_up else _plain_title(own, own_kinds)
        begin = first + found if found is not None else first
        prose = next(
            (n for n in range(first, last + 1) if not kinds[n] and is_prose(lines[n])), last
        )
        start = min(begin, prose) if found is not None else _first_own(kinds, first, last)
        yield Article(first=start, last=last, title=None if found is None else first + found)


def _first_own(kinds: Sequence[str], first: int, last: int) -> int:
    return next((n for n in range(first, last + 1) if not kinds[n]), first)
