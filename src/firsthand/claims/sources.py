"""Sources: the name and kind of who is said to speak, pronouns and roles resolved."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from firsthand.claims.entities import Name
from firsthand.claims.lexicon import SourceNoun, name_nouns, source_nouns, titles, word_set
from firsthand.claims.person_nouns import is_person
from firsthand.claims.roles import role_of
from firsthand.claims.said import Range, Report
from firsthand.model.claim import SourceKind

UNNAMED = "unnamed source"
HE = frozenset(("he", "she"))
FIRST = frozenset(("i", "we"))
ARTICLES = ("the ", "a ", "an ", "this ", "that ")
ARTICLE_WORDS = frozenset(("the", "a", "an", "late"))
GOVERNING = frozenset(("at", "of", "from", "in", "for", "with", "near", "to"))
"""Prepositions behind which a name only describes who speaks."""
BY_ACTOR: dict[str, SourceKind] = {
    "ministry": "ministry",
    "military": "military",
    "police": "official",
    "armed_group": "belligerent",
    "organisation": "organisation",
    "outlet": "outlet",
    "agency": "agency",
    "official": "official",
    "state": "official",
    "people": "witness",
    "person": "person",
}
"""The source kind that goes with an actor kind."""
NEAR = 400
"""Characters within which the body that "the company" stands for was named."""
TAIL = 60
"""Characters behind a name in which its role is looked for."""
WEAK: Mapping[str, int] = {"witness": 1, "person": 2, "anonymous": 3}
"""Kinds that say little of who speaks, the more telling first."""
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
class Known:
    """What the document knows of names: mentions in order and their longest forms."""

    names: tuple[Name, ...]
    canonical: dict[str, str]
    kinds: dict[str, str]
    """Actor kind of names that the register knows."""
    roles: Mapping[str, str] = field(default_factory=dict)
    """The role that the text gives people, by their longest name."""
    titled: Mapping[str, Name] = field(default_factory=dict)
    """Who was last called by a title: "minister" after "Energy Minister Ada Fenn"."""
    starts: tuple[int, ...] = ()
    """Where the names begin, in their order."""

    def inside(self, span: Range) -> list[Name]:
        """Names that lie inside a range."""
        first, last = bisect_left(self.starts, span[0]), bisect_left(self.starts, span[1])
        return [n for n in self.names[first:last] if n.end <= span[1]]


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
        found.append(_resolve(report, known, text, found))
    return _settled(found)


def _settled(found: Sequence[Source]) -> list[Source]:
    """Sources with one kind for each name: the most telling of those it was found with."""
    best: dict[str, SourceKind] = {}
    for one in found:
        known = best.get(one.name.lower())
        if known is None or WEAK.get(one.kind, 0) < WEAK.get(known, 0):
            best[one.name.lower()] = one.kind
    return [replace(one, kind=best[one.name.lower()]) if one.kind in WEAK else one for one in found]


def _resolve(report: Report, known: Known, text: str, before: Sequence[Source]) -> Source:
    span = report.source[0]
    words = text[span[0] : span[1]]
    low = bare(words).lower()
    if low in HE or low in FIRST:
        return _last(before, person=True) or Source(words, "anonymous", low, person=True)
    if low in ("it", "they", "which", "who"):
        return _last(before, person=False) or (before[-1] if before else Source(words, "anonymous"))
    if report.named[1]:
        whole = (span[0], report.named[1])
        person = next((n for n in known.inside(whole) if n.label == "PER"), None)
        if person is not None:
            return _by_name(person, whole, known, text, report.source_head)
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
    kind, noun = _kind(head, bare(words).lower()), source_nouns().get(head)
    firm = noun is not None and noun.actor_kind == "organisation"
    if firm and is_person(head) and words.lower().startswith(("a ", "an ", "one ")):
        return Source(bare(words), "witness", head, person=True)
    return Source(bare(words), kind, head)


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
    person = next((n for n in names if n.label == "PER"), None)
    head = report.source_head
    if person is not None and not _describes(text[span[0] : person.start], head):
        return _by_name(person, span, known, text, head)
    named = [n for n in names if n.label in ("ORG", "GPE", "MISC", "FAC", "LOC")]
    if head in word_set("media") and named:
        last = named[-1]
        return Source(_canonical(last, known), _name_kind(last, known, "outlet"), head)
    if named and named[-1].end == span[1] and named[-1].text.lower().endswith(head):
        last = named[-1]
        whole = bare(words)
        name = whole if last.label == "ORG" and _only_name(whole, known) else last.text
        return Source(known.canonical.get(name, name), _name_kind(last, known, None), head)
    if names:
        return Source(bare(words), _kind(head, words.lower()), head, person=_is_person(head))
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
        _person_kind(words + _tail(text, span[1]), person, known),
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


def _is_person(head: str) -> bool:
    noun = source_nouns().get(head)
    if noun is None:
        return is_person(head)
    return noun.actor_kind in ("official", "people") and not head.endswith("s")


def _person_kind(words: str, person: Name, known: Known) -> SourceKind:
    """The kind of a person by title or role around the name, in the text, in the register."""
    whole = known.canonical.get(person.text, person.text)
    found: SourceKind | None = None
    for word in words.lower().replace(",", " ").split():
        kind = role_of(word)
        if kind is not None and kind != "witness":
            return kind  # type: ignore[return-value]  # checked by the table's test
        found = found or ("witness" if kind is not None else None)
    role = known.roles.get(whole)
    if role is not None and role != "witness":
        return role  # type: ignore[return-value]  # a table's word, checked by its test
    registered = BY_ACTOR.get(known.kinds.get(person.text, ""))
    return registered or found or ("witness" if role is not None else "person")


def _name_kind(name: Name, known: Known, default: SourceKind | None) -> SourceKind:
    actor = known.kinds.get(name.text)
    if actor is not None and actor in BY_ACTOR:
        return BY_ACTOR[actor]
    for word in reversed(name.text.lower().split()):
        noun = name_nouns().get(word)
        if noun is not None and noun.actor_kind in BY_ACTOR:
            return BY_ACTOR[noun.actor_kind]
    if name.label == "GPE":
        return default or "official"
    return default or "organisation"


def _kind(head: str, words: str) -> SourceKind:
    """The kind of a source that is not called by name, by the nouns it is called by."""
    for phrase in ("news agency", "news site"):
        if phrase in words:
            return "agency" if phrase == "news agency" else "outlet"
    parts = words.split(" and ")
    if len(parts) > 1 and not parts[0].endswith(","):
        kinds = [_kind(part.split()[-1], part) for part in parts if part.strip()]
        telling = next((kind for kind in kinds if kind not in WEAK), None)
        if telling is not None and telling not in ("outlet", "organisation"):
            return telling
    own = words.replace(",", " ").split()
    before = own[: own.index(head)] if head in own else []
    noun = source_nouns().get(" ".join([*before[-1:], head])) or _noun(head)
    if noun is None and head in word_set("telling_bodies"):
        return "organisation"
    if noun is None and _people(head):
        return "witness"
    if noun is None:
        noun = next((found for word in reversed(own) if (found := _noun(word)) is not None), None)
    return noun.source_kind if noun is not None else "anonymous"  # type: ignore[return-value]  # a table's word, checked by its test


def _noun(word: str) -> SourceNoun | None:
    return source_nouns().get(word) or source_nouns().get(word.removesuffix("s"))


def _people(head: str) -> bool:
    """Whether a head noun is a person or people in no office: "ferryman", "pharmacists"."""
    singular = head[:-3] + "man" if head.endswith("men") else head.removesuffix("s")
    counted = word_set("counted_people")
    return head not in counted and (is_person(head) or is_person(singular))


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
            return Source(_canonical(name, known), _name_kind(name, known, None), head)
    return None


def _body_before(head: str, start: int, known: Known) -> Source | None:
    """The body named last before "the company said", where that is no office, army or outlet."""
    if head in word_set("outlet_nouns"):
        near = [n for n in known.names if start - NEAR <= n.start and n.end <= start]
        outlets = [n for n in near if _name_kind(n, known, "official") == "outlet"]
        return Source(_canonical(outlets[-1], known), "outlet", head) if outlets else None
    if head not in word_set("generic_bodies"):
        return None
    for name in reversed(known.names):
        if name.end <= start and name.label == "ORG":
            if start - name.end > NEAR or _name_kind(name, known, None) != "organisation":
                return None
            return Source(_canonical(name, known), "organisation", head)
    return None


def _may_be(source: Source, head: str, noun: SourceNoun) -> bool:
    """Whether "the officer" can be a speaker before: a person a person, an office its holder."""
    if noun.actor_kind == "organisation":
        return head in word_set("generic_bodies") and source.head not in source_nouns()
    if noun.actor_kind not in ("official", "military"):
        return True
    if source.person == (head in word_set("bodies")):
        return False
    return head not in titles() or head in source.called.split()
