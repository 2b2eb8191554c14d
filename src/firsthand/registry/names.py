"""How names of actors are compared: without case, diacritics, "the", possessives, spelling habits."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_TOKEN: Final = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+")
_SPELLINGS: Final = {
    "defence": "defense",
    "organisation": "organization",
    "organisations": "organization",
    "programme": "program",
    "centre": "center",
    "labour": "labor",
    "mobilisation": "mobilization",
}
_POSSESSIVE: Final = frozenset("sS")
_ACRONYM: Final = 5
"""Single words in capitals up to this length are read only in capitals ("IS", not "is")."""


def name_tokens(text: str) -> list[str]:
    """The words of a name as they are compared."""
    return [word for word, _, _ in words_of(text)]


def words_of(text: str) -> Iterator[tuple[str, int, int]]:
    """Compared words of a text with their offsets; possessive 's is passed over."""
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        written = match.group()
        if written in _POSSESSIVE and start > 1 and text[start - 1] in "'’":
            continue
        yield _fold(written), start, end


@lru_cache(maxsize=65_536)
def _fold(word: str) -> str:
    """One word without case, full stops and diacritics, in American spelling."""
    lowered = word.replace(".", "").casefold()
    if not lowered.isascii():
        plain = unicodedata.normalize("NFKD", lowered)
        lowered = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return _SPELLINGS.get(lowered, lowered)


def name_key(text: str) -> tuple[str, ...]:
    """The words that a name is found by; a leading "the" is left out."""
    words = name_tokens(text)
    return tuple(words[1:] if len(words) > 1 and words[0] == "the" else words)


def is_acronym(name: str) -> bool:
    """Whether a name is a short word in capitals, full stops left out."""
    bare = name.replace(".", "")
    return bare.isalnum() and bare.isascii() and bare.upper() == bare and len(bare) <= _ACRONYM


def same_acronym(written: str, exact: str) -> bool:
    """Whether an acronym is written in capitals; four letters and more also as a word ("Nato")."""
    bare, wanted = written.replace(".", "").removeprefix("the "), exact.replace(".", "")
    return bare == wanted or (len(wanted) >= 4 and bare == wanted.capitalize())
