"""Assembly: attributions as records, with kinds of quotation, nesting, hedges and stable ids."""

from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.claims.chains import Relay
from firsthand.claims.hedges import hedge_spans
from firsthand.claims.quotes import Quotes, is_scare
from firsthand.claims.reading import Reading
from firsthand.claims.said import Range, Report
from firsthand.claims.sources import sources
from firsthand.claims.tellers import Source, bare
from firsthand.model.claim import Attribution, QuotationKind
from firsthand.model.document import Document
from firsthand.model.ids import words_id
from firsthand.model.record import Span, span_of

WHOLE = 0.9
"""Share of the content inside quotation marks above which it is a direct quotation."""
RELAY_LABELS = ("ORG",)
RELAY_PEOPLE = ("reporter", "journalist", "correspondent", "contributor")
RELAY_BODIES = ("broadcaster", "agency", "channel", "station", "network", "newspaper", "website")


@dataclass(frozen=True, slots=True)
class Attributed:
    """The attributions of a document beside the reports they were made from."""

    attributions: tuple[Attribution, ...]
    reports: dict[str, Report]
    relays: dict[str, Relay]


def attributed(reading: Reading, document: Document) -> Attributed:
    """Attribution records for every report, in reading order."""
    reports = list(reading.reports)
    who = sources(reports, reading.known, reading.plain)
    ids = _ids(reports, document, reading.text)
    parents = [_parent(i, reports) for i in range(len(reports))]
    records: list[Attribution] = []
    relays: dict[str, Relay] = {}
    for i, report in enumerate(reports):
        parent = parents[i]
        source = _first_person(who, i, parent, reports)
        if parent is None and _own_voice(report, reading) and document.outlet is not None:
            source = Source(document.outlet, "outlet")
        records.append(_record(reading, document, report, source, ids[i],
                               ids[parent] if parent is not None else None))  # fmt: skip
        relay = _relay(report, reading)
        if relay is not None:
            relays[ids[i]] = relay
    return Attributed(tuple(records), dict(zip(ids, reports, strict=True)), relays)


def _first_person(
    who: Sequence[Source], i: int, parent: int | None, reports: Sequence[Report]
) -> Source:
    """Inside a quotation "I" and "we" are the one who is quoted."""
    source = who[i]
    if parent is not None and reports[i].source_head in ("i", "we"):
        return who[parent]
    return source


def _own_voice(report: Report, reading: Reading) -> bool:
    """Whether "I think" stands outside quotation marks, in the writer's own voice."""
    if not report.source:
        return False
    start, end = report.source[0]
    ours = reading.text[start:end].lower().startswith("our ")
    return (report.source_head in ("i", "we") or ours) and reading.quotes.at(
        report.source[0][0]
    ) is None


def _spans(text: str, ranges: Sequence[Range]) -> tuple[Span, ...]:
    return tuple(span_of(text, start, end) for start, end in sorted(ranges))


def _record(
    reading: Reading,
    document: Document,
    report: Report,
    source: Source,
    identity: str,
    parent: str | None,
) -> Attribution:
    text = reading.text
    return Attribution(
        attribution_id=identity,
        document_id=document.document_id,
        page_id=document.page_id,
        source=_spans(text, report.source),
        cue=_spans(text, report.cue),
        content=_spans(text, report.content),
        parent=parent,
        source_name=source.name,
        source_kind=source.kind,
        quotation=_quotation(report, reading.quotes, text),
        implicit=report.implicit,
        hedges=_spans(text, _hedges(report, reading)),
        cue_type=report.type,
    )


def _ids(reports: Sequence[Report], document: Document, text: str) -> list[str]:
    seen: dict[str, int] = {}
    found: list[str] = []
    for report in reports:
        words = " ".join(
            text[start:end] for start, end in (*report.source, *report.cue, *report.content)
        )
        key = " ".join(words.split())
        seen[key] = seen.get(key, 0) + 1
        found.append(words_id("a", document.document_id, words, seen[key]))
    return found


def _quotation(report: Report, quotes: Quotes, text: str) -> QuotationKind:
    if report.block:
        return "block"
    total = inside = 0
    for start, end in report.content:
        total += end - start
        for quotation in quotes.inside(start, end):
            if not is_scare(quotation, text) or quotation.end - quotation.start > (end - start) / 2:
                inside += min(end, quotation.end) - max(start, quotation.start)
    if inside == 0:
        return "indirect"
    return "direct" if inside >= WHOLE * total else "mixed"


def _length(report: Report) -> int:
    return sum(end - start for start, end in report.content)


def _parent(i: int, reports: Sequence[Report]) -> int | None:
    """The smallest report whose content holds this one's cue, source or, without them, content."""
    child = reports[i]
    anchor = child.cue[0][0] if child.cue else child.content[0][0]
    best: int | None = None
    for j, other in enumerate(reports):
        inside = any(start <= anchor < end for start, end in other.content)
        if j == i or not (inside or _same_within(child, other)):
            continue
        if child.implicit and other is child.previous:
            continue
        if other.act == "denial" and other.rule == "trailing":
            continue  # "Y put it at 9, a figure Z denies": Z does not tell what Y said
        if _length(other) <= _length(child) and not _same_within(child, other):
            continue
        if best is None or _length(other) < _length(reports[best]):
            best = j
    return best


def _same_within(child: Report, other: Report) -> bool:
    if not child.within or other.within:
        return False
    return any(a < d and c < b for a, b in child.content for c, d in other.content)


def _hedges(report: Report, reading: Reading) -> list[Range]:
    """Hedges in the clause of the cue and at the head of the content."""
    found: list[Range] = []
    for item in reading.parsed:
        sentence = item.sentence
        if not sentence.start <= report.head < sentence.end:
            continue
        for first, last, _ in hedge_spans(sentence, 0, len(sentence)):
            begin, stop = sentence.begins[first], sentence.ends[last - 1]
            if any(start <= begin and stop <= end for start, end in report.content):
                found.append((begin, stop))
    return sorted(set(found))


def _relay(report: Report, reading: Reading) -> Relay | None:
    """The outlet or reporter that something was told to."""
    if report.recipient is None:
        return None
    words = reading.text[report.recipient[0] : report.recipient[1]]
    named = [n for n in reading.known.inside(report.recipient) if n.label in RELAY_LABELS]
    low = words.lower()
    if any(head in low.split() for head in RELAY_PEOPLE) and named:
        whole = named[0].text if low.endswith(named[0].text.lower()) else bare(words)
        return Relay(whole, "outlet")
    if any(head in low.split() for head in RELAY_BODIES) and (named or "agency" in low):
        kind = "agency" if "agency" in low else "outlet"
        text = named[-1].text if named else None
        return Relay(bare(words) if text is None else reading.known.canonical.get(text, text), kind)
    if named:
        return Relay(reading.known.canonical.get(named[-1].text, named[-1].text), "outlet")
    return None
