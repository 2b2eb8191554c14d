"""Leads the actors of a text to canonical ones: the register's, the text's own, or none.

Everything is decided inside one document: its names, the aliases it explains, the people and
offices it names, and role words ("the ministry") by what was named last. Each reading says what
it rests on and how sure it is; aliases across documents are proposed elsewhere, never used here.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final, Literal, NamedTuple, cast

import msgspec

from firsthand import resources
from firsthand.model.claim import Actor, ActorKind, CanonicalActor
from firsthand.registry import Registry, RegistryEntry, RegistryMention, packaged_registry
from firsthand.resolve.actor_ties import Tie, find_ties
from firsthand.resolve.document_aliases import DocumentAliases, LearntAlias, learn_aliases
from firsthand.resolve.metonyms import Government
from firsthand.resolve.person_names import People, name_words

ROLES: Final = "registers/role_words.tsv"
RESOURCES: Final = (ROLES, "registers/offices.tsv", "registers/name_variants.tsv")
Basis = Literal["register", "document", "role", "none"]

_LEADING: Final = re.compile(
    r"^(?:the|a|an|its|their|his|her|our|some|several|many|unnamed|local|senior|two|three)\s",
    re.IGNORECASE,
)
_POSSESSIVE: Final = re.compile(r"['’]s?$")
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
}
# How sure each way of reading is; shown to the reader, and a bar for merging.
_SURE: Final = 1.0
_EXPLAINED: Final = 0.95
_GOVERNMENT: Final = 0.85
_HEADED: Final = 0.85
_FULL_NAME: Final = 0.9
_SURNAME: Final = 0.8
_ROLE: Final = {"strong": 0.7, "weak": 0.5}
_OF_LAST_STATE: Final = 0.5
_RIVAL: Final = 0.15
"""Taken off where another actor of the same kind was named almost as lately."""
_RIVAL_REACH: Final = 400
_UNKNOWN: Final = 0.3


class ActorReading(NamedTuple):
    """Who a mention is taken to be, why, and how sure that is (0 to 1)."""

    name: str
    actor_id: str | None
    kind: ActorKind
    confidence: float
    basis: Basis
    reason: str
    parent: str | None = None


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
        people: Iterable[str] = (),
        governments: Sequence[Government] = (),
        names: Sequence[RegistryMention] | None = None,
    ) -> None:
        """For a text; `people` are full names found in it, `governments` its acting capitals.

        `names` are the register's mentions, where the caller has scanned the text already.
        """
        self.text = text
        self.registry = registry
        self.names = registry.scan(text) if names is None else tuple(names)
        self.aliases: DocumentAliases = learn_aliases(text, registry)
        self.ties: tuple[Tie, ...] = find_ties(text, registry, self.names)
        self.people = People([*people, *(tie.person for tie in self.ties if tie.person)])
        self._governments = {(one.start, one.end): one for one in governments}
        self._named = sorted(self._all_named(governments), key=lambda one: one.start)
        self._starts = [one.start for one in self._named]

    def _all_named(self, governments: Sequence[Government]) -> Iterable[_Named]:
        """Every actor the text names, for role words to look back to."""
        for mention in self.names:
            yield _Named(mention.start, _known(mention.entry, _SURE, "register", "named"))
        for item in self.aliases.learnt:
            reading = _explained(item)
            for name in (item.alias, item.name):
                for match in re.finditer(rf"\b{re.escape(name)}\b", self.text):
                    yield _Named(match.start(), reading)
        for tie in self.ties:
            if tie.institution is not None:
                reading = _known(tie.institution, _SURE, "register", f"its {tie.office}")
                yield _Named(tie.start, reading)
        for government in governments:
            state = self.registry.state(government.country)
            if state is not None:
                reading = _known(state, _GOVERNMENT, "register", government.reason)
                yield _Named(government.start, reading)

    def read(self, start: int, end: int, kind: ActorKind = "unknown") -> ActorReading:
        """Who the words from `start` to `end` are; `kind` is what the words alone suggested."""
        words = _trimmed(self.text[start:end])
        return (
            self._by_name(words)
            or self._by_government(start, end)
            or self._by_person(words, kind, start)
            or self._by_part(words, start, end)
            or self._by_role(words, start)
            or _own(words or self.text[start:end], kind, _UNKNOWN, "not in the register", "none")
        )

    def _by_name(self, words: str) -> ActorReading | None:
        """A name of the register, or one the text explains."""
        entry = self.registry.canonical(words)
        learnt = self.aliases.get(words)
        if learnt is not None and (learnt.entry is not None or entry is None):
            return _explained(learnt)
        if entry is None:
            return None
        return _known(entry, _SURE, "register", "a name of the register")

    def _by_government(self, start: int, end: int) -> ActorReading | None:
        """A capital that acts as a government."""
        for (begin, stop), government in self._governments.items():
            if begin >= start and stop <= end and stop - begin >= (end - start) / 2:
                state = self.registry.state(government.country)
                if state is not None:
                    return _known(state, _GOVERNMENT, "register", government.reason)
        return None

    def _by_person(self, words: str, kind: ActorKind, start: int) -> ActorReading | None:
        """A person by full name, another spelling of it, or surname."""
        last = name_words(words)[-1:]
        if kind not in {"person", "official", "unknown"} or not last or last[0].islower():
            return None
        full = self.people.find(_without_office(words, self.ties, start)) or self.people.find(words)
        if full is None:
            return None
        office = next(
            (tie for tie in self.ties if tie.person and self.people.find(tie.person) == full), None
        )
        body = office.institution if office is not None else None
        sure = _FULL_NAME if len(name_words(words)) > 1 else _SURNAME
        reason = f"{office.office} in the text" if office else "named in full in the text"
        return ActorReading(
            full, None, "person", sure, "document", reason, body.actor_id if body else None
        )

    def _by_part(self, words: str, start: int, end: int) -> ActorReading | None:
        """A register name with role words around it: "NRF fighters", "army of Norland"."""
        for name in _leading_names(words):
            learnt = self.aliases.get(name)
            if learnt is not None:
                return _explained(learnt)._replace(confidence=_HEADED)
        inside = [m for m in self.names if start <= m.start and m.end <= end]
        bodies = [
            m for m in inside if m.entry.kind not in {"state", "outlet", "agency", "official"}
        ]
        if len(bodies) != 1 or _other_words(words, bodies[0], self.text):
            return None
        return _known(bodies[0].entry, _HEADED, "register", f"{words!r} names it")

    def _by_role(self, words: str, start: int) -> ActorReading | None:
        """A role word, led back to the last actor that fits."""
        low = words.lower().replace("defence", "defense")
        institution = self._by_institution(words, start)
        if institution is not None:
            return institution
        row = _roles().get(low) or _roles().get(
            low.rpartition(" ")[2] if len(low.split()) <= 3 else ""
        )
        if row is None or any(word[0].isupper() for word in words.split()[1:]):
            return None
        kinds = row["kinds"].split("|")
        last, rival = self._last(kinds, start)
        if last is None:
            return self._of_last_state(low, start)
        sure = _ROLE[row["strength"]] - (_RIVAL if rival else 0.0)
        reason = f"{words!r} after {last.name!r}" + (f", with {rival.name!r} near" if rival else "")
        return last._replace(confidence=round(sure, 2), basis="role", reason=reason)

    def _last(
        self, kinds: Sequence[str], before: int
    ) -> tuple[ActorReading | None, ActorReading | None]:
        """The last actor of these kinds named before an offset, and a different one near it."""
        last: ActorReading | None = None
        for place in range(bisect_left(self._starts, before) - 1, -1, -1):
            start, reading = self._named[place]
            if reading.kind not in kinds:
                continue
            if last is None:
                last = reading
            elif reading.name != last.name:
                return last, reading if before - start <= _RIVAL_REACH else None
        return last, None

    def _by_institution(self, words: str, start: int) -> ActorReading | None:
        """A ministry such as "the Defence Ministry" without its state: the last such ministry, else the last state's."""
        match = _INSTITUTION.search(words)
        if match is None:
            return None
        suffix = (match["suffix"] or match["of"]).lower().replace("defence", "defense")
        for place in range(bisect_left(self._starts, start) - 1, -1, -1):
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
        if state is None or state.actor_id is None or not suffix:
            return None
        entry = self.registry.institution(state.actor_id, suffix)
        if entry is None:
            return None
        sure = _OF_LAST_STATE - (_RIVAL if rival else 0.0)
        return _known(entry, round(sure, 2), "role", f"of {state.name}, the last state named")


