"""Layers: the rules as a reader behind the port, and what another reader found as names and reports."""

from bisect import bisect_right
from collections.abc import Sequence

from firsthand.claims.attributions import reports_of
from firsthand.claims.clauses import Parsed, parse
from firsthand.claims.entities import Name, names_in
from firsthand.claims.lexicon import cues
from firsthand.claims.quotes import Quotes, mark
from firsthand.claims.said import Report
from firsthand.claims.tagging import tag
from firsthand.claims.tokens import Sentence, tokenize
from firsthand.claims.verbs import verb_forms
from firsthand.model.document import Quotation
from firsthand.model.record import Range
from firsthand.nlp.reader import Layers, Mention, Said, Word

ANOTHER = "reader"
"""The rule of an attribution that only another reader found."""
CALLED = ("call", "calls", "called", "has called", "have called", "calling")
"""Cues that name something where a quotation follows: "called the move “a gift”"."""


class RulesReader:
    """The reader that needs nothing installed: tables, neighbours and clause patterns."""

    name = "rules"
    version = "1"

    def reads(self, language: str) -> bool:
        """English only."""
        return language == "en"

    def annotate(
        self, text: str, sentences: Sequence[Range], quotations: Sequence[Range]
    ) -> Layers:
        """Words, mentions and attributions of a text."""
        quotes = _quotes(quotations)
        read: list[Sentence] = []
        for number, one in enumerate(sentences):
            read.extend(tokenize(text, one.start, one.end, number, heading=False))
        for sentence in read:
            tag(sentence)
            mark(sentence, quotes)
        found = [r for n, s in enumerate(read) for r in reports_of(parse(s), n, quotes)]
        return Layers(
            words=tuple(_words(read)),
            mentions=tuple(_mention(name) for name in names_in(read, text)),
            said=tuple(_said(report) for report in found),
        )


def _quotes(quotations: Sequence[Range]) -> Quotes:
    spans = tuple(
        Quotation(
            start=one.start,
            end=one.end,
            inner_start=min(one.start + 1, one.end),
            inner_end=max(one.start, one.end - 1),
            depth=0,
            closed=True,
            continues=False,
        )
        for one in sorted(quotations, key=lambda one: one.start)
    )
    return Quotes(spans, tuple(one.start for one in spans))


def _words(sentences: Sequence[Sentence]) -> list[Word]:
    return [
        Word(begin, end, tag_, lemma)
        for s in sentences
        for begin, end, tag_, lemma in zip(s.begins, s.ends, s.tags, s.lemmas, strict=True)
    ]


def _mention(name: Name) -> Mention:
    return Mention(name.start, name.end, name.label or "MISC")


def _ranges(pairs: Sequence[tuple[int, int]]) -> tuple[Range, ...]:
    return tuple(Range(start=start, end=end) for start, end in pairs)


def _said(report: Report) -> Said:
    told = report.recipient
    return Said(
        _ranges(report.source),
        _ranges(report.cue),
        _ranges(report.content),
        report.type,
        report.rule,
        Range(start=told[0], end=told[1]) if told is not None else None,
    )


def names_of(mentions: Sequence[Mention], sentences: Sequence[Sentence], text: str) -> list[Name]:
    """Another reader's mentions as names; those outside the sentences are left out."""
    starts = [sentence.start for sentence in sentences]
    found: list[Name] = []
    for one in sorted(mentions, key=lambda m: (m.start, m.end)):
        number = bisect_right(starts, one.start) - 1
        if number < 0 or one.end > sentences[number].end:
            continue
        sentence = sentences[number]
        first, last = sentence.index_at(one.start), sentence.index_at(one.end - 1) + 1
        found.append(
            Name(one.start, one.end, number, first, last, one.label, text[one.start : one.end])
        )
    return found


def reports_from(said: Sequence[Said], parsed: Sequence[Parsed], text: str) -> list[Report]:
    """Another reader's attributions as reports; those without content are left out."""
    starts = [item.sentence.start for item in parsed]
    return [_report(one, starts, text) for one in said if one.content]


def _report(one: Said, starts: Sequence[int], text: str) -> Report:
    anchor = (one.cue or one.content)[0].start
    source = [(part.start, part.end) for part in one.source]
    told = one.recipient
    cue = " ".join(text[part.start : part.end] for part in one.cue)
    called = cue.lower() in CALLED and not _asks(text, one.cue[-1].end)
    return Report(
        source=source,
        cue=[(part.start, part.end) for part in one.cue],
        content=[(part.start, part.end) for part in one.content],
        type="say" if called else one.cue_type,
        act="" if called else _act(cue),
        rule=ANOTHER,
        sentence=bisect_right(starts, anchor) - 1,
        head=anchor,
        recipient=(told.start, told.end) if told is not None else None,
        implicit=not one.source and not one.cue,
        source_head=text[source[0][0] : source[0][1]].rsplit(maxsplit=1)[-1].lower()
        if source
        else "",
    )


def _asks(text: str, end: int) -> bool:
    """Whether "on" or "for" follows "called", which then is a demand."""
    return text[end : end + len(" for ")].startswith((" on ", " for "))


def _act(cue: str) -> str:
    """The type of the claim that the cue's own act makes, by its last known verb."""
    for word in reversed(cue.lower().split()):
        form = verb_forms().get(word)
        known = cues("en", "verb").get(form.lemma) if form is not None else None
        if known is not None:
            return known.act
    return ""
