"""Subjects: the verb of telling that a publisher, or what it owns, is the subject of."""

from dataclasses import dataclass
from typing import Final

from firsthand.trace.credit_phrases import (
    BE,
    QUOTES,
    STOPS,
    Sentence,
    after_owned,
    after_time,
    is_owner,
    phrases,
)

VERB_REACH: Final = 12
"""Words between a publisher and its verb, and from there to what shows that something is told."""
APPOSED: Final = 16
"""Words of an apposition between a publisher and its verb."""
_OPENS_APPOSITION: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "one",
        "our",
        "its",
        "their",
        "which",
        "who",
        "that",
        "seen",
        "based",
        "owned",
        "close",
        "considered",
        "run",
        "published",
        "monitored",
        "known",
        "on",
        "in",
        "for",
        "with",
        "itself",
        "however",
        "meanwhile",
        "too",
        "also",
        "speaking",
        "long",
        "still",
        "now",
        "until",
        "like",
        "often",
        "once",
        "not",
        "then",
    ]
)
_OPENS_CONTENT: Final = frozenset(["that", "how", "why", "what", "whether", "as", "where", "when"])
_TOLD_OF: Final = frozenset(["told", "informed", "shown", "given"])


@dataclass(frozen=True)
class Verb:
    """Where a verb of telling ends, and whether it is one of publishing or of saying."""

    end: int
    form: str


def verb_after(sentence: Sentence, last: int, end: int, *, relative: bool) -> Verb | None:
    """The verb of telling whose subject a name is, or what it owns."""
    at, owned, staff = last, False, False
    if sentence.word(at) == "(":
        at = _past(sentence, at, ")")
    if is_owner(sentence, end):
        after = after_owned(sentence, last, "staff")
        staff = after is not None
        after = after or after_owned(sentence, last, "item")
        if after is None:
            return None
        at, owned = after, not staff
    else:
        at, owned, staff = _past_nouns(sentence, at)
    if sentence.word(at) == ",":
        at = _past_apposition(sentence, at, staff=staff)
    elif staff:
        while sentence.is_name(at):
            at += 1
        at = (
            _past(sentence, at, ",")
            if sentence.word(at) == "," and sentence.is_name(at + 1)
            else at
        )
    return _verb(sentence, at, owned=owned or staff or relative)


def _past_nouns(sentence: Sentence, at: int) -> tuple[int, bool, bool]:
    """Past nouns behind a name: "the Orvel Post report", "an Orvel Post correspondent"."""
    for name, owned, staff in (
        ("media", False, False),
        ("item", True, False),
        ("staff", False, True),
    ):
        after = sentence.phrase_after(at, name)
        if (
            after is not None
            and not sentence.is_name(at)
            and sentence.word(at) not in phrases("subject.says")
        ):
            if name == "item" and sentence.word(at) in phrases("subject.reports"):
                following = sentence.word(at + 1)
                if not (
                    following in phrases("subject.says") or following in phrases("subject.gives")
                ):
                    continue
            return after, owned, staff
    return at, False, False


def _past(sentence: Sentence, at: int, mark: str) -> int:
    """The token after the next such mark, within reach; where it stood without one."""
    for number in range(at + 1, at + 1 + APPOSED):
        if sentence.word(number) == mark:
            return number + 1
    return at


def _past_apposition(sentence: Sentence, at: int, *, staff: bool) -> int:
    """The token after what is apposed to a name between commas."""
    opening = sentence.word(at + 1)
    if _is_apposed(sentence, at) and _form(sentence, at + 1, owned=False, passive=False):
        return at + 1
    if not (
        opening in _OPENS_APPOSITION
        or (staff and sentence.is_name(at + 1))
        or opening in phrases("before")
    ):
        return len(sentence.low)
    after = _past(sentence, at, ",")
    if after == at:
        return len(sentence.low)
    return after


def _is_apposed(sentence: Sentence, at: int) -> bool:
    """Whether the name before a comma is itself set between commas: "a paper, the Orvel Post,"."""
    return "," in sentence.low[max(0, at - 8) : at]


