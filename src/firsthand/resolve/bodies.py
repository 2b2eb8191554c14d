"""Whom a person speaks for by the text's own words: "Ada Fenn, director of the Harrow Hospital".

The register ties its own people; here a text ties people to bodies of which no register knows.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from firsthand import resources
from firsthand.model.claim import Entity

POSTS: Final = "registers/post_words.tsv"
_REACH: Final = 90
"""Characters between a person and the body; an apposition is seldom longer."""
_BACK: Final = 1500
"""How far back "the authority" may have been named in full."""
_WORD: Final = r"[^\W\d_][\w'’-]{0,30}"
_OF: Final = re.compile(rf"^,?\s(?P<post>(?:{_WORD}\s){{0,6}})(?:of|for|at|from|with)\s(?:the\s)?$")
_WHO: Final = re.compile(
    r"^,\swho\s(?:runs|heads|leads|chairs|directs|represents|speaks\sfor|works\sfor|works\sat)\s(?:the\s)?$"
)
_BEFORE: Final = re.compile(rf"^(?:['’]s?)?\s(?P<post>(?:{_WORD}\s){{0,4}}{_WORD})(?:,)?\s$")
_ITS_BEFORE: Final = re.compile(
    rf"\b(?:the\s(?P<word>[a-z][a-z-]{{2,20}})['’]s|(?P<its>its))\s(?P<post>(?:{_WORD}\s){{0,3}}{_WORD}),?\s$",
    re.IGNORECASE,
)
_ITS_AFTER: Final = re.compile(
    rf"^,\s(?:the\s(?P<word>[a-z][a-z-]{{2,20}})['’]s|(?P<its>its))\s(?P<post>(?:{_WORD}\s){{0,3}}{_WORD})\b",
    re.IGNORECASE,
)
_MINISTER: Final = re.compile(
    r"(?P<portfolio>[A-Z][a-z]+(?:\sand\s[A-Z][a-z]+)?)\s(?:Minister|minister)\s"
)
_NO_PORTFOLIO: Final = frozenset({"Prime", "First", "Deputy", "Former", "Senior", "Junior", "The"})


class Body(NamedTuple):
    """A body by name, with the words that say so."""

    name: str
    reason: str


@cache
def _posts() -> frozenset[str]:
    return frozenset(row["word"] for row in resources.read_table(POSTS))


def bodies_of(text: str, entities: Sequence[Entity]) -> dict[str, Body]:
    """Canonical name of each person of a text that it ties to a body, in reading order.

    The first tie of a name holds. Offsets of the entities count into `text`.
    """
    ordered = sorted(entities, key=lambda one: (one.start, one.end))
    people = [one for one in ordered if one.label == "PER"]
    bodies = [one for one in ordered if one.label == "ORG"]
    found: dict[str, Body] = {}
    for person in people:
        if person.name not in found:
            body = next(_ties(text, person, bodies), None)
            if body is not None and body.name != person.name:
                found[person.name] = body
    return found


def _ties(text: str, person: Entity, bodies: Sequence[Entity]) -> Iterator[Body]:
    after = next((b for b in bodies if b.start >= person.end), None)
    if after is not None and after.start - person.end <= _REACH:
        between = text[person.end : after.start]
        if _WHO.match(between) or _names_post(_OF.match(between), direct=True):
            yield Body(after.name, f"{person.text}{between}{after.text}")
    last = next((b for b in reversed(bodies) if b.end <= person.start), None)
    if last is not None and person.start - last.end <= _REACH:
        between = text[last.end : person.start]
        if _names_post(_BEFORE.match(between)):
            yield Body(last.name, f"{last.text}{between}{person.text}")
    yield from _by_word(text, person, bodies)
    yield from _by_portfolio(text, person, bodies)


def _names_post(match: re.Match[str] | None, *, direct: bool = False) -> bool:
    """Whether a post stands between; `direct` also takes "Ada Fenn of the Harrow Hospital"."""
    if match is None:
        return False
    words = match["post"].lower().split()
    return any(word in _posts() for word in words) if words else direct


def _by_word(text: str, person: Entity, bodies: Sequence[Entity]) -> Iterator[Body]:
    """Take "the authority's spokesman" for that of the last body that is an authority."""
    head = text[max(0, person.start - _REACH) : person.start]
    for match in (_ITS_BEFORE.search(head), _ITS_AFTER.match(text[person.end :][:_REACH])):
        if not _names_post(match) or match is None:
            continue
        near = [b for b in bodies if b.end <= person.start and person.start - b.end <= _BACK]
        word = (match["word"] or "").lower()
        if match["its"]:
            near = [b for b in near if person.start - b.end <= 2 * _REACH]
        for body in reversed(near):
            if not word or word in body.name.lower().split():
                yield Body(body.name, f"{match[0].strip(' ,')} after {body.text}")
                break


def _by_portfolio(text: str, person: Entity, bodies: Sequence[Entity]) -> Iterator[Body]:
    """Take "Works Minister Ada Fenn" for the ministry of works."""
    start = max(0, person.start - 40)
    for match in _MINISTER.finditer(text[start : person.end]):
        portfolio = match["portfolio"]
        stands = start + match.end() <= person.end and start + match.end() >= person.start
        if not stands or portfolio in _NO_PORTFOLIO:
            continue
        wanted = {f"ministry of {portfolio.lower()}", f"{portfolio.lower()} ministry"}
        known = next((b for b in bodies if any(w in b.name.lower() for w in wanted)), None)
        name = known.name if known is not None else f"Ministry of {portfolio}"
        yield Body(name, f"{match[0].strip()} {person.text}")
