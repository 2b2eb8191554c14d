"""The vote of a main-text library on which lines are article; its text is never used."""

import logging
from collections.abc import Sequence

import lxml.etree
import lxml.html
import trafilatura

from firsthand.extract.lines import Line, is_prose

MAX_ELEMENTS = 40_000
"""Elements above which the library is not asked: its time grows faster than the page."""
MAX_DEPTH = 200
"""The library and its tree copies recurse."""
WHOLE_LINE = 24
"""Letters up to which a line must be a whole paragraph of the library's text to count; rows of
tables, which the library runs together, excepted."""
MIN_SHARE = 0.25
"""Share of the page's prose below which the library has missed the article."""


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def _main_text(root: lxml.html.HtmlElement) -> list[str] | None:
    """The paragraphs that the library takes for the article; None where it gives up."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(
            root, fast=True, include_comments=False, include_tables=True, with_metadata=False
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, AssertionError,
            lxml.etree.LxmlError):  # fmt: skip
        return None
    body = None if found is None else getattr(found, "body", None)
    if body is None:
        return None
    return [_squeezed("".join(element.itertext())) for element in body]


def vote(
    root: lxml.html.HtmlElement, lines: Sequence[Line], *, depth: int, elements: int
) -> list[bool] | None:
    """For each line whether the library holds it for article text; None without a sound vote."""
    if depth > MAX_DEPTH or elements > MAX_ELEMENTS:
        return None
    paragraphs = _main_text(root)
    if not paragraphs:
        return None
    whole = set(paragraphs)
    joined = "\n".join(paragraphs)
    votes = []
    for line in lines:
        squeezed = _squeezed(line.text)
        short = len(squeezed) <= WHOLE_LINE and "\t" not in line.text
        votes.append(bool(squeezed) and (squeezed in whole if short else squeezed in joined))
    prose = [(len(line.text), voted) for line, voted in zip(lines, votes, strict=True)
             if is_prose(line)]  # fmt: skip
    total = sum(size for size, _ in prose)
    if total and sum(size for size, voted in prose if voted) < MIN_SHARE * total:
        return None
    return votes
