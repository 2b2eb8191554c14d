"""The tables that link judges by: types and families, weights, levels, words of knowledge."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from firsthand.model.event import OriginLevel
from firsthand.resources import read_table

TYPES: Final = "lexicons/link_types.tsv"
RELATED: Final = "lexicons/link_related.tsv"
WEIGHTS: Final = "lexicons/link_weights.tsv"
LEVELS: Final = "lexicons/link_levels.tsv"
KNOWLEDGE: Final = "lexicons/link_knowledge.tsv"
FACTS: Final = "lexicons/link_facts.tsv"
CAUSES: Final = "lexicons/link_causes.tsv"
HEADINGS: Final = "lexicons/link_headings.tsv"
NAMED_COUNTS: Final = "lexicons/link_named_counts.tsv"
COUNTS: Final = "models/link-v1/word_counts.tsv"
RESOURCES: Final = (TYPES, RELATED, WEIGHTS, LEVELS, KNOWLEDGE, FACTS, CAUSES, HEADINGS, COUNTS)

LEVEL_ORDER: Final[tuple[OriginLevel, ...]] = (
    "first_hand",
    "institutional",
    "self_report",
    "relay_unknown",
    "inference",
    "none",
)
"""From nearest to the thing to farthest from it."""


@dataclass(frozen=True, slots=True)
class TypeRow:
    """How claims of one type are linked."""

    family: str
    group: str
    about: str
    title: str
    one_doer: bool
    """Whether only one party did it, so that two named doers contradict."""


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One line of the levels table; `*` fits everything."""

    kinds: frozenset[str]
    about: str
    modalities: frozenset[str]
    mark: str
    level: OriginLevel
    reason: str


@cache
def types() -> dict[str, TypeRow]:
    """Claim type to how it is linked."""
    return {
        row["type"]: TypeRow(
            family=row["family"],
            group=row["group"],
            about=row["about"],
            title=row["title"],
            one_doer=row["one_doer"] == "y",
        )
        for row in read_table(TYPES)
    }


@lru_cache(maxsize=1_024)
def type_row(name: str) -> TypeRow:
    """How a type is linked; a type that the table does not know is linked like `other`."""
    return types().get(name) or types()["other"]


@cache
def related() -> dict[frozenset[str], str]:
    """Pairs of families that can tell parts of one happening, with the reason."""
    return {frozenset((row["one"], row["other"])): row["reason"] for row in read_table(RELATED)}


@cache
def are_related(one: str, other: str) -> bool:
    """Whether two families can tell parts of one happening."""
    return frozenset((one, other)) in related()


UNITS: Final = {"day": 1, "week": 7, "month": 28}
"""Days that a unit of time has at least."""
UNSORTED: Final = "other"
"""The family of what fits no type: it may be a part of anything, and its type says nothing."""


@cache
def can_go_together(one: str, other: str) -> bool:
    """Whether claims of two families may tell one happening; `other` fits all but speech."""
    if one == other or are_related(one, other):
        return True
    return UNSORTED in (one, other) and "speech" not in (one, other)


@cache
def facts() -> dict[tuple[str, str], str]:
    """(family of an incident, family of a fact of it) to how far they may stand apart."""
    return {(row["lead"], row["fact"]): row["reach"] for row in read_table(FACTS)}


def fact_reach(lead: str, fact: str) -> str | None:
    """How far from an incident a fact of it may stand: `near` or `text`; None where it is none."""
    return facts().get((lead, fact))


@cache
def leading_families() -> frozenset[str]:
    """Families of types that an incident can begin with."""
    return frozenset(lead for lead, _ in facts())


@cache
def standing() -> frozenset[str]:
    """Families of what lasts or goes on: told again without a day, it is told of the same."""
    groups = {"condition", "state", "situation"}
    lasting = {row.family for row in types().values() if row.group in groups}
    return frozenset(lasting | {"aid", "movement"})


@cache
def families() -> tuple[str, ...]:
    """All families of types, sorted."""
    return tuple(sorted({row.family for row in types().values()}))


@cache
def neighbours(family: str) -> tuple[str, ...]:
    """The family itself and those related to it, sorted."""
    near = {other for pair in related() if family in pair for other in pair}
    return tuple(sorted(near | {family}))


@cache
def weights() -> dict[tuple[str, str], float]:
    """(field, level) to its weight in bits."""
    return {(row["field"], row["level"]): float(row["weight"]) for row in read_table(WEIGHTS)}


@cache
def levels() -> tuple[LevelRow, ...]:
    """The levels table in its order."""
    by_name = {level: level for level in LEVEL_ORDER}
    return tuple(
        LevelRow(
            kinds=frozenset(row["kind"].split("|")),
            about=row["about"],
            modalities=frozenset(row["modality"].split("|")),
            mark=row["mark"],
            level=by_name[row["level"]],  # type: ignore[index]  # a table's word, checked by its test
            reason=row["reason"],
        )
        for row in read_table(LEVELS)
    )


@cache
def knowledge(mark: str) -> tuple[str, ...]:
    """Words of one mark; the head of the table says what each mark means."""
    return tuple(row["words"] for row in read_table(KNOWLEDGE) if row["mark"] == mark)


def has_words(mark: str, text: str) -> bool:
    """Whether a text holds one of the phrases of a mark, set off by spaces."""
    return stands_in(mark, spaced(text))


@lru_cache(maxsize=1_024)
def spaced(text: str) -> str:
    """The words of a text in small letters, a space on either side of each."""
    return f" {' '.join(text.casefold().split())} "


def stands_in(mark: str, words: str) -> bool:
    """Whether one of the phrases of a mark stands among words that spaces set off."""
    known = _phrases(mark)
    return any(phrase in words for first in known.keys() & words.split() for phrase in known[first])


@cache
def _phrases(mark: str) -> dict[str, list[str]]:
    """The phrases of a mark with a space on either side, by their first words."""
    found: dict[str, list[str]] = {}
    for words in knowledge(mark):
        found.setdefault(words.split()[0], []).append(f" {words} ")
    return found


@cache
def gone_by() -> dict[str, int]:
    """Words of how long something has gone on, with the days that have passed at least."""
    found: dict[str, int] = {}
    for number, word in enumerate(("second", "third", "fourth", "fifth", "sixth"), 1):
        found |= {f"{word} {unit}": number * days for unit, days in UNITS.items()}
    return found


@cache
def causes() -> dict[str, str]:
    """Word of a cause to the family of what it names."""
    return {row["word"]: row["family"] for row in read_table(CAUSES)}
