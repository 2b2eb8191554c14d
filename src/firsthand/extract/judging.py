"""The verdict on each line: article or furniture of a kind, and on what basis."""

from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.extract.articles import Article, find_articles, find_heads
from firsthand.extract.breaks import is_separator
from firsthand.extract.bylines import byline_in
from firsthand.extract.dates import date_line
from firsthand.extract.furniture import form_kinds, is_credit, mark_edges, mark_menu, more_at_end
from firsthand.extract.lines import Line, is_prose, is_title_like
from firsthand.extract.mastheads import Masthead, find_masthead, first_line_name
from firsthand.extract.reading import Reading
from firsthand.extract.vote import vote
from firsthand.model.page import Furniture, FurnitureBasis

HOLDER_SHARE = 0.4
"""Share of the page's voted prose above which an element holds the article, whatever its name."""

LINKED = 0.8
"""Share of a line inside hyperlinks from which it is a link, not a sentence with one."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The articles of a page, and its furniture: kinds by line and marks in the text."""

    articles: tuple[Article, ...]
    kinds: tuple[str, ...]
    furniture: tuple[Furniture, ...]
    masthead: str | None = None
    """The outlet's name by the head of a plain text."""


def _holders_of_article(lines: Sequence[Line], votes: Sequence[bool] | None) -> set[int]:
    """Elements named like furniture that hold the article all the same."""
    weights: dict[int, int] = {}
    total = 0
    for number, line in enumerate(lines):
        if is_prose(line) and (votes is None or votes[number]):
            total += len(line.text)
            if line.holder:
                weights[line.holder] = weights.get(line.holder, 0) + len(line.text)
    return {holder for holder, size in weights.items() if size >= HOLDER_SHARE * total}


def _container_kinds(lines: Sequence[Line], votes: Sequence[bool] | None) -> list[str]:
    wrong = _holders_of_article(lines, votes)
    return ["" if line.holder and line.holder in wrong else line.kind for line in lines]


def _is_label(line: Line) -> bool:
    return bool(byline_in(line) or is_credit(line.text) or date_line(line.text)) or line.role in {
        "byline",
        "date",
        "dateline",
    }


def _is_link(line: Line) -> bool:
    return line.link_chars > LINKED * len(line.text)


def _is_teaser(line: Line) -> bool:
    """Whether a line inside an article is a link to another one rather than a credit."""
    return _is_link(line) and not line.level and line.words > 2 and is_title_like(line)


def _before(line: Line, number: int, title: int | None) -> str:
    if title is None or number >= title or _is_label(line):
        return ""
    return "other" if is_prose(line) else "navigation"


def _after(line: Line, last: Line) -> str:
    if _is_label(line):
        return ""
    parent, own = (one.path.rpartition("/")[0] for one in (last, line))
    same = line.article == last.article if last.article else own == parent
    if same and (is_prose(line) or line.level) and not _is_link(line):
        return ""
    return "other"


def _by_vote(
    lines: Sequence[Line], kinds: Sequence[str], votes: Sequence[bool], articles: Sequence[Article]
) -> dict[int, str]:
    """What the vote adds: lines outside the voted stretch, and links inside it."""
    found: dict[int, str] = {}
    for article in articles:
        own = [n for n in range(article.first, article.last + 1) if not kinds[n]]
        prose = [n for n in own if is_prose(lines[n])]
        voted = [n for n in prose if votes[n]] or prose
        if not voted:
            continue
        first, last = voted[0], voted[-1]
        for n in own:
            line = lines[n]
            if n < first:
                kind = _before(line, n, article.title)
            elif n > last:
                kind = _after(line, lines[last])
            else:
                kind = "teaser" if not votes[n] and _is_teaser(line) else ""
            if kind and n != article.title and not is_credit(line.text):
                found[n] = kind
    return found


def _outside(
    lines: Sequence[Line], kinds: Sequence[str], articles: Sequence[Article]
) -> dict[int, str]:
    """Lines that lie in none of the page's articles."""
    inside = {n for article in articles for n in range(article.first, article.last + 1)}
    return {
        n: "other"
        for n, line in enumerate(lines)
        if n not in inside and not kinds[n] and not _is_label(line)
    }


def _mark(line: Line, kind: str, basis: FurnitureBasis) -> Furniture:
    return Furniture(start=line.start, end=line.end, kind=kind, basis=basis)


def _mark_closing(lines: Sequence[Line], kinds: list[str], article: Article) -> None:
    """Mark the lines of asterisks and the like with which an article ends."""
    last = article.last
    while last > article.first and (kinds[last] or is_separator(lines[last])):
        kinds[last] = kinds[last] or "other"
        last -= 1


def _tails(lines: Sequence[Line], kinds: Sequence[str]) -> list[Furniture]:
    """The "read more" links glued to the ends of paragraphs."""
    marks = []
    for line, kind in zip(lines, kinds, strict=True):
        span = None if kind else more_at_end(line)
        if span is not None:
            marks.append(Furniture(start=span[0], end=span[1], kind="teaser", basis="form"))
    return marks


def judge(reading: Reading, headline: str | None) -> Judged:
    """The articles and the furniture of a page; `headline` is what its metadata calls it."""
    lines = reading.lines
    votes = None
    if reading.root is not None:
        votes = vote(reading.root, lines, depth=reading.depth, elements=reading.elements)
    top = Masthead() if any(line.tag for line in lines) else find_masthead(lines)
    heads = [head + top.end for head in find_heads(lines[top.end :])]
    known = _container_kinds(lines, votes)
    known[: top.end] = [kind or "navigation" for kind in known[: top.end]]
    kinds = form_kinds(lines, known, set(heads))
    if not any(line.tag for line in lines):
        mark_menu(lines, kinds)
    if votes is None:
        mark_edges(lines, kinds, set(heads))
    articles = tuple(find_articles(lines, kinds, heads, headline))
    for article in articles:
        if article.title is not None:
            kinds[article.title] = ""
        _mark_closing(lines, kinds, article)
    extra: dict[int, str] = {}
    if votes is not None:
        extra = _by_vote(lines, kinds, votes, articles)
    extra |= _outside(lines, kinds, articles)
    marks = [_mark(line, kind, "form") for line, kind in zip(lines, kinds, strict=True) if kind]
    marks += [_mark(lines[n], kind, "extractor") for n, kind in extra.items()]
    kinds = [extra.get(n, kind) for n, kind in enumerate(kinds)]
    marks += _tails(lines, kinds)
    return Judged(
        articles=articles,
        kinds=tuple(kinds),
        furniture=tuple(sorted(marks, key=lambda mark: (mark.start, mark.end, mark.kind))),
        masthead=top.name or (None if any(line.tag for line in lines) else first_line_name(lines)),
    )
