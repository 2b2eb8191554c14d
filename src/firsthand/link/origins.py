"""Origins: rolls one claim's chain down to who could have known it, and how well."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from firsthand.link.lexicons import levels, spaced, stands_in, type_row
from firsthand.link.posts import body_behind, is_body, noun_of
from firsthand.model.claim import Actor, CanonicalActor, ChainLink
from firsthand.model.event import ClaimOrigin
from firsthand.model.ids import digest

TELLERS: Final = frozenset({"outlet", "agency"})
INSTITUTIONS: Final = frozenset(
    {"ministry", "military", "organisation", "armed_group", "police", "agency", "outlet"}
)
"""Kinds of parent that a person, a spokesman or a branch speaks for; states are left out,
or a ministry and a governor of one state would be one origin without a word in the text."""
SPOKEN_FOR: Final = INSTITUTIONS | {"official"}
"""Kinds of parent that end the climb: offices too ("the coroner", an inspectorate)."""
INITIALS: Final = 2
"""Letters from which initials are taken for a name."""

OTHERS: Final = frozenset({"ministry", "military", "police", "armed_group", "witness", "state"})
"""Kinds of source that no outlet is."""
ARTICLES: Final = ("the ", "a ", "an ", "one ", "some ")
CLIMB: Final = 4
"""A register's chain of parents is no longer than this, and may hold a loop."""


class Spoken(msgspec.Struct, frozen=True, gc=False):
    """What is known of one claim when its chain is rolled down."""

    type: str
    modality: str
    text: str
    around: str
    """The clause that the words stand in."""
    actors: Sequence[Actor]
    publisher: str
    document_id: str


class Rolled(msgspec.Struct, frozen=True, gc=False):
    """The end of one chain: the origin, what makes it one with another, and the way to it."""

    origin: ClaimOrigin
    key: str
    tellers: tuple[str, ...]


class Register:
    """The canonical actors of one page, by name and by alias."""

    def __init__(self, actors: Collection[CanonicalActor]) -> None:
        """Names compare without case and articles."""
        ordered = sorted(actors, key=lambda actor: (actor.name, actor.actor_id))
        self._by_id = {actor.actor_id: actor for actor in ordered}
        self._by_name: dict[str, CanonicalActor] = {}
        for actor in ordered:
            self._by_name.setdefault(plain_name(actor.name), actor)
        for actor in ordered:
            for alias in actor.aliases:
                self._by_name.setdefault(plain_name(alias), actor)
        self._by_noun: dict[str, list[CanonicalActor]] = {}
        for actor in ordered:
            if actor.kind in SPOKEN_FOR and not is_unnamed(actor.name):
                self._by_noun.setdefault(noun_of(actor.name), []).append(actor)

    def find(self, name: str) -> CanonicalActor | None:
        """The actor of that name, alias or id."""
        return self._by_id.get(name) or self._by_name.get(plain_name(name))

    def described(self, words: str) -> tuple[str, str] | None:
        """(name, kind) of the institution that a description ("the ministry") stands for."""
        actor = self.find(words) or self._only(words)
        if actor is None or actor.kind not in SPOKEN_FOR or is_unnamed(actor.name):
            return None
        return actor.name, actor.kind

    def _only(self, words: str) -> CanonicalActor | None:
        """The one body of the page that a bare noun can mean: "the hospital" of St Ann's Hospital."""
        found = self._by_noun.get(plain_name(words), ())
        return found[0] if len(found) == 1 and is_body(words) else None

    def speaks_for(self, name: str) -> tuple[str, str] | None:
        """(name, kind) of the institution a name is tied to, or None where nothing ties it."""
        actor = self.find(name)
        if actor is None:
            return None
        found: tuple[str, str] | None = None
        for _ in range(CLIMB):
            if actor.parent is None:
                break
            parent = self.find(actor.parent)
            if parent is None:
                return found or (actor.parent, "organisation")
            if parent.kind not in SPOKEN_FOR:
                break
            found = (parent.name, parent.kind)
            actor = parent
        return found


@lru_cache(maxsize=65_536)
def is_unnamed(name: str) -> bool:
    """Whether a source is told by a description: its first word is no name."""
    words = name.strip()
    low = words.casefold()
    for article in ARTICLES:
        if low.startswith(article):
            words = words[len(article) :]
            break
    return not words or words[0].islower() or words[0].isdigit()


JOINTS: Final = str.maketrans(
    dict.fromkeys("-\u2010\u2011\u2013\u2014", " ") | dict.fromkeys(".'\u2019\u02bc`", "")
)
"""What writers of one name differ in: "Al-Noor" and "Al Noor", "U.N." and "UN"."""


@lru_cache(maxsize=65_536)
def plain_name(name: str) -> str:
    """A name in comparable form: case, articles, hyphens, dots and apostrophes set aside."""
    low = " ".join(name.casefold().translate(JOINTS).split())
    for article in ARTICLES:
        if low.startswith(article) and len(low) > len(article):
            return low[len(article) :]
    return low


