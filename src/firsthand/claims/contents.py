"""Contents: what a cue tells, before it or behind it, and the report that holds it."""

from collections.abc import Sequence

from firsthand.claims.hedges import hedge_spans
from firsthand.claims.lexicon import Cue, cues, word_set
from firsthand.claims.said import (
    Place,
    Range,
    Report,
    apposition,
    content_end,
    cue_range,
    extended,
    goes_on,
    last_word,
    offsets,
    own_subject,
)
from firsthand.claims.tokens import Sentence

ENDS = frozenset(("AV", "NG", "TM", "PP", "QT", "PU"))
"""Word classes that end no source: "Residents, however," are residents."""


def report_at(place: Place, cue: Cue, rule: str, source: Range | None, head: str) -> Report:
    """A report of the cue of a clause, its content still to be found."""
    begin, stop = cue_range(place)
    clause = place.clause
    beside = hedge_spans(place.sentence, max(0, clause.verb.start - 3), clause.verb.end)
    return Report(
        source=[source] if source else [],
        cue=[(begin, stop)],
        content=[],
        type=cue.type,
        act=cue.act,
        rule=rule,
        sentence=place.number,
        head=begin,
        negated=clause.verb.negated or "nor" in place.sentence.low[clause.start : clause.verb.head],
        hedged=beside[0][2] if beside else "",
        source_head=head,
    )


def preposed(place: Place, earlier: Sequence[Report] = ()) -> tuple[Range | None, str]:
    """The source before the cue, and its head noun."""
    sentence = place.sentence
    finite = sentence.tags[place.clause.verb.first] == "VF" or place.clause.verb.finite
    subject = own_subject(place.clause) or (place.clause.subject if finite else None)
    if subject is None or subject.start > place.clause.verb.start:
        return None, ""
    if earlier and own_subject(place.clause) is None and not place.clause.relative:
        last = earlier[-1]
        return (last.source[0] if last.source else None), last.source_head
    stop = place.clause.verb.start
    if subject.end > stop or place.clause.relative:
        return offsets(sentence, subject.start, subject.end), sentence.low[subject.head]
    between = sentence.tags[subject.end : stop]
    whole = not any(tag in ("VF", "MD", "VG", "AX") for tag in between)
    end = stop if whole else extended(place.parsed, subject, stop)
    end = end if whole else apposition(place.parsed, end, stop)
    while end > subject.end and sentence.tags[end - 1] in ENDS:
        end -= 1
    return offsets(sentence, subject.start, end), sentence.low[subject.head]


def forward(place: Place, start: int) -> list[Range]:
    """Content after the cue; a quotation that opens it is taken to its end."""
    sentence = place.sentence
    if start >= len(sentence):
        return []
    quotation = place.quotes.at(sentence.begins[start])
    end = content_end(place, start)
    found = offsets(sentence, start, end)
    if found is None:
        return []
    if quotation is not None and quotation.start <= found[0] and quotation.end >= found[1]:
        return [(max(quotation.start, sentence.begins[start]), quotation.end)]
    for inner in place.quotes.inside(*found):
        if inner.start < found[1] <= inner.end:
            found = (found[0], inner.end)
    return [found]


def backward(place: Place, earlier: list[Report]) -> list[Range]:
    """Content before a trailing cue, back to the start of the sentence or of its quotation."""
    sentence = place.sentence
    end = place.clause.start
    if sentence.low[end - 1] == "as":
        end -= 1
    begin = 0
    for report in earlier:
        if report.rule == "trailing" and report.cue:
            begin = max(begin, sentence.index_at(report.cue[0][1]))
    found = offsets(sentence, begin, end)
    if found is None:
        return []
    quotation = place.quotes.at(found[0])
    if quotation is not None and quotation.start < found[0]:
        found = (quotation.start, found[1])
    last = place.quotes.at(found[1] - 1)
    if last is not None and last.end <= sentence.begins[place.clause.start]:
        found = (found[0], last.end)
    return [found]


def resumed(place: Place, stop: int) -> list[Range]:
    """Content that goes on behind an interposed cue: "A, the ministry said, with B"."""
    sentence = place.sentence
    tags, low = sentence.tags, sentence.low
    j = stop
    while j < len(sentence) and tags[j] in ("PP", "DT", "NN", "TM", "AV", "CD", "NP", "JJ"):
        j += 1
    if j + 2 >= last_word(sentence) or low[j] != ",":
        return []
    second = tags[j + 1] == "VG" and sentence.lemmas[j + 1] in cues("en", "verb")
    if second or is_backdrop(sentence, j + 1):
        return []
    if low[j + 1] == "and" and (tags[j + 2] in ("MD", "AX") or goes_on(place, j + 1)):
        return forward(place, j + 2)
    charged = tags[j + 1] == "DT" and not word_set("charges").isdisjoint(low[j + 2 : j + 4])
    if charged or low[j + 1] in ("but", "while", "and", "although", "as", "who", "which", "whose"):
        return []
    after = [t for t in tags[j + 1 :] if t in ("WH", "VF", "VN", "VG", "AX", "MD")]
    verbal = bool(after) and after[0] != "WH"
    if not verbal and low[j + 1] not in ("with", "including"):
        return []
    return forward(place, j + 1)


def is_backdrop(sentence: Sentence, k: int) -> bool:
    """Whether words behind a speaker tell when it was, by the writer: ", two days after …"."""
    low, end = sentence.low, k
    while sentence.tags[end : end + 1] and sentence.tags[end] in ("CD", "DT", "AV", "JJ"):
        end += 1
    unit = low[end : end + 1] and low[end].removesuffix("s") in word_set("time_units")
    return bool(unit) and low[end + 1 : end + 2] in (["after"], ["before"], ["since"])
