"""Who speaks or acts for whom, where a text says so: offices, spokesmen and their institutions."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from firsthand import resources
from firsthand.registry import Registry, RegistryEntry, RegistryMention

OFFICES: Final = "registers/offices.tsv"
ADJECTIVES: Final = "registers/state_adjectives.tsv"
_NAME: Final = re.compile(
    r",?\s(?:(?:Gen|Col|Maj|Lt|Dr|Mr|Mrs|Ms|Adm|Capt)\.?\s|(?:General|Colonel|Major|Lieutenant|"
    r"Admiral|Captain)(?:[- ]General)?\s){0,3}"
    r"(?P<name>[^\W\d_a-z][\w'’-]{1,30}(?:\s(?:al-|el-|bin\s|ibn\s|von\s|van\s|de\s)?[^\W\d_a-z][\w'’-]{1,30}){1,3})"
)
_NAME_BEFORE: Final = re.compile(
    r"(?P<name>[^\W\d_a-z][\w'’-]{1,30}(?:\s(?:al-|el-|bin\s|ibn\s|von\s|van\s|de\s)?[^\W\d_a-z][\w'’-]{1,30}){1,3}),\s(?:a\s|the\s)?$"
)
_FOR: Final = re.compile(r"\s(?:for|of|at|from|with)\s(?:the\s)?")
_NEAR: Final = 60


class Tie(NamedTuple):
    """A person, the office the text gives them, and the body it belongs to."""

    start: int
    end: int
    person: str | None
    office: str
    institution: RegistryEntry | None


@cache
def _office_pattern() -> re.Pattern[str]:
    """Every office of the table, longest first, with an optional "deputy"."""
    offices = sorted(
        (row["office"] for row in resources.read_table(OFFICES)), key=len, reverse=True
    )
    spelt = [
        re.escape(office).replace("defense", "defen[cs]e").replace(r"\ ", r"[ -]")
        for office in offices
    ]
    return re.compile(rf"\b(?:deputy\s)?(?P<office>{'|'.join(spelt)})\b", re.IGNORECASE)


@cache
def _office_begins() -> re.Pattern[str]:
    """The first words of all offices, and "deputy": where a text has none, no office begins."""
    firsts = {row["office"].replace("-", " ").split()[0] for row in resources.read_table(OFFICES)}
    firsts = {word.replace("defense", "defen[cs]e") for word in firsts} | {"deputy"}
    by_letter: dict[str, list[str]] = {}
    for word in sorted(firsts):
        by_letter.setdefault(word[0], []).append(word[1:])
    spelt = [f"[{c}{c.upper()}](?i:{'|'.join(rest)})" for c, rest in sorted(by_letter.items())]
    return re.compile(rf"\b(?:{'|'.join(spelt)})\b")


def _offices(text: str) -> Iterator[re.Match[str]]:
    """Every office named, tried only where one may begin."""
    pattern = _office_pattern()
    done = 0
    for begin in _office_begins().finditer(text):
        if begin.start() >= done and (match := pattern.match(text, begin.start())):
            yield match
            done = match.end()


@cache
def _suffixes() -> dict[str, str]:
    """Office to suffix of the institution; "-" for offices of whatever body is named."""
    return {row["office"]: row["suffix"] for row in resources.read_table(OFFICES)}


@cache
def adjectives() -> dict[str, str]:
    """Adjective of a state in lower case to the state's id; shared ones are left out."""
    found: dict[str, set[str]] = {}
    for row in resources.read_table(ADJECTIVES):
        for word in row["adjectives"].split("|"):
            found.setdefault(word.lower(), set()).add(row["actor_id"])
    return {word: min(ids) for word, ids in found.items() if len(ids) == 1}


def find_ties(
    text: str, registry: Registry, names: Sequence[RegistryMention] | None = None
) -> tuple[Tie, ...]:
    """Offices in a text with their holders and bodies, in reading order."""
    known = registry.scan(text) if names is None else names
    return tuple(_ties(text, registry, known))


def _ties(text: str, registry: Registry, known: Sequence[RegistryMention]) -> Iterator[Tie]:
    for match in _offices(text):
        office = " ".join(match["office"].lower().replace("-", " ").split()).replace(
            "defence", "defense"
        )
        suffix = _suffixes().get(office, _suffixes().get(match["office"].lower(), "-"))
        body, end = _body_after(text, match.end(), known)
        if body is None:
            body = _body_before(text, match.start(), known, registry, suffix)
        elif body.kind == "state" and suffix not in {"-", ""}:
            body = registry.institution(body.actor_id, suffix) or body
        named = _NAME.match(text, end)
        before = _NAME_BEFORE.search(text[max(0, match.start() - _NEAR) : match.start()])
        person = named["name"] if named else (before["name"] if before else None)
        if person is not None and _is_name_of_body(person, registry):
            person = None
        if person is not None or body is not None:
            yield Tie(match.start(), max(end, match.end()), person, office, body)


def _is_name_of_body(name: str, registry: Registry) -> bool:
    """Whether what follows an office is a body of the register rather than a person."""
    return registry.canonical(name) is not None


def _body_after(
    text: str, at: int, known: Sequence[RegistryMention]
) -> tuple[RegistryEntry | None, int]:
    """The body in "spokesman for BODY", and where its name ends."""
    link = _FOR.match(text, at)
    if link is not None:
        place = bisect_left(known, link.end(), key=lambda mention: mention.start)
        if place < len(known) and known[place].start == link.end():
            return known[place].entry, known[place].end
    return None, at


def _body_before(
    text: str, at: int, known: Sequence[RegistryMention], registry: Registry, suffix: str
) -> RegistryEntry | None:
    """The body in "BODY spokesman" or "STATE's defence minister"."""
    head = text[max(0, at - _NEAR) : at].rstrip()
    place = bisect_right(known, at, key=lambda mention: mention.end) - 1
    last = known[place] if place >= 0 else None
    if last is not None and at - last.end < _NEAR and not text[last.end : at].strip(" '’s"):
        if last.entry.kind == "state" and suffix not in {"-", ""}:
            return registry.institution(last.entry.actor_id, suffix)
        return last.entry
    words = head.split()
    for size in (2, 1):
        state = adjectives().get(" ".join(words[-size:]).lower()) if len(words) >= size else None
        if state is not None:
            return registry.institution(state, "" if suffix == "-" else suffix)
    return None
