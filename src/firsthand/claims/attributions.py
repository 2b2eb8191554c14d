"""Attributions by form: verb cues, "according to", noun cues, and headlines with a colon."""

from collections.abc import Sequence
from dataclasses import replace

from firsthand.claims.clauses import Clause, Parsed
from firsthand.claims.contents import backward, forward, preposed, report_at, resumed
from firsthand.claims.doubts import BE
from firsthand.claims.figures import FIGURE, figures
from firsthand.claims.lexicon import Cue, cues, word_set
from firsthand.claims.nominal import answered, bracketed, closing, headline, nominal
from firsthand.claims.objects import object_content
from firsthand.claims.phrasal import phrasal
from firsthand.claims.quotes import Quotes
from firsthand.claims.relays import conduits, relayed
from firsthand.claims.said import (
    Place,
    Range,
    Report,
    apposition,
    complement_start,
    cue_of,
    describe,
    extended,
    inverted,
    is_trailing,
    last_word,
    offsets,
    own_subject,
    some,
)
from firsthand.claims.tokens import Sentence


def reports_of(parsed: Parsed, number: int, quotes: Quotes) -> list[Report]:
    """All attributions of one sentence, in the order of their cues."""
    found = closing(parsed, number) or _by_verbs(parsed, number, quotes)
    found.extend(phrasal(parsed, number, found))
    found.extend(figures(parsed, number, found))
    found.extend(answered(parsed, number, quotes))
    found.extend(_by_nouns(parsed, number, found))
    found.extend(bracketed(parsed, number))
    if not found:
        found.extend(headline(parsed, number, quotes))
    found.extend(conduits(parsed, number, found))
    for report in found:
        if report.source and not report.named[1] and _has_aside(parsed.sentence, report.source[0]):
            describe(report, parsed.sentence)
    return sorted(found, key=lambda report: report.head)


def _by_verbs(parsed: Parsed, number: int, quotes: Quotes) -> list[Report]:
    """The attributions whose cue is a verb."""
    found: list[Report] = []
    for index, clause in enumerate(parsed.clauses):
        cue = cue_of(parsed, clause)
        if cue is None and (meant := _meant(Place(parsed, number, index, quotes))) is not None:
            found.append(meant)
        if cue is None or clause.verb.modal or _is_phrase(parsed, clause):
            continue
        if _taken(parsed, clause, found):
            continue
        place = Place(parsed, number, index, quotes)
        pair = relayed(place, cue)
        if pair:
            found.extend(pair)
            continue
        report = _verbal(place, cue, found)
        if report is not None:
            found.append(report)
    return found


def _by_nouns(parsed: Parsed, number: int, before: Sequence[Report]) -> list[Report]:
    """The attributions whose cue is a noun: those that no verb tells, and claims that one denies."""
    taken = {report.content[0][0]: report for report in before}
    found: list[Report] = []
    for report in nominal(parsed, number):
        told = taken.get(report.content[0][0])
        if told is None:
            found.append(report)
        elif _claimed(report, told):
            found.append(replace(report, content=list(told.content), within=True))
    return found


def _claimed(report: Report, told: Report) -> bool:
    """Whether a noun names whose claim another report denies: "rejects the ministry's claim that"."""
    named = bool(report.source) and report.source not in (report.cue, told.source)
    return named and report.type != "report"


def _has_aside(sentence: Sentence, span: Range) -> bool:
    """Whether more than a noun phrase follows a comma inside a source: ", however", ", who is away"."""
    first, last = sentence.index_at(span[0]), sentence.index_at(span[1] - 1)
    reached = range(first + 1, last)
    if any(sentence.tags[k] == "VN" and sentence.low[k + 1] == "by" for k in reached):
        return True  # "Residents contacted by phone"
    k = next((k for k in range(first, last) if sentence.low[k] == ","), last)
    return k < last and sentence.tags[k + 1] in ("AV", "PP", "TO", "WH", "VN", "VG")


def _taken(parsed: Parsed, clause: Clause, found: Sequence[Report]) -> bool:
    """Whether the verb stands in a cue read before: "quoted … as saying"."""
    head = parsed.sentence.begins[clause.verb.head]
    return any(start <= head < end for report in found for start, end in report.cue)


def _meant(place: Place) -> Report | None:
    """Reads "vowed to rebuild", where cue and content are one verb group."""
    sentence, verb = place.sentence, place.clause.verb
    cue = cues("en", "verb").get(verb.chain[0]) if verb.chain else None
    if cue is None or cue.type != "intend" or verb.modal or sentence.low[verb.start] in BE:
        return None
    source, head = preposed(place)
    start = next((k for k in range(verb.first, verb.head) if sentence.tags[k] == "TO"), -1)
    if source is None or start < 0:
        return None
    report = report_at(place, cue, "object", source, head)
    report.cue = [(sentence.begins[verb.first], sentence.ends[verb.first])]
    report.head, report.content = report.cue[0][0], forward(place, start)
    return report if report.content else None


def _is_phrase(parsed: Parsed, clause: Clause) -> bool:
    """Whether a verb is one of the fixed phrases, which are read apart ("citing X")."""
    return parsed.sentence.low[clause.verb.head] in cues("en", "phrase")


