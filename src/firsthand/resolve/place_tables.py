"""The tables that place recognition rests on, read once: words, demonyms, abbreviations, metonyms."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from firsthand import resources
from firsthand.registry.gazetteer import Gazetteer

FOLDER = "gazetteers/"
RESOURCES = tuple(
    FOLDER + name
    for name in (
        "world.parquet",
        "world_names.parquet",
        "countries.tsv",
        "features.tsv",
        "admin_abbreviations.tsv",
        "place_words.tsv",
        "english_words.tsv",
        "given_names.tsv",
        "capitals.tsv",
        "airports.parquet",
    )
)
"""Everything packaged that `resolve` reads about places, for its cache key."""


_LISTED = frozenset(("town", "neighbourhood", "district", "governorate"))
_AMBIGUOUS = frozenset(("department",))
"""Lists after these words are of ministries as often as of places."""


@dataclass(frozen=True)
class PlaceWords:
    """Word classes of place_words.tsv and the two word lists, all in lower case."""

    classes: dict[str, frozenset[str]]
    designators: dict[str, str]
    """Word -> precision: "governorate" -> governorate."""
    ordinary: frozenset[str]
    given: frozenset[str]
    capitals: dict[str, str]
    """Capital or seat in lower case -> ISO code of the state whose government it stands for."""
    seats: frozenset[str]
    """Of `capitals`, those that hardly ever mean the place ("Kremlin")."""
    plurals: dict[str, str]
    """Word -> precision of each name in a list after it: "villages of A, B and C"."""
    classes_of: dict[str, frozenset[str]]
    """`classes` turned round: the classes of each word."""

    def has(self, word: str, *classes: str) -> bool:
        """Whether a lower-case word belongs to one of the classes."""
        known = self.classes_of.get(word)
        return known is not None and not known.isdisjoint(classes)


@dataclass(frozen=True)
class ShortForms:
    """What stands for a place without being its name, as (row, …) of one gazetteer."""

    demonyms: dict[str, tuple[int, ...]]
    """As written ("Kenyan", "South Koreans")."""
    anywhere: dict[str, tuple[int, ...]]
    """Abbreviations read wherever they stand ("N.Y.")."""
    after_comma: dict[str, tuple[int, ...]]
    """Abbreviations read only after a place and a comma ("Ore.")."""


@cache
def place_words() -> PlaceWords:
    """The packaged word classes."""
    classes: dict[str, set[str]] = defaultdict(set)
    designators: dict[str, str] = {}
    for row in resources.read_table(FOLDER + "place_words.tsv"):
        classes[row["class"]].add(row["word"])
        if row["class"] == "designator":
            designators[row["word"]] = row["value"]
    classes_of: dict[str, set[str]] = defaultdict(set)
    for name, members in classes.items():
        for word in members:
            classes_of[word].add(name)
    seats = resources.read_table(FOLDER + "capitals.tsv")
    return PlaceWords(
        classes={name: frozenset(words) for name, words in classes.items()},
        designators=designators,
        ordinary=resources.read_words(FOLDER + "english_words.tsv"),
        given=resources.read_words(FOLDER + "given_names.tsv"),
        capitals={row["name"].lower(): row["iso2"] for row in seats},
        seats=frozenset(row["name"].lower() for row in seats if row["use"] == "seat"),
        plurals={
            word[:-1] + "ies" if word.endswith("y") else word + "s": precision
            for word, precision in designators.items()
            if precision in _LISTED and word not in _AMBIGUOUS
        },
        classes_of={word: frozenset(names) for word, names in classes_of.items()},
    )


def short_forms(gazetteer: Gazetteer) -> ShortForms:
    """Demonyms and abbreviations with the rows of this gazetteer that they stand for."""
    demonyms: dict[str, list[int]] = defaultdict(list)
    anywhere: dict[str, list[int]] = defaultdict(list)
    after_comma: dict[str, list[int]] = defaultdict(list)
    for row in resources.read_table(FOLDER + "countries.tsv"):
        for word in filter(None, row["demonyms"].split("|")):
            demonyms[word].append(gazetteer.country_row(row["iso2"]))
    for row in resources.read_table(FOLDER + "features.tsv"):
        for word in filter(None, row["demonyms"].split("|")):
            areas = [r for r in gazetteer.exact(row["name"]) if gazetteer.kind(r) == row["kind"]]
            demonyms[word].extend(areas[:1])
    target = {"anywhere": anywhere, "comma": after_comma, "demonym": demonyms}
    for row in resources.read_table(FOLDER + "admin_abbreviations.tsv"):
        target[row["where"]][row["abbreviation"]].append(gazetteer.admin1_row(row["code"]))
    return ShortForms(_known(demonyms), _known(anywhere), _known(after_comma))


def capital_rows(gazetteer: Gazetteer) -> frozenset[int]:
    """The towns that are capitals of states."""
    found: set[int] = set()
    for row in resources.read_table(FOLDER + "capitals.tsv"):
        towns = [
            town
            for town in gazetteer.exact(row["name"])
            if gazetteer.country(town) == row["iso2"] and gazetteer.kind(town) == "town"
        ]
        found |= set(sorted(towns, key=gazetteer.population)[-1:])
    return frozenset(found)


def _known(forms: dict[str, list[int]]) -> dict[str, tuple[int, ...]]:
    """Forms whose place the gazetteer has."""
    kept = {form: tuple(row for row in rows if row >= 0) for form, rows in forms.items()}
    return {form: rows for form, rows in kept.items() if rows}
