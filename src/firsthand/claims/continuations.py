"""Continuations: quotations without a cue of their own, and sentences that go on with "also"."""

from collections.abc import Sequence

from firsthand.claims.clauses import Parsed
from firsthand.claims.lexicon import cues, word_set
from firsthand.claims.narration import narrated
from firsthand.claims.phrases import Phrase
from firsthand.claims.quotes import Quotes, is_scare
from firsthand.claims.said import Range, Report, closes, cue_of, offsets, own_subject
from firsthand.model.document import Quotation

SPEECH = frozenset(("say", "report", "confirm", "claim", "quote", "predict", "order", "propose"))
CUE_SENTENCE = 160
"""Characters of one short sentence with a cue, between two parts of one quotation."""
CUE_WORDS = 14
"""Words of a sentence that is only a cue and whom it was said to."""
NOT_TOLD = frozenset(("i", "we", "you", "it", "that", "this", "there", "who", "which"))
"""Subjects of "would" in the writer's own reasoning: "it would be the first such strike"."""
GOES_ON_WORDS = 12
"""A sentence goes on with the report before it where such a word is among its first words."""


def continued(
    reports: list[Report], parsed: Sequence[Parsed], quotes: Quotes, text: str
) -> list[Report]:
    """The reports with what belongs to them added, and the implicit ones, in reading order."""
    found = [*reports, *_set_apart(reports, parsed, quotes)]
    for quotation in quotes.spans:
        if is_scare(quotation, text) or _covered(quotation, found):
            continue
        _place_quotation(quotation, found, parsed, text)
    _go_on(found, parsed)
    found += narrated(found, parsed)
    return sorted(found, key=lambda report: (report.head, report.content[0]))


def _set_apart(reports: Sequence[Report], parsed: Sequence[Parsed], quotes: Quotes) -> list[Report]:
    """Cues that stand in a sentence of their own behind a quotation: "“Why now?” Dahl asked."."""
    heads = {report.sentence for report in reports}
    found: list[Report] = []
    for number in range(1, len(parsed)):
        item, before = parsed[number], parsed[number - 1].sentence
        quotation = quotes.at(before.end - 1)
        if number in heads or quotation is None or before.paragraph != item.sentence.paragraph:
            continue
        if quotation.end > before.end or len(item.sentence) > CUE_WORDS or not item.clauses:
            continue
        report = _lone_cue(item, number, (quotation.start, quotation.end))
        if report is not None:
            found.append(report)
    return found


def _lone_cue(item: Parsed, number: int, content: Range) -> Report | None:
    """The report of a sentence that is nothing but "Dahl asked"."""
    clause, sentence = item.clauses[0], item.sentence
    cue, subject = cue_of(item, clause), own_subject(clause)
    if cue is None or subject is None or not closes(sentence, clause.verb.end):
        return None
    verb = clause.verb
    span = (sentence.begins[verb.start], sentence.ends[verb.head])
    source = offsets(sentence, subject.start, verb.start)
    head = sentence.low[subject.head]
    return Report(
        [source] if source else [], [span], [content], cue.type, "", "apart", number, span[0],
        source_head=head,
    )  # fmt: skip


def _covered(quotation: Quotation, reports: Sequence[Report]) -> bool:
    return any(
        start < quotation.end and quotation.start < end
        for report in reports
        for start, end in report.content
    )


def _paragraph_at(parsed: Sequence[Parsed], offset: int) -> int:
    for item in parsed:
        if item.sentence.end > offset:
            return item.sentence.paragraph
    return -1


def _place_quotation(
    quotation: Quotation, found: list[Report], parsed: Sequence[Parsed], text: str
) -> None:
    """Give a quotation without a cue to the report before it, or to the line that leads in."""
    here = _paragraph_at(parsed, quotation.start)
    span = (quotation.start, quotation.end)
    before = [r for r in found if r.content and r.content[-1][1] <= quotation.start]
    last = max(before, key=lambda r: (r.content[-1][1], r.head), default=None)
    if last is not None and last.type in SPEECH:
        gap = text[last.content[-1][1] : quotation.start]
        paragraph = _paragraph_at(parsed, last.head)
        if paragraph == here and not last.implicit and len(gap) < CUE_SENTENCE:
            last.content.append(span)
            return
        if last.block or (quotation.continues and last.implicit) or here - paragraph == 1:
            lead = _lead_in(parsed, here)
            if lead is None:
                _follow(last, span, found)
                return
    lead = _lead_in(parsed, here)
    if lead is not None:
        lead.content.append(span)
        found.append(lead)


def _follow(last: Report, span: Range, found: list[Report]) -> None:
    """A further paragraph of a block joins it; else the quotation becomes an implicit report."""
    if last.block:
        last.content.append(span)
        return
    origin = last.previous if last.implicit and last.previous is not None else last
    found.append(
        Report(
            [], [], [span], last.type, "", "quotation", -1, span[0], implicit=True, previous=origin
        )
    )


def _lead_in(parsed: Sequence[Parsed], paragraph: int) -> Report | None:
    """The speaker of "X asked some questions:" in the paragraph before a block quotation."""
    before = [p for p in parsed if p.sentence.paragraph == paragraph - 1]
    if not before or before[-1].sentence.words[-1] not in (":", "…"):
        return None
    item = before[-1]
    for clause in item.clauses:
        subject = clause.subject
        if subject is None or subject.start > clause.verb.start or not clause.verb.finite:
            continue
        source = offsets(item.sentence, subject.start, _source_end(subject, clause.verb.start))
        cue = (item.sentence.begins[clause.verb.head], item.sentence.ends[clause.verb.head])
        head = item.sentence.low[subject.head]
        return Report([source] if source else [], [cue], [], "say", "", "lead-in", -1, cue[0],
                      block=True, source_head=head)  # fmt: skip
    return None


def _source_end(subject: Phrase, verb: int) -> int:
    return verb if verb - subject.end <= 8 else subject.end


def _shifted_back(item: Parsed) -> bool:
    """Whether a sentence tells another's forecast: "The drills would get through in a day"."""
    sentence = item.sentence
    main = next((c for c in item.clauses if c.verb.finite and not c.relative), None)
    if main is None or main.subject is None or main.verb.modal != "would" or "if" in sentence.low:
        return False
    withheld = main.verb.negated and sentence.lemmas[main.verb.head] in cues("en", "verb")
    if withheld or sentence.words[-1] == "?" or sentence.low[main.subject.head] in NOT_TOLD:
        return False
    return not sentence.quoted[main.subject.start]


def _go_on(found: list[Report], parsed: Sequence[Parsed]) -> None:
    """Add implicit reports for sentences that go on with "also" in the same paragraph."""
    said = {report.sentence: report for report in found if report.type in SPEECH}
    heads = sorted(report.head for report in found)
    for number in range(1, len(parsed)):
        sentence = parsed[number].sentence
        last = said.get(number - 1)
        if (
            last is None
            or number in said
            or sentence.paragraph != parsed[number - 1].sentence.paragraph
        ):
            continue
        if any(sentence.start <= head < sentence.end for head in heads):
            continue
        also = word_set("goes_on").intersection(sentence.low[:GOES_ON_WORDS])
        if not also and "also" not in sentence.low and not _shifted_back(parsed[number]):
            continue
        span = offsets(sentence, 0, len(sentence))
        if span is None or any(s < span[1] and span[0] < e for r in found for s, e in r.content):
            continue
        report = Report([], [], [span], last.type, "", "also", number, span[0], implicit=True,
                        previous=last)  # fmt: skip
        found.append(report)
        said[number] = report