def resolve_actors(
    text: str,
    actors: Sequence[Actor],
    registry: Registry,
    *,
    governments: Sequence[Government] = (),
    names: Sequence[RegistryMention] | None = None,
) -> tuple[tuple[Actor, ActorReading], ...]:
    """Every actor with its canonical name, id and kind filled, and the reading that gave them."""
    people = [actor.name for actor in actors if actor.actor_kind in {"person", "official"}]
    resolver = ActorResolver(
        text,
        registry,
        people=(name for name in people if all(word[0].isupper() for word in name_words(name))),
        governments=governments,
        names=names,
    )
    found = []
    for actor in actors:
        reading = resolver.read(actor.start, actor.end, actor.actor_kind)
        found.append((_filled(actor, reading), reading))
    return tuple(found)


def _filled(actor: Actor, reading: ActorReading) -> Actor:
    """The actor under the name of its reading; an unread one keeps its own."""
    if reading.basis == "none":
        return actor
    return msgspec.structs.replace(
        actor, name=reading.name, actor_id=reading.actor_id, actor_kind=reading.kind
    )


def canonical_actors(
    page_id: str, actors: Iterable[tuple[Actor, ActorReading]], registry: Registry
) -> tuple[CanonicalActor, ...]:
    """The actors of a page, one row each, with the names that the page uses for them."""
    rows: dict[str, CanonicalActor] = {}
    for actor, reading in actors:
        if reading.basis == "none":
            continue
        key = reading.actor_id or f"{page_id}:{reading.name}"
        known = rows.get(key)
        aliases = {*(known.aliases if known else ()), actor.as_written} - {reading.name}
        entry = registry.get(reading.actor_id) if reading.actor_id else None
        rows[key] = CanonicalActor(
            actor_id=key,
            page_id=page_id,
            name=reading.name,
            kind=reading.kind,
            aliases=tuple(sorted(aliases)),
            parent=entry.parent if entry is not None else reading.parent,
            basis="document" if entry is None else _source_of(entry),
        )
    return tuple(rows[key] for key in sorted(rows))


