"""Credits inside sentences: "X reported", "told X", "according to the ministry", "It added"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from firsthand.model.record import Range
from firsthand.trace.credit_grammar import Rule, name_starts, name_words, word_class
from firsthand.trace.credit_matches import Found, Reading, accepts
from firsthand.trace.credit_name_forms import SourceKind, by_register
from firsthand.trace.credit_names import Named, PageNames, name_at
from firsthand.trace.credit_publishers import match_relations
from firsthand.trace.credit_triggers import rules_for

MAX_SENTENCE: Final = 1_500
"""Code points of a sentence that are read; what is longer is no prose."""
POINTER_REACH: Final = 1_200
"""Code points back to which "it added" and "the ministry" may point: about two paragraphs."""

IT_REACH: Final = 300
"""Code points back to which "it" alone may mean a publisher: about two sentences."""

UNNAMED: Final = frozenset({"it", "media", "same"})
"""Rules whose words name no source of themselves."""

NAME_REACH: Final = 140
"""Code points between where a name, a body or an official begins and the verb of saying."""
WORDS_REACH: Final = 60
"""Code points between where a form that opens with words begins and its trigger."""

FORM_REACH: Final = 240
"""Code points from a trigger to the end of its form."""

_INSIDER: Final = re.compile(r"[ \xa0](?:sources?|officials?|officers?|insiders?)\b")
_BODY: Final = re.compile(rf"\b(?:{word_class('insthead')})\b", re.IGNORECASE)
_BARE: Final = re.compile(rf"(?:the |its )?(?P<head>{word_class('insthead')})", re.IGNORECASE)


_ANNOUNCED: Final = re.compile(rf"\b(?:{word_class('announced')})$", re.IGNORECASE)
_OBJECT: Final = re.compile(rf"[ \xa0](?:{word_class('object')})\b", re.IGNORECASE)

MAX_SEEN: Final = 200
"""Sources looked through for what words point back to: more than an article names."""


@dataclass
class Antecedents:
    """The sources named so far, for words that point back; the latest last."""

    seen: list[tuple[int, Named]]
    lines: Sequence[Found] = ()
    """Credits on lines, in reading order."""
    spoken: list[Named] = field(default_factory=list)
    """Publishers named, as sources or not."""

    def latest(self, at: int, *, kind: str | None = None, head: str | None = None) -> Named | None:
        """The last source before `at` within reach: of a kind, or a body with that head noun."""
        for position, named in reversed(self.seen[-MAX_SEEN:]):
            if at - position > POINTER_REACH and head is None and kind is None:
                return None
            if kind is not None and named.kind != kind:
                continue
            if head is not None and not _has_head(named.name, head):
                continue
            return named
        return None

    def ending(self, words: str) -> Named | None:
        """The last press whose own name ends in what it is called: "the wire" for "Tarn Wire"."""
        last = words.rsplit(" ", 1)[-1].casefold()
        lines = [one.named for one in self.lines[:MAX_SEEN]]
        for named in (*reversed(self.spoken[-MAX_SEEN:]), *reversed(lines)):
            if last != "agency" and named.name.casefold().endswith(f" {last}"):
                return named
        return None

    def above(self, at: int, kind: SourceKind | None) -> Named | None:
        """The source of the last credit line before `at`, of a kind where there is one of it."""
        named = [one.named for one in self.lines[:MAX_SEEN] if one.end <= at]
        press = [one for one in named if one.kind in {"outlet", "agency"}]
        return next(
            (one for one in reversed(press) if one.kind == kind), press[-1] if press else None
        )

    def last(self, at: int) -> Named | None:
        """The press or body credited last before `at`, in a sentence or on a line."""
        before = [(one.end, one.named) for one in self.lines[:MAX_SEEN] if one.end <= at]
        before += self.seen[-MAX_SEEN:]
        bodies = [one for one in before if one[1].kind not in {"person", "unnamed"}]
        return max(bodies, key=lambda one: one[0])[1] if bodies else None


def _has_head(name: str, head: str) -> bool:
    return any(match.group().casefold() == head for match in _BODY.finditer(name))


def match_sentences(
    reading: Reading,
    sentences: Sequence[Range],
    language: str | None,
    lines: Sequence[Found] = (),
) -> list[Found]:
    """The credits inside the sentences, in reading order; none overlaps another.

    `lines`: the credits on lines, to which words that point back may point.
    """
    before = Antecedents([], lines)
    found: list[Found] = []
    ranges = [(one.start, min(one.end, one.start + MAX_SENTENCE)) for one in sentences]
    places = rules_for("inline", language).places(reading.letters, ranges)
    for index, (start, end) in enumerate(ranges):
        by_relation, known = match_relations(reading, start, end, index)
        by_form = _by_form(reading, start, end, index, places.get(index, ()))
        before.spoken += known
        if not (by_relation or by_form):
            continue
        # Forms that say more than that something is told come before what any relation shows.
        by_form.sort(key=lambda one: one.rule.covers == "sentence")
        special = [one for one in by_form if one.rule.covers != "sentence"]
        # Of what "it" and "the paper" say, forms that know bodies too come first.
        by_relation.sort(key=lambda one: one.rule.name == "back")
        direct = sum(one.rule.name != "back" for one in by_relation)
        rest = [*by_relation[:direct], *by_form[len(special) :], *by_relation[direct:]]
        for one in _without_overlap([*special, *rest]):
            pointed = _pointed(one, before, start, reading.names)
            if pointed is None:
                continue
            before.seen.append((pointed.end, pointed.named))
            found.append(pointed)
    return found


def _by_form(
    reading: Reading,
    start: int,
    end: int,
    index: int,
    live: Sequence[tuple[Rule, Sequence[int]]],
) -> list[Found]:
    """The matches of the forms whose triggers stand in a sentence."""
    sentence = _Sentence(reading.text, start, end)
    return [
        one
        for rule, triggers in live
        for one in _matches(sentence, rule, triggers, reading.names, index)
    ]


class _Sentence:
    """One sentence under search, with the places where names can begin, found once."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self._names: dict[int, list[int]] = {}

    def _names_before(self, place: int) -> list[int]:
        found = self._names.get(place)
        if found is None:
            low = max(self.start, place - NAME_REACH)
            found = self._names[place] = name_starts(self.text, low, place)
        return found

    def begins(self, rule: Rule, triggers: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Ranges in which a match of the rule can begin, in order; they may touch, not overlap."""
        done = self.start
        for place in triggers:
            if rule.opens == "trigger":
                if not self.text[max(0, place - 1) : place].isalnum():
                    yield place, place + 1
            elif rule.opens == "name":
                yield from ((at, at + 1) for at in self._names_before(place) if at >= done)
            elif done <= place:
                yield max(done, place - WORDS_REACH), place + 1
            done = place + 1

    def matches(self, rule: Rule, triggers: Sequence[int]) -> Iterator[re.Match[str]]:
        """The rule's matches, leftmost first, none overlapping another."""
        last = self.start
        for low, high in self.begins(rule, triggers):
            if high - low == 1:
                match = rule.form.match(self.text, low, self.end) if low >= last else None
            else:
                stop = min(self.end, high + FORM_REACH)
                match = rule.form.search(self.text, max(low, last), stop)
            if match is not None and match.start() < high:
                last = max(match.end(), match.start() + 1)
                yield match


def _matches(
    sentence: _Sentence,
    rule: Rule,
    triggers: Sequence[int],
    names: PageNames,
    index: int,
) -> Iterator[Found]:
    text = sentence.text
    for match in sentence.matches(rule, triggers):
        first = _source(text, match, "src", rule, names)
        if first is not None and not first.is_press and _announces(text, match):
            continue
        second = _source(text, match, "src2", rule, names)
        for named, begin, stop in _parts(text, match, first, second):
            if begin and text[begin - 1].isalnum() and text[begin].isalnum():
                break
            yield Found(
                rule=rule,
                start=_with_article(text, begin, sentence.start),
                end=_without_blank(text, begin, stop),
                named=named,
                line=index,
                own=names.is_own(named.name),
            )


def _announces(text: str, match: re.Match[str]) -> bool:
    """Whether nobody's words are given: "announced a curfew", "once the panel has reported."."""
    end = match.end()
    if _ANNOUNCED.search(text, match.start(), end) is None:
        return False
    closed = (
        text[end : end + 1] == "."
        and text[max(0, match.start() - 3) : match.start()].rstrip()[-1:] not in ',”"’»'
    )
    return closed or _OBJECT.match(text, end) is not None


def _parts(
    text: str, match: re.Match[str], first: Named | None, second: Named | None
) -> Iterator[tuple[Named, int, int]]:
    """The one or two sources of a match, each with where its words begin and end.

    The first of two has the words up to the end of its name, the second those from its own.
    """
    if first is not None:
        named, stop = _with_source_word(text, first, match.end())
        begin = named.start if match.start("src") == match.start() else match.start()
        if text[begin : begin + 2] in {", ", "; "}:
            begin += 2
        yield named, begin, stop if second is None else named.end
    if second is not None:
        yield second, second.start, match.end()


def _source(
    text: str, match: re.Match[str], slot: str, rule: Rule, names: PageNames
) -> Named | None:
    """The source that a slot of a match names, where the rule takes such a one."""
    if match.groupdict().get(slot) is None:
        return None
    low, high = match.span(slot)
    if rule.names in UNNAMED:
        named: Named | None = Named(_bare_words(text[low:high]), "unnamed", "plain", low, high)
    else:
        named = name_at(text, low, high, names)
    return named if named is not None and _counts(rule, named) else None


def _counts(rule: Rule, named: Named) -> bool:
    """Whether the rule takes the source; "the media" at large are none."""
    if rule.names in UNNAMED:
        return named.name.casefold() not in name_words("stop") or rule.names == "it"
    return accepts(rule, named)


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


def _pointed(found: Found, before: Antecedents, sentence: int, names: PageNames) -> Found | None:
    """The match with words that point back resolved; None where they point at nothing.

    `sentence`: where its sentence begins; press named in it comes before any named earlier.
    """
    words = found.named.name
    bare = _BARE.fullmatch(words)
    if found.rule.names == "same":
        target = before.last(found.start)
    elif bare is not None:
        target = before.latest(found.start, head=bare.group("head").casefold())
    elif found.rule.names == "it":
        kind = _kind_meant(words)
        target = before.ending(words) if kind is not None else None
        if target is None and kind == "agency":
            target = _press_since(before, sentence)
        target = target or before.latest(found.start, kind=kind)
        if found.rule.name == "back" and kind is None and not _is_near_press(found, before):
            return None
        if target is None and kind is not None:
            target = _meant(words, kind, before, found.start, names)
        if target is None and kind is not None and found.rule.name == "told_back":
            return replace(
                found, named=replace(found.named, name=words.removeprefix("the "), kind=kind)
            )
        if target is not None and kind is None and target.kind == "person":
            return None
    else:
        return found
    if target is None:
        return None
    named = replace(target, start=found.named.start, end=found.named.end)
    return replace(found, named=named, own=found.own or names.is_own(named.name))


def _is_near_press(found: Found, before: Antecedents) -> bool:
    """Whether the source named last is press, and was named just before: what "it" may mean."""
    last = before.seen[-1] if before.seen else None
    press = last is not None and last[1].kind in {"outlet", "agency"}
    return last is not None and press and found.start - last[0] <= IT_REACH


def _meant(
    words: str, kind: SourceKind, before: Antecedents, at: int, names: PageNames
) -> Named | None:
    """Who "the agency" or "the newspaper" is where no sentence has named one.

    A credit line above, what the project's register calls so, or the page's own outlet.
    """
    if any(char.isupper() for char in words):
        return None  # "the Kurdish agency" is another than one called so by its trade alone
    above = before.above(at, kind)
    listed = by_register(words, names.registry)
    own = names.own
    if above is not None and kind in {"agency", above.kind}:
        return above
    if listed is not None and listed[1] in {"outlet", "agency"}:
        return Named(listed[0], listed[1], listed[2], at, at)
    return Named(*own, "page", at, at) if own is not None and own[1] == kind else None


def _press_since(before: Antecedents, start: int) -> Named | None:
    """The last outlet or agency named in the sentence: who is called "the agency" there."""
    for position, named in reversed(before.seen[-MAX_SEEN:]):
        if position < start:
            return None
        if named.kind in {"outlet", "agency"}:
            return named
    return None


def _kind_meant(words: str) -> SourceKind | None:
    """Whether words that point back mean an agency or an outlet; None where they may mean both."""
    last = words.rsplit(" ", 1)[-1].casefold()
    if last in {"agency", "wire", "newswire"} or words.casefold().endswith("wire service"):
        return "agency"
    return None if last in {"it", "they", "statement", "report", "communiqué"} else "outlet"
