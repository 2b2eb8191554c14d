"""Numbers written in English words: "twenty-four", "two hundred and fifty", "two and a half"."""

from collections.abc import Sequence
from functools import cache

from firsthand.resources import read_table

TABLE = "lexicons/number_words.tsv"
LONGEST = 14
"""Tokens looked at from one start: "nine hundred and ninety-nine million …" ends well before."""


@cache
def roles() -> dict[str, tuple[str, int]]:
    """Each number word with its role (unit, ten, hundred, scale) and its value."""
    return {row["word"]: (row["role"], int(row["value"])) for row in read_table(TABLE)}


def read_number(words: Sequence[str], start: int) -> tuple[float, int] | None:
    """The number that begins at `start` and how many tokens it takes, or None.

    `words` are lower-case tokens; hyphens are tokens of their own. A word of scale alone
    ("million") is no number, and "one" is one.
    """
    known = roles()
    if start >= len(words) or known.get(words[start], ("scale", 0))[0] == "scale":
        return None
    total, current, position, taken = 0, 0, start, 0
    previous = ""
    limit = min(len(words), start + LONGEST)
    while position < limit:
        word = words[position]
        if word in {"-", "and"} and taken:
            if not _joins(words, position, previous):
                break
            position += 1
            continue
        role, value = known.get(word, ("", 0))
        if not role or not _may_follow(previous, role, value):
            break
        if role == "scale":
            total, current = total + max(current, 1) * value, 0
        elif role == "hundred":
            current = max(current, 1) * value
        else:
            current += value
        previous, position = role, position + 1
        taken = position - start
    return _with_half(words, start + taken, total + current, taken)


def _may_follow(previous: str, role: str, value: int) -> bool:
    """Whether a word of this role may come next: "twenty one" yes, "one twenty" no."""
    if role == "unit":
        return previous in {"", "hundred", "scale"} or (previous == "ten" and 0 < value < 10)
    if role == "ten":
        return previous in {"", "hundred", "scale"}
    return previous != "" or role == "hundred"


def _joins(words: Sequence[str], position: int, previous: str) -> bool:
    """Whether a hyphen or "and" is inside the number: "twenty-one", "hundred and one"."""
    if position + 1 >= len(words):
        return False
    role, value = roles().get(words[position + 1], ("", 0))
    if words[position] == "-":
        return (previous == "ten" and role == "unit" and 0 < value < 10) or (
            role in {"hundred", "scale"}
        )
    return previous in {"hundred", "scale"} and role in {"unit", "ten"}


def _with_half(
    words: Sequence[str], after: int, value: float, taken: int
) -> tuple[float, int] | None:
    if not taken:
        return None
    if tuple(words[after : after + 3]) == ("and", "a", "half"):
        return value + 0.5, taken + 3
    return float(value), taken
