"""Shares in words as parts of a hundred: "half the city", "a third of its fleet", "one in five"."""

from typing import Final

from firsthand.claims.lexicon import word_set
from firsthand.claims.quantity_lexicon import nouns, words
from firsthand.claims.quantity_numbers import Amount, Tokens, phrase_at
from firsthand.nlp.number_words import LONGEST, read_number

SHARED: Final = frozenset(("of", "the", "its", "their", "his", "her", "our", "all"))
"""What follows a share of something: "half the city"."""
WHOLES: Final = frozenset((3, 4, 5, 6, 7, 8, 9, 10, 20, 50, 100, 1000))
"""Numbers that a proportion is told of: "three in ten"."""
BETWEEN: Final = (("in",), ("in", "every"), ("out", "of"), ("out", "of", "every"))


def share_at(tokens: Tokens, position: int) -> Amount | None:
    """The share of a whole that begins at a token, in per cent."""
    found = phrase_at(tokens, position, words().shares)
    if found is None or _is_number(tokens, position, found[1]):
        return _proportion(tokens, position)
    value, after = float(found[0]), position + found[1]
    if after >= len(tokens.words) or tokens.words[after] not in SHARED:
        return None
    return Amount(value, value, value, position, after)


def _is_number(tokens: Tokens, position: int, length: int) -> bool:
    """Whether the words of a share open a number: "a quarter of a million"."""
    longest = range(length + 1, length + 4)
    return any(tuple(tokens.words[position : position + n]) in words().amounts for n in longest)


def _proportion(tokens: Tokens, position: int) -> Amount | None:
    """The share that "one in five" or "one patient in fifty" tells."""
    part = _number(tokens, position)
    if part is None:
        return None
    at = part[1]
    if part[0] == 1 and tokens.words[at : at + 1] and tokens.words[at] in _counted():
        at += 1
    for link in BETWEEN:
        if tuple(tokens.words[at : at + len(link)]) != link:
            continue
        whole = _number(tokens, at + len(link))
        if whole is not None and whole[0] in WHOLES and part[0] < whole[0]:
            value = round(100 * part[0] / whole[0], 2)
            return Amount(value, value, value, position, whole[1])
    return None


def _counted() -> frozenset[str]:
    """Words for one of many: "one household in three"."""
    return word_set("one_of_many") | frozenset(form for form in nouns() if nouns()[form].people)


def _number(tokens: Tokens, at: int) -> tuple[float, int] | None:
    """A whole number at a token, in digits or words, and the token behind it."""
    piece = tokens.words[at : at + LONGEST]
    if piece and piece[0].isdecimal():
        return (float(piece[0]), at + 1) if len(piece[0]) <= 4 else None
    number = read_number(piece, 0)
    return None if number is None else (number[0], at + number[1])
