"""Days that relative times are counted from: a document's own, or an embedded report's."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from firsthand.model.document import Document
from firsthand.model.lineage import Voice, Voices


class Stretch(NamedTuple):
    """A stretch of a document whose times count from one day, or from none and why."""

    start: int
    end: int
    anchor: dt.date | None
    reason: str | None


def anchored_stretches(document: Document, voices: Voices | None) -> Iterator[Stretch]:
    """A document cut where the day to count from changes, in reading order."""
    own, reason = anchor_of(document.published)
    if own is None and document.published is None:
        reason = document.published_reason or reason
    dated = [v for v in (voices.voices if voices else ()) if v.published is not None]
    yield from _cut(document, own, reason, sorted(dated, key=lambda voice: voice.start))


def _cut(
    document: Document, own: dt.date | None, reason: str | None, dated: Sequence[Voice]
) -> Iterator[Stretch]:
    at = document.start
    for voice in dated:
        if voice.start > at:
            yield Stretch(at, voice.start, own, reason)
        anchor, why = anchor_of(voice.published)
        yield Stretch(max(voice.start, at), voice.end, anchor, why)
        at = max(at, voice.end)
    if at < document.end:
        yield Stretch(at, document.end, own, reason)


def anchor_of(published: str | None) -> tuple[dt.date | None, str | None]:
    """The day that an EDTF date names; none where it names a month, a year or an interval."""
    if published is None:
        return None, "the page shows no date to count from"
    try:
        return dt.date.fromisoformat(published.rstrip("?~%")), None
    except ValueError:
        return None, f"the page's date {published} is no single day to count from"
