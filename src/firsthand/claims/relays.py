"""Relays: one attribution inside another, "quoted X as saying that", "X, quoted by Y"."""

from firsthand.claims.clauses import Parsed
from firsthand.claims.lexicon import Cue, word_set
from firsthand.claims.phrases import Phrase
from firsthand.claims.said import (
    Place,
    Range,
    Report,
    extended,
    last_word,
    offsets,
    own_subject,
    some,
)

QUOTING = frozenset(("quote", "cite"))
SAYING = frozenset(("saying", "telling", "stating", "reporting", "adding"))
REACH = 12
"""Words between "quoted" and "as saying"."""


def relayed(place: Place, cue: Cue) -> list[Report]:
    """Reads "Y quoted X as saying that …": what X says, inside what Y quotes."""
    sentence, verb = place.sentence, place.clause.verb
    if sentence.lemmas[verb.head] not in QUOTING:
        return []
    saying = _as_saying(place)
    if saying is None:
        return []
    outer, inner = _two(place)
    content = _content(place, saying)
    if inner is None or not content:
        return []
    quoting = (sentence.begins[verb.head], sentence.ends[verb.head])
    first = verb.start if outer is None and verb.passive else saying - 1
    told = (sentence.begins[first], sentence.ends[saying])
    found = [_report(place, inner, told, content, cue)]
    found[0].within = outer is not None
    if outer is not None:
        found.insert(0, _report(place, outer, quoting, content, cue))
    return found


def _as_saying(place: Place) -> int | None:
    sentence, start = place.sentence, place.clause.verb.end
    for j in range(start, min(len(sentence) - 1, start + REACH)):
        if sentence.low[j] == "as" and sentence.low[j + 1] in SAYING:
            return j + 1
    return None


def _two(place: Place) -> tuple[Phrase | None, Phrase | None]:
    """Who quotes and who is quoted."""
    parsed, verb = place.parsed, place.clause.verb
    after = next((p for p in parsed.phrases if p.start >= verb.end), None)
    subject = own_subject(place.clause) or place.clause.subject
    if verb.passive:
        by = after is not None and parsed.sentence.low[after.start - 1] == "by"
        return (after if by else None), subject
    return subject, after


def _content(place: Place, saying: int) -> list[Range]:
    """What is said behind "as saying", or before the whole where the cue closes the sentence."""
    sentence, end = place.sentence, last_word(place.sentence)
    start = saying + 1
    by = next((p for p in place.parsed.phrases if p.start == start + 1), None)
    if by is not None and sentence.low[start] == "by":
        start = by.end  # "was quoted as saying by the agency that"
    if sentence.low[start : start + 1] == ["that"]:
        start += 1
    found = some(offsets(sentence, start, end)) if start < end else []
    before = some(offsets(sentence, 0, place.clause.start))
    return found or before


def _report(place: Place, who: Phrase, cue: Range, content: list[Range], kind: Cue) -> Report:
    sentence = place.sentence
    end = extended(place.parsed, who, max(who.end, place.clause.verb.start))
    return Report(
        source=some(offsets(sentence, who.start, end)),
        cue=[cue],
        content=list(content),
        type=kind.type,
        act="",
        rule="clause",
        sentence=place.number,
        head=cue[0],
        source_head=sentence.low[who.head],
    )


def through(parsed: Parsed, number: int, report: Report) -> list[Report]:
    """Reads "according to X, quoted by Y": Y tells what X says."""
    if not report.source:
        return []
    sentence = parsed.sentence
    i = sentence.index_at(report.source[-1][1])
    if i < len(sentence) and sentence.low[i] in (",", "("):
        i += 1
    words = sentence.low[i : i + 2]
    if (
        len(words) < len(("quoted", "by"))
        or words[1] != "by"
        or words[0] not in word_set("quoted_by")
    ):
        return []
    by = next((p for p in parsed.phrases if p.start == i + 2), None)
    if by is None:
        return []
    cue = (sentence.begins[i], sentence.ends[i + 1])
    end = sentence.ends[by.end - 1]
    content = _without(parsed, report.content, (cue[0], end))
    if not content:
        return []
    report.content, report.within = content, True
    source = some(offsets(sentence, by.start, by.end))
    return [
        Report(source, [cue], list(content), "quote", "", "phrase", number, cue[0],
               source_head=sentence.low[by.head])
    ]  # fmt: skip


def conduits(parsed: Parsed, number: int, found: list[Report]) -> list[Report]:
    """Reads "A nurse quoted by Y said …", "X, cited by Y, said …": Y tells what X says."""
    sentence, made = parsed.sentence, []
    for report in found:
        i = _quoted_by(parsed, report) if report.source and report.content else -1
        by = next((p for p in parsed.phrases if p.start == i + 2), None) if i > 0 else None
        if by is None or report.rule == "phrase":
            continue
        start = report.source[0][0]
        first = sentence.index_at(start)
        cut = offsets(sentence, first, i)
        if cut is None:
            continue
        report.source, report.within = [cut], True
        source = some(offsets(sentence, by.start, by.end))
        cue = (sentence.begins[i], sentence.ends[i + 1])
        made.append(
            Report(source, [cue], list(report.content), "quote", "", "phrase", number, cue[0],
                   source_head=sentence.low[by.head])
        )  # fmt: skip
    inner = {report.cue[0][0] for report in made}
    found[:] = [one for one in found if one.head not in inner]
    return made


def _quoted_by(parsed: Parsed, report: Report) -> int:
    """Where "quoted by" stands in a source, or right behind it before its cue; -1 where not."""
    sentence = parsed.sentence
    first = sentence.index_at(report.source[0][0])
    last = sentence.index_at(report.source[-1][1] - 1)
    for i in range(first + 1, min(last + 3, len(sentence) - 2)):
        aside = sentence.low[i] in word_set("quoted_by") and sentence.tags[i - 1] != "AX"
        if aside and sentence.low[i + 1] == "by":
            ahead = sentence.begins[i] < report.head
            return i if ahead else -1
    return -1


def _without(parsed: Parsed, ranges: list[Range], hole: Range) -> list[Range]:
    """Ranges without a hole, trimmed of the comma behind it."""
    sentence, found = parsed.sentence, []
    for start, end in ranges:
        for one in ((start, min(end, hole[0])), (max(start, hole[1]), end)):
            if one[0] < one[1]:
                first, last = sentence.index_at(one[0]), sentence.index_at(one[1] - 1) + 1
                found += some(offsets(sentence, first, last))
    return found
