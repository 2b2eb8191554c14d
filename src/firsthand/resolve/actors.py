"""Leads the actors of a text to canonical ones: the register's, the text's own, or none.

Everything is decided inside one document: its names, the aliases it explains, the people and
offices it names, and role words ("the ministry") by what was named last. Each reading says what
it rests on and how sure it is; aliases across documents are proposed elsewhere, never used here.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Final, NamedTuple

import msgspec

from firsthand.model.claim import Actor, ActorKind
from firsthand.model.record import overlaps
from firsthand.registry import Registry, RegistryMention
from firsthand.resolve.actor_readings import (
    ActorReading,
    explained_actor,
    known_actor,
    leading_names,
    occurrences,
    own_actor,
    trimmed,
)
from firsthand.resolve.actor_ties import Tie, find_ties
from firsthand.resolve.document_aliases import DocumentAliases, learn_aliases
from firsthand.resolve.metonyms import Government
from firsthand.resolve.person_names import People, name_words
from firsthand.resolve.place_tables import place_words
from firsthand.resolve.role_words import COMPOUND, OTHERS, ROLES, is_side, role_row
from firsthand.resolve.roles import is_doing

__all__ = [
    "RESOURCES",
    "ActorReading",
    "ActorResolver",
    "resolve_actors",
]

RESOURCES: Final = (ROLES, "registers/offices.tsv", "registers/name_variants.tsv")

_INSTITUTION: Final = re.compile(
    r"\b(?P<suffix>defen[cs]e|foreign|interior|health)\b(?:\saffairs)?\sministry|"
    r"ministry\sof\s(?:the\s)?(?P<of>defen[cs]e|foreign|interior|health)\b",
    re.IGNORECASE,
)
_FORCES: Final = {
    "army": "forces",
    "military": "forces",
    "armed forces": "forces",
    "troops": "forces",
    "soldiers": "forces",
    "air force": "air_force",
    "navy": "navy",
    "police": "police",
    "security forces": "police",
}
_ON_LAND: Final = dict.fromkeys(("army", "troops", "soldiers"), (".air_force", ".navy"))
"""Role words that do not mean these bodies of a state."""
_NO_ID: Final = ("\n",)
"""An ending that no id has."""
# How sure each way of reading is; shown to the reader, and a bar for merging.
_SURE: Final = 1.0
_GOVERNMENT: Final = 0.85
_CAPITAL: Final = 0.6
_HEADED: Final = 0.85
_FULL_NAME: Final = 0.9
_SURNAME: Final = 0.8
_ROLE: Final = {"strong": 0.7, "weak": 0.5}
_OF_LAST_STATE: Final = 0.5
_RIVAL: Final = 0.15
"""Taken off where another actor of the same kind was named almost as lately."""
_RIVAL_REACH: Final = 400
_UNNAMED: Final = 0.15
"""Taken off where a text names no state, and only its places say which is meant."""
_UNKNOWN: Final = 0.3
_LOOK_BACK: Final = 2000
"""Names looked back over for a role word; news pages have far fewer."""
_OFFICE_REACH: Final = 200
_HYPHENS: Final = frozenset({"-", "‑", "–"})
"""After a name these make it a part of a word about somebody else: "a NAME-backed group"."""
_NAME_END: Final = re.compile(r"[,(]")
"""Where a name ends and what explains it begins: "Northern Relief Front (NRF)"."""
_NOT_BODIES: Final = frozenset({"state", "outlet", "agency", "official"})


class _Named(NamedTuple):
    """An actor named at a place of the text."""

    start: int
    reading: ActorReading


class ActorResolver:
    """Reads the actors of one text; make one a document."""

    def __init__(
        self,
        text: str,
        registry: Registry,
        *,
        actors: Sequence[Actor] = (),
        governments: Sequence[Government] = (),
        names: Sequence[RegistryMention] | None = None,
        home: str | None = None,
    ) -> None:
        """For a text; `governments` are its acting capitals.

        `actors` are found in it: people by their full names, and sides of the fighting that only
        the text names ("Ashmar rebels").

        `names` are the register's mentions, where the caller has scanned the text already;
        `home` is the ISO code of the country whose places the text is about.
        """
        self.text = text
        self.registry = registry
        self.names = registry.scan(text) if names is None else tuple(names)
        self.aliases: DocumentAliases = learn_aliases(text, registry)
        self.ties: tuple[Tie, ...] = find_ties(text, registry, self.names)
        self.people = People([*_people(actors), *(tie.person for tie in self.ties if tie.person)])
        self._offices: dict[str, Tie] = {}
        for tie in self.ties:
            full = self.people.find(tie.person) if tie.person else None
            if full is not None:
                self._offices.setdefault(full, tie)
        self._home = self.registry.state(home) if home is not None else None
        self._home_named = home is not None and self._names_state(home)
        self._governments = {(one.start, one.end): one for one in governments}
        named = [*self._all_named(governments), *_own_groups(actors, self.names)]
        self._named = sorted(named, key=lambda one: one.start)
        self._starts = [one.start for one in self._named]

    def _names_state(self, country: str) -> bool:
        """Whether the text names the state with an ISO code, or a body of its own."""
        codes = (m.entry.actor_id.partition(":")[2].partition(".")[0] for m in self.names)
        return country in codes

    def _all_named(self, governments: Sequence[Government]) -> Iterable[_Named]:
        """Every actor the text names, for role words to look back to."""
        for mention in self.names:
            if self.text[mention.end : mention.end + 1] in _HYPHENS:
                continue  # "a NAME-backed group" is about somebody else
            yield _Named(mention.start, known_actor(mention.entry, _SURE, "register", "named"))
        explained = {name: item for item in self.aliases.learnt for name in (item.alias, item.name)}
        for name, item in explained.items():
            reading = explained_actor(item)
            for start in occurrences(self.text, name):
                yield _Named(start, reading)
        for tie in self.ties:
            if tie.institution is not None:
                reading = known_actor(tie.institution, _SURE, "register", f"its {tie.office}")
                yield _Named(tie.start, reading)
        for government in governments:
            state = self.registry.state(government.country)
            if state is not None:
                reading = known_actor(state, _GOVERNMENT, "register", government.reason)
                yield _Named(government.start, reading)

    def read(self, start: int, end: int, kind: ActorKind = "unknown") -> ActorReading:
        """Who the words from `start` to `end` are; `kind` is what the words alone suggested."""
        words = trimmed(self.text[start:end])
        return (
            self._by_name(words)
            or self._by_government(start, end)
            or self._by_capital(words, kind)
            or self._by_person(words, kind, start)
            or self._by_part(words, start, end)
            or self._by_role(words, start)
            or own_actor(
                words or self.text[start:end], kind, _UNKNOWN, "not in the register", "none"
            )
        )

    def led_to(self, actor: Actor) -> ActorReading:
        """Who an actor is by its words, else by the name that the words stand for: "it", "they"."""
        reading = self.read(actor.start, actor.end, actor.actor_kind)
        if reading.basis != "none" or actor.name in self.text[actor.start : actor.end]:
            return reading
        name = _NAME_END.split(actor.name, maxsplit=1)[0].strip()
        return (
            self._by_name(name)
            or self._by_capital(name, actor.actor_kind)
            or self._by_person(name, actor.actor_kind, actor.start)
            or reading
        )

    def _by_name(self, words: str) -> ActorReading | None:
        """A name of the register, or one the text explains."""
        entry = self.registry.canonical(words)
        learnt = self.aliases.get(words)
        if learnt is not None and (learnt.entry is not None or entry is None):
            return explained_actor(learnt)
        if entry is None:
            return None
        return known_actor(entry, _SURE, "register", "a name of the register")

    def _by_government(self, start: int, end: int) -> ActorReading | None:
        """A capital that acts as a government."""
        for (begin, stop), government in self._governments.items():
            if begin >= start and stop <= end and stop - begin >= (end - start) / 2:
                state = self.registry.state(government.country)
                if state is not None:
                    return known_actor(state, _GOVERNMENT, "register", government.reason)
        return None

    def _by_capital(self, words: str, kind: ActorKind) -> ActorReading | None:
        """A capital that the grammar of its sentence takes for a state."""
        country = place_words().capitals.get(words.lower()) if kind == "state" else None
        state = self.registry.state(country) if country is not None else None
        if state is None:
            return None
        return known_actor(state, _CAPITAL, "register", f"{words!r} does what governments do")

    def _by_person(self, words: str, kind: ActorKind, start: int) -> ActorReading | None:
        """A person by full name, another spelling of it, or surname."""
        last = name_words(words)[-1:]
        if kind not in {"person", "official", "unknown"} or not last or last[0].islower():
            return None
        full = self.people.find(self._without_office(words, start)) or self.people.find(words)
        if full is None:
            return None
        office = self._offices.get(full)
        body = office.institution if office is not None else None
        sure = _FULL_NAME if len(name_words(words)) > 1 else _SURNAME
        reason = f"{office.office} in the text" if office else "named in full in the text"
        return ActorReading(
            full, None, "person", sure, "document", reason, body.actor_id if body else None
        )

    def _without_office(self, words: str, start: int) -> str:
        """A person's name behind the office it is said with."""
        first = bisect_left(self.ties, start - _OFFICE_REACH, key=lambda tie: tie.start)
        for tie in takewhile(lambda tie: tie.start < start + _OFFICE_REACH, self.ties[first:]):
            if tie.person and words.endswith(tie.person):
                return tie.person
        return words

    def _by_part(self, words: str, start: int, end: int) -> ActorReading | None:
        """A register name with role words around it: "NRF fighters", "army of Norland"."""
        for name in leading_names(words):
            learnt = self.aliases.get(name)
            if learnt is not None:
                return explained_actor(learnt)._replace(confidence=_HEADED)
        first = bisect_left(self.names, start, key=lambda mention: mention.start)
        inside = takewhile(lambda mention: mention.end <= end, self.names[first:])
        bodies = [
            m
            for m in inside
            if m.entry.kind not in _NOT_BODIES and self.text[m.end : m.end + 1] not in _HYPHENS
        ]
        if len(bodies) != 1 or _other_words(words, bodies[0], self.text):
            return None
        return known_actor(bodies[0].entry, _HEADED, "register", f"{words!r} names it")

    def _by_role(self, words: str, start: int) -> ActorReading | None:
        """A role word, led back to the last actor that fits."""
        words = COMPOUND.sub("", words)
        low = words.lower().replace("defence", "defense")
        institution = self._by_institution(words, start)
        if institution is not None:
            return institution
        row = role_row(low) or role_row(low.rpartition(" ")[2] if len(low.split()) <= 3 else "")
        if row is None or OTHERS.match(low) or any(word[0].isupper() for word in words.split()[1:]):
            return None
        kinds = row["kinds"].split("|")
        last, rival = self._last(kinds, start, _ON_LAND.get(low, ()))
        if kinds[0] == "state" and self._home is not None and (self._home_named or last is None):
            reason = f"{words!r} in a text about places of {self._home.name}"
            sure = _ROLE[row["strength"]] - (0.0 if self._home_named else _UNNAMED)
            return known_actor(self._home, round(sure, 2), "role", reason)
        if last is None:
            return self._of_last_state(low, start)
        sure = _ROLE[row["strength"]] - (_RIVAL if rival else 0.0)
        reason = f"{words!r} after {last.name!r}" + (f", with {rival.name!r} near" if rival else "")
        return last._replace(confidence=round(sure, 2), basis="role", reason=reason)

    def _last(
        self, kinds: Sequence[str], before: int, never: tuple[str, ...] = ()
    ) -> tuple[ActorReading | None, ActorReading | None]:
        """The last actor of these kinds named before an offset, and a different one near it.

        Bodies whose ids end as in `never` are passed over.
        """
        last: ActorReading | None = None
        latest = bisect_left(self._starts, before) - 1
        for place in range(latest, max(-1, latest - _LOOK_BACK), -1):
            start, reading = self._named[place]
            if last is not None and before - start > _RIVAL_REACH:
                break
            if reading.kind not in kinds or (reading.actor_id or "").endswith(never or _NO_ID):
                continue
            if last is None:
                last = reading
            elif reading.name != last.name:
                return last, reading
        return last, None

    def _by_institution(self, words: str, start: int) -> ActorReading | None:
        """A ministry such as "the Defence Ministry" without its state: the last such ministry, else the last state's."""
        match = _INSTITUTION.search(words)
        if match is None:
            return None
        suffix = (match["suffix"] or match["of"]).lower().replace("defence", "defense")
        latest = bisect_left(self._starts, start) - 1
        for place in range(latest, max(-1, latest - _LOOK_BACK), -1):
            reading = self._named[place].reading
            if reading.actor_id and reading.actor_id.endswith(f".{suffix}"):
                sure = _ROLE["strong"]
                return reading._replace(
                    confidence=sure, basis="role", reason=f"last {suffix} ministry"
                )
        return self._of_last_state(suffix, start)

    def _of_last_state(self, word: str, start: int) -> ActorReading | None:
        """The institution of the state named last."""
        suffix = _FORCES.get(
            word, word if word in {"defense", "foreign", "interior", "health"} else ""
        )
        state, rival = self._last(["state"], start)
        if state is None and self._home is not None:
            entry = self.registry.institution(self._home.actor_id, suffix) if suffix else None
            reason = f"of {self._home.name}, where the text's places lie"
            sure = _OF_LAST_STATE - _UNNAMED
            return known_actor(entry, round(sure, 2), "role", reason) if entry else None
        if state is None or state.actor_id is None or not suffix:
            return None
        entry = self.registry.institution(state.actor_id, suffix)
        if entry is None:
            return None
        sure = _OF_LAST_STATE - (_RIVAL if rival else 0.0)
        return known_actor(entry, round(sure, 2), "role", f"of {state.name}, the last state named")


