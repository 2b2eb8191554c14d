"""The tables of the claims stage as look-ups, each read once when first asked for."""

from dataclasses import dataclass
from functools import cache

from firsthand.resources import read_table, read_words

CUES = "lexicons/cues.tsv"
HEDGES = "lexicons/hedges.tsv"
SOURCES = "lexicons/source_nouns.tsv"
TITLES = "lexicons/speaker_titles.tsv"
NAMES = "lexicons/claim_name_nouns.tsv"
INSTRUMENTS = "lexicons/instrument_terms.tsv"
WORD_SETS = "lexicons/claim_word_sets.tsv"
ENGLISH = "gazetteers/english_words.tsv"
CAPITALS = "gazetteers/capitals.tsv"
GIVEN = "gazetteers/given_names.tsv"
COUNTRIES = "gazetteers/countries.tsv"


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue of attribution."""

    cue: str
    word_class: str
    type: str
    takes: str
    act: str


@dataclass(frozen=True, slots=True)
class SourceNoun:
    """What a head noun says about a source or an actor."""

    source_kind: str
    actor_kind: str
    bare: bool


@dataclass(frozen=True, slots=True)
class NameNoun:
    """What a noun inside a name says about the name."""

    label: str
    actor_kind: str


@cache
def word_set(name: str) -> frozenset[str]:
    """A small set of words that a rule names."""
    return frozenset(row["word"] for row in read_table(WORD_SETS) if row["set"] == name)


@cache
def cues(language: str, word_class: str) -> dict[str, Cue]:
    """The cues of one language and class, by lemma or phrase."""
    return {
        row["cue"]: Cue(row["cue"], row["class"], row["type"], row["takes"], row["act"])
        for row in read_table(CUES)
        if row["language"] == language and row["class"] == word_class
    }


@cache
def languages() -> frozenset[str]:
    """Languages that have cues."""
    return frozenset(row["language"] for row in read_table(CUES))


@cache
def source_nouns() -> dict[str, SourceNoun]:
    """Head nouns of sources and actors."""
    return {
        row["noun"]: SourceNoun(row["source_kind"], row["actor_kind"], row["bare"] == "y")
        for row in read_table(SOURCES)
    }


@cache
def titles() -> dict[str, SourceNoun]:
    """Titles before names, by their lower-case form."""
    return {
        row["title"].lower(): SourceNoun(row["source_kind"], row["actor_kind"], bare=False)
        for row in read_table(TITLES)
    }


@cache
def name_nouns() -> dict[str, NameNoun]:
    """Nouns inside names."""
    return {row["noun"]: NameNoun(row["label"], row["actor_kind"]) for row in read_table(NAMES)}


@cache
def instruments() -> dict[str, tuple[str, str]]:
    """Weapons and platforms: label and kind by lower-case term."""
    return {row["term"]: (row["label"], row["kind"]) for row in read_table(INSTRUMENTS)}


@cache
def demonyms() -> frozenset[str]:
    """Words for the people and things of countries, as written."""
    words: set[str] = set()
    for row in read_table(COUNTRIES):
        words.update(part for part in row["demonyms"].split("|") if part)
    return frozenset(words)


@cache
def english_words() -> frozenset[str]:
    """Common words of English, lower case."""
    return read_words(ENGLISH)


@cache
def capitals() -> frozenset[str]:
    """Seats of government, as written."""
    return frozenset(row["name"] for row in read_table(CAPITALS))


@cache
def given_names() -> frozenset[str]:
    """Given names, lower case."""
    return read_words(GIVEN)
