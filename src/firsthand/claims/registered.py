"""Registered names: mentions that the register of actors knows, merged with those found by form."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from firsthand.claims.entities import Name
from firsthand.claims.lexicon import name_nouns, word_set
from firsthand.claims.tokens import Sentence
from firsthand.model.claim import ActorKind, EntityLabel
from firsthand.registry import Registry, RegistryEntry, RegistryMention

LABELS: dict[ActorKind, EntityLabel] = {
    "person": "PER",
    "official": "PER",
    "state": "GPE",
    "people": "NORP",
}
"""Entity label of a registered kind; organisations of every sort are ORG."""


def registered_names(
    registry: Registry, text: str, sentences: Sequence[Sentence]
) -> list[tuple[Name, RegistryMention]]:
    """Mentions of registered actors inside the sentences, with their tokens."""
    if not sentences:
        return []
    start, end = sentences[0].start, sentences[-1].end
    starts = [sentence.start for sentence in sentences]
    found: list[tuple[Name, RegistryMention]] = []
    for mention in registry.scan(text[start:end]):
        begin, stop = mention.start + start, mention.end + start
        number = bisect_left(starts, begin + 1) - 1
        sentence = sentences[number]
        if number < 0 or stop > sentence.end:
            continue
        first, last = sentence.index_at(begin), sentence.index_at(stop - 1) + 1
        label = _label(mention.entry)
        found.append((Name(begin, stop, number, first, last, label, text[begin:stop]), mention))
    return found


def _label(entry: RegistryEntry) -> EntityLabel:
    """The label of an entry; an official whose name is that of a body is one: "Customs Service"."""
    label = LABELS.get(entry.kind, "ORG")
    return "ORG" if entry.kind == "official" and _is_body(entry.name) else label


def _is_body(name: str) -> bool:
    bodies = word_set("bodies") | word_set("telling_bodies") | word_set("settlements")
    return any(
        word in bodies or ((noun := name_nouns().get(word)) is not None and noun.label == "ORG")
        for word in name.lower().split()
    )


def merged(found: Sequence[Name], known: Sequence[Name]) -> list[Name]:
    """Names found by form, but for those that a registered one covers or replaces, in order."""
    taken = sorted(known, key=lambda name: name.start)
    kept = [name for name in found if not any(_yields(name, other) for other in _near(name, taken))]
    inside = [
        other
        for other in taken
        if not any(name.start <= other.start and other.end <= name.end for name in kept)
    ]
    return sorted([*kept, *inside], key=lambda name: (name.start, name.end))


def _near(name: Name, taken: Sequence[Name]) -> Iterator[Name]:
    """Registered names that overlap a name."""
    return (other for other in taken if other.start < name.end and name.start < other.end)


def _yields(name: Name, other: Name) -> bool:
    """A name gives way to a registered one unless it is longer on both ends or at the end."""
    return not (name.start <= other.start and other.end < name.end)
