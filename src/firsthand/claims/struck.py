"""Struck: things and places as what an attack or a siege is aimed at, and those whose they are."""

from typing import Final

from firsthand.claims.event_types import classes_of
from firsthand.claims.lexicon import instruments, source_nouns, word_set
from firsthand.claims.phrases import Phrase
from firsthand.claims.tokens import Sentence

HIT: Final = frozenset(("target", "besieged", "victim"))
"""Roles of what is struck."""
OWNED: Final = frozenset(
    ("building", "place", "route", "vehicle", "equipment", "weapon", "ordnance", "airpower",
     "military", "transport", "premises")
)  # fmt: skip
"""Classes of things that belong to somebody: what hits them hits the owner."""
ARMS: Final = frozenset(
    ("equipment", "weapon", "ordnance", "airpower", "military", "vehicle", "transport")
)
"""Classes of things by which their owner acts: "the army's guns shelled"."""
STRUCK: Final = frozenset(("building", "route", "vehicle"))
SIDES: Final = frozenset(("military", "police", "armed_group", "state", "official"))
"""Kinds of those who own what is called after them: "government tanks", "police vans"."""


def is_struck(head: str, kind: str, role: str) -> bool:
    """Whether a noun is a thing that a happening of a type is aimed at."""
    classes = classes_of(head)
    if role == "besieged":
        return not classes.isdisjoint(STRUCK | {"place"}) or head in word_set("struck_things")
    if role != "target" or kind not in word_set("striking_types"):
        return False
    things = STRUCK | {"place"}
    return head in word_set("struck_things") or not classes.isdisjoint(things)


def owner_of(sentence: Sentence, start: int, end: int, role: str) -> tuple[int, int] | None:
    """The words for whose a thing is: "the fishermen's wharf", "its guns", "police vans"."""
    head = sentence.low[end - 1]
    owned = OWNED if role in HIT else ARMS
    listed = head in (word_set("struck_things") if role in HIT else instruments())
    if not listed and classes_of(head).isdisjoint(owned):
        return None
    for i in range(end - 1, start, -1):
        if sentence.tags[i] == "PS":
            return start, i
    if sentence.low[start] in word_set("possessive_pronouns"):
        return start, start + 1
    before = end - 2
    if before < start:
        return None
    noun = source_nouns().get(sentence.low[before])
    if noun is not None and noun.actor_kind in SIDES and sentence.tags[before] == "NN":
        return before, before + 1
    return None


def whole_of(sentence: Sentence, end: int, phrases: tuple[Phrase, ...]) -> Phrase | None:
    """What a part is of: "the gate of the refinery"."""
    if sentence.low[end : end + 1] != ["of"] or sentence.low[end - 1] not in word_set("parts_of"):
        return None
    return next((phrase for phrase in phrases if phrase.start == end + 1), None)
