"""Posts: the body that somebody unnamed speaks for by a post: "hospital director", "head of X"."""

from functools import lru_cache
from typing import Final

from firsthand.link.lexicons import knowledge

OF: Final = frozenset({"of", "for", "at", "with"})
WHERE: Final = frozenset({"of", "for", "in", "at", "on", "from"})
SOME: Final = frozenset({"some", "several", "many", "other", "another", "two", "three", "one"})
PAST: Final = frozenset({"former", "retired", "ex"})
ARTICLES: Final = frozenset({"the", "a", "an", "its", "his", "her", "their"})
OWNED: Final = ("'s", "\u2019s")
LONGEST: Final = 6
"""Words of a body's name at most."""


@lru_cache(maxsize=65_536)
def is_body(name: str) -> bool:
    """Whether a description means a body there is one of, whoever tells of it: "the police".

    Its noun stands last, or before what it is of or where it is; of people there are many.
    """
    words = [word for word in name.casefold().split() if word not in ARTICLES]
    if not words or words[0] in SOME:
        return False
    joint = next((i for i, word in enumerate(words) if word in WHERE and i), len(words))
    return words[joint - 1] in knowledge("body")


@lru_cache(maxsize=65_536)
def body_behind(name: str) -> str | None:
    """The body whose spokesman or chief a description names; None where it names none."""
    words = name.split()
    low = [word.casefold() for word in words]
    if PAST.intersection(low):
        return None
    posts = knowledge("post")
    for i, word in enumerate(low):
        if word.endswith(OWNED) and i + 1 < len(low) and low[-1] in posts:
            return _body([*words[:i], words[i][:-2]])
        if i and word in OF and low[i - 1] in posts:
            return _body(words[i + 1 :])
    return _body(words[:-1]) if low[-1] in posts else None


def _body(words: list[str]) -> str | None:
    """Words as a body: called by its noun, or a name of several words."""
    while words and words[0].casefold() in ARTICLES:
        words = words[1:]
    name = " ".join(words)
    named = 1 < len(words) <= LONGEST and words[0][0].isupper() and words[-1][0].isupper()
    return name if words and (named or is_body(name)) else None


@lru_cache(maxsize=65_536)
def noun_of(name: str) -> str:
    """The noun that a body's name is built on: "ministry" of "Ministry of Works of Tarn"."""
    words = name.casefold().split()
    joint = next((i for i, word in enumerate(words) if word in WHERE and i), len(words))
    return words[joint - 1]
