"""Finds every time expression of a text and says what its words are, before any anchor."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

import msgspec

from firsthand.resolve.timex_forms import Direction, Parts, Piece, TimexType
from firsthand.resolve.timex_grammar import Rule, grammar
from firsthand.resolve.timex_tokens import Token, Tokens, tokenize
from firsthand.resources import read_table

MAX_TEXT: Final = 10_000_000
_AHEAD: Final = 8
"""A verb after a time counts as so much farther away than one before it."""
_WINDOW: Final = 90
"""Characters looked at on each side for the verb that gives a time its direction."""


class TimeExpression(msgspec.Struct, frozen=True, kw_only=True):
    """A time expression as written: exact span, TIMEX3 type, and its parts for `resolve_time`."""

    start: int
    end: int
    text: str
    type: TimexType
    rule: str
    form: str
    parts: Parts
    cue: str = ""
    """The word before that bounds it: since, from, until, by, before, after, within, for, in."""
    direction: Direction = ""
    perfect: bool = False
    general: bool = False
    """Whether "today" is said of the present age: "still in use today"."""
    joined: bool = False
    """Whether it follows the expression before it as the end of one range."""
    value: str = ""
    """TIMEX3 value without an anchor; unknown digits are X."""


def find_expressions(text: str) -> list[TimeExpression]:
    """Every time expression in order, without overlaps; values are filled by `dates`."""
    tokens = tokenize(text)
    pattern, rules = grammar()
    found: list[TimeExpression] = []
    last_token = -1
    for match in pattern.finditer(tokens.classes):
        rule = rules[match.lastgroup or ""]
        first, after = _trim(tokens, *match.span())
        if rule.form == "skip" or first >= after or not _stands(tokens, first, after, rule, text):
            continue
        expression = _expression(text, tokens, first, after, rule)
        joined = _joins(tokens, last_token, first)
        found.append(
            msgspec.structs.replace(expression, joined=True) if joined and found else expression
        )
        last_token = after
    return found


def _trim(tokens: Tokens, first: int, after: int) -> tuple[int, int]:
    """The match without a preposition at its start and without marks at its end."""
    classes = tokens.classes
    while first < after and classes[first] in "i~,-&":
        first += 1
    while after > first and classes[after - 1] in "!,-":
        after -= 1
    return first, after


def _expression(text: str, tokens: Tokens, first: int, after: int, rule: Rule) -> TimeExpression:
    items = tokens.items[first:after]
    start, end = items[0].start, items[-1].end
    before = _approximate(tokens, first)
    pieces = tuple(Piece(item.cls, item.value, item.word) for item in [*before, *items])
    told = rule.name in _TOLD or "Y" in tokens.classes[first:after]
    direction, perfect, general = _UNTOUCHED if told else _direction(text, start, end)
    return TimeExpression(
        start=start,
        end=end,
        text=text[start:end],
        type=_timex_type(rule.type),
        rule=rule.name,
        form=rule.form,
        parts=Parts(pieces),
        cue=_cue(tokens, first, text),
        direction=direction,
        perfect=perfect,
        general=general,
    )


_UNTOUCHED: Final[tuple[Direction, bool, bool]] = ("", False, False)
_TOLD: Final = frozenset({"decade", "century", "every", "adverb", "per", "reference", "clock"})
"""Rules that no verb beside them changes."""


def _timex_type(name: str) -> TimexType:
    types: dict[str, TimexType] = {"TIME": "TIME", "DURATION": "DURATION", "SET": "SET"}
    return types.get(name, "DATE")


def _approximate(tokens: Tokens, first: int) -> list[Token]:
    """The words of approximation just before: "about", "nearly"."""
    return [tokens.items[first - 1]] if first and tokens.classes[first - 1] == "~" else []


_CUE_CLASSES: Final = {"j": "within", "y": "by", "4": "for", "b": "between"}


def _cue(tokens: Tokens, first: int, text: str) -> str:
    """The bounding word before an expression, articles and approximations between them."""
    index = first - 1
    while index >= 0 and tokens.classes[index] in "e~p,f" and first - index <= 4:
        index -= 1
    if index < 0:
        return ""
    item = tokens.items[index]
    if item.cls in _CUE_CLASSES:
        return _CUE_CLASSES[item.cls]
    if item.cls in "i><":
        word = item.value if isinstance(item.value, str) else item.word
        return "until" if item.cls == "<" else word
    if item.cls == "F" or (item.cls == "Z" and first - index == 1):
        return "after"
    if item.cls in "BZ" and item.word in {"before", "after"}:
        return item.word
    return _OTHER_CUES.get(text[item.start : item.end].lower(), "") if item.cls == "." else ""


_OTHER_CUES: Final = {"ahead": "before", "following": "after"}


def _joins(tokens: Tokens, last: int, first: int) -> bool:
    """Whether only "to", "until", "and" or a dash stands between two expressions."""
    between = tokens.classes[last:first]
    return 0 <= last < first and first - last <= 2 and re.fullmatch("[-r<&]e?", between) is not None


# --- what stands beside an expression -------------------------------------------------


@cache
def _verbs() -> tuple[re.Pattern[str], dict[str, str]]:
    """The words of the table, by first letter for speed and in lower case, and their roles."""
    roles = {row["word"]: row["role"] for row in read_table("lexicons/time_cues.tsv")}
    rests: dict[str, list[str]] = {}
    for word in sorted(roles):
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    spelt = "|".join(f"{letter}(?:{'|'.join(some)})" for letter, some in sorted(rests.items()))
    return re.compile(rf"(?:{spelt})(?![^\W\d_])"), roles


def _verbs_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and role of the words that tell a direction."""
    pattern, roles = _verbs()
    lower = text.lower()
    for match in pattern.finditer(lower if len(lower) == len(text) else text):
        if not match.start() or not text[match.start() - 1].isalpha():
            yield match.start(), match.end(), roles[match.group()]


