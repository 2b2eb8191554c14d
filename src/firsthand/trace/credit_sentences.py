"""Credits inside sentences: "X reported", "told X", "according to the ministry", "It added"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from firsthand.model.record import Range
from firsthand.trace.credit_grammar import Rule, lower_in_place, name_start, rules_for, word_class
from firsthand.trace.credit_matches import Found, accepts
from firsthand.trace.credit_names import Named, PageNames, SourceKind, name_at

MAX_SENTENCE: Final = 1_500
"""Code points of a sentence that are read; what is longer is no prose."""
POINTER_REACH: Final = 1_200
"""Code points back to which "it added" and "the ministry" may point: about two paragraphs."""

UNNAMED: Final = frozenset({"it", "media"})
"""Rules whose words name no source of themselves."""

NAME_REACH: Final = 140
"""Code points between where a name, a body or an official begins and the verb of saying."""
WORDS_REACH: Final = 60
"""Code points between where a form that opens with words begins and its trigger."""

_INSIDER: Final = re.compile(r"[ \xa0](?:sources?|officials?|officers?|insiders?)\b")
_BODY: Final = re.compile(rf"\b(?:{word_class('insthead')})\b", re.IGNORECASE)
_BARE: Final = re.compile(rf"(?:the |its )?(?P<head>{word_class('insthead')})", re.IGNORECASE)


@dataclass
class Antecedents:
    """The sources named so far, for words that point back; the latest last."""

    seen: list[tuple[int, Named]]

    def latest(self, at: int, *, kind: str | None = None, head: str | None = None) -> Named | None:
        """The last source before `at` within reach: of a kind, or a body with that head noun."""
        for position, named in reversed(self.seen):
            if at - position > POINTER_REACH and head is None and kind is None:
                return None
            if kind is not None and named.kind != kind:
                continue
            if head is not None and not _has_head(named.name, head):
                continue
            return named
        return None


def _has_head(name: str, head: str) -> bool:
    return any(match.group().casefold() == head for match in _BODY.finditer(name))


def match_sentences(
    text: str, sentences: Sequence[Range], names: PageNames, language: str | None
) -> list[Found]:
    """The credits inside the sentences, in reading order; none overlaps another."""
    if not sentences:
        return []
    before = Antecedents([])
    found: list[Found] = []
    ranges = [(one.start, min(one.end, one.start + MAX_SENTENCE)) for one in sentences]
    base = ranges[0][0]
    lowered = lower_in_place(text[base : ranges[-1][1]])
    places = rules_for("inline", language).places(lowered, base, ranges)
    for index in sorted(places):
        here: list[Found] = []
        for rule, triggers in places[index]:
            here += _matches(text, rule, ranges[index], triggers, (names, index))
        for one in _without_overlap(here):
            pointed = _pointed(one, before)
            if pointed is None:
                continue
            before.seen.append((pointed.end, pointed.named))
            found.append(pointed)
    return found


def _windows(rule: Rule, start: int, triggers: Sequence[int]) -> list[tuple[int, int]]:
    """Where a match of the rule can begin: the reach before each of its triggers, joined."""
    reach = NAME_REACH if rule.opens_with_name else WORDS_REACH
    joined: list[tuple[int, int]] = []
    for place in triggers:
        low = max(start, place - reach)
        if joined and low <= joined[-1][1]:
            joined[-1] = (joined[-1][0], place + 1)
        else:
            joined.append((low, place + 1))
    return joined


def _raw(
    text: str, rule: Rule, sentence: tuple[int, int], triggers: Sequence[int]
) -> Iterator[re.Match[str]]:
    """The rule's matches in a sentence, leftmost first, none overlapping another."""
    last, end = sentence
    for low, high in _windows(rule, last, triggers):
        if rule.opens_with_name:
            for begin in name_start().finditer(text, low, high):
                at = begin.start()
                match = rule.pattern.match(text, at, end) if at >= last else None
                if match is not None:
                    last = match.end()
                    yield match
            continue
        match = rule.pattern.search(text, max(low, last), end)
        while match is not None and match.start() < high:
            last = max(match.end(), match.start() + 1)
            yield match
            match = rule.pattern.search(text, last, end)


def _matches(
    text: str,
    rule: Rule,
    sentence: tuple[int, int],
    triggers: Sequence[int],
    known: tuple[PageNames, int],
) -> Iterator[Found]:
    names, index = known
    for match in _raw(text, rule, sentence, triggers):
        low, high = match.span("src")
        if rule.names in UNNAMED:
            named: Named | None = Named(_bare_words(text[low:high]), "unnamed", "plain", low, high)
        else:
            named = name_at(text, low, high, names)
        if named is None or (rule.names not in UNNAMED and not accepts(rule, named)):
            continue
        named, stop = _with_source_word(text, named, match.end())
        begin = named.start if match.start("src") == match.start() else match.start()
        if text[begin : begin + 2] in {", ", "; "}:
            begin += 2
        if begin and text[begin - 1 : begin + 1].strip().isalnum() and text[begin - 1].isalnum():
            continue
        yield Found(
            rule=rule,
            start=_with_article(text, begin, sentence[0]),
            end=_without_blank(text, begin, stop),
            named=named,
            line=index,
            own=names.is_own(named.name),
        )


def _bare_words(words: str) -> str:
    """Unnamed media without an article; words that point back keep theirs."""
    return words[4:] if words[:4].lower() == "the " and "media" in words.lower() else words


def _with_source_word(text: str, named: Named, stop: int) -> tuple[Named, int]:
    """A source inside a body ("a military source") is nobody by name, and not the body."""
    match = _INSIDER.match(text, named.end)
    if match is None:
        return named, stop
    end = match.end()
    return Named(text[named.start : end], "unnamed", named.evidence, named.start, end), max(
        end, stop
    )


def _with_article(text: str, start: int, floor: int) -> int:
    """The start, moved before "the" or "an" where the article was left out of the name."""
    for article in ("the ", "The ", "an ", "An ", "a ", "A "):
        low = start - len(article)
        if low >= floor and text[low:start] == article and not text[low - 1 : low].isalnum():
            return low
    return start


def _without_blank(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " \t\xa0,":
        end -= 1
    return end


def _without_overlap(found: Sequence[Found]) -> list[Found]:
    """The matches of one sentence in reading order; of two that overlap the earlier rule's."""
    kept: list[Found] = []
    for one in found:
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def _pointed(found: Found, before: Antecedents) -> Found | None:
    """The match with words that point back resolved; None where they point at nothing."""
    words = found.named.name
    bare = _BARE.fullmatch(words)
    if bare is not None:
        target = before.latest(found.start, head=bare.group("head").casefold())
    elif found.rule.names == "it":
        kind = _kind_meant(words)
        target = before.latest(found.start, kind=kind)
        if target is None and kind is not None and found.rule.name == "told_back":
            return replace(found, named=replace(found.named, name=words[4:], kind=kind))
        if target is not None and kind is None and target.kind == "person":
            return None
    else:
        return found
    if target is None:
        return None
    named = replace(target, start=found.named.start, end=found.named.end)
    return replace(found, named=named)


def _kind_meant(words: str) -> SourceKind | None:
    """Whether words that point back mean an agency or an outlet; None where they may mean both."""
    last = words.rsplit(" ", 1)[-1].casefold()
    if last == "agency":
        return "agency"
    return None if last in {"it", "they", "statement", "report", "communiqué"} else "outlet"
