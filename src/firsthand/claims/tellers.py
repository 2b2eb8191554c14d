"""Tellers: who speaks, by name, kind and the words around the name."""

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, field

from firsthand.claims.entities import Name
from firsthand.claims.known import Known
from firsthand.claims.lexicon import english_words, source_nouns, titles, word_set
from firsthand.claims.person_nouns import can_speak, is_person
from firsthand.claims.said import Range
from firsthand.claims.source_kinds import kind_of, person_kind
from firsthand.model.claim import SourceKind

UNNAMED = "unnamed source"
ARTICLES = ("the ", "a ", "an ", "this ", "that ")
TAIL = 60
"""Characters behind a name in which its role is looked for."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who speaks: the name the text allows, the kind, and the head noun it was known by."""

    name: str
    kind: SourceKind
    head: str = ""
    person: bool = False
    called: str = ""
    """The words around the name, lower case: "works minister tobias ferrand"."""


NOBODY = Source(UNNAMED, "anonymous")


@dataclass(frozen=True, slots=True)
class Told:
    """Who spoke before, in reading order, where the cues stand, and who is "he", who "she"."""

    sources: Sequence[Source]
    heads: Sequence[int]
    genders: MutableMapping[str, str] = field(default_factory=dict)


def bare(text: str) -> str:
    """Words without a leading article, white space as single blanks."""
    words = " ".join(text.split())
    low = words.lower()
    if not low.startswith(ARTICLES):
        return words
    return words[next(len(article) for article in ARTICLES if low.startswith(article)) :]


def by_name(person: Name, span: Range, known: Known, text: str, head: str) -> Source:
    """A person who is called by name in `span`."""
    words = text[span[0] : span[1]]
    return Source(
        known.canonical.get(person.text, person.text),
        person_kind(words + _tail(text, span[1]), person, known),
        head,
        person=True,
        called=f"{words} {_tail(text, span[1])}".lower().replace(",", " "),
    )


def _tail(text: str, end: int) -> str:
    """The words that may describe a speaker behind the name: ", 54, a farmer"."""
    following = text[end : end + TAIL]
    return following.split(".")[0].split("\n")[0] if following[:1] == "," else ""


def nameless(words: str, head: str) -> Source:
    """A source without a name; "a crane operator" is a person, "the operator" a firm."""
    words = _in_small_letters(words)
    kind, noun = kind_of(head, bare(words).lower()), source_nouns().get(head)
    firm = noun is not None and noun.actor_kind == "organisation"
    if firm and is_person(head) and words.lower().startswith(("a ", "an ", "one ")):
        return Source(bare(words), "witness", head, person=True)
    alone = not firm and head not in word_set("bodies") and (is_person(head) or head in titles())
    return Source(bare(words), kind, head, person=alone)


def _in_small_letters(words: str) -> str:
    """Words that have a capital only because they open a sentence: "Residents of the port"."""
    first, _, rest = words.partition(" ")
    low = first.lower()
    common = can_speak(low) or (rest[:1].islower() and low in english_words())
    return f"{low} {rest}".strip() if first[:1].isupper() and common else words