def _verbal(place: Place, cue: Cue, earlier: list[Report]) -> Report | None:
    if is_trailing(place) and (trailing := _trailing(place, cue, earlier)) is not None:
        return trailing
    if place.sentence.lemmas[place.clause.verb.head] == "quote" and place.clause.verb.passive:
        pass
    elif place.clause.verb.passive:
        return _passive(place, cue)
    start, recipient = (-1, None) if cue.takes == "o" else complement_start(place, cue)
    named = place.sentence.lemmas[place.clause.verb.head] == "call"
    if start < 0 or (named and not place.sentence.quoted[min(start, len(place.sentence) - 1)]):
        return object_content(place, cue, earlier)
    if cue.takes == "q" and not place.sentence.quoted[min(start + 1, len(place.sentence) - 1)]:
        return None
    report = report_at(place, cue, "clause", *preposed(place, earlier))
    report.content = forward(place, start)
    if _judges(place, start):
        report.rule, report.type = FIGURE, "say"
    if recipient is not None:
        report.recipient = offsets(place.sentence, recipient.start, recipient.end)
    if not report.source and earlier:
        report.previous = earlier[-1]
    elif not report.source and place.clause.subject is not None:
        main = place.clause.subject
        report.source = some(offsets(place.sentence, main.start, main.end))
        report.source_head = place.sentence.low[main.head]
    return report if report.content else None


def _judges(place: Place, start: int) -> bool:
    """Whether a judgement is quoted as a word or two: "deemed the vote “free and fair”"."""
    sentence, lemma = place.sentence, place.sentence.lemmas[place.clause.verb.head]
    return sentence.tags[start : start + 1] == ["QT"] and lemma in word_set("judging_lemmas")


def _trailing(place: Place, cue: Cue, earlier: list[Report]) -> Report | None:
    sentence, clause = place.sentence, place.clause
    subject, after = own_subject(clause), inverted(place)
    intent = cue.takes == "i" and not sentence.quoted[max(0, clause.start - 2)]
    if subject is not None and intent:
        return None
    if subject is not None:
        source, head = preposed(place)
        stop = clause.verb.end
    elif after is not None and cue.takes != "i":
        far = extended(place.parsed, after, len(sentence))
        far = apposition(place.parsed, far, len(sentence))
        source, head, stop = offsets(sentence, after.start, far), sentence.low[after.head], far
    else:
        return None
    report = report_at(place, cue, "trailing", source, head)
    report.content = backward(place, earlier) + resumed(place, stop)
    told = next((p for p in place.parsed.phrases if p.start == clause.verb.end), None)
    if (
        subject is not None
        and told is not None
        and sentence.lemmas[clause.verb.head] in word_set("tell_verbs")
    ):
        report.recipient = offsets(sentence, told.start, told.end)
    return report if report.content else None


def _passive(place: Place, cue: Cue) -> Report | None:
    """Reads "It was reported that …": no source; "were accused of …": the accuser unnamed."""
    if cue.act == "denial":
        return _denied(place, cue)
    start, _ = complement_start(place, cue)
    if start < 0 or cue.takes == "q":
        return None
    if place.sentence.lemmas[place.clause.verb.head] in word_set("tell_verbs"):
        return _told_by(place, cue, start) if place.clause.verb.finite else None
    subject = place.clause.subject
    if cue.takes != "o" and (subject is None or place.sentence.low[subject.head] != "it"):
        return None
    report = report_at(place, cue, "passive", None, "")
    report.content = forward(place, start)
    return report if report.content else None


def _told_by(place: Place, cue: Cue, start: int) -> Report | None:
    """Reads "he had been told by officers that …": the officers say it."""
    sentence, verb = place.sentence, place.clause.verb
    by = next((p for p in place.parsed.phrases if p.start > verb.end), None)
    if by is None or sentence.low[verb.end : verb.end + 1] != ["by"] or by.start >= start:
        source, head = None, ""
    else:
        source = offsets(sentence, by.start, extended(place.parsed, by, start))
        head = sentence.low[by.head]
    report = report_at(place, cue, "passive" if source is None else "clause", source, head)
    report.content = forward(place, start)
    return report if report.content else None


def _denied(place: Place, cue: Cue) -> Report | None:
    """Reads "Reports that X were denied by Y": Y denies X."""
    sentence, verb = place.sentence, place.clause.verb
    by = next((p for p in place.parsed.phrases if p.start > verb.end), None)
    if by is None or sentence.low[by.start - 1] != "by":
        return None
    start = place.clause.subject.start if place.clause.subject is not None else verb.start
    for j in range(verb.start - 1, 0, -1):
        if sentence.low[j] == "that" and sentence.tags[j] == "SC":
            start = j + 1
    far = extended(place.parsed, by, len(sentence))
    source = offsets(sentence, by.start, apposition(place.parsed, far, last_word(sentence)))
    report = report_at(place, cue, "passive", source, sentence.low[by.head])
    report.content = some(offsets(sentence, start, verb.start))
    return report if report.content else None
