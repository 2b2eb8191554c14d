"""Copies of windows with their names swapped for others of the same kind, by a fixed seed.

Names of the paragraphs are invented and those of WikiGold few: swapped copies show the reader more
names in the same sentences. They only add to the windows they come from.
"""

# Run by hand, never imported by the package: types, seeds and messages may be plain.
# ruff: noqa: ANN001, ANN201, ANN202, S311

import random
import zlib
from collections import defaultdict

from kinds import PLACES

from firsthand.resources import read_table

SHARE = 0.85
"""Of the names of a window that are swapped."""
SWAPPED = ("PER", "ORG", "GPE", "LOC", "NORP")


def pools(windows):
    """Names by label from windows that carry them surely, and places and peoples from the tables."""
    found = defaultdict(set)
    for one in windows:
        run, label = [], ""
        for word, tags in [*zip(one["words"], one.get("names", []), strict=False), ("", ["O"])]:
            tag = (tags or ["O"])[0]
            if not tag.startswith("I") and run:
                found[label].add(" ".join(run))
                run = []
            if tag != "O" and len({t[2:] for t in tags}) == 1:
                run, label = [*run, word], tag[2:]
    rng = random.Random(11)
    places = sorted(PLACES.read_text(encoding="utf-8").splitlines()[2:])
    found["GPE"] |= {w.capitalize() for w in rng.sample(places, 3000)}
    found["GPE"] |= {row["name"] for row in read_table("gazetteers/capitals.tsv")}
    rows = read_table("gazetteers/countries.tsv")
    found["NORP"] = {w for row in rows for w in row["demonyms"].split("|") if w}
    return {k: sorted(v) for k, v in found.items() if k in SWAPPED}


def drawer(text, names):
    """A function that gives each name of a text its substitute, the same one throughout."""
    rng, chosen = random.Random(zlib.crc32(text.encode())), {}

    def draw(name, label):
        low = name.lower()
        if (low, label) in chosen:
            return chosen[low, label]
        ends = [
            v for (k, lab), v in chosen.items() if lab == label == "PER" and k.endswith(" " + low)
        ]
        if ends:
            made = ends[0].split()[-1]
        elif label not in names or rng.random() > SHARE:
            made = name
        else:
            few = len(name.split()) == 1
            for _ in range(20):
                made = rng.choice(names[label])
                if label in ("PER", "NORP") and (len(made.split()) == 1) != few:
                    continue
                if label != "NORP" or made.endswith("s") == name.endswith("s"):
                    break
        made = made.upper() if name.isupper() and len(name) > 4 else made
        chosen[low, label] = made
        return made

    return draw


def leaves(spans):
    """Spans that hold no other, and overlap none."""
    spans = sorted(set(spans))
    return [
        s for s in spans if not any(o != s and o[0] < s[1] and s[0] < o[1] for o in spans
                                    if not (o[0] <= s[0] and s[1] <= o[1]))
    ]  # fmt: skip


def swapped_text(text, entities, names):
    """A text with its names swapped and a function that moves offsets of the old into the new."""
    draw = drawer(text, names)
    own = [e for e in entities if e[2] in (*SWAPPED, "FAC", "EVENT", "MISC")]
    chosen = [e for e in leaves(own) if e[2] in SWAPPED]
    for start, end, label in sorted(chosen, key=lambda e: e[0] - e[1]):
        draw(text[start:end], label)
    made, at, moves = "", 0, []
    for start, end, label in chosen:
        made += text[at:start]
        moves.append((start, end, len(made)))
        made += draw(text[start:end], label)
        moves[-1] += (len(made),)
        at = end
    made += text[at:]

    def move(place):
        shift = 0
        for start, end, new_start, new_end in moves:
            if place <= start:
                break
            if place < end:
                return new_end if place - start > (end - start) // 2 else new_start
            shift = new_end - end
        return place + shift

    return made, move


def swapped_words(one, names, shape):
    """A window of WikiGold with its names swapped, or None where there is none to swap."""
    draw = drawer(" ".join(one["words"]), names)
    words, tags, stands = [], [], []
    at, changed = 0, False
    while at < len(one["words"]):
        own = one["names"][at]
        end = at + 1
        while end < len(one["words"]) and (one["names"][end] or ["O"])[0].startswith("I"):
            end += 1
        label = own[0][2:] if own and len({t[2:] for t in own}) == 1 and own[0] != "O" else None
        label = "GPE" if own and own[0] == "B-GPE" else label
        if label in SWAPPED:
            before = " ".join(one["words"][at:end])
            made = draw(before, label).split()
            changed |= made != before.split()
            given = own if label != "GPE" else ["B-GPE"]
        else:
            made, given = one["words"][at:end], own
        words += made
        stands += one["stands"][at : at + 1] + [1] * (len(made) - 1)
        if label in SWAPPED:
            tags += [given] + [["I" + t[1:] for t in given]] * (len(made) - 1)
        else:
            tags += one["names"][at:end]
        at = end
    if not changed:
        return None
    made = {**one, "words": words, "names": tags, "stands": stands, "sents": [0] * len(words)}
    return made | {"shapes": [shape(w) for w in words], "origin": "wikigold-swapped"}
