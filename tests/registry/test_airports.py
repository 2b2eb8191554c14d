"""Airports by name and by nearness."""

import pytest

from firsthand.registry.airports import Airport, Airports, packaged_airports

NEAR = Airport("AAAA", "Kalbe International Airport", "Kalbe", "ZZ", 10.0, 20.0, served=True)
BASE = Airport("AAAB", "Al Orub Air Base", "Orub", "ZZ", 10.1, 20.1, served=False)
ABROAD = Airport("BBBB", "Kalbe Airport", "Kalbe", "YY", 10.0, 20.2, served=True)
AIRPORTS = Airports([BASE, NEAR, ABROAD])


@pytest.mark.parametrize(
    ("name", "countries", "codes"),
    [
        ("Kalbe", ("ZZ",), ["AAAA"]),
        ("Kalbe", ("YY",), ["BBBB"]),
        ("Ain al-Orub", ("ZZ",), ["AAAB"]),
        ("Oruba", ("ZZ",), []),
        ("Kolbe", ("ZZ",), ["AAAA"]),
        ("Kalubi", ("ZZ",), []),
        ("Kalbe Ferro", ("ZZ",), ["AAAA"]),
        ("International", ("ZZ",), []),
        ("Kalbe", (), []),
    ],
)
def test_airports_are_found_by_the_words_that_say_which(
    name: str, countries: tuple[str, ...], codes: list[str]
) -> None:
    assert [row.code for row in AIRPORTS.named(name, countries)] == codes


def test_near_ones_come_nearest_first_and_stay_in_their_country() -> None:
    assert [row.code for row in AIRPORTS.near(10.0, 20.0, 50.0, "ZZ")] == ["AAAA", "AAAB"]
    assert [row.code for row in AIRPORTS.near(10.0, 20.0, 5.0, "ZZ")] == ["AAAA"]
    assert AIRPORTS.near(10.0, 20.0, 50.0, None) == ()


def test_a_base_says_so_in_its_name() -> None:
    assert (NEAR.military, BASE.military) == (False, True)


def test_the_packaged_ones_have_points_on_earth() -> None:
    (found,) = packaged_airports().named("Jomo Kenyatta", ("KE",))
    assert (round(found.lat), round(found.lon)) == (-1, 37)
