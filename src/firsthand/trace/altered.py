"""Altered quotations: words inside quotation marks that the traced source does not have."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import Levenshtein, Opcode

from firsthand.model.ids import words_id
from firsthand.model.lineage import AlteredQuotation
from firsthand.model.record import span_of
from firsthand.nlp.number_words import TABLE, roles
from firsthand.resources import read_table
from firsthand.trace.articles import Article
from firsthand.trace.lineage import Neighbourhood, parents_of
from firsthand.trace.nearest import Placed, nearest, numbered, placed_words
from firsthand.trace.pairs import Pair
from firsthand.trace.passages import covered

HEDGES: Final = "lexicons/trace_hedges.tsv"
LEXICONS: Final = (HEDGES, TABLE)
"""Packaged tables by which changes are named."""
MIN_WORDS: Final = 5
"""Shorter quotations are terms, which anyone may use."""
TRACED: Final = 0.6
"""Part of a quotation that must stand in the source for it to be where the words come from."""
MOST_WORDS: Final = 1_000
"""Longer quotations are left out: an alignment costs their length squared."""
_MARKS: Final = " ,.;:!?…"
"""What stands before and after the words of a quotation and is none of them."""
_OMISSION: Final = re.compile(r"…|\.\.\.|\[[^\]]{0,3}\]")


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


@dataclass(frozen=True)
class Match:
    """The words of a quotation beside those of a source, and how they differ."""

    source: Article
    there: Placed
    differences: tuple[Change, ...]


def altered_quotations(hood: Neighbourhood, document: str) -> list[AlteredQuotation]:
    """What one document changed inside its quotation marks, against where it has them from.

    Of several sources the one that has the words most nearly is where they come from.
    """
    article = hood.articles[document]
    quotations = list(zip(article.quotation_starts, article.quotation_ends, strict=True))
    chosen = parents_of(hood, document).chosen
    if not quotations or not chosen:
        return []
    pairs = [
        hood.pairs[min(document, one.source), max(document, one.source)]
        for one in sorted(chosen, key=lambda one: one.source)
    ]
    found: dict[str, AlteredQuotation] = {}
    for quotation in quotations:
        here = placed_words(article.text, *quotation)
        if not MIN_WORDS <= len(here) <= MOST_WORDS:
            continue
        if any(
            _has_verbatim(pair.other(document), article.text[slice(*quotation)]) for pair in pairs
        ):
            continue
        matches = [_match(pair, article, quotation, here) for pair in pairs]
        known = [match for match in matches if match is not None]
        if known:
            best = min(known, key=lambda match: len(match.differences))
            for row in _rows(article, quotation, here, best):
                found.setdefault(row.altered_id, row)
    return [found[key] for key in sorted(found)]


def _has_verbatim(source: Article, quoted: str) -> bool:
    """Whether a source has a quotation letter by letter: nothing was changed then."""
    return source.text.find(quoted.strip(_MARKS), source.start, source.end) >= 0


def _match(pair: Pair, article: Article, quotation: tuple[int, int], here: Placed) -> Match | None:
    """Where one source has the words of a quotation."""
    source = pair.other(article.document_id)
    region = _region(pair, article.document_id, quotation)
    if region is None:
        quoted = numbered(article.text, *quotation)
        region = nearest(quoted, numbered(source.text, source.start, source.end))
    if region is None:
        return None
    there = placed_words(source.text, *region)
    if len(there) > 3 * MOST_WORDS:
        return None
    there = _trimmed(here, there)
    if not there:
        return None
    return Match(source, there, tuple(changes(here, there, article.text[slice(*quotation)])))


def _rows(
    article: Article, quotation: tuple[int, int], here: Placed, match: Match
) -> Iterable[AlteredQuotation]:
    quoted = article.text[slice(*quotation)]
    for change in match.differences:
        low, high = _span(match.there, change.there)
        yield AlteredQuotation(
            altered_id=words_id("q", article.document_id, f"{quoted} {change.name}", 0),
            document_id=article.document_id,
            page_id=article.page_id,
            quotation=span_of(article.text, *quotation),
            source_document=match.source.document_id,
            source_span=span_of(match.source.text, *_whole(match.there)),
            alteration=change.name,
            explanation=_explain(change, article, here, match.source.text[low:high]),
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


def _trimmed(here: Placed, there: Placed) -> Placed:
    """The source's words without those before and after what is quoted.

    Where the first or last words of a quotation also stand further off in the source, an alignment
    may take those and leave a hole; the nearer ones are meant.
    """
    mine, theirs = [word for *_, word in here], [word for *_, word in there]
    listed = list(Levenshtein.opcodes(theirs, mine))
    equal = [code for code in listed if code.tag == "equal"]
    if not equal:
        return []
    first, last = equal[0], equal[-1]
    # Changed words at an end stand for as many words there.
    low = max(0, first.src_start - first.dest_start)
    high = min(len(theirs), last.src_end + len(mine) - last.dest_end)
    if first.dest_start == 0:
        low = _after_hole(theirs, mine, listed, low)
    if last.dest_end == len(mine):
        turned = list(Levenshtein.opcodes(theirs[::-1], mine[::-1]))
        high = len(theirs) - _after_hole(theirs[::-1], mine[::-1], turned, len(theirs) - high)
    return there[low:high]


def _after_hole(
    theirs: Sequence[str], mine: Sequence[str], codes: Iterable[Opcode], low: int
) -> int:
    """Where a quotation starts in its source if its first words also stand after the first hole."""
    for first, hole in pairwise(codes):
        if first.tag == "equal" and first.dest_start == 0 and hole.tag == "delete":
            count = first.dest_end
            if theirs[hole.src_end - count : hole.src_end] == mine[:count]:
                return hole.src_end - count
    return low


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
    found: list[Change] = []
    for step in steps:
        outer = step.tag == "delete" and step.dest_start in (0, len(here))
        if outer:
            continue
        here_span = (step.dest_start, step.dest_end)
        there_span = (step.src_start, step.src_end)
        name = _name(here[slice(*here_span)], there[slice(*there_span)], quoted)
        if name is not None:
            found.append(Change(name, here_span, there_span))
    told = [one for one in found if not _is_part_of_another(one, found)]
    return list({one.name: one for one in reversed(told)}.values())[::-1]


REWORDED: Final = 3
"""Words between a change and a word or two left out within which both are one rewording."""


def _is_part_of_another(one: Change, found: Sequence[Change]) -> bool:
    """Whether a word left out is but the end of a rewording beside it ("as little … as")."""
    low, high = one.there
    if one.name != "truncation" or high - low >= REWORDED:
        return False
    return any(
        other.name != "truncation"
        and (0 <= low - other.there[1] < REWORDED or 0 <= other.there[0] - high < REWORDED)
        for other in found
    )


def _name(here: Placed, there: Placed, quoted: str) -> str | None:
    """What kind of alteration a difference is; None for one that the quotation itself shows."""
    mine, theirs = [word for *_, word in here], [word for *_, word in there]
    numbers = [[word for word in words if _is_number(word)] for words in (mine, theirs)]
    if all(numbers) and numbers[0] != numbers[1]:
        return "number changed"
    if any(word in hedges() for word in theirs) and not any(word in hedges() for word in mine):
        return "hedge dropped"
    if not mine:
        return None if _OMISSION.search(quoted) else "truncation"
    return "words not in the source" if theirs else "insertion"


def _is_number(word: str) -> bool:
    return word.isdecimal() or word in roles()


def _explain(change: Change, article: Article, here: Placed, original: str) -> str:
    low, high = _span(here, change.here)
    written = " ".join(article.text[low:high].split())
    source = " ".join(original.split())
    if not written:
        return f"{change.name}: the source has “{source}” here, the quotation leaves it out."
    if not source:
        return f"{change.name}: “{written}” does not stand in the source."
    return f"{change.name}: the quotation has “{written}”, the source “{source}”."
