"""Person nouns: which nouns name someone or something that can tell, by tables and by endings."""

from functools import cache
from typing import Final

from firsthand.claims.event_types import classes_of
from firsthand.claims.lexicon import source_nouns, titles, word_set

STEM: Final = 3
"""Letters at least before the ending of a person: "baker", not "over"."""
THINGS: Final = frozenset(
    ("building", "equipment", "place", "route", "transport", "weapon", "ordnance", "natural",
     "disease", "package")
)  # fmt: skip
"""Classes of words that are no persons, however they end."""


def singulars(noun: str) -> list[str]:
    """A noun and what may be its singular: "armies" is of "army", "dockers" of "docker"."""
    forms = [noun, noun.removesuffix("s")]
    if noun.endswith("men"):
        forms.append(noun.removesuffix("men") + "man")
    if noun.endswith("ies"):
        forms.append(noun.removesuffix("ies") + "y")
    return forms


@cache
def can_speak(noun: str) -> bool:
    """Whether a noun names someone, a body, a document or a medium that can tell something."""
    forms = singulars(noun)
    listed = (
        word_set("media")
        | word_set("documents")
        | word_set("telling_things")
        | word_set("telling_bodies")
    )
    return any(
        form in source_nouns()
        or form in titles()
        or form in listed
        or "person" in classes_of(form)
        or is_person(form)
        for form in forms
    )


@cache
def is_person(noun: str) -> bool:
    """Whether a singular noun is a person by how it ends: "ferryman", "pharmacist", "seller"."""
    if noun in word_set("person_nouns"):
        return True
    if noun in word_set("not_persons") or not classes_of(noun).isdisjoint(THINGS):
        return False
    return any(
        noun.endswith(ending) and len(noun) >= len(ending) + STEM
        for ending in word_set("person_endings")
    )
