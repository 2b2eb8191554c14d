"""What people said of a page's claims: one that was missed, the right words, the right speaker."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from firsthand.claims.chains import Chains
from firsthand.claims.codes import codes_of
from firsthand.claims.lexicon import source_nouns
from firsthand.claims.source_kinds import BY_ACTOR
from firsthand.model.aiming import closest, place_of, stands_on
from firsthand.model.claim import Attribution, ChainLink, Claim, Quantity, SourceKind
from firsthand.model.document import Document, Segments
from firsthand.model.ids import claim_id, words_id
from firsthand.model.judgement import Judgement, Target
from firsthand.model.page import Page
from firsthand.model.problem import Problem, problem
from firsthand.model.record import Range, Record, Span, span_of
from firsthand.registry import Registry

ADD, CORRECT = "add", "correct"
SPAN, SPEAKER, TYPE = "span", "speaker", "type"


@dataclass(frozen=True, slots=True)
class Read:
    """One document as the rules read it."""

    page: Page
    document: Document
    segments: Segments
    chains: Chains
    quantities: Sequence[Quantity]
    registry: Registry


def fields_of(judgement: Judgement) -> dict[str, str]:
    """The fields that a decision sets: `name=value`, several with "; " between."""
    parts = (part.partition("=") for part in (judgement.value or "").split("; "))
    return {name.strip(): value.strip() for name, _, value in parts if value.strip()}


def with_given(
    claims: Sequence[Claim], read: Read, judgements: Iterable[Judgement]
) -> Iterator[Record]:
    """The claims of a document as people corrected them, with those they added.

    Decisions hold in the order in which they were made. A claim keeps its id when its words are
    set anew, so that addresses and later decisions still mean it.
    """
    given = _Given(list(claims), read)
    for row in sorted(judgements, key=lambda row: (row.at, row.judgement_id)):
        if not row.targets or not stands_on(row.targets[0], read.page):
            continue
        if row.action == ADD:
            given.add(row)
        elif row.action == CORRECT:
            given.correct(row)
    heard = {claim.attribution for claim in given.claims}
    yield from (row for row in given.attributions.values() if row.attribution_id in heard)
    yield from given.claims
    yield from given.problems


class _Given:
    """Takes decisions one after another."""

    def __init__(self, claims: list[Claim], read: Read) -> None:
        self.claims = claims
        self.attributions: dict[str, Attribution] = {}
        self.problems: list[Problem] = []
        self._read = read
        self._words = {c.claim_id: [c.evidence[0]] for c in claims if c.evidence}
        """The words by which decisions mean a claim: those it was found with, and was given."""

    def add(self, row: Judgement) -> None:
        """One more claim; words outside the document belong to another article of the page."""
        read, fields = self._read, fields_of(row)
        found = place_of(row.targets[0], read.page.text)
        if found is None or not read.document.start <= found[0] < read.document.end:
            if found is None and read.document.ordinal == 1:
                self.problems.append(_lost(row))
            return
        words = span_of(read.page.text, *found)
        kind = fields.get(TYPE, "other")
        if any(claim.type == kind and claim.evidence == (words,) for claim in self.claims):
            return
        attribution = read.chains.innermost(words.start)
        made = _claim(read, words, kind, attribution)
        self._words[made.claim_id] = [words]
        if fields.get(SPEAKER):
            made = self._said_by(made, fields[SPEAKER])
        self.claims.append(made)

    def correct(self, row: Judgement) -> None:
        """New words or another speaker for the claims that begin with the words aimed at."""
        name, _, value = (row.value or "").partition("=")
        if name.strip() not in (SPAN, SPEAKER):
            return
        meant = self._meant(row.targets[0])
        for at, claim in enumerate(self.claims):
            if claim.claim_id not in meant:
                continue
            if name.strip() == SPEAKER:
                self.claims[at] = self._said_by(claim, value.strip())
            elif len(row.targets) > 1:
                self.claims[at] = self._moved(claim, row)

    def _meant(self, target: Target) -> set[str]:
        alike = {
            (key, span.start)
            for key, spans in self._words.items()
            for span in spans
            if span.text == target.words
        }
        places = closest(target, {start for _, start in alike}, self._read.page.text)
        return {key for key, start in alike if start in places}

    def _moved(self, claim: Claim, row: Judgement) -> Claim:
        found = place_of(row.targets[1], self._read.page.text)
        if found is None:
            self.problems.append(_lost(row))
            return claim
        words = span_of(self._read.page.text, *found)
        self._words[claim.claim_id].append(words)
        return replace(
            claim,
            evidence=(words,),
            scope=_scope(self._read, words),
            quantities=_inside(self._read.quantities, words),
            rule="given",
        )

    def _said_by(self, claim: Claim, name: str) -> Claim:
        """The claim with another innermost teller; the publisher itself needs none."""
        before = claim.chain[: max(1, len(claim.chain) - 1)]
        if name == claim.chain[0].name:
            return replace(claim, chain=claim.chain[:1], attribution=None)
        made = _attribution(self._read, claim, name)
        self.attributions[made.attribution_id] = made
        link = ChainLink(
            name=made.source_name, kind=made.source_kind, attribution_id=made.attribution_id
        )
        if before[-1].name == link.name and len(before) > 1:
            before = before[:-1]
        return replace(claim, chain=(*before, link), attribution=made.attribution_id)


def _claim(read: Read, words: Span, kind: str, attribution: Attribution | None) -> Claim:
    low = f" {' '.join(words.text.casefold().split())} "
    codes, reason = codes_of(kind, low, "", ())
    return Claim(
        claim_id=claim_id(read.document.document_id, f"given {kind} {words.text}", 1),
        document_id=read.document.document_id,
        page_id=read.document.page_id,
        evidence=(words,),
        scope=_scope(read, words),
        type=kind,
        codes=codes,
        codes_reason=reason,
        predicate="",
        actors=(),
        instruments=(),
        quantities=_inside(read.quantities, words),
        attribution=attribution.attribution_id if attribution else None,
        chain=read.chains.at(words.start, attribution),
        modality="asserted",
        polarity="positive",
        rule="given",
    )


def _scope(read: Read, words: Span) -> Span:
    """From the start of the first sentence the words touch to the end of the last."""
    touched = [s for s in read.segments.sentences if s.start < words.end and words.start < s.end]
    whole = [*touched, Range(start=words.start, end=words.end)]
    return span_of(read.page.text, min(s.start for s in whole), max(s.end for s in whole))


def _inside(quantities: Iterable[Quantity], words: Span) -> tuple[Quantity, ...]:
    return tuple(q for q in quantities if words.start <= q.start and q.end <= words.end)


def _attribution(read: Read, claim: Claim, name: str) -> Attribution:
    """Who is said to have said it, where the page's own words do not show it."""
    known = read.registry.canonical(name)
    told = known.name if known else name
    kinds = [a.source_kind for a in read.chains.attributions.values() if a.source_name == told]
    kind = kinds[0] if kinds else _kind(told, known.kind if known else None)
    return Attribution(
        attribution_id=words_id(
            "a", read.document.document_id, f"given {name} {claim.claim_id}", 1
        ),
        document_id=read.document.document_id,
        page_id=read.document.page_id,
        source=(),
        cue=(),
        content=claim.evidence,
        parent=None,
        source_name=told,
        source_kind=kind,
        quotation="indirect",
        implicit=True,
    )


def _kind(name: str, actor: str | None) -> SourceKind:
    """The kind of a source by the register's kind, else by its last noun, else by its case."""
    if actor in BY_ACTOR:
        return BY_ACTOR[actor]
    nouns = source_nouns()
    for word in reversed(name.lower().split()):
        noun = nouns.get(word) or nouns.get(word.removesuffix("s"))
        if noun is not None:
            return noun.source_kind  # type: ignore[return-value]  # a table's word, checked by its test
    return "person" if name[:1].isupper() or actor else "anonymous"


def _lost(row: Judgement) -> Problem:
    words = row.targets[-1].words[:80]
    detail = (
        f"{row.judgement_id} ({row.action}) aims at “{words}”, which do not stand on this page as "
        "it is read now, so it changes nothing; decide again, or take the decision back"
    )
    return problem("claims", row.judgement_id, "judgement_not_found", detail)
