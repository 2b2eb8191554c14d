"""Sources: the name and kind of who is said to speak, pronouns and roles resolved."""

import re
from collections.abc import Sequence
from dataclasses import replace

from firsthand.claims.entities import Name
from firsthand.claims.known import Known
from firsthand.claims.lexicon import SourceNoun, source_nouns, titles, word_set
from firsthand.claims.narration import RULE
from firsthand.claims.pronouns import PRONOUNS, meant
from firsthand.claims.roles import role_of
from firsthand.claims.said import Range, Report
from firsthand.claims.source_kinds import WEAK, is_someone, kind_of, name_kind
from firsthand.claims.tellers import NOBODY, Source, Told, bare, by_name, nameless
from firsthand.model.claim import SourceKind

ARTICLE_WORDS = frozenset(("the", "a", "an", "late"))
OWNING = re.compile(r"['’]s?\s")
"""What follows the name of an owner: "Fenn's spokesman", "the Fenns’ lawyer"."""
PERSONAL = {"his": "he", "her": "she"}
OWNERS = frozenset(("its", "his", "her", "their"))
AGED = re.compile(r"\d{1,3}-year-old")
"""The age that stands for whoever was told of last: "the 52-year-old"."""
GOVERNING = frozenset(("at", "of", "from", "in", "for", "with", "near", "to"))
"""Prepositions behind which a name only describes who speaks."""
NEAR = 400
"""Characters within which the body that "the company" stands for was named."""
INSTITUTIONS = frozenset(("ministry", "military", "official", "organisation", "agency", "outlet"))


def sources(reports: Sequence[Report], known: Known, text: str) -> list[Source]:
    """The source of each report, in the same order."""
    found: list[Source] = []
    genders: dict[str, str] = {}
    index = {id(report): i for i, report in enumerate(reports)}
    for report in reports:
        if not report.source:
            back = index.get(id(report.previous)) if report.previous is not None else None
            ready = back is not None and back < len(found)
            found.append(found[back] if ready and back is not None else NOBODY)
            continue
        heads = [one.head for one in reports[: len(found)]]
        source = _resolve(report, known, text, Told(found, heads, genders))
        lived = report.rule == RULE and source.kind in WEAK
        found.append(replace(source, kind="witness") if lived else source)
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
    if AGED.fullmatch(low) and words[:4].lower() == "the ":
        return meant("him", words, report, known, text, told)
    if low in PRONOUNS:
        return meant(low, words, report, known, text, told)
    if report.named[1]:
        described = _described(report, known, text)
        if described is not None:
            return described
        span = (span[0], report.named[0])
        words = text[span[0] : span[1]]
        low = bare(words).lower()
    if low.split(" ")[0] in OWNERS and (owned := _owned(report, low, known, told, text)):
        return owned
    own = _surname(words, report, known, text) or _own_name(report, known, span, text)
    if own is not None:
        return own
    back = None
    if words[:4].lower() in ("the ", "this") and " " not in low:
        back = _titled(report, known, text) or _definite(report.source_head, before, known)
        back = back or _body_before(report.source_head, span[0], known)
    return back or nameless(words, report.source_head)


def _owned(report: Report, low: str, known: Known, told: Told, text: str) -> Source | None:
    """Reads "her alliance", "its director": a body told of before, or who holds a post in it."""
    head = report.source_head
    if head in word_set("bodies") | word_set("generic_bodies") | word_set("telling_bodies"):
        return _definite(head, told.sources, known)
    if role_of(head) != "official" or " " in low.partition(" ")[2]:
        return None
    pronoun = PERSONAL.get(low.partition(" ")[0], "it")
    body = meant(pronoun, pronoun, report, known, text, told)
    if body.kind == "anonymous" or body.person != (pronoun != "it"):
        return None
    return Source(f"{head} of {body.name}", "official", head, person=True)


