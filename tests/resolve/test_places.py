"""Places in running text: what is a place, which one, and how exactly."""

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.model.claim import Entity, EntityLabel, Place
from firsthand.registry.gazetteer import GazetteerEntry, packaged_gazetteer
from firsthand.resolve.generic_places import generic_places
from firsthand.resolve.place_relations import between
from firsthand.resolve.places import find_places, home_of, read_places


def found(text: str, **given: Any) -> dict[str, Place]:
    return {place.as_written: place for place in find_places(text, **given)}


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Two people died in Springfield, Illinois.", "Springfield", "US"),
        ("Police in London, Ontario, made an arrest.", "London", "CA"),
        ("He flew from London to Manchester, England.", "London", "GB"),
        ("Rain fell in Nakuru and Eldoret, Kenya.", "Eldoret", "KE"),
        ("Clashes near Dayr Hafir and Aleppo in Syria.", "Aleppo", "SY"),
        ("TRIPOLI, Libya (Jan 5) - Fighting resumed.", "TRIPOLI", "LY"),
        ("Voters in Tripoli and Beirut stayed at home.", "Tripoli", "LB"),
        ("The Georgian army left Gori, Georgia.", "Georgia", "GE"),
        ("The storm crossed Atlanta, Georgia.", "Georgia", "US"),
        ("Troops entered al-Mayadin.", "al-Mayadin", "SY"),
        ("قصفت الطائرات مدينة حلب", "حلب", "SY"),
        ("القتال في بيروت مستمر", "بيروت", "LB"),
        ("Взрыв произошёл в Дамаске.", "Дамаске", "SY"),
    ],
)
def test_a_name_resolves_to_the_country_meant(text: str, name: str, country: str | None) -> None:
    assert found(text)[name].country == country


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Reading the news takes time.", "Reading"),
        ("Most people stayed at home.", "Most"),
        ("Mobile phones were seized.", "Mobile"),
        ("President Lincoln spoke.", "Lincoln"),
        ("Mr. Jackson said he was tired. Jackson then left.", "Jackson"),
        ("Chelsea Harmon was not hurt.", "Chelsea"),
        ("It was printed in the Nairobi Times.", "Nairobi"),
        ("A crash on Paris Street killed two.", "Paris"),
    ],
)
def test_words_people_outlets_and_streets_are_no_places(text: str, name: str) -> None:
    assert name not in found(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("She lives in Reading, England.", "Reading"),
        ("A fire in Mobile, Ala., killed one.", "Mobile"),
        ("The Ala. governor spoke in Mobile, Ala.", "Ala."),
    ],
)
def test_common_words_are_places_where_the_text_says_so(text: str, name: str) -> None:
    assert name in found(text)


@pytest.mark.parametrize(
    ("text", "word", "country"),
    [
        ("Kenyan officials met.", "Kenyan", "KE"),
        ("South Koreans voted.", "South Koreans", "KR"),
        ("The Ohioans won.", "Ohioans", "US"),
    ],
)
def test_demonyms_are_places_of_their_country(text: str, word: str, country: str | None) -> None:
    place = found(text)[word]
    assert place.demonym
    assert place.country == country


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Nairobi said it would reply.", ["KE"]),
        ("Paris and Berlin hope for a truce.", ["FR", "DE"]),
        ("Talks between Ankara and Athens stalled.", ["TR", "GR"]),
        ("It accused Kampala of lying.", ["UG"]),
        ("A Khartoum-backed militia fled.", ["SD"]),
        ("Cairo has repeatedly denied the charge.", ["EG"]),
    ],
)
def test_capitals_acting_as_governments_are_no_places(text: str, countries: list[str]) -> None:
    read = read_places(text)
    assert [government.country for government in read.governments] == countries
    assert not [place for place in read.places if place.as_written in text.split(maxsplit=1)[0]]


@pytest.mark.parametrize(
    "text",
    [
        "A bomb exploded in Nairobi.",
        "Nairobi residents fled.",
        "Protests in Paris, France, went on.",
    ],
)
def test_capitals_where_things_happen_are_places(text: str) -> None:
    read = read_places(text)
    assert not read.governments
    assert read.places


def test_unknown_villages_stay_unresolved_inside_their_province() -> None:
    place = found("Shells hit the village of Zarbuqa in Idlib province, Syria.")["Zarbuqa"]
    assert (place.lat, place.lon, place.gazetteer_id) == (None, None, None)
    assert place.parent == "admin1:SY.12"
    assert place.country == "SY"
    assert "Idlib" in place.reason


