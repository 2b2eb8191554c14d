"""Entities: runs of capitalised words with a label from their form, their nouns and their place."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

import msgspec
from msgspec.structs import replace

from firsthand.claims.lexicon import (
    capitals,
    demonyms,
    english_words,
    given_names,
    instruments,
    name_nouns,
    source_nouns,
    titles,
    word_set,
)
from firsthand.claims.tagging import closed_words
from firsthand.claims.tokens import Sentence
from firsthand.model.claim import EntityLabel

AGE_OR_SPEECH = re.compile(r", \d\d\b| (?:said|says|told|added)\b")
ACRONYM = re.compile(r"(?:[A-Z]{2,7}|(?:[A-Z]\.){2,5})\Z")
MODEL = re.compile(r"[A-Z][A-Za-z]{0,6}-\d{1,4}[A-Z]*\Z")
MAX_NAME_WORDS = 8
PLACE_WORDS = 3
"""Longer names behind "in" or "near" are seldom places."""
BODIES = frozenset(("organisation", "agency", "outlet", "belligerent"))
"""Source kinds of nouns that name a body of people."""
HEADLINE_CASE = 0.6
"""Share of capitalised words from which a heading is in headline case."""


class Name(msgspec.Struct, frozen=True, gc=False):
    """A named mention: offsets, token range in its sentence, label and text."""

    start: int
    end: int
    sentence: int
    first: int
    last: int
    label: EntityLabel | None
    text: str


def _label(word: str) -> EntityLabel:
    return word  # type: ignore[return-value]  # the tables hold only entity labels


def _runs(sentence: Sentence) -> list[tuple[int, int]]:
    tags, words, low = sentence.tags, sentence.words, sentence.low
    found: list[tuple[int, int]] = []
    i, n = 0, len(tags)
    while i < n:
        if not _starts(sentence, i):
            i += 1
            continue
        j = i + 1
        while j < n and j - i < MAX_NAME_WORDS:
            if tags[j] == "NP" and words[j][0].isalpha():
                j += 1
            elif low[j] in word_set("name_particles") and j + 1 < n and _joins(sentence, i, j):
                j += 2
            elif words[j][0].isupper() and tags[j] in ("JJ", "NN", "TM") and tags[j - 1] == "NP":
                j += 1
            else:
                break
        found.append((i, j))
        i = j
    return found


def _starts(sentence: Sentence, i: int) -> bool:
    tag, word = sentence.tags[i], sentence.words[i]
    if tag == "NP":
        return True
    named = word[0].isupper() and i + 1 < len(sentence) and sentence.tags[i + 1] == "NP"
    return named and tag in ("JJ", "NN") and sentence.low[i] not in closed_words()


def _joins(sentence: Sentence, start: int, j: int) -> bool:
    if sentence.tags[j + 1] != "NP" and not sentence.words[j + 1][0].isupper():
        return False
    if sentence.low[j] in ("of", "for"):
        noun = name_nouns().get(sentence.low[j - 1]) or name_nouns().get(sentence.low[start])
        return noun is not None and noun.label in ("ORG", "FAC", "LOC", "EVENT")
    return True


@cache
def _particles_behind_titles() -> frozenset[str]:
    """Particles that a title's name does not begin with."""
    return word_set("name_particles") - {"al", "el", "abu", "bin", "ibn"}


def title_end(sentence: Sentence, start: int, end: int) -> tuple[int, bool]:
    """Where the name begins behind its last title or role word, and whether there was one."""
    known, roles, particles = titles(), source_nouns(), _particles_behind_titles()
    for i in range(end - 2, start - 1, -1):
        word = sentence.low[i].rstrip(".")
        role = roles.get(word)
        office = role is not None and role.actor_kind in ("official", "military") and role.bare
        if (word in known or office) and sentence.low[i + 1] not in particles:
            if word in name_nouns() and sentence.low[end - 1] in name_nouns():
                continue
            return i + 1, True
    return start, False


def _by_word(word: str, low: str) -> EntityLabel | None:
    if word in demonyms():
        return "NORP"
    if MODEL.match(word):
        return "PLATFORM"
    return _label(instruments()[low][0]) if low in instruments() else None


def _by_form(sentence: Sentence, start: int, end: int) -> EntityLabel | None:
    """A label from the name's own words."""
    words, low = sentence.words, sentence.low
    if end - start == 1 and (label := _by_word(words[start], low[start])) is not None:
        return label
    nouns = name_nouns()
    for i in (end - 1, start):
        noun = nouns.get(low[i])
        if noun is not None and (end - start > 1 or noun.label == "ORG"):
            return _label(noun.label)
    for i in range(start + 1, end - 1):
        noun = nouns.get(low[i])
        if noun is not None and noun.label == "ORG":
            return "ORG"
    if end - start == 1 and ACRONYM.match(words[start]):
        return "ORG"
    return None


