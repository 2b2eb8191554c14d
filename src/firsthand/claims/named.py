"""Names that another reader found, cut to their own words, and what the rules add to them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from msgspec.structs import replace

from firsthand.claims.entities import ACRONYM, Name, is_lexical, title_end
from firsthand.claims.lexicon import (
    SourceNoun,
    demonyms,
    english_words,
    given_names,
    name_nouns,
    source_nouns,
    titles,
    word_set,
)
from firsthand.claims.person_nouns import is_person
from firsthand.claims.tokens import Sentence
from firsthand.model.claim import EntityLabel

BY_FORM: Final = frozenset(("WEAPON", "PLATFORM"))
"""Labels that only the rules give."""
JOINTS: Final = ("of", "for")
"""Words that hold the name of a body together: "the Council for Trade"."""
LOOSE: Final = frozenset((*JOINTS, "in", "and", "the"))
"""Words that end no name."""
PLACES: Final = frozenset(("GPE", "LOC"))
PEOPLE: Final = ("n", "an", "ian", "ese", "i", "ish")
"""Endings that make a people's word of a place's name."""
ROLE: Final = 4
"""Words before a comma among which the role of whom it names stands."""
DOUBTED: Final = frozenset(("NORP", "EVENT", "MISC"))
"""Labels of a reader that yield to what a name's own words tell."""


def completed(
    read: Sequence[Name],
    formed: Sequence[Name],
    sentences: Sequence[Sentence],
    text: str,
    end: int | None = None,
) -> list[Name]:
    """The names another reader found, mended, with those that only the rules can tell.

    `formed` are the names that the rules found; they hold alone behind `end`, where the other
    reader stopped. The same words get the same label throughout, the one they have most often.
    """
    by_sentence: dict[int, list[Name]] = defaultdict(list)
    for one in read:
        name = _cut(one, sentences[one.sentence], text)
        if name is not None:
            by_sentence[name.sentence].append(name)
    for name in formed:
        beside = by_sentence[name.sentence]
        if (end is not None and name.start >= end) or (
            name.label in BY_FORM and not _touched(name, beside)
        ):
            beside.append(name)
        elif name.label in ("ORG", "FAC") and _held_together(name):
            by_sentence[name.sentence] = _taken_whole(name, beside)
    found = sorted(
        (name for names in by_sentence.values() for name in names),
        key=lambda name: (name.start, name.end),
    )
    return _agreed(found, sentences)


def _cut(name: Name, sentence: Sentence, text: str) -> Name | None:
    """A name without title, article and loose ends; None where no word of it has a capital."""
    first, last = name.first, name.last
    given = name.label if name.label not in DOUBTED else _told(name, sentence) or name.label
    role = _role_inside(sentence, first, last) if given in ("ORG", "MISC") else 0
    if given == "ORG" and _after_role(sentence, first, last):
        given = "PER"
    if role:
        first, given = role, "PER"
    elif given == "PER" and _called_a_body(sentence, first):
        given = "ORG"
    if given == "PER":
        first, _ = title_end(sentence, first, last)
    while last > first and _loose(sentence.words[last - 1], given):
        last -= 1
    while first < last and sentence.words[first] == "the":
        first += 1
    if last - first == 1 and given != "PER" and sentence.low[first] in titles():
        return None
    capital = any(c.isupper() for word in sentence.words[first:last] for c in word)
    if not capital:
        return None
    # A reader that cuts words otherwise may begin or end inside one of ours.
    begin, stop = max(sentence.begins[first], name.start), min(sentence.ends[last - 1], name.end)
    label: EntityLabel | None = "NORP" if text[begin:stop] in demonyms() else given
    return Name(begin, stop, name.sentence, first, last, label, text[begin:stop])


def _role_inside(sentence: Sentence, first: int, last: int) -> int:
    """Where the person begins in "Norwegian mediator Ada Fenn"; 0 where no such role stands inside."""
    role = next((k for k in range(last - 1, first, -1) if sentence.words[k].islower()), 0)
    if not role or role + 1 >= last or not sentence.words[role + 1][0].isupper():
        return 0
    noun = source_nouns().get(sentence.low[role])
    person = noun is not None and noun.actor_kind in ("official", "people") and not _many(noun)
    return role + 1 if person or is_person(sentence.low[role]) else 0


