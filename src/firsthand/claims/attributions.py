"""Attributions by form: verb cues, "according to", noun cues, and headlines with a colon."""

from collections.abc import Sequence

from firsthand.claims.clauses import Clause, Parsed
from firsthand.claims.doubts import BE
from firsthand.claims.figures import FIGURE, figures
from firsthand.claims.hedges import hedge_spans
from firsthand.claims.lexicon import Cue, cues, word_set
from firsthand.claims.nominal import answered, headline, nominal
from firsthand.claims.phrasal import phrasal
from firsthand.claims.quotes import Quotes
from firsthand.claims.relays import relayed
from firsthand.claims.said import (
    MAX_GAP,
    Place,
    Range,
    Report,
    apposition,
    complement_start,
    content_end,
    cue_of,
    cue_range,
    extended,
    goes_on,
    inverted,
    is_trailing,
    last_word,
    offsets,
    own_subject,
    some,
)
from firsthand.claims.tokens import Sentence

CALLED = 8
"""Words behind "called the move" in which what it was called is quoted."""


def reports_of(parsed: Parsed, number: int, quotes: Quotes) -> list[Report]:
    """All attributions of one sentence, in the order of their cues."""
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
    found.extend(phrasal(parsed, number, found))
    found.extend(figures(parsed, number, found))
    found.extend(answered(parsed, number, quotes))
    taken = {report.content[0][0] for report in found}
    found.extend(r for r in nominal(parsed, number) if r.content[0][0] not in taken)
    if not found:
        found.extend(headline(parsed, number))
    return sorted(found, key=lambda report: report.head)


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
    source, head = _preposed(place)
    start = next((k for k in range(verb.first, verb.head) if sentence.tags[k] == "TO"), -1)
    if source is None or start < 0:
        return None
    report = _report(place, cue, "object", source, head)
    report.cue = [(sentence.begins[verb.first], sentence.ends[verb.first])]
    report.head, report.content = report.cue[0][0], forward(place, start)
    return report if report.content else None


def _is_phrase(parsed: Parsed, clause: Clause) -> bool:
    """Whether a verb is one of the fixed phrases, which are read apart ("citing X")."""
    return parsed.sentence.low[clause.verb.head] in cues("en", "phrase")


def _report(place: Place, cue: Cue, rule: str, source: Range | None, head: str) -> Report:
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
        negated=clause.verb.negated,
        hedged=beside[0][2] if beside else "",
        source_head=head,
    )


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
        return _object_content(place, cue, earlier)
    if cue.takes == "q" and not place.sentence.quoted[min(start + 1, len(place.sentence) - 1)]:
        return None
    report = _report(place, cue, "clause", *_preposed(place, earlier))
    report.content = forward(place, start)
    if recipient is not None:
        report.recipient = offsets(place.sentence, recipient.start, recipient.end)
    if not report.source and earlier:
        report.previous = earlier[-1]
    elif not report.source and place.clause.subject is not None:
        main = place.clause.subject
        report.source = some(offsets(place.sentence, main.start, main.end))
        report.source_head = place.sentence.low[main.head]
    return report if report.content else None


def _preposed(place: Place, earlier: Sequence[Report] = ()) -> tuple[Range | None, str]:
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
    whole = not any(tag in ("VF", "MD", "VG") for tag in between)
    end = stop if whole else extended(place.parsed, subject, stop)
    while end > subject.end and sentence.tags[end - 1] in ("AV", "NG", "TM", "PP", "QT"):
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


def _trailing(place: Place, cue: Cue, earlier: list[Report]) -> Report | None:
    sentence, clause = place.sentence, place.clause
    subject, after = own_subject(clause), inverted(place)
    intent = cue.takes == "i" and not sentence.quoted[max(0, clause.start - 2)]
    if subject is not None and intent:
        return None
    if subject is not None:
        source, head = _preposed(place)
        stop = clause.verb.end
    elif after is not None and cue.takes != "i":
        far = extended(place.parsed, after, len(sentence))
        far = apposition(place.parsed, far, len(sentence))
        source, head, stop = offsets(sentence, after.start, far), sentence.low[after.head], far
    else:
        return None
    report = _report(place, cue, "trailing", source, head)
    report.content = backward(place, earlier) + _resumed(place, stop)
    told = next((p for p in place.parsed.phrases if p.start == clause.verb.end), None)
    if (
        subject is not None
        and told is not None
        and sentence.lemmas[clause.verb.head] in word_set("tell_verbs")
    ):
        report.recipient = offsets(sentence, told.start, told.end)
    return report if report.content else None


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