def _own_groups(groups: Iterable[Actor], names: Sequence[RegistryMention]) -> Iterator[_Named]:
    """Sides that a text names by a name and a role word, where no name of the register is theirs."""
    for actor in groups:
        words = trimmed(actor.as_written).split()
        if actor.actor_kind != "armed_group" or len(words) == 1 or not is_side(words):
            continue
        if not any(overlaps(mention, actor) for mention in names):
            reading = own_actor(" ".join(words), actor.actor_kind, _UNKNOWN, "named")
            yield _Named(actor.start, reading)


def _people(actors: Iterable[Actor]) -> Iterator[str]:
    """The names of people among actors."""
    names = (actor.name for actor in actors if actor.actor_kind in {"person", "official"})
    return (name for name in names if all(word[0].isupper() for word in name_words(name)))


def resolve_actors(
    actors: Sequence[Actor], resolver: ActorResolver
) -> tuple[tuple[Actor, ActorReading], ...]:
    """Every actor with its canonical name, id and kind filled, and the reading that gave them."""
    readings = [resolver.led_to(actor) for actor in actors]
    return tuple(
        (_filled(actor, reading), reading) for actor, reading in zip(actors, readings, strict=True)
    )


def _filled(actor: Actor, reading: ActorReading) -> Actor:
    """The actor under the name of its reading; an unread one keeps its own."""
    if reading.basis == "none":
        return actor
    return msgspec.structs.replace(
        actor, name=reading.name, actor_id=reading.actor_id, actor_kind=reading.kind
    )


def _other_words(words: str, body: RegistryMention, text: str) -> bool:
    """Whether capitalised words besides the body's name stand in a mention."""
    rest = words.replace(" ".join(text[body.start : body.end].split()), " ", 1)
    return any(word[0].isupper() and not is_doing(word) for word in rest.split())
