"""How exactly a time and a place are known, in the codes of the two event data sets that coders use.

ACLED codebook: time_precision 1 day, 2 week, 3 month; geo_precision 1 town or site, 2 part of a
region, 3 region. UCDP GED codebook: date_prec 1 day, 2 two to six days, 3 week, 4 month, 5 wider;
where_prec 1 exact, 2 within 25 km of a known point, 3 second-order division, 4 first-order
division, 5 a line or area without borders, 6 country. Null: wider than the codes go, or not known.
"""

from datetime import date
from typing import Final

from firsthand.model.claim import Place
from firsthand.model.record import Part

_ACLED_DAYS: Final = ((1, 1), (7, 2), (31, 3))
_UCDP_DAYS: Final = ((1, 1), (6, 2), (7, 3), (31, 4))
_UCDP_WIDER: Final = 5
_KNOWN_POINT_KM: Final = 25.0
_POINTS: Final = frozenset({"site", "neighbourhood", "town"})
_ACLED_AREAS: Final = {"district": 2, "governorate": 3, "region": 3}
_UCDP_AREAS: Final = {"district": 3, "governorate": 4, "region": 5, "country": 6}


class PrecisionCodes(Part, frozen=True, kw_only=True):
    """The codes of one claim or event; null where none fits."""

    acled_time_precision: int | None = None
    acled_geo_precision: int | None = None
    ucdp_date_prec: int | None = None
    ucdp_where_prec: int | None = None


def precision_codes(
    earliest: str | None, latest: str | None, place: Place | None
) -> PrecisionCodes:
    """The codes of an interval (ISO dates, None open or unknown) and of a place."""
    days = width_days(_day(earliest), _day(latest))
    return PrecisionCodes(
        acled_time_precision=acled_time_precision(days),
        acled_geo_precision=acled_geo_precision(place),
        ucdp_date_prec=ucdp_date_prec(days),
        ucdp_where_prec=ucdp_where_prec(place),
    )


def _day(iso: str | None) -> date | None:
    return None if iso is None else date.fromisoformat(iso)


def width_days(earliest: date | None, latest: date | None) -> int | None:
    """Number of days, both ends counted; None where a side is open."""
    return None if earliest is None or latest is None else (latest - earliest).days + 1


def acled_time_precision(days: int | None) -> int | None:
    """By width: a day 1, up to a week 2, up to a month 3; wider is not codable."""
    if days is None:
        return None
    return next((code for limit, code in _ACLED_DAYS if days <= limit), None)


def ucdp_date_prec(days: int | None) -> int | None:
    """By width: a day 1, 2 to 6 days 2, a week 3, up to a month 4, wider 5."""
    if days is None:
        return None
    return next((code for limit, code in _UCDP_DAYS if days <= limit), _UCDP_WIDER)


def acled_geo_precision(place: Place | None) -> int | None:
    """A town or site 1, what lies near one or in a district 2, a province or region 3."""
    if place is None or place.precision is None or place.lat is None:
        return None
    if place.precision in _POINTS:
        return 2 if place.relation else 1
    return _ACLED_AREAS.get(place.precision)


def ucdp_where_prec(place: Place | None) -> int | None:
    """A point 1, near one 2 (to 25 km, farther 3), then by the kind of area."""
    if place is None or place.precision is None or place.lat is None:
        return None
    if place.precision in _POINTS:
        if not place.relation:
            return 1
        return 2 if (place.radius_km or 0.0) <= _KNOWN_POINT_KM else 3
    return _UCDP_AREAS.get(place.precision)