def _verb(sentence: Sentence, at: int, *, owned: bool) -> Verb | None:
    """The verb of telling that follows, over auxiliaries, adverbs, times and places."""
    loose, passive = 0, False
    skipped = sentence.phrase_after(at, "skipped") or at
    at = skipped if skipped > at + 1 else at
    for number in range(at, min(at + VERB_REACH, len(sentence.low))):
        word = sentence.low[number]
        if word in STOPS and word not in {"—", "–"}:
            return None
        form = _form(sentence, number, owned=owned, passive=passive)
        if form is not None and not (loose and number > at and _is_noun(sentence, number)):
            end = sentence.phrase_after(number, f"subject.{form}") or number + 1
            if form == "says" and _own_affairs(sentence, end):
                return None
            end = _having(sentence, end) or end
            end = min(after_time(sentence, _quoted_as(sentence, end) or end), len(sentence.ends))
            return Verb(sentence.ends[end - 1], "says" if form == "says" else "subject")
        passive = word in BE or (passive and word in phrases("skipped"))
        if word in phrases("skipped") or word.endswith("ly") or word == "’" or word[0].isdigit():
            continue
        if word in phrases("through"):
            loose = 6
        elif loose and word != ",":
            loose -= 1
        elif not (sentence.is_name(number) and number > at) and word != ",":
            return None
    return None


def _is_noun(sentence: Sentence, number: int) -> bool:
    """Whether a word that might be the verb stands as a noun: "in its first report"."""
    before = sentence.word(number - 1)
    return before in phrases("article") or before in {
        "first",
        "latest",
        "last",
        "new",
        "in",
        "full",
    }


def _form(sentence: Sentence, number: int, *, owned: bool, passive: bool) -> str | None:
    """The class of a verb of telling; `passive`: behind a form of "be"."""
    word = sentence.low[number]
    if passive and word in _TOLD_OF:
        return "reports"
    if sentence.is_name(number) or (passive and not word.endswith("ing")):
        return None
    if sentence.phrase_after(number, "subject.reports") is not None:
        return "reports"
    if word in BE:
        return None
    if sentence.phrase_after(number, "subject.says") is not None:
        return "says"
    gives = word in phrases("subject.gives") and (owned or _gives(sentence, number + 1))
    return "gives" if gives else None


def _gives(sentence: Sentence, at: int) -> bool:
    """Whether what follows a verb shows that words or figures are given."""
    for number in range(at, min(at + 5, len(sentence.low))):
        word = sentence.low[number]
        if word in QUOTES and word not in {"’", "'"}:
            return True
        if word in STOPS:
            return word == ":"
        if (word in _OPENS_CONTENT and number == at) or word == "who":
            return True
        if word[0].isdigit() or word in phrases("counted"):
            return sentence.phrase_after(number + 1, "item") is None
        if sentence.phrase_after(number, "item") is not None:
            return True
    return _having(sentence, at) is not None


def _having(sentence: Sentence, at: int) -> int | None:
    """The token after what a publisher has somebody do: "has A. Person promising"."""
    number = at
    while sentence.is_name(number):
        number += 1
    doing = number > at and sentence.word(number).endswith("ing")
    return number + 1 if doing and sentence.word(at - 1) in {"has", "had"} else None


def _quoted_as(sentence: Sentence, at: int) -> int | None:
    """The token after "as saying" where someone is quoted so."""
    for number in range(at, min(at + APPOSED, len(sentence.low) - 1)):
        if sentence.low[number] == "as" and sentence.low[number + 1].endswith("ing"):
            return number + 2
        if sentence.low[number] in STOPS:
            return None
    return None


def _own_affairs(sentence: Sentence, at: int) -> bool:
    """Whether a publisher speaks of itself: "said its studios would close"."""
    at += sentence.word(at) == "that"
    if sentence.word(at) not in {
        "it",
        "its",
        "they",
        "their",
        "all",
        "one",
        "two",
        "three",
        "some",
        "several",
    }:
        return False
    near = sentence.low[at : at + VERB_REACH]
    return any(word in phrases("affairs") for word in near)
