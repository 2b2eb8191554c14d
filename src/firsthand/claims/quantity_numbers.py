"""Reads the number at a token: digits, words, scales, ranges, vague amounts."""

from typing import Final, NamedTuple

from firsthand.claims.quantity_lexicon import PIECE, months, nouns, words
from firsthand.nlp.number_words import LONGEST, read_number, roles

_DASHES: Final = frozenset("-–—‑")
_LONGEST_DIGITS: Final = 18
_LONGEST_PHRASE: Final = 5
_VULGAR: Final = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_SHORT_LINE: Final = 50
"""A line shorter than this was ended on purpose, not by wrapping."""
_SCALES: Final = {"k": 1e3, "m": 1e6, "bn": 1e9, "mn": 1e6, "tn": 1e12}
"""Scales written against the digits: "20k", "$3bn"."""


class Tokens(NamedTuple):
    """The tokens of a text without its spaces: lower-case words and offsets, in parallel."""

    words: list[str]
    starts: list[int]
    ends: list[int]


class Amount(NamedTuple):
    """A number as written between two tokens; `value` is None where only bounds are said."""

    value: float | None
    low: float | None
    high: float | None
    first: int
    after: int
    vague: bool = False
    digits: bool = False
    scale: float = 1.0
    """The scale named with it: a million in "1.2 million"."""


def tokenize(text: str) -> Tokens:
    """Tokens of a text; white space is one only where it ends a block."""
    spans = [
        (start, end)
        for start, end in (found.span() for found in PIECE.finditer(text))
        if not text[start].isspace() or _ends_block(text, start, text[start:end])
    ]
    return Tokens(
        ["\n" if text[start].isspace() else text[start:end].lower() for start, end in spans],
        [start for start, _ in spans],
        [end for _, end in spans],
    )


def _ends_block(text: str, start: int, piece: str) -> bool:
    """Whether white space closes a block: a blank line, or the end of a line cut short."""
    if "\n" not in piece:
        return False
    return piece.count("\n") > 1 or start - (text.rfind("\n", 0, start) + 1) < _SHORT_LINE


def phrase_at(
    tokens: Tokens, start: int, phrases: dict[tuple[str, ...], str]
) -> tuple[str, int] | None:
    """The longest phrase that begins at a token: its value and length in tokens."""
    for length in range(_LONGEST_PHRASE, 0, -1):
        found = phrases.get(tuple(tokens.words[start : start + length]))
        if found is not None and start + length <= len(tokens.words):
            return found, length
    return None


def read_amount(tokens: Tokens, start: int) -> Amount | None:
    """The amount that begins at a token, with its range ("60-70", "24 to 48", "three or four")."""
    first = _read_one(tokens, start)
    if first is None or first.vague:
        return first
    second = _range_end(tokens, first)
    if second is None or second.value is None or first.value is None:
        return first
    low, high = first.value, second.value
    if first.scale == 1.0 and low * second.scale < high:
        low *= second.scale
    if low >= high:
        return first
    return Amount(None, low, high, start, second.after, digits=first.digits)


def _range_end(tokens: Tokens, first: Amount) -> Amount | None:
    """The second number of a range that begins with `first`."""
    at = first.after
    if at + 1 >= len(tokens.words):
        return None
    link = tokens.words[at]
    dashed = link in _DASHES and tokens.words[at + 1][0].isdecimal() and first.digits
    between = first.first > 0 and tokens.words[first.first - 1] == "between" and link == "and"
    if not (dashed or between or link in {"to", "or"}):
        return None
    second = _read_one(tokens, at + 1)
    if second is None or second.vague or second.digits != first.digits:
        return None
    return second


def _read_one(tokens: Tokens, start: int) -> Amount | None:
    word = tokens.words[start]
    if word[0].isdecimal():
        return _digits(tokens, start)
    amounts = words().amounts
    for length in range(min(_LONGEST_PHRASE, len(tokens.words) - start), 0, -1):
        found = amounts.get(tuple(tokens.words[start : start + length]))
        if found is not None:
            value, low, high = found
            return Amount(value, low, high, start, start + length, vague=value is None)
    number = read_number(tokens.words[start : start + LONGEST], 0)
    if number is None:
        return None
    return Amount(number[0], number[0], number[0], start, start + number[1])


