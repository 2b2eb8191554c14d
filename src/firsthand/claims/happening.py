"""Happenings: one event or state of a sentence as read, before it is a claim."""

import msgspec

from firsthand.claims.clauses import Clause
from firsthand.claims.phrases import Phrase


class Happening(msgspec.Struct, frozen=True, gc=False):
    """One event or state: its type, its words, its predicate and who stands in which role."""

    type: str
    start: int
    end: int
    head: int
    predicate: str
    rule: str
    clause: Clause | None
    noun: Phrase | None = None
    """The noun phrase that names the event, where a noun does."""
    anchored: bool = True
    """False for a bare event noun, which needs an actor to be a claim."""
    presupposed: bool = False
    """Whether an adjective presupposes it, so that saying it again adds nothing."""
    noun_role: str = "agent"
    """Role of whom the event noun itself names: "a rebel siege"."""
    subject_role: str = "agent"
    object_role: str = "target"
    judged: bool = False
    """Whether a deed is only named to say what it is worth: "shelling a clinic is a disgrace"."""
    types: tuple[str, ...] = ()
    """Other types that the same words have elsewhere ("fired on the town")."""
    noun_object: str = ""
    """Role of what an event noun is done to, where that of the clause's object differs."""

    @property
    def thing_role(self) -> str:
        """Role of what an event noun is done to: "the murder of a judge"."""
        return self.noun_object or self.object_role
