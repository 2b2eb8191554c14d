"""Which times and places of a document belong to which claim."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

import msgspec

from firsthand.model.claim import Actor, Attribution, Claim, Place, Time
from firsthand.model.document import Document, Segments
from firsthand.model.record import Span, overlaps
from firsthand.registry import RegistryMention
from firsthand.resolve.claim_clauses import Clauses
from firsthand.resolve.timex_lengths import AN_AGE

NAMED_KINDS: Final = frozenset(
    {
        "ministry",
        "military",
        "official",
        "person",
        "organisation",
        "agency",
        "outlet",
        "state",
        "armed_group",
        "police",
    }
)
"""Kinds of actors whose names hold place names that say nothing of where something happened."""

TIME_ORDER: Final = {"DATE": 0, "TIME": 1, "SET": 2, "DURATION": 3}
"""Where a claim has several times, a date says more of when than a length does."""

OPENING: Final = re.compile(
    r"[“\"'‘«(]{0,2}(?:(?:in|on|at|by|since|during|until|after|before|around|from) )?(?:the |about )?",
    re.IGNORECASE,
)
"""What may stand before a time that opens its sentence."""

INHERITED: Final = frozenset({"site", "neighbourhood", "town", "district", "governorate"})
"""Precisions of places that later sentences of a paragraph may be about without naming them."""


class Attached(NamedTuple):
    """What belongs to one claim."""

    places: tuple[Place, ...]
    time: Time | None


class Ground(NamedTuple):
    """What a document's claims stand on."""

    document: Document
    segments: Segments | None
    text: str
    """The page's."""
    said: Mapping[str, Attribution]
    """By id."""
    actors: Mapping[str, Sequence[Actor]]
    """By claim id."""
    bodies: Sequence[RegistryMention] = ()
    """Names of the register in the text; a place inside one is part of a name."""


def attach(
    ground: Ground, claims: Sequence[Claim], times: Sequence[Time], places: Sequence[Place]
) -> dict[str, Attached]:
    """Times and places by claim id: those in its words, else in its clause, else inherited."""
    acting = {
        (actor.start, actor.end)
        for actors in ground.actors.values()
        for actor in actors
        if actor.actor_kind == "state"
    }
    located = [
        place
        for place in places
        if place.start is not None
        and not place.demonym
        and not (place.precision != "country" and (place.start, place.end) in acting)
        and not _describes(place, ground.text)
        and not _of_a_name(place, ground.bodies)
        and not _measured(place, ground.text)
    ]
    memory = _Memory(ground.document, ground.segments, located)
    times = [time for time in times if not _heads_report(time, ground.text)]
    fronted = _Fronted(ground, times)
    where, when, clauses = _Line(located), _Line(times), Clauses(ground.text, claims)
    own = {claim.claim_id: _time(claim, clauses, when, fronted) for claim in claims}
    lent = clauses.lent(own)
    return {
        claim.claim_id: Attached(_places(claim, ground, where, memory), lent[claim.claim_id])
        for claim in claims
    }


_DESCRIBED: Final = re.compile(r"\s(?:city|town|village|port|settlement)\b")


def _describes(place: Place, text: str) -> bool:
    """Whether a river or region only says which town is meant: "the NAME city of X"."""
    return place.precision == "region" and _DESCRIBED.match(text, place.end or 0) is not None


_APPOSED: Final = re.compile(r",\s(?:about|some|around|roughly|just)?\s?$")


def _measured(place: Place, text: str) -> bool:
    """Whether a place only says where the one before it lies: "Hola, 130 km south of Garissa"."""
    words, start = place.relation, place.start or 0
    if not words or not _LENGTH.search(words):
        return False
    at = text.find(words, max(0, start - _FAR), start)
    return at > 0 and _APPOSED.search(text, max(0, at - _FAR), at) is not None


_LENGTH: Final = re.compile(r"\b(?:kms?|kilomet(?:er|re)s?|miles?|met(?:er|re)s?)\b")
_FAR: Final = 90
_DATELINE: Final = re.compile(r"(?:,[^\n]{0,30})?(?:\s\([^)\n]{2,30}\))?,?\s[-–—]{1,2}\s")


def _heads(place: Place, text: str) -> bool:
    """Whether a place is that of a dateline, where the report was written: "GENEVA (Agency) -"."""
    start = _start_of(place)
    opens = start == 0 or text[start - 1] == "\n"
    return opens and _DATELINE.match(text, _end_of(place)) is not None


_INCLUDING: Final = re.compile(r"\bincluding\s$")


def _only_part(place: Place, text: str) -> bool:
    """Whether an unnamed site is told as a part of the place: "the city, including its airport"."""
    before = text[max(0, _start_of(place) - _FAR) : _start_of(place)]
    return _is_unnamed(place) and _INCLUDING.search(before) is not None


def _is_unnamed(place: Place) -> bool:
    """Whether a place is a site said without a name: "its air base"."""
    article = place.as_written.partition(" ")[0].lower()
    return place.precision == "site" and article in {"the", "its", "this", "that"}


