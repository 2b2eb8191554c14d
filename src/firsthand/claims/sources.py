"""Sources: the name and kind of who is said to speak, pronouns and roles resolved."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from firsthand.claims.entities import Name
from firsthand.claims.genders import may_be
from firsthand.claims.known import Known
from firsthand.claims.lexicon import SourceNoun, source_nouns, titles, word_set
from firsthand.claims.person_nouns import is_person
from firsthand.claims.said import Range, Report
from firsthand.claims.source_kinds import WEAK, is_someone, kind_of, name_kind, person_kind
from firsthand.model.claim import SourceKind

UNNAMED = "unnamed source"
HE = frozenset(("he", "she", "him", "her"))
FIRST = frozenset(("i", "we"))
BODY = frozenset(("it", "they", "which", "who"))
PRONOUNS = HE | FIRST | BODY
ARTICLES = ("the ", "a ", "an ", "this ", "that ")
ARTICLE_WORDS = frozenset(("the", "a", "an", "late"))
GOVERNING = frozenset(("at", "of", "from", "in", "for", "with", "near", "to"))
"""Prepositions behind which a name only describes who speaks."""
OWNING = re.compile(r"['’]s?\s")
"""What follows the name of an owner: "Fenn's spokesman", "the Fenns’ lawyer"."""
NEAR = 400
"""Characters within which the body that "the company" stands for was named."""
SENTENCES = 2
"""Sentences before a pronoun in which whom it means is looked for, where nobody spoke since."""
TITLE = 6
"""Characters before a name in which "Mrs" or "Mr" stands."""
OPENS = 4
"""Words that may stand before the person a sentence opens with: "Green campaigner Ada Fenn"."""
TAIL = 60
"""Characters behind a name in which its role is looked for."""
INSTITUTIONS = frozenset(("ministry", "military", "official", "organisation", "agency", "outlet"))


@dataclass(frozen=True, slots=True)
class Source:
    """Who speaks: the name the text allows, the kind, and the head noun it was known by."""

    name: str
    kind: SourceKind
    head: str = ""
    person: bool = False
    called: str = ""
    """The words around the name, lower case: "works minister tobias ferrand"."""


NOBODY = Source(UNNAMED, "anonymous")


@dataclass(frozen=True, slots=True)
class Told:
    """Who spoke before, in reading order, and where the cues stand."""

    sources: Sequence[Source]
    heads: Sequence[int]


def bare(text: str) -> str:
    """Words without a leading article, white space as single blanks."""
    words = " ".join(text.split())
    low = words.lower()
    if not low.startswith(ARTICLES):
        return words
    return words[next(len(article) for article in ARTICLES if low.startswith(article)) :]


def sources(reports: Sequence[Report], known: Known, text: str) -> list[Source]:
    """The source of each report, in the same order."""
    found: list[Source] = []
    index = {id(report): i for i, report in enumerate(reports)}
    for report in reports:
        if not report.source:
            back = index.get(id(report.previous)) if report.previous is not None else None
            ready = back is not None and back < len(found)
            found.append(found[back] if ready and back is not None else NOBODY)
            continue
        heads = [one.head for one in reports[: len(found)]]
        found.append(_resolve(report, known, text, Told(found, heads)))
    return _settled(found)


def _settled(found: Sequence[Source]) -> list[Source]:
    """Sources with one kind for each name: the most telling of those it was found with."""
    best: dict[str, SourceKind] = {}
    for one in found:
        known = best.get(one.name.lower())
        if known is None or WEAK.get(one.kind, 0) < WEAK.get(known, 0):
            best[one.name.lower()] = one.kind
    return [replace(one, kind=best[one.name.lower()]) if one.kind in WEAK else one for one in found]


def _resolve(report: Report, known: Known, text: str, told: Told) -> Source:
    span, before = report.source[0], told.sources
    words = text[span[0] : span[1]]
    low = bare(words).lower()
    if low in PRONOUNS:
        return _pronoun(low, words, report, known, text, told)
    if report.named[1]:
        described = _described(report, known, text)
        if described is not None:
            return described
        span = (span[0], report.named[0])
        words = text[span[0] : span[1]]
        low = bare(words).lower()
    own = _surname(words, report, known, text) or _own_name(report, known, span, text)
    if own is not None:
        return own
    back = None
    if words[:4].lower() in ("the ", "this") and " " not in low:
        back = _titled(report, known, text) or _definite(report.source_head, before, known)
        back = back or _body_before(report.source_head, span[0], known)
    return back or _nameless(words, report.source_head)


def _pronoun(low: str, words: str, report: Report, known: Known, text: str, told: Told) -> Source:
    """Whom a pronoun means; the pronoun itself where nobody fits."""
    before = told.sources
    if low in HE:
        found = meant(low, report, known, text, told)
    else:
        found = _last(before, person=low in FIRST)
    if found is None and low in BODY:
        return before[-1] if before else Source(words, "anonymous")
    return found or Source(words, "anonymous", low, person=True)


def _described(report: Report, known: Known, text: str) -> Source | None:
    """The person or firm named in a source of several parts."""
    span = report.source[0]
    whole = (span[0], report.named[1])
    person = _person_in(known.inside(whole), span, text)
    if person is not None:
        return _by_name(person, whole, known, text, report.source_head)
    return _firm_behind(report, known, text)


def _person_in(names: Sequence[Name], span: Range, text: str) -> Name | None:
    """The person who speaks among the names of a source: not whose spokesman or party it is."""
    people = (n for n in names if n.label == "PER")
    return next((n for n in people if not OWNING.match(text[n.end : span[1]])), None)


def _firm_behind(report: Report, known: Known, text: str) -> Source | None:
    """The body named behind what it is: "the company, Halm Energi,", "the owner, Sarn Lines,"."""
    start, end = report.source[0]
    low = f" {text[start : report.named[0]].lower()} "
    name = next((n for n in known.inside((report.named[0], end)) if n.label == "ORG"), None)
    if name is None or text[report.named[0] : name.start].strip() != "," or "'s " in low:
        return None
    if text[name.end : end].strip(" ,") or " and " in low:
        return None
    kind = name_kind(name, known, None)
    return Source(_canonical(name, known), kind, report.source_head)


def _titled(report: Report, known: Known, text: str) -> Source | None:
    """Whom the document calls by the title that stands here alone: "the minister"."""
    name = known.titled.get(report.source_head)
    if name is None:
        return None
    found = _by_name(name, (name.start, name.end), known, text, report.source_head)
    noun = source_nouns().get(report.source_head)
    if found.kind in WEAK and noun is not None and noun.source_kind not in WEAK:
        return replace(found, kind=noun.source_kind)  # type: ignore[arg-type]  # a table's word
    return found


def _nameless(words: str, head: str) -> Source:
    """A source without a name; "a crane operator" is a person, "the operator" a firm."""
    kind, noun = kind_of(head, bare(words).lower()), source_nouns().get(head)
    firm = noun is not None and noun.actor_kind == "organisation"
    if firm and is_person(head) and words.lower().startswith(("a ", "an ", "one ")):
        return Source(bare(words), "witness", head, person=True)
    alone = not firm and head not in word_set("bodies") and (is_person(head) or head in titles())
    return Source(bare(words), kind, head, person=alone)


def meant(low: str, report: Report, known: Known, text: str, told: Told) -> Source | None:
    """Whom "he", "she", "him" or "her" means: the person who spoke or was told of last."""
    subject = _subject_before(low, report, known, text)
    for source, head in zip(reversed(told.sources), reversed(told.heads), strict=True):
        if subject is not None and subject.start > head:
            break
        if (source.person or source.kind in ("witness", "activist")) and may_be(
            low, f"{source.called} {source.name}"
        ):
            return source
    if subject is not None:
        return _by_name(subject, (subject.start, subject.end), known, text, "")
    return _last(told.sources, person=True)


def _subject_before(low: str, report: Report, known: Known, text: str) -> Name | None:
    """The person whom one of the sentences right before opens with, and whom the pronoun may mean."""
    for name in reversed(known.names[: bisect_left(known.starts, report.source[0][0])]):
        if name.sentence < report.sentence - SENTENCES:
            return None
        opens = name.label == "PER" and name.sentence < report.sentence and name.first <= OPENS
        if opens and may_be(low, text[max(0, name.start - TITLE) : name.end]):
            return name
    return None


def _last(before: Sequence[Source], *, person: bool) -> Source | None:
    for source in reversed(before):
        if person and (source.person or source.kind in ("witness", "activist")):
            return source
        if not person and not source.person:
            return source
    return before[-1] if before and person else None


def _own_name(report: Report, known: Known, span: Range, text: str) -> Source | None:
    words = text[span[0] : span[1]]
    names = known.inside(span)
    person = _person_in(names, span, text)
    head = report.source_head
    if person is not None and not _describes(text[span[0] : person.start], head):
        return _by_name(person, span, known, text, head)
    named = [n for n in names if n.label in ("ORG", "GPE", "MISC", "FAC", "LOC")]
    if head in word_set("media") | word_set("figures_of") and named:
        last = named[-1]
        own = last.text.lower().endswith(head) or head in word_set("figures_of")
        return Source(
            _canonical(last, known), name_kind(last, known, None if own else "outlet"), head
        )
    if named and " and " in words:
        return Source(bare(words), name_kind(named[-1], known, None), head)
    if named and named[-1].end == span[1] and named[-1].text.lower().endswith(head):
        last = named[-1]
        whole = bare(words)
        name = whole if last.label == "ORG" and _only_name(whole, known) else last.text
        return Source(known.canonical.get(name, name), name_kind(last, known, None), head)
    if names:
        return Source(bare(words), kind_of(head, words.lower()), head, person=is_someone(head))
    return None


def _surname(words: str, report: Report, known: Known, text: str) -> Source | None:
    """The person whose surname a source is, where the name itself was not found."""
    if " " in words or not words[:1].isupper():
        return None
    for name in known.names:
        if name.label == "PER" and name.text != words and name.text.endswith(" " + words):
            return _by_name(name, (name.start, name.end), known, text, report.source_head)
    return None


def _describes(before: str, head: str) -> bool:
    """Whether a name only tells who the head is: "a nurse at …", "a spokesman for Mayor …"."""
    words = before.lower().split()
    governed = next((k for k in range(len(words) - 1, 0, -1) if words[k] in GOVERNING), 0)
    between = words[governed + 1 :]
    return (
        governed > 0
        and head in words[:governed]
        and all(word in ARTICLE_WORDS or word.rstrip(".") in titles() for word in between)
    )


def _by_name(person: Name, span: Range, known: Known, text: str, head: str) -> Source:
    words = text[span[0] : span[1]]
    return Source(
        known.canonical.get(person.text, person.text),
        person_kind(words + _tail(text, span[1]), person, known),
        head,
        person=True,
        called=f"{words} {_tail(text, span[1])}".lower().replace(",", " "),
    )


def _tail(text: str, end: int) -> str:
    """The words that may describe a speaker behind the name: ", 54, a farmer"."""
    following = text[end : end + TAIL]
    return following.split(".")[0].split("\n")[0] if following[:1] == "," else ""


def _only_name(whole: str, known: Known) -> bool:
    return whole in known.canonical or whole[:1].isupper()


def _canonical(name: Name, known: Known) -> str:
    return known.canonical.get(name.text, name.text)


def _definite(head: str, before: Sequence[Source], known: Known) -> Source | None:
    """Reads "the ministry", "the officer", "the statement": the last speaker that fits."""
    for source in reversed(before):
        if source.head == head or source.name.lower().endswith(head):
            return source
    if head in word_set("documents"):
        return next((s for s in reversed(before) if s.kind in INSTITUTIONS), None)
    noun = source_nouns().get(head)
    if noun is not None:
        for source in reversed(before):
            if source.kind == noun.source_kind and _may_be(source, head, noun):
                return source
    for name in reversed(known.names):
        if name.text.lower().endswith(" " + head):
            return Source(_canonical(name, known), name_kind(name, known, None), head)
    return None


def _body_before(head: str, start: int, known: Known) -> Source | None:
    """The body named last before "the company said", where that is no office, army or outlet."""
    if head in word_set("outlet_nouns"):
        near = [n for n in known.names if start - NEAR <= n.start and n.end <= start]
        outlets = [n for n in near if name_kind(n, known, "official") == "outlet"]
        return Source(_canonical(outlets[-1], known), "outlet", head) if outlets else None
    if head not in word_set("generic_bodies"):
        return None
    for name in reversed(known.names):
        if name.end <= start and name.label == "ORG":
            if start - name.end > NEAR or name_kind(name, known, None) != "organisation":
                return None
            return Source(_canonical(name, known), "organisation", head)
    return None


def _may_be(source: Source, head: str, noun: SourceNoun) -> bool:
    """Whether "the officer" can be a speaker before: a person a person, an office its holder."""
    if noun.actor_kind == "state" or head in word_set("states_of_office"):
        return False
    if noun.actor_kind == "organisation":
        return head in word_set("generic_bodies") and source.head not in source_nouns()
    if head in word_set("bodies"):
        return head in source.name.lower().split()
    if noun.actor_kind not in ("official", "military"):
        return True
    if not source.person:
        return False
    return head not in titles() or head in source.called.split()
