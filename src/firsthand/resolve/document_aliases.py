"""Learns the short and former names that a text itself explains: "Northern Relief Front (NRF)"."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from firsthand.registry import Registry, RegistryEntry, name_key

_BRACKET: Final = re.compile(r"(?<=[^\W_])[”\"’']?\s?[(\[](?P<inside>[^()\[\]\n]{1,90})[)\]]")
_OPENING: Final = re.compile(r"[(\[]")
_KNOWN_AS: Final = re.compile(
    r"(?<=[^\W_]),?\s(?:also|better|otherwise|previously|formerly|commonly|once)\s(?:known|called)\s"
    r"(?:as\s)?(?:the\s)?[“\"'‘]?(?P<inside>[^\W_][\w'’/-]{0,30}(?:\s[^\W\d_a-z][\w'’-]{0,30}){0,5})"
)
_CUE: Final = re.compile(
    r"^(?:(?:also|better|otherwise|previously|formerly|now|once|then|or|known|called|as|a\.?k\.?a\.?|"
    r"the|later|originally|abbreviated|which|hereafter)\s){0,6}(?:a\.?k\.?a\.?\s)?[“\"'‘]?",
    re.IGNORECASE,
)
_SPLIT: Final = re.compile(r"\s?[,;/]\s?|\s(?:or|and)\s")
_WORD: Final = re.compile(r"[^\W_]+")
_SHORT: Final = re.compile(r"[A-Z][A-Za-z.\-]{1,11}")
_PARTICLES: Final = frozenset(
    [
        "of",
        "the",
        "for",
        "and",
        "in",
        "de",
        "des",
        "du",
        "la",
        "le",
        "al",
        "el",
        "bin",
        "ibn",
        "ul",
        "wal",
        "against",
        "to",
        "on",
        "d",
        "l",
        "s",
    ]
)
_MAX_ALIASES: Final = 60
"""Aliases learnt from one text; news pages explain far fewer."""
_MAX_WORDS: Final = 9
_REACH: Final = 120


class LearntAlias(NamedTuple):
    """A name that a text says stands for a longer one."""

    alias: str
    name: str
    """The longer name as the text has it."""
    entry: RegistryEntry | None
    """The register's actor, where it knows either name."""
    start: int
    """Where the text explains it."""


class DocumentAliases:
    """What one text says about its own names."""

    def __init__(self, learnt: Sequence[LearntAlias]) -> None:
        """From what `learn_aliases` found."""
        self.learnt = tuple(learnt)
        self._by_key = {name_key(item.alias): item for item in reversed(self.learnt)}
        self._by_key |= {
            key: item
            for item in reversed(self.learnt)
            if (key := name_key(item.name)) not in self._by_key
        }

    def get(self, name: str) -> LearntAlias | None:
        """What the text says of this name, or None."""
        return self._by_key.get(name_key(name))

    def names_of(self, name: str) -> tuple[str, ...]:
        """Every name that the text gives the one with this longer name."""
        key = name_key(name)
        return tuple(item.alias for item in self.learnt if name_key(item.name) == key)


def learn_aliases(text: str, registry: Registry) -> DocumentAliases:
    """Aliases explained in brackets or by "also known as", in reading order."""
    learnt: dict[tuple[str, str], LearntAlias] = {}
    for match in sorted((*_brackets(text), *_known_as(text)), key=_start):
        cued = match.re is _KNOWN_AS
        for alias, said in _parts(match["inside"], cued=cued):
            name = _long_name(text, match.start(), alias, registry, said=said)
            if name is None or name_key(name) == name_key(alias):
                continue
            entry = registry.canonical(name) or registry.canonical(alias)
            learnt.setdefault((alias, name), LearntAlias(alias, name, entry, match.start()))
        if len(learnt) >= _MAX_ALIASES:
            break
    return DocumentAliases(tuple(learnt.values()))


def _brackets(text: str) -> Iterator[re.Match[str]]:
    """Brackets behind a name; looked for by the bracket, which few places of a text have."""
    done = 0
    for opening in _OPENING.finditer(text):
        for start in range(max(done, opening.start() - 2), opening.end()):
            match = _BRACKET.match(text, start)
            if match is not None:
                yield match
                done = match.end()
                break


def _known_as(text: str) -> Iterator[re.Match[str]]:
    """Names after "also known as"; the pattern is run only where a text has one of its words."""
    if "known" in text or "called" in text:
        yield from _KNOWN_AS.finditer(text)


def _start(match: re.Match[str]) -> int:
    return match.start()


def _parts(inside: str, *, cued: bool) -> Iterator[tuple[str, bool]]:
    """The names in a bracket, each with whether words such as "formerly" introduce it."""
    introduced = cued
    for part in _SPLIT.split(inside):
        opening = _CUE.match(part)
        head = opening.group() if opening else ""
        introduced = introduced or bool(head.strip(" “\"'‘"))
        alias = part[len(head) :].strip(" ”\"'’.")
        words = _WORD.findall(alias)
        if words and len(words) <= _MAX_WORDS and alias[0].isupper():
            yield alias, introduced


def _long_name(text: str, end: int, alias: str, registry: Registry, *, said: bool) -> str | None:
    """The name before a bracket that its alias stands for, or None where nothing shows it."""
    words = _run_before(text, end)
    if not words:
        return None
    starts = [start for start, word in words if word[0].isupper() or start == words[0][0]]
    stop = words[-1][0] + len(words[-1][1])
    if _SHORT.fullmatch(alias):
        for start in reversed(starts):
            run = [word for at, word in words if at >= start]
            if len(run) > 1 and _initials_fit(run, alias):
                return text[start:stop]
    for start in starts:
        candidate = text[start:stop]
        known, other = registry.canonical(candidate), registry.canonical(alias)
        if known is not None and (other is known or (said and other is None)):
            return candidate
        if other is not None and known is None and said and len(starts) > 1:
            return candidate
    if said and len(starts) > 1 and all(word[0].isupper() for _, word in words):
        return text[starts[0] : stop]
    return None


def _run_before(text: str, end: int) -> list[tuple[int, str]]:
    """The capitalised words and particles that end at an offset."""
    begin = max(0, end - _REACH)
    words = [(begin + match.start(), match.group()) for match in _WORD.finditer(text[begin:end])]
    run: list[tuple[int, str]] = []
    after = end
    for start, word in reversed(words[-_MAX_WORDS:]):
        gap = text[start + len(word) : after]
        if len(gap.strip("”\"’'- ‘“")) > 0 or "\n" in gap:
            break
        if not word[0].isupper() and word.lower() not in _PARTICLES:
            break
        run.append((start, word))
        after = start
    run.reverse()
    while run and not run[0][1][0].isupper():
        run.pop(0)
    if len(run) > 1 and run[0][1] == "The":
        run.pop(0)
    return run


def _initials_fit(run: Sequence[str], alias: str) -> bool:
    """Whether an acronym spells the words' first letters, particles counted or not."""
    letters = "".join(letter for letter in alias.casefold() if letter.isalpha())
    every = "".join(word[0] for word in run).casefold()
    main = "".join(word[0] for word in run if word.lower() not in _PARTICLES).casefold()
    return letters in {every, main} and len(letters) > 1
