"""The rules of time expressions, `time_patterns.tsv`, as one pattern over token classes."""

import re
from functools import cache
from typing import Final, NamedTuple

from firsthand.resources import read_table

_COUNT: Final = r"(?:[ndNv]|av?)"
_MACROS: Final = {
    "{C}": _COUNT,
    "{R}": rf"(?:{_COUNT}(?:[-r&]{_COUNT})?)",
    "{U}": "[Uh]",
    "{P}": r"(?:e?pf?e?(?:p-?)?|p-|e?p,?)",
}
_NEVER_FIRST: Final = ".|!,&f"
"""Classes that no expression begins with: plain words, line ends, marks, "and", "of"."""
_QUANTIFIER: Final = re.compile(r"[?*+]|\{(\d*),?\d*\}")


class Rule(NamedTuple):
    """One row of the table."""

    name: str
    type: str
    form: str


class Grammar(NamedTuple):
    """All rules as one pattern with a named group each, and the rules by name."""

    pattern: re.Pattern[str]
    rules: dict[str, Rule]


@cache
def grammar() -> Grammar:
    """The packaged rules; an expression is only looked for where one can begin."""
    rules: dict[str, Rule] = {}
    groups: list[str] = []
    begins: set[str] = set()
    for row in read_table("lexicons/time_patterns.tsv"):
        pattern = row["pattern"]
        for macro, expansion in _MACROS.items():
            pattern = pattern.replace(macro, expansion)
        rules[row["name"]] = Rule(row["name"], row["type"], row["form"])
        groups.append(f"(?P<{row['name']}>{pattern})")
        begins |= first_letters(pattern)
    ahead = "".join(re.escape(letter) for letter in sorted(begins - set(_NEVER_FIRST)))
    return Grammar(re.compile(f"(?=[{ahead}])(?:{'|'.join(groups)})"), rules)


def first_letters(pattern: str) -> frozenset[str]:
    """Every letter that a match of a rule can begin with, and maybe some that none does.

    Rules know letters, classes in brackets, groups "(?:…)", lookarounds, "?", "*", "+" and "{m,n}".
    """
    letters, _, _ = _alternatives(pattern, 0)
    return letters


def _alternatives(pattern: str, at: int) -> tuple[frozenset[str], bool, int]:
    """First letters of the alternatives from `at`, whether they can be empty, where they end."""
    letters: set[str] = set()
    empty, open_ended = False, True
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            empty, open_ended, at = empty or open_ended, True, at + 1
            continue
        some, passes, at = _atom(pattern, at)
        quantifier = _QUANTIFIER.match(pattern, at)
        if quantifier is not None:
            passes = passes or quantifier[0][0] in "?*" or quantifier[1] in {"", "0"}
            at = quantifier.end()
        if open_ended:
            letters |= some
        open_ended = open_ended and passes
    return frozenset(letters), empty or open_ended, at


def _atom(pattern: str, at: int) -> tuple[frozenset[str], bool, int]:
    """First letters of one letter, class, group or lookaround, as `_alternatives`."""
    if pattern[at] == "$":
        return frozenset(), True, at + 1
    if pattern[at] == "[":
        end = pattern.index("]", at + 1)
        return frozenset(pattern[at + 1 : end].replace("\\", "")), False, end + 1
    if pattern[at] != "(":
        at += pattern[at] == "\\"
        return frozenset(pattern[at]), False, at + 1
    around = pattern.startswith(("(?=", "(?!", "(?<"), at)
    begin = at + (4 if pattern.startswith("(?<", at) else 3)
    letters, empty, end = _alternatives(pattern, begin)
    return (frozenset(), True, end + 1) if around else (letters, empty, end + 1)
