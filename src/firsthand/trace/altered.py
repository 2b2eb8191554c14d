"""Altered quotations: words inside quotation marks that the traced source does not have."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from rapidfuzz.distance import Levenshtein

from firsthand.model.ids import words_id
from firsthand.model.lineage import AlteredQuotation
from firsthand.model.record import span_of
from firsthand.resources import read_table
from firsthand.trace.articles import Article
from firsthand.trace.lineage import Neighbourhood, parents_of
from firsthand.trace.pairs import Pair
from firsthand.trace.passages import covered

HEDGES: Final = "lexicons/trace_hedges.tsv"
MIN_WORDS: Final = 5
"""Shorter quotations are terms, which anyone may use."""
TRACED: Final = 0.6
"""Part of a quotation that must stand in the source for it to be where the words come from."""
MOST_WORDS: Final = 1_000
"""Longer quotations are left out: an alignment costs their length squared."""
_WORD: Final = re.compile(r"\w+")
_OMISSION: Final = re.compile(r"…|\.\.\.|\[[^\]]{0,3}\]")

Placed = list[tuple[int, int, str]]
"""Words in lower case with their offsets."""


@dataclass(frozen=True)
class Change:
    """One difference between a quotation and its source: word indexes of both sides."""

    name: str
    here: tuple[int, int]
    there: tuple[int, int]


@cache
def hedges() -> frozenset[str]:
    """Words that hold a statement open, of all languages."""
    return frozenset(row["hedge"] for row in read_table(HEDGES))


def altered_quotations(hood: Neighbourhood, document: str) -> list[AlteredQuotation]:
    """What one document changed inside its quotation marks, against where it has them from."""
    article = hood.articles[document]
    quotations = list(zip(article.quotation_starts, article.quotation_ends, strict=True))
    if not quotations:
        return []
    found: dict[str, AlteredQuotation] = {}
    for proposal in parents_of(hood, document).chosen:
        source = proposal.source
        pair = hood.pairs[min(document, source), max(document, source)]
        for quotation in quotations:
            for row in _altered(pair, article, quotation):
                found.setdefault(row.altered_id, row)
    return [found[key] for key in sorted(found)]


def _altered(
    pair: Pair, article: Article, quotation: tuple[int, int]
) -> Iterable[AlteredQuotation]:
    source = pair.other(article.document_id)
    region = _region(pair, article.document_id, quotation)
    if region is None:
        return
    here, there = _words(article.text, *quotation), _words(source.text, *region)
    if not MIN_WORDS <= len(here) <= MOST_WORDS or len(there) > 3 * MOST_WORDS:
        return
    there = _trimmed(here, there)
    for change in changes(here, there, article.text[slice(*quotation)]):
        low, high = _span(there, change.there)
        yield AlteredQuotation(
            altered_id=words_id(
                "q", article.document_id, f"{article.text[slice(*quotation)]} {change.name}", 0
            ),
            document_id=article.document_id,
            page_id=article.page_id,
            quotation=span_of(article.text, *quotation),
            source_document=source.document_id,
            source_span=span_of(source.text, *_whole(there)),
            alteration=change.name,
            explanation=_explain(change, article, here, source.text[low:high]),
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


def _words(text: str, low: int, high: int) -> Placed:
    return [(m.start(), m.end(), m[0].lower()) for m in _WORD.finditer(text, low, high)]


def _trimmed(here: Placed, there: Placed) -> Placed:
    """The source's words without those before and after what is quoted."""
    codes = Levenshtein.opcodes([word for *_, word in there], [word for *_, word in here])
    listed = list(codes)
    low, high = 0, len(there)
    if listed and listed[0].tag == "delete":
        low = listed[0].src_end
    if len(listed) > 1 and listed[-1].tag == "delete":
        high = listed[-1].src_start
    return there[low:high]


def _whole(words: Placed) -> tuple[int, int]:
    return words[0][0], words[-1][1]


def _span(words: Placed, indexes: tuple[int, int]) -> tuple[int, int]:
    low, high = indexes
    return (words[low][0], words[high - 1][1]) if low < high else (0, 0)


def changes(here: Placed, there: Placed, quoted: str) -> list[Change]:
    """The differences of a quotation from its source, one of each name, in order.

    What the source has before and after is no difference; words left out where the quotation shows
    an omission mark are none either.
    """
    codes = Levenshtein.opcodes([word for *_, word in there], [word for *_, word in here])
    steps = [code for code in codes if code.tag != "equal"]
    found: dict[str, Change] = {}
    for step in steps:
        outer = step.tag == "delete" and step.dest_start in (0, len(here))
        if outer:
            continue
        here_span = (step.dest_start, step.dest_end)
        there_span = (step.src_start, step.src_end)
        name = _name(here[slice(*here_span)], there[slice(*there_span)], quoted)
        if name is not None:
            found.setdefault(name, Change(name, here_span, there_span))
    return list(found.values())


def _name(here: Sequence[tuple[int, int, str]], there: Placed, quoted: str) -> str | None:
    """What kind of alteration a difference is; None for one that the quotation itself shows."""
    mine, theirs = [word for *_, word in here], [word for *_, word in there]
    numbers = [[word for word in words if word.isdigit()] for words in (mine, theirs)]
    if all(numbers) and numbers[0] != numbers[1]:
        return "number changed"
    if any(word in hedges() for word in theirs) and not any(word in hedges() for word in mine):
        return "hedge dropped"
    if not mine:
        return None if _OMISSION.search(quoted) else "truncation"
    return "words not in the source" if theirs else "insertion"


def _explain(change: Change, article: Article, here: Placed, original: str) -> str:
    low, high = _span(here, change.here)
    written = " ".join(article.text[low:high].split())
    source = " ".join(original.split())
    if not written:
        return f"{change.name}: the source has “{source}” here, the quotation leaves it out."
    if not source:
        return f"{change.name}: “{written}” does not stand in the source."
    return f"{change.name}: the quotation has “{written}”, the source “{source}”."