def _after_role(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a name stands behind a role and a comma: "its head of operations, Colm Darby"."""
    low = sentence.low
    if last - first != 2 or first < 2 or low[first - 1] != "," or low[last - 1] in name_nouns():
        return False
    words = low[max(0, first - 1 - ROLE) : first - 1]
    if " ".join(words).rpartition("one of ")[1] and any(map(is_person, map(_single, words))):
        return True  # "One of the drivers, Ada Fenn"
    nouns = [source_nouns().get(word) for word in words]
    return any(noun is not None and noun.actor_kind == "official" for noun in nouns) and (
        low[first] in given_names() or not is_lexical(low, first, last)
    )


def _single(word: str) -> str:
    return word.removesuffix("s")


def _many(noun: SourceNoun) -> bool:
    """Whether a noun of a source is a body of several."""
    return noun.source_kind in ("organisation", "outlet", "agency", "anonymous")


def _called_a_body(sentence: Sentence, first: int) -> bool:
    """Whether a name stands behind "the company,": a firm, however like a person it is called."""
    low = sentence.low
    return first > 1 and low[first - 1] == "," and low[first - 2] in word_set("generic_bodies")


def _loose(word: str, label: EntityLabel | None) -> bool:
    """Whether a word ends no name: a small word that is not the noun of a body or a place."""
    if word == "'s":
        return label == "PER"
    return word in LOOSE or (word.isalpha() and word.islower() and word not in name_nouns())


def _told(name: Name, sentence: Sentence) -> EntityLabel | None:
    """The label that a title, a given name, the noun of a body or an acronym tells."""
    first, last, low = name.first, name.last, sentence.low
    before = low[first - 1].rstrip(".") if first else ""
    titled = before in titles() and sentence.words[first - 1][0].isupper()
    if titled or title_end(sentence, first, last)[1]:
        return "PER"
    if last - first == 1:
        return "ORG" if ACRONYM.match(sentence.words[first]) else None
    noun = name_nouns().get(low[last - 1])
    if noun is not None and noun.label == "ORG":
        return "ORG"
    person = low[first] in given_names() and not is_lexical(low, first + 1, last)
    return "PER" if person and noun is None else None


def _touched(name: Name, others: Iterable[Name]) -> bool:
    return any(one.start < name.end and name.start < one.end for one in others)


def _held_together(name: Name) -> bool:
    """Whether a name is that of a body with "of" or "for" inside: "Court of the Sea"."""
    words = name.text.lower().split()
    joint = next((i for i, word in enumerate(words) if word in JOINTS), 0)
    return joint > 0 and not {words[0], words[joint - 1]}.isdisjoint(name_nouns())


def _taken_whole(whole: Name, parts: Sequence[Name]) -> list[Name]:
    """The names of a sentence, those that are parts of a longer one in its place."""
    inside = [one for one in parts if whole.start <= one.start and one.end <= whole.end]
    rest = [one for one in parts if one not in inside]
    return [*rest, whole] if inside and not _touched(whole, rest) else list(parts)


def _agreed(found: Sequence[Name], sentences: Sequence[Sentence]) -> list[Name]:
    """The names with one label for the same words; "in" or "near" before one counts twice.

    A single word that is no one's surname is a person only where nothing calls it otherwise, and
    a word made of a country's name is its people ("Carnelian" beside "Carnelia").
    """
    found = [name for name in found if not _opens_only(name, found, sentences)]
    votes: dict[str, Counter[EntityLabel]] = defaultdict(Counter)
    for name in found:
        if name.label is None:
            continue
        low = sentences[name.sentence].low
        located = name.first > 0 and low[name.first - 1] in word_set("locative")
        votes[name.text][name.label] += 2 if located and name.label in PLACES else 1
    surnames = {n.text.rsplit(" ", 1)[1] for n in found if n.label == "PER" and " " in n.text}
    places = {n.text for n in found if n.label in PLACES or _lone(n, surnames)}
    done: list[Name] = []
    for name in found:
        counts = votes[name.text]
        if _lone(name, surnames) and 2 * counts["PER"] <= counts.total():
            counts = Counter({label: n for label, n in counts.items() if label != "PER"})
        best, count = counts.most_common(1)[0] if counts else (None, 0)
        keep = name.label is not None and counts[name.label] == count
        if name.label in ("PER", "ORG", "MISC", "GPE") and _people_of(name.text, places):
            best, keep = "NORP", False
        done.append(name if keep else replace(name, label=best))
    return done


def _lone(name: Name, surnames: AbstractSet[str]) -> bool:
    """Whether a single word is called a person that nobody of the text is called by."""
    alone = name.label == "PER" and " " not in name.text and name.text not in surnames
    return alone and name.text.lower() not in given_names()


def _people_of(text: str, places: AbstractSet[str]) -> bool:
    """Whether a word is that of a place's people, made of its name."""
    stems = (text.removesuffix(ending) for ending in PEOPLE if text.endswith(ending))
    return any(stem in places or stem + "a" in places for stem in stems)


def _opens_only(name: Name, every: Sequence[Name], sentences: Sequence[Sentence]) -> bool:
    """Whether a common word has its capital only because it opens: "Unconfirmed reports"."""
    low = name.text.lower()
    if name.label not in ("ORG", "MISC", "NORP") or name.last - name.first != 1:
        return False
    if low not in english_words() or low in given_names() or ACRONYM.match(name.text):
        return False
    return all(
        other.first == 0 or sentences[other.sentence].tags[other.first - 1] in ("QT", "PU")
        for other in every
        if other.text == name.text
    )