def _marks(spoken: Spoken, last: ChainLink, name: str, *, publisher_only: bool) -> frozenset[str]:
    source = f" {last.name.casefold()} "
    agents = {plain_name(a.name) for a in spoken.actors if a.role in {"agent", "subject"}}
    words, around = spaced(spoken.text), spaced(f"{spoken.text} {spoken.around}")
    found = {
        "saw": stands_in("saw", words) or (not publisher_only and stands_in("had_seen", words)),
        "own_reporter": publisher_only and stands_in("own_reporter", around),
        "asked": publisher_only and stands_in("asked", words),
        "fate": stands_in("fate", words),
        "figure": any(letter.isdigit() for letter in spoken.text),
        "reporter": stands_in("reporter", source),
        "publisher": publisher_only,
        "own_act": bool(agents & {plain_name(last.name), plain_name(name)}),
        "accusation": spoken.type == "statement_accusation",
        "named": not is_unnamed(last.name),
    }
    return frozenset(mark for mark, holds in found.items() if holds)


@lru_cache(maxsize=4_096)
def _level(kind: str, claim_type: str, modality: str, marks: frozenset[str]) -> ClaimOrigin:
    about = type_row(claim_type).about
    for row in levels():
        if (
            ("*" in row.kinds or kind in row.kinds)
            and row.about in {"*", about}
            and ("*" in row.modalities or modality in row.modalities)
            and (row.mark == "*" or row.mark in marks)
        ):
            return ClaimOrigin(name="", kind=kind, level=row.level, reason=row.reason)
    message = f"link_levels.tsv has no row for kind {kind!r}; its last row must fit everything"
    raise LookupError(message)


def _teller_names(chain: Sequence[ChainLink], publisher: str) -> tuple[str, ...]:
    names = [publisher, *(link.name for link in chain[1:-1] if link.kind in TELLERS)]
    return tuple(dict.fromkeys(name for name in names if name))


def roll_down(chain: Sequence[ChainLink], spoken: Spoken, register: Register) -> Rolled:
    """The origin of a claim by its own chain, publisher first; an empty chain is the publisher's."""
    members = list(chain) or [ChainLink(name=spoken.publisher, kind="outlet")]
    if len(members) == 2 and _is_itself(members[1], members[0].name):
        members = members[:1]
    last = members[-1]
    who = _who(last, register)
    marks = _marks(spoken, last, who.name, publisher_only=len(members) == 1)
    judged = _level(_judged_kind(last.kind, who.kind), spoken.type, spoken.modality, marks)
    tellers = _teller_names(members, spoken.publisher)
    shown, key = who.name, "name:" + plain_name(who.name)
    if who.unnamed and is_body(who.name):
        key = f"body:{plain_name(who.name)}"
    elif who.unnamed:
        relay = tellers[-1] if tellers else spoken.document_id
        key = f"heard:{plain_name(who.name)}:{plain_name(relay)}"
        through = members[0].name if relay == spoken.publisher else relay
        shown = who.name if len(members) == 1 else f"{who.name} ({through})"
    reason = judged.reason if who.reason is None else f"{judged.reason}; {who.reason}"
    return Rolled(
        ClaimOrigin(name=shown, kind=who.kind, level=judged.level, reason=reason), key, tellers
    )


def _is_itself(last: ChainLink, publisher: str) -> bool:
    """Whether an outlet means itself: "the Courier has learned" in The Velm Courier, or "VC"."""
    if last.kind in OTHERS:
        return False
    short, words = plain_name(last.name).split(), plain_name(publisher).split()
    if not short or len(short) >= len(words):
        return False
    initials = "".join(word[0] for word in words)
    named = len(short[0]) >= INITIALS and last.name.isupper() and short[0] == initials
    return named or (not is_unnamed(last.name) and words[-len(short) :] == short)


class _Who(msgspec.Struct, frozen=True, gc=False):
    """Whom the last teller stands for."""

    name: str
    kind: str
    unnamed: bool
    reason: str | None = None


def _who(last: ChainLink, register: Register) -> _Who:
    """The institution behind a teller, else the register's name for it, else the text's."""
    unnamed = is_unnamed(last.name)
    if unnamed and last.kind == "witness":
        return _Who(last.name, last.kind, unnamed=True)
    tied = register.speaks_for(last.name)
    if tied is None and unnamed:
        tied = register.described(last.name)
    body = body_behind(last.name) if tied is None and unnamed else None
    if body is not None:
        tied = register.speaks_for(body) or register.described(body)
    if tied is not None:
        return _Who(*tied, unnamed=False, reason=f"{last.name} speaks for {tied[0]}")
    if body is not None:
        reason = f"{last.name} speaks for {body}"
        return _Who(body, last.kind, unnamed=is_unnamed(body), reason=reason)
    actor = register.find(last.name)
    if actor is None or unnamed or is_unnamed(actor.name):
        return _Who(last.name, last.kind, unnamed=unnamed)
    publishes = last.kind == "outlet" and actor.kind in INSTITUTIONS - TELLERS
    return _Who(actor.name, actor.kind if publishes else last.kind, unnamed=False)


def _judged_kind(said: str, tied: str) -> str:
    """A spokesman's words are judged as his institution's, unless he is a witness."""
    return said if said == "witness" and tied not in INSTITUTIONS else tied


def origin_id(key: str) -> str:
    """The id of an origin, from what makes it one."""
    return "o-" + digest(key)


def shared_tellers(paths: Collection[Sequence[str]]) -> tuple[str, ...]:
    """Outlets that every path runs through, in name order."""
    sets = [frozenset(path) for path in paths]
    return tuple(sorted(frozenset.intersection(*sets))) if sets else ()
