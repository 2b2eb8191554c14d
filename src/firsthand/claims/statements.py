"""Claims: every event of every sentence as a record, with actors, modality, codes and chain."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from typing import Final

from msgspec.structs import replace

from firsthand.claims.actors import actors_of, as_written
from firsthand.claims.assemble import Attributed
from firsthand.claims.cast import Memory
from firsthand.claims.chains import Chains
from firsthand.claims.clauses import Parsed, finite_range
from firsthand.claims.codes import by_mood, codes_of
from firsthand.claims.denials import linked
from firsthand.claims.event_types import chain_row, padded, verb_row
from firsthand.claims.events import happenings
from firsthand.claims.figures import FIGURE
from firsthand.claims.happening import Happening
from firsthand.claims.idle import calls_itself, is_idle
from firsthand.claims.instruments import instruments_in
from firsthand.claims.layers import ANOTHER
from firsthand.claims.lexicon import cues, word_set
from firsthand.claims.modality import modality_of, polarity_of
from firsthand.claims.plain_clauses import AGAIN, PLAIN
from firsthand.claims.reading import Reading
from firsthand.claims.said import Report
from firsthand.claims.tokens import Sentence, trim
from firsthand.claims.told import (
    before_cue,
    cue_clauses,
    near,
    tells_of_source,
    without_teller,
)
from firsthand.claims.withheld import is_withheld
from firsthand.model.claim import Attribution, Claim, Codes, Modality, Quantity
from firsthand.model.document import Document
from firsthand.model.ids import claim_id
from firsthand.model.record import Span, span_of

MODIFIERS = frozenset(("PP", "DT", "JJ", "NN", "NP", "CD", "PS", "VN"))
"""Tags of what may follow a noun and belong to it: "the advance of X backed by Y in the Z area"."""
LONGEST_MODIFIER = 14
_start: Final = attrgetter("start")
OWNED: Final = frozenset(("report", "confirm"))
"""Types of cues that tell what is their object: "admitted two flares", "reports two deaths"."""
CALLED = "call"
"""The predicate of "called the move “a gift”"."""


@dataclass(slots=True)
class Maker:
    """Makes the claims of one document, in reading order."""

    reading: Reading
    document: Document
    attributed: Attributed
    chains: Chains
    quantities: Sequence[Quantity]
    memory: Memory
    seen: dict[str, int]
    presupposed: set[str] = field(default_factory=set)
    own_cues: list[tuple[int, str]] = field(default_factory=list)
    """Where the cues lie that are one clause with what they tell, and their attributions."""
    told: list[str] = field(default_factory=list)
    """Types of the events told so far, in reading order."""

    def claims(self) -> list[Claim]:
        """All claims of the document."""
        found: list[Claim] = []
        self.own_cues = [
            (report.cue[0][0], identity)
            for identity, report in self.attributed.reports.items()
            if report.cue and self._in_one_clause(report)
        ]
        acts = self._acts()
        told = sorted(
            start
            for report in self.attributed.reports.values()
            for start, _ in report.cue
            if (
                report.rule != "object"
                or report.act
                or report.type == "show"
                or self._leads(report)
            )
            and not self._in_one_clause(report)
            and not self._happens(report)
        )
        told = sorted([*told, *(report.head for report in self.reading.inferred)])
        for parsed in self.reading.parsed:
            first = len(found)
            skip = cue_clauses(parsed, told)
            for happening in self._views_joined(parsed, happenings(parsed, skip)):
                if happening.presupposed and self._told_before(parsed, happening):
                    continue
                claim = self._claim(parsed, happening)
                if claim is not None:
                    found.append(claim)
            found.extend(self._act_claims(parsed, acts))
            found[first:] = sorted(found[first:], key=lambda claim: claim.evidence[0].start)
        return linked(found, self.attributed)

    def _in_one_clause(self, report: Report) -> bool:
        """Whether cue and content are one clause, which then is the claim: "put the toll at 9"."""
        if report.rule == FIGURE:
            return True
        told = report.rule == ANOTHER or (report.rule == "object" and report.type in OWNED)
        if not told or report.act or report.negated:
            return False
        item = self.reading.parsed[report.sentence]
        begins = item.sentence.begins
        return not any(
            clause.verb.finite and start <= begins[clause.verb.head] < end
            for clause in item.clauses
            if not begins[clause.verb.start] <= report.head <= begins[clause.verb.head]
            for start, end in report.content
        )

    def _leads(self, report: Report) -> bool:
        """Whether what is told is the infinitive behind the cue: "expect the river to crest"."""
        item = self.reading.parsed[report.sentence]
        begins, lemmas = item.sentence.begins, item.sentence.lemmas
        return any(
            begins[cue.verb.head] == report.head
            and lemmas[cue.verb.head] in word_set("claims_to")
            and item.sentence.tags[after.verb.start] == "TO"
            for cue, after in pairwise(item.clauses)
        )

    def _happens(self, report: Report) -> bool:
        """Whether what another reader took for a cue is an event itself: "agreed that", "refused"."""
        if report.rule != ANOTHER:
            return False
        item = self.reading.parsed[report.sentence]
        sentence = item.sentence
        index = sentence.index_at(report.head)
        for clause in item.clauses:
            if clause.verb.start <= index <= clause.verb.head:
                told = sentence.lemmas[clause.verb.head] in cues("en", "verb")
                row = None if told else verb_row(sentence, clause)
                return chain_row(clause.verb.chain) is not None or row is not None
        return False

    def _teller(self, sentence: Sentence, happening: Happening) -> Attribution | None:
        """The attribution whose cue the clause itself is, else the innermost that holds it."""
        if happening.clause is not None and happening.type != "denial":
            verb = happening.clause.verb
            begin, stop = sentence.begins[verb.start], sentence.ends[verb.head]
            for at, identity in self.own_cues:
                if begin <= at < stop:
                    return self.chains.attributions[identity]
        return self.chains.innermost(sentence.begins[happening.head])

    def _settled(self, happening: Happening) -> Happening:
        """A happening of several possible types as the latest of those told before."""
        if happening.types == AGAIN:
            happening = replace(happening, type=self.told[-1] if self.told else happening.type)
        elif len(happening.types) > 1:
            kind = next((t for t in reversed(self.told) if t in happening.types), happening.type)
            happening = replace(happening, type=kind)
        self.told.append(happening.type)
        return happening

    def _claim(self, parsed: Parsed, happening: Happening) -> Claim | None:
        sentence = parsed.sentence
        happening = self._settled(happening)
        offset = sentence.begins[happening.head]
        attribution = self._teller(sentence, happening)
        if is_withheld(parsed, happening) or (attribution is None and is_idle(parsed, happening)):
            return None
        if tells_of_source(sentence, happening, self.attributed.reports.values()):
            return None
        if happening.predicate == CALLED and happening.rule.startswith(PLAIN):
            if calls_itself(sentence, happening):
                return None
            happening = replace(happening, type="statement_accusation")
        if attribution is not None:
            self.memory.speaker = attribution.source_name
        self.memory.near = near(sentence, attribution)
        start, end = self._inside(sentence, happening, attribution)
        if start >= end:
            return None
        actors = as_written(
            actors_of(parsed, happening, self.reading.known, self.memory), self.reading.text
        )
        evidence = self._span(sentence, start, end)
        before = before_cue(self.reading.text, sentence, happening, attribution)
        figure = attribution is not None and self._report(attribution).rule == FIGURE
        actors = without_teller(actors, attribution, happening, figure=figure)
        words = padded(sentence, start, end)
        if happening.clause is None and not actors and not happening.anchored:
            return None
        codes, reason = codes_of(happening.type, words, happening.predicate, actors)
        modality = self._modality(sentence, happening, attribution)
        codes, mood = self._by_mood(codes, happening, attribution, modality)
        return self._record(
            evidence=(*before, evidence),
            scope=self._scope(parsed, happening, evidence, attribution),
            kind=happening.type,
            predicate=happening.predicate,
            actors=actors,
            instruments=instruments_in(sentence, start, end, self.reading.text),
            codes=codes,
            codes_reason=reason + mood,
            attribution=attribution,
            offset=offset,
            modality=modality,
            polarity=polarity_of(sentence, happening),
            rule=happening.rule,
        )

    def _by_mood(
        self, codes: Codes, happening: Happening, told: Attribution | None, modality: Modality
    ) -> tuple[Codes, str]:
        cue = self._report(told).type if told is not None else ""
        modal = happening.clause.verb.modal if happening.clause is not None else ""
        return by_mood(codes, cue, modal, foretold=modality == "forecast")

    def _modality(
        self, sentence: Sentence, happening: Happening, told: Attribution | None
    ) -> Modality:
        """The modality of an event; what is inferred from a thing is at most possible."""
        found = modality_of(sentence, happening, self._reports(told))
        figure = told is not None and self._report(told).rule == FIGURE
        named = figure and happening.predicate in word_set("judging_lemmas")
        judges = (named or happening.predicate == CALLED) and happening.type != "denial"
        if found == "asserted" and judges:
            return "opinion"
        if found != "asserted" or not self.reading.inferred:
            return found
        offset = sentence.begins[happening.head]
        spans = (span for report in self.reading.inferred for span in report.content)
        return "possible" if any(start <= offset < end for start, end in spans) else found

    def _report(self, attribution: Attribution) -> Report:
        return self.attributed.reports[attribution.attribution_id]

    def _views_joined(self, parsed: Parsed, every: Sequence[Happening]) -> list[Happening]:
        """The happenings of a sentence, its views of no event in particular taken as one."""
        done: list[Happening] = []
        views: dict[str | None, int] = {}
        for happening in every:
            if not happening.rule.startswith(PLAIN):
                done.append(happening)
                continue
            attribution = self.chains.innermost(parsed.sentence.begins[happening.head])
            reports = self._reports(attribution)
            if modality_of(parsed.sentence, happening, reports) != "opinion":
                done.append(happening)
                continue
            key = attribution.attribution_id if attribution is not None else None
            if key in views:
                first = done[views[key]]
                kind = first.type if first.type != "other" else happening.type
                end = max(first.end, happening.end)
                done[views[key]] = replace(first, type=kind, end=end)
            else:
                views[key] = len(done)
                done.append(happening)
        return done

    def _told_before(self, parsed: Parsed, happening: Happening) -> bool:
        """Whether the document presupposed the same before: "the besieged city" twice is once."""
        words = " ".join(parsed.sentence.low[happening.start : happening.end])
        known = words in self.presupposed
        self.presupposed.add(words)
        return known

    def _reports(self, attribution: Attribution | None) -> list[Report]:
        """The reports that an attribution stands in, its own first."""
        path = self.chains.path(attribution)
        return [self.attributed.reports[step.attribution_id] for step in reversed(path)]

    def _inside(
        self, sentence: Sentence, happening: Happening, attribution: Attribution | None
    ) -> tuple[int, int]:
        """The words of an event that lie inside the content it is told in."""
        start, end = happening.start, happening.end
        spans = attribution.content if attribution is not None else ()
        holding = [s for s in spans if s.start <= sentence.begins[happening.head] < s.end]
        if holding:
            while start < end and sentence.ends[start] <= holding[0].start:
                start += 1
            while end > start and sentence.begins[end - 1] >= holding[0].end:
                end -= 1
        return trim(sentence, start, end, frozenset())

    def _span(self, sentence: Sentence, start: int, end: int) -> Span:
        return span_of(self.reading.text, sentence.begins[start], sentence.ends[end - 1])

    def _scope(
        self, parsed: Parsed, happening: Happening, evidence: Span, told: Attribution | None
    ) -> Span:
        """The finite clause that an event stands in, with its adverbials, inside what is told."""
        if happening.clause is None:
            start, end = happening.start, _modified_end(parsed.sentence, happening.end)
        else:
            start, end = finite_range(parsed, happening.clause)
        begin, stop = parsed.sentence.begins[start], parsed.sentence.ends[end - 1]
        for span in told.content if told is not None else ():
            if span.start <= evidence.start < span.end:
                begin, stop = max(begin, span.start), min(stop, span.end)
        return span_of(self.reading.text, min(begin, evidence.start), max(stop, evidence.end))

    def _record(
        self,
        *,
        kind: str,
        evidence: tuple[Span, ...],
        scope: Span,
        attribution: Attribution | None,
        offset: int,
        **rest: object,
    ) -> Claim:
        words = " ".join(span.text for span in evidence)
        key = " ".join(words.split())
        self.seen[key] = self.seen.get(key, 0) + 1
        start, end = evidence[0].start, evidence[-1].end
        return Claim(
            claim_id=claim_id(self.document.document_id, words, self.seen[key]),
            document_id=self.document.document_id,
            page_id=self.document.page_id,
            evidence=evidence,
            scope=scope,
            type=kind,
            quantities=tuple(q for q in self._quantities_from(start, end) if q.end <= end),
            attribution=attribution.attribution_id if attribution is not None else None,
            chain=self.chains.at(offset, attribution),
            **rest,  # type: ignore[arg-type]  # fields of one record, by name
        )

    def _quantities_from(self, start: int, end: int) -> Sequence[Quantity]:
        """Those that begin in a range; a document's quantities are in order."""
        first = bisect_left(self.quantities, start, key=_start)
        return self.quantities[first : bisect_left(self.quantities, end, lo=first, key=_start)]

    def _acts(self) -> list[tuple[Attribution, Report]]:
        reports = self.attributed.reports
        pairs = [(a, reports[a.attribution_id]) for a in self.attributed.attributions]
        return [(a, r) for a, r in pairs if r.act]

    def _act_claims(
        self, parsed: Parsed, acts: Sequence[tuple[Attribution, Report]]
    ) -> list[Claim]:
        """What speech acts themselves are: "X accused Y of …" is a claim that X did."""
        sentence = parsed.sentence
        found: list[Claim] = []
        for attribution, report in acts:
            if not sentence.start <= report.head < sentence.end:
                continue
            index = sentence.index_at(report.head)
            clause = next((c for c in parsed.clauses if c.verb.start <= index < c.verb.end), None)
            if clause is None:
                continue
            found.append(self._act(parsed, attribution, report, clause.verb.head))
        return found

    def _act(self, parsed: Parsed, attribution: Attribution, report: Report, head: int) -> Claim:
        sentence, text = parsed.sentence, self.reading.text
        clause = next(c for c in parsed.clauses if c.verb.head == head)
        happening = Happening(
            report.act, clause.start, clause.end, head, sentence.lemmas[head],
            f"cues/{sentence.lemmas[head]}", clause, subject_role="agent", object_role="target",
        )  # fmt: skip
        parts = sorted([*report.source, *report.cue, *report.content])
        inside = [p for p in parts if sentence.start <= p[0] and p[1] <= sentence.end]
        start, end = (inside or parts)[0][0], (inside or parts)[-1][1]
        actors = as_written(actors_of(parsed, happening, self.reading.known, self.memory), text)
        outer = self.chains.attributions.get(attribution.parent or "")
        words = f" {text[start:end].lower()} "
        codes, reason = codes_of(report.act, words, happening.predicate, actors)
        evidence = (span_of(text, start, end),)
        return self._record(
            evidence=evidence,
            scope=evidence[0],
            kind=report.act,
            predicate=sentence.lemmas[head],
            actors=actors,
            instruments=(),
            codes=codes,
            codes_reason=reason,
            attribution=outer,
            offset=report.head,
            modality=modality_of(sentence, happening, self._reports(outer)),
            polarity="negative" if report.negated else "positive",
            rule=happening.rule,
        )


def _modified_end(sentence: Sentence, end: int) -> int:
    """Where what modifies a noun ends: where and when it was, and with whom."""
    stop = min(len(sentence), end + LONGEST_MODIFIER)
    while end < stop and sentence.tags[end] in MODIFIERS:
        end += 1
    return end
