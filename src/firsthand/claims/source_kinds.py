"""Kinds of sources: ministry, military, witness and so on, by register, title and noun."""

from collections.abc import Mapping

from firsthand.claims.entities import Name
from firsthand.claims.known import Known
from firsthand.claims.lexicon import SourceNoun, name_nouns, source_nouns, word_set
from firsthand.claims.person_nouns import is_person, singulars
from firsthand.claims.roles import role_of
from firsthand.model.claim import SourceKind

BY_ACTOR: dict[str, SourceKind] = {
    "ministry": "ministry",
    "military": "military",
    "police": "official",
    "armed_group": "belligerent",
    "organisation": "organisation",
    "outlet": "outlet",
    "agency": "agency",
    "official": "official",
    "state": "official",
    "people": "witness",
    "person": "person",
}
"""The source kind that goes with an actor kind."""


WEAK: Mapping[str, int] = {"witness": 1, "person": 2, "anonymous": 3}
"""Kinds that say little of who speaks, the more telling first."""


def is_someone(head: str) -> bool:
    """Whether a head noun is one person, in office or not."""
    noun = source_nouns().get(head)
    if head in word_set("bodies"):
        return False
    if noun is None:
        return is_person(head)
    return noun.actor_kind in ("official", "people") and not head.endswith("s")


def person_kind(words: str, person: Name, known: Known) -> SourceKind:
    """The kind of a person by title or role around the name, in the text, in the register."""
    whole = known.canonical.get(person.text, person.text)
    found: SourceKind | None = None
    for word in words.lower().replace(",", " ").split():
        kind = role_of(word)
        if kind is not None and kind != "witness":
            return kind  # type: ignore[return-value]  # checked by the table's test
        found = found or ("witness" if kind is not None else None)
    role = known.roles.get(whole)
    if role is not None and role != "witness":
        return role  # type: ignore[return-value]  # a table's word, checked by its test
    registered = BY_ACTOR.get(known.kinds.get(person.text, ""))
    return registered or found or ("witness" if role is not None else "person")


def name_kind(name: Name, known: Known, default: SourceKind | None) -> SourceKind:
    """The kind of a named body by the register and its own nouns; `default` where neither tells."""
    actor = known.kinds.get(name.text)
    if actor is not None and actor in BY_ACTOR:
        return BY_ACTOR[actor]
    for word in reversed(name.text.lower().split()):
        noun = name_nouns().get(word)
        if noun is not None and noun.actor_kind in BY_ACTOR:
            return BY_ACTOR[noun.actor_kind]
    if name.label == "GPE":
        return default or "official"
    return default or "organisation"


def kind_of(head: str, words: str) -> SourceKind:
    """The kind of a source that is not called by name, by the nouns it is called by."""
    for phrase in ("news agency", "news site"):
        if phrase in words:
            return "agency" if phrase == "news agency" else "outlet"
    if head == "agency" and len(words.split()) > 1 and word_set("press").isdisjoint(words.split()):
        return "organisation"
    parts = words.split(" and ")
    if len(parts) > 1 and not parts[0].endswith(","):
        kinds = [kind_of(part.split()[-1], part) for part in parts if part.strip()]
        telling = next((kind for kind in kinds if kind not in WEAK), None)
        if telling is not None and telling not in ("outlet", "organisation"):
            return telling
    own = words.replace(",", " ").split()
    before = own[: own.index(head)] if head in own else []
    noun = source_nouns().get(" ".join([*before[-1:], head])) or noun_of(head)
    issued = word_set("issued_documents")
    if head in issued or (noun is None and head in word_set("telling_bodies")):
        return "organisation"
    if noun is None and are_people(head):
        return "witness"
    if noun is None:
        noun = next((found for word in reversed(own) if (found := noun_of(word)) is not None), None)
    return noun.source_kind if noun is not None else "anonymous"  # type: ignore[return-value]  # a table's word, checked by its test


def noun_of(word: str) -> SourceNoun | None:
    """What the table of sources tells of a noun, in the singular or the plural."""
    return next((source_nouns()[form] for form in singulars(word) if form in source_nouns()), None)


def are_people(head: str) -> bool:
    """Whether a head noun is a person or people in no office: "ferryman", "pharmacists"."""
    return head not in word_set("counted_people") and any(map(is_person, singulars(head)))