def _described(report: Report, known: Known, text: str) -> Source | None:
    """The person or firm named in a source of several parts."""
    span = report.source[0]
    whole = (span[0], report.named[1])
    person = _person_in(known.inside(whole), span, text)
    if person is not None and (body := _led_by(known.inside(whole), person, text)) is not None:
        return Source(_canonical(body, known), name_kind(body, known, None), report.source_head)
    if person is not None:
        return by_name(person, whole, known, text, report.source_head)
    return _firm_behind(report, known, text)


def _person_in(names: Sequence[Name], span: Range, text: str) -> Name | None:
    """The person who speaks among the names of a source: not whose spokesman or party it is."""
    people = (n for n in names if n.label == "PER")
    return next((n for n in people if not OWNING.match(text[n.end : span[1]])), None)


def _led_by(names: Sequence[Name], person: Name, text: str) -> Name | None:
    """The body that speaks where a person only leads it: "the Alliance of the candidate, Ada Fenn"."""
    body = next((n for n in names if n.label == "ORG" and n.end < person.start), None)
    between = text[body.end : person.start] if body is not None else ""
    return body if between.startswith(" of ") else None


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
    found = by_name(name, (name.start, name.end), known, text, report.source_head)
    noun = source_nouns().get(report.source_head)
    if found.kind in WEAK and noun is not None and noun.source_kind not in WEAK:
        return replace(found, kind=noun.source_kind)  # type: ignore[arg-type]  # a table's word
    return found


def _own_name(report: Report, known: Known, span: Range, text: str) -> Source | None:
    names = known.inside(span)
    person, head = _person_in(names, span, text), report.source_head
    if person is not None and (body := _led_by(names, person, text)) is not None:
        return Source(_canonical(body, known), name_kind(body, known, None), head)
    if person is not None and not _describes(text[span[0] : person.start], head):
        return by_name(person, span, known, text, head)
    return _own_body(head, names, span, known, text)


def _own_body(
    head: str, names: Sequence[Name], span: Range, known: Known, text: str
) -> Source | None:
    """The body, place or document that a source is called by, or what names only describe."""
    words = text[span[0] : span[1]]
    named = [n for n in names if n.label in ("ORG", "GPE", "MISC", "FAC", "LOC")]
    last = named[-1] if named else None
    if last is not None and head in word_set("documents") | word_set("media") | word_set(
        "figures_of"
    ):
        return _published(head, last, known)
    if last is not None and " and " in words:
        return Source(bare(words), name_kind(last, known, None), head)
    if last is not None and last.end == span[1] and last.text.lower().endswith(head):
        whole = bare(words)
        name = whole if last.label == "ORG" and _only_name(whole, known) else last.text
        return Source(known.canonical.get(name, name), name_kind(last, known, None), head)
    first = named[0] if named else None
    if first is not None and first.label == "ORG" and _only_placed(first, last, span, text):
        return Source(_canonical(first, known), name_kind(first, known, None), head)
    if names:
        return Source(bare(words), kind_of(head, words.lower()), head, person=is_someone(head))
    return None


def _only_placed(body: Name, last: Name | None, span: Range, text: str) -> bool:
    """Whether words behind a body's name only tell where it is: "the Institute in Sarn"."""
    before, behind = text[span[0] : body.start].lower(), text[body.end : span[1]]
    state = body.text.lower().split()[-1] in word_set("states_of_office") | {"ministry"}
    placed = behind.startswith((" in ", " at ")) and last is not None and last.end == span[1]
    return before.strip() in ("", "the") and placed and not state


def _published(head: str, owner: Name, known: Known) -> Source:
    """Who stands behind a medium, a document or a count: "a notice of the Harbour Board"."""
    own = owner.text.lower().endswith(head) or head not in word_set("media")
    kind = name_kind(owner, known, None if own else "outlet")
    return Source(_canonical(owner, known), kind, head)


def _surname(words: str, report: Report, known: Known, text: str) -> Source | None:
    """The person whose surname a source is, where the name itself was not found."""
    if " " in words or not words[:1].isupper():
        return None
    for name in known.names:
        if name.label == "PER" and name.text != words and name.text.endswith(" " + words):
            return by_name(name, (name.start, name.end), known, text, report.source_head)
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
