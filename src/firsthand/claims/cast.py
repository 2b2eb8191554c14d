"""Cast: noun phrases as actors, with what pronouns, appositions and registered names make of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from firsthand.claims.clauses import Parsed
from firsthand.claims.doubts import is_plural
from firsthand.claims.entities import Name
from firsthand.claims.event_types import classes_of
from firsthand.claims.genders import may_be
from firsthand.claims.happening import Happening
from firsthand.claims.known import Known
from firsthand.claims.lexicon import (
    SourceNoun,
    capitals,
    instruments,
    name_nouns,
    source_nouns,
    titles,
    word_set,
)
from firsthand.claims.person_nouns import is_person, singulars
from firsthand.claims.phrases import Phrase
from firsthand.claims.struck import HIT, is_struck, owner_of, whole_of
from firsthand.claims.tellers import bare
from firsthand.claims.tokens import Sentence
from firsthand.model.claim import Actor, ActorKind

PLURAL_PRONOUNS = frozenset(("they", "them", "their"))
PERSONAL = frozenset(("he", "she", "him", "her", "his"))
SINGULAR_PRONOUNS = frozenset(("it", "he", "she", "him", "her", "its", "his"))
PERSONAL = frozenset(("he", "she", "him", "her", "his"))
"""Pronouns that stand for a person and no body."""
PERSON_NEAR = 400
"""Characters within which the person was named whom "he" stands for."""
SPEAKER_PRONOUNS = frozenset(("i", "we", "us", "me", "our", "my"))
NUMBERS = frozenset(("CD", "DT", "AV", "PP", "QT", "PU"))
NAMED = frozenset(("PER", "ORG", "GPE", "NORP", "MISC"))
"""Labels of names that can act."""
MAX_ACTORS = 8
DESCRIBED = frozenset(("official", "people", "person", "military", "police"))
"""Kinds of people that a phrase beside a name can describe."""
LONGEST_NAME = 6
"""Words of a person's name looked for before a description."""


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
        self.things = True
        """Whether things count that are struck."""

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
        start = _behind_verbs(sentence, _behind_time(sentence, start, end), end)
        while start < end and sentence.tags[start] in ("QT", "PU"):
            start += 1
        if start >= end or (sentence.low[start] == "no" and role == "agent"):
            return None  # "no group" did nothing
        if start > 0 and sentence.tags[start] in ("JJ", "JN") and sentence.tags[start - 1] == "AV":
            start -= sentence.low[start - 1].endswith("ly")  # "heavily armed men"
        if end - start == 1 and sentence.tags[start] in ("PR", "WH", "DT"):
            return self._pronoun(start, role)
        described = describe(sentence, start, end, self.known, self.happening.type, role)
        if described is None:
            return self._struck(start, end, role)
        name, kind = described
        if kind in DESCRIBED and start > 1 and sentence.low[start - 1] == ",":
            person = self._before(start - 1)
            if person is not None:
                start, end = person.first, person.last
                name, kind = self.known.canonical.get(person.text, person.text), "person"
        return self._made(name, kind, role, start, end)

    def _struck(self, start: int, end: int, role: str) -> Actor | None:
        """Whose a thing is that strikes or is struck, else the thing that is struck."""
        sentence = self.sentence
        whole = whole_of(sentence, end, self.parsed.phrases) if role in HIT else None
        if whole is not None:
            return self._actor(whole.start, whole.end, role)
        owner = owner_of(sentence, start, end, role)
        if owner is not None and (actor := self._actor(*owner, role)) is not None:
            return actor
        head = sentence.low[end - 1]
        common = sentence.tags[end - 1] in ("NN", "NP")
        if not (self.things and common and is_struck(head, self.happening.type, role)):
            return None
        while start < end - 1 and sentence.tags[start] in NUMBERS:
            start += 1
        return self._placed(_joined(sentence, start, end), role, start, end)

    def _placed(self, name: str, role: str, start: int, end: int) -> Actor:
        """A thing or place as an actor, for which no pronoun stands later."""
        return Actor(
            name=name,
            actor_kind="unknown",
            role=role,  # type: ignore[arg-type]  # the table holds only roles
            as_written=" ".join(self.sentence.words[start:end]),
            start=self.sentence.begins[start],
            end=self.sentence.ends[end - 1],
        )

    def _before(self, comma: int) -> Name | None:
        """The person whom the words behind a comma describe: "Ada Fenn, mayor of Harrow, was"."""
        sentence = self.sentence
        span = (sentence.begins[max(0, comma - LONGEST_NAME)], sentence.ends[comma - 1])
        for name in self.known.inside(span):
            if name.label == "PER" and name.end == span[1]:
                return name
        return None

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
            many = is_plural(self.sentence.low[end - 1])
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
        if low in PERSONAL and (person := self._person_before(i, low)) is not None:
            name = self.known.canonical.get(person.text, person.text)
            return self._named(name, _kind_of(person, self.known, "person"), role, i)
        back = self.memory.plural if low in PLURAL_PRONOUNS else None
        if low in SINGULAR_PRONOUNS or (low in PLURAL_PRONOUNS and back is None):
            back = self.memory.singular
        clause = self.happening.clause
        pleonastic = clause is not None and self.sentence.lemmas[clause.verb.head] == "be"
        if back is None or (low == "it" and pleonastic) or not _fits(low, back):
            return None
        if self.sentence.quoted[i] and self.memory.speaker and self.memory.speaker in back.name:
            return None  # whoever speaks says "we" of himself, not "they"
        return self._named(back.name, back.actor_kind, role, i)

    def _person_before(self, i: int, pronoun: str) -> Name | None:
        """The person last named who "he" or "she" may mean, where no other was told of since."""
        begin = self.sentence.begins[i]
        near = self.known.inside((max(0, begin - PERSON_NEAR), begin))
        people = (name for name in reversed(near) if name.label == "PER")
        whole = self.known.canonical
        last = next((n for n in people if may_be(pronoun, whole.get(n.text, n.text))), None)
        since = self.memory.singular
        described = since is not None and since.actor_kind in ("official", "person", "people")
        if last is None or (described and since is not None and since.start > last.start):
            return None
        return last

    def _named(self, name: str, kind: ActorKind, role: str, i: int) -> Actor:
        return Actor(
            name=name,
            actor_kind=kind,
            role=role,  # type: ignore[arg-type]  # a table's word, checked by its test
            as_written=self.sentence.words[i],
            start=self.sentence.begins[i],
            end=self.sentence.ends[i],
        )


