"""Finds the names in a text that may be places: tokens, longest known runs, and what they touch."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

import msgspec

from firsthand.registry.gazetteer import Gazetteer
from firsthand.resolve.place_tables import PlaceWords, ShortForms

_TOKEN: Final = re.compile(r"((?:[A-Z]\.){2,8}|[A-Z]\.[A-Z][a-z]{1,3}\.|[^\W_]+)")
_JOINERS: Final = frozenset(
    (" ", "\u00a0", "-", "‑", "–", "'", "’", "ʿ", "ʾ", "`", " '", " ’", ". ", "  ", "' ", "’ ")
)
_ABBREVIATED: Final = frozenset(
    [
        "st",
        "ste",
        "mt",
        "ft",
        "pt",
        "dr",
        "mr",
        "mrs",
        "ms",
        "gen",
        "col",
        "lt",
        "sgt",
        "rep",
        "sen",
        "gov",
    ]
)
"""Words whose full stop does not end a sentence."""
_MAX_WORDS: Final = 6
_LARGE: Final = 100_000
_ARABIC_PREFIXES: Final = frozenset("وبلفك")
# Russian and Ukrainian case endings of place names, with the endings of the dictionary form.
_CASE_ENDINGS: Final = (
    ("ии", ("ия",)),
    ("ию", ("ия",)),
    ("ией", ("ия",)),
    ("ом", ("",)),
    ("ем", ("ь", "й")),
    ("ой", ("а",)),
    ("е", ("", "а")),
    ("у", ("", "а")),
    ("ы", ("а", "")),
    ("и", ("ь", "а")),
    ("а", ("",)),
    ("я", ("ь", "й")),
    ("ю", ("ь",)),
)
_SENTENCE_BREAK: Final = re.compile(r"[.!?:;\n\r“”\"«»•*|>)—]|--|\s–")


class Token(msgspec.Struct, gc=False):
    """A word with its offsets; `capital` also for scripts without case."""

    start: int
    end: int
    text: str
    lower: str
    capital: bool
    initial: bool
    """Whether it begins a sentence or a line, where a capital says nothing."""
    joined: bool
    """Whether only a space, hyphen or apostrophe separates it from the token before."""


@dataclass(slots=True)
class Mention:
    """A run of tokens that names a place, if it names a place."""

    first: int
    last: int
    start: int
    end: int
    surface: str
    rows: tuple[int, ...]
    form: str
    """name, demonym, soil (a demonym before "soil", "border"), short (abbreviation) or unknown."""
    designator: str | None = None
    """Precision said by a word beside it ("province")."""
    inside: int | None = None
    """Index of the mention after the comma that it lies in."""
    score: float = 0.0
    reasons: list[str] = field(default_factory=list)
    main: bool = True
    loose: bool = False
    listed: bool = False
    """Whether a comma after it only goes on in a list ("villages of A, B and C")."""


def tokenise(text: str) -> list[Token]:
    """The words of a text."""
    pieces = _TOKEN.split(text)
    ends = list(accumulate(map(len, pieces)))
    words, gaps = pieces[1::2], pieces[:-1:2]
    if gaps:
        gaps[0] = "\n"
    tokens: list[Token] = []
    for word, lower, end, gap in zip(words, map(str.lower, words), ends[1::2], gaps, strict=True):
        first = word[0]
        capital = first.isupper() or (first.isalpha() and not first.islower())
        joined, initial = _SPACED if gap == " " else _link(gap, tokens)
        tokens.append(Token(end - len(word), end, word, lower, capital, initial, joined))
    return tokens


_SPACED: Final = (True, False)


def _link(gap: str, tokens: Sequence[Token]) -> tuple[bool, bool]:
    """Whether a gap joins the words around it, and whether it begins a sentence or line."""
    if gap == ". " and tokens:
        joined = tokens[-1].lower in _ABBREVIATED
        return joined, not joined
    return gap in _JOINERS, _SENTENCE_BREAK.search(gap) is not None


def _base_forms(token: Token) -> Iterator[tuple[int, str]]:
    """(where it starts, dictionary form) of an inflected word in Arabic or Cyrillic letters."""
    if "ء" <= token.text[0] <= "ي" and token.text[0] in _ARABIC_PREFIXES:
        rest = token.text[1:]
        yield token.start + 1, rest
        if rest[0] == "ل" and token.text[0] == "ل":
            yield token.start, "ا" + token.text
    elif "а" <= token.lower[0] <= "я":
        for ending, replacements in _CASE_ENDINGS:
            if token.lower.endswith(ending):
                for replacement in replacements:
                    yield token.start, token.text[: -len(ending)] + replacement


class Finder:
    """Looks names up in one gazetteer; keeps its tables for the many texts of one process."""

    def __init__(self, gazetteer: Gazetteer, words: PlaceWords, forms: ShortForms) -> None:
        """A finder for this gazetteer."""
        self.gazetteer = gazetteer
        self.words = words
        self.forms = forms
        self._articles = words.classes["article"]
        self._particles = words.classes["particle"]
        self._never = words.classes["never"]
        self._abbreviations = forms.anywhere.keys() | forms.after_comma.keys()

    def mentions(self, text: str, tokens: Sequence[Token]) -> list[Mention]:
        """Every longest run of words that the gazetteer or a table of forms knows."""
        found: list[Mention] = []
        position = 0
        articles = self._articles
        count = len(tokens)
        while position < count:
            mention = None
            token = tokens[position]
            if not token.capital and token.lower not in articles:
                position += 1
                continue
            if self._may_start(text, tokens, position):
                mention = self._longest(text, tokens, position, found)
            if mention is None:
                position += 1
            else:
                found.append(mention)
                position = mention.last + 1
        return found

    def _may_start(self, text: str, tokens: Sequence[Token], position: int) -> bool:
        """Whether a name may begin with this token."""
        token = tokens[position]
        before = tokens[position - 1] if position else token
        article = before.lower in self._articles and token.joined and token is not before
        if article and (text[before.end] == "-" or before.lower in {"al", "el"}):
            return False  # the rest of "al-Name" is no name of its own
        if token.capital:
            return token.lower not in self._never or (
                position + 1 < len(tokens) and tokens[position + 1].capital
            )
        if token.lower not in self._articles or position + 1 >= len(tokens):
            return False
        after = tokens[position + 1]
        return after.capital and after.joined and after.start == token.end + 1

    def _longest(
        self, text: str, tokens: Sequence[Token], position: int, found: Sequence[Mention]
    ) -> Mention | None:
        """The longest known run from here, or None."""
        last = position
        ends = [position] if tokens[position].capital else []
        while last + 1 < len(tokens) and last + 1 - position < _MAX_WORDS:
            after = tokens[last + 1]
            if not after.joined or not (after.capital or after.lower in self._particles):
                break
            last += 1
            if after.capital:
                ends.append(last)
        for end in reversed(ends):
            mention = self._known(text, tokens, position, end, found)
            if mention is not None:
                return mention
        return self._inflected(tokens, position)

    def _inflected(self, tokens: Sequence[Token], position: int) -> Mention | None:
        """A large place under an Arabic prefix ("in-Damascus") or a Slavic case ending."""
        token = tokens[position]
        if token.text.isascii() or len(token.text) < 4 or token.lower in self._never:
            return None
        for start, form in _base_forms(token):
            rows = tuple(r for r in self.gazetteer.exact(form) if self._is_large(r))
            if rows:
                surface = token.text[start - token.start :]
                return Mention(position, position, start, token.end, surface, rows, "name")
        return None

    def _is_large(self, row: int) -> bool:
        """Whether a place is so well known that an inflected form may mean it."""
        if self.gazetteer.kind(row) in {"country", "region"} or self.gazetteer.is_own(row):
            return True
        return self.gazetteer.population(row) >= _LARGE

    def _known(
        self, text: str, tokens: Sequence[Token], first: int, last: int, found: Sequence[Mention]
    ) -> Mention | None:
        """The mention of exactly these tokens, or None where nobody knows them."""
        start, end = tokens[first].start, tokens[last].end
        surface = text[start:end]
        dotted = surface + "." if text[end : end + 1] == "." else surface
        for form in (dotted, surface):
            rows = self._short(form, text, start, found) if form in self._abbreviations else ()
            if rows:
                return Mention(first, last, start, start + len(form), form, rows, "short")
        if surface in self.forms.demonyms:
            after = tokens[last + 1] if last + 1 < len(tokens) else None
            soil = after is not None and after.joined and self.words.has(after.lower, "soil")
            form = "soil" if soil else "demonym"
            return Mention(first, last, start, end, surface, self.forms.demonyms[surface], form)
        if first == last and self._hopeless(tokens[first]):
            return None
        if first < last and tokens[first].lower == "the":
            return (
                None
                if self.gazetteer.knows(text[tokens[first + 1].start : end])
                else (self._named(first, last, start, end, surface))
            )
        return self._named(first, last, start, end, surface)

    def _named(self, first: int, last: int, start: int, end: int, surface: str) -> Mention | None:
        rows = self.gazetteer.exact(surface)
        if not rows:
            return None
        return Mention(first, last, start, end, surface, rows, "name")

    def _short(self, form: str, text: str, start: int, found: Sequence[Mention]) -> tuple[int, ...]:
        """Rows of an abbreviation, where it stands as one."""
        rows = self.forms.anywhere.get(form)
        if rows:
            return rows
        rows = self.forms.after_comma.get(form)
        if rows and found and text[found[-1].end : start] == ", ":
            return rows
        return ()

    def _hopeless(self, token: Token) -> bool:
        """Whether a single token cannot be a name of a place worth a look-up."""
        if token.lower in self._never or self.words.has(token.lower, "month", "title"):
            return True
        if len(token.text) > 3:
            return token.text[0].isdigit()
        if token.text.isupper() and token.text.isascii():
            return not self._is_state(token.text)
        return len(token.text) < 3

    def _is_state(self, text: str) -> bool:
        """Whether two or three capitals ("UK", "DRC") abbreviate a state."""
        return any(self.gazetteer.kind(row) == "country" for row in self.gazetteer.exact(text))