def _digits(tokens: Tokens, start: int) -> Amount | None:
    """Digits with separators, fraction and scale: "1,200", "1.2 million", "2½", "20k"."""
    word = tokens.words[start]
    value = _plain(word)
    if value is None:
        return None
    after = start + 1
    following = tokens.words[after] if after < len(tokens.words) else ""
    scale = 1.0
    adjacent = after < len(tokens.words) and tokens.starts[after] == tokens.ends[start]
    if following in _VULGAR:
        value, after = value + _VULGAR[following], after + 1
    elif adjacent and following in _SCALES:
        if following != "m" or _means_million(tokens, start):
            scale, after = _SCALES[following], after + 1
    elif roles().get(following, ("", 0))[0] in {"scale", "hundred"}:
        scale, after = float(roles()[following][1]), after + 1
    value = round(value * scale, 6)
    return Amount(value, value, value, start, after, digits=True, scale=scale)


def _means_million(tokens: Tokens, start: int) -> bool:
    """Whether "1.2m" is of money or counted nouns; else it is of metres."""
    if start and tokens.words[start - 1] in "$€£":
        return True
    return start + 2 < len(tokens.words) and tokens.words[start + 2] in nouns()


def _plain(word: str) -> float | None:
    """Digits as a number; None for what is no plain number ("1.2.3", "10,20", too long)."""
    if len(word) > _LONGEST_DIGITS:
        return None
    whole, dot, rest = word.partition(".")
    groups = whole.split(",")
    if "," in rest or "." in rest or (dot and not rest):
        return None
    if len(groups) > 1 and (
        any(len(group) != 3 for group in groups[1:]) or not 1 <= len(groups[0]) <= 3
    ):
        return None
    return float("".join(groups) + (f".{rest}" if rest else ""))


def is_name_or_date(tokens: Tokens, amount: Amount, text: str) -> bool:
    """Whether digits are part of a name, a date or a clock, so that they count nothing."""
    start, end = tokens.starts[amount.first], tokens.ends[amount.first]
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before.isalpha() or before in "#№_/:" or after in ":/" or text[end : end + 1] == "_":
        return True
    if before in "-–‑" and start > 1 and text[start - 2].isalnum():
        return True
    if after.isalpha() and amount.after == amount.first + 1 and not _unit_glued(tokens, amount):
        return True
    return _beside_month(tokens, amount) or _after_label(tokens, amount)


def _unit_glued(tokens: Tokens, amount: Amount) -> bool:
    """Whether the letters against the digits are a unit of distance or weight: "5km", "40kg"."""
    return amount.after < len(tokens.words) and tokens.words[amount.after] in {
        "km",
        "kms",
        "kg",
        "kgs",
        "m",
        "ft",
        "mw",
        "gw",
        "kw",
        "ha",
    }


def _beside_month(tokens: Tokens, amount: Amount) -> bool:
    """Whether a month's name stands beside the number: "3 March", "March 3", "May 2015"."""
    names = months()
    before = tokens.words[amount.first - 1] if amount.first else ""
    after = tokens.words[amount.after] if amount.after < len(tokens.words) else ""
    value = amount.value if amount.value is not None else amount.high
    if value is None or value != int(value):
        return False
    if after in names and value <= 31:
        return True
    return before in names and (value <= 31 or 1000 <= value < 2200)


def _after_label(tokens: Tokens, amount: Amount) -> bool:
    """Whether the word before makes the number a name: "No. 5", "Resolution 2254", "aged 14"."""
    at = amount.first - 1
    if at >= 0 and tokens.words[at] == "." and at:
        at -= 1
    before = tokens.words[at] if at >= 0 else ""
    return before in words().labels or before in words().ages


def limits(amount: Amount, bound: str) -> tuple[float | None, float | None, float | None]:
    """Value, low and high after the bound: about opens both, at least the upper, up to the lower."""
    if amount.value is None:
        return None, amount.low, amount.high
    if bound == "about":
        return amount.value, None, None
    if bound in {"least", "above"}:
        return amount.value, amount.value, None
    if bound in {"most", "below"}:
        return amount.value, None, amount.value
    return amount.value, amount.low, amount.high
