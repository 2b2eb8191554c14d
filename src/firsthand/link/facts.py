"""Facts: everything that is compared of a claim, made from the rows of its own page."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from msgspec.structs import replace

from firsthand.link.answers import answered
from firsthand.link.blocking import Blocked, blocking_keys, minima, of_any
from firsthand.link.days import first_day, iso_day, last_day
from firsthand.link.decided import Decided, apply, decided, places_named
from firsthand.link.figures import DEAD, MISSING, figure_kinds
from firsthand.link.hashing import STEM, hashed
from firsthand.link.incidents import EFFECTS, Told, assemble
from firsthand.link.lexicons import causes, fact_reach, type_row
from firsthand.link.marks import marks_of
from firsthand.link.origins import Register, Spoken, plain_name, roll_down
from firsthand.link.stories import story_of
from firsthand.link.views import View, bounds_of, joins_events, spots_of, view_of
from firsthand.model.claim import CanonicalActor, Claim, ResolvedClaim
from firsthand.model.document import Document
from firsthand.model.linking import ClaimFacts
from firsthand.model.page import Page
from firsthand.model.record import Record
from firsthand.stage import Context, Rows

SHORTEST: Final = 4
MAX_TEXT: Final = 300
MAX_WORDS: Final = 40
HARM: Final = "harm"
HARMED: Final = DEAD | {"injured", MISSING}
"""Kinds of figure that count casualties, and their family."""
_WORD: Final = re.compile(r"\w+")


def content_words(text: str) -> tuple[int, ...]:
    """Stems of longer words and all numbers, hashed and sorted, each once."""
    return _content(_WORD.findall(text.casefold()))


def _content(words: Iterable[str]) -> tuple[int, ...]:
    kept = {word[:STEM] for word in words if len(word) >= SHORTEST or word.isdigit()}
    return tuple(sorted(map(_stem_key, kept))[:MAX_WORDS])


@lru_cache(maxsize=131_072)
def _stem_key(stem: str) -> int:
    return hashed("word", stem)


def _facts(
    claim: Claim,
    resolved: ResolvedClaim,
    document: Document,
    register: Register,
    story: tuple[int, ...],
) -> ClaimFacts:
    text = " … ".join(" ".join(span.text.split()) for span in claim.evidence)
    publisher = document.outlet or f"publisher of {document.document_id}"
    chain = resolved.chain or claim.chain
    spoken = Spoken(
        type=claim.type,
        modality=claim.modality,
        text=text,
        around=claim.scope.text[:MAX_TEXT],
        actors=resolved.actors,
        publisher=publisher,
        document_id=document.document_id,
    )
    rolled = roll_down(chain, spoken, register)
    words = _WORD.findall(text.casefold())
    figures = figure_kinds(claim.type, text, resolved.quantities)
    return ClaimFacts(
        claim_id=claim.claim_id,
        document_id=document.document_id,
        page_id=claim.page_id,
        outlet=publisher,
        published=iso_day(first_day(document.published)),
        published_latest=iso_day(last_day(document.published)),
        title=_in_title(claim, document),
        start=claim.evidence[0].start if claim.evidence else claim.scope.start,
        end=claim.evidence[-1].end if claim.evidence else claim.scope.end,
        sentence=claim.scope.start,
        type=claim.type,
        modality=claim.modality,
        polarity=claim.polarity,
        denies=claim.denies,
        text=text[:MAX_TEXT],
        words=_content(words),
        words_key=hashed("text", *words),
        actors=resolved.actors,
        places=resolved.places,
        time=resolved.time,
        quantities=resolved.quantities,
        figures=figures,
        origin=rolled.origin,
        origin_key=rolled.key,
        tellers=rolled.tellers,
        chain=tuple(plain_name(link.name) for link in chain),
        keys=(),
        kin=_cause(claim.type, text),
        story=story,
    )


def _cause(kind: str, text: str) -> str | None:
    """The family of what an effect's own words name as its cause, where they name one."""
    family = type_row(kind).family
    if family not in EFFECTS:
        return None
    words = [word.casefold() for word in _WORD.findall(text)]
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    named = {causes()[word] for word in (*words, *pairs) if word in causes()}
    led = sorted(cause for cause in named if fact_reach(cause, family))
    return led[0] if len(led) == 1 else None


def _of_harm(facts: ClaimFacts) -> ClaimFacts:
    """That a claim of a vaguer type counts dead, injured or missing: "closed its list at 23"."""
    vague = facts.kin is None and type_row(facts.type).group in {"condition", "other"}
    return replace(facts, kin=HARM) if vague and not HARMED.isdisjoint(facts.figures) else facts


