"""Quantity context: what a bare figure counts by the words before it, and which lengths are heights."""

from typing import Final

from firsthand.claims.lexicon import word_set
from firsthand.claims.quantity_lexicon import Unit, words
from firsthand.claims.quantity_numbers import Amount, Tokens
from firsthand.model.claim import Quantity

REACH: Final = 7
"""Tokens before a number that may say what it counts."""
ENDS: Final = frozenset('.;:!?()[]\n|"“”')
CLOSES: Final = ENDS | {",", "and", "but", "while", "as", "on", "by", "so", "in", "since"}
"""Behind a figure that stands alone: nothing of its own is counted."""
LONG: Final = frozenset(("kilometres", "miles"))
"""Units in which no height is given."""


def compared_kind(
    tokens: Tokens, first: int, amount: Amount, previous: Quantity | None
) -> str | None:
    """The kind of a figure without a noun: of the word it is a number of, or of the figure before."""
    after = tokens.words[amount.after : amount.after + 1]
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


def is_upright(tokens: Tokens, first: int, after: int, unit: Unit | None) -> bool:
    """Whether a length of metres is a height, depth or level, no way between places."""
    if unit is None or unit.kind != "kilometres" or unit.unit in LONG:
        return False
    beside = tokens.words[max(0, first - REACH) : first] + tokens.words[after : after + 3]
    return not word_set("heights").isdisjoint(beside)