def _source_of(entry: RegistryEntry) -> str:
    """Whether a register's row is packaged as it stands, or the project's own or changed by it."""
    return "register" if packaged_registry().get(entry.actor_id) == entry else "project"


@cache
def _roles() -> dict[str, dict[str, str]]:
    """Role words with the kinds they may mean."""
    return {row["word"]: row for row in resources.read_table(ROLES)}


def _known(entry: RegistryEntry, sure: float, basis: Basis, reason: str) -> ActorReading:
    """A reading of an actor of the register."""
    return ActorReading(entry.name, entry.actor_id, entry.kind, sure, basis, reason, entry.parent)


def _explained(learnt: LearntAlias) -> ActorReading:
    """A reading of a name that the text itself explains."""
    reason = f"the text explains {learnt.alias!r} as {learnt.name!r}"
    if learnt.entry is not None:
        return _known(learnt.entry, _EXPLAINED, "document", reason)
    return _own(learnt.name, _kind_by_words(learnt.name), _EXPLAINED, reason)


def _leading_names(words: str) -> Iterator[str]:
    """The capitalised beginnings of a phrase whose rest is in lower case, longest first."""
    parts = words.split()
    for size in range(len(parts) - 1, 0, -1):
        if all(part[0].islower() for part in parts[size:]):
            yield " ".join(parts[:size])


def _own(
    name: str, kind: ActorKind, sure: float, reason: str, basis: Basis = "document"
) -> ActorReading:
    """A reading of an actor that only the text knows."""
    return ActorReading(" ".join(name.split()), None, kind, sure, basis, reason)


def _trimmed(words: str) -> str:
    """Words without what stands before a name, and without a possessive."""
    trimmed = " ".join(words.split())
    for _ in range(3):
        shorter = _LEADING.sub("", trimmed)
        if shorter == trimmed:
            break
        trimmed = shorter
    return _POSSESSIVE.sub("", trimmed).strip(' ,.;:“”"')


def _kind_by_words(name: str) -> ActorKind:
    """The kind that a name's own words say ("… News Agency"), else organisation."""
    for word in reversed(name.lower().replace("-", " ").split()):
        row = _NAME_KINDS.get(word)
        if row is not None:
            return row
    return "organisation"


_NAME_KINDS: Final = cast(
    "dict[str, ActorKind]",
    {
        **dict.fromkeys(
            ("front", "brigade", "brigades", "militia", "battalion", "fighters"), "armed_group"
        ),
        **dict.fromkeys(("army", "forces", "navy", "corps"), "military"),
        **dict.fromkeys(("ministry",), "ministry"),
        **dict.fromkeys(("police", "gendarmerie"), "police"),
        **dict.fromkeys(("news", "times", "post", "herald", "radio", "television", "tv"), "outlet"),
    },
)


def _other_words(words: str, body: RegistryMention, text: str) -> bool:
    """Whether capitalised words besides the body's name stand in a mention."""
    rest = words.replace(" ".join(text[body.start : body.end].split()), " ", 1)
    return any(word[0].isupper() for word in rest.split())


def _without_office(words: str, ties: Sequence[Tie], start: int) -> str:
    """A person's name behind the office it is said with."""
    for tie in ties:
        if tie.person and abs(tie.start - start) < 200 and words.endswith(tie.person):
            return tie.person
    return words