_SENTENCE_END: Final = re.compile(r"[.!?;]\s|\n")


def _direction(text: str, start: int, end: int) -> tuple[Direction, bool, bool]:
    """Past or future by the nearest verb of the sentence; perfect before it; said in general."""
    before = text[max(0, start - _WINDOW) : start]
    for match in _SENTENCE_END.finditer(before):
        before = " " * match.end() + before[match.end() :]
    after = text[end : end + _WINDOW]
    stop = _SENTENCE_END.search(after)
    after = after[: stop.start()] if stop else after
    ranked = [
        (len(before) - stop + _beyond(before, stop), role) for _, stop, role in _verbs_in(before)
    ]
    ranked += [
        (begin + _AHEAD + _beyond(after, 0, begin), role) for begin, _, role in _verbs_in(after)
    ]
    perfect = any(role == "perfect" and d < _WINDOW // 2 + _AHEAD for d, role in ranked)
    general = any(role == "general" for _, role in ranked)
    verbs = sorted((d, role) for d, role in ranked if role in {"past", "future"})
    if not general and (not verbs or verbs[0][0] > _OTHER_CLAUSE):
        ended = _PAST_FORM.search(before[-_NEAR_VERB:])
        if ended is not None:
            return "past", perfect, general
    if not verbs:
        return ("past" if perfect else ""), perfect, general
    return ("future" if verbs[0][1] == "future" else "past"), perfect, general


_OTHER_CLAUSE: Final = 40
"""Characters that a comma or a dash between a verb and a time counts for."""
_NEAR_VERB: Final = 45
_PAST_FORM: Final = re.compile(
    r"(?<![^\W\d_])(?:[a-z]{2,14}ed|held|met|left|hit|struck|shot|won|lost|fled|died)\s[^,;:—]{0,40}$"
)
"""A past form, often a participle too, with no comma between it and the time that follows."""
_CLAUSE_MARK: Final = re.compile(r",\s|\s[–—-]\s|[:“”«»\"]")


def _beyond(text: str, start: int, end: int | None = None) -> int:
    """What a clause's end between a verb and a time adds to their distance."""
    mark = _CLAUSE_MARK.search(text, start, len(text) if end is None else end)
    return _OTHER_CLAUSE if mark else 0


_COUNTED: Final = re.compile(
    r"[ -]{1,2}(?:[^\W\d_A-Z]{2,20} )?[^\W\d_A-Z]{0,20}(?:s|people|men|women|children)(?![^\W\d_])"
)
_NOT_COUNTED: Final = re.compile(
    r" (?:was|is|has|as|this|its|his|us|thus|across|[^\W\d_]{1,20} (?:was|is|has|as|its|his))(?![^\W\d_])"
)
_AFTER_QUANTITY: Final = re.compile(
    r" ?(?:%|percent|per cent|km|mm?\b|ft\b|feet|met(?:re|er)s?|miles?|kg|tonn?e?s?\b|°|euros?|dollars?|\+)"
)
_NUMBERED: Final = re.compile(
    r"(?:\bpp?\.|\b[Nn]os?\.|\b[Nn]umber|\b[Pp]ages?|\b[Rr]ule|\b[Ll]ine|\b[Rr]oom) $"
)
"""What makes the digits after it the number of a thing: "p. 1225", "Rule 2016"."""
_YEAR_LEADS: Final = "i><ybpfr&-/,LZBejM"
_OWNED: Final = frozenset({"previous_unit", "trailing", "decade", "this_unit", "anaphor"})
"""Rules that mean something else after "her", "our": "her last years", "her 80s"."""
_CAPITAL: Final = re.compile(r" [^\W\d_a-z]")


def _stands(tokens: Tokens, first: int, after: int, rule: Rule, text: str) -> bool:
    """Whether a match is a time at all: a bare number may be a count, "a day" a rate."""
    lead = tokens.classes[first - 1] if first else ""
    if (rule.name in _OWNED and lead == "c") or (rule.name == "near_part" and lead == "a"):
        return False
    test = _TESTS.get(rule.name)
    return test is None or test(tokens, first, after, text)


def _is_tight(tokens: Tokens, first: int, after: int, _text: str) -> bool:
    """ISO dates have no spaces inside."""
    return tokens.items[after - 1].end - tokens.items[first].start <= 10


def _is_clock(tokens: Tokens, first: int, after: int, _text: str) -> bool:
    return tokens.classes[first:after] != "K" or ":" in str(tokens.items[first].value)


def _is_past(tokens: Tokens, _first: int, after: int, _text: str) -> bool:
    return tokens.items[after - 1].word == "past"


def _is_season(tokens: Tokens, _first: int, after: int, text: str) -> bool:
    """A season and not a name: "the Winter Palace"."""
    item = tokens.items[after - 1]
    return not (text[item.start].isupper() and _CAPITAL.match(text, item.end))


def _of_centuries(tokens: Tokens, first: int, after: int, _text: str) -> bool:
    """Whether "the 15th to the 19th century" is of centuries and not of days or floors."""
    return any(item.value == "CE" for item in tokens.items[first : after + 5])


def _is_century(tokens: Tokens, first: int, after: int, _text: str) -> bool:
    return any(item.value == "CE" for item in tokens.items[first:after])


def _is_quarter(tokens: Tokens, first: int, after: int, _text: str) -> bool:
    """A quarter or century, or a part of a year that is said: "the third week" is of no calendar."""
    units = {item.value for item in tokens.items[first:after] if item.cls == "U"}
    return not units or bool(units & {"Q", "CE"}) or "Y" in tokens.classes[first:after]


_NO_LENGTHS: Final = frozenset({"second", "quarter", "season", "moment"})


def _is_length(tokens: Tokens, first: int, after: int, _text: str) -> bool:
    """A length and no other use of its word: "a second attack", "a quarter of the town"."""
    return not (tokens.items[first].cls == "a" and tokens.items[after - 1].word in _NO_LENGTHS)


_BARE: Final = frozenset(
    {"days", "weeks", "months", "years", "decades", "centuries", "hours", "minutes"}
)


def _is_bare_plural(tokens: Tokens, first: int, after: int, _text: str) -> bool:
    """A plural that says how long and nothing else: "it took years", not "the days of"."""
    lead = tokens.classes[first - 1] if first else ""
    return tokens.items[after - 1].word in _BARE and (not lead or lead not in "ectodnN#-/5")


def _is_early_year(tokens: Tokens, index: int, _after: int, text: str) -> bool:
    """Whether three bare digits are a year: only in a text that speaks of eras or centuries."""
    item = tokens.items[index]
    whole = isinstance(item.value, float) and item.word.isdecimal() and 100 <= item.value < 1000
    lead = tokens.classes[index - 1] if index else ""
    return (
        whole
        and lead != ""
        and lead in "i><yBZ~-"
        and _HISTORY.search(tokens.classes) is not None
        and not _COUNTED.match(text, item.end)
        and not _AFTER_QUANTITY.match(text, item.end)
    )


_HISTORY: Final = re.compile(r"[dNY]J|J[dNY]|o-?UJ")


def _is_year(tokens: Tokens, index: int, _after: int, text: str) -> bool:
    """Whether four bare digits are a year and not a count, a house or telephone number."""
    item = tokens.items[index]
    year = item.value
    if not isinstance(year, float) or _AFTER_QUANTITY.match(text, item.end):
        return False
    lead = tokens.classes[index - 1] if index else ""
    led = lead != "" and lead in _YEAR_LEADS
    led = led or (lead == "~" and " " not in tokens.items[index - 1].word)
    if _NUMBERED.search(text, max(0, item.start - 12), item.start):
        return False
    if lead == "-" and index > 1 and tokens.classes[index - 2] in "Nd":
        return False
    counted = _COUNTED.match(text, item.end) and not _NOT_COUNTED.match(text, item.end)
    if counted and (not led or year % 100 == 0 or year < 1800):
        return False
    bracketed = text[max(0, item.start - 1)] in "([" or text[item.end : item.end + 1] in {")", "]"}
    return led or bracketed or 1800 <= year < 2050


def _is_night(tokens: Tokens, first: int, after: int, _text: str) -> bool:
    """Whether two days bound a night: not "Monday to Friday" of days, but "overnight to Friday"."""
    words = {item.word for item in tokens.items[first:after] if item.cls == "D"}
    return words <= {"overnight"}


def _is_week(tokens: Tokens, first: int, after: int, _text: str) -> bool:
    return any(item.value == "W" for item in tokens.items[first:after] if item.cls == "U")


_TESTS: Final[dict[str, Callable[[Tokens, int, int, str], bool]]] = {
    "night_span": _is_night,
    "week_of": _is_week,
    "from_weekday": _is_week,
    "iso_date": _is_tight,
    "clock": _is_clock,
    "the_past": _is_past,
    "season": _is_season,
    "century": _is_century,
    "quarter": _is_quarter,
    "bare_units": _is_bare_plural,
    "duration": _is_length,
    "century_start": _of_centuries,
    "year": _is_year,
    "early_year": _is_early_year,
}
"""What a match of a rule must also be."""
