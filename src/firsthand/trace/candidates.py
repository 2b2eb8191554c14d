"""Candidate pairs: which documents share enough rare fingerprints to be worth aligning.

A fingerprint that many documents have is a common phrase, or hundreds print the same text. The
two are told apart by how much of a document is common: a document half of whose fingerprints are
common and first held by one other document is a *copy of* that one, which then stands for it, so
that the thousandth copy is linked like the first and costs no more.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from firsthand.stage import Tables
from firsthand.trace.columns import numbers
from firsthand.trace.words import Numbers

COPY_SHARE: Final = 0.5
"""Part of a document's fingerprints that makes it a copy of a text printed by many."""
MIN_SHARED: Final = 2
"""Rare fingerprints a pair must share: twelve equal words hold at least two."""
NONE: Final = -1
"""In columns: no document stands for this one. Keys are never negative."""

_SHARED: Final = """
WITH held AS (
    SELECT key AS doc, UNNEST(hashes) AS h FROM bodies
), several AS (
    SELECT h FROM held GROUP BY h HAVING COUNT(*) > 1
)
SELECT held.h, held.doc FROM held JOIN several ON held.h = several.h
"""
_HOLDERS: Final = """
SELECT held.h, held.doc, held.copy_of
FROM (
    SELECT b.key AS doc, COALESCE(b.copy_of, -1) AS copy_of, UNNEST(b.hashes) AS h
    FROM body AS b LEFT JOIN gone AS g ON b.unit = g.unit WHERE g.unit IS NULL
) AS held
JOIN probes AS p ON held.h = p.h
"""
_PAIRS: Final = """
SELECT x.doc AS a, y.doc AS b, COUNT(*) AS n
FROM spoken AS x JOIN spoken AS y ON x.h = y.h AND x.doc < y.doc
WHERE x.dirty OR y.dirty
GROUP BY x.doc, y.doc HAVING COUNT(*) >= {least}
ORDER BY a, b
"""


@dataclass(frozen=True)
class Held:
    """Who holds which fingerprint: the complete list for every fingerprint named."""

    h: Numbers
    doc: Numbers

    def plus(self, other: "Held") -> "Held":
        """Both lists together."""
        return Held(np.concatenate([self.h, other.h]), np.concatenate([self.doc, other.doc]))

    def of(self, chosen: npt.NDArray[np.bool_]) -> "Held":
        """The chosen rows."""
        return Held(self.h[chosen], self.doc[chosen])


@dataclass(frozen=True)
class Decision:
    """Which fingerprints are common, which documents copy which, and who speaks for what."""

    copies: dict[int, int]
    spoken: Held
    """Rare fingerprints with the documents that stand for them."""
    common: npt.NDArray[np.int64]
    hubs: npt.NDArray[np.int64]
    """For each common fingerprint the first document that holds it."""
    muted: npt.NDArray[np.int64]
    """Fingerprints with too many speakers."""


def shared_fingerprints(tables: Tables, bodies: pa.Table) -> Held:
    """Fingerprints that two or more of some bodies hold, with their holders."""
    table = tables.query(_SHARED, bodies=bodies)
    return Held(numbers(table, "h"), numbers(table, "doc"))


def holders(tables: Tables, hashes: Numbers, gone: pa.Table) -> tuple[Held, dict[int, int]]:
    """Who holds some fingerprints, of the documents known before and not gone; and who copies whom."""
    probes = pa.table({"h": pa.array(np.unique(hashes), pa.int64())})
    table = tables.query(_HOLDERS, probes=probes, gone=gone)
    doc, copy_of = numbers(table, "doc"), numbers(table, "copy_of")
    copying = copy_of != NONE
    copies = dict(zip(doc[copying].tolist(), copy_of[copying].tolist(), strict=True))
    return Held(numbers(table, "h"), doc), copies


def decide(held: Held, sizes: dict[int, int], known: dict[int, int], most: int) -> Decision:
    """What complete lists of holders say.

    `sizes` gives the number of fingerprints of the documents to decide on; `known` gives what the
    other documents are copies of.
    """
    h, index, counts = np.unique(held.h, return_inverse=True, return_counts=True)
    first = np.full(len(h), np.iinfo(np.int64).max)
    np.minimum.at(first, index, held.doc)
    often = counts > most
    copies = known | _copies(held, index, first, often, sizes)
    spoken = _without_copies(held, index, copies)
    index = np.searchsorted(h, spoken.h)
    speakers = np.bincount(index, minlength=len(h))
    audible = (speakers <= most) & (speakers > 1)
    return Decision(
        copies=copies,
        spoken=spoken.of(audible[index]),
        common=h[often],
        hubs=first[often],
        muted=h[speakers > most],
    )


def _copies(
    held: Held,
    index: Numbers,
    first: Numbers,
    often: npt.NDArray[np.bool_],
    sizes: dict[int, int],
) -> dict[int, int]:
    """Of the documents with a size given, those that are copies, and of which document."""
    rows = often[index] & (first[index] != held.doc)
    if not rows.any():
        return {}
    pairs, counts = np.unique(
        np.stack([held.doc[rows], first[index[rows]]]), axis=1, return_counts=True
    )
    best: dict[int, tuple[int, int]] = {}
    for doc, hub, count in zip(pairs[0].tolist(), pairs[1].tolist(), counts.tolist(), strict=True):
        if count >= COPY_SHARE * sizes.get(doc, np.inf):
            best[doc] = max(best.get(doc, (0, 0)), (count, -hub))
    return {doc: -hub for doc, (_, hub) in best.items()}


def _without_copies(held: Held, index: Numbers, copies: dict[int, int]) -> Held:
    """The rows less those of a copy that the document it copies has too."""
    if not copies:
        return held
    copying = np.array(sorted(copies), np.int64)
    targets = np.array([copies[doc] for doc in copying.tolist()], np.int64)
    at = np.minimum(np.searchsorted(copying, held.doc), len(copying) - 1)
    is_copy = copying[at] == held.doc
    docs = np.unique(np.concatenate([held.doc, targets]))
    has = np.sort(index * len(docs) + np.searchsorted(docs, held.doc))
    wanted = index * len(docs) + np.searchsorted(docs, np.where(is_copy, targets[at], held.doc))
    found = has[np.minimum(np.searchsorted(has, wanted), len(has) - 1)] == wanted
    return held.of(~(is_copy & found))


def pairs_of(tables: Tables, decision: Decision, dirty: Collection[int]) -> list[tuple[int, int]]:
    """The pairs to align that have a document among `dirty`, smaller key first, sorted."""
    spoken = decision.spoken
    chosen = np.array(sorted(dirty), np.int64)
    table = pa.table(
        {
            "h": pa.array(spoken.h, pa.int64()),
            "doc": pa.array(spoken.doc, pa.int64()),
            "dirty": pa.array(np.isin(spoken.doc, chosen), pa.bool_()),
        }
    )
    found = tables.query(_PAIRS.format(least=MIN_SHARED), spoken=table)
    pairs = set(zip(numbers(found, "a").tolist(), numbers(found, "b").tolist(), strict=True))
    for doc, hub in decision.copies.items():
        if doc in dirty or hub in dirty:
            pairs.add((min(doc, hub), max(doc, hub)))
    return sorted(pairs)