def test_every_name_of_a_list_of_villages_is_a_place() -> None:
    text = "Jets hit the villages of Tarvik, Hatmar, al-Dorrieh and Huwet Sakra near Nairobi."
    places = found(text)
    assert set(places) == {"Tarvik", "Hatmar", "al-Dorrieh", "Huwet Sakra", "Nairobi"}
    assert {places[name].precision for name in ("Tarvik", "al-Dorrieh")} == {"town"}
    assert all(places[name].country == "KE" for name in places)
    assert places["Tarvik"].parent != places["Hatmar"].gazetteer_id or not places["Hatmar"].lat


def test_lists_of_ministries_are_no_places() -> None:
    assert found("The departments of Health, Tarvik and Education met.") == {}


def test_an_unknown_place_is_known_again_where_it_is_named_again() -> None:
    text = "They took the town of Zhorvat Krin. The Zhorvat Krin area fell. Mr Krin was silent."
    names = [place.as_written for place in find_places(text)]
    assert names == ["Zhorvat Krin", "Zhorvat Krin"]


@pytest.mark.parametrize(
    ("text", "demonym"),
    [("Fighting on Kenyan soil.", False), ("On the Kenyan border.", False), ("Kenyan men.", True)],
)
def test_a_demonym_before_soil_or_border_is_the_country_itself(text: str, demonym: bool) -> None:
    (place,) = find_places(text)
    assert (place.name, place.demonym) == ("Kenya", demonym)


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("It moved from Mombasa to Kisumu past Arusha.", "KE"),
        ("It moved from Mombasa to Arusha.", None),
        ("Kenya and Uganda talked.", None),
    ],
)
def test_a_text_is_at_home_where_most_of_its_places_lie(text: str, home: str | None) -> None:
    assert home_of(find_places(text)) == home


def test_a_namesake_abroad_is_never_taken() -> None:
    text = "Fighting spread from Aleppo to Homs and Damascus, and to Wakefield village, in Syria."
    place = found(text)["Wakefield"]
    assert place.lat is None
    assert place.country == "SY"


@pytest.mark.parametrize(
    ("text", "name", "relation"),
    [
        ("near Eldoret, Kenya", "Eldoret", "near"),
        ("on the outskirts of Eldoret, Kenya", "Eldoret", "on the outskirts of"),
        ("30 km north of Eldoret, Kenya", "Eldoret", "30 km north of"),
        ("three kilometres from Eldoret, Kenya", "Eldoret", "three kilometres from"),
    ],
)
def test_relations_make_areas(text: str, name: str, relation: str) -> None:
    plain = found("in Eldoret, Kenya")[name]
    place = found("Shots were heard " + text)[name]
    assert place.relation == relation
    assert place.radius_km > plain.radius_km


def test_a_distance_and_direction_move_the_point() -> None:
    plain = found("in Eldoret, Kenya")["Eldoret"]
    moved = found("A jet fell 50 km east of Eldoret, Kenya")["Eldoret"]
    assert moved.lat == pytest.approx(plain.lat, abs=0.01)
    assert moved.lon - plain.lon == pytest.approx(50 / 111.2, abs=0.02)


def test_between_two_places_is_one_area() -> None:
    text = "A bus burned between Nakuru and Eldoret, Kenya."
    one, other, _ = find_places(text)
    area = between(text, one, other)
    assert area.as_written == text[area.start : area.end] == "between Nakuru and Eldoret"
    assert min(one.lat, other.lat) < area.lat < max(one.lat, other.lat)
    assert between("Nakuru and Eldoret", one, other) is None


def test_unnamed_places_point_back() -> None:
    text = "Rebels took Eldoret. Residents fled the city and the prison."
    city, prison = generic_places(text, find_places(text))
    assert (city.as_written, city.name) == ("the city", "Eldoret")
    assert prison.lat is None
    assert prison.parent == city.gazetteer_id
    assert prison.inside is not None
    assert (prison.inside.lat, prison.inside.lon) == (city.lat, city.lon)


def test_a_site_lies_where_the_text_says_that_it_does() -> None:
    text = "Four people died in Kisumu. The airport in Eldoret was closed."
    (airport,) = generic_places(text, find_places(text))
    eldoret = next(place for place in find_places(text) if place.name == "Eldoret")
    assert airport.parent == eldoret.gazetteer_id


def test_a_town_in_passing_is_not_the_city_of_the_report() -> None:
    text = (
        "Eldoret was shelled. People left Eldoret. In Eldoret shops closed. "
        "Aid came from Nakuru. The besieged city is hungry. It is in the province of plenty."
    )
    (city,) = generic_places(text, find_places(text))
    assert city.name == "Eldoret"


