"""Candidate pairs: which documents share enough rare fingerprints to be worth aligning.

A fingerprint that many documents have is a common phrase, or many print the same text. The two
are told apart by how much of a document is common: a document a good part of whose fingerprints
are held by many, and first by one of them, is tied to that one as a *copy*, and the first speaks
for it. So the thousandth copy is linked like the first, and costs no more; within such a group
two copies are compared where one credits the outlet of the other.

Of many that share the same words without being copies each is compared with the first alone, and
two others where they share further words or one names the other.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from firsthand.stage import Tables
from firsthand.trace.columns import distinct, numbers
from firsthand.trace.words import Numbers

MANY: Final = 6
"""A fingerprint that more documents hold is looked at through the first of them alone."""
COPY_SHARE: Final = 0.25
"""Part of a document's fingerprints that ties it to a text printed by many."""
MIN_SHARED: Final = 3
"""Rare fingerprints a pair must share: twelve equal words hold three on average, sixteen always.
With two, most pairs of a real pile would share nothing but set phrases…"""
MIN_LONG: Final = 2
"""…unless the words after one of the two are equal as well, nine in all: so it is wherever twelve
words are equal, and seldom in a set phrase."""
NONE: Final = -1
"""In columns: no document stands for this one. Keys are never negative."""

_KNOWN: Final = """
known AS (
    SELECT key, day, copy_of, called, cited, names, points FROM bodies
    UNION ALL
    SELECT b.key, b.day, b.copy_of, b.called, b.cited, b.names, b.points FROM body AS b
    LEFT JOIN gone AS g ON b.unit = g.unit
    LEFT JOIN bodies AS n ON n.key = b.key
    WHERE g.unit IS NULL AND n.key IS NULL
)
"""
_LEADS: Final = """
WITH {known}, member AS (
    SELECT h.hub, k.key, k.day, k.called, k.cited
    FROM known AS k JOIN hubs AS h ON k.copy_of = h.hub
    UNION ALL
    SELECT h.hub, k.key, k.day, k.called, k.cited FROM known AS k JOIN hubs AS h ON k.key = h.hub
), cites AS (
    SELECT hub, name, COUNT(*) AS n
    FROM (SELECT hub, UNNEST(cited) AS name FROM member) AS c GROUP BY hub, name
)
SELECT m.hub, m.key, m.day, MAX(c.n) AS n
FROM (SELECT hub, key, day, UNNEST(called) AS name FROM member) AS m
JOIN cites AS c ON c.hub = m.hub AND c.name = m.name
GROUP BY m.hub, m.key, m.day
ORDER BY m.hub, n DESC, m.day, m.key
"""
_GROUPS: Final = """
WITH {known}, naming AS MATERIALIZED (
    SELECT k.key, h.hub, c.name
    FROM hubbed AS h JOIN known AS k ON k.key = h.doc
    JOIN (SELECT key, UNNEST(cited) AS name FROM known) AS c ON c.key = k.key
), named AS MATERIALIZED (
    SELECT copy_of AS hub, name, MIN(key) AS key
    FROM (SELECT key, copy_of, UNNEST(called) AS name FROM known WHERE copy_of IS NOT NULL) AS u
    GROUP BY copy_of, name
)
SELECT DISTINCT x.key AS a, y.key AS b
FROM naming AS x JOIN named AS y ON x.hub = y.hub AND x.name = y.name AND x.key <> y.key
ORDER BY a, b
"""
"""Both sides are made first: a join on the group alone would pair all its members."""
_HOLDERS: Final = """
SELECT held.h, held.r, held.doc, held.copy_of, held.day
FROM (
    SELECT b.key AS doc, COALESCE(b.copy_of, -1) AS copy_of, b.day,
           UNNEST(b.hashes) AS h, UNNEST(b.rights) AS r
    FROM body AS b LEFT JOIN gone AS g ON b.unit = g.unit WHERE g.unit IS NULL
) AS held
JOIN probes AS p ON held.h = p.h
"""
_PAIRS: Final = """
WITH shared AS (
    SELECT x.doc AS a, y.doc AS b, x.first OR y.first AS led, x.r = y.r AND x.r <> 0 AS long
    FROM spoken AS x JOIN spoken AS y ON x.h = y.h AND x.doc < y.doc
    WHERE x.dirty OR y.dirty
), counted AS (
    SELECT a, b, COUNT(*) AS n, BOOL_OR(long) AS long,
           SUM(CASE WHEN led THEN 1 ELSE 0 END) AS led_n, BOOL_OR(led AND long) AS led_long
    FROM shared GROUP BY a, b
)
SELECT a, b, led_n >= {least} OR (led_n >= {long} AND led_long) AS led
FROM counted WHERE n >= {least} OR (n >= {long} AND long)
ORDER BY a, b
"""
_NAMING: Final = """
WITH {known}, both_ways AS MATERIALIZED (
    SELECT a, b, a AS one, b AS other FROM pairs UNION ALL SELECT a, b, b AS one, a AS other FROM pairs
), mentions AS MATERIALIZED (
    SELECT key, UNNEST(cited) AS name FROM known UNION ALL SELECT key, UNNEST(points) AS name FROM known
), called AS MATERIALIZED (
    SELECT key, UNNEST(called) AS name FROM known UNION ALL SELECT key, UNNEST(names) AS name FROM known
)
SELECT DISTINCT p.a, p.b
FROM both_ways AS p JOIN mentions AS m ON m.key = p.one
JOIN called AS c ON c.key = p.other AND c.name = m.name
ORDER BY p.a, p.b
"""