def _by_place(sentence: Sentence, text: str, start: int, end: int) -> EntityLabel | None:
    """A label from the words around the name."""
    low = sentence.low
    before = low[start - 1] if start else ""
    seat = " ".join(sentence.words[start:end]) in capitals()
    if seat or (before == "of" and start > 1 and low[start - 2] in word_set("places_with_of")):
        return "GPE"
    if end - start > 1 and low[start] in given_names() and not is_lexical(low, start + 1, end):
        return "PER"
    if body_beside(sentence, start, end):
        return "ORG"
    if before == "the":
        return "ORG" if end - start > 1 else None
    if end - start in (2, 3) and AGE_OR_SPEECH.match(text, sentence.ends[end - 1]):
        return "PER"
    return "GPE" if before in word_set("locative") and end - start <= PLACE_WORDS else None


def is_lexical(low: Sequence[str], start: int, end: int) -> bool:
    """Whether the words are all common ones ("Victoria Building", "Charity Bank")."""
    return all(word in english_words() and word not in given_names() for word in low[start:end])


def body_beside(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words around a name call it an organisation."""
    low = sentence.low
    before = low[start - 1] if start else ""
    return _is_body(before) or any(_is_body(word) for word in low[end : end + 2])


def _is_body(word: str) -> bool:
    """Whether a noun beside a name says that it is an organisation: "the charity Open Count"."""
    noun = source_nouns().get(word)
    return noun is not None and noun.source_kind in BODIES and not word.endswith("s")


def names_in(sentences: Sequence[Sentence], text: str) -> list[Name]:
    """Named mentions of a document, with labels made consistent across it."""
    common = {
        low
        for sentence in sentences
        for word, low in zip(sentence.words, sentence.low, strict=True)
        if word == low
    }
    common -= given_names()
    found: list[Name] = []
    for number, sentence in enumerate(sentences):
        for start, end in _runs(sentence):
            name = _name(sentence, number, (start, end), text, common)
            if name is not None:
                found.append(name)
    return _consistent(found)


def _name(
    sentence: Sentence, number: int, run: tuple[int, int], text: str, common: set[str]
) -> Name | None:
    start, titled = title_end(sentence, *run)
    end = run[1]
    low = sentence.low
    if end - start == 1:
        word = low[start]
        if word in closed_words() and not sentence.words[start].isupper():
            return None
        opens = start == 0 or sentence.tags[start - 1] == "QT"
        if opens and word in english_words() and word not in given_names():
            return None
        if (word in common or word in source_nouns()) and not ACRONYM.match(sentence.words[start]):
            return None
    label: EntityLabel | None = "PER" if titled else _by_form(sentence, start, end)
    label = label or _by_place(sentence, text, start, end)
    if label is None and sentence.heading and _capitalised(sentence):
        return None
    begin, stop = sentence.begins[start], sentence.ends[end - 1]
    return Name(begin, stop, number, start, end, label, text[begin:stop])


def _capitalised(sentence: Sentence) -> bool:
    """Whether a heading writes most of its words with a capital, so that they mean nothing."""
    words = [word for word in sentence.words if word[0].isalpha()]
    return sum(word[0].isupper() for word in words) > HEADLINE_CASE * len(words)


def _consistent(found: list[Name]) -> list[Name]:
    """Give unlabelled names the label the document gives the same words, or the likeliest."""
    votes: dict[str, Counter[EntityLabel]] = {}
    surnames: dict[str, str] = {}
    for name in found:
        if name.label is not None:
            votes.setdefault(name.text, Counter())[name.label] += 1
        if name.label == "PER" and " " in name.text:
            surnames.setdefault(name.text.rsplit(" ", 1)[1], name.text)
    done: list[Name] = []
    for name in found:
        label = name.label
        if name.text in surnames:
            label = "PER"
        elif label is None:
            voted = votes.get(name.text, Counter())
            label = voted.most_common(1)[0][0] if voted else _likeliest(name.text)
        done.append(name if label == name.label else replace(name, label=label))
    return done


def _likeliest(text: str) -> EntityLabel:
    """The label of a name that nothing around it tells of."""
    words = text.split()
    if words[0] in demonyms() or any(not word[0].isalpha() for word in words):
        return "MISC"
    if words[0].lower() in given_names():
        return "PER"
    lexical = all(word.lower() in english_words() for word in words)
    return "PER" if len(words) in (2, 3) and not lexical else "MISC"


def canonical_names(found: Sequence[Name]) -> dict[str, str]:
    """For each written name the longest form that the document uses for it."""
    people = sorted({n.text for n in found if n.label == "PER"}, key=lambda t: (-len(t), t))
    full: dict[str, str] = {}
    done: set[str] = set()
    for name in found:
        form = name.text
        if name.label == "PER":
            if form in done:
                continue
            done.add(form)
            ends = (p for p in people if p == form or p.endswith(" " + form))
            full[form] = next(ends, form)
        else:
            full.setdefault(form, form)
    return full