def _fits(low: str, back: Actor) -> bool:
    """Whether "he" may be a person told of before, and "it" anything else."""
    if low in PERSONAL:
        return back.actor_kind in ("person", "official", "unknown") or not is_plural(back.name)
    return low not in ("it", "its") or back.actor_kind not in ("person", "official", "people")


def _behind_time(sentence: Sentence, start: int, end: int) -> int:
    """Where the words for people begin in "that yesterday armed men" and "this Monday youths"."""
    for i in range(end - 2, start - 1, -1):
        if sentence.tags[i] == "TM" and sentence.tags[i + 1] != "PS":
            return i + 1
    return start


def _behind_verbs(sentence: Sentence, start: int, end: int) -> int:
    """Where a phrase begins that a verb's own word was taken into: "shot dead the editor"."""
    for i in range(start + 1, end - 1):
        if sentence.tags[i] == "DT" and sentence.tags[i - 1] == "JJ":
            return i
    return start


def _joined(sentence: Sentence, start: int, end: int) -> str:
    """The words of a name as print has them: "the rector's car"."""
    words = " ".join(sentence.words[start:end])
    return bare(words.replace(" 's", "'s").replace(" ’s", "’s"))


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
    words = _joined(sentence, start, end)
    org = next((n for n in names if n.label == "ORG"), None)
    if org is not None and sentence.low[end - 1] in word_set("fighters"):
        return known.canonical.get(org.text, org.text), _kind_of(org, known, "armed_group")
    common = sentence.tags[end - 1] == "NN"
    found = _by_noun(sentence.low[start:end], named=bool(names), common=common)
    return None if found is None else (words, found)


def _by_noun(low: Sequence[str], *, named: bool, common: bool) -> ActorKind | None:
    """The kind that the head noun of a phrase gives; None where it is no one.

    `common` says that it is no name, so that its ending may tell.
    """
    head = low[-1]
    noun = source_nouns().get(head) or source_nouns().get(head.removeprefix("ex-"))
    if head in ("group", "groups") and not word_set("fighters").isdisjoint(low[:-1]):
        noun = source_nouns()["militants"]
    if noun is not None and noun.source_kind in ("outlet", "anonymous") and not named:
        return "person" if "person" in classes_of(head) else None
    noun = noun or titles().get(head) or _of_one(head)
    if noun is not None:
        return noun.actor_kind  # type: ignore[return-value]  # the table holds only kinds
    if "person" in classes_of(head) or (common and any(map(is_person, singulars(head)))):
        return "people"
    return "military" if named and head in instruments() else None


def _of_one(head: str) -> SourceNoun | None:
    """What the tables hold of the singular of a noun: "armies", "presidents"."""
    for form in singulars(head):
        noun = source_nouns().get(form) or titles().get(form)
        if noun is not None and noun.source_kind not in ("outlet", "anonymous"):
            return noun
    return None


KINDS: dict[str, ActorKind] = {
    "PER": "person",
    "ORG": "organisation",
    "GPE": "state",
    "NORP": "people",
    "MISC": "unknown",
}
"""The kind of an actor of whom only the label of the name tells."""


def _by_name(name: Name, known: Known, kind: str, role: str) -> tuple[str, ActorKind] | None:
    acting = role in ("agent", "besieger", "subject", "supporter")
    if name.label == "MISC" and not acting:
        return None
    if name.label == "GPE" and role == "besieged":
        return known.canonical.get(name.text, name.text), "unknown"
    if name.label == "GPE" and not acting and kind not in word_set("political_types"):
        return None
    town = name.label == "GPE" and name.text not in known.kinds and name.text not in capitals()
    if town and role not in ("agent", "subject", "supporter"):
        return None
    if role == "victim" and name.label == "ORG" and _houses(name.text):
        return None
    kind_of_label = KINDS[name.label or "ORG"]
    return known.canonical.get(name.text, name.text), _kind_of(name, known, kind_of_label)


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
