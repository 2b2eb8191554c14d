"""Roles: what a document says the people it names are, by title, by apposition, by age."""

from collections.abc import Mapping, Sequence
from typing import Final

from firsthand.claims.clauses import Parsed
from firsthand.claims.entities import Name
from firsthand.claims.lexicon import source_nouns, titles, word_set
from firsthand.claims.person_nouns import is_person

ROLES: Final = ("military", "official", "ministry", "activist", "witness")
"""Source kinds that a role gives to the person, the most telling first."""
FRONT: Final = 4
"""Words before a name that may be its title."""
POST: Final = 6
"""Words between a role and the comma before the name: "head of mission, Ada Fenn"."""
LINKS: Final = frozenset(
    (",", ".", "of", "for", "at", "in", "from", "with", "on", "who", ")", "and")
)
"""What may follow a role behind a name: "Ada Fenn, head of the clinic, …"."""


def roles_of(
    names: Sequence[Name], canonical: Mapping[str, str], parsed: Sequence[Parsed]
) -> dict[str, str]:
    """The most telling role of every person named, by the person's longest name."""
    found: dict[str, str] = {}
    for name in names:
        if name.label != "PER":
            continue
        whole = canonical.get(name.text, name.text)
        item = parsed[name.sentence]
        for kind in (_before(item, name), _behind(item, name)):
            known = found.get(whole)
            if kind is not None and (known is None or ROLES.index(kind) < ROLES.index(known)):
                found[whole] = kind
    return found


def titled_of(names: Sequence[Name], parsed: Sequence[Parsed]) -> dict[str, Name]:
    """The one person that a document calls by each title; titles of several are left out."""
    found: dict[str, Name] = {}
    several: set[str] = set()
    for name in names:
        low = parsed[name.sentence].sentence.low
        title = low[name.first - 1] if name.first else ""
        if name.label == "PER" and title == ",":
            title = _office_before(low, name.first - 1)
        elif title not in titles():
            title = ""
        if name.label != "PER" or not title:
            continue
        if title in found and found[title].text.split()[-1] != name.text.split()[-1]:
            several.add(title)
        found.setdefault(title, name)
    return {title: name for title, name in found.items() if title not in several}


def _office_before(low: Sequence[str], comma: int) -> str:
    """The office of a place before a name: "the coroner of Sarn, Olga Renn,"; empty where none."""
    for k in range(comma - 2, max(-1, comma - 2 - FRONT), -1):
        if low[k + 1] != "of":
            continue
        noun = source_nouns().get(low[k])
        office = low[k] in titles() or (noun is not None and noun.actor_kind == "official")
        return low[k] if office and k and low[k - 1] == "the" else ""
    return ""


def role_of(word: str) -> str | None:
    """The source kind that a role word gives to a person; None where it is none."""
    title = titles().get(word.rstrip("."))
    if title is not None:
        return title.source_kind if title.source_kind != "witness" else None
    noun = source_nouns().get(word)
    if noun is not None:
        kind = "official" if noun.source_kind == "ministry" else noun.source_kind
        return kind if kind in ROLES else None
    return "witness" if is_person(word) else None


def _before(item: Parsed, name: Name) -> str | None:
    """The role right before a name: "Works Minister Ada Fenn", "resident Ada Fenn"."""
    sentence = item.sentence
    comma = name.first - 1
    while comma > 0 and sentence.low[comma].rstrip(".") in titles():
        comma -= 1
    if comma > 0 and sentence.low[comma] == ",":
        found = _post_before(item, comma)
        if found is not None or comma == name.first - 1:
            return found
    for k in range(name.first - 1, max(-1, name.first - 1 - FRONT), -1):
        if sentence.tags[k] not in ("NN", "NP", "JJ", "JN", "N?"):
            return None
        kind = role_of(sentence.low[k])
        if kind is not None:
            return kind
    return None


def _post_before(item: Parsed, comma: int) -> str | None:
    """The role that stands before a name and a comma: "its head of mission, Ada Fenn"."""
    phrases = [p for p in item.phrases if p.end <= comma and comma - p.end < POST]
    while phrases and item.sentence.low[phrases[-1].start - 1] in ("of", "for", "in", "at"):
        phrases.pop()
    if not phrases:
        return None
    return role_of(item.sentence.low[phrases[-1].head])


def _behind(item: Parsed, name: Name) -> str | None:
    """The role behind a name: ", the mayor of the town,", ", 54,", ", who lives there"."""
    sentence = item.sentence
    k, n = name.last, len(sentence)
    if k + 2 >= n or sentence.low[k] != ",":
        return None
    k += 1
    aged = sentence.low[k].isdecimal() and sentence.low[k + 1] == ","
    if aged:
        k += 2
    if sentence.low[k : k + 1] == ["who"]:
        leads = sentence.lemmas[k + 1] in word_set("leading_verbs")
        return "official" if leads else "witness"
    phrase = next((p for p in item.phrases if p.start == k), None)
    if phrase is None or sentence.low[phrase.end : phrase.end + 1] not in ([w] for w in LINKS):
        return "witness" if aged else None
    kind = role_of(sentence.low[phrase.head])
    return kind or ("witness" if aged else None)
