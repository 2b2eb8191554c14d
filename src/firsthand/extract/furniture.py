"""Furniture by form: which lines of a page are menus, share bars, pleas, forms, and the like."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from firsthand.extract.lines import Line, is_prose
from firsthand.resources import read_table

LINES = "lexicons/furniture_lines.tsv"
TOKENS = "lexicons/furniture_tokens.tsv"
KEEP = "lexicons/furniture_keep.tsv"

PARTED = re.compile(r"\s{0,3}(?:[|·•/»>]|\s[.:]\s|\]\s{0,3}\[)\s{0,3}|\s{2,8}")
DASHED = re.compile(r"\s{1,3}[~–—-]\s{1,3}")
FRAME = " \t|·•/»>«<›‹[]"
PARTS = 4
"""Short parts between bars or wide blanks from which a line is a menu whatever its words are."""
KNOWN_PARTS = 3
"""Short parts that are enough where one of them is a menu's word."""
PART_WORDS = 4
READING_TIME = re.compile(
    r"\(?\b\d{1,3}(?::\d\d)?\s?-?(?:min(?:ute)?s?|sec(?:ond)?s?)\b\.?(?: (?:read|listen|watch))?\)?",
    re.IGNORECASE,
)
"""How long a text takes, as share bars tell it."""

SEPARATORS = re.compile(r"[\s|·•/,;»>«<→←‹›:–—-]+")
MAX_TOKENS = 40
MAX_LINE = 400
"""Characters; a longer line is prose, whatever it says."""

REMEMBERED = 4_096
"""Lines kept per process: those of a site's menus come again on each of its pages."""
PROSE = "prose"

TOKEN_WORDS = 4
RUN = 30
"""Lines at most that one heading of teasers accounts for."""

TAIL_WORDS = 14
"""Words below which a line at the page's end without a sentence end is not a paragraph."""

SHORTENED = 40
"""Characters before a "read more" from which it ends a paragraph rather than being a line."""

MORE_AT_END = re.compile(
    r"(?<=[.!?…”\"’»])\s{0,4}(?:\[?(?:…|\.\.\.)\]?\s{0,2})?"
    r"(?:(?:continue reading|read more|read on|more|lire la suite|подробнее|المزيد)"
    r"\s{0,2}(?:…|\.\.\.|[→»>]{1,2})?)\s{0,4}$",
    re.IGNORECASE,
)
"""A link to the rest of a shortened text, glued to the last sentence."""


@dataclass(frozen=True, slots=True)
class Form:
    """A pattern of lines that are furniture."""

    kind: str
    where: str
    then: str
    longest: int
    needs: tuple[str, ...]
    pattern: re.Pattern[str]

    @property
    def hides(self) -> bool:
        """Whether no paragraph has it: an advertisement's words may stand inside one."""
        return self.where == "any" and self.kind == "advertisement"

    def fits(self, text: str, folded: str) -> bool:
        """Whether a line has this form; `folded` is the line in lower case."""
        if len(text) > self.longest or not _holds(folded, self.needs):
            return False
        if self.where == "whole":
            return self.pattern.fullmatch(text) is not None
        if self.where == "start":
            return self.pattern.match(text) is not None
        return self.pattern.search(text) is not None


def _holds(folded: str, needs: tuple[str, ...]) -> bool:
    return not needs or any(piece in folded for piece in needs)


@cache
def _forms() -> tuple[Form, ...]:
    return tuple(
        Form(
            kind=row["kind"],
            where=row["where"],
            then=row["then"],
            longest=int(row["max"]),
            needs=tuple(filter(None, row["needs"].split("|"))),
            pattern=re.compile(row["pattern"], re.IGNORECASE),
        )
        for row in read_table(LINES)
    )


@cache
def _openings() -> re.Pattern[str]:
    """All forms tried at a line's start in one pattern, so that most lines are asked once."""
    sources = (form.pattern.pattern for form in _forms() if form.where != "any")
    return re.compile("|".join(f"(?:{source})" for source in sources), re.IGNORECASE)


@cache
def _needs() -> re.Pattern[str]:
    """The pieces of which a line must hold one to have any form sought anywhere in it."""
    pieces = {piece for form in _forms() if form.where == "any" for piece in form.needs}
    return re.compile("|".join(map(re.escape, sorted(pieces))))