@dataclass(frozen=True)
class Held:
    """Who holds which fingerprint: the complete list for every fingerprint named."""

    h: Numbers
    r: Numbers
    """The hash of the fingerprint's words and the few after them."""
    doc: Numbers
    day: Numbers
    """First day the holder may have been published."""

    def plus(self, other: "Held") -> "Held":
        """Both lists together."""
        return Held(
            np.concatenate([self.h, other.h]),
            np.concatenate([self.r, other.r]),
            np.concatenate([self.doc, other.doc]),
            np.concatenate([self.day, other.day]),
        )

    def at(self, chosen: Numbers | npt.NDArray[np.bool_]) -> "Held":
        """The chosen rows, by place or by mark."""
        return Held(self.h[chosen], self.r[chosen], self.doc[chosen], self.day[chosen])


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
    leads: npt.NDArray[np.bool_]
    """Which rows of `spoken` lead: those of few documents, of many that of the first."""
    firsts: dict[int, int]
    """For each fingerprint the first of the documents that stand for it."""


def shared_fingerprints(held: Held) -> Held:
    """Of all fingerprints of a pile those that two or more documents hold, with their holders."""
    if not len(held.h):
        return held
    order = np.argsort(held.h)
    ordered = held.h[order]
    same = ordered[1:] == ordered[:-1]
    several = np.concatenate((same, [False])) | np.concatenate(([False], same))
    return held.at(order[several])


def holders(tables: Tables, hashes: Numbers, gone: pa.Table) -> tuple[Held, dict[int, int]]:
    """Who holds some fingerprints, of the documents known before and not gone; and who copies whom."""
    probes = pa.table({"h": pa.array(distinct(hashes), pa.int64())})
    table = tables.query(_HOLDERS, probes=probes, gone=gone)
    doc, copy_of = numbers(table, "doc"), numbers(table, "copy_of")
    copying = copy_of != NONE
    copies = dict(zip(doc[copying].tolist(), copy_of[copying].tolist(), strict=True))
    held = Held(numbers(table, "h"), numbers(table, "r"), doc, numbers(table, "day"))
    return held, copies


def decide(
    held: Held, sizes: dict[int, int], known: dict[int, int], most: int, *, remember: bool = True
) -> Decision:
    """What complete lists of holders say.

    `sizes` gives the number of fingerprints of the documents to decide on; `known` gives what the
    other documents are copies of. Who is first is told only where asked to `remember` it.
    """
    h, index, counts = np.unique(held.h, return_inverse=True, return_counts=True)
    often = counts > min(MANY, most)
    first = _first_holders(held, index, often)
    copies = known | _copies(held, index, first, often, sizes)
    spoken = _without_copies(held, index, copies)
    index = np.searchsorted(h, spoken.h)
    speakers = np.bincount(index, minlength=len(h))
    audible = (speakers <= most) & (speakers > 1)
    leading = _first_holders(spoken, index, speakers > 0)
    heard = audible[index]
    leads = (speakers[index] <= MANY) | (leading[index] == spoken.doc)
    return Decision(
        copies=copies,
        spoken=spoken.at(heard),
        common=h[often],
        hubs=first[often],
        muted=h[speakers > most],
        leads=leads[heard],
        firsts=dict(zip(h.tolist(), leading.tolist(), strict=True)) if remember else {},
    )


