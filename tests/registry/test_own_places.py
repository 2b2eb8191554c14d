"""A project's own places: merged, written and explained."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.registry.gazetteer import GazetteerEntry, packaged_gazetteer
from firsthand.registry.own_places import (
    GAZETTEER_FILE,
    merged,
    own_places,
    place_readings,
    places_csv,
    places_geojson,
    project_gazetteer,
)
from refusals import refused_whole

CSV = b"""gazetteer_id,name,aliases,lat,lon,precision
own:orlan,Orlan Crossing,Orlan Ford|The Ford,12.5,44.25,site
own:vesk,Veskara,,12.75,44.5,village
"""

words = st.text("abcd xyz,;\"'éß", min_size=1, max_size=12).map(str.strip).filter(bool)
entries = st.builds(
    GazetteerEntry,
    gazetteer_id=st.uuids().map(lambda key: f"own:{key}"),
    name=words,
    aliases=st.lists(words, max_size=3, unique=True).map(tuple),
    country=st.sampled_from([None, "YE", "KE"]),
    lat=st.floats(-80, 80),
    lon=st.floats(91, 179),
    radius_km=st.floats(0, 500),
    precision=st.sampled_from(["site", "town", "district", "region"]),
    parent=st.none() | words,
    population=st.integers(0, 10**8),
    note=words,
    source=words,
)


@settings(deadline=None)
@given(st.lists(entries, max_size=6, unique_by=lambda entry: entry.gazetteer_id))
def test_what_is_written_reads_back_the_same(rows: list[GazetteerEntry]) -> None:
    back = own_places(places_csv(rows))
    assert list(back) == sorted(rows, key=lambda row: row.gazetteer_id)
    assert places_csv(back) == places_csv(rows)
    again = merged(None, "places.geojson", places_geojson(rows)).entries
    for one, other in zip(back, again, strict=True):
        assert (one.gazetteer_id, one.name, one.aliases) == (
            other.gazetteer_id,
            other.name,
            other.aliases,
        )
        assert math.isclose(one.lat, other.lat, abs_tol=1e-9)


def test_a_row_replaces_the_one_of_its_id() -> None:
    first = merged(None, "places.csv", CSV, source="survey")
    assert (first.added, first.replaced) == (2, 0)
    assert {entry.source for entry in first.entries} == {"survey"}
    more = b"gazetteer_id,name,lat,lon\nown:vesk,Veskara,12.8,44.5\nown:new,Tallen,12.9,44.6\n"
    second = merged(places_csv(first.entries), "more.csv", more)
    assert (second.added, second.replaced, len(second.entries)) == (1, 1, 3)
    assert next(e.lat for e in second.entries if e.gazetteer_id == "own:vesk") == 12.8


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"title,north\nA,1\n", ["row 1", "no column for name, lat, lon", "'title'"]),
        (b"id,name,lat,lon\na,A,1,2\na,B,1,2\n", ["row 3", "'a' is also in row 2"]),
        (b"name,lat,lon\nA,1,2\nB,120,20\n", ["row 3", "look swapped"]),
        (b"name,lat,lon\nA,99,200\n", ["row 2", "out of range"]),
        (b"name,lat,lon,country\nA,36.8,-1.3,KE\n", ["row 2", "look swapped"]),
        (b"name,lat,lon\n" + b"A" * 10_000_000 + b",1,2\n", ["row 2"]),
        (b"name,lat,lon\n=cmd(),1,2\n", ["row 2", "formula"]),
        (b"PK\x03\x04", ["ZIP"]),
        (b"name,lat,lon\n\xff,1,2\n", ["not UTF-8"]),
    ],
)
def test_a_bad_file_is_refused_whole_with_its_row(content: bytes, words: list[str]) -> None:
    refused_whole(merged, content, words)


def test_many_long_names_are_read() -> None:
    rows = "".join(f"id{n},{'Name ' * 30}{n},{n % 80},10\n" for n in range(20_000))
    assert len(merged(None, "many.csv", b"id,name,lat,lon\n" + rows.encode()).entries) == 20_000


def test_a_name_is_explained_by_all_it_can_mean() -> None:
    gazetteer = project_gazetteer(places_csv(merged(None, "p.csv", CSV).entries))
    own = place_readings(gazetteer, "orlan ford")
    assert [(row.name, row.by, row.own) for row in own] == [("Orlan Crossing", "alias", True)]
    world = place_readings(gazetteer, "Georgia")
    assert {row.precision for row in world} >= {"country", "governorate"}
    assert world[0].precision == "country"
    assert place_readings(gazetteer, "Qqxzzv") == ()
    loose = place_readings(packaged_gazetteer(), "Bortsudann")
    assert [row.by for row in loose[:1]] in ([], ["consonants"])
    assert GAZETTEER_FILE == "gazetteer.csv"
