"""Quantity context: what a bare figure counts by the words before it, and which lengths are heights."""

from typing import Final

from firsthand.claims.lexicon import word_set
from firsthand.claims.quantity_lexicon import Unit, noun_of, words
from firsthand.claims.quantity_numbers import Amount, Tokens, phrase_at
from firsthand.model.claim import Quantity
from firsthand.nlp.number_words import roles

REACH: Final = 7
"""Tokens before a number that may say what it counts."""
ENDS: Final = frozenset('.;:!?()[]\n|"“”')
CLOSES: Final = ENDS | {",", "and", "but", "while", "as", "on", "by", "so", "in", "since"}
"""Behind a figure that stands alone: nothing of its own is counted."""
NEAR: Final = 160
"""Characters back to the figure that "a further 12" adds to."""
WHOLE: Final = 8
"""Tokens in which the whole is named that a figure is a part of."""
LONG: Final = frozenset(("kilometres", "miles"))
"""Units in which no height is given."""


def compared_kind(
    tokens: Tokens, first: int, amount: Amount, previous: Quantity | None
) -> str | None:
    """The kind of a figure without a noun: of the word it is a number of, or of the figure before."""
    rate = phrase_at(tokens, amount.after, words().rates)
    at = amount.after + (rate[1] if rate else 0)
    after = tokens.words[at : at + 1]
    if not first or not amount.value or (after and after[0] not in CLOSES):
        return None
    window = tokens.words[max(0, first - REACH) : first]
    counting = window[-1] in word_set("compared_verbs")
    if window[-1] == "at" and not ENDS & set(window):
        counting = not word_set("compared_at").isdisjoint(window)
    if not counting:
        return None
    named = [words().events[word] for word in window if word in words().events]
    if named:
        return named[-1]
    return previous.kind if previous is not None and previous.unit is None else None


def kind_again(tokens: Tokens, first: int, amount: Amount, previous: Quantity | None) -> str | None:
    """The kind of a figure that is told without what it counts: "another 12", "41 to 12", "magnitude 5"."""
    if first and tokens.words[first - 1] == "magnitude":
        return "magnitude"
    if previous is None or not first:
        return None
    before, behind = tokens.words[first - 1], tokens.words[amount.after : amount.after + 2]
    near = tokens.starts[first] - previous.end < NEAR
    if near and (before in word_set("further") or behind[:1] == ["more"]):
        return previous.kind
    against = before == "to" and first > 1 and previous.end == tokens.ends[first - 2]
    if against and previous.kind == "votes":
        return previous.kind
    whose = near and behind[:1] == ["of"] and behind[1:] in (["them"], ["whom"], ["which"])
    return previous.kind if whose else None


def is_whole(tokens: Tokens, first: int, previous: Quantity | None) -> bool:
    """Whether a figure is the whole of which the one before is a part: "12 of the 30 miners died"."""
    if previous is None:
        return False
    for index in range(first - 1, max(0, first - WHOLE), -1):
        if tokens.words[index] == "of":
            return tokens.ends[index - 1] == previous.end
    return False


def partitive(tokens: Tokens, at: int) -> int | None:
    """Where the noun stands of "of the city's five bridges" or "of its 45 seats": the parts of a counted whole.

    "of its men" is none: there what is counted stands by itself.
    """
    if tokens.words[at : at + 1] != ["of"]:
        return None
    owned = False
    for index in range(at + 1, min(at + WHOLE, len(tokens.words))):
        word = tokens.words[index]
        numeral = word[0].isdecimal() or roles().get(word, ("scale", 0))[0] != "scale"
        if numeral or word.endswith(("'s", "’s", "s'", "s’")):
            owned = True
        elif word in ENDS or word in words().events:
            return None
        elif owned and (noun_of(word) or (word.endswith("s") and word.isalpha())):
            return index
        elif word in words().stops and index > at + 1 and not owned:
            return None
    return None


def is_upright(tokens: Tokens, first: int, after: int, unit: Unit | None) -> bool:
    """Whether a length of metres is a height, depth or level, no way between places."""
    if unit is None or unit.kind != "kilometres" or unit.unit in LONG:
        return False
    beside = tokens.words[max(0, first - REACH) : first] + tokens.words[after : after + 3]
    return not word_set("heights").isdisjoint(beside)