def _first_holders(held: Held, index: Numbers, often: npt.NDArray[np.bool_]) -> Numbers:
    """For each fingerprint that many hold the earliest of them, of equals the smallest key."""
    rows = np.flatnonzero(often[index])
    rows = rows[np.lexsort((held.doc[rows], held.day[rows]))]
    first = np.full(len(often), NONE)
    first[index[rows[::-1]]] = held.doc[rows[::-1]]
    return first


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
    docs, doc_at = np.unique(held.doc[rows], return_inverse=True)
    hubs, hub_at = np.unique(first[index[rows]], return_inverse=True)
    pairs, counts = np.unique(doc_at * len(hubs) + hub_at, return_counts=True)
    doc_of, hub_of = docs[pairs // len(hubs)], hubs[pairs % len(hubs)]
    best: dict[int, tuple[int, int]] = {}
    for doc, hub, count in zip(doc_of.tolist(), hub_of.tolist(), counts.tolist(), strict=True):
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
    docs = distinct(np.concatenate([held.doc, targets]))
    has = np.sort(index * len(docs) + np.searchsorted(docs, held.doc))
    wanted = index * len(docs) + np.searchsorted(docs, np.where(is_copy, targets[at], held.doc))
    found = has[np.minimum(np.searchsorted(has, wanted), len(has) - 1)] == wanted
    return held.at(~(is_copy & found))


def pairs_of(
    tables: Tables, decision: Decision, dirty: Collection[int], bodies: pa.Table, gone: pa.Table
) -> set[tuple[int, int]]:
    """The pairs to align that have a document among `dirty`, smaller key first.

    `bodies` tells about the documents that are new or changed, `gone` which pages are not there.
    """
    spoken = decision.spoken
    chosen = np.array(sorted(dirty), np.int64)
    table = pa.table(
        {
            "h": pa.array(spoken.h, pa.int64()),
            "r": pa.array(spoken.r, pa.int64()),
            "doc": pa.array(spoken.doc, pa.int64()),
            "first": pa.array(decision.leads, pa.bool_()),
            "dirty": pa.array(np.isin(spoken.doc, chosen), pa.bool_()),
        }
    )
    found = tables.query(_PAIRS.format(least=MIN_SHARED, long=MIN_LONG), spoken=table)
    led = found.column("led").to_numpy().astype(bool)
    a, b = numbers(found, "a"), numbers(found, "b")
    pairs = set(zip(a[led].tolist(), b[led].tolist(), strict=True))
    if not led.all():
        others = pa.table({"a": pa.array(a[~led], pa.int64()), "b": pa.array(b[~led], pa.int64())})
        sql = _NAMING.format(known=_KNOWN)
        naming = tables.query(sql, pairs=others, bodies=bodies, gone=gone)
        ends = numbers(naming, "a").tolist(), numbers(naming, "b").tolist()
        pairs.update(zip(*ends, strict=True))
    for doc, hub in decision.copies.items():
        if doc in dirty or hub in dirty:
            pairs.add((min(doc, hub), max(doc, hub)))
    return pairs


def credited_pairs(
    tables: Tables, hubbed: Iterable[tuple[int, int]], bodies: pa.Table, gone: pa.Table
) -> set[tuple[int, int]]:
    """Pairs of a document and a copy of the same text whose outlet it credits.

    `hubbed` gives documents with the document that stands for text they share; of several copies
    by one outlet the one with the smallest key is taken.
    """
    listed = sorted(hubbed)
    table = pa.table(
        {
            "doc": pa.array([doc for doc, _ in listed], pa.int64()),
            "hub": pa.array([hub for _, hub in listed], pa.int64()),
        }
    )
    found = tables.query(_GROUPS.format(known=_KNOWN), hubbed=table, bodies=bodies, gone=gone)
    both = zip(numbers(found, "a").tolist(), numbers(found, "b").tolist(), strict=True)
    return {(min(pair), max(pair)) for pair in both}


def find_leads(
    tables: Tables, hubs: Collection[int], bodies: pa.Table, gone: pa.Table
) -> dict[int, int]:
    """For documents that stand for others the one of the group whose outlet most of it credits."""
    if not hubs:
        return {}
    table = pa.table({"hub": pa.array(sorted(hubs), pa.int64())})
    found = tables.query(_LEADS.format(known=_KNOWN), hubs=table, bodies=bodies, gone=gone)
    leads: dict[int, int] = {}
    for hub, key in zip(
        numbers(found, "hub").tolist(), numbers(found, "key").tolist(), strict=True
    ):
        leads.setdefault(hub, key)
    return leads
