"""Altered quotations: words inside quotation marks that the traced source does not have."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from rapidfuzz.distance import LCSseq

from firsthand.model.ids import words_id
from firsthand.model.lineage import AlteredQuotation
from firsthand.model.record import span_of
from firsthand.nlp.wording import (
    AROUND,
    Change,
    Placed,
    changes,
    cut_off,
    gravest,
    held_back,
    in_words,
    own_words,
    placed,
    trimmed,
)
from firsthand.trace.articles import Article
from firsthand.trace.dates import later
from firsthand.trace.lineage import Neighbourhood, parents_of
from firsthand.trace.nearest import NEAR, nearest, numbered
from firsthand.trace.pairs import Pair
from firsthand.trace.passages import covered

MIN_WORDS: Final = 4
"""Shorter quotations are terms, which anyone may use."""
SHORT: Final = 8
SHORT_SHARE: Final = 0.7
"""Part of the words of a quotation of fewer words that must agree."""
TRACED: Final = 0.6
"""Part of a quotation that must stand in the source for it to be where the words come from."""
MOST_WORDS: Final = 1_000
"""Longer quotations are left out: an alignment costs their length squared."""
_MARKS: Final = " ,.;:!?…"
"""What stands before and after the words of a quotation and is none of them."""


@dataclass(frozen=True)
class Match:
    """The words of a source in which those of a quotation stand, and how these differ."""

    source: Article
    here: Placed
    there: Placed
    span: tuple[int, int]
    """Where the quoted ones begin and end in the source."""
    differences: tuple[Change, ...]


def altered_quotations(hood: Neighbourhood, document: str) -> list[AlteredQuotation]:
    """What one document changed inside its quotation marks, against where it has them from.

    Of several sources the one that has the words most nearly is where they come from; words that a
    further page has as they are come from there.
    """
    article = hood.articles[document]
    quotations = list(zip(article.quotation_starts, article.quotation_ends, strict=True))
    chosen = parents_of(hood, document).chosen
    if not quotations or not chosen:
        return []
    pairs = [
        hood.pairs[min(document, one.source), max(document, one.source)]
        for one in sorted(chosen, key=lambda one: one.source)
        if not later(hood.articles[one.source].published, article.published)
    ]
    sources = {pair.other(document).document_id for pair in pairs}
    others = [
        pair.other(document)
        for ends, pair in sorted(hood.pairs.items())
        if document in ends and pair.other(document).document_id not in sources
    ]
    found: dict[str, AlteredQuotation] = {}
    for quotation in quotations:
        here = placed(article.text, *quotation)
        if not MIN_WORDS <= len(here) <= MOST_WORDS:
            continue
        if any(_verbatim(one, article.text[slice(*quotation)]) for one in others):
            continue
        matches = [_match(pair, article, quotation, here) for pair in pairs]
        known = [match for match in matches if match is not None]
        if known:
            best = min(known, key=lambda match: len(match.differences))
            if best.differences:
                row = _row(article, quotation, best)
                found.setdefault(row.altered_id, row)
    return [found[key] for key in sorted(found)]


def _match(pair: Pair, article: Article, quotation: tuple[int, int], here: Placed) -> Match | None:
    """Where one source has the words of a quotation."""
    source = pair.other(article.document_id)
    quoted = article.text[slice(*quotation)]
    region = _verbatim(source, quoted) or _region(pair, article.document_id, quotation)
    if region is None:
        around = numbered(source.text, source.start, source.end)
        region = nearest(numbered(article.text, *quotation), around)
    if region is None:
        return None
    there = placed(source.text, *region)
    if len(there) > 3 * MOST_WORDS:
        return None
    here = own_words(here, there, quoted)
    cut = trimmed(here, there, source.text)
    if cut is None:
        return None
    low, high = cut
    if not _alike([word for *_, word in here], [word for *_, word in there[low:high]]):
        return None
    found = changes(here, there[low:high], quoted)
    found = [replace(one, there=(one.there[0] + low, one.there[1] + low)) for one in found]
    if not held_back(article.text, *quotation):
        left = cut_off(quoted, source.text, there, low, high)
        found += [left] if left and left.name not in {one.name for one in found} else []
    return Match(source, here, there, (there[low][0], there[high - 1][1]), tuple(found))


def _alike(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether so many words agree that these are where a quotation is from."""
    least = SHORT_SHARE if len(mine) < SHORT else NEAR
    return int(LCSseq.similarity(mine, theirs)) >= least * len(mine)


def _verbatim(source: Article, quoted: str) -> tuple[int, int] | None:
    """Where a source has a quotation letter by letter, with some words around."""
    words = quoted.strip(_MARKS)
    at = source.text.find(words, source.start, source.end)
    if at < 0:
        return None
    return max(source.start, at - AROUND), min(source.end, at + len(words) + AROUND)


def _row(article: Article, quotation: tuple[int, int], match: Match) -> AlteredQuotation:
    """One row of all differences, named by the gravest of them."""
    quoted = article.text[slice(*quotation)]
    found = match.differences
    name = gravest(found).name
    return AlteredQuotation(
        altered_id=words_id("q", article.document_id, f"{quoted} {name}", 0),
        document_id=article.document_id,
        page_id=article.page_id,
        quotation=span_of(article.text, *quotation),
        source_document=match.source.document_id,
        source_span=span_of(match.source.text, *match.span),
        alteration=name,
        explanation=in_words(
            found,
            [_words(article.text, match.here, one.here) for one in found],
            [_words(match.source.text, match.there, one.there) for one in found],
        ),
    )


def _region(pair: Pair, document: str, quotation: tuple[int, int]) -> tuple[int, int] | None:
    """Where the source has the words of a quotation, with as much around as it leaves out."""
    source = pair.other(document)
    mine, theirs = pair.spans(document), pair.spans(source.document_id)
    touched = [
        (here, there)
        for here, there in zip(mine, theirs, strict=True)
        if covered(quotation, [here])
    ]
    length = quotation[1] - quotation[0]
    if sum(covered(quotation, [here]) for here, _ in touched) < TRACED * length:
        return None
    # Letters are about as many on both sides, so the same distance is walked from each passage.
    lows = [there[0] + max(0, quotation[0] - here[0]) - max(0, here[0] - quotation[0])
            for here, there in touched]  # fmt: skip
    highs = [there[1] - max(0, here[1] - quotation[1]) + max(0, quotation[1] - here[1])
             for here, there in touched]  # fmt: skip
    slack = length // 4 + 20
    low = max(source.start, min(lows) - slack)
    high = min(source.end, max(highs) + slack)
    return (low, high) if low < high else None


def _words(text: str, words: Placed, indexes: tuple[int, int]) -> str:
    """The words of one side of a change as they are written."""
    low, high = indexes
    return " ".join(text[words[low][0] : words[high - 1][1]].split()) if low < high else ""
