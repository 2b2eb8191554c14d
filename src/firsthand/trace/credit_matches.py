"""Credits that stand on lines: whole lines, line openings, line ends, titles."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from firsthand.model.document import Document
from firsthand.model.page import Page
from firsthand.trace.credit_grammar import Rule, name_words, rules_for
from firsthand.trace.credit_lines import Line
from firsthand.trace.credit_names import Named, PageNames, name_at

MAX_LINE: Final = 320
"""A longer line is a paragraph, not a credit line."""
HEAD: Final = 160
TAIL: Final = 200
"""Code points at a line's opening and end in which a credit may stand."""
OWN_MARGIN: Final = 4_000
"""Code points of furniture before and after an article that are read for its outlet's name."""

_NEVER: Final = frozenset({"share", "cookie", "comment_form", "copyright", "navigation"})
"""Kinds of furniture that name sources without crediting them."""
_LEADING_MARK: Final = re.compile(r"[\s*•>|·»›→#–—-]{0,6}")
_CONTEXT: Final = 60


@dataclass(frozen=True)
class Found:
    """A credit's words on a line, before it is known what they cover."""

    rule: Rule
    start: int
    end: int
    named: Named
    line: int
    title: str | None = None
    own: bool = False
    """Names the page's own outlet: no credit, but it ends the run above it."""


def match_lines(
    page: Page, lines: Sequence[Line], names: PageNames, language: str | None
) -> list[Found]:
    """The credit of each line that is or opens or closes with one, in reading order."""
    return [found for line in lines for found in _match_line(page.text, line, names, language)]


def _match_line(text: str, line: Line, names: PageNames, language: str | None) -> list[Found]:
    if line.furniture in _NEVER or line.separator:
        return []
    if line.title:
        return _title(text, line, names, language)
    found: list[Found] = []
    if line.end - line.start <= MAX_LINE:
        found = _whole(text, line, names, language)
    return found or _head(text, line, names, language) + _tail(text, line, names, language)


def _whole(text: str, line: Line, names: PageNames, language: str | None) -> list[Found]:
    mark = _LEADING_MARK.match(text, line.start, line.end)
    start = mark.end() if mark else line.start
    opening = line.start if text[line.start : start].strip() in {"—", "–", "-", "--"} else start
    lowered = text[line.start : line.end].lower()
    for rule in rules_for("line", language):
        if not rule.may_match(lowered):
            continue
        for begin in sorted({opening, start}):
            match = rule.pattern.fullmatch(text, begin, line.end)
            if match is None:
                continue
            found = list(_named(text, rule, match, line, names))
            if found:
                return found
    return []


def _head(text: str, line: Line, names: PageNames, language: str | None) -> list[Found]:
    stop = min(line.end, line.start + HEAD)
    lowered = text[line.start : stop].lower()
    for rule in rules_for("head", language):
        match = rule.may_match(lowered) and rule.pattern.match(text, line.start, stop)
        if match and match.end() < line.end:
            found = list(_named(text, rule, match, line, names))
            if found:
                return found
    return []


def _tail(text: str, line: Line, names: PageNames, language: str | None) -> list[Found]:
    start = max(line.start, line.end - TAIL)
    lowered = text[start : line.end].lower()
    for rule in rules_for("tail", language):
        if not rule.may_match(lowered):
            continue
        match = _ending(rule.pattern, text, start, line.end)
        if match is None:
            continue
        found = list(_named(text, rule, match, line, names, skip=1))
        if found:
            return found
    return []


def _ending(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """The match of a tail rule that reaches the end of the line, if any."""
    for match in re.finditer(r"[.!?…”\"’)\]]", text[start:end]):
        whole = pattern.fullmatch(text, start + match.start(), end)
        if whole is not None:
            return whole
    return None


def _title(text: str, line: Line, names: PageNames, language: str | None) -> list[Found]:
    lowered = text[line.start : line.end].lower()
    for rule in rules_for("title", language):
        if not rule.may_match(lowered):
            continue
        match = rule.pattern.search(text, line.start, line.end)
        found = list(_named(text, rule, match, line, names)) if match else []
        if found:
            return found
    return []


def _named(
    text: str,
    rule: Rule,
    match: re.Match[str],
    line: Line,
    names: PageNames,
    *,
    skip: int = 0,
) -> Iterator[Found]:
    """The one or two sources a match names, where the rule accepts such names."""
    groups = match.groupdict()
    title = groups.get("title")
    start = match.start() + skip
    while start < match.end() and text[start].isspace():
        start += 1
    if rule.covers == "quotation":
        yield from _person(text, rule, match, line, names)
        return
    for slot in ("src", "src2"):
        if groups.get(slot) is None:
            continue
        named = name_at(text, match.start(slot), match.end(slot), names)
        if named is None or not accepts(rule, named, line):
            continue
        if named.name in text[match.start() : match.start(slot)]:
            # "by A. Person (Home – A. Person)": the site is the author's own.
            named = replace(named, kind="person")
        yield Found(
            rule=rule,
            start=start,
            end=_trim_end(text, start, match.end()),
            named=named,
            line=line.index,
            title=_clean_title(title),
            own=names.is_own(named.name) or names.is_own(text[named.start : named.end]),
        )
        start = named.end if slot == "src" and groups.get("src2") else start


def _person(
    text: str, rule: Rule, match: re.Match[str], line: Line, names: PageNames
) -> Iterator[Found]:
    """The person who speaks the quoted block below the line."""
    first = re.match(
        r"(?:[^\W\d_][\w’'.-]* ){0,5}[^\W\d_][\w’'.-]*", text[match.start() : match.end()]
    )
    if first is None:
        return
    words = first.group().split()
    capital = [word for word in words if word[:1].isupper()]
    stop = next((at for at, word in enumerate(words) if not word[:1].isupper()), len(words))
    if not capital or words[0].casefold() in name_words("stop"):
        return
    end = match.start() + len(" ".join(words[:stop]))
    named = name_at(text, match.start(), end, names)
    if named is None:
        return
    if named.evidence == "plain":
        named = Named(named.name, "person", "plain", named.start, named.end)
    yield Found(
        rule=rule,
        start=match.start(),
        end=_trim_end(text, match.start(), match.end()),
        named=named,
        line=line.index,
        own=names.is_own(named.name),
    )


def accepts(rule: Rule, named: Named, line: Line | None = None) -> bool:
    """Whether a rule takes a source of this kind on this evidence.

    In furniture, where names stand everywhere, only sources known as press count.
    """
    if rule.names == "press":
        return named.is_press
    if rule.names == "known":
        return named.is_known_press
    if rule.names == "speaker":
        return named.speaks
    if line is not None and line.furniture and not line.outside:
        return named.is_press or (named.evidence == "plain" and rule.name.startswith("trailing."))
    return True


def _clean_title(title: str | None) -> str | None:
    cleaned = " ".join(title.split()).strip(' “”"‘’:') if title else ""
    return cleaned or None


def _trim_end(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def own_furniture(page: Page, document: Document) -> list[str]:
    """Names by which the furniture around an article calls the page's own outlet."""
    before = (max(0, document.start - OWN_MARGIN), document.start)
    after = (document.end, min(len(page.text), document.end + OWN_MARGIN))
    names: list[str] = []
    for low, high in (before, after):
        words = page.text[low:high]
        lowered = words.lower()
        for rule in rules_for("own", document.language):
            if rule.may_match(lowered):
                names += [match.group("src") for match in rule.pattern.finditer(words)]
    return names