@cache
def _forms_at(where: str) -> tuple[Form, ...]:
    """The forms tried at a line's start, or those sought anywhere in it."""
    return tuple(form for form in _forms() if (form.where == "any") == (where == "any"))


@cache
def _tokens() -> dict[str, tuple[str, bool]]:
    return {row["token"]: (row["kind"], row["alone"] == "yes") for row in read_table(TOKENS)}


@cache
def _keep() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in read_table(KEEP)), re.IGNORECASE)


def is_credit(text: str) -> bool:
    """Whether a line says where text comes from; such lines are never furniture."""
    return len(text) <= MAX_LINE and _names_source(text)


@lru_cache(REMEMBERED)
def _names_source(text: str) -> bool:
    return _keep().match(text) is not None


def is_menu(text: str) -> bool:
    """Whether a line is a row of short parts between bars, brackets or wide blanks."""
    if len(text) > MAX_LINE:
        return False
    dashed = DASHED.split(text.strip(FRAME))
    if len(dashed) >= PARTS and all(map(_is_menu_part, dashed)):
        return True
    parts = PARTED.split(text.strip(FRAME))
    if len(parts) < KNOWN_PARTS or not all(map(_is_menu_part, parts)):
        return False
    return len(parts) >= PARTS or any(part.lower() in _tokens() for part in parts)


def _is_menu_part(part: str) -> bool:
    words = part.split()
    short = 1 <= len(words) <= PART_WORDS and part[:1].isalpha()
    return short and part[-1:] not in ".:;," and "(" not in part


def menu_kind(text: str) -> str:
    """The kind of a line made of words of menus and share bars only; empty for any other."""
    return _menu_kind(text[: MAX_LINE + 1])


@lru_cache(REMEMBERED)
def _menu_kind(text: str) -> str:
    words = [
        word for word in SEPARATORS.split(READING_TIME.sub(" ", text[:MAX_LINE]).lower()) if word
    ]
    found = _kind_of_words(words) if 1 <= len(words) <= MAX_TOKENS else ""
    if is_menu(text):
        return "share" if found == "share" else "navigation"
    return found


def _kind_of_words(words: Sequence[str]) -> str:
    """The kind that most of the words are of, where all are known; empty where one is not."""
    kinds: list[str] = []
    alone = False
    at = 0
    while at < len(words):
        for size in range(min(TOKEN_WORDS, len(words) - at), 0, -1):
            found = _tokens().get(" ".join(words[at : at + size]))
            if found:
                kinds.append(found[0])
                alone = alone or found[1]
                at += size
                break
        else:
            return ""
    return max(sorted(set(kinds)), key=kinds.count) if alone or len(kinds) >= 3 else ""


def form_of(line: Line) -> Form | None:
    """The first form a line has; None for credit lines and for lines of no such form."""
    text = line.text
    if len(text) > MAX_LINE:
        return None
    form = _first_form(text)
    if form is not None and form.hides and is_prose(line):
        form = _first_form(text, among=PROSE)
    return None if form is None or is_credit(text) else form


@lru_cache(REMEMBERED)
def _first_form(text: str, among: str = "all") -> Form | None:
    """The first form of a line's text, among all or those that a paragraph may have too."""
    folded = text.lower()
    starting = _forms_at("start") if _openings().match(text) else ()
    anywhere = _forms_at("any") if _needs().search(folded) else ()
    for form in (*starting, *anywhere):
        if form.fits(text, folded) and not (among == PROSE and form.hides):
            return form
    return None


def form_kinds(lines: Sequence[Line], known: Sequence[str], heads: Collection[int]) -> list[str]:
    """For each line the kind of furniture it is by its form, or an empty string.

    `known` holds the kinds that are known already, which stay; `heads` are the lines at which an article begins; a run of furniture ends there.
    """
    kinds = list(known)
    seen_prose = 0
    rest = ""
    run, left = "", 0
    for number, line in enumerate(lines):
        if kinds[number]:
            continue
        if number in heads:
            rest, run = "", ""
        form = None if number in heads else form_of(line)
        prose = form is None and is_prose(line)
        if run and not seen_prose and opens_in_capitals(lines, number):
            run = ""
        seen_prose += prose
        left -= 1
        if prose or left < 0 or is_credit(line.text):
            run = ""
        if form is not None:
            kinds[number] = form.kind
            if form.then == "rest" and seen_prose:
                rest = form.kind
            elif form.then == "run":
                run, left = form.kind, RUN
        else:
            menu = "" if number in heads else menu_kind(line.text)
            kinds[number] = menu or rest or ("" if prose else run)
    _mark_beside(lines, kinds)
    return kinds


