"""Credits that stand on lines: whole lines, line openings, line ends, titles."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, TypeAlias

from firsthand.model.document import Document
from firsthand.model.page import Page
from firsthand.resources import read_words
from firsthand.trace.credit_grammar import Form, Rule, name_words
from firsthand.trace.credit_lines import TOP_LINES, Line
from firsthand.trace.credit_name_forms import ENGLISH, SourceKind, is_demonym
from firsthand.trace.credit_names import Named, PageNames, name_at, named_by_title
from firsthand.trace.credit_triggers import Letters, rules_for

MAX_LINE: Final = 240
"""A longer line is a paragraph, not a credit line."""
HEAD: Final = 160
TAIL: Final = 200
"""Code points at a line's opening and end in which a credit may stand."""
CLOSING: Final = 400
"""Code points at a line's end whose sentences may each credit the whole text."""
CLOSING_LINES: Final = 8
"""Lines at either end of a text of which single sentences may credit it."""
MIN_CLOSING: Final = 12
MAX_INITIALS: Final = 6
OWN_MARGIN: Final = 4_000
"""Code points of furniture before and after an article that are read for its outlet's name."""

_NEVER: Final = frozenset({"share", "cookie", "comment_form", "copyright", "navigation"})
"""Kinds of furniture that name sources without crediting them."""
_SENTENCE_END: Final = re.compile(r"[.!?…][”\"’)\]]?[ \t\xa0]+(?=[^\Wa-z_]|[(\[©*])")
_ABOUT_TEXT: Final = re.compile(
    r"\b(?:this|our|original|originally|translated|translation|reprinted|republished|reproduced|"
    r"permission|cross-?posted|copyright)\b|©",
    re.IGNORECASE,
)
"""Words that say of a sentence amid others that it speaks of the text it stands in."""
_LEADING_MARK: Final = re.compile(r"[\s*•>|·»›→#–—-]{0,6}")


@dataclass(frozen=True)
class Found:
    """A credit's words on a line, before it is known what they cover."""

    rule: Rule
    start: int
    end: int
    named: Named
    line: int
    title: str | None = None
    own: bool = False
    """Names the page's own outlet: no credit, but it ends the run above it."""


@dataclass(frozen=True)
class Reading:
    """What is read of a page for one document: its text, its letters, what names are known."""

    text: str
    letters: Letters
    names: PageNames
    title: str = ""
    """The document's title, for credits that leave the source to it."""


def match_lines(reading: Reading, lines: Sequence[Line], language: str | None) -> list[Found]:
    """The credit of each line that is or opens or closes with one, in reading order."""
    usable = [line for line in lines if line.furniture not in _NEVER and not line.separator]
    owned = [line for line in lines if line.furniture == "copyright"]
    body = [line for line in usable if not line.title]
    found = [
        *_in_places(reading, "line", [_whole_range(line) for line in body], language),
        *_in_places(reading, "line", [_whole_range(line) for line in owned], language),
        *_in_places(reading, "title", [_title_range(line) for line in usable], language),
    ]
    taken = {one.line for one in found}
    rest = [line for line in body if line.index not in taken]
    found += _in_places(reading, "head", [_head_range(line) for line in rest], language)
    found += _in_places(reading, "tail", [_tail_range(line) for line in rest], language)
    taken |= {one.line for one in found if one.rule.where == "tail"}
    found += _closings(reading, [line for line in rest if line.index not in taken], language)
    return sorted(found, key=lambda one: (one.line, one.start))


_Place: TypeAlias = tuple[Line, int, int]
"""A line and the part of it that is read; empty where nothing of it is."""


def _whole_range(line: Line) -> _Place:
    return line, line.start, line.end if line.end - line.start <= MAX_LINE else line.start


def _title_range(line: Line) -> _Place:
    return line, line.start, min(line.end, line.start + MAX_LINE) if line.title else line.start


def _head_range(line: Line) -> _Place:
    return line, line.start, min(line.end, line.start + HEAD)


def _tail_range(line: Line) -> _Place:
    return line, max(line.start, line.end - TAIL), line.end


def _in_places(
    reading: Reading, where: str, places: Sequence[_Place], language: str | None
) -> list[Found]:
    """In each place the first rule of that kind that fits and names a source it accepts."""
    places = [place for place in places if place[1] < place[2]]
    ranges = [(start, end) for _, start, end in places]
    live = rules_for(where, language).places(reading.letters, ranges)
    out: list[Found] = []
    for index, rules in live.items():
        marked = reading.text[places[index][2] - 1] in ":.…"
        for rule, _ in rules:
            if rule.ends_in_mark and not marked:
                continue
            if _is_elsewhere(rule, places[index][0]):
                continue
            found = _try(reading, rule, places[index])
            if found:
                out += found
                break
    return out


