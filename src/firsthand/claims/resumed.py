"""Resumed subjects: what a main verb takes up behind a relative, reduced or contact clause."""

from itertools import pairwise

from firsthand.claims.lexicon import cues
from firsthand.claims.phrases import Phrase, VerbGroup
from firsthand.claims.subjects import governed
from firsthand.claims.tokens import Sentence

SCENE = frozenset(("PP", "DT", "NN", "NP", "N?", "TM", "CD", "AV", "PU", "JJ", "PS"))
"""Word classes of what may stand before the subject that opens a sentence: "On Monday, a nurse"."""
STRONG = frozenset(";:—–()")
"""Marks between which a clause stands apart."""


def opened_at(sentence: Sentence, stop: int) -> int:
    """The last word before `stop` that opens a clause; -1 where none does."""
    for j in range(stop - 1, -1, -1):
        if sentence.tags[j] in ("SC", "WH") or sentence.low[j] in STRONG:
            return j
    return -1


def resumed_at(
    sentence: Sentence,
    left: VerbGroup,
    right: VerbGroup,
    begin: int,
    phrases: list[Phrase],
    *,
    first: bool,
) -> Phrase | None:
    """The subject that a main verb takes up behind a relative or reduced clause.

    `first` says that no finite verb came before, so that this one is the main verb.
    """
    reduced = not left.finite and sentence.tags[left.first] in ("VN", "VG")
    subject = next((p for p in phrases if p.end == left.start), None)
    opened = any(tag in ("SC", "WH") for tag in sentence.tags[left.end : right.start])
    main = first and reduced and right.finite and subject is not None and not opened
    if main or _resumes(sentence, left, right):
        return _free(sentence, subject, phrases)
    gap = range(left.end, right.start)
    open_gap = all(sentence.tags[j] not in ("PU", "CC", "SC", "WH", "QT") for j in gap)
    if right.finite and open_gap and (whom := _of_contact(sentence, left, phrases)) is not None:
        return _free(sentence, whom, phrases)
    if not (right.finite and sentence.tags[begin] == "WH" and begin):
        return None
    if not open_gap:
        return _behind_aside(sentence, right, begin, phrases)
    return _of_relative(sentence, left, right, begin, phrases)


def _of_relative(
    sentence: Sentence, left: VerbGroup, right: VerbGroup, begin: int, phrases: list[Phrase]
) -> Phrase | None:
    """The noun that a relative clause without commas tells of, where the main verb takes it up."""
    cue = sentence.lemmas[left.head] in cues("en", "verb")
    told = cue or (sentence.low[begin] != "who" and left.start > begin + 1)
    if told and any(p.start >= left.end and p.end == right.start for p in phrases):
        return None
    return _free(sentence, next((p for p in phrases if p.end == begin), None), phrases)


def _behind_aside(
    sentence: Sentence, right: VerbGroup, begin: int, phrases: list[Phrase]
) -> Phrase | None:
    """The subject that goes on behind a relative clause between commas: "the talks, which …, failed"."""
    low = sentence.low
    aside = low[begin - 1] == "," and low[right.start - 1] == ","
    if not aside or any(sentence.tags[j] in ("SC", "CC") for j in range(begin + 1, right.start)):
        return None
    return _free(sentence, next((p for p in phrases if p.end == begin - 1), None), phrases)


def _of_contact(sentence: Sentence, left: VerbGroup, phrases: list[Phrase]) -> Phrase | None:
    """The noun that a clause without "that" tells of: "the trucks" of "the trucks it sent"."""
    i = left.start - 1
    if i < 1 or not left.finite or sentence.tags[i] != "PR" or sentence.tags[i - 1] != "NN":
        return None
    if sentence.lemmas[left.head] in cues("en", "verb"):
        return None
    return next((p for p in phrases if p.end == i), None)


def interrupted(
    sentence: Sentence, groups: list[VerbGroup], phrases: list[Phrase]
) -> Phrase | None:
    """The subject before what interrupts it: "A guard, speaking while he packed, said …"."""
    aside, main = groups[0], groups[-1]
    if aside.finite or not main.finite or sentence.low[main.start - 1] != ",":
        return None
    if sentence.tags[aside.first] not in ("VG", "VN") or sentence.low[aside.start - 1] != ",":
        return None
    for before, inner in pairwise(groups[:-1]):
        opened = {"SC", "WH"}.intersection(sentence.tags[before.end : inner.start])
        if inner.finite and not opened:
            return None
    return _free(sentence, next((p for p in phrases if p.end == aside.start - 1), None), phrases)


def over_asides(
    sentence: Sentence, groups: list[VerbGroup], phrases: list[Phrase]
) -> Phrase | None:
    """What opens a sentence and is taken up behind asides: "A nurse, who …, because …, said …"."""
    main = groups[-1]
    if not main.finite or sentence.low[main.start - 1] != ",":
        return None
    opening = next((p for p in phrases if not _sets_scene(sentence, p)), None)
    if opening is None or opening.end >= groups[0].start:
        return None
    if any(sentence.tags[j] not in SCENE for j in range(opening.start)):
        return None
    last = opening.end
    for group in groups[:-1]:
        if not {"SC", "WH"}.intersection(sentence.tags[last : group.start]):
            return None
        last = group.end
    return opening


def _sets_scene(sentence: Sentence, phrase: Phrase) -> bool:
    return sentence.tags[phrase.head] == "TM" or governed(sentence, phrase)


def _free(sentence: Sentence, phrase: Phrase | None, phrases: list[Phrase]) -> Phrase | None:
    """The noun phrase that a governed one hangs on: "the offensive" of "… of the forces"."""
    while phrase is not None and governed(sentence, phrase):
        before = [p for p in phrases if p.end < phrase.start]
        if not before or phrase.start - before[-1].end != 1:
            break
        phrase = before[-1]
    return phrase


def _resumes(sentence: Sentence, left: VerbGroup, right: VerbGroup) -> bool:
    """Whether the main verb follows a reduced clause: "forces backed by planes are pushing"."""
    if left.finite or not right.finite or sentence.tags[left.first] != "VN":
        return False
    gap = range(left.end, right.start)
    return all(sentence.tags[j] not in ("PU", "CC", "SC", "WH") for j in gap)
