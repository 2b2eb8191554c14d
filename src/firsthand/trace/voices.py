"""Voices: whose words each stretch of a document is, by the credits that cover it."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from heapq import heappop, heappush
from itertools import pairwise
from typing import Final, TypeAlias

from firsthand.model.document import Document, Segments
from firsthand.model.lineage import Credit, Voice, Voices
from firsthand.model.page import Page
from firsthand.trace.credit_grammar import all_rules

UNKNOWN_OUTLET: Final = "unknown outlet"
"""Speaker of a document whose outlet no one names; a value, not a guess."""

_MONTHS: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
_DATE: Final = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}}) (?P<month>{_MONTHS})|(?P<month2>{_MONTHS}) (?P<day2>\d{{1,2}}),?)"
    r" (?P<year>(?:19|20)\d{2})\b",
    re.IGNORECASE,
)
_LINK_VOICES: Final = frozenset({"link.blockquote", "meta.canonical", "meta.based_on"})


def find_voices(
    page: Page,
    document: Document,
    segments: Segments,
    credits: Sequence[Credit],  # noqa: A002 - the field's word
) -> Voices:
    """The document cut into runs of one speaker: ordered, without gaps or overlaps.

    Where covers nest, the narrower credit gives the voice; of equals, the first on the page.
    `segments` must be the document's own.
    """
    if page.page_id != document.page_id:
        message = f"page {page.page_id} given for a document of page {document.page_id}"
        raise ValueError(message)
    if segments.document_id != document.document_id:
        message = f"segments of {segments.document_id} given for {document.document_id}"
        raise ValueError(message)
    painted = _painted(document, _runs(document, credits))
    return Voices(
        document_id=document.document_id,
        page_id=page.page_id,
        voices=tuple(_voice(document, start, end, credit) for start, end, credit in painted),
    )


_Run: TypeAlias = tuple[int, int, Credit]
_Painted: TypeAlias = tuple[int, int, Credit | None]


@cache
def voiced_rules() -> frozenset[str]:
    """The rules whose credits change the voice: the words they cover are the credited source's."""
    return frozenset(rule.name for rule in all_rules() if rule.voice) | _LINK_VOICES


def _runs(document: Document, found: Sequence[Credit]) -> list[_Run]:
    """The covers that change the voice, the widest first, so that narrower ones paint over."""
    voiced = voiced_rules()
    runs = [
        (max(span.start, document.start), min(span.end, document.end), credit)
        for credit in found
        if credit.document_id == document.document_id and credit.rule in voiced
        for span in credit.covers
    ]
    return sorted(
        (run for run in runs if run[0] < run[1]),
        key=lambda run: (run[0] - run[1], run[0], -run[2].start, run[2].credit_id),
    )


def _painted(document: Document, runs: Sequence[_Run]) -> list[_Painted]:
    """Disjoint stretches from the document's start to its end, later runs on top.

    A sweep over the edges with a heap of what is open: n log n, however deep covers nest.
    """
    edges = sorted({document.start, document.end, *(at for run in runs for at in run[:2])})
    by_start = sorted(range(len(runs)), key=lambda rank: (runs[rank][0], rank))
    opened: list[int] = []
    coming = 0
    stretches: list[_Painted] = []
    for start, end in pairwise(edges):
        while coming < len(by_start) and runs[by_start[coming]][0] <= start:
            heappush(opened, -by_start[coming])
            coming += 1
        while opened and runs[-opened[0]][1] <= start:
            heappop(opened)
        top = runs[-opened[0]][2] if opened else None
        if stretches and stretches[-1][2] is top:
            stretches[-1] = (stretches[-1][0], end, top)
        else:
            stretches.append((start, end, top))
    return stretches


def _published(words: str) -> str | None:
    """The full date that a credit's own words give its report ("reported on 3 May 2031:")."""
    found = _DATE.search(words)
    if found is None:
        return None
    month = _MONTHS.split("|").index((found["month"] or found["month2"]).lower()) + 1
    try:
        return date(int(found["year"]), month, int(found["day"] or found["day2"])).isoformat()
    except ValueError:
        return None


def _voice(document: Document, start: int, end: int, credit: Credit | None) -> Voice:
    if credit is None:
        return Voice(
            start=start,
            end=end,
            speaker=document.outlet or UNKNOWN_OUTLET,
            kind="outlet" if document.outlet else "unnamed",
            language=document.language,
        )
    return Voice(
        start=start,
        end=end,
        speaker=credit.cited_source,
        kind=credit.source_kind,
        credit_id=credit.credit_id,
        language=document.language,
        published=_published(credit.text),
    )
