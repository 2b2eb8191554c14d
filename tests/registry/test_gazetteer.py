"""The packaged gazetteer: known points, parents, and a project's own entries on top."""

import pytest

from firsthand.registry.gazetteer import (
    Gazetteer,
    GazetteerEntry,
    packaged_gazetteer,
    written_radius,
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return packaged_gazetteer()


@pytest.mark.parametrize(
    ("name", "kind", "country", "lat", "lon"),
    [
        ("Nairobi", "town", "KE", -1.28, 36.82),
        ("Найроби", "town", "KE", -1.28, 36.82),
        ("Kenya", "country", "KE", 1.0, 38.0),
        ("Queensland", "admin1", "AU", -22.0, 147.0),
        ("Danube", "river", None, 46.0, 19.5),
        ("D.R.C.", "country", "CD", -2.5, 23.5),
    ],
)
def test_names_find_their_place(
    gazetteer: Gazetteer, name: str, kind: str, country: str | None, lat: float, lon: float
) -> None:
    found = [
        row
        for row in gazetteer.exact(name)
        if (gazetteer.kind(row), gazetteer.country(row)) == (kind, country)
    ]
    assert found
    at, on = gazetteer.point(found[0])
    assert abs(at - lat) < 4
    assert abs(on - lon) < 4


def test_parents_lead_to_the_country(gazetteer: Gazetteer) -> None:
    (row,) = [r for r in gazetteer.exact("Nakuru") if gazetteer.kind(r) == "town"]
    assert gazetteer.parents(row)[-1] == gazetteer.country_row("KE")


def test_every_parent_is_a_wider_row(gazetteer: Gazetteer) -> None:
    for row in range(0, gazetteer.size, 997):
        assert row not in gazetteer.parents(row)


def test_admin_codes_are_found(gazetteer: Gazetteer) -> None:
    assert gazetteer.name(gazetteer.admin1_row("US.OH")) == "Ohio"
    assert gazetteer.admin1_row("US.XX") == gazetteer.admin1_row("ZZ.01") == -1


def test_unknown_names_find_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.exact("Zzyzxqville") == ()
    assert gazetteer.exact("") == gazetteer.loose("") == ()


def test_own_entries_come_first_and_keep_their_parent(gazetteer: Gazetteer) -> None:
    own = GazetteerEntry(
        gazetteer_id="own:1",
        name="Nairobi",
        aliases=("Little Nairobi",),
        country="UG",
        lat=0.5,
        lon=32.5,
        radius_km=2.0,
        precision="site",
        parent="Kampala",
    )
    both = gazetteer.with_entries([own])
    row = both.exact("little nairobi")[0]
    assert both.exact("Nairobi")[0] == row
    assert both.entry(row) == own
    assert both.name(both.parent(row)).startswith("Kampala")
    assert gazetteer.exact("Little Nairobi") == ()


def test_derived_points_say_so(gazetteer: Gazetteer) -> None:
    assert "derived" in gazetteer.entry(gazetteer.admin1_row("US.OH")).source


@pytest.mark.parametrize(("people", "radius"), [(0, 3.0), (20_000, 5.0), (9_000_000, 25.0)])
def test_radius_grows_with_population(people: int, radius: float) -> None:
    assert written_radius(people) == radius
