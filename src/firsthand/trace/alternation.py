"""Alternations grouped by first letters: the same matches with far fewer branches tried.

Where case counts for nothing the engine tries every branch in turn; a set of first letters in
front of a group lets it pass over the whole group.
"""

from collections.abc import Iterator, Sequence
from typing import Final

_FOLDED: Final = {"i": "[iIİı]", "k": "[kK\u212a]", "s": "[sSſ]"}
"""Letters that patterns blind to case match to more than their own two forms."""
_QUANTIFIERS: Final = frozenset("?*+{")


def grouped(alternation: str) -> str:
    """The alternatives, "|" between them, of a pattern blind to case, grouped by first letters.

    Alternatives that begin with no plain letter stand where they stood, and none passes another
    of its letter: the first that matches is the same.
    """
    groups: list[tuple[str, list[str]]] = []
    open_since = 0
    for one in _alternatives(alternation):
        letter = one[:1].lower()
        if not letter.isascii() or not letter.isalpha() or one[1:2] in _QUANTIFIERS:
            groups.append(("", [one]))
            open_since = len(groups)
            continue
        known = next((rest for first, rest in groups[open_since:] if first == letter), None)
        if known is None:
            groups.append((letter, [one[1:]]))
        else:
            known.append(one[1:])
    return "|".join(_group(letter, rest) for letter, rest in groups)


def _group(letter: str, rest: Sequence[str]) -> str:
    if not letter:
        return rest[0]
    first = _FOLDED.get(letter) or f"[{letter}{letter.upper()}]"
    return f"(?-i:{first})(?:{'|'.join(rest)})"


def _alternatives(alternation: str) -> Iterator[str]:
    """The alternatives of the outermost level."""
    depth, in_class, begin, at = 0, False, 0, 0
    while at < len(alternation):
        char = alternation[at]
        if char == "\\":
            at += 1
        elif in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        elif char == "|" and not depth:
            yield alternation[begin:at]
            begin = at + 1
        depth += (char == "(") - (char == ")") if not in_class else 0
        at += 1
    yield alternation[begin:]
