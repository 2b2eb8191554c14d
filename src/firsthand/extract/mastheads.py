"""Mastheads: the lines above a page's article that name its outlet, its motto and its menu."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from firsthand.extract.bylines import byline_in
from firsthand.extract.dates import date_line
from firsthand.extract.furniture import form_of, is_credit, is_menu, menu_kind
from firsthand.extract.lines import Line, is_prose, is_title_like
from firsthand.resources import read_table

NAME_FORMS = "lexicons/credit_names.tsv"
"""How names show what they name; the table that credits are read by."""

TOP = 3
"""Lines from the top of a page one of which opens with its outlet's name."""
HOUSE = (
    "newsdesk|news desk|newsroom|staff|reporters?|correspondents?|desk|editors?|team|is a registered"
    "|is an? (?:independent|charity|non-profit|nonprofit)|takes care|selects stories|welcomes"
    "|does not edit|regrets|corrects"
)
"""What follows the name of a house on its own pages."""
REACH = 14
"""Lines from the top of a page within which its masthead stands."""
FOOT = 8
"""Lines from the page's end that name its outlet again."""
BLOCK = 4
"""Lines of a masthead: name, motto, date, place."""
LINE_WORDS = 12
NAME_WORDS = 6

SHORTENED = 4
"""Letters of a last word by which a page calls itself ("the Post")."""

