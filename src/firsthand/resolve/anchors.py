"""Days that relative times are counted from: a document's own, or an embedded report's."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec

from firsthand.model.claim import Attribution, Time
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
    text: str,
    document: Document,
    voices: Voices | None,
    segments: Segments | None,
    said: Sequence[Attribution] = (),
) -> tuple[Time, ...]:
    """Every time expression of a document, counted from its day or its embedded report's.

    What somebody is quoted with counts from the day on which the text says it was said.
    Offsets are into the page's text; what needs a day and has none says why.
    """
    own = anchor_of(document.published)
    if document.published is None and document.published_reason:
        own = Anchor(None, document.published_reason)
    begin, body = document.start, text[document.start : document.end]
    expressions = find_times(body)
    ranges = _embedded(document, voices)
    times = resolve_times(body, own.day, expressions=expressions, ranges=ranges)
    spoken = _spoken(said, times, segments, begin) if segments else []
    if spoken:
        times = resolve_times(body, own.day, expressions=expressions, ranges=[*ranges, *spoken])
    joined = join_ranges(times, expressions, body)
    placed = (_placed(time, begin, own) for time in joined)
    quoted = segments.quotations if segments else ()
    return tuple(_unspoken(time, quoted, spoken, begin) for time in placed)


_NEAR_CUE: Final = 60
"""Characters between a verb of saying and the day it is dated by."""


def _spoken(
    said: Sequence[Attribution], times: Sequence[Time], segments: Segments, begin: int
) -> list[AnchoredRange]:
    """What was said on a day that the text names beside the saying: "…", she said on Tuesday."""
    starts = [sentence.start for sentence in segments.sentences]
    held = {_sentence_at(starts, time.start + begin) for time in times}
    found: dict[tuple[int, int], AnchoredRange] = {}
    for row in said:
        cue = row.cue[0] if row.cue else None
        if cue is None or _sentence_at(starts, cue.start) not in held:
            continue
        day = _said_on(row, times, starts, begin)
        for span in row.content if day is not None else ():
            start, end = span.start - begin, span.end - begin
            found.setdefault((start, end), AnchoredRange(start=start, end=end, anchor=day))
    return [found[key] for key in sorted(found)]


def _sentence_at(starts: Sequence[int], at: int) -> int:
    return bisect_right(starts, at) - 1


def _said_on(
    row: Attribution, times: Sequence[Time], starts: Sequence[int], begin: int
) -> dt.date | None:
    """The single day named in the sentence of a saying, near its verb and outside what was said."""
    cue = row.cue[0]
    sentence = _sentence_at(starts, cue.start)
    for time in times:
        start, end = time.start + begin, time.end + begin
        near = max(start - cue.end, cue.start - end) <= _NEAR_CUE
        if not near or time.timex_type not in {"DATE", "TIME"} or time.earliest != time.latest:
            continue
        if (
            time.earliest is None
            or time.basis == "as_of"
            or _sentence_at(starts, start) != sentence
        ):
            continue
        if not any(span.start < end and start < span.end for span in row.content):
            return dt.date.fromisoformat(time.earliest)
    return None


def _unspoken(
    time: Time, quoted: Sequence[Quotation], spoken: Sequence[AnchoredRange], begin: int
) -> Time:
    """The time without a day where it means the day on which a quotation was spoken."""
    if time.as_written.casefold() not in SPEAKERS_DAY or time.earliest is None:
        return time
    if not any(overlaps(quotation, time) for quotation in quoted):
        return time
    if any(one.start <= time.start - begin < one.end for one in spoken):
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