def _resumed(place: Place, stop: int) -> list[Range]:
    """Content that goes on behind an interposed cue: "A, the ministry said, with B"."""
    sentence = place.sentence
    tags, low = sentence.tags, sentence.low
    j = stop
    while j < len(sentence) and tags[j] in ("PP", "DT", "NN", "TM", "AV", "CD", "NP", "JJ"):
        j += 1
    if j + 2 >= last_word(sentence) or low[j] != ",":
        return []
    if tags[j + 1] == "VG" and sentence.lemmas[j + 1] in cues("en", "verb"):
        return []
    if low[j + 1] == "and" and goes_on(place, j + 1):
        return forward(place, j + 2)
    if low[j + 1] in ("but", "while", "and", "although", "as", "who", "which", "whose"):
        return []
    after = [t for t in tags[j + 1 :] if t in ("WH", "VF", "VN", "VG", "AX", "MD")]
    verbal = bool(after) and after[0] != "WH"
    if not verbal and low[j + 1] not in ("with", "including"):
        return []
    return forward(place, j + 1)


def _passive(place: Place, cue: Cue) -> Report | None:
    """Reads "It was reported that …": no source; "were accused of …": the accuser unnamed."""
    if cue.act == "denial":
        return _denied(place, cue)
    start, _ = complement_start(place, cue)
    if start < 0 or cue.takes == "q":
        return None
    if place.sentence.lemmas[place.clause.verb.head] in word_set("tell_verbs"):
        return _told_by(place, cue, start)
    subject = place.clause.subject
    if cue.takes != "o" and (subject is None or place.sentence.low[subject.head] != "it"):
        return None
    report = _report(place, cue, "passive", None, "")
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
    report = _report(place, cue, "passive" if source is None else "clause", source, head)
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
    source = offsets(sentence, by.start, extended(place.parsed, by, len(sentence)))
    report = _report(place, cue, "passive", source, sentence.low[by.head])
    report.content = some(offsets(sentence, start, verb.start))
    return report if report.content else None


def _object_content(place: Place, cue: Cue, earlier: list[Report]) -> Report | None:
    """Content that is a noun phrase or an object with its infinitive or "of" phrase."""
    sentence, verb = place.sentence, place.clause.verb
    source, head = _preposed(place, earlier)
    if source is None and not earlier:
        return None
    start = verb.end
    if (infinitive := _infinitive(place)) > 0:
        report = _report(place, cue, "object", source, head)
        report.content = forward(place, infinitive)
        return report if source is not None and report.content else None
    if sentence.lemmas[verb.head] == "call" and sentence.tags[start : start + 1] != ["PP"]:
        return _called(place, cue, source, head)
    if "i" in cue.takes and sentence.low[start : start + 1] in (["on"], ["for"]):
        start += 1
    wished = cue.type == "order" and sentence.low[start - 1] == "for" and start > verb.end
    if start >= len(sentence) or not (wished or _object_fits(place, cue, start, head)):
        return None
    report = _report(place, cue, "object", source, head)
    if source is None:
        report.previous = earlier[-1]
    if cue.type == "predict" and sentence.low[start] == "of":
        start += 1
    report.content = forward(place, start)
    return report if report.content else None


def _infinitive(place: Place) -> int:
    """Where "to have left" begins behind "claimed on Monday"; 0 where it does not."""
    sentence, start = place.sentence, place.clause.verb.end
    if sentence.lemmas[place.clause.verb.head] not in word_set("claims_to"):
        return 0
    for j in range(start, min(len(sentence), start + MAX_GAP)):
        if sentence.tags[j] == "TO":
            return j
        if sentence.tags[j] not in ("PP", "TM", "AV"):
            break
    return 0


def _called(place: Place, cue: Cue, source: Range | None, head: str) -> Report | None:
    """Reads "called the move “a gift”": a judgement in the caller's words, no order."""
    sentence, start = place.sentence, place.clause.verb.end
    ahead = range(start, min(start + CALLED, len(sentence)))
    opening = next((j for j in ahead if sentence.tags[j] == "QT"), None)
    if opening is None or source is None:
        return None
    report = _report(place, cue, FIGURE, source, head)
    report.type, report.act = "say", ""
    report.content = forward(place, opening)
    return report if report.content else None


def _object_fits(place: Place, cue: Cue, start: int, head: str) -> bool:
    """Whether what follows the cue is the kind of object it takes."""
    if "i" in cue.takes:
        return _has(place.sentence, start, ("to",), place)
    if cue.type == "predict" and place.sentence.low[start] == "of":
        return True
    if place.sentence.tags[start] == "VG" and "c" in cue.takes:
        return bool(cue.act) or cue.type == "report"
    if cue.takes == "n" and place.sentence.low[start] in word_set("motion_prepositions"):
        return False
    if cue.takes == "o":
        return _has(place.sentence, start, ("of",), place)
    named = cue.takes == "n" or (cue.takes == "cn" and _media_or_act(head, cue))
    return named and bool(place.clause.objects)


def _has(sentence: Sentence, start: int, words: Sequence[str], place: Place) -> bool:
    nouns = any(p.start >= start for p in place.parsed.phrases)
    return nouns and any(word in words for word in sentence.low[start : start + 12])


def _media_or_act(head: str, cue: Cue) -> bool:
    return head in word_set("media") or cue.act != "" or cue.type == "confirm"
