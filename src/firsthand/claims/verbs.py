"""Verb forms: every inflected form of the packaged verbs, with its lemma and what it may be."""

from dataclasses import dataclass
from functools import cache

from firsthand.claims.lexicon import word_set
from firsthand.resources import read_table

TABLE = "lexicons/claim_verbs.tsv"
VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class Form:
    """What a word form may be: letters of `kinds` are B base, Z -s, D past, N participle, G -ing."""

    lemma: str
    kinds: str
    noun: bool
    """Whether the form is also a noun."""


def _third(lemma: str) -> str:
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "s"


def _stem(lemma: str) -> str:
    if lemma in word_set("doubles_consonant"):
        return lemma + lemma[-1]
    return lemma


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        return lemma[:-1] + "ied"
    return _stem(lemma) + "ed"


def _gerund(lemma: str) -> str:
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")) and lemma != "be":
        return lemma[:-1] + "ing"
    return _stem(lemma) + "ing"


def _forms(row: dict[str, str]) -> list[tuple[str, str]]:
    lemma = row["lemma"]
    past = row["past"] or _past(lemma)
    participle = row["participle"] or _past(lemma)
    regular = [(lemma + "ed", "DN")] if past.endswith("t") and past[:-1] == lemma else []
    return [
        *regular,
        (lemma, "B"),
        (_third(lemma), "Z"),
        (past, "D"),
        (participle, "N"),
        (_gerund(lemma), "G"),
    ]


@cache
def verb_forms() -> dict[str, Form]:
    """Every form of every packaged verb; a form of two verbs keeps the first lemma."""
    found: dict[str, Form] = {}
    for row in read_table(TABLE):
        for form, kind in _forms(row):
            noun = row["noun"] == "y" and kind in "BZ"
            old = found.get(form)
            if old is None:
                found[form] = Form(row["lemma"], kind, noun)
            elif old.lemma == row["lemma"]:
                found[form] = Form(old.lemma, old.kinds + kind, old.noun or noun)
    return found
