"""What tables know of a word: part of a place's name, given name, people, title, noun of a body."""

# Run by hand, never imported by the package: types, seeds and messages may be plain.
# ruff: noqa: ANN201, ANN001

from functools import cache
from pathlib import Path

from firsthand.resources import read_table, read_words

KINDS = ("none", "place", "given", "both", "body", "site", "people", "title")
"""A word of several takes the last that fits."""
SITES = ("FAC", "LOC", "GPE")
PLACES = Path(__file__).parent / "place_words.tsv"


@cache
def table():
    """Number of the kind of every known word by its lower-case form; goes into labels.json."""
    given = read_words("gazetteers/given_names.tsv")
    places = set(PLACES.read_text(encoding="utf-8").splitlines()[2:])
    found = dict.fromkeys(sorted(places), KINDS.index("place"))
    found |= dict.fromkeys(sorted(given), KINDS.index("given"))
    found |= dict.fromkeys(sorted(given & places), KINDS.index("both"))
    for row in read_table("lexicons/claim_name_nouns.tsv"):
        kind_ = "body" if row["label"] == "ORG" else "site" if row["label"] in SITES else "none"
        found[row["noun"]] = KINDS.index(kind_)
    for row in read_table("gazetteers/countries.tsv"):
        for word in filter(None, row["demonyms"].lower().split("|")):
            found[word] = KINDS.index("people")
    for row in read_table("lexicons/speaker_titles.tsv"):
        found[row["title"].lower()] = KINDS.index("title")
    return found


def kind(word):
    """The number of a word's kind in KINDS, whatever its capitals."""
    return table().get(word.lower(), 0)
