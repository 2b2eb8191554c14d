"""Tokens: the words of a sentence as parallel lists, with offsets into the page's text."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_SENTENCE_TOKENS = 400
"""A longer "sentence" (a list, a table, hostile input) is read in pieces of this many tokens."""

TOKEN = re.compile(
    r"(?:[A-Z]\.){2,6}"
    r"|\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Maj|Lt|Sgt|Capt|St|Adm|Brig|Cmdr|Prof|Sen|Gov|Rep|Rev)\."
    r"|\b[A-Z]\.(?=[ \t]{1,2}[A-Z][a-z])"
    r"|\d+(?:st|nd|rd|th)\b"
    r"|\d+(?:[.,:]\d+)*%?"
    r"|['’](?:s|re|ve|ll|d|m|S)\b"
    r"|\w+(?:-\w+|['’](?!(?:s|re|ve|ll|d|m|S)\b)\w+)*"
    r"|[^\w\s]"
)
OPENING = frozenset("“«„‘‹")
CLOSING = frozenset("”»’›")
STRAIGHT = frozenset("\"'")
QUOTE_MARKS = OPENING | CLOSING | STRAIGHT


@dataclass(slots=True)
class Sentence:
    """One sentence: words, lower-case words, offsets, tags and lemmas, index by index."""

    start: int
    end: int
    paragraph: int
    heading: bool = False
    words: list[str] = field(default_factory=list)
    low: list[str] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    quoted: list[bool] = field(default_factory=list)
    """Whether the word lies inside a quotation."""

    def __len__(self) -> int:
        """How many tokens there are."""
        return len(self.words)

    def index_at(self, offset: int) -> int:
        """The first token that ends after `offset`; the length where there is none."""
        return bisect_right(self.ends, offset)


def tokenize(text: str, start: int, end: int, paragraph: int, *, heading: bool) -> list[Sentence]:
    """The sentence `[start, end)` as tokens; overlong ones come in several pieces."""
    pieces: list[Sentence] = []
    current = Sentence(start, end, paragraph, heading)
    for match in TOKEN.finditer(text, start, end):
        if len(current.words) == MAX_SENTENCE_TOKENS:
            current.end = current.ends[-1]
            pieces.append(current)
            current = Sentence(match.start(), end, paragraph, heading)
        word = match[0]
        low = word.lower()
        current.words.append(word)
        current.low.append(low.replace("’", "'") if "’" in low else low)
        begin, stop = match.span()
        current.begins.append(begin)
        current.ends.append(stop)
    pieces.append(current)
    return [piece for piece in pieces if piece.words]


def is_word(word: str) -> bool:
    """Whether a token is a word or a number rather than punctuation."""
    return word[0].isalnum()


def trim(sentence: Sentence, start: int, end: int, drop: frozenset[str]) -> tuple[int, int]:
    """Token range without punctuation, and words in `drop`, at its edges."""
    low = sentence.low
    while start < end and (not is_word(low[start]) or low[start] in drop):
        start += 1
    while end > start and not is_word(low[end - 1]):
        end -= 1
    return start, end


def words_between(sentence: Sentence, start: int, end: int) -> Iterator[str]:
    """The lower-case words of a token range."""
    yield from sentence.low[start:end]
