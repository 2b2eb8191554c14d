"""Triggers: the words that tell, before any pattern is tried, which rules can fit where."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, TypeAlias

from firsthand.trace.credit_grammar import ANY_LANGUAGE, DEFAULT_LANGUAGE, Rule, all_rules

_LETTERS: Final = re.compile(r"[^\W\d_]+")
_WORD: Final = re.compile(r"\w+")

_Trigger: TypeAlias = tuple[str, tuple[int, ...]]
"""A trigger, and the rules that it calls for by number."""


class RuleSet:
    """The rules of one place, with the few that can match some words found by their triggers."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """`rules` in the order in which they are tried."""
        self.rules = tuple(rules)
        self._always = tuple(at for at, rule in enumerate(rules) if not rule.triggers)
        grouped: dict[str, list[int]] = defaultdict(list)
        for at, rule in enumerate(rules):
            for trigger in rule.triggers:
                grouped[trigger].append(at)
        by_word: dict[str, list[_Trigger]] = defaultdict(list)
        for trigger, numbers in grouped.items():
            word = _LETTERS.match(trigger)
            by_word[word.group() if word else ""].append((trigger, tuple(numbers)))
        self._marks = tuple(by_word.pop("", ()))
        """Triggers that begin with no letter."""
        self._by_word: Mapping[str, Sequence[_Trigger]] = by_word

    def places(
        self, letters: "Letters", ranges: Sequence[tuple[int, int]]
    ) -> dict[int, list[tuple[Rule, list[int]]]]:
        """For each range, by index, the rules with a trigger in it and where the triggers stand.

        `ranges`: sorted, disjoint.
        """
        starts = [start for start, _ in ranges]
        found: dict[int, dict[int, list[int]]] = {}
        for trigger, rules in self._called_for(letters) if ranges else ():
            for at in letters.places(trigger):
                index = bisect_right(starts, at) - 1
                if index >= 0 and at < ranges[index][1]:
                    here = found.setdefault(index, {})
                    for rule in rules:
                        here.setdefault(rule, []).append(at)
        for index, (start, _) in enumerate(ranges) if self._always else ():
            found.setdefault(index, {}).update({rule: [start] for rule in self._always})
        return {
            index: [(self.rules[rule], sorted(rules[rule])) for rule in sorted(rules)]
            for index, rules in sorted(found.items())
        }

    def _called_for(self, letters: "Letters") -> list[_Trigger]:
        """The triggers whose first word the text has: most are words that a page has not."""
        called = list(self._marks)
        for word in self._by_word.keys() & letters.words:
            called += self._by_word[word]
        return called


class Letters:
    """A stretch of text in lower case that remembers where each trigger stands in it."""

    def __init__(self, text: str, start: int, end: int) -> None:
        """`text[start:end]` is what is searched."""
        self._start = start
        self._lowered = lower_in_place(text[start:end])
        self._places: dict[str, list[int]] = {}
        self.words = _words(self._lowered) & _first_words()
        """The runs of letters in it with which triggers begin."""

    def places(self, trigger: str) -> list[int]:
        """Where a trigger stands, in order; looked for once."""
        found = self._places.get(trigger)
        if found is None:
            found = self._places[trigger] = []
            at = self._lowered.find(trigger)
            while at >= 0:
                found.append(at + self._start)
                at = self._lowered.find(trigger, at + 1)
        return found


def _words(lowered: str) -> frozenset[str]:
    found = set(_WORD.findall(lowered))
    mixed = [word for word in found if not word.isalpha()]
    return frozenset(found.difference(mixed).union(*map(_LETTERS.findall, mixed)))


def lower_in_place(words: str) -> str:
    """The words in lower case, every letter still at its place (İ would become two)."""
    lowered = words.lower()
    if len(lowered) == len(words):
        return lowered
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in words)


@cache
def _first_words() -> frozenset[str]:
    """The runs of letters with which the triggers of all rules begin."""
    found = (_LETTERS.match(trigger) for rule in all_rules() for trigger in rule.triggers)
    return frozenset(match.group() for match in found if match)


@cache
def rules_for(where: str, language: str | None) -> RuleSet:
    """The rules of one place for a language; all languages where it is not known."""
    wanted = {ANY_LANGUAGE, DEFAULT_LANGUAGE, language}
    return RuleSet(
        [
            rule
            for rule in all_rules()
            if _stands(rule, where) and (language is None or rule.language in wanted)
        ]
    )


def _stands(rule: Rule, where: str) -> bool:
    """Whether a rule is one of a place; `closing`: forms of lines that credit a whole text."""
    if where == "closing":
        return rule.where == "line" and rule.position == "trailing" and rule.covers == "document"
    return rule.where == where