BOX_WORDS = 30
"""Words at most of a line that its label or its form shows to be a box beside the article."""
BOX_LINES = 3


def _mark_beside(lines: Sequence[Line], kinds: list[str]) -> None:
    """Mark what stands under a label in its own element, or between a box's heading and form."""
    labelled = 0
    for number in range(1, len(lines)):
        before, line = lines[number - 1], lines[number]
        labelled = labelled + 1 if line.path == before.path and labelled else 0
        if kinds[number - 1] == "advertisement" and (
            number == 1 or lines[number - 2].path != before.path
        ):
            labelled = int(line.path == before.path)
        if kinds[number] or not line.tag or line.words > BOX_WORDS:
            continue
        if 0 < labelled <= BOX_LINES:
            kinds[number] = "advertisement"
        elif kinds[number - 1] == "subscribe" and _in_form(lines, kinds, number):
            kinds[number] = "subscribe"


def _in_form(lines: Sequence[Line], kinds: Sequence[str], number: int) -> bool:
    """Whether a line has its box's heading above it and the box's form below it."""
    parent = lines[number - 1].path.rpartition("/")[0] + "/"
    after = number + 1
    inside = [lines[number], *lines[after : after + 1]]
    return (
        after < len(lines)
        and bool(kinds[after])
        and all(line.path.startswith(parent) for line in inside)
    )


CAPITALS = 0.75
"""Part of a heading's letters that are capitals where it is set in them ("No. 4 OF THE BOARD")."""


def in_capitals(line: Line) -> bool:
    """Whether a line is a heading set in capitals."""
    letters = [char for char in line.text[:MAX_LINE] if char.isalpha()]
    upper = sum(char.isupper() for char in letters)
    return line.words > 1 and len(letters) >= 8 and upper >= CAPITALS * len(letters)


def opens_in_capitals(lines: Sequence[Line], number: int) -> bool:
    """Whether a heading in capitals stands apart right above a paragraph: no teaser."""
    below = lines[number + 1 : number + 2]
    line = lines[number]
    return bool(line.gap and below and in_capitals(line) and is_prose(below[0]))


def mark_edges(lines: Sequence[Line], kinds: list[str], heads: Collection[int]) -> None:
    """Mark short lines at the page's end that stand among furniture, apart, or twice."""
    prose = [n for n, line in enumerate(lines) if not kinds[n] and is_prose(line)]
    if not prose:
        return
    tail = range(prose[-1] + 1, len(lines))
    times: dict[str, int] = {}
    for number in tail:
        times[lines[number].text] = times.get(lines[number].text, 0) + 1
    apart = False
    for number in tail:
        line = lines[number]
        apart = apart or bool(kinds[number]) or line.gap >= 3
        if number in heads or kinds[number] or is_credit(line.text) or line.words > TAIL_WORDS:
            continue
        if times[line.text] > 1:
            kinds[number] = "advertisement"
        elif apart:
            kinds[number] = "other"


MENU_RUN = 3
"""Single words on lines of their own from which a page's first lines are a menu."""


def mark_menu(lines: Sequence[Line], kinds: list[str]) -> None:
    """Mark the run of one- and two-word lines with which a plain page opens, if it is a menu."""
    run: list[int] = []
    for number, line in enumerate(lines):
        if not kinds[number] and (line.words > 2 or line.level or (line.gap > 1 and run)):
            break
        run.append(number)
    known = [n for n in run if kinds[n] or lines[n].text.strip().lower() in _tokens()]
    if len(run) >= MENU_RUN and len(known) * 2 >= len(run):
        for number in run:
            kinds[number] = kinds[number] or "navigation"


def more_at_end(line: Line) -> tuple[int, int] | None:
    """The span of a "read more" glued to the end of a paragraph, in the page's text."""
    found = MORE_AT_END.search(line.text, max(len(line.text) - 60, 0))
    if found is None or found.start() < SHORTENED:
        return None
    words = found[0]
    return line.start + found.start() + len(words) - len(words.lstrip()), line.end
