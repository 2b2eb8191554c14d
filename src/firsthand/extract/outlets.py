"""The outlet of a page: from its metadata, from how it speaks of itself, or its host."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from firsthand.extract.furniture import is_credit
from firsthand.extract.lines import Line
from firsthand.extract.mastheads import name_kind
from firsthand.extract.metadata import Head
from firsthand.extract.titles import PARTS
from firsthand.resources import read_table

SELF_NAMES = "lexicons/extract_self_names.tsv"

HEAD_LINES = 4
"""Lines from the title within which "X says…" opens the outlet's own text."""
LONGEST = 300
NAME_WORDS = range(1, 8)

NOT_NAMES = frozenset(
    [
        "us",
        "me",
        "you",
        "we",
        "it",
        "this",
        "our",
        "here",
        "now",
        "all",
        "more",
        "the",
        "site",
        "page",
        "blog",
        "website",
        "home",
        "today",
        "him",
        "her",
        "free",
        "independent",
        "news",
        "facebook",
        "twitter",
        "telegram",
        "youtube",
        "our",
        "channel",
    ]
)
PRONOUNS = frozenset("he she they it who i we you one".split())  # noqa: SIM905 - a list of words is read more easily so


@dataclass(frozen=True, slots=True)
class SelfName:
    """A form in which a page names itself."""

    where: str
    weight: int
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Outlet:
    """A name and how it was found."""

    name: str
    basis: str
    """metadata, masthead, title, self_name, host or given."""


@cache
def _forms() -> tuple[SelfName, ...]:
    return tuple(
        SelfName(row["where"], int(row["weight"]), re.compile(row["pattern"], re.IGNORECASE))
        for row in read_table(SELF_NAMES)
    )


def _unquoted(name: str) -> str:
    """The name without quotation marks around the whole of it, or one of a pair."""
    for opening, closing in ("“”", "«»", '""', "''"):
        if name.startswith(opening) and name.endswith(closing) and len(name) > 2:
            return name[1:-1]
        if name.count(opening) != name.count(closing):
            return name.replace(opening, "").replace(closing, "")
    return name


def _tidy(name: str, topic: str | None) -> str | None:
    """The name without a section of the site at its end ("Dale Post Sarat Files")."""
    words = _unquoted(name.strip(" .,:;!|–—-")).split()
    if topic:
        first = topic.split()[0].casefold()
        folded = [word.casefold() for word in words]
        if first in folded[1:]:
            words = words[: folded.index(first, 1)]
    if len(words) not in NAME_WORDS or words[0].casefold() in NOT_NAMES | PRONOUNS:
        return None
    if words[0].casefold() == "the" and len(words) == 1:
        return None
    return " ".join(words) if words[0][:1].isupper() or not words[0].isascii() or words[0][:1].isdigit() else None  # fmt: skip


def _said(
    lines: Sequence[Line], kinds: Sequence[str], first: int, last: int
) -> Iterator[tuple[str, int]]:
    """The names by which lines of the page call its outlet, each with its weight."""
    for number, line in enumerate(lines):
        if len(line.text) > LONGEST or is_credit(line.text):
            continue
        for form in _forms():
            if form.where == "head" and not first <= number <= first + HEAD_LINES:
                continue
            if form.where == "tail" and not (kinds[number] or number > last - 3):
                continue
            found = form.pattern.match(line.text)
            if found is None:
                continue
            topic = found.groupdict().get("topic")
            name = _tidy(found["name"], topic)
            if name:
                yield name, form.weight
                break


def self_name(lines: Sequence[Line], kinds: Sequence[str], first: int, last: int) -> str | None:
    """The name that the page's own words give its outlet; the surest, then the earliest.

    `first` and `last` are the numbers of the article's first and last line.
    """
    weights: dict[str, int] = {}
    spelt: dict[str, str] = {}
    for name, weight in _said(lines, kinds, first, last):
        key = name.casefold()
        whole = next((known for known in weights if key.startswith(known + " ")), key)
        weights[whole] = weights.get(whole, 0) + weight
        spelt.setdefault(whole, name)
    if not weights:
        return None
    best = max(weights.values())
    return next(spelt[key] for key, weight in weights.items() if weight == best)


TITLE_WORDS = 4
"""Words at most of a title that is an outlet's name alone; a headline has more."""

SAME_WORDS = 0.6
"""Share of a title part's words that the headline holds, from which the part is the headline."""


def _is_headline(part: str, headline: str) -> bool:
    """Whether a part of a page's title says what its headline says, cut or in other words."""
    one, other = part.casefold(), headline.casefold()
    if one.startswith(other[:30]) or other.startswith(one[:30]):
        return True
    words, wanted = set(re.findall(r"\w+", one)), set(re.findall(r"\w+", other))
    return len(words) > 2 and len(words & wanted) >= SAME_WORDS * len(words)


def title_part(head: Head, headline: str | None, lines: Sequence[Line] = ()) -> str | None:
    """The site's name in the page's title, where the rest is the headline.

    So is its last part where a line of the page is nothing but that part, and a title that is
    the name of an outlet as a whole.
    """
    if not head.title or not headline:
        return None
    parts = [part.strip() for part in PARTS.split(head.title)]
    if len(parts) < 2:
        return _titled(head.title.strip(), headline)
    starts = [_is_headline(part, headline) for part in (parts[0], parts[-1])]
    if starts[0] == starts[1]:
        last = parts[-1]
        alone = any(line.text.strip() == last or line.text.startswith(f"{last} ") for line in lines)
        return last if alone and not any(starts) and len(last.split()) in NAME_WORDS else None
    name = parts[-1] if starts[0] else parts[0]
    return name if len(name.split()) in NAME_WORDS else None


def _titled(title: str, headline: str) -> str | None:
    """The name in a title of one part: "Tarn Notes: the headline", or "The Tarn Herald" alone."""
    before, colon, after = title.partition(": ")
    if colon and before != headline and after.casefold() == headline.casefold():
        return before if len(before.split()) in NAME_WORDS else None
    press = name_kind(title) in {"outlet", "agency"}
    return title if press and len(title.split()) <= TITLE_WORDS else None


def host_of(url: str | None) -> str | None:
    """The host of a web address without `www.`, or None for a path."""
    if not url or not url.lower().startswith(("http://", "https://")):
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def metadata_outlet(head: Head) -> Outlet | None:
    """The outlet by the page's metadata."""
    described = (one.publisher for one in head.articles)
    candidates = (
        head.first("site_name"),
        next((name for name in described if name), None),
        head.organization,
        head.first("publisher"),
    )
    for name in candidates:
        if name and not name.lower().startswith("http") and len(name.split()) in NAME_WORDS:
            return Outlet(name=name, basis="metadata")
    return None
