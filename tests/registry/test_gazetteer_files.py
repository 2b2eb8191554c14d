"""A project's gazetteer files: every usual format, and clear refusals."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.errors import ResourceError
from firsthand.registry.gazetteer import GazetteerEntry, packaged_gazetteer
from firsthand.registry.gazetteer_files import load_gazetteer_file, merge_entries


def load(name: str, text: str, **given: Any) -> tuple[GazetteerEntry, ...]:
    return load_gazetteer_file(name, text.encode(), **given)


def test_a_csv_with_every_column() -> None:
    (entry,) = load(
        "own.csv",
        "id,name,aliases,lat,lon,radius_km,precision,parent,country,note,source\n"
        'own:1,Kestrel Bridge,"Old Bridge|Bridge 4",1.5,33.25,0.4,site,Northvale,KE,seen,survey\n',
    )
    assert entry.gazetteer_id == "own:1"
    assert entry.aliases == ("Old Bridge", "Bridge 4")
    assert (entry.lat, entry.lon, entry.radius_km) == (1.5, 33.25, 0.4)
    assert (entry.precision, entry.parent, entry.country) == ("site", "Northvale", "KE")
    assert (entry.note, entry.source) == ("seen", "survey")


def test_a_cod_ab_table_takes_its_deepest_level() -> None:
    (entry,) = load(
        "cod.csv",
        "ADM0_PCODE,ADM1_EN,ADM1_PCODE,ADM2_EN,ADM2_AR,ADM2_PCODE,lat,lon\n"
        "KE,North,KE01,Eastvale,شرق,KE0102,1.5,33.25\n",
    )
    assert (entry.name, entry.aliases) == ("Eastvale", ("شرق",))
    assert (entry.gazetteer_id, entry.parent, entry.precision) == ("KE0102", "KE01", "district")


def test_a_geonames_dump() -> None:
    cells = ["7", "Eastvale", "Eastvale", "East Vale,Ostvale", "1.5", "33.25", "P", "PPL", "KE"]
    cells += ["", "01", "", "", "", "4200", "", "", "Africa/Nairobi", "2020-01-01"]
    (entry,) = load("KE.txt", "\t".join(cells) + "\n")
    assert (entry.gazetteer_id, entry.population) == ("geonames:7", 4200)
    assert entry.aliases == ("East Vale", "Ostvale")


def test_geojson_points_and_areas() -> None:
    ring = [[[33.0, 1.0], [34.0, 1.0], [34.0, 2.0], [33.0, 1.0]]]
    features = [
        {"properties": {"name": "Post"}, "geometry": {"type": "Point", "coordinates": [33.5, 1.5]}},
        {"properties": {"name": "Zone"}, "geometry": {"type": "Polygon", "coordinates": ring}},
    ]
    post, zone = load("z.geojson", json.dumps({"type": "FeatureCollection", "features": features}))
    assert (post.lat, post.lon, post.radius_km) == (1.5, 33.5, 3.0)
    assert (zone.lat, zone.lon) == (1.5, 33.5)
    assert zone.radius_km == pytest.approx(78.6, abs=0.5)


def test_json_lines_with_names_by_language() -> None:
    row = {"id": "x", "name": {"en": "Eastvale", "ar": "شرق"}, "lat": 1.5, "lon": 33.25}
    (entry,) = load("own.jsonl", json.dumps(row))
    assert (entry.name, entry.aliases) == ("Eastvale", ("شرق",))


HEADER = "id,name,lat,lon,country,precision\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,lat\nEastvale,1.5\n", "row 1: no column for lon"),
        ("", "row 1: no column for name, lat, lon"),
        (
            HEADER + "a,Eastvale,1,33,KE,town\na,Westvale,2,33,KE,town\n",
            "row 3: id 'a' is also in row 2",
        ),
        (
            HEADER + "a,Eastvale,133,33,KE,town\n",
            "row 2: lat 133.0 is out of range; lat and lon look",
        ),
        (HEADER + "a,Eastvale,33,233,KE,town\n", "row 2: lat 33.0, lon 233.0 is out of range"),
        (HEADER + "a,Eastvale,north,33,KE,town\n", "row 2: lat is 'north', expected a number"),
        (HEADER + "a,Eastvale,nan,33,KE,town\n", "row 2: lat is 'nan'"),
        (HEADER + "a,,1,33,KE,town\n", "row 2: name is empty"),
        (HEADER + "a,Eastvale,1,33,KEN,town\n", "row 2: country 'KEN' is not an ISO"),
        (HEADER + "a,Eastvale,1,33,KE,exact\n", "row 2: precision 'exact' is none of"),
        (HEADER + "a,Eastvale,1\n", "row 2: 3 cells, the header has 6"),
        (HEADER + f"a,{'E' * 300},1,33,KE,town\n", "row 2: a name longer than"),
        ('{"type": "Point"}', "expected a GeoJSON FeatureCollection"),
        ('{"features": [', "not JSON"),
    ],
)
def test_bad_files_are_refused_with_their_row(text: str, said: str) -> None:
    with pytest.raises(ResourceError, match=r"^own\.csv: ") as caught:
        load("own.csv", text)
    assert said in str(caught.value)


def test_good_rows_do_not_come_through_beside_bad_ones() -> None:
    with pytest.raises(ResourceError, match="nothing imported"):
        load("own.csv", HEADER + "a,Eastvale,1,33,KE,town\nb,Westvale,x,33,KE,town\n")


def test_swapped_coordinates_are_seen_by_their_country() -> None:
    text = HEADER + "a,Eastvale,36.8,-1.3,KE,town\n"
    assert load("own.csv", text)
    with pytest.raises(ResourceError, match=r"row 2: .* lat and lon look swapped"):
        load("own.csv", text, gazetteer=packaged_gazetteer())


def test_wrong_encoding_is_said() -> None:
    with pytest.raises(ResourceError, match="not UTF-8 at byte 5"):
        load_gazetteer_file("own.csv", b"name,\xff")


def test_later_files_replace_earlier_rows() -> None:
    one = load("a.csv", HEADER + "a,Eastvale,1,33,KE,town\n")
    two = load("b.csv", HEADER + "a,Eastvale,2,33,KE,town\n")
    (entry,) = merge_entries(one, two)
    assert entry.lat == 2.0


@given(st.text(max_size=300) | st.text(alphabet='{}[]",:\n\t01ab', max_size=200))
def test_any_text_loads_or_is_refused(text: str) -> None:
    for name in ("a.csv", "a.jsonl"):
        refused = ""
        try:
            load(name, text)
        except ResourceError as error:
            refused = str(error)
        assert not refused or refused.startswith(name)
