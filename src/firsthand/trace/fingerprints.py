"""Fingerprints: hashes of every few words, winnowed so that equal passages keep equal ones.

Winnowing (Schleimer, Wilkerson, Aiken: "Winnowing: local algorithms for document
fingerprinting", SIGMOD 2003): of every `window` neighbouring hashes the smallest is kept, so
two texts that share `words + window - 1` words in a row share a fingerprint.
"""

import numpy as np

from firsthand.trace.words import MULTIPLIER, Numbers, mix


def shingle_hashes(numbers: Numbers, length: int) -> Numbers:
    """One signed 64-bit hash of every `length` neighbouring words; empty for shorter texts."""
    count = len(numbers) - length + 1
    if count <= 0:
        return np.empty(0, np.int64)
    words = numbers.view(np.uint64)
    mixed = words[:count].copy()
    for offset in range(1, length):
        mixed *= MULTIPLIER
        mixed += words[offset : offset + count]
    return mix(mixed).view(np.int64)


def longer(numbers: Numbers, chosen: Numbers, length: int) -> Numbers:
    """For each chosen word one hash of it and those after it, `length` in all; 0 at the end."""
    hashes = shingle_hashes(numbers, length)
    found = np.zeros(len(chosen), np.int64)
    inside = chosen < len(hashes)
    found[inside] = hashes[chosen[inside]]
    return found


def winnow(hashes: Numbers, window: int) -> Numbers:
    """Indexes of the smallest hash of every window; of a text shorter than one, its smallest."""
    count = len(hashes) - window + 1
    if count <= 1:
        return np.array([int(hashes.argmin())] if len(hashes) else [], np.int64)
    smallest = hashes[:count].copy()
    for offset in range(1, window):
        np.minimum(smallest, hashes[offset : offset + count], out=smallest)
    chosen = np.zeros(len(hashes), bool)
    for offset in range(window):
        chosen[offset : offset + count] |= hashes[offset : offset + count] == smallest
    return np.flatnonzero(chosen)


def first_places(hashes: Numbers) -> tuple[Numbers, Numbers]:
    """Every distinct hash, sorted, and the first place of each.

    As `numpy.unique` gives them, in half its time for the few hundred hashes of an article.
    """
    order = hashes.argsort(kind="stable")
    ordered = hashes.take(order)
    new = np.empty(len(hashes), bool)
    new[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return (ordered, order) if new.all() else (ordered[new], order[new])


def first_of_each(hashes: Numbers) -> Numbers:
    """Indexes of the first place of every distinct hash, in reading order."""
    _, first = first_places(hashes)
    first.sort()
    return first
