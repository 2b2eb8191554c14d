"""Mentions: the names in a sentence that are, or may be, those of publishers, before any grammar."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from firsthand.registry import Registry
from firsthand.resources import read_words
from firsthand.trace.credit_grammar import NAME_RUN, name_words
from firsthand.trace.credit_name_forms import Evidence, by_form, by_register, is_demonym, press_form
from firsthand.trace.credit_names import Named, PageNames, name_at
from firsthand.trace.credit_phrases import phrases

GIVEN: Final = "gazetteers/given_names.tsv"

_RUN: Final = re.compile(rf"(?<![\w@.])(?:@\w{{2,30}}|{NAME_RUN})")
_ADDRESS: Final = re.compile(
    r"(?<![\w@./-])(?:[\w-]{2,40}\.){1,3}"
    r"(?:[a-z]{2}|com|org|net|info|news|press|media|online|example|live|today|blog)\b"
)
_GOES_ON: Final = re.compile(r"(?:[’']s| (?:and|&|on|in|at|of)) [A-Z]\w{1,20}(?= [a-z]|[.,:;])")
"""What goes on a title of words of all kinds: "the website Gull’s Eye", "the show Orvel at Six"."""
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_OF: Final = " of "
_CASELESS: Final = re.compile(
    r"(?<!\w)(?:ل|ال|و)?(?:وكالة|قناة|صحيفة|إذاعة|موقع|تلفزيون|جريدة) (?P<name>\w{2,20}(?: \w{2,20})?)"
)
"""Names in a script without capitals: the word or two behind what they are called."""


@dataclass(frozen=True)
class Mention:
    """A name that may be a publisher's."""

    named: Named
    grade: int
    """KNOWN by a register, its form or what it is called; LIKE one by its looks; or just a name."""
    inside: int | None = None
    """Where the name of its programme, or of whoever works for it, begins before it."""
    affiliation: bool = False
    """Whether it tells but where somebody named belongs: "A. Person of Orvel Radio"."""

    @property
    def start(self) -> int:
        """Where its words begin."""
        return self.named.start

    @property
    def end(self) -> int:
        """Where they end."""
        return self.named.end


NAME, LIKE, KNOWN = 1, 2, 3


def mentions(
    text: str, start: int, end: int, names: PageNames, words: Collection[str]
) -> list[Mention]:
    """The names of a sentence that are or may be publishers', in reading order.

    `words`: those of the sentence, in lower case.
    """
    found = [] if text[start:end].isascii() else _caseless(text, start, end)
    calling = not phrases("media").isdisjoint(words)
    framing = not _framing().isdisjoint(words)
    for whole, low, high in _runs(text, start, end):
        if text.endswith("-language", low, high):
            continue  # "the French-language agency"
        if not (calling or framing) and _is_nobody(text[low:high], names):
            continue
        one = _mention(text, low, high, names, calling=calling)
        if one is not None and whole < low:
            one = replace(one, inside=whole, affiliation=True)
        if one is not None and (not found or one.start >= found[-1].end):
            found.append(one)
    return found


@cache
def _framing() -> frozenset[str]:
    """Words without which no name counts of which nothing is known."""
    longest = frozenset(max(phrase.split(), key=len) for phrase in phrases("before"))
    return longest | phrases("by")


def _is_nobody(words: str, names: PageNames) -> bool:
    """Whether neither its form nor this page makes a name a publisher's."""
    return words[0] != "@" and _looks(words, names.registry) == NAME and not names.may_know(words)


