"""Compares the places of two claims: one, one inside the other, near or far."""

import math
from typing import Final

from firsthand.link.views import Spot, View

TOWN_KM: Final = 15.0
"""Places less certain than this are areas, not towns."""
EARTH_KM: Final = 6371.0
PLACE_ORDER: Final = (
    "same",
    "close",
    "same_words",
    "same_wide",
    "inside",
    "inside_wide",
    "near",
    "unknown",
    "far",
)
"""From agreement to contradiction; of several places the best pair counts."""
SAME_WORDS, SAME_WIDE, UNKNOWN = 2, 3, 7


def place_level(one: View, other: View, event_km: float) -> str:
    """The best level of any two places of two claims; inherited ones tell of the article."""
    if not one.spots or not other.spots:
        return "unknown"
    best = min([_pair_level(a, b, event_km) for a in one.spots for b in other.spots])
    level = PLACE_ORDER[best]
    if one.inherited or other.inherited:
        return "article" if level in {"same", "close", "same_words"} else "unknown"
    return level


def _pair_level(a: Spot, b: Spot, event_km: float) -> int:
    """Where in the order of place levels two places stand."""
    if a.key == b.key:
        return SAME_WIDE if a.wide else 0
    if a.words == b.words:
        return SAME_WORDS
    apart = spot_distance_km(a, b)
    if apart is None:
        return UNKNOWN
    return PLACE_ORDER.index(_distance_level(apart, (a.radius_km, b.radius_km), event_km))


def spot_level(a: Spot, b: Spot) -> str:
    """How two places stand to one another, without the project's distance between incidents."""
    return PLACE_ORDER[_pair_level(a, b, 0.0)]


def _distance_level(apart: float, radii: tuple[float, float], event_km: float) -> str:
    small, large = sorted(radii)
    if apart <= small:
        return "close"
    if apart <= large:
        return "inside" if large <= TOWN_KM else "inside_wide"
    return "near" if apart <= small + large + event_km else "far"


def spot_distance_km(a: Spot, b: Spot) -> float | None:
    """Great-circle distance between two places; None where one has no coordinates."""
    if a.lat is None or b.lat is None:
        return None
    half = math.sin((b.lat - a.lat) / 2) ** 2
    half += math.cos(a.lat) * math.cos(b.lat) * math.sin((b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
