"""The label inventories of the reader's heads and the tables that map each set onto them."""

# Run by hand, never imported by the package: types, seeds and messages may be plain.
# ruff: noqa: ANN001, ANN201

import paragraphs

UPOS = [
    "ADJ",
    "ADP",
    "ADV",
    "AUX",
    "CCONJ",
    "DET",
    "INTJ",
    "NOUN",
    "NUM",
    "PART",
    "PRON",
    "PROPN",
    "PUNCT",
    "SCONJ",
    "SYM",
    "VERB",
    "X",
]
RELATIONS = [
    "acl",
    "advcl",
    "advmod",
    "amod",
    "appos",
    "aux",
    "case",
    "cc",
    "ccomp",
    "clf",
    "compound",
    "conj",
    "cop",
    "csubj",
    "dep",
    "det",
    "discourse",
    "dislocated",
    "expl",
    "fixed",
    "flat",
    "goeswith",
    "iobj",
    "list",
    "mark",
    "nmod",
    "nsubj",
    "nummod",
    "obj",
    "obl",
    "orphan",
    "parataxis",
    "punct",
    "reparandum",
    "root",
    "vocative",
    "xcomp",
]
NAMES = ["PER", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "MISC"]
"""Things with a name of their own; spans hold the name alone, without article or title."""
MENTIONS = [
    "PERSON",
    "ORGANISATION",
    "LOCATION",
    "WEAPON",
    "PLATFORM",
    "QUANTITY",
    "TIME",
    "NATIONALITY",
    "MONEY",
]
"""Mentions as re3d marks them: noun phrases, named or not."""
CUES = ["O", "B", "I", "A"]
"""Cue words; A marks the first word of an attribution that has no cue."""
ROLES = ["O", "B-SOURCE", "I-SOURCE", "B-CONTENT", "I-CONTENT"]
EVENTS = ["O", *sorted(paragraphs.EVENTS)]
"""Claim types, on every word that tells an event."""
MOODS = ["asserted", *sorted(paragraphs.MODALITIES)]
POLARITIES = ["positive", "negative"]
PARTS = ["O", "agent", "target", "victim", "subject", "recipient"]
PART_OF = {"besieger": "agent", "besieged": "target", "supporter": "O"}
"""Roles of the paragraphs that are read as another."""

WIKIGOLD = {
    "PER": ["PER"],
    "ORG": ["ORG"],
    "LOC": ["GPE", "LOC", "FAC"],
    "MISC": ["NORP", "EVENT", "MISC"],
}
GUM = {
    "person": ["PER", "NORP"],
    "place": ["GPE", "LOC", "FAC"],
    "organization": ["ORG"],
    "event": ["EVENT"],
    "object": ["MISC"],
    "abstract": ["MISC", "NORP"],
    "animal": ["MISC", "PER"],
    "substance": ["MISC"],
    "plant": ["MISC"],
    "time": [],
}
"""Which labels a GUM type may stand for; the losses sum over the ones allowed."""
RE3D = {
    "Person": "PERSON",
    "Organisation": "ORGANISATION",
    "Location": "LOCATION",
    "Weapon": "WEAPON",
    "MilitaryPlatform": "PLATFORM",
    "Vehicle": "PLATFORM",
    "Quantity": "QUANTITY",
    "Temporal": "TIME",
    "Nationality": "NATIONALITY",
    "Money": "MONEY",
}
RE3D_MIN_CONFIDENCE = 0.5

FACILITY = frozenset(
    [
        "airport",
        "airfield",
        "airbase",
        "base",
        "barracks",
        "bridge",
        "building",
        "camp",
        "castle",
        "cathedral",
        "centre",
        "center",
        "checkpoint",
        "church",
        "clinic",
        "college",
        "court",
        "crossing",
        "dam",
        "depot",
        "embassy",
        "factory",
        "garrison",
        "hall",
        "harbour",
        "harbor",
        "highway",
        "hospital",
        "hotel",
        "house",
        "library",
        "mill",
        "mosque",
        "museum",
        "palace",
        "park",
        "plant",
        "port",
        "prison",
        "refinery",
        "road",
        "school",
        "shelter",
        "square",
        "stadium",
        "station",
        "street",
        "synagogue",
        "temple",
        "terminal",
        "theater",
        "theatre",
        "tower",
        "tunnel",
        "university",
    ]
)
NATURE = frozenset(
    [
        "bay",
        "canal",
        "cape",
        "coast",
        "delta",
        "desert",
        "east",
        "forest",
        "gulf",
        "heights",
        "hills",
        "island",
        "islands",
        "lake",
        "mount",
        "mountain",
        "mountains",
        "north",
        "ocean",
        "peninsula",
        "plain",
        "river",
        "sea",
        "south",
        "strait",
        "valley",
        "west",
    ]
)
"""Last or first words that settle which kind of place a name is."""


def bio(types):
    """Tags of a BIO scheme over some types."""
    return ["O"] + [f"{p}-{t}" for t in types for p in "BI"]