def _is_elsewhere(rule: Rule, line: Line) -> bool:
    """Whether a rule reads no such line: too far below, or whose text it is by right."""
    if rule.names == "top" and line.index >= TOP_LINES:
        return True
    return line.furniture == "copyright" and not rule.name.startswith("trailing.copyright")


def _try(reading: Reading, rule: Rule, place: _Place) -> list[Found]:
    line, start, end = place
    text, names = reading.text, reading.names
    if rule.where == "line":
        return _whole(reading, rule, line)
    if rule.where == "tail":
        match = _ending(rule.form, text, start, end)
        return list(_named(text, rule, match, line, names, skip=1)) if match else []
    if rule.where == "title":
        match = rule.form.search(text, start, end)
    else:
        match = rule.form.match(text, start, end)
        match = match if match and match.end() < line.end else None
    return list(_named(text, rule, match, line, names)) if match else []


def _whole(reading: Reading, rule: Rule, line: Line) -> list[Found]:
    text, names = reading.text, reading.names
    mark = _LEADING_MARK.match(text, line.start, line.end)
    start = mark.end() if mark else line.start
    dashed = start > line.start and text[line.start : start].strip() in {"—", "–", "-", "--"}
    for begin in (line.start, start) if dashed else (start,):
        match = rule.form.fullmatch(text, begin, line.end)
        if match and rule.names == "title":
            return _by_title(reading, rule, match, line)
        found = list(_named(text, rule, match, line, names)) if match else []
        if found:
            return found
    return []


def _by_title(reading: Reading, rule: Rule, match: re.Match[str], line: Line) -> list[Found]:
    """A credit that leaves its source to the title: "Received today and printed in full"."""
    body = named_by_title(reading.title, reading.names)
    if body is None:
        return []
    named = Named(*body, "form", match.start(), match.end())
    own = reading.names.is_own(named.name)
    return [Found(rule, match.start(), match.end(), named, line.index, own=own)]


def _closings(reading: Reading, lines: Sequence[Line], language: str | None) -> list[Found]:
    """Credits of the whole text that are sentences of its first or last lines."""
    text = reading.text
    ends = [*lines[:CLOSING_LINES], *lines[CLOSING_LINES:][-CLOSING_LINES:]]
    places = [place for line in ends for place in _sentences(text, line)]
    ranges = [(start, end) for _, start, end in places]
    out: list[Found] = []
    for index, rules in rules_for("closing", language).places(reading.letters, ranges).items():
        line, start, end = places[index]
        about = _ABOUT_TEXT.search(text, start, end) is not None
        for rule, _ in rules:
            match = rule.form.fullmatch(text, start, end)
            made = (
                _named(text, replace(rule, where="tail"), match, line, reading.names)
                if match
                else ()
            )
            found = [one for one in made if about or one.named.is_press]
            out += found
            if found:
                break
    return out


def _sentences(text: str, line: Line) -> list[_Place]:
    """The last sentences of a line of several, each long enough for a credit and not too long."""
    low = max(line.start, line.end - CLOSING)
    starts = [found.end() for found in _SENTENCE_END.finditer(text, low, line.end)]
    bounds = [*starts, line.end]
    whole = [line.start] if low == line.start and starts else []
    spans = [(start, _trim_end(text, start, end)) for start, end in pairwise([*whole, *bounds])]
    return [(line, start, end) for start, end in spans if MIN_CLOSING <= end - start <= MAX_LINE]


def _ending(form: Form, text: str, start: int, end: int) -> re.Match[str] | None:
    """The match of a tail rule that reaches the end of the line, if any."""
    for match in re.finditer(r"[.!?…”\"’)\]]", text[start:end]):
        whole = form.fullmatch(text, start + match.start(), end)
        if whole is not None:
            return whole
    return None


def _named(
    text: str,
    rule: Rule,
    match: re.Match[str],
    line: Line,
    names: PageNames,
    *,
    skip: int = 0,
) -> Iterator[Found]:
    """The one or two sources a match names, where the rule accepts such names.

    The first has all the credit's words, the second those of its name.
    """
    groups = match.groupdict()
    title = groups.get("title")
    start = match.start() + skip
    while start < match.end() and text[start].isspace():
        start += 1
    if rule.covers == "quotation":
        yield from _person(text, rule, match, line, names)
        return
    given = [slot for slot in ("src", "src2") if groups.get(slot) is not None]
    sources = [name_at(text, *match.span(slot), names) for slot in given]
    if rule.name.startswith("head.dateline"):
        sources = [named and _agency_in_dateline(named, text) for named in sources]
    taken = [named for named in sources if named is not None and accepts(rule, named, line)]
    if len(taken) < len(given) and "/" in text[match.start() : match.end()].strip("/"):
        return  # "(A. Person / Tarn Wire)" is whose picture it is
    stop = match.start("stop") if groups.get("stop") is not None else match.end()
    for number, named in enumerate(taken):
        # "by A. Person (Home – A. Person)": the site is the author's own.
        is_author = named.name in text[match.start() : named.start]
        yield Found(
            rule=rule,
            start=named.start if number else start,
            end=named.end if number else _trim_end(text, start, stop),
            named=replace(named, kind=_kind(rule, named, is_author=is_author)),
            line=line.index,
            title=_clean_title(title),
            own=names.is_own(named.name) or names.is_own(text[named.start : named.end]),
        )


