"""Genders: whether "he" or "she" may mean someone, by titles, nouns and given names."""

from functools import cache
from typing import Final

from firsthand.claims.lexicon import word_set

SHE: Final = frozenset(("she", "her", "herself"))
NAME: Final = 4
"""Letters from which the ending of a given name tells: "Mira", not "Ada"."""


def may_be(pronoun: str, called: str) -> bool:
    """Whether someone called so may be meant; only words that tell the other gender forbid it."""
    gender = gender_of(" ".join(called.lower().split()))
    return not gender or (gender == "she") == (pronoun.lower() in SHE)


@cache
def gender_of(called: str) -> str:
    """The pronoun that the words of a name and its titles tell; empty where none does.

    "minister tobias ferrand", "mrs holt", "spokeswoman ivy tarn"; the ending -a of a given name
    counts where no other word tells.
    """
    words = [word.rstrip(".") for word in called.split()]
    for word in words:
        if word in word_set("she_words") or word.endswith("woman"):
            return "she"
        if word in word_set("he_words") or word.endswith("man"):
            return "he"
    given = words[-2] if len(words) > 1 else ""
    return "she" if len(given) >= NAME and given.endswith("a") else ""
