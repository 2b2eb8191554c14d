"""Wording: how words inside quotation marks differ from those of where they come from."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import Levenshtein, Opcode

from firsthand.nlp.number_words import TABLE, read_number
from firsthand.resources import read_table

WORDS: Final = "lexicons/quotation_words.tsv"
FORMS: Final = "lexicons/quotation_forms.tsv"
LEXICONS: Final = (WORDS, FORMS, TABLE)
"""Packaged tables by which changes are named."""
LONGEST_PHRASE: Final = 4
HOLE: Final = 12
"""Words of the source left out in one place beyond which a quotation is not of both sides."""
LEAD: Final = 8
"""Words before a quotation within which a clause that frames it may begin."""
TAIL: Final = 2
"""Words after it within which such a clause begins."""
SPELT: Final = 6
"""Letters from which endings are two spellings of one word."""
AROUND: Final = 160
"""Letters on both sides of a quotation in which its own sentence may hold the words back."""
_WORD: Final = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|\w+")
_OMISSION: Final = re.compile(r"…|\.\.\.|\[[^\]\w]{0,3}\]")
_BRACKETED: Final = re.compile(r"\[[^\]]{1,80}\]|\([^)]{1,80}\)")
_STOP: Final = re.compile(r"[.!?][\"”’»']?\s|\n")

_CLOSERS: Final = " \"”’»'"
_QUOTES: Final = '"“”«»'
_ENDERS: Final = frozenset(".!?")

Placed = list[tuple[int, int, str]]
"""Words in comparable form with their offsets."""


@dataclass(frozen=True)
class Change:
    """One difference between a quotation and its source: word indexes of both sides."""

    name: str
    here: tuple[int, int]
    there: tuple[int, int]
    turned: bool = False
    """Whether a negation was lost or put in."""


NAMES: Final = (
    "hedge dropped",
    "number changed",
    "insertion",
    "words not in the source",
    "truncation",
)
"""The kinds of change, the one that matters most first."""


@cache
def phrases(*classes: str) -> frozenset[tuple[str, ...]]:
    """The words of some classes, of all languages."""
    found = {kind: set[tuple[str, ...]]() for kind in classes}
    for row in read_table(WORDS):
        if row["class"] in found:
            found[row["class"]].add(tuple(row["words"].split()))
    return frozenset().union(*found.values())


@cache
def _forms(kind: str) -> dict[str, str]:
    return {r["written"]: r["form"] for r in read_table(FORMS) if r["kind"] == kind}


@lru_cache(maxsize=65_536)
def _spelt(word: str) -> tuple[str, ...]:
    """The comparable form of one word: a contraction is two words."""
    known = _forms("word").get(word)
    if known is not None:
        return tuple(known.split())
    for end, form in _forms("part").items():
        if word.endswith(end):
            return (word.removesuffix(end), form)
    for end, form in _forms("end").items():
        if word.endswith(end) and len(word) >= SPELT:
            return (word.removesuffix(end) + form,)
    return (word,)


def placed(text: str, low: int = 0, high: int | None = None) -> Placed:
    """The words of a part of a text in comparable form; numbers in figures, spellings as one."""
    stop = len(text) if high is None else high
    plain = [
        (found.start(), found.end(), part)
        for found in _WORD.finditer(text, low, stop)
        for part in _spelt(found[0].lower().replace("’", "'").replace(",", ""))
    ]
    return _in_figures(plain)


def _in_figures(plain: Placed) -> Placed:
    words = [word for *_, word in plain]
    made: Placed = []
    at = 0
    while at < len(plain):
        number = read_number(words, at)
        if number is None:
            made.append(plain[at])
            at += 1
            continue
        value, taken = number
        made.append((plain[at][0], plain[at + taken - 1][1], f"{value:g}"))
        at += taken
    return made


def matter(words: Iterable[str]) -> frozenset[str]:
    """The words that carry matter of their own."""
    minor = phrases("minor")
    return frozenset(word for word in words if (word,) not in minor)


def occurrences(
    words: Sequence[str], known: frozenset[tuple[str, ...]]
) -> list[tuple[int, int, tuple[str, ...]]]:
    """Where phrases stand among some words: first index, the one after the last, the phrase."""
    found = []
    for at in range(len(words)):
        for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            phrase = tuple(words[at : at + length])
            if phrase in known:
                found.append((at, at + length, phrase))
                break
    return found


def _hedged(words: Sequence[str]) -> list[tuple[int, int, tuple[str, ...]]]:
    """What holds a statement open among some words, or a number of it."""
    numbers = [
        one
        for one in occurrences(words, phrases("approximator"))
        if one[1] < len(words) and words[one[1]][:1].isdecimal()
    ]
    return [*occurrences(words, phrases("hedge", "frame", "condition")), *numbers]


def trimmed(here: Placed, there: Placed, source: str) -> tuple[int, int] | None:
    """Which of the source's words are quoted, without those before and after.

    Of what agrees on both sides of a long hole the part with more words is meant. Changed words
    at an end stand for as many in the source, up to the end of its sentence or quotation.
    """
    mine, theirs = [word for *_, word in here], [word for *_, word in there]
    whole = _verbatim(mine, theirs)
    if whole is not None:
        return whole
    listed = list(Levenshtein.opcodes(theirs, mine))
    equal = _without_holes([code for code in listed if code.tag == "equal"])
    if not equal:
        return None
    first, last = equal[0], equal[-1]
    low, high = first.src_start, last.src_end
    if first.dest_start == 0:
        low = _after_hole(theirs, mine, listed, low)
    if last.dest_end == len(mine):
        turned = list(Levenshtein.opcodes(theirs[::-1], mine[::-1]))
        high = len(theirs) - _after_hole(theirs[::-1], mine[::-1], turned, len(theirs) - high)
    for _ in range(first.dest_start):
        if low > 0 and not parted(source, there, low):
            low -= 1
    for _ in range(len(mine) - last.dest_end):
        if high < len(theirs) and not parted(source, there, high):
            high += 1
    return (low, high) if low < high else None


def _verbatim(mine: Sequence[str], theirs: Sequence[str]) -> tuple[int, int] | None:
    """Where some words stand one after another."""
    for at in range(len(theirs) - len(mine) + 1):
        if theirs[at] == mine[0] and theirs[at : at + len(mine)] == mine:
            return at, at + len(mine)
    return None


def _without_holes(equal: Sequence[Opcode]) -> Sequence[Opcode]:
    """The agreeing parts on the fuller side of each place where much was left out."""
    groups: list[list[Opcode]] = []
    for code in equal:
        if groups and code.src_start - groups[-1][-1].src_end <= HOLE:
            groups[-1].append(code)
        else:
            groups.append([code])
    sizes = [sum(code.src_end - code.src_start for code in group) for group in groups]
    return groups[sizes.index(max(sizes))] if groups else []


def _after_hole(
    theirs: Sequence[str], mine: Sequence[str], codes: Iterable[Opcode], low: int
) -> int:
    """Where a quotation starts in its source if its first words also stand after the first hole."""
    for first, hole in pairwise(codes):
        if first.tag == "equal" and first.dest_start == 0 and hole.tag == "delete":
            count = first.dest_end
            if theirs[hole.src_end - count : hole.src_end] == mine[:count]:
                return hole.src_end - count
    return low


def own_words(here: Placed, there: Placed, quoted: str) -> Placed:
    """A quotation without whole sentences at its ends that the source does not quote.

    Who quotes more of a speech than another page has not changed it.
    """
    if not here:
        return here
    codes = Levenshtein.opcodes([word for *_, word in there], [word for *_, word in here])
    equal = _without_holes([code for code in codes if code.tag == "equal"])
    known = {at for code in equal for at in range(code.dest_start, code.dest_end)}
    shift = here[0][0] - next((m.start() for m in _WORD.finditer(quoted)), 0)
    bounds = [
        at
        for at in range(1, len(here))
        if _STOP.search(quoted[here[at - 1][1] - shift : here[at][0] - shift] + " ")
    ]
    parts = [slice(low, high) for low, high in pairwise([0, *bounds, len(here)])]
    kept = [part for part in parts if _known(here, part, known)]
    return here[kept[0].start : kept[-1].stop] if kept else here


def _known(here: Placed, part: slice, known: Collection[int]) -> bool:
    """Whether the source has half of the words of matter of one sentence, in order."""
    inside = range(*part.indices(len(here)))
    told = [at for at in inside if matter([here[at][2]])]
    return 2 * sum(at in known for at in told) >= len(told)


def changes(here: Placed, there: Placed, quoted: str) -> list[Change]:
    """The differences of a quotation from its source, one of each name, in order.

    What the source has before and after is no difference; words left out where the quotation shows
    an omission mark are none either, nor is a word in brackets that stands for another one.
    """
    mine, theirs = [word for *_, word in here], [word for *_, word in there]
    kept = {phrase for *_, phrase in _hedged(mine)}
    lost = [one for one in _hedged(theirs) if one[2] not in kept]
    codes = list(Levenshtein.opcodes(theirs, mine))
    put = _put_for_others(codes, _bracketed(here, quoted))
    found: list[Change] = []
    for step in codes:
        outer = step.tag == "delete" and step.dest_start in (0, len(here))
        if step.tag == "equal" or outer:
            continue
        src, dest = (step.src_start, step.src_end), (step.dest_start, step.dest_end)
        told = (mine[slice(*dest)], theirs[slice(*src)])
        hedged = any(low < src[1] and src[0] < high for low, high, _ in lost)
        hedged = hedged and not _hedged(told[0])
        if dest[0] < dest[1] and put >= set(range(*dest)):
            continue
        name = "hedge dropped" if hedged else _name(*told, marked=bool(_OMISSION.search(quoted)))
        if name is not None:
            found.append(Change(name, dest, src, _turned(*told)))
    left = [one for one in found if not _is_part_of_another(one, found)]
    return list({one.name: one for one in reversed(left)}.values())[::-1]


def _bracketed(here: Placed, quoted: str) -> list[frozenset[int]]:
    """The words of a quotation that stand in each pair of brackets."""
    if not here:
        return []
    shift = here[0][0] - next((m.start() for m in _WORD.finditer(quoted)), 0)
    return [
        frozenset(
            at for at, (low, *_) in enumerate(here) if found.start() <= low - shift < found.end()
        )
        for found in _BRACKETED.finditer(quoted)
    ]


def _put_for_others(codes: Iterable[Opcode], groups: Iterable[frozenset[int]]) -> frozenset[int]:
    """The words in brackets that stand for others of the source: "[the mayor]" for "he"."""
    replaced = {
        at for one in codes if one.tag == "replace" for at in range(one.dest_start, one.dest_end)
    }
    return frozenset().union(*(group for group in groups if group & replaced))


def _turned(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    negations = phrases("negation")
    return bool(occurrences(mine, negations)) != bool(occurrences(theirs, negations))


REWORDED: Final = 3
"""Words between a change and a word or two left out within which both are one rewording."""


def _is_part_of_another(one: Change, found: Sequence[Change]) -> bool:
    """Whether a word left out is but the end of a rewording beside it ("as little … as")."""
    low, high = one.there
    if one.name != "truncation" or high - low >= REWORDED:
        return False
    return any(
        other.name != "truncation"
        and (0 <= low - other.there[1] < REWORDED or 0 <= other.there[0] - high < REWORDED)
        for other in found
    )


def _name(mine: Sequence[str], theirs: Sequence[str], *, marked: bool) -> str | None:
    """What kind of alteration a difference is; None for one that the quotation itself shows."""
    numbers = [[word for word in words if word[:1].isdecimal()] for words in (mine, theirs)]
    if all(numbers) and numbers[0] != numbers[1]:
        return "number changed"
    if not mine:
        return None if marked else "truncation"
    return "words not in the source" if theirs else "insertion"


def cut_off(quoted: str, source: str, there: Placed, low: int, high: int) -> Change | None:
    """A hedge or a condition of the same sentence that a quotation leaves out before or after.

    `there` are the source's words with offsets into `source`, of which those from `low` to `high`
    are quoted. A quotation that begins inside a sentence, in a small letter, shows that it does.
    """
    words = [word for *_, word in there]
    before, after = _sentence(source, there, low, high)
    for name, kind in (("hedge dropped", "frame"), ("truncation", "condition")):
        known = phrases(kind)
        for start, end, _ in occurrences(words[high:after], known):
            if start <= TAIL and not _OMISSION.search(quoted):
                return Change(name, (0, 0), (high + start, high + end))
        capital = quoted.lstrip(" \"“‘'«")[:1].isupper()
        for start, end, _ in occurrences(words[before:low], known):
            if capital and low - before <= LEAD:
                return Change(name, (0, 0), (before + start, before + end))
    return None


def _sentence(source: str, there: Placed, low: int, high: int) -> tuple[int, int]:
    """The first word of the sentence in which a part begins, and the end of that it ends in."""
    before, after = low, high
    while before > 0 and not parted(source, there, before):
        before -= 1
    while after < len(there) and not parted(source, there, after):
        after += 1
    return before, after


def parted(source: str, there: Placed, at: int) -> bool:
    """Whether a sentence or a quotation ends between a word and the one before it."""
    between = source[there[at - 1][1] : there[at][0]]
    return _STOP.search(between + " ") is not None or any(m in between for m in _QUOTES)


def held_back(text: str, start: int, end: int) -> bool:
    """Whether the sentence around a quotation keeps outside the marks what holds it open."""
    before = _STOP.split(text[max(0, start - AROUND) : start])[-1]
    ended = text[start:end].rstrip(_CLOSERS)[-1:] in _ENDERS
    after = "" if ended else _STOP.split(text[end : end + AROUND])[0]
    words = [word for part in (before, after) for *_, word in placed(part)]
    return bool(_hedged(words))


def gravest(found: Sequence[Change]) -> Change:
    """The change that matters most."""
    return min(found, key=lambda one: (NAMES.index(one.name), one.here))


def in_words(found: Sequence[Change], here: Sequence[str], there: Sequence[str]) -> str:
    """What was changed, the gravest first; `here` and `there` are each change's words."""
    told = [_told(*one) for one in zip(found, here, there, strict=True)]
    order = sorted(range(len(found)), key=lambda at: (NAMES.index(found[at].name), at))
    return " ".join(told[at] for at in order)


def _told(change: Change, written: str, source: str) -> str:
    turned = "; a negation is lost or put in" if change.turned else ""
    if not written:
        said = f"the source has “{source}” here, the quotation leaves it out"
    elif not source:
        said = f"“{written}” does not stand in the source"
    else:
        said = f"the quotation has “{written}”, the source “{source}”"
    return f"{change.name}: {said}{turned}."
