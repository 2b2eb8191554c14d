"""Precision codes of the two event data sets, by width of time and kind of place."""

import pytest

from firsthand.model.claim import Place, PlacePrecision
from firsthand.model.precision import PrecisionCodes, precision_codes


def place(
    precision: PlacePrecision | None, *, relation: str | None = None, radius_km: float = 5.0
) -> Place:
    known = precision is not None
    return Place(
        as_written="Kalbe",
        start=0,
        end=5,
        name="Kalbe",
        gazetteer_id=None,
        country=None,
        lat=1.0 if known else None,
        lon=1.0 if known else None,
        radius_km=radius_km if known else None,
        precision=precision,
        relation=relation,
    )


@pytest.mark.parametrize(
    ("latest", "acled", "ucdp"),
    [
        ("2016-01-01", 1, 1),
        ("2016-01-02", 2, 2),
        ("2016-01-06", 2, 2),
        ("2016-01-07", 2, 3),
        ("2016-01-08", 3, 4),
        ("2016-01-31", 3, 4),
        ("2016-02-01", None, 5),
    ],
)
def test_times_are_coded_by_their_width(latest: str, acled: int | None, ucdp: int) -> None:
    codes = precision_codes("2016-01-01", latest, None)
    assert (codes.acled_time_precision, codes.ucdp_date_prec) == (acled, ucdp)


@pytest.mark.parametrize(("earliest", "latest"), [(None, "2016-01-01"), ("2016-01-01", None)])
def test_an_open_side_has_no_code(earliest: str | None, latest: str | None) -> None:
    assert precision_codes(earliest, latest, None) == PrecisionCodes()


@pytest.mark.parametrize(
    ("where", "acled", "ucdp"),
    [
        (place("town"), 1, 1),
        (place("site"), 1, 1),
        (place("town", relation="near", radius_km=15.0), 2, 2),
        (place("town", relation="40 km north of", radius_km=40.0), 2, 3),
        (place("district"), 2, 3),
        (place("governorate"), 3, 4),
        (place("region"), 3, 5),
        (place("country"), None, 6),
        (place(None), None, None),
        (None, None, None),
    ],
)
def test_places_are_coded_by_their_kind(
    where: Place | None, acled: int | None, ucdp: int | None
) -> None:
    codes = precision_codes(None, None, where)
    assert (codes.acled_geo_precision, codes.ucdp_where_prec) == (acled, ucdp)
