"""Sentences of a paragraph, with exact offsets: a maintained splitter and the press's habits."""

import re
from functools import cache

from sentencex import get_sentence_boundaries  # type: ignore[import-untyped]  # the library ships no types

from firsthand.resources import read_table

ABBREVIATIONS = "lexicons/sentence_abbreviations.tsv"

PIECE = 6_000
"""Characters handed to the splitter at once; its time grows with the square of open brackets."""

QUOTES = str.maketrans(dict.fromkeys('“”„«»"「」『』•‣▪●◦', " "))
"""The splitter never cuts inside quotation marks; witnesses speak in several sentences.

Nor does it cut a line that a bullet opens.
"""

SHORT_QUOTE = re.compile('[“"«„「‘][^“”"«»„「」‘\n]{1,20}[”"»“」’]')
"""A quoted name or slogan ("the “Go! Now” campaign") is not cut."""

CLOSERS = re.compile(r"[”\"»’'」』)\]]{0,4}")
OPENERS = "“„«「『‘(["

TERMINAL = re.compile(r"[.!?…؟。！？۔।]['\"”’»“)\]」』]{0,4}$")
STOP_BEFORE = re.compile(r"([\w.-]{1,12})\.$")
ENUMERATOR = re.compile(r"\(?[\dIVXivx]{1,4}[.)]$|[A-Za-zА-Яа-я]\.$")

GLUED = re.compile(r"(?<=[a-zа-я\d][.!?])(?=[“«„]?[A-ZА-Я][\w’']{1,30}[ ,])")
"""A stop with no space after it before a capital ("… since 2014.Government forces …")."""

UNCASED_SAMPLE = 400
"""Characters of a paragraph among which a single capital shows that capitals mean something."""

TIME_FOLLOWS = re.compile(
    r"\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"|(?:gmt|utc|est|edt|cet|eet|local|et)\b",
    re.IGNORECASE,
)


@cache
def _abbreviations() -> dict[str, str]:
    return {row["abbreviation"]: row["kind"] for row in read_table(ABBREVIATIONS)}


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut an overlong paragraph at white space, so that the splitter's time stays bounded."""
    pieces = []
    while end - start > PIECE:
        cut = text.rfind(" ", start + PIECE // 2, start + PIECE) + 1 or start + PIECE
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, end)]


def _cuts(text: str, start: int, end: int, language: str) -> list[int]:
    """Where the splitter would begin a new sentence, moved to stand before opening marks."""
    masked = text[start:end].translate(QUOTES)
    kept_whole = [found.span() for found in SHORT_QUOTE.finditer(text, start, end)]
    cuts = [
        start + int(found["start_index"]) for found in get_sentence_boundaries(language, masked)
    ]
    cuts += [found.start() for found in GLUED.finditer(text, start, end)]
    moved = {_after_stop(text, start, cut) for cut in cuts if cut > start}
    return sorted(cut for cut in moved if not any(first < cut < last for first, last in kept_whole))


def _after_stop(text: str, start: int, cut: int) -> int:
    """The first character of the next sentence: past closing marks and space, not past openers."""
    stop = cut
    while stop > start and (text[stop - 1].isspace() or text[stop - 1] in OPENERS + "”\"»’'」』)]"):
        stop -= 1
    closing = CLOSERS.match(text, stop)
    at = closing.end() if closing else stop
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _belongs_together(before: str, after: str, *, uncased: bool = False) -> bool:
    """Whether a cut between two stretches is wrong; `uncased` text begins nothing with a capital."""
    opened = after.lstrip(OPENERS + "\"'")
    if not opened or not before:
        return True
    if opened[0].islower() and not uncased and not GLUED.search(before[-1:] + after[:2]):
        return True
    if ENUMERATOR.fullmatch(before):
        return True
    stop = STOP_BEFORE.search(before)
    if stop is None:
        return not TERMINAL.search(before)
    return _is_abbreviation(stop[1], opened)


def _is_abbreviation(word: str, after: str) -> bool:
    kind = _abbreviations().get(word.lower()) or _abbreviations().get(word.lower().split("-")[-1])
    if kind == "time":
        return bool(TIME_FOLLOWS.match(after))
    if kind in {"title", "always"} and word.lower() == "no":
        return after[:1].isdigit()
    return kind is not None


def sentence_spans(
    text: str, start: int, end: int, language: str | None = None
) -> list[tuple[int, int]]:
    """The sentences of the paragraph `text[start:end]`, without the space around them.

    Offsets are into `text`; the spans are ordered, do not overlap and hold every character of
    the paragraph that is not white space.
    """
    bounds = [start]
    sample = text[start : min(end, start + UNCASED_SAMPLE)]
    uncased = sample.islower()
    for first, last in _pieces(text, start, end):
        for cut in _cuts(text, first, last, language or "en"):
            before, after = text[bounds[-1] : cut].rstrip(), text[cut : min(cut + 40, end)]
            if cut < end and not _belongs_together(before[-60:], after, uncased=uncased):
                bounds.append(cut)
    spans = []
    for first, last in zip(bounds, [*bounds[1:], end], strict=True):
        words = text[first:last]
        begin = first + len(words) - len(words.lstrip())
        finish = first + len(words.rstrip())
        if begin < finish:
            spans.append((begin, finish))
    return spans
