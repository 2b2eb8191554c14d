"""Clauses: one stretch for each verb group, with its subject and its object."""

from dataclasses import dataclass
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from firsthand.claims.lexicon import cues, word_set
from firsthand.claims.phrases import Phrase, VerbGroup, noun_phrases, verb_groups
from firsthand.claims.resumed import STRONG, interrupted, opened_at, over_asides, resumed_at
from firsthand.claims.subjects import free_subject, governed, last_joined, taken_up
from firsthand.claims.tokens import Sentence, trim

QUOTE_ENDS = frozenset(",.?!…")
"""Marks before a closing quotation mark, behind which a clause of the teller's begins."""


class Clause(msgspec.Struct, frozen=True, gc=False):
    """A verb group with the words that belong to it; token ranges are into the sentence."""

    verb: VerbGroup
    start: int
    end: int
    subject: Phrase | None
    objects: tuple[Phrase, ...]
    """Noun phrases after the verb that no preposition governs."""
    opener: str
    """The word that opens the clause: "if", "who", "with", "," or empty."""
    relative: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence with its noun phrases, verb groups and clauses."""

    sentence: Sentence
    phrases: tuple[Phrase, ...]
    clauses: tuple[Clause, ...]


def parse(sentence: Sentence) -> Parsed:
    """Noun phrases, verb groups and clauses of a tagged sentence."""
    phrases = noun_phrases(sentence)
    groups = verb_groups(sentence)
    clauses: list[Clause] = []
    begin = 0
    for i, group in enumerate(groups):
        resumed = None
        if i:
            opened = opened_at(sentence, groups[i - 1].start)
            first = not any(one.finite and one.start > opened for one in groups[:i])
            resumed = resumed_at(sentence, groups[i - 1], group, begin, phrases, first=first)
            resumed = resumed or interrupted(sentence, groups[: i + 1], phrases)
            if resumed is None and group.head >= 0 and _tells(sentence, group):
                resumed = over_asides(sentence, groups[: i + 1], phrases)
        if resumed is not None:
            begin = resumed.start
        elif not i:
            begin = _first_boundary(sentence, group)
        else:
            begin = _boundary(sentence, groups[i - 1], group, phrases)
        stop = len(sentence)
        if i + 1 < len(groups):
            stop = _boundary(sentence, group, groups[i + 1], phrases)
        begin, stop = _within_strong(sentence, group, begin, stop)
        reach = stop
        if i + 1 < len(groups) and not groups[i + 1].finite:
            reach = max(stop, groups[i + 1].start)
        clause = _clause(sentence, group, (begin, stop, reach), phrases, clauses)
        clauses.append(clause if resumed is None else replace(clause, subject=resumed))
    _interposed(sentence, clauses, phrases)
    _shared(sentence, clauses)
    _fronted(sentence, clauses)
    return Parsed(sentence, tuple(phrases), tuple(clauses))


def _tells(sentence: Sentence, group: VerbGroup) -> bool:
    return sentence.lemmas[group.head] in cues("en", "verb")


def _interposed(sentence: Sentence, clauses: list[Clause], phrases: list[Phrase]) -> None:
    """Reads "His cousin, he said, is missing": the cousin is missing; "he said" stands apart."""
    for i, (inner, outer) in enumerate(pairwise(clauses)):
        subject, k = inner.subject, inner.verb.end
        if subject is None or outer.subject != subject or sentence.low[k : k + 1] != [","]:
            continue
        comma = subject.start - 1
        if outer.verb.start != k + 1 or comma < inner.start or sentence.low[comma] != ",":
            continue
        before = next((p for p in phrases if p.end == comma), None)
        if before is None or sentence.tags[before.head] == "TM" or governed(sentence, before):
            continue
        clauses[i] = replace(inner, start=subject.start)
        clauses[i + 1] = replace(outer, start=before.start, subject=before)


def _shared(sentence: Sentence, clauses: list[Clause]) -> None:
    """Reads "found and destroyed a mine": the object of two verbs that "and" joins is that of both."""
    for i, (one, two) in enumerate(pairwise(clauses)):
        joined = sentence.low[one.verb.end : two.verb.start] == ["and"]
        if joined and not one.objects and not (one.verb.passive or two.verb.passive):
            clauses[i] = replace(one, objects=two.objects)


def _fronted(sentence: Sentence, clauses: list[Clause]) -> None:
    """Reads "Seized by gunmen, the pilots …" and "By shelling it, the army …": whose these are."""
    if len(clauses) < 2:
        return
    first, main = clauses[0], next((one for one in clauses if one.verb.finite), None)
    if main is None or first.verb.finite or first.subject is not None or main.subject is None:
        return
    participle = sentence.tags[first.verb.first] in ("VN", "VG")
    begins = main.subject.start
    if participle and first.verb.end <= begins and "," in sentence.low[first.verb.end : begins]:
        clauses[0] = replace(first, subject=main.subject)


def finite_range(parsed: Parsed, clause: Clause) -> tuple[int, int]:
    """The tokens of a clause with its finite verb and all that hangs on it.

    A participle or infinitive belongs to the finite clause before it; a finite clause reaches to
    where the next one begins. Edge words and final marks are left out.
    """
    head, start, stop = clause.verb.head, clause.start, len(parsed.sentence)
    for one in parsed.clauses:
        if not one.verb.finite:
            continue
        if one.verb.head > head:
            stop = max(one.start, clause.end)
            break
        start = min(one.start, clause.start)
    start, end = trim(parsed.sentence, start, stop, word_set("edge_words"))
    return (start, end) if start < end else (clause.start, clause.end)


def _first_boundary(sentence: Sentence, group: VerbGroup) -> int:
    """Where the first clause begins: behind "reports that", "The union, which …", else at 0."""
    for j in range(group.start - 1, 0, -1):
        if sentence.tags[j] == "QT" and sentence.low[j - 1] in QUOTE_ENDS:
            return j + 1
        if sentence.tags[j] in ("WH", "SC") and sentence.tags[j - 1] != "PU":
            return j
        if sentence.tags[j] == "WH":
            return j
    return 0


def _within_strong(sentence: Sentence, group: VerbGroup, begin: int, stop: int) -> tuple[int, int]:
    low = sentence.low
    for j in range(group.start - 1, begin - 1, -1):
        if low[j] in STRONG and not (low[j] == ")" and "(" in low[max(begin, j - 8) : j]):
            if low[j] == "(" and ")" in low[j : group.start]:
                continue
            begin = j + 1
            break
    for j in range(group.end, stop):
        if low[j] in STRONG and not (low[j] == "(" and _short_bracket(sentence, j)):
            if low[j] == ")" and "(" in low[group.end : j]:
                continue
            stop = j
            break
    return begin, stop


def _short_bracket(sentence: Sentence, j: int) -> bool:
    return ")" in sentence.low[j + 1 : j + 8]


def _boundary(sentence: Sentence, left: VerbGroup, right: VerbGroup, phrases: list[Phrase]) -> int:
    """Where the clause of `right` begins, given the verb group before it."""
    tags, low = sentence.tags, sentence.low
    between = range(right.start - 1, left.end - 1, -1)
    for j in between:
        if tags[j] == "WH" or (tags[j] == "SC" and low[j] != "like"):
            return _behind_preposition(sentence, j, left.end)
        if low[j] in STRONG or (tags[j] == "QT" and low[j - 1] in QUOTE_ENDS):
            return j + 1
    for j in between:
        if tags[j] == "PP" and low[j] == "with" and _participial(sentence, right):
            return j
    if not right.finite:
        return _nonfinite_start(sentence, left, right, phrases)
    return _separator(sentence, left, right, phrases)


def _behind_preposition(sentence: Sentence, j: int, least: int) -> int:
    """Where "of whom", "two of which", "from which" begins, given the relative word."""
    if sentence.low[j] not in ("whom", "which") or sentence.tags[j - 1] != "PP" or j - 1 < least:
        return j
    counted = (
        j - 2 >= least and sentence.low[j - 1] == "of" and sentence.tags[j - 2] in ("CD", "DT")
    )
    return j - 2 if counted else j - 1


def _separator(sentence: Sentence, left: VerbGroup, right: VerbGroup, phrases: list[Phrase]) -> int:
    """The nearest comma or conjunction before a finite verb that sets its clause off."""
    tags, low = sentence.tags, sentence.low
    near = right.start - 1
    while near > left.end and tags[near] == "AV":
        near -= 1
    appositive = low[near] == ","
    commas = [j for j in range(left.end, near) if low[j] == ","]
    if appositive and commas and not _clause_between(tags, commas[-1], near):
        return commas[-1]
    for j in range(near - 1 if appositive else near, left.end - 1, -1):
        if low[j] == "," and not (appositive and _clause_between(tags, j, near)):
            return j
        joins = tags[j] == "CC" and low[j] != "&" and tags[min(j + 1, len(tags) - 1)] != "PP"
        if joins and not _joins_subject(sentence, j, left, phrases):
            return j
    return near if appositive else left.end


def _clause_between(tags: list[str], start: int, end: int) -> bool:
    return any(tag in ("VF", "MD", "AX") for tag in tags[start:end])


def _participial(sentence: Sentence, group: VerbGroup) -> bool:
    return sentence.tags[group.first] in ("VN", "VG") and not group.finite


def _nonfinite_start(
    sentence: Sentence, left: VerbGroup, right: VerbGroup, phrases: list[Phrase]
) -> int:
    """A participle clause after a noun takes the noun along; after a comma it does not."""
    if right.start > left.end and sentence.tags[right.first] == "VN":
        for phrase in phrases:
            whole = phrase.end == right.start and phrase.start >= left.end
            if whole and sentence.tags[phrase.head] != "TM":
                return phrase.start
    start = right.start
    if start > left.end and sentence.tags[start - 1] in ("PP", "CC"):
        return start - 1
    return start


def _joins_subject(sentence: Sentence, j: int, left: VerbGroup, phrases: list[Phrase]) -> bool:
    """Whether a conjunction joins two noun phrases before one verb ("X and Y attacked")."""
    before = any(p.end == j and p.start >= left.end for p in phrases)
    comma = "," in sentence.low[left.end : j]
    return before and comma


def _controlled(sentence: Sentence, group: VerbGroup, last: Clause) -> Phrase | None:
    """Who does what another brings about: "accused guards of looting", "forced them to leave"."""
    if group.finite or last.verb.passive or not last.objects:
        return None
    whom, gap = last.objects[0], group.start - last.objects[0].end
    if whom.end > group.start or gap > 1:
        return None
    linked = not gap or sentence.low[whom.end] in word_set("control_links")
    controls = sentence.lemmas[last.verb.head] in word_set("object_control")
    return whom if linked and controls else None


def _inherited(
    sentence: Sentence, group: VerbGroup, begin: int, before: list[Clause]
) -> Phrase | None:
    """The subject of a clause without one: that of the main clause after a comma, else the last."""
    if len(before) > 1 and _interrupts(sentence, before[-1]):
        before = before[:-1]
    last = before[-1]
    if (object_ := _controlled(sentence, group, last)) is not None:
        return object_
    own = last.subject is not None and last.start <= last.subject.start
    if own and not last.verb.finite and last.opener in word_set("clause_openers"):
        return last.subject
    comma = (begin > 0 and sentence.low[begin - 1] == ",") or sentence.low[begin] == ","
    if comma or sentence.tags[group.first] == "VG":
        main = [clause for clause in before if clause.verb.finite and not clause.relative]
        if main:
            return main[-1].subject
    return before[-1].subject


def _interrupts(sentence: Sentence, clause: Clause) -> bool:
    """Whether a clause is a cue between commas: "Power is out, the firm says, and will stay so"."""
    if sentence.lemmas[clause.verb.head] not in cues("en", "verb") or not clause.start:
        return False
    commas = (sentence.low[clause.start - 1], *sentence.low[clause.verb.end : clause.verb.end + 1])
    return commas == (",", ",")


def _objects(
    sentence: Sentence, group: VerbGroup, stop: int, phrases: list[Phrase]
) -> tuple[Phrase, ...]:
    after = [p for p in phrases if p.start >= group.end and p.end <= stop]
    return tuple(p for p in after if not governed(sentence, p))


def _clause(
    sentence: Sentence,
    group: VerbGroup,
    bounds: tuple[int, int, int],
    phrases: list[Phrase],
    before: list[Clause],
) -> Clause:
    """The clause between the first two bounds; its objects may lie before the third."""
    begin, stop, reach = bounds
    tags, low = sentence.tags, sentence.low
    opener = low[begin] if begin < group.start else ""
    relative = "WH" in tags[begin : min(begin + 2, group.start)]
    subject = free_subject(sentence, group, begin, phrases)
    if relative and subject is None:
        before_it = [p for p in phrases if p.end <= begin]
        if "who" in low[begin : begin + 1] or "whom" in low[begin : begin + 3]:
            before_it = taken_up(sentence, before_it)
        subject = last_joined(sentence, before_it)
    elif subject is None and before:
        subject = _inherited(sentence, group, begin, before)
        bare = tags[group.first] == "VN" and not group.finite and tags[group.start] != "TO"
        if bare and low[group.start - 1] != ",":
            subject = next((p for p in reversed(phrases) if p.end == group.start), subject)
    told = before[-1] if before and subject in before[-1].objects else None
    if told is not None and sentence.lemmas[told.verb.head] in word_set("claims_to"):
        begin = told.objects[0].start  # "expects the flour to run out"
    start, end = trim(sentence, begin, stop, word_set("edge_words"))
    if 0 < start < end and low[start] == "of" and low[start - 1] == "as":
        start -= 1
    objects = _objects(sentence, group, reach, phrases)
    return Clause(group, start, end, subject, objects, opener, relative)