def test_the_province_may_be_that_of_the_town() -> None:
    text = "Shells fell on Homs, Syria. Half the province is without power."
    places = find_places(text)
    assert generic_places(text, places) == ()
    (province,) = generic_places(text, places, gazetteer=packaged_gazetteer())
    assert (province.precision, province.country) == ("governorate", "SY")


def test_own_places_win() -> None:
    own = GazetteerEntry(
        gazetteer_id="own:ridge",
        name="Broken Ridge",
        aliases=("BR-7",),
        country="KE",
        lat=0.1,
        lon=36.0,
        radius_km=1.0,
        precision="site",
    )
    gazetteer = packaged_gazetteer().with_entries([own])
    place = found("They camped at Broken Ridge.", gazetteer=gazetteer)["Broken Ridge"]
    assert place.gazetteer_id == "own:ridge"


def test_a_country_hint_breaks_ties() -> None:
    text = "A shop burned in Victoria."
    assert found(text, country_hint="CA")["Victoria"].country == "CA"
    assert found(text, country_hint="AU")["Victoria"].country == "AU"


_WORDS = st.sampled_from(
    [
        "in",
        "near",
        "the",
        "of",
        "al-",
        "Paris",
        "Kenya",
        "Nairobi",
        "Mr.",
        "and",
        ",",
        ".",
        "(",
        ")",
        "\n",
        "30",
        "km",
        "north",
        "Ala.",
        "حلب",
        "Москве",
        "Washington",
        "said",
        "village",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS | st.text(max_size=5), max_size=40).map(" ".join))
def test_every_place_is_a_slice_of_the_text(text: str) -> None:
    read = read_places(text)
    ends = [(place.start, place.end) for place in read.places]
    assert ends == sorted(ends)
    for place in read.places:
        assert text[place.start : place.end] == place.as_written != ""
        assert (place.lat is None) == (place.lon is None)
        assert place.reason
    for government in read.governments:
        assert text[government.start : government.end] == government.as_written
    generic_places(text, read.places)


def test_an_unknown_village_lies_in_the_division_of_the_places_around_it() -> None:
    text = (
        "Flooding hit Nakuru and Naivasha on Monday. Boats reached the village of Wexamoro at dusk."
    )
    village = next(p for p in find_places(text) if p.as_written == "Wexamoro")
    assert village.lat is None
    assert village.country == "KE"
    assert str(village.parent).startswith("admin1:KE.")
    assert "division" in str(village.reason)


def test_an_unknown_village_lies_in_what_the_text_says_after_it() -> None:
    text = "Boats reached the village of Wexamoro, located in the eastern part of Kisumu County."
    village = next(p for p in find_places(text) if p.as_written == "Wexamoro")
    assert village.lat is None
    assert "the text says so" in str(village.reason)


def test_a_name_called_a_division_once_is_a_town_where_it_stands_alone() -> None:
    text = "Shells hit Nakuru on Monday. Aid went to Nakuru, Wajir and Mandera counties."
    first, *rest = [place for place in find_places(text) if place.country == "KE"]
    assert first.precision == "town"
    assert {place.precision for place in rest} == {"governorate"}


def _tagged(text: str, words: str, label: EntityLabel) -> Entity:
    """An entity as a tagger gives it."""
    start = text.index(words)
    return Entity(
        entity_id=words,
        document_id="d",
        page_id="p",
        start=start,
        end=start + len(words),
        label=label,
        text=words,
        name=words,
    )


def test_storms_and_bodies_in_capitals_are_no_places() -> None:
    text = "A union, FETRAPO, met in Geneva. A ferry sank during Typhoon Mirelda."
    tagged = [_tagged(text, "FETRAPO", "GPE"), _tagged(text, "Typhoon Mirelda", "LOC")]
    assert [place.name for place in find_places(text, entities=tagged)] == ["Geneva"]


def test_a_page_of_nothing_but_names_takes_time_in_proportion() -> None:
    text = " ".join(f"Garissa, Mombasa, Kenyan army, Zlatin{n}." for n in range(5_000))
    started = time.process_time()
    assert len(find_places(text)) > 10_000
    assert time.process_time() - started < 20


def test_a_tagged_place_is_named_without_its_kind() -> None:
    text = "A ferry sank off the town of Marrowa."
    tagged = [_tagged(text, "town of Marrowa", "LOC")]
    assert [place.name for place in find_places(text, entities=tagged)] == ["Marrowa"]


def test_a_station_is_no_place() -> None:
    assert find_places("The mayor told Radio Paris on Monday.") == ()
