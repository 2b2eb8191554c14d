"""Told: what a claim owes to how it is told, its words before a cue and its actors without the teller."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final

from firsthand.claims.clauses import Parsed
from firsthand.claims.happening import Happening
from firsthand.claims.plain_clauses import PLAIN
from firsthand.claims.said import Report
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


def tells_of_source(sentence: Sentence, happening: Happening, reports: Iterable[Report]) -> bool:
    """Whether a clause without an event only describes who speaks: "an audit seen by …"."""
    if happening.type != "other" or not happening.rule.startswith(PLAIN):
        return False
    offset = sentence.begins[happening.head]
    return any(
        start <= offset < end
        for report in reports
        if sentence.start <= report.head < sentence.end and report.head != offset
        for start, end in report.source
    )


def near(sentence: Sentence, attribution: Attribution | None) -> str:
    """The speaker whose cue opens this sentence, outside quotation marks."""
    if attribution is None or attribution.quotation != "indirect" or not attribution.source:
        return ""
    first = attribution.source[0]
    here = sentence.start <= first.start < sentence.end
    leads = here and first.start < attribution.content[0].start
    return attribution.source_name if leads else ""


def cue_clauses(parsed: Parsed, told: Sequence[int]) -> frozenset[int]:
    """The clauses that are cues of attributions; `told` are their offsets, sorted."""
    sentence = parsed.sentence
    heads = told[bisect_left(told, sentence.start) : bisect_left(told, sentence.end)]
    return frozenset(
        i
        for i, clause in enumerate(parsed.clauses)
        for head in heads
        if sentence.begins[clause.verb.start] <= head < sentence.ends[clause.verb.head]
    )
