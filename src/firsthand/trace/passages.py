"""Passages: the text two articles share, to the character, told apart as copy or quotation."""

from collections.abc import Iterable
from typing import Final, Literal

from firsthand.model.ids import digest
from firsthand.model.lineage import Passage
from firsthand.trace.alignment import Text, align
from firsthand.trace.articles import Article

QUOTED_SHARE: Final = 0.8
"""Part of a passage inside quotation marks that makes it a quotation: "…," he said, "…"."""
SLACK_CHARS: Final = 24
"""Letters outside the marks that are let pass: "he said" beside a short quotation."""

Pair = tuple[str, str]
"""Two document ids, the smaller first."""


def find_passages(
    one: Article, other: Article, texts: tuple[Text, Text], min_words: int
) -> list[Passage]:
    """The passages of two articles, of which `one` has the smaller document id."""
    found: list[Passage] = []
    seen: dict[str, int] = {}
    for match in align(texts[0], texts[1], min_words):
        a = _range(texts[0], match.a_first, match.a_last)
        b = _range(texts[1], match.b_first, match.b_last)
        words = one.text[a[0] : a[1]]
        occurrence = seen[words] = seen.get(words, 0) + 1
        found.append(
            Passage(
                passage_id="s-"
                + digest(one.document_id, other.document_id, words, str(occurrence)),
                document_a=one.document_id,
                document_b=other.document_id,
                page_a=one.page_id,
                page_b=other.page_id,
                a_start=a[0],
                a_end=a[1],
                b_start=b[0],
                b_end=b[1],
                shared_words=match.shared,
                kind=passage_kind(one, other, a, b),
            )
        )
    return found


def _range(text: Text, first: int, last: int) -> tuple[int, int]:
    return int(text.words.starts[first]), int(text.words.ends[last - 1])


def passage_kind(
    one: Article, other: Article, a: tuple[int, int], b: tuple[int, int]
) -> Literal["copy", "quotation"]:
    """`quotation` where both sides are quoted, or are one named speaker's own words."""
    if is_quoted(one, a) and is_quoted(other, b):
        return "quotation"
    if not one.speakers or not other.speakers:
        return "copy"
    speakers = _speakers(one, a) & _speakers(other, b)
    return "quotation" if speakers else "copy"


def is_quoted(article: Article, span: tuple[int, int]) -> bool:
    """Whether a stretch of an article stands inside quotation marks for the most."""
    quoted = covered(span, zip(article.quotation_starts, article.quotation_ends, strict=True))
    return _nearly_all(quoted, span)


def _speakers(article: Article, span: tuple[int, int]) -> set[str]:
    """Whose own words a stretch is, where its voice is a person or an institution."""
    return {
        speaker
        for start, end, speaker in zip(
            article.spoken_starts, article.spoken_ends, article.speakers, strict=True
        )
        if _nearly_all(covered(span, [(start, end)]), span)
    }


def _nearly_all(part: int, span: tuple[int, int]) -> bool:
    length = span[1] - span[0]
    return part >= QUOTED_SHARE * length or length - part <= min(SLACK_CHARS, length // 2)


def covered(span: tuple[int, int], ranges: Iterable[tuple[int, int]]) -> int:
    """Code points of a span that lie in ranges; the ranges do not overlap."""
    low, high = span
    inside = 0
    for start, end in ranges:
        if start < high and low < end:
            inside += (high if high < end else end) - (low if low > start else start)  # noqa: FURB136 - faster in the inner loop than min and max
    return inside
