"""Actors: who takes part in an event, by where they stand beside its predicate."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from firsthand.claims.clauses import Parsed
from firsthand.claims.entities import Name
from firsthand.claims.event_types import classes_of
from firsthand.claims.events import Happening
from firsthand.claims.lexicon import (
    capitals,
    demonyms,
    instruments,
    name_nouns,
    source_nouns,
    titles,
    word_set,
)
from firsthand.claims.phrases import Phrase
from firsthand.claims.sources import Known, bare
from firsthand.claims.tokens import Sentence
from firsthand.model.claim import Actor, ActorKind

PLURAL_PRONOUNS = frozenset(("they", "them", "their"))
SINGULAR_PRONOUNS = frozenset(("it", "he", "she", "him", "her", "its", "his"))
SPEAKER_PRONOUNS = frozenset(("i", "we", "us", "me", "our", "my"))
NUMBERS = frozenset(("CD", "DT", "AV", "PP", "QT", "PU"))
NAMED = frozenset(("PER", "ORG", "GPE", "NORP", "MISC"))
"""Labels of names that can act."""
MAX_ACTORS = 8
BACKING = 8
"""Words behind an event noun in which those who back its actor are named."""


@dataclass(slots=True)
class Memory:
    """The actors named last, for pronouns."""

    plural: Actor | None = None
    singular: Actor | None = None
    speaker: str = ""
    near: str = ""
    """The speaker where the cue stands in the same sentence: "X claimed it had …"."""
    names: Known | None = field(default=None)


def _parts(sentence: Sentence, phrase: Phrase) -> Iterator[tuple[int, int]]:
    """The coordinated parts of a noun phrase."""
    start = phrase.start
    for i in range(phrase.start, phrase.end):
        if sentence.tags[i] == "CC" or sentence.low[i] == ",":
            if i > start:
                yield start, i
            start = i + 1
    if start < phrase.end:
        yield start, phrase.end


class Cast:
    """Collects the actors of one event."""

    def __init__(self, parsed: Parsed, happening: Happening, known: Known, memory: Memory) -> None:
        """Actors of `happening`; `memory` gives and takes what pronouns stand for."""
        self.parsed = parsed
        self.sentence = parsed.sentence
        self.happening = happening
        self.known = known
        self.memory = memory
        self.found: list[Actor] = []
        self.remember = False

    def take(self, phrase: Phrase | None, role: str) -> None:
        """Add the actors of a noun phrase in a role."""
        if phrase is None:
            return
        for start, end in _parts(self.sentence, phrase):
            actor = self._actor(start, end, role)
            if actor is not None and not any(a.start == actor.start for a in self.found):
                self.found.append(actor)

    def _actor(self, start: int, end: int, role: str) -> Actor | None:
        sentence = self.sentence
        while start < end and sentence.tags[start] in ("QT", "PU"):
            start += 1
        if start >= end:
            return None
        if end - start == 1 and sentence.tags[start] in ("PR", "WH", "DT"):
            return self._pronoun(start, role)
        described = describe(sentence, start, end, self.known, self.happening.type, role)
        if described is None:
            return None
        name, kind = described
        return self._made(name, kind, role, start, end)

    def _made(self, name: str, kind: ActorKind, role: str, start: int, end: int) -> Actor:
        begin, stop = self.sentence.begins[start], self.sentence.ends[end - 1]
        actor = Actor(
            name=name,
            actor_kind=kind,
            role=role,  # type: ignore[arg-type]  # the table holds only roles
            as_written=" ".join(self.sentence.words[start:end]),
            start=begin,
            end=stop,
        )
        if role != "supporter" and kind not in ("outlet", "agency") and self.remember:
            named = self.sentence.tags[end - 1] == "NP"
            many = self.sentence.low[end - 1].endswith("s")
            if many or named or kind in ("military", "police", "armed_group", "official"):
                self.memory.plural = actor
            if named or not many:
                self.memory.singular = actor
        return actor

    def _pronoun(self, i: int, role: str) -> Actor | None:
        low = self.sentence.low[i]
        if low in SPEAKER_PRONOUNS and self.memory.speaker:
            return self._named(self.memory.speaker, "unknown", role, i)
        if self.memory.near and low in SINGULAR_PRONOUNS | PLURAL_PRONOUNS:
            return self._named(self.memory.near, "unknown", role, i)
        back = self.memory.plural if low in PLURAL_PRONOUNS else None
        if low in SINGULAR_PRONOUNS or (low in PLURAL_PRONOUNS and back is None):
            back = self.memory.singular
        clause = self.happening.clause
        pleonastic = clause is not None and self.sentence.lemmas[clause.verb.head] == "be"
        if back is None or (low == "it" and pleonastic):
            return None
        if self.sentence.quoted[i] and self.memory.speaker and self.memory.speaker in back.name:
            return None  # whoever speaks says "we" of himself, not "they"
        return self._named(back.name, back.actor_kind, role, i)

    def _named(self, name: str, kind: ActorKind, role: str, i: int) -> Actor:
        return Actor(
            name=name,
            actor_kind=kind,
            role=role,  # type: ignore[arg-type]  # a table's word, checked by its test
            as_written=self.sentence.words[i],
            start=self.sentence.begins[i],
            end=self.sentence.ends[i],
        )


def describe(
    sentence: Sentence, start: int, end: int, known: Known, kind: str, role: str
) -> tuple[str, ActorKind] | None:
    """Name and kind of an actor phrase, or None where it is no actor."""
    begin, stop = sentence.begins[start], sentence.ends[end - 1]
    names = [n for n in known.inside((begin, stop)) if n.label in NAMED]
    if names and names[-1].end == stop:
        return _by_name(names[-1], known, kind, role)
    while start < end - 1 and (
        sentence.tags[start] in NUMBERS or sentence.low[start] in word_set("fillers")
    ):
        start += 1
    words = bare(" ".join(sentence.words[start:end]))
    org = next((n for n in names if n.label == "ORG"), None)
    if org is not None and sentence.low[end - 1] in word_set("fighters"):
        return known.canonical.get(org.text, org.text), _kind_of(org, known, "armed_group")
    found = _by_noun(sentence.low[start:end], named=bool(names))
    return None if found is None else (words, found)


def _by_noun(low: Sequence[str], *, named: bool) -> ActorKind | None:
    """The kind that the head noun of a phrase gives; None where it is no one."""
    head = low[-1]
    noun = source_nouns().get(head)
    if head in ("group", "groups") and not word_set("fighters").isdisjoint(low[:-1]):
        noun = source_nouns()["militants"]
    if noun is not None and noun.source_kind in ("outlet", "anonymous") and not named:
        return None
    noun = noun or titles().get(head)
    if noun is not None:
        return noun.actor_kind  # type: ignore[return-value]  # the table holds only kinds
    if "person" in classes_of(head):
        return "people"
    return "military" if named and head in instruments() else None


def _by_name(name: Name, known: Known, kind: str, role: str) -> tuple[str, ActorKind] | None:
    acting = role in ("agent", "besieger", "subject", "supporter")
    if name.label == "MISC" and not acting:
        return None
    if name.label == "GPE" and not acting and kind not in word_set("political_types"):
        return None
    town = name.label == "GPE" and name.text not in known.kinds and name.text not in capitals()
    if town and role not in ("agent", "subject", "supporter"):
        return None
    if role == "victim" and name.label == "ORG" and _houses(name.text):
        return None
    default: dict[str, ActorKind] = {
        "PER": "person",
        "ORG": "organisation",
        "GPE": "state",
        "NORP": "people",
        "MISC": "unknown",
    }
    return known.canonical.get(name.text, name.text), _kind_of(
        name, known, default[name.label or "ORG"]
    )


def _houses(text: str) -> bool:
    """Whether a body is a house in which people suffer, not those who do: "Marlo Infirmary"."""
    return not classes_of(text.lower().split()[-1]).isdisjoint(("building", "place"))


def _kind_of(name: Name, known: Known, default: ActorKind) -> ActorKind:
    if name.text in known.kinds:
        return known.kinds[name.text]  # type: ignore[return-value]  # a table's word, checked by its test
    if name.label == "ORG":
        for word in reversed(name.text.lower().split()):
            noun = name_nouns().get(word)
            if noun is not None and noun.label == "ORG":
                return noun.actor_kind  # type: ignore[return-value]  # a table's word, checked by its test
    return default


def actors_of(
    parsed: Parsed, happening: Happening, known: Known, memory: Memory
) -> tuple[Actor, ...]:
    """The actors of an event, in the order of the text."""
    cast = Cast(parsed, happening, known, memory)
    if happening.noun is not None:
        _of_noun(cast)
    if happening.clause is not None:
        _of_clause(cast)
    return tuple(sorted(cast.found[:MAX_ACTORS], key=lambda a: (a.start, a.end, a.role)))


def _of_clause(cast: Cast) -> None:
    clause, happening = cast.happening.clause, cast.happening
    if clause is None:
        return
    passive = clause.verb.passive
    subject = happening.object_role if passive else happening.subject_role
    cast.remember = True
    _with_complement(cast, clause.subject, subject)
    cast.remember = False
    if not passive:
        for phrase in clause.objects[:2]:
            _with_complement(cast, phrase, happening.object_role)
    _prepositional(cast, clause.verb.end, happening.end, passive=passive)
    _supporters(cast, clause.start, clause.verb.start)


def _with_complement(cast: Cast, phrase: Phrase | None, role: str) -> None:
    """Take a phrase, or the people it counts: "dozens of locals", "one of the officers"."""
    if phrase is None:
        return
    sentence = cast.sentence
    if sentence.tags[phrase.head] == "CD" and sentence.low[phrase.end : phrase.end + 1] == ["of"]:
        inner = next((p for p in cast.parsed.phrases if p.start == phrase.end + 1), None)
        if inner is not None:
            cast.take(Phrase(phrase.start, inner.end, inner.head), role)
            return
    cast.take(phrase, role)


def _prepositional(cast: Cast, start: int, end: int, *, passive: bool) -> None:
    sentence = cast.sentence
    for phrase in cast.parsed.phrases:
        if not start < phrase.start < end or phrase.start == 0:
            continue
        word = sentence.low[phrase.start - 1]
        if word == "by":
            cast.take(phrase, cast.happening.subject_role if passive else "agent")
        elif word in ("against", "on", "at") or (
            word == "with" and cast.happening.type == "battle"
        ):
            victims = cast.happening.object_role == "victim"
            if not (victims and word == "at"):
                cast.take(phrase, "victim" if victims else "target")
        elif word == "to" and cast.happening.object_role == "recipient":
            cast.take(phrase, "recipient")
        elif word == "of" and cast.happening.type in word_set("of_is_object"):
            cast.take(phrase, cast.happening.object_role)


def _supporters(cast: Cast, start: int, end: int) -> None:
    """Reads "forces supported by planes": who backs the subject."""
    sentence = cast.sentence
    for i in range(start, end):
        if sentence.low[i] == "by" and sentence.lemmas[i - 1] in word_set("support_verbs"):
            phrase = next((p for p in cast.parsed.phrases if p.start == i + 1), None)
            cast.take(phrase, "supporter")


def _of_noun(cast: Cast) -> None:
    happening, sentence = cast.happening, cast.sentence
    phrase = happening.noun
    if phrase is None:
        return
    _modifiers(cast, phrase)
    end = phrase.end
    for following in cast.parsed.phrases:
        if following.start <= phrase.start or following.end > max(happening.end, end):
            continue
        word = sentence.low[following.start - 1]
        if word == "of" and following.start - 1 != end:
            continue
        if word == "of":
            object_like = happening.type in word_set("of_is_object")
            cast.take(following, happening.object_role if object_like else happening.noun_role)
        elif word in ("by", "from"):
            cast.take(following, happening.noun_role)
        elif word in ("against", "on", "at", "with"):
            cast.take(following, happening.object_role)
    if happening.clause is None:
        _backers_behind(cast, end)


def _backers_behind(cast: Cast, end: int) -> None:
    """Who backs an event noun's actor: "the offensive of forces supported by planes"."""
    sentence = cast.sentence
    for i in range(end, min(end + BACKING, len(sentence) - 1)):
        if sentence.low[i + 1] == "by" and sentence.lemmas[i] in word_set("support_verbs"):
            _supporters(cast, i, i + 2)
            return


