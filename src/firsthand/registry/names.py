"""How names of actors are compared: without case, diacritics, "the", possessives, spelling habits."""

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(r"([^\W_]{2,}+|(?:[A-Za-z]\.){2,}|[^\W_])")
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


class Words(NamedTuple):
    """The words of a text as written, and where each ends."""

    written: list[str]
    ends: list[int]


def name_tokens(text: str) -> list[str]:
    """The words of a name as they are compared."""
    if "'" in text or "’" in text:
        return [fold(word) for word in words_of(text).written]
    return [fold(word) for word in _TOKEN.findall(text)]


def words_of(text: str) -> Words:
    """The compared words of a text; possessive 's is passed over."""
    pieces = _TOKEN.split(text)
    written, ends = pieces[1::2], list(accumulate(map(len, pieces)))[1::2]
    if not _POSSESSIVE.isdisjoint(written):
        kept = [
            n
            for n, word in enumerate(written)
            if word not in _POSSESSIVE or ends[n] < 3 or text[ends[n] - 2] not in "'’"
        ]
        written, ends = [written[n] for n in kept], [ends[n] for n in kept]
    return Words(written, ends)


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """One word without case, full stops and diacritics, in American spelling."""
    lowered = word.replace(".", "").casefold()
    if not lowered.isascii():
        plain = unicodedata.normalize("NFKD", lowered)
        lowered = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return _SPELLINGS.get(lowered, lowered)


@lru_cache(maxsize=16_384)
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
