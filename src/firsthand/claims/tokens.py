"""Tokens: the words of a sentence as parallel lists, with offsets into the page's text."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

MAX_SENTENCE_TOKENS = 400
"""A longer "sentence" (a list, a table, hostile input) is read in pieces of this many tokens."""

TOKEN = re.compile(
    r"(?=\S)(?:"  # no form is tried at a blank
    r"[A-Z][a-z]{4,}+(?![\w'’-])"  # most words, found without a try of all that follows
    r"|[a-z]++(?![\w'’-])"
    r"|(?:[A-Z]\.){2,6}"
    r"|\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Maj|Lt|Sgt|Capt|St|Adm|Brig|Cmdr|Prof|Sen|Gov|Rep|Rev)\."
    r"|\b[A-Z]\.(?=[ \t]{1,2}[A-Z][a-z])"
    r"|\d+(?:st|nd|rd|th)\b"
    r"|\d+(?:[.,:]\d+)*%?"
    r"|['’](?:s|re|ve|ll|d|m|S)\b"
    r"|\w+(?:-\w+|['’](?!(?:s|re|ve|ll|d|m|S)\b)\w+)*"
    r"|[^\w\s])"
)
OPENING = frozenset("“«„‘‹")
CLOSING = frozenset("”»’›")
STRAIGHT = frozenset("\"'")
LOOSE_ENDS = frozenset(("and", "but", "or", "nor"))
"""Words that end no clause."""
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
    spans = [match.span() for match in TOKEN.finditer(text, start, end)]
    pieces: list[Sentence] = []
    for first in range(0, len(spans), MAX_SENTENCE_TOKENS):
        taken = spans[first : first + MAX_SENTENCE_TOKENS]
        words = [text[begin:stop] for begin, stop in taken]
        pieces.append(
            Sentence(
                taken[0][0] if first else start,
                taken[-1][1] if first + MAX_SENTENCE_TOKENS < len(spans) else end,
                paragraph,
                heading,
                words,
                [lower(word) for word in words],
                [begin for begin, _ in taken],
                [stop for _, stop in taken],
            )
        )
    return pieces


def lower(word: str) -> str:
    """A word as the tables write it: lower case, with a straight apostrophe."""
    return word.lower().replace("’", "'")


def trim(sentence: Sentence, start: int, end: int, drop: frozenset[str]) -> tuple[int, int]:
    """Token range without punctuation, and words in `drop`, at its edges."""
    low = sentence.low  # a word or a number begins with a letter or figure
    while start < end and (not low[start][0].isalnum() or low[start] in drop):
        start += 1
    while end > start and (not low[end - 1][0].isalnum() or low[end - 1] in LOOSE_ENDS):
        end -= 1
    return start, end