def _modifiers(cast: Cast, phrase: Phrase) -> None:
    """Actors before the event noun: "a rebel siege", "the army's advance", "its offensive"."""
    sentence, happening = cast.sentence, cast.happening
    start, head = phrase.start, happening.head if happening.clause is None else phrase.head
    if sentence.low[start] in PLURAL_PRONOUNS | SINGULAR_PRONOUNS:
        cast.take(Phrase(start, start + 1, start), happening.noun_role)
    for i in range(start, min(head, phrase.end)):
        word = sentence.low[i]
        if sentence.tags[i] == "PS":
            cast.take(Phrase(start, i, i - 1), happening.noun_role)
            return
        if word in source_nouns() and sentence.tags[i] in ("NN", "JJ"):
            cast.take(Phrase(i, i + 1, i), happening.noun_role)
        elif "-" in word and word.rsplit("-", 1)[1] in ("held", "controlled", "besieged", "run"):
            _compound(cast, i)
        elif sentence.words[i] in demonyms():
            end = i + 2 if sentence.low[i + 1] in source_nouns() else i + 1
            cast.take(Phrase(i, end, end - 1), happening.noun_role)
            return
    for name in cast.known.inside((sentence.begins[start], sentence.ends[head])):
        if name.label in ("ORG", "PER") and name.last <= head:
            cast.take(Phrase(name.first, name.last, name.last - 1), happening.noun_role)


def _compound(cast: Cast, i: int) -> None:
    """The actor inside "rebel-held"."""
    word = cast.sentence.words[i].rsplit("-", 1)[0]
    noun = source_nouns().get(word.lower())
    if noun is None and not word[:1].isupper():
        return
    kind = noun.actor_kind if noun is not None else "organisation"
    begin = cast.sentence.begins[i]
    cast.found.append(
        Actor(
            name=word,
            actor_kind=kind,  # type: ignore[arg-type]  # a table's word, checked by its test
            role=cast.happening.noun_role,  # type: ignore[arg-type]  # a table's word, checked by its test
            as_written=word,
            start=begin,
            end=begin + len(word),
        )
    )


def as_written(actors: Sequence[Actor], text: str) -> tuple[Actor, ...]:
    """The actors with their words cut out of the page's text."""
    return tuple(
        Actor(
            name=" ".join(actor.name.split()),
            actor_id=actor.actor_id,
            actor_kind=actor.actor_kind,
            role=actor.role,
            as_written=text[actor.start : actor.end],
            start=actor.start,
            end=actor.end,
        )
        for actor in actors
    )
