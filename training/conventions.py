"""One convention for names: what each set's spans keep, so that they agree on titles and extent."""

# Run by hand, never imported by the package: types, seeds and messages may be plain.
# ruff: noqa: ANN001, ANN201, D103

from functools import cache

from kinds import KINDS, kind

from firsthand.resources import read_table, read_words

JOINERS = frozenset(
    ["of", "for", "the", "and", "al", "el", "bin", "-", "–", "&", "'s", "’s", "de", "’"]
)
"""Words that stand inside a name; a name neither begins nor ends with one."""
HONORIFICS = frozenset([
    "mr", "mrs", "ms", "dr", "prof", "sir", "lord", "lady", "miss", "rev", "madam", "emperor",
    "prime", "vice", "foreign", "interior", "defence", "defense", "petty", "navy", "army",
])  # fmt: skip
"""What else stands before the name of a person and is no part of it."""
PRONOUNS = frozenset([
    "i", "we", "he", "she", "it", "they", "you", "who", "our", "their", "his", "her", "its", "my",
    "your", "some", "many", "all", "this", "that", "these", "those", "both", "other", "others",
    "a", "an", "the", "most", "no", "any", "each", "several", "us", "them",
])  # fmt: skip
"""Words that begin a noun phrase, with a capital or without, and are no part of a name."""


@cache
def titled(word):
    """Whether a word is a title, which no name of a person holds here."""
    low = word.lower().rstrip(".")
    known = {row["title"].lower() for row in read_table("lexicons/speaker_titles.tsv")}
    return low in HONORIFICS or low in known


def without_titles(words, first, last):
    """The first word of a person's name behind its titles; the name's last word always stays."""
    at = max((i + 1 for i in range(first, last) if titled(words[i])), default=first)
    while at < last and words[at] in (".", ","):
        at += 1
    return at


def capital(word):
    return word[:1].isupper()


def people(text, allowed):
    """Settles whether a name that may be one of a people is one, by its words."""
    if "NORP" not in allowed:
        return allowed
    words = text.split()
    if len(words) == 1 and KINDS[kind(words[0])] == "people":
        return ["NORP"]
    if (
        len(words) == 1
        and words[0].endswith(("s", "n", "i", "ese", "ish"))
        and "PER" not in allowed
    ):
        return allowed
    plural = len(words) == 1 and words[0].endswith("s") and KINDS[kind(words[0])] == "none"
    return allowed if plural else [label for label in allowed if label != "NORP"]


def cropped(words, inside, person):
    """Of a noun phrase the run of capitalised words that is its name, or None: (first, last)."""
    start = next(
        (i for i in inside if capital(words[i]) and words[i].lower() not in PRONOUNS), None
    )
    if start is None:
        return None
    last, at = start, start + 1
    while at <= inside[-1]:
        if capital(words[at]) or words[at].isdigit() or words[at] == "sh":
            last = at
        elif words[at].lower() not in JOINERS:
            break
        at += 1
    first = without_titles(words, start, last) if person else start
    loose = words[first].lower() in JOINERS or (first == last and len(words[first]) == 1)
    return None if loose else (first, last)


def re3d_names(words, mentions, sentences):
    """Names of re3d from its noun phrases: tags as `named` makes them, None where unknown.

    `mentions` are (word indices, whether a person, labels that a name may have). A capital outside every mention is unknown, and
    so is what else of a mention has one.
    """
    english = read_words("gazetteers/english_words.tsv")
    opens = {i for i in range(len(words)) if i == 0 or sentences[i] != sentences[i - 1]}
    common = [w.lower() in english for w in words]
    tags = [
        None if capital(w) and not (i in opens and common[i]) else ["O"]
        for i, w in enumerate(words)
    ]
    for inside, person, kinds in sorted(mentions, key=lambda m: -len(m[0])):
        run = cropped(words, inside, person)
        if run is None or any(tags[i] not in (None, ["O"]) for i in range(run[0], run[1] + 1)):
            continue
        first, last = run
        if (person and all(titled(w) for w in words[first : last + 1])) or (
            first == last and common[first]
        ):
            continue
        people = first == last and KINDS[kind(words[first])] == "people"
        given = ["NORP"] if people else kinds(" ".join(words[first : last + 1]))
        for i in range(first, last + 1):
            tags[i] = [f"{'B' if i == first else 'I'}-{label}" for label in given]
    return tags
