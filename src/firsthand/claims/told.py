"""Told: what a claim owes to how it is told, its words before a cue and its actors without the teller."""

from collections.abc import Sequence
from typing import Final

from firsthand.claims.happening import Happening
from firsthand.claims.tokens import Sentence
from firsthand.model.claim import Actor, Attribution
from firsthand.model.record import Span, span_of

UNDERGONE: Final = frozenset(("victim", "target", "besieged", "recipient"))
"""Roles in which whoever tells of an event in the same sentence does not stand."""
SPEECH: Final = frozenset(("statement_accusation", "denial"))


def before_cue(
    text: str, sentence: Sentence, happening: Happening, told: Attribution | None
) -> tuple[Span, ...]:
    """The words of an event before a cue that interrupts it: "His cousin, he said, is …"."""
    clause = happening.clause
    if clause is None or clause.subject is None or told is None or len(told.content) < 2:
        return ()
    subject = clause.subject
    begin, stop = sentence.begins[subject.start], sentence.ends[subject.end - 1]
    if subject.start < happening.start or subject.end > clause.verb.start:
        return ()
    parts = [s for s in told.content if s.start <= begin and stop <= s.end]
    own = any(s.start <= sentence.begins[happening.head] < s.end for s in parts)
    return (span_of(text, begin, stop),) if parts and not own else ()


def without_teller(
    actors: Sequence[Actor], told: Attribution | None, happening: Happening, *, figure: bool
) -> tuple[Actor, ...]:
    """The actors without who only tells of it: whoever gives a figure did not cause it."""
    if told is None:
        return tuple(actors)
    counted = figure and happening.type not in SPEECH
    return tuple(
        actor
        for actor in actors
        if not (counted or actor.role in UNDERGONE)
        or not any(s.start < actor.end and actor.start < s.end for s in told.source)
    )
