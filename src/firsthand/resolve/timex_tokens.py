"""Cuts a text into tokens of time classes: one letter a token, so that rules are short patterns.

The words of each class are rows of `time_words.tsv` and `time_phrases.tsv`; the letters are
explained at the top of `time_patterns.tsv`. One pass over the text, linear in its length.
"""

import re
from functools import cache
from typing import Final, NamedTuple

import msgspec

from firsthand.nlp.number_words import LONGEST, read_number, roles
from firsthand.resolve.timex_digits import glued, numeric_token
from firsthand.resources import read_table

Value = str | float | None

_PIECE: Final = re.compile(
    r"\d+(?:[.,:/]\d+)*"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
    r"| |[^\S ]+|[^\w\s]|_+"
)
"""Pieces that cover the whole text without gaps, so that offsets are running sums."""
_MARKS: Final = {
    "-": "-",
    "–": "-",
    "—": "-",
    "‑": "-",
    ",": ",",
    "،": ",",
    "/": "/",
    ".": "!",
    "?": "!",
    "!": "!",
    "؟": "!",
    "~": "~",
}
_POSSESSIVE: Final = ("'s", "’s")
_SHORT_LINE: Final = 50
"""A line shorter than this was ended on purpose, not by wrapping; no expression crosses it."""
_GLUES: Final = frozenset({"mid", "post", "pre", "early", "late", "since"})
"""Words that may be hyphenated to a year without making a name of it: "mid-2016"."""


class Token(msgspec.Struct, gc=False):
    """One token: offsets, lower-case word, class letter, value, what an ambiguous word needs."""

    start: int
    end: int
    word: str
    cls: str
    value: Value = None
    needs: str = ""


class Tokens(NamedTuple):
    """The tokens of a text and their classes as one string, letter by letter."""

    items: list[Token]
    classes: str


class _Entry(NamedTuple):
    cls: str
    value: Value
    needs: str
    starts: bool
    """Whether a phrase or a written number may begin with this word."""


class _Lexicon(NamedTuple):
    words: dict[str, _Entry]
    phrases: dict[str, list[tuple[tuple[str, ...], str, Value]]]
    seconds: dict[str, frozenset[str]]
    """The second words of the phrases that begin with a word."""


_PLAIN: Final = _Entry(".", None, "", starts=False)
"""A word without a class that phrases need to see."""


@cache
def _lexicon() -> _Lexicon:
    words = {word: _Entry("n", None, "", starts=True) for word in roles()}
    words |= {mark: _Entry(cls, None, "", starts=False) for mark, cls in _MARKS.items()}
    for row in read_table("lexicons/time_words.tsv"):
        entry = _Entry(row["class"], _value(row["value"]), row["needs"], starts=False)
        words[row["word"]] = entry
    phrases: dict[str, list[tuple[tuple[str, ...], str, Value]]] = {}
    for row in read_table("lexicons/time_phrases.tsv"):
        parts = tuple(piece for piece in _PIECE.findall(row["phrase"]) if piece != " ")
        phrases.setdefault(parts[0], []).append((parts, row["class"], _value(row["value"])))
    for first, rows in phrases.items():
        rows.sort(key=lambda entry: -len(entry[0]))
        entry = words.get(first) or words.get(first.removesuffix("'s"), _PLAIN)
        words[first] = entry._replace(starts=True)
        for parts, _, _ in rows:
            for part in (part for part in parts if not part[0].isdecimal()):
                words.setdefault(part, words.get(part[:-2], _PLAIN))
    seconds = {
        first: frozenset(parts[1] for parts, _, _ in rows) for first, rows in phrases.items()
    }
    return _Lexicon(words, phrases, seconds)


def _value(cell: str) -> Value:
    if not cell:
        return None
    return float(cell) if re.fullmatch(r"-?\d+(?:\.\d+)?", cell) else cell


def tokenize(text: str) -> Tokens:
    """The tokens of `text`, phrases and number words merged, with their class string.

    A run of words without a class is one token ".", so that words between are cheap.
    """
    items, starters = _cut(text)
    items = _settle(_merge(items, starters, text))
    return Tokens(items, "".join([item.cls for item in items]))


def _cut(text: str) -> tuple[list[Token], list[int]]:
    """Raw tokens by their own form, and where phrases may begin; the hot loop of this module."""
    known = _lexicon().words
    items: list[Token] = []
    starters: list[int] = []
    add = items.append
    position = covered = 0
    in_gap = False
    for piece in _PIECE.findall(text):
        start = position
        position += len(piece)
        if piece == " " or start < covered:
            continue
        word = piece.lower()
        entry = known.get(word)
        if entry is None:
            if word.isalpha():
                if not in_gap:
                    add(Token(start, position, word, "."))
                in_gap = True
                continue
            token = _special(items, text, start, piece)
            if token is None:
                continue
            covered = token.end
        elif entry.needs and not _form_fits(piece, entry):
            token = Token(start, position, word, ".")
        else:
            token = Token(start, position, word, entry.cls, entry.value, entry.needs)
            if entry.starts:
                starters.append(len(items))
        in_gap = False
        add(token)
    return items, starters


