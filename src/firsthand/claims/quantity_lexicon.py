"""The tables of quantities: nouns that are counted, units of measure, words around numbers."""

import re
from functools import cache
from typing import Final, NamedTuple

from firsthand.claims.person_nouns import is_person, singulars
from firsthand.nlp.number_words import roles
from firsthand.resources import read_table

PIECE: Final = re.compile(
    r"(?! )(?:[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\S ]+|[^\w\s]|_+)"
)
"""Pieces between blanks: words, numbers, other white space, marks."""


class Noun(NamedTuple):
    """What a counted noun stands for; `kind` is empty for a generic one ("pieces")."""

    kind: str
    people: bool


class Unit(NamedTuple):
    """A unit of measure: its kind, the unit kept, the unit compared in and the factor to it."""

    kind: str
    unit: str
    normalised: str
    factor: float


class Words(NamedTuple):
    """The words around numbers by role; phrases are tuples of lower-case tokens."""

    bounds: dict[tuple[str, ...], str]
    rates: dict[tuple[str, ...], str]
    amounts: dict[tuple[str, ...], tuple[float | None, float | None, float | None]]
    """Vague and exact amounts in words: value, low, high."""
    shares: dict[tuple[str, ...], str]
    events: dict[str, str]
    stops: frozenset[str]
    between: frozenset[str]
    labels: frozenset[str]
    ages: frozenset[str]
    parts: frozenset[tuple[str, ...]]


@cache
def nouns() -> dict[str, Noun]:
    """Counted nouns by form."""
    return {
        row["form"]: Noun(row["kind"], row["class"] == "people")
        for row in read_table("lexicons/quantity_nouns.tsv")
    }


PEOPLE: Final = Noun("people", people=True)
"""What nouns count that no table holds and that name people."""


@cache
def noun_of(word: str) -> Noun | None:
    """What a word counts, by the table or as a plural of people: "herders", "townspeople"."""
    found = nouns().get(word)
    if found is None and word.endswith(("s", "men", "people", "folk")):
        people = word.endswith(("people", "folk", "men"))
        return PEOPLE if people or any(map(is_person, singulars(word)[1:])) else None
    return found


@cache
def units() -> dict[str, Unit]:
    """Units of measure by form."""
    return {
        row["form"]: Unit(row["kind"], row["unit"], row["normalised"], float(row["factor"]))
        for row in read_table("lexicons/quantity_units.tsv")
    }


@cache
def words() -> Words:
    """The words around numbers, by role."""
    rows = read_table("lexicons/quantity_words.tsv")

    def of(role: str) -> list[tuple[tuple[str, ...], str]]:
        return [(_tokens(row["form"]), row["value"]) for row in rows if row["role"] == role]

    def single(role: str) -> frozenset[str]:
        return frozenset(" ".join(form) for form, _ in of(role))

    return Words(
        bounds={
            form: role
            for role in ("about", "least", "above", "most", "below")
            for form, _ in of(role)
        },
        rates=dict(of("rate")),
        amounts={form: (None, *_limits(value)) for form, value in of("vague")}
        | {form: (float(value), float(value), float(value)) for form, value in of("exact")},
        shares=dict(of("share")),
        events={" ".join(form): value for form, value in of("event")},
        stops=single("stop"),
        between=single("aux"),
        labels=single("label"),
        ages=single("age"),
        parts=frozenset(form for form, _ in of("part")),
    )


@cache
def months() -> frozenset[str]:
    """Names of months, in whose neighbourhood a number is a day or a year."""
    rows = read_table("lexicons/time_words.tsv")
    return frozenset(row["word"] for row in rows if row["class"] == "M")


@cache
def starters() -> frozenset[str]:
    """Words that an amount may begin with: number words and the first words of amounts."""
    numbers = {word for word, (role, _) in roles().items() if role != "scale"}
    return frozenset(numbers | {form[0] for form in words().amounts})


def _tokens(form: str) -> tuple[str, ...]:
    return tuple(PIECE.findall(form))


def _limits(value: str) -> tuple[float | None, float | None]:
    low, _, high = value.partition("/")
    return (float(low) if low else None), (float(high) if high else None)