_HEAD: Final = re.compile(r"[^\W\d_a-z][^\n.!?:]{1,50}[,(]\s?")


def _heads_report(time: Time, text: str) -> bool:
    """Whether a time is that of a dateline: it says when the report was written, not of what."""
    line = text.rfind("\n", 0, time.start) + 1
    if time.start - line > _FAR or _DATELINE.match(text, time.end) is None:
        return False
    head = text[line : time.start]
    return _HEAD.fullmatch(head) is not None and not any(word.islower() for word in head.split())


M = TypeVar("M", Place, Time)


class _Line(Generic[M]):
    """Mentions of a document along its text, found by offsets without a look at all of them."""

    def __init__(self, mentions: Sequence[M]) -> None:
        self._mentions: list[M] = sorted(mentions, key=_start_of)
        self._starts = [_start_of(mention) for mention in self._mentions]
        self._longest = max((_end_of(m) - _start_of(m) for m in mentions), default=0)

    def near(self, start: int, end: int) -> Sequence[M]:
        """Mentions that can share a character with a stretch, in reading order."""
        first = bisect_left(self._starts, start - self._longest)
        return self._mentions[first : bisect_left(self._starts, end)]


def _start_of(mention: Place | Time) -> int:
    return mention.start or 0


def _end_of(mention: Place | Time) -> int:
    return mention.end or 0


class _Fronted:
    """Times that open a sentence ("In May, …"): they hold for all its clauses.

    Not for what somebody is said to have said: "On Sunday, the ministry said" dates the saying.
    """

    def __init__(self, ground: Ground, times: Sequence[Time]) -> None:
        self._said = ground.said
        self._sentences = ground.segments.sentences if ground.segments else ()
        self._starts = [sentence.start for sentence in self._sentences]
        self._opening: dict[int, Time] = {}
        for time in times:
            at = bisect_right(self._starts, time.start) - 1
            if at >= 0 and time.timex_type in ("DATE", "TIME"):
                before = ground.text[self._starts[at] : time.start]
                if OPENING.fullmatch(before):
                    self._opening.setdefault(at, time)

    def over(self, claim: Claim) -> list[Time]:
        """The time that opens the sentence of a claim, if one does."""
        at = bisect_right(self._starts, claim.evidence[0].start) - 1
        time = self._opening.get(at)
        if time is None or claim.evidence[0].start >= self._sentences[at].end:
            return []
        said = self._said.get(claim.attribution or "")
        if said is not None and not any(overlaps(span, time) for span in said.content):
            return []
        return [time]


def _time(claim: Claim, clauses: Clauses, times: _Line[Time], fronted: _Fronted) -> Time | None:
    """The time in a claim's words, else in its clause, else that which opens its sentence.

    A length that dates nothing gives way to a date farther off.
    """
    own = [t for span in claim.evidence for t in times.near(span.start, span.end)]
    own = [t for t in own if any(overlaps(span, t) for span in claim.evidence)]
    own = [t for t in own if not clauses.moves_on(claim, t)]
    around = [t for t in times.near(claim.scope.start, claim.scope.end) if overlaps(claim.scope, t)]
    around = [t for t in around if clauses.shares(claim, t)]
    choices = [
        [t for t in some if t.reason != AN_AGE] for some in (own, around, fronted.over(claim))
    ]
    telling = next((some for some in choices if any(map(_tells, some))), None)
    some = telling or next(filter(None, choices), None)
    return min(some, key=_rank) if some else None


def _rank(time: Time) -> tuple[bool, int, bool, int]:
    """Dates before lengths, dated before undated, in reading order."""
    order = TIME_ORDER.get(time.timex_type or "", len(TIME_ORDER))
    return not _tells(time), order, time.basis == "unresolved", time.start


def _tells(time: Time) -> bool:
    """Whether a time says when: a date, though its day be unknown, or a length that has a place."""
    dated = time.earliest is not None or time.latest is not None
    return dated or (time.timex_type in {"DATE", "TIME"} and time.timex_value != "PAST_REF")


def _places(
    claim: Claim, ground: Ground, places: _Line[Place], memory: "_Memory"
) -> tuple[Place, ...]:
    actors = ground.actors.get(claim.claim_id, claim.actors)
    named = [actor for actor in actors if actor.actor_kind in NAMED_KINDS]
    inside = _free(claim.evidence, places, named) or _free([claim.scope], places, named)
    told = [p for p in inside if not (_heads(p, ground.text) or _only_part(p, ground.text))]
    if inside:
        return tuple(_once(_innermost(_at_home(told or inside), ground.text)))
    inherited = _led_by(claim, ground.text, places) or memory.before(claim.scope.start)
    if inherited is None:
        return ()
    return (msgspec.structs.replace(inherited, start=None, end=None, inherited=True),)


_LED_BY: Final = re.compile(r"[\s,]{0,2}(?:when|after|as)\s[^.!?;:\n]{0,240}")
"""What brought about what is told before it: "three were killed when a bus hit a mine near X"."""


