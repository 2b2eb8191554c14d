"""Drafts of credits: what was found and what it covers, before it gets its id."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.model.lineage import CreditKind, CreditPosition
from firsthand.model.record import Located, Range
from firsthand.trace.covers import Layout, line_covers, resolved_covers
from firsthand.trace.credit_links import LinkCredit
from firsthand.trace.credit_matches import Found


@dataclass(frozen=True)
class Draft:
    """A credit with its covers, before it gets its id."""

    start: int
    end: int
    name: str
    source_kind: str
    kind: CreditKind
    position: CreditPosition
    covers: tuple[Range, ...]
    rule: str
    title: str | None = None
    url: str | None = None


def line_draft(found: Found, layout: Layout) -> Draft | None:
    """The credit of a line; None where it needs words to cover and has none."""
    covers = line_covers(found, layout)
    if not covers and found.rule.covers in {"quotation", "rest", "line"}:
        return None
    return Draft(
        start=found.start,
        end=found.end,
        name=found.named.name,
        source_kind=found.named.kind,
        kind=found.rule.kind,
        position=_position(found, layout),
        covers=covers,
        rule=found.rule.name,
        title=found.title,
    )


def _position(found: Found, layout: Layout) -> CreditPosition:
    if found.rule.covers == "document" and layout.at_start(found.line):
        return "leading"
    if found.rule.covers != "around":
        return found.rule.position
    return "leading" if resolved_covers(found, layout) == "following" else "trailing"


def link_draft(link: LinkCredit, layout: Layout) -> Draft:
    """The credit that an address gives."""
    if link.covers == "itself":
        covers: tuple[Range, ...] = (Range(start=link.start, end=link.end),)
    else:
        texts = layout.texts
        if link.covers == "previous":
            before = bisect_left(texts, layout.line_at(link.start))
            texts = texts[max(0, before - 1) : before]
        lines = layout.lines
        covers = (Range(start=lines[texts[0]].start, end=lines[texts[-1]].end),) if texts else ()
    return Draft(
        start=link.start,
        end=link.end,
        name=link.named.name,
        source_kind=link.named.kind,
        kind=link.kind,
        position="trailing" if link.covers == "previous" else "leading",
        covers=covers,
        rule=link.rule,
        url=link.url or None,
    )


def meets_any(one: Located, taken: Sequence[Located]) -> bool:
    """Whether a range meets one of the taken ones (sorted by start; at most two share a line)."""
    at = bisect_left(taken, one.end, key=lambda other: other.start)
    return any(one.start < other.end for other in taken[max(0, at - 3) : at])