def _keyed(
    view: View, told: Told | None, denied: Collection[str], minima: Sequence[int]
) -> ClaimFacts:
    """The same facts with what the incident adds, and the keys and marks that follow from both."""
    facts = view.facts
    time = (told.time if told else None) or facts.time
    kin = told.kin if told else facts.kin
    lead = told.lead if told else None
    earliest, latest = bounds_of(time, facts.type, facts.text)
    blocked = Blocked(
        type=facts.type,
        kin=kin,
        modality=facts.modality,
        places=(told.places if told else ()) or facts.places,
        time=replace(time, earliest=iso_day(earliest)) if time and earliest else time,
        figures=tuple(zip(facts.figures, facts.quantities, strict=True)),
        published=facts.published,
        words=facts.words,
        words_key=facts.words_key,
        minima=minima,
        story=facts.story,
        named=view.named.keys(),
        origin=facts.origin_key,
        main=facts.main,
        leads=lead in (None, facts.claim_id),
    )
    shown = view
    if told and told.places:
        spots, inherited = spots_of(told.places)
        shown = replace(view, spots=spots, inherited=inherited)
    return replace(
        facts,
        incident=lead,
        kin=kin,
        lead_time=told.time if told else None,
        lead_places=told.places if told else (),
        keys=() if facts.rejected else (*blocking_keys(blocked), *_denial_keys(facts, denied)),
        earliest=earliest,
        latest=latest,
        in_event=not facts.rejected and joins_events(facts.type, facts.modality, lead),
        marks=marks_of(shown),
    )


def _denial_keys(facts: ClaimFacts, denied: Collection[str]) -> tuple[int, ...]:
    """A key that a denial shares with what it denies, whatever the two tell."""
    names = {facts.denies} if facts.denies else set()
    names |= {facts.claim_id} if facts.claim_id in denied else set()
    return tuple(sorted(of_any(hashed("denied", name)) for name in names if name))


def _in_title(claim: Claim, document: Document) -> bool:
    if document.title_start is None or document.title_end is None or not claim.evidence:
        return False
    first = claim.evidence[0]
    return document.title_start <= first.start < document.title_end


def _story(rows: Rows, document: Document) -> tuple[int, ...]:
    """What the article is about, by its words without the page's furniture."""
    pages = rows.of(Page)
    if not pages:
        return ()
    page = pages[0]
    parts, at = [], document.start
    for mark in sorted(page.furniture, key=lambda one: (one.start, one.end)):
        if mark.end <= at or mark.start >= document.end:
            continue
        parts.append(page.text[at : max(at, mark.start)])
        at = mark.end
    parts.append(page.text[at : document.end])
    return story_of("\n".join(parts))


def claim_facts(rows: Rows, found: Decided) -> Iterator[ClaimFacts]:
    """The facts of a page's claims, in id order; claims that were not resolved are left out.

    What people decided about them is applied first; a claim they found wrong leads nothing.
    """
    documents = {document.document_id: document for document in rows.of(Document)}
    resolved = {row.claim_id: row for row in rows.of(ResolvedClaim)}
    register = Register(rows.of(CanonicalActor))
    stories = {name: _story(rows, document) for name, document in sorted(documents.items())}
    bare = [
        _facts(
            claim,
            resolved[claim.claim_id],
            documents[claim.document_id],
            register,
            stories[claim.document_id],
        )
        for claim in sorted(rows.of(Claim), key=lambda row: row.claim_id)
        if claim.claim_id in resolved and claim.document_id in documents
    ]
    if found.corrected or found.rejected:
        places = places_named(rows.of(ResolvedClaim))
        bare = [apply(facts, found, places) for facts in bare]
    views = [view_of(_of_harm(facts)) for facts in answered(bare)]
    denied = {view.facts.denies for view in views if view.facts.denies}
    told, mains = assemble(view for view in views if not view.facts.rejected)
    lows = minima([view.facts.words for view in views])
    for view, low in zip(views, lows, strict=True):
        facts = replace(view.facts, main=view.id in mains)
        yield _keyed(replace(view, facts=facts, main=facts.main), told.get(view.id), denied, low)


def prepare_page(rows: Rows, context: Context) -> Iterable[Record]:  # noqa: ARG001 - every stage's signature
    """What one page's claims are compared by."""
    found = decided(rows)
    checked = [found.checked[key] for key in sorted(found.checked)]
    return [*claim_facts(rows, found), *found.rows, *checked, *found.problems]