def _runs(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Where each run of capitals begins, and the name in it."""
    for match in _RUN.finditer(text, start, end):
        yield from _parts(text, match.start(), match.end())
    if "." in text[start : end - 1]:
        yield from (
            (one.start(), one.start(), one.end()) for one in _ADDRESS.finditer(text, start, end)
        )


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """A run of capitals, or what stands in it behind "of": "A. Person of Orvel Radio"."""
    at = text.find(_OF, start, end)
    if at < 0 or _heads(text[start:at]):
        yield start, start, end
    else:
        yield start, at + len(_OF), end


@lru_cache(maxsize=4_096)
def _heads(words: str) -> bool:
    """Whether words before "of" begin a publisher's name: "Voice of …", "Times of …"."""
    last = words.rsplit(" ", 1)[-1].casefold()
    kinds = ("outlet", "agency")
    return any(last in name_words(form, kind) for form in ("tail", "first") for kind in kinds)


def _mention(text: str, start: int, end: int, names: PageNames, *, calling: bool) -> Mention | None:
    """`calling`: the sentence has a noun for media somewhere."""
    words = text[start:end]
    if words[0] == "@":
        return Mention(Named(words, "person", "form", start, end), LIKE)
    looks = _looks(words, names.registry)
    called = calling and looks == NAME and _called(text, start, end)
    longer = _GOES_ON.match(text, end) if called and _titled(text, start) else None
    if longer is not None:
        stop = longer.end()
        return Mention(Named(text[start:stop], "outlet", "form", start, stop), KNOWN)
    if looks == NAME and not (called or names.may_know(words)):
        return Mention(Named(words, "outlet", "plain", start, end), NAME)
    named = name_at(text, start, end, names)
    if named is None or (named.evidence in {"register", "title"} and not named.is_press):
        return None
    if not named.is_press:
        titled = called and _titled(text, start)
        evidence: Evidence = "form" if titled else "plain"
        return Mention(Named(words, "outlet", evidence, start, end), KNOWN if titled else NAME)
    return Mention(named, LIKE if named.evidence == "letters" else KNOWN)


@lru_cache(maxsize=8_192)
def _looks(words: str, registry: Registry) -> int:
    """How much a name by itself looks like a publisher's; NAME where it does not."""
    listed = by_register(words, registry)
    if listed is not None:
        return KNOWN if listed[1] in {"outlet", "agency"} else NAME
    bare = _without_stops(words)
    branch = by_register(bare.split(" ", 1)[0], registry)
    if branch is not None and branch[1] == "agency":
        return LIKE
    evidence = press_form(bare)
    return NAME if evidence is None else LIKE if evidence == "letters" else KNOWN


def _without_stops(words: str) -> str:
    parts = words.split(" ")
    while len(parts) > 1 and parts[0].casefold() in name_words("stop"):
        parts.pop(0)
    if len(parts) > 1 and parts[-1].endswith("day"):
        parts.pop()
    return " ".join(parts)


@cache
def _given() -> frozenset[str]:
    return read_words(GIVEN)


@lru_cache(maxsize=8_192)
def may_publish(words: str) -> bool:
    """Whether a name of which nothing is known is not plainly a person's, a people's or a body's."""
    parts = words.split(" ")
    first = parts[0].casefold()
    if is_demonym(parts[0]):
        return False
    if first in _given() or first in name_words("stop"):
        return False
    return by_form(words)[2] == "plain"


def _called(text: str, start: int, end: int) -> bool:
    """Whether the words beside a name call it a medium: "the daily Orvel", "Orvel, a broadcaster,"."""
    before = _WORD.findall(text, max(0, start - 40), start)[-2:]
    if any(word.lower() in phrases("media") for word in before):
        return True
    after = text[end : end + 60]
    if after[:2] == ", ":
        return any(word.lower() in phrases("media") for word in _WORD.findall(after)[:6])
    word = _WORD.match(after, 1) if after[:1] == " " else None
    return word is not None and word.group() in phrases("media")


_TITLED: Final = re.compile(r"(?P<before>[\w’'-]+ )?(?P<word>[\w-]+),? (?:the )?[“\"«‘]?$")
_LOOSE: Final = frozenset(
    (
        "group",
        "service",
        "page",
        "title",
        "media",
        "agency",
        "monitor",
        "platform",
        "wire",
        "app",
        "press",
        "partner",
        "partners",
        "organ",
    )
)
"""What else than publishers is called so too."""


def _titled(text: str, start: int) -> bool:
    """Whether a noun for media stands right before a name: "the breakfast show Orvel at Six"."""
    match = _TITLED.search(text, max(0, start - 48), start)
    return match is not None and match["word"] in phrases("media") - _LOOSE


def _caseless(text: str, start: int, end: int) -> list[Mention]:
    """Publishers named in a script without capitals, by what they are called."""
    return [
        Mention(Named(one["name"], "outlet", "form", one.start("name"), one.end()), KNOWN)
        for one in _CASELESS.finditer(text, start, end)
    ]