def _led_by(claim: Claim, text: str, places: _Line[Place]) -> Place | None:
    """The place of the happening that a claim's words say it came of."""
    end = claim.evidence[-1].end
    cause = _LED_BY.match(text, end)
    if cause is None:
        return None
    near = (place for place in places.near(end, cause.end()) if _start_of(place) >= end)
    return next((place for place in near if place.precision != "country"), None)


def _of_a_name(place: Place, bodies: Sequence[RegistryMention]) -> bool:
    """Whether a place is a word in the name of a body: "US" in "US Central Command"."""
    at = bisect_right(bodies, _start_of(place), key=lambda body: body.start) - 1
    body = bodies[at] if at >= 0 else None
    return body is not None and body.entry.kind != "state" and _end_of(place) <= body.end


_LIES_IN: Final = re.compile(
    r"(?:\s(?:village|town|city|district|area|neighbou?rhood))?(?:\s\(|,)?\s?(?:which\sis\s)?"
    r"(?:located\s|situated\s|lying\s)?(?:(?:in|inside|within|of)\s)?(?:the\s)?"
    r"(?:(?:north|south|east|west|central|[a-z]{3,12}ern)\s)?(?:(?:part|countryside|suburbs)\sof\s)?"
    r"(?:the\s)?(?:province\sof\s|governorate\sof\s)?"
)
"""What stands between a place and the larger one that the text says it lies in."""
_SAYS_IN: Final = re.compile(r"\b(?:in|inside|within|of|located|situated|lying)\b")
_HOLDERS: Final = frozenset({"governorate", "district", "country", "region"})


def _innermost(places: Sequence[Place], text: str) -> list[Place]:
    """Places without those that only say what the one before them lies in: "X, in Y province"."""
    kept: list[Place] = []
    last: Place | None = None
    for place in places:
        gap = text[_end_of(last) : _start_of(place)] if last is not None else ""
        holds = place.precision in _HOLDERS and last is not None and last.precision in INHERITED
        known = last is not None and last.parent is not None and last.parent == place.gazetteer_id
        said = _SAYS_IN.search(gap) is not None
        if not (holds and (known or said) and gap.strip() and _LIES_IN.fullmatch(gap)):
            kept.append(place)
        last = place
    return kept


def _once(places: Sequence[Place]) -> list[Place]:
    """Each known place once, as first named; a relation to it is a place of its own."""
    seen: set[tuple[str, str | None]] = set()
    kept: list[Place] = []
    for place in places:
        key = (place.gazetteer_id or "", place.relation)
        if not place.gazetteer_id or key not in seen:
            kept.append(place)
        seen.add(key)
    return kept


def _free(spans: Sequence[Span], places: _Line[Place], named: Sequence[Actor]) -> list[Place]:
    """Places inside any of the spans and not inside the name of an actor, in reading order."""
    found = {id(p): p for s in spans for p in places.near(s.start, s.end) if _inside(p, s)}
    inside = sorted(found.values(), key=_start_of) if len(spans) > 1 else list(found.values())
    return [p for p in inside if not any(_inside(p, actor) for actor in named)]


def _at_home(places: Sequence[Place]) -> list[Place]:
    """Places without the states that none of the finer ones lies in.

    Beside a town, a foreign state is most often a party to what happened ("a X-backed group"),
    not where it happened.
    """
    finer = {place.country for place in places if place.precision in INHERITED}
    finer.discard(None)
    return [p for p in places if p.precision != "country" or not finer or p.country in finer]


def _inside(place: Place, around: Span | Actor) -> bool:
    return around.start <= _start_of(place) and _end_of(place) <= around.end


def _is_site(place: Place) -> bool:
    """Whether a place is a site without a point or name: "the airport" does not carry on a story."""
    return place.precision == "site" and (place.lat is None or _is_unnamed(place))


class _Memory:
    """The place a sentence is about when it names none.

    The last one of its paragraph, else the one the document names most, the title's thrice.
    """

    def __init__(
        self, document: Document, segments: Segments | None, places: Sequence[Place]
    ) -> None:
        self._places = sorted(
            (p for p in places if p.precision in INHERITED and not _is_site(p)),
            key=lambda p: p.start or 0,
        )
        self._starts = [p.start or 0 for p in self._places]
        paragraphs = segments.paragraphs if segments else ()
        self._paragraphs = [p.start for p in paragraphs] or [document.start]
        self._main = self._main_place(document)

    def _main_place(self, document: Document) -> Place | None:
        counts: dict[str, int] = {}
        for place in self._places:
            key = place.gazetteer_id or ""
            titled = (document.title_end or document.start) > (place.start or 0)
            counts[key] = counts.get(key, 0) + (3 if titled else 1)
        if not counts:
            return None
        best = min(counts, key=lambda key: (-counts[key], key))
        return next(p for p in self._places if (p.gazetteer_id or "") == best)

    def before(self, at: int) -> Place | None:
        """The place in force at an offset."""
        paragraph = self._paragraphs[max(0, bisect_left(self._paragraphs, at + 1) - 1)]
        last = bisect_left(self._starts, at) - 1
        if last >= 0 and self._starts[last] >= paragraph:
            return self._places[last]
        return self._main
