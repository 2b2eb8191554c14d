"""Narration: what a portrait tells between the quotations, in the eyes of whom it is about.

"“I wrote the hour in the book,” she says. Then she went out. There was a cloud over the shaft."
"""

from collections.abc import Sequence
from typing import Final

from firsthand.claims.clauses import Clause, Parsed
from firsthand.claims.phrases import Phrase
from firsthand.claims.said import Range, Report, offsets
from firsthand.claims.verbs import verb_forms

RULE: Final = "narrated"
HE: Final = frozenset(("he", "she"))
HIS: Final = frozenset(("his", "her"))
OPENS: Final = 3
"""Words at the head of a sentence among which "her" shows whose eyes see it."""
LEAST: Final = 2
"""Cues in the present tense ("she says") that make a text a portrait."""
PAST: Final = frozenset(("was", "were", "had", "did"))


def narrated(found: Sequence[Report], parsed: Sequence[Parsed]) -> list[Report]:
    """Implicit reports for the sentences of a portrait that tell what its person lived through."""
    if not _is_portrait(found, parsed):
        return []
    taken = [span for report in found for span in (*report.content, *report.cue)]
    made: list[Report] = []
    for number, item in enumerate(parsed):
        if not _tells(item) or _overlaps(taken, item):
            continue
        whose = _whose(item)
        last = made[-1] if made else None
        near = last is not None and _beside(parsed, last.sentence, number)
        if whose is not None or near:
            report = _report(item, number, whose, last)
            if report is not None:
                made.append(report)
    return made


def _is_portrait(found: Sequence[Report], parsed: Sequence[Parsed]) -> bool:
    """Whether a text quotes one or two people in the present tense: "she says", "he tells us"."""
    tenses = [
        _in_present(report, parsed[report.sentence])
        for report in found
        if report.source_head in HE and report.cue and report.sentence >= 0
    ]
    return tenses.count(True) >= max(LEAST, tenses.count(False))


def _in_present(report: Report, item: Parsed) -> bool:
    sentence = item.sentence
    form = verb_forms().get(sentence.low[sentence.index_at(report.cue[-1][1] - 1)])
    return form is not None and form.kinds[0] == "Z"


def _overlaps(taken: Sequence[Range], item: Parsed) -> bool:
    sentence = item.sentence
    return any(start < sentence.end and sentence.start < end for start, end in taken)


def _main(item: Parsed) -> Clause | None:
    return next((c for c in item.clauses if c.verb.finite and not c.relative), None)


def _tells(item: Parsed) -> bool:
    """Whether a sentence tells something past that no named person is the subject of."""
    sentence, main = item.sentence, _main(item)
    if main is None or sentence.heading or any(sentence.quoted):
        return False
    form = verb_forms().get(sentence.low[main.verb.head])
    past = not PAST.isdisjoint(sentence.low[main.verb.start : main.verb.end])
    past = past or (form is not None and "D" in form.kinds)
    subject = main.subject
    named = subject is not None and sentence.tags[subject.head] == "NP"
    return past and not (named or main.verb.modal)


def _whose(item: Parsed) -> Phrase | None:
    """The pronoun that shows whose eyes see it: "When she looked", "Of her 118 lamps"."""
    sentence = item.sentence
    for clause in item.clauses:
        subject = clause.subject if clause.verb.finite else None
        if subject is not None and sentence.low[subject.head] in HE:
            return subject
    own = next((k for k, word in enumerate(sentence.low[:OPENS]) if word in HIS), None)
    return Phrase(own, own + 1, own) if own is not None else None


def _beside(parsed: Sequence[Parsed], before: int, number: int) -> bool:
    """Whether a sentence stands right behind one that is narrated, in the same paragraph."""
    one, other = parsed[before].sentence, parsed[number].sentence
    return one.paragraph == other.paragraph and number - before <= LEAST


def _report(item: Parsed, number: int, whose: Phrase | None, last: Report | None) -> Report | None:
    sentence = item.sentence
    span = offsets(sentence, 0, len(sentence))
    if span is None:
        return None
    if whose is None or sentence.low[whose.head] in HIS:
        if last is None:
            return None
        return Report(
            [], [], [span], "say", "", RULE, number, span[0], implicit=True, previous=last
        )
    source = offsets(sentence, whose.start, whose.end)
    head = sentence.low[whose.head]
    return Report([source] if source else [], [], [span], "say", "", RULE, number, span[0],
                  implicit=True, source_head=head)  # fmt: skip
