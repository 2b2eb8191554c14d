"""Publishers in a sentence: each that is named there with a telling relation is a source."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from firsthand.trace.credit_grammar import Rule
from firsthand.trace.credit_matches import Found, Reading
from firsthand.trace.credit_mentions import KNOWN, LIKE, NAME, Mention, may_publish, mentions
from firsthand.trace.credit_name_forms import by_register
from firsthand.trace.credit_names import Named
from firsthand.trace.credit_phrases import OPENINGS, Sentence, phrases, telling
from firsthand.trace.credit_relations import Relation, relation

_FORMS: Final = {
    KNOWN: frozenset(("told", "before", "by", "in", "inverted", "subject", "says", "opening")),
    LIKE: frozenset(("told", "before", "by", "in", "inverted", "subject")),
    NAME: frozenset(("before", "by")),
}
"""The relations that make a name of each grade a source."""

_AS_SUBJECT: Final = frozenset(("subject", "says", "opening"))
_AND: Final = re.compile(r",? (?:and|&|y|et|und|e|и) (?:the |The |la |le |el )?|/")
_COMMA: Final = re.compile(r", (?:the )?")
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_WITHIN: Final = re.compile(
    r" (?:programme|program|show|podcast|bulletin|hour) (?:on|of|at|from) (?:the )?"
)
"""Between a programme and who broadcasts it, who alone is the source."""
_BACK_WORDS: Final = r"(?:[Tt]he|[Tt]hat|[Ii]ts) (?:[\w-]{1,20} ){0,2}?"


def match_relations(
    reading: Reading, start: int, end: int, line: int
) -> tuple[list[Found], list[Named]]:
    """The publishers that a sentence gives as sources, also by words that point back to them.

    Beside them all whose names are known, for words that point back from later on.
    """
    found = _WORD.findall(reading.text[start:end].lower())
    words = frozenset(found)
    telling_words = not words.isdisjoint(telling()) or OPENINGS.issuperset(found[:1])
    if not telling_words and "(" not in reading.text[start:end]:
        return [], []
    named = mentions(reading.text, start, end, reading.names, words)
    pointers = list(_pointers(reading.text, start, end, named))
    if not pointers and not any(one.grade > NAME or _framed(reading.text, one) for one in named):
        return [], []
    sentence = Sentence(reading.text, start, end)
    sources: list[Found] = []
    for group in _grouped(reading.text, named):
        if group[0].grade == NAME and not _framed(reading.text, group[0]):
            continue
        sources += _credited(reading, sentence, group, line)
    for one in pointers:
        how = relation(sentence, one.start, one.end, [(one.start, one.end)])
        if how is not None and how.form != "opening":
            name = "told_back" if how.form == "told" else "back"
            sources.append(Found(_rule(name), how.start, how.end, one, line))
    return _told_apart(sources), [one.named for one in named if one.grade == KNOWN]


def _told_apart(sources: Sequence[Found]) -> list[Found]:
    """The sources, the words of each ended where an aside names the next: "X, which cites Y, says"."""
    begins = [one.start for one in sources if one.rule.name == "before"]
    return [
        replace(one, end=one.named.end)
        if any(one.named.end < begin < one.end for begin in begins)
        else one
        for one in sources
    ]


def _framed(text: str, one: Mention) -> bool:
    """Whether the words before a name nothing is known of can make it a source."""
    words = text[max(0, one.start - 32) : one.start].lower().split()[-3:]
    while words and words[-1].strip('“"‘(«') in {"the", "a", "an", ""}:
        words.pop()
    return bool(words) and (words[-1] in _frames() or " ".join(words[-2:]) in _frames())


@cache
def _frames() -> frozenset[str]:
    """The last two words of what stands before a source, or its only one."""
    return frozenset(" ".join(phrase.split()[-2:]) for phrase in phrases("before")) | phrases("by")


def _grouped(text: str, named: Sequence[Mention]) -> Iterator[list[Mention]]:
    """The names, with those joined by "and", or listed before such, together."""
    group: list[Mention] = []
    for number, one in enumerate(named):
        if group and _WITHIN.fullmatch(text, group[-1].end, one.start):
            group = [replace(one, inside=group[0].start)]
            continue
        if group and not _joined(text, named[number - 1 : number + 2]):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _joined(text: str, named: Sequence[Mention]) -> bool:
    """Whether the first two of up to three names are coordinated; a comma alone needs an "and"."""
    first, second, *rest = named
    if (first.grade == NAME) != (second.grade == NAME):
        return False
    if _AND.fullmatch(text, first.end, second.start):
        return True
    listed = _COMMA.fullmatch(text, first.end, second.start) is not None
    return listed and bool(rest) and _AND.fullmatch(text, second.end, rest[0].start) is not None


def _credited(
    reading: Reading, sentence: Sentence, group: Sequence[Mention], line: int
) -> Iterator[Found]:
    spans = [(one.start if one.inside is None else one.inside, one.end) for one in group]
    how = relation(sentence, *spans[0], spans)
    if how is None:
        return
    for number, one in enumerate(group):
        if how.form not in _FORMS[one.grade] or (one.affiliation and how.form in _AS_SUBJECT):
            continue
        if one.grade == NAME and not _is_named_source(reading, one, how):
            continue
        first, last = number == 0, number == len(group) - 1
        start = min(how.start, one.start) if first else one.start
        end = max(how.end, one.end) if last else one.end
        own = reading.names.is_own(one.named.name)
        yield Found(_rule(how.form), start, end, one.named, line, own=own)


def _is_named_source(reading: Reading, one: Mention, how: Relation) -> bool:
    """Whether a name nothing is known of is one: no adjective ("citing Old Town residents").

    A single word must stand in a full form, "as first reported by Orvel", and no house that
    published a book is one.
    """
    text, name = reading.text, one.named.name
    if by_register(name, reading.names.registry) or not may_publish(name):
        return False
    first = text[how.start : one.start].split(" ", 1)[0].lower()
    if first == "according" and how.form == "before":
        return False
    if first != "as" and (" " not in one.named.name or first in phrases("governs.by")):
        return False
    after = text[one.end : one.end + 24]
    word = after[1:].split(" ", 1)[0] if after[:1] == " " else ""
    follows = ("through", "skipped", "subject.says", "subject.reports")
    known = word in {"and", "that", "as"} or any(word in phrases(name) for name in follows)
    return known or not word.islower()


@cache
def _rule(name: str) -> Rule:
    """A relation as a rule of the grammar, for what is done with credits of all kinds."""
    return Rule(
        name=name,
        language="xx",
        where="inline",
        triggers=(),
        position="leading" if name == "opening" else "medial",
        kind="cited",
        covers="sentence",
        names="it" if name.endswith("back") else "press",
        voice=False,
        opens="name",
        ends_in_mark=False,
        template="",
    )


@cache
def _pointing() -> re.Pattern[str]:
    nouns = "|".join(sorted(phrases("nouns"), key=len, reverse=True))
    staff = "|".join(sorted(phrases("staff"), key=len, reverse=True))
    return re.compile(
        rf"\b(?:{_BACK_WORDS}(?:{nouns})|[Ii]ts (?:own )?(?:{staff})|(?:It|, it))\b(?![’'\w-])"
    )


def _pointers(text: str, start: int, end: int, named: Sequence[Mention]) -> Iterator[Named]:
    """Words that point back to a publisher: "the agency", "its reporter", "It"."""
    for match in _pointing().finditer(text, start, end):
        low = match.start() + 2 * text.startswith(", ", match.start())
        if text[match.end() : match.end() + 2].strip()[:1].isupper():
            continue  # "the aid group Orvel Relief" names what it calls so
        over = (one for one in named if one.grade > NAME)
        if not any(one.start <= match.end() + 1 and low < one.end for one in over):
            yield Named(text[low : match.end()], "unnamed", "plain", low, match.end())
