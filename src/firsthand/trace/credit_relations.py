"""Relations: how a publisher named in a sentence stands to what is said there, word by word."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from firsthand.trace.credit_phrases import (
    BE,
    OPENINGS,
    QUOTES,
    STOPS,
    Sentence,
    after_owned,
    after_time,
    groups,
    is_owner,
    is_time,
    past_person,
    phrases,
)
from firsthand.trace.credit_subjects import verb_after

REACH: Final = 6
"""Words between a preposition and the word that governs it ("said late on Friday on")."""
_INSIDE: Final = frozenset(
    [
        "by",
        "in",
        "on",
        "at",
        "from",
        "of",
        "with",
        "to",
        "for",
        "near",
        "over",
        "under",
        "inside",
        "into",
        "against",
        "outside",
    ]
)
"""Prepositions: a name behind one is no subject of the verb that follows."""


@dataclass(frozen=True)
class Relation:
    """What shows a publisher to be a source: its words, and which kind of evidence they are."""

    start: int
    end: int
    form: str
    """told, before, by, inverted, subject (of publishing), says (of saying), owned, opening."""


def relation(
    sentence: Sentence, start: int, end: int, skip: Sequence[tuple[int, int]]
) -> Relation | None:
    """How a name stands to its sentence, or None where it is but spoken of.

    `skip`: the names that are joined to it by "and" or commas, itself included.
    """
    first, last = sentence.at(skip[0][0]), sentence.at(skip[-1][1])
    begin = _phrase_start(sentence, first)
    left = _left(sentence, begin)
    right = verb_after(
        sentence, last, skip[-1][1], relative=sentence.word(begin) in {"which", "that"}
    )
    if left is None and sentence.word(begin) in _INSIDE:
        right = None
    if left is not None and left[1] == "staff":
        left = None if right is None else (left[0], right.form)
        if left is None:
            return None
    if left is not None:
        low, form = left
        tail = _owned_tail(sentence, last, skip[-1][1])
        stop = right.end if right is not None and not _comma(sentence, last) else tail
        return Relation(sentence.starts[low], stop, form)
    if right is None:
        return _opening(sentence, begin, last, end)
    begin += sentence.word(begin) != "if"
    return Relation(sentence.starts[begin] if begin < first else start, right.end, right.form)


def _comma(sentence: Sentence, number: int) -> bool:
    return sentence.word(number) == ","


def _phrase_start(sentence: Sentence, first: int) -> int:
    """The token before the words that only call a name something: "in | the daily" Orvel Post."""
    at = first - 1
    while at >= 0 and (
        sentence.word(at) in QUOTES or sentence.word(at) in {"l", "s"} or is_time(sentence.word(at))
    ):
        at -= 1
    media = at
    while sentence.word(media) in {",", "the", "of"} and media > at - 3:
        media -= 1
    if sentence.phrase_before(media, "media") is not None:
        return _before_media(sentence, media)
    while at >= 0 and (sentence.word(at) in phrases("article") or sentence.word(at) in QUOTES):
        at -= 1
    return at


def _before_media(sentence: Sentence, at: int) -> int:
    """The token before a noun for a medium, its adjectives and its article."""
    for _ in range(5):
        at -= 1
        word = sentence.word(at)
        if word in {"’", "'"} and sentence.word(at - 1) in {"l", "d"}:
            return at - 2
        if not word or not word[0].isalnum():
            return at
        if word in {
            "a",
            "an",
            "the",
            "another",
            "our",
            "its",
            "el",
            "la",
            "le",
            "der",
            "die",
            "il",
        }:
            return at - 1
        if word in groups() or word in phrases("inverted") or word in phrases("told"):
            return at
        if word in {"and", "to", "that", "which"} or word in phrases("subject.gives"):
            return at
    return at


def _left(sentence: Sentence, at: int) -> tuple[int, str] | None:
    """The words before a name that make it a source: where they begin, and of which form."""
    if at < 0:
        return None
    start = sentence.phrase_before(at, "before")
    if start is not None:
        return None if _negated(sentence, start) else (start, "before")
    word = sentence.word(at)
    if word in phrases("told"):
        asked = sentence.word(at - 2) == "what"
        return None if asked or _negated(sentence, at) else (at, "told")
    if sentence.phrase_before(at, "inverted") is not None and _inverts(sentence, at):
        return at, "inverted"
    group = groups().get(word)
    governed = _governed(sentence, at, group) if group else None
    if governed is None and word == "in" and "’" in sentence.low[at:][:4]:
        return at, "in"  # "in this morning’s Courier"
    return governed


def _inverts(sentence: Sentence, at: int) -> bool:
    """Whether a verb before a name has it as its subject: after a comma, a quotation, "as"."""
    before = sentence.word(at - 1)
    if (
        sentence.low[at].isascii()
        and sentence.word(at) in {"report", "claims", "notes"}
        and before != "as"
    ):
        return before in {",", "”", '"', "»"}
    known = {"as", "so", "thus", ",", "wie", "comme", "como", "как", "que", "a", "ha", "have"}
    foreign = not sentence.word(at).isascii() or before in {"wie", "comme", "como", "a", "ha"}
    return foreign or before in known or before in QUOTES or before in {"—", "–", "-", "?", "!"}


def _governed(sentence: Sentence, at: int, group: str) -> tuple[int, str] | None:
    """The word that governs a preposition before a name, if it is one of telling."""
    for number in range(at - 1, max(-1, at - 1 - REACH), -1):
        if sentence.word(number) in STOPS or sentence.word(number) == "again":
            break
        start = sentence.phrase_before(number, f"governs.{group}")
        if start is None:
            continue
        if _negated(sentence, start) or sentence.word(start - 1) == "be":
            return None
        if sentence.word(number) in phrases("staff"):
            return _through_staff(sentence, start)
        if group == "by":
            return _widened(sentence, _with_item(sentence, start)), "by"
        if not sentence.word(at).isascii():
            start = at
        form = "told" if group == "to" and sentence.word(at) != "for" else group
        return _widened(sentence, start), "told" if form == "told" else "in"
    return None


def _through_staff(sentence: Sentence, start: int) -> tuple[int, str]:
    """Those who work for a publisher: a source where they are told, quoted or speak themselves."""
    at = _before_media(sentence, start)
    return _left(sentence, at) or (at + 1, "staff")


def _widened(sentence: Sentence, start: int) -> int:
    """A governing word with its small words: "as", "was", "in an", "footage", "according to a"."""
    while start > 0 and sentence.word(start - 1) in {
        *BE,
        "as",
        "a",
        "an",
        "the",
        "first",
        "originally",
        "also",
        "this",
        "later",
        "new",
        "exclusive",
    }:
        start -= 1
    before = sentence.phrase_before(start - 1, "before") if start else None
    if before is not None:
        return before
    return start - 1 if start and sentence.word(start - 1) in {"in", "by", "from"} else start


def _with_item(sentence: Sentence, start: int) -> int:
    """A participle with the noun before it: "footage obtained by"."""
    item = sentence.phrase_before(start - 1, "item") if start else None
    return start if item is None else item


def _negated(sentence: Sentence, start: int) -> bool:
    return any(sentence.word(at) in phrases("not") for at in range(start - 4, start))


def _owned_tail(sentence: Sentence, last: int, end: int) -> int:
    """The end of a name with what it owns, and the day: "Orvel Post’s report on Sunday"."""
    number = last
    if is_owner(sentence, end):
        number = after_owned(sentence, last, "item") or past_person(sentence, last)
    else:
        nouns = (sentence.phrase_after(last, name) for name in ("item", "staff", "media"))
        number = next((after for after in nouns if after is not None), last)
    number = after_time(sentence, number)
    return sentence.ends[number - 1] if number > last else end


def _opening(sentence: Sentence, begin: int, last: int, end: int) -> Relation | None:
    """A publisher set in front of what it has: "For Orvel Post, it was a rout", "Orvel Post: …"."""
    if sentence.word(last) == ":" and begin < 0:
        return Relation(sentence.start, sentence.ends[last], "opening")
    if (sentence.word(begin), sentence.word(last)) == ("(", ")") and last >= len(sentence.low) - 2:
        return Relation(sentence.starts[begin], sentence.ends[last], "opening")
    if begin != 0 or sentence.low[0] not in OPENINGS:
        return None
    after = after_owned(sentence, last, "item") if is_owner(sentence, end) else last
    number = last if after is None else after
    if sentence.word(number) in {",", ":"} or any(word in QUOTES for word in sentence.low[number:]):
        return Relation(sentence.start, sentence.ends[max(0, number - 1)], "opening")
    return None
