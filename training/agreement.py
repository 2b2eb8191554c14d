"""Measures how far two hands agree on paragraphs that were annotated twice.

    python training/agreement.py

The files of training/twice hold second annotations of paragraphs of training/paragraphs, made from the
bare text. F1 of the second against the first, so neither is taken for the truth. The second hand marked
attributions and names, no events, times, quantities, weapons or loaded words.
"""

# Run by hand, never imported by the package: types and seeds may be plain.
# ruff: noqa: ANN001, ANN201

import sys
from pathlib import Path

import paragraphs

TWICE = Path(__file__).parent / "twice"
ROLES = ("source", "cue", "content")
NAMES = frozenset(["PER", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "MISC"])


def pairs():
    """Each paragraph annotated twice: the first and the second reading of it."""
    first = {p.name: p for p in paragraphs.read_all()}
    second = [p for path in sorted(TWICE.glob("*.txt")) for p in paragraphs.read(path)]
    changed = [p.name for p in second if first[p.name].text != p.text]
    if changed:
        sys.exit(f"the text changed since the second annotation: {changed}")
    return [(first[p.name], p) for p in second]


def words(text, spans):
    """The words that the spans touch, as their offsets."""
    found, at = set(), 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        found |= {start for a, b in spans if a < at and b > start}
    return found


def f1(both, one, other):
    """F1 of two sets of marks by their sizes and what they share."""
    return 2 * both / (one + other) if one + other else 1.0


def shared(read, both):
    """F1 over all paragraphs of the sets that `read` makes of a paragraph."""
    sums = [0, 0, 0]
    for one, other in both:
        a, b = read(one), read(other)
        sums = [x + y for x, y in zip(sums, (len(a & b), len(a), len(b)), strict=True)]
    return f1(*sums)


def in_role(role):
    """A reading of a paragraph: the words that stand in a role of any attribution."""
    return lambda p: words(p.text, [tuple(s) for a in p.attributions for s in a[role]])


def whole(role):
    """A reading of a paragraph: the exact spans of a role."""
    return lambda p: {tuple(s) for a in p.attributions for s in a[role]}


def names(*, labelled):
    """A reading of a paragraph: its names, with or without their kind."""
    return lambda p: {(a, b, k if labelled else "") for a, b, k in p.entities if k in NAMES}


def relations(both):
    """F1 of whole attributions: source, cue and content each overlap, or are absent in both."""
    hits = one_all = other_all = 0
    for one, other in both:
        left = list(other.attributions)
        for a in one.attributions:
            match = next((b for b in left if alike(one.text, a, b)), None)
            if match is not None:
                left.remove(match)
                hits += 1
        one_all += len(one.attributions)
        other_all += len(other.attributions)
    return f1(hits, one_all, other_all)


def alike(text, one, other):
    """Whether each part of two attributions overlaps, or is absent in both."""
    for role in ROLES:
        a, b = (words(text, [tuple(s) for s in x[role]]) for x in (one, other))
        if not (a & b) and (a or b):
            return False
    return True


def main():
    """Prints the agreement, a figure a line."""
    both = pairs()
    print(len(both), "paragraphs,", [sum(len(p[i].attributions) for p in both) for i in (0, 1)])
    for role in ROLES:
        print(f"{role}: words {shared(in_role(role), both):.3f}", end=", ")
        print(f"exact spans {shared(whole(role), both):.3f}")
    print(f"attributions, every part overlapping: {relations(both):.3f}")
    exact, spans = (shared(names(labelled=k), both) for k in (True, False))
    print(f"names: {exact:.3f} exact, {spans:.3f} spans alone")


if __name__ == "__main__":
    main()