def _special(items: list[Token], text: str, start: int, piece: str) -> Token | None:
    """Digits with their suffix, possessives and hard line ends; None for soft white space."""
    end = start + len(piece)
    if piece[0].isdecimal():
        return _digits(items, text, start, piece)
    if piece.isspace():
        if "\n" in piece and _ends_hard(text, start, piece):
            return Token(start, end, "\n", "|")
        return None
    if piece.lower().endswith(_POSSESSIVE):
        word = piece.lower()[:-2]
        entry = _lexicon().words.get(word)
        if entry is not None and _form_fits(piece, entry):
            return Token(start, end, word, entry.cls, entry.value, entry.needs)
    return Token(start, end, piece.lower(), ".")


def _digits(items: list[Token], text: str, start: int, piece: str) -> Token:
    end = start + len(piece)
    before = items[-2].word if len(items) > 1 and items[-1].cls == "-" else ""
    if glued(text, start) and before not in _GLUES and before not in _lexicon().words:
        return Token(start, end, piece, ".")
    cls, value, length = numeric_token(text, start, piece)
    return Token(start, start + length, piece, cls, value)


def _ends_hard(text: str, start: int, piece: str) -> bool:
    """Whether a line end closes a block: a blank line, or the end of a short line."""
    return piece.count("\n") > 1 or start - (text.rfind("\n", 0, start) + 1) < _SHORT_LINE


def _form_fits(piece: str, entry: _Entry) -> bool:
    """Whether the letters' case allows this reading: "may" is no month, "Gmt" no zone."""
    needs = entry.needs
    if needs in {"upper", "era"}:
        return piece.isupper()
    if entry.cls in "MW" and needs != "digits":
        return piece[0].isupper() or not piece.isascii()
    return needs != "capital" or piece[0].isupper()


def _merge(items: list[Token], starters: list[int], text: str) -> list[Token]:
    """Phrases and written numbers joined into one token each."""
    merged: list[Token] = []
    done = 0
    for position in starters:
        if position < done:
            continue
        if items[position].cls != "n" and not _phrase_may(items, position):
            continue
        found = _longest(items, position)
        if found is None:
            continue
        length, cls, value = found
        start, end = items[position].start, items[position + length - 1].end
        merged += items[done:position]
        merged.append(Token(start, end, text[start:end].lower(), cls, value))
        done = position + length
    merged += items[done:]
    return merged


def _phrase_may(items: list[Token], position: int) -> bool:
    """Whether the next word is the second word of a phrase with this first one."""
    following = items[position + 1].word if position + 1 < len(items) else ""
    return following in _lexicon().seconds[items[position].word]


def _longest(items: list[Token], position: int) -> tuple[int, str, Value] | None:
    """The phrase or written number that begins here: tokens, class, value."""
    words = [item.word for item in items[position : position + LONGEST]]
    for parts, phrase_class, value in _lexicon().phrases.get(words[0], ()):
        if tuple(words[: len(parts)]) == parts:
            return len(parts), phrase_class, value
    if items[position].cls != "n":
        return None
    number = read_number(words, 0)
    return (number[1], "n", number[0]) if number else (1, ".", None)


_LEADS: Final = "i><ybpLXTfr&-,~j/doNYBZ"
_BEFORE_NEEDS: Final = {
    "number": "doN-",
    "digits": "doN-/",
    "date": "",
    "support": _LEADS,
    "count": "dnNav",
    "the": "ep",
    "era": "dNYo",
    "clock": "dK",
}
_AFTER_NEEDS: Final = {
    "number": "doYN",
    "digits": "doYN/",
    "date": ",doM",
    "support": "doYN",
    "of": "f",
    "era": "dNY",
}
"""Which neighbours let an ambiguous word stand, by the `needs` of its row; "" in both: always."""


_BEFORE_DOTTED: Final = ("f", "i", ">", "<", "y", "p")
"""What lets an abbreviation with its full stop stand without a number: "in Sept."."""


def _settle(items: list[Token]) -> list[Token]:
    """Ambiguous words judged by their neighbours: "May 2015" is a month, "May resigned" not."""
    settled: list[Token] = []
    position = 0
    while position < len(items):
        item = items[position]
        position += 1
        if item.word == "second" and position < len(items):
            _count_second(item, items[position])
        if not item.needs:
            settled.append(item)
            continue
        dotted = _dot_follows(item, items, position)
        after = items[position + dotted].cls if position + dotted < len(items) else ""
        before = settled[-1].cls if settled else ""
        if not (_supported(item.needs, before, after) or (dotted and before in _BEFORE_DOTTED)):
            item.cls = "."
        elif dotted and item.cls in "MW":
            item.end = items[position].end
            position += 1
        settled.append(item)
    return settled


_COUNTED_AFTER_SECOND: Final = "UkMm"


def _count_second(item: Token, after: Token) -> None:
    """Make "second" an ordinal before what is counted: "the second half", "second quarter"."""
    if item.cls == "h" and after.cls in _COUNTED_AFTER_SECOND:
        item.cls, item.value = "o", 2.0


def _dot_follows(item: Token, items: list[Token], position: int) -> bool:
    """Whether the next token is the full stop of an abbreviation: "Sept. 3"."""
    return (
        item.needs in {"number", "date"}
        and position < len(items)
        and items[position].word == "."
        and items[position].start == item.end
    )


def _supported(needs: str, before: str, after: str) -> bool:
    if needs not in _BEFORE_NEEDS and needs not in _AFTER_NEEDS:
        return True
    return bool(
        (before and before in _BEFORE_NEEDS.get(needs, ""))
        or (after and after in _AFTER_NEEDS.get(needs, ""))
    )
