"""Short names: "the Ledger" and "NPA" resolved to the full names that the page gives."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from firsthand.trace.credit_grammar import name_words
from firsthand.trace.credit_name_forms import by_form, is_demonym

MAX_SHORT_WORDS: Final = 2
"""Words of a short form; a longer one is a name of its own."""

MAX_SOUGHT: Final = 100
"""Short names of one page that are looked for: more than a page of news has."""

_INITIALS: Final = re.compile(r"[A-Z]{2,6}")
_UP: Final = r"[^\W\d_a-zß-öø-ÿа-яёα-ω]"
_BETWEEN: Final = r"(?:(?:of|for|the|and|de|du|la|des|&) ){0,2}"
_AGENCY_NAME: Final = re.compile(
    rf"\b(?P<head>{_UP}[\w’'-]{{2,20}}) (?:(?:News|Press|Wire|Telegraph|Photo) (?:Agency|Service)"
    r"|Newswire|Wire)\b"
)
"""An agency by its own name and what it is: papers leave the second out, as in "told Tarn"."""
_AGENCY_WORDS: Final = ("Agency", "Service", "Newswire", "Wire")
"""What such a name ends in: a look for these words spares most pages the one for names."""
_TITLES: Final = frozenset({"agency", "outlet"})


class ShortNames:
    """The full names behind the short ones of one page; each is looked for once."""

    def __init__(self, text: str, own: Sequence[str]) -> None:
        """`text` is where full names are sought; `own` names of the page's outlet come first."""
        self._text = text
        self._own = tuple(own)
        self._full: dict[str, str | None] = {}
        self._defined: dict[str, str | None] = {}
        self._heads: dict[str, str] | None = None

    def _headed(self) -> dict[str, str]:
        """What the page shortens to its first words ("Tarn" for "Tarn Wire"); read once.

        A name that stands for a place on the page as well shortens nothing.
        """
        if self._heads is None:
            self._heads = {}
            for text in (*self._own, self._text):
                if not any(word in text for word in _AGENCY_WORDS):
                    continue
                for match in _AGENCY_NAME.finditer(text):
                    self._heads.setdefault(match["head"], match.group())
            for head in [head for head in self._heads if self._is_place(head)]:
                del self._heads[head]
        return self._heads

    def _is_place(self, head: str) -> bool:
        place = rf"\b(?:[Ii]n|[Nn]ear|[Aa]round|[Ii]nside|[Oo]utside) {re.escape(head)}\b(?! {_UP})"
        return is_demonym(head) or re.search(place, self._text) is not None

    def may_know(self, words: str) -> bool:
        """Whether words may shorten a name of press, before it is looked for."""
        if _INITIALS.fullmatch(words):
            return self.defined(words) is not None
        return words in self._headed() or _may_shorten(words)

    def full(self, words: str, *, definite: bool) -> str | None:
        """The full name of press that some words shorten, or None.

        `definite`: "the" stands before the words, as it must before all but initials.
        """
        headed = self._headed().get(words)
        if headed is not None and not definite:
            return headed
        initials = _INITIALS.fullmatch(words) is not None
        if not initials and not (definite and _may_shorten(words)):
            return None
        if words not in self._full and len(self._full) < MAX_SOUGHT:
            self._full[words] = self._own_name(words) or self._named(words, initials=initials)
        return self._full.get(words)

    def defined(self, words: str) -> str | None:
        """The name that the page itself shortens so: "the Tarn News Agency (TNA)"."""
        if _INITIALS.fullmatch(words) is None:
            return None
        if words not in self._defined and len(self._defined) < MAX_SOUGHT:
            found = re.search(rf"{_spelt_out(words)} \({words}\)", self._text)
            self._defined[words] = found.group()[: -len(words) - 3] if found else None
        return self._defined.get(words)

    def _own_name(self, words: str) -> str | None:
        for own in self._own:
            if own != words and (own.endswith(f" {words}") or _initials_of(own) == words):
                return own
        return None

    def _named(self, words: str, *, initials: bool) -> str | None:
        """The first name of press in the text with these initials, or that ends in these words."""
        if initials:
            pattern = rf"{_spelt_out(words)}\b"
        else:
            pattern = rf"\b(?:{_UP}[\w’'.-]{{1,20}} ){{1,4}}{re.escape(words)}\b"
        for match in re.finditer(pattern, self._text):
            name = _without_opening(match.group())
            kind, evidence = by_form(name)[1:]
            if kind in _TITLES and evidence == "form" and name != words:
                return name
        return None


def _spelt_out(initials: str) -> str:
    """A pattern for words with these first letters, small words between them left out."""
    return r"\b" + rf"[\w’'-]{{1,20}} {_BETWEEN}".join(initials) + r"[\w’'-]{1,20}"


@lru_cache(maxsize=4_096)
def _may_shorten(words: str) -> bool:
    """Whether words end like the name of a paper or an agency, and are few."""
    parts = words.casefold().split()
    tails = name_words("tail", "outlet") | name_words("tail", "agency")
    return len(parts) <= MAX_SHORT_WORDS and parts[-1] in tails and words[:1].isupper()


def _initials_of(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[:1].isupper() and word != "The")


def _without_opening(name: str) -> str:
    """A name without the words before it that only open its sentence."""
    words = name.split(" ")
    while len(words) > 1 and words[0].casefold() in name_words("stop"):
        words.pop(0)
    return " ".join(words)