def _agency_in_dateline(named: Named, text: str) -> Named:
    """Initials in a date line are an agency's, whatever body else has them."""
    words = text[named.start : named.end]
    if named.is_press or not words.isupper() or len(words) > MAX_INITIALS:
        return named
    return Named(words, "agency", "letters", named.start, named.end)


def _kind(rule: Rule, named: Named, *, is_author: bool) -> SourceKind:
    """What a source is by its place: an author, or an agency by its initials in a date line."""
    if is_author or rule.names == "author":
        return "person"
    in_dateline = rule.name.startswith("head.dateline") and named.evidence in {"letters", "plain"}
    return "agency" if in_dateline else named.kind


def _person(
    text: str, rule: Rule, match: re.Match[str], line: Line, names: PageNames
) -> Iterator[Found]:
    """The person who speaks the quoted block below the line."""
    first = re.match(
        r"(?:[^\W\d_][\w’'.-]* ){0,5}[^\W\d_][\w’'.-]*", text[match.start() : match.end()]
    )
    if first is None:
        return
    words = first.group().split()
    capital = [word for word in words if word[:1].isupper()]
    stop = next((at for at, word in enumerate(words) if not word[:1].isupper()), len(words))
    if not capital or words[0].casefold() in name_words("stop"):
        return
    end = match.start() + len(" ".join(words[:stop]))
    named = name_at(text, match.start(), end, names)
    if named is None:
        return
    if named.evidence == "plain":
        named = Named(named.name, "person", "plain", named.start, named.end)
    yield Found(
        rule=rule,
        start=match.start(),
        end=_trim_end(text, match.start(), match.end()),
        named=named,
        line=line.index,
        own=names.is_own(named.name),
    )


_EVIDENCE: Final[dict[str, Callable[[Named], bool]]] = {
    "press": lambda named: named.is_press,
    "known": lambda named: named.is_known_press,
    "sure": lambda named: named.is_press and named.evidence in {"register", "form"},
    "single": lambda named: named.is_press or (named.kind == "outlet" and " " not in named.name),
    "top": lambda named: named.is_known_press,
    "agency": lambda named: (
        (named.is_known_press and named.kind == "agency") or ("-" in named.name and named.is_press)
    ),
    "code": lambda named: named.name not in read_words(ENGLISH),
    "author": lambda named: named.name[:1].isupper(),
    "speaker": lambda named: named.speaks,
    "body": lambda named: named.speaks and named.kind != "person",
}
"""How a source must be known, by what a rule says of its names; others are taken in their place."""


def accepts(rule: Rule, named: Named, line: Line | None = None) -> bool:
    """Whether a rule takes a source of this kind on this evidence.

    In furniture, where names stand everywhere, only sources known as press count.
    """
    evidence = _EVIDENCE.get(rule.names)
    if evidence is not None and line is not None:
        # "(Bridge Authority)" closes a text it gave; "told the Bridge Authority" credits nobody.
        body = rule.names == "press" and named.is_body
        return body or evidence(named)
    if evidence is not None:
        return evidence(named)
    if rule.kind == "translated" and is_demonym(named.name):
        return False  # "from the Velmarian" is a language
    if line is not None and line.byline and _is_author(rule, named):
        return False
    if line is not None and line.furniture not in {None, "copyright"} and not line.outside:
        return named.is_press or (named.evidence == "plain" and rule.name.startswith("trailing."))
    return True


def _is_author(rule: Rule, named: Named) -> bool:
    """Whether a byline's "posted by NAME" gives but its author: nothing shows it to be press."""
    return rule.name == "trailing.first" and named.evidence == "plain"


def _clean_title(title: str | None) -> str | None:
    cleaned = " ".join(title.split()).strip(' “”"‘’:') if title else ""
    return cleaned or None


def _trim_end(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def own_furniture(page: Page, document: Document) -> list[str]:
    """Names by which the furniture around an article calls the page's own outlet."""
    names: list[str] = []
    rules = rules_for("own", document.language).rules
    for low, high in (
        (max(0, document.start - OWN_MARGIN), document.start),
        (document.end, min(len(page.text), document.end + OWN_MARGIN)),
    ):
        words = page.text[low:high]
        lowered = words.lower()
        for rule in rules:
            if any(trigger in lowered for trigger in rule.triggers):
                names += [match.group("src") for match in rule.form.all(words)]
    return names