SMALL = frozenset("of the for and in on at de la le du des".split())  # noqa: SIM905 - a list of words is read more easily so
VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
ROW = re.compile(r"\s{0,3}[|*•·]\s{0,3}|\s[>»›/]\s|\s{2,8}")
"""What divides a masthead's row: "TARN WIRE  *  TERMINAL 6", "The Herald | Letters | Opinion"."""
ISSUED = re.compile(
    r"(?:(?:press|media|news) (?:statement|release|note|communiqu[ée])|for immediate release|communiqu[ée]"
    r"|situation report|sitrep|(?:flash|situation|operational|humanitarian|field) (?:update|report)"
    r"|public (?:notice|statement|advisory)|(?:security|health|weather|safety) (?:advisory|alert|bulletin)"
    r"|statement)\b[^!?]{0,40}",
    re.IGNORECASE,
)
"""Lines that say of a text that a body issued it itself."""
FREQUENCY = re.compile(r"\s+\d{2,4}(?:[.,]\d{1,2})?(?:\s?(?:FM|AM|MHz|kHz))?$", re.IGNORECASE)
"""Where a station is heard, behind its name."""
LABEL = re.compile(r"\s+(?:home ?page|home|logo|front page|start ?page)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Masthead:
    """The outlet's name as its page's head gives it, and the first line below that head."""

    name: str | None = None
    end: int = 0


def find_masthead(lines: Sequence[Line]) -> Masthead:
    """The masthead of a plain text; empty where the first lines are not surely one."""
    prose = next((n for n, line in enumerate(lines[:REACH]) if is_prose(line)), len(lines[:REACH]))
    taken = [bool(menu_kind(line.text) or form_of(line)) for line in lines[:prose]]
    start = next((n for n in range(prose) if not taken[n]), prose)
    end = _block_end(lines, taken, start)
    after = next((n for n in range(end, prose) if not taken[n]), prose)
    if start == end or not any(_is_headline(line) for line in lines[after:prose]):
        return Masthead()
    block = lines[start:end]
    if not _is_short(block):
        return Masthead()
    foot = _foot(lines, prose)
    name = _name(block, foot)
    below_is_menu = any(is_menu(line.text) for line in lines[end:after])
    if name is None or not (below_is_menu or _is_sure(name, block, lines, foot)):
        return Masthead()
    return Masthead(spelt(name, "\n".join(line.text for line in lines[end:])), after)


def first_line_name(lines: Sequence[Line]) -> str | None:
    """Who publishes a plain text without a sure masthead, by its first lines; None if unsure.

    An outlet that opens a row or is named again below, or the body that issued a statement.
    """
    if not lines:
        return None
    row = ROW.split(lines[0].text.strip())
    name = row[0].strip(" .,:;_—–-")
    elsewhere = "\n".join(line.text for line in lines[1:])
    told = name.casefold() in elsewhere.casefold()
    press = _is_name(name) and name_kind(name) in {"outlet", "agency"}
    if press and len(name.split()) < NAME_WORDS and (len(row) > 1 or told):
        return spelt(name, elsewhere)
    if (own := own_name(lines)) is not None:
        return own
    head = lines[: next((n for n, line in enumerate(lines[:REACH]) if is_prose(line)), REACH)]
    if not any(ISSUED.fullmatch(line.text.strip()) for line in head):
        return None
    names = [line.text.strip(" .,:;*_—–-") for line in head[:BLOCK]]
    bodies = [name for name in names if _is_name(name) and name_kind(name) == "institution"]
    named = bodies or [one for one in names[:1] if _is_name(one) and told]
    return spelt(named[0], elsewhere) if named else None


def own_name(lines: Sequence[Line]) -> str | None:
    """The name that opens a page and by which the page speaks of its own house further down.

    Its desk, what was told to it, its charity's register: "Valley24 newsdesk", "told the Weekly".
    """
    for number, line in enumerate(lines[:TOP]):
        if is_prose(line) or line.level:
            continue
        others = [one.text for n, one in enumerate(lines) if n != number]
        for name in _opening_names(line.text, parts=bool(line.tag)):
            if _is_own(name, others):
                return spelt(name, "\n".join(others))
    return None


def _opening_names(text: str, *, parts: bool) -> Iterator[str]:
    """The first cell of a row, and what of it may be a name with a motto or a menu behind it.

    Only a parsed page runs name and motto together, so that `parts` of a cell are names.
    """
    cell = ROW.split(text.strip())[0].strip(" .,:;_—–-")
    if _is_name(cell) and len(cell) >= SHORTENED:
        yield cell
    words = cell.split()
    for size in range(min(len(words) - 1, NAME_WORDS) if parts else 0, 0, -1):
        name = " ".join(words[:size])
        shown = size > 1 or (name.isupper() and len(name) > SHORTENED)
        if shown and words[size][0].isupper() and name[0].isupper() and _is_name(name):
            yield name


def _is_own(name: str, others: Sequence[str]) -> bool:
    """Whether lines of a page speak of a name as of the page's own house."""
    whole, (*before, last) = re.escape(name), name.split()
    forms = [rf"\b(?:told|tells|telling) (?:the )?{whole}\b", rf"\b{whole} (?:{HOUSE})\b"]
    forms.append(rf"(?:©|\(c\)|copyright)\s(?:\d{{4}}\s)?{whole}\b")
    own = re.compile("|".join(forms), re.IGNORECASE)
    short = re.compile(rf"\b(?:told|tells|telling) (?:the|this) {re.escape(last)}\b")
    several = bool(before) and last[0].isupper()
    return any(own.search(text) or (several and short.search(text)) for text in others)


def _block_end(lines: Sequence[Line], taken: Sequence[bool], start: int) -> int:
    """The end of the lines that stand together from `start`."""
    end = start
    while end < len(taken) and not taken[end] and (end == start or not lines[end].gap):
        end += 1
    return end


def _is_headline(line: Line) -> bool:
    return is_title_like(line) and line.words > 1 and not (byline_in(line) or is_credit(line.text))


def _is_short(block: Sequence[Line]) -> bool:
    """Whether lines could be a masthead: few, short, no byline, no credit."""
    return len(block) <= BLOCK and all(
        line.words <= LINE_WORDS and not byline_in(line) and not is_credit(line.text)
        for line in block
    )


def _foot(lines: Sequence[Line], prose: int) -> str:
    last = [line for line in lines[max(prose, len(lines) - FOOT) :] if not is_prose(line)]
    return "\n".join(line.text for line in last)


def _name(block: Sequence[Line], foot: str) -> str | None:
    """The line of a masthead that is the outlet's name."""
    cells = [ROW.split(line.text.strip())[0] for line in block if not date_line(line.text)]
    names = [cell.strip(" .,:;|*_—–-") for cell in cells]
    names = [FREQUENCY.sub("", name) for name in names]
    names = [name for name in names if _is_name(name)]
    named = [name for name in names if name_kind(name) or name.casefold() in foot.casefold()]
    return next(iter(named or names[:1]), None)


def _is_name(words: str) -> bool:
    """Whether words are written like a name: all capitalised, or none."""
    parts = words.split()
    if not 1 <= len(parts) <= NAME_WORDS or menu_kind(words) or "://" in words:
        return False
    if any(part[0].isdigit() for part in parts):
        return False
    large = [part for part in parts if part.casefold() not in SMALL]
    return bool(large) and len({part[:1].islower() for part in large}) == 1


def _is_sure(name: str, block: Sequence[Line], lines: Sequence[Line], foot: str) -> bool:
    """Whether a name without a menu below it is the outlet's: told again, or with a motto."""
    folded = name.casefold()
    if folded in foot.casefold() or _is_shortened(name, foot):
        return True
    motto = len(block) > 1 and block[1].text[:1].islower()
    if motto and (name.isupper() or name.islower()) and len(name.split()) <= NAME_WORDS - 1:
        return True
    again = any(folded in line.text.casefold() for line in lines if len(line.text) > len(name))
    return again and name_kind(name) in {"outlet", "agency"}


def _is_shortened(name: str, foot: str) -> bool:
    """Whether a page's foot calls a name in capitals by its last word: "the Sheet's spring offer"."""
    last = name.rsplit(maxsplit=1)[-1].capitalize()
    if not name.isupper() or len(last) < SHORTENED or last == name.capitalize():
        return False
    return re.search(rf"\b[Tt]he {re.escape(last)}\b(?! [A-Z])", foot) is not None


@cache
def _forms() -> tuple[tuple[str, str, frozenset[str]], ...]:
    rows = (row for row in read_table(NAME_FORMS) if row["form"] in {"tail", "any"})
    return tuple((row["form"], row["kind"], frozenset(row["words"].split("|"))) for row in rows)


def name_kind(name: str) -> str | None:
    """What the words of a name show it to be: outlet, agency, institution, or None."""
    words = name.casefold().split()
    tails = {" ".join(words[-size:]) for size in (1, 2, 3) if len(words) > size}
    for form, kind, known in _forms():
        if form == "tail" and tails & known:
            return kind
    return next(
        (kind for form, kind, known in _forms() if form == "any" and kind == "institution"
         and any(name.casefold().startswith(part) for part in known)),
        None,
    )  # fmt: skip


def spelt(name: str, elsewhere: str) -> str:
    """A name in capitals as the page spells it elsewhere, else with its first letters large."""
    if not name.isupper():
        return name
    for found in re.finditer(re.escape(name), elsewhere, re.IGNORECASE):
        if not found[0].isupper():
            return found[0]
    words = name.split()
    if len(words) < 2 or not all(VOWEL.search(word) for word in words):
        return name
    lowered = [word.lower() for word in words]
    return " ".join(
        word if number and word in SMALL else word[:1].upper() + word[1:]
        for number, word in enumerate(lowered)
    )


def home_name(label: str) -> str | None:
    """The outlet's name in the words of a link to a site's first page, or None."""
    words = " ".join(LABEL.sub("", " ".join(label.split())).split()).strip(" .,:;|*_—–-")
    return words if len(words) > 2 and _is_name(words) else None
