"""Days that relative times are counted from: a document's own, or an embedded report's."""

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from firsthand.model.claim import Time
from firsthand.model.document import Document, Quotation, Segments
from firsthand.model.lineage import Voices
from firsthand.model.record import overlaps
from firsthand.resolve.dates import AnchoredRange, find_times, join_ranges, resolve_times


class Anchor(NamedTuple):
    """The day to count from, or why there is none."""

    day: dt.date | None
    reason: str | None


def anchor_of(published: str | None) -> Anchor:
    """The day that an EDTF date names; none where it names a month, a year or an interval."""
    if published is None:
        return Anchor(None, "the page shows no date to count from")
    try:
        return Anchor(dt.date.fromisoformat(published.rstrip("?~%")), None)
    except ValueError:
        return Anchor(None, f"the page's date {published} is no single day to count from")


SPEAKERS_DAY: Final = frozenset({"today", "tonight", "now", "nowadays", "this morning"})
"""Words that in a quotation mean the day of speaking, which the page's own day need not be."""


def document_times(
    text: str, document: Document, voices: Voices | None, segments: Segments | None
) -> tuple[Time, ...]:
    """Every time expression of a document, counted from its day or its embedded report's.

    Offsets are into the page's text; what needs a day and has none says why.
    """
    own = anchor_of(document.published)
    if document.published is None and document.published_reason:
        own = Anchor(None, document.published_reason)
    begin, body = document.start, text[document.start : document.end]
    expressions = find_times(body)
    times = resolve_times(
        body, own.day, expressions=expressions, ranges=_embedded(document, voices)
    )
    joined = join_ranges(times, expressions, body)
    placed = (_placed(time, begin, own) for time in joined)
    quoted = segments.quotations if segments else ()
    return tuple(_unspoken(time, quoted) for time in placed)


def _unspoken(time: Time, quoted: Sequence[Quotation]) -> Time:
    """The time without a day where it means the day on which a quotation was spoken."""
    if time.as_written.casefold() not in SPEAKERS_DAY or time.earliest is None:
        return time
    if not any(overlaps(quotation, time) for quotation in quoted):
        return time
    return msgspec.structs.replace(
        time,
        earliest=None,
        latest=None,
        basis="unresolved",
        anchor=None,
        edtf=None,
        reason="said in a quotation, and the day of speaking is not given",
    )


def _embedded(document: Document, voices: Voices | None) -> Sequence[AnchoredRange]:
    """Stretches of reports that show a date of their own."""
    return [
        AnchoredRange(
            start=voice.start - document.start,
            end=voice.end - document.start,
            anchor=anchor_of(voice.published).day,
        )
        for voice in (voices.voices if voices else ())
        if voice.published is not None
    ]


def _placed(time: Time, begin: int, own: Anchor) -> Time:
    reason = time.reason
    if time.basis == "unresolved" and own.day is None and own.reason:
        reason = f"{time.reason}; {own.reason}" if time.reason else own.reason
    return Time(
        as_written=time.as_written,
        start=time.start + begin,
        end=time.end + begin,
        earliest=time.earliest,
        latest=time.latest,
        basis=time.basis,
        anchor=time.anchor,
        granularity=time.granularity,
        reason=reason,
        timex_type=time.timex_type,
        timex_value=time.timex_value,
        edtf=time.edtf,
    )
