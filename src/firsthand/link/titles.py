"""Neutral headings of events, built from their fields."""

from typing import Final

from firsthand.link.lexicons import type_row
from firsthand.model.claim import Place

AREAS: Final = frozenset({"neighbourhood", "district", "governorate", "country", "region"})


def event_title(kind: str, place: Place | None, earliest: str | None, latest: str | None) -> str:
    """Type, place and days, as in "Airstrike reported at X, 2017-08-27"; never a source's words."""
    name = None if place is None else place.name or place.as_written
    at = "at an unnamed place"
    if place is not None and name is not None:
        at = f"in {name}" if place.precision in AREAS else f"at {name}"
    template = type_row(kind).title or "{place}"
    of_place = f"of {name}" if name is not None else at
    title = template.replace("{place}", at).replace("{of_place}", of_place)
    days = _days(earliest, latest)
    return f"{title}, {days}" if days else title


def _days(earliest: str | None, latest: str | None) -> str:
    if earliest is None and latest is None:
        return ""
    if earliest == latest and earliest is not None:
        return earliest
    if latest is None:
        return f"from {earliest}"
    return f"until {latest}" if earliest is None else f"{earliest} to {latest}"
