"""Wordings: one speaker's words on two pages, altered or not, and what an update makes of them."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from firsthand.link.quoted import quoted_words
from firsthand.link.wordings import OWN, wording_rows
from firsthand.model.claim import Attribution
from firsthand.model.document import Quotation, Segments
from firsthand.model.lineage import AlteredQuotation
from firsthand.model.linking import QuotationKeys, QuotedWords
from firsthand.model.record import Record, Span
from firsthand.stage import Change, Rows
from firsthand.store.memory import MemoryTables
from link.factory import Article, page_of, page_rows

CASES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parent / "quotations.jsonl").read_text("utf-8").splitlines()
]
MARKED = re.compile(r"“[^”]*”|\"[^\"]*\"")


def quoted(key: str, text: str, speaker: str, day: str | None) -> list[QuotedWords]:
    """The quotations of a page that gives one speaker's words."""
    article = Article(key, (), published=day, about=text)
    marks = [found.span() for found in MARKED.finditer(text)]
    rows: dict[type[Record], list[Record]] = {type(page_of(article)): [page_of(article)]}
    for row in page_rows(article):
        rows.setdefault(type(row), []).append(row)
    rows[Segments] = [
        Segments(
            document_id=article.document_id,
            page_id=article.page_id,
            paragraphs=(),
            sentences=(),
            quotations=tuple(
                Quotation(
                    start=low,
                    end=high,
                    inner_start=low + 1,
                    inner_end=high - 1,
                    depth=0,
                    closed=True,
                    continues=False,
                )
                for low, high in marks
            ),
        )
    ]
    rows[Attribution] = [
        Attribution(
            attribution_id=f"a-{key}-{low}",
            document_id=article.document_id,
            page_id=article.page_id,
            source=(),
            cue=(),
            content=(Span(start=low, end=high, text=text[low:high]),),
            parent=None,
            source_name=speaker,
            source_kind="official",
            quotation="direct",
            implicit=False,
        )
        for low, high in marks
    ]
    return list(quoted_words(Rows(article.page_id, rows)))


def tables_of(pages: Mapping[str, Sequence[QuotedWords]]) -> MemoryTables:
    tables = MemoryTables((QuotedWords, QuotationKeys, AlteredQuotation))
    tables.replace("link.pages", {page: list(rows) for page, rows in pages.items()})
    return tables


def found_in(tables: MemoryTables, pages: Sequence[str] = (), *, fresh: bool = True) -> list[Any]:
    """The altered quotations, after the rows of some pages are brought up to date."""
    change = Change({QuotedWords: frozenset(pages)})
    tables.replace("link", wording_rows(tables, change, fresh=fresh))
    return tables.rows(AlteredQuotation)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["about"]))
def test_a_quotation_is_altered_or_is_not(case: dict[str, Any]) -> None:
    other = "Bo Lund" if case.get("speakers") else "Ada Fenn"
    first = quoted("a", case["first"], "Ada Fenn", "2031-05-02")
    second = quoted("b", case["second"], other, "2031-05-04")
    found = found_in(tables_of({"p-a": first, "p-b": second}))
    assert [row.quotation.text for row in found] == (
        [case["quotation"]] if "quotation" in case else []
    )
    for row in found:
        assert row.alteration in case["names"]
        assert (row.document_id, row.source_document) == ("d-b", "d-a")
        assert case["first"][row.source_span.start : row.source_span.end] == row.source_span.text


SAID = "“The ferry may have hit a submerged container in the narrow strait,” Ada Fenn said."
BARE = "“The ferry hit a submerged container in the narrow strait,” Ada Fenn said."


def test_whoever_has_a_wording_first_altered_it() -> None:
    pages = {
        "p-a": quoted("a", SAID, "Ada Fenn", "2031-05-02"),
        "p-b": quoted("b", BARE, "Ada Fenn", "2031-05-03"),
        "p-c": quoted("c", BARE, "Ada Fenn", "2031-05-04"),
    }
    tables = tables_of(pages)
    assert [row.document_id for row in found_in(tables)] == ["d-b"]
    tables.replace("link.pages", {"p-b": []})
    assert [row.document_id for row in found_in(tables, ["p-b"], fresh=False)] == ["d-c"]
    tables.replace("link.pages", {"p-b": pages["p-b"]})
    assert [row.document_id for row in found_in(tables, ["p-b"], fresh=False)] == ["d-b"]
    tables.replace("link.pages", {"p-a": []})
    assert found_in(tables, ["p-a"], fresh=False) == []


def test_of_one_day_the_one_that_lacks_words_is_altered() -> None:
    for day in (None, "2031-05-02"):
        pages = {
            "p-a": quoted("a", BARE, "Ada Fenn", day),
            "p-b": quoted("b", SAID, "Ada Fenn", day),
        }
        assert [row.document_id for row in found_in(tables_of(pages))] == ["d-a"]


def test_what_tracing_found_is_not_found_again() -> None:
    first = quoted("a", SAID, "Ada Fenn", "2031-05-02")
    second = quoted("b", BARE, "Ada Fenn", "2031-05-03")
    tables = tables_of({"p-a": first, "p-b": second})
    (row,) = found_in(tables)
    tables.replace("trace", {"p-b": [row]})
    change = Change({AlteredQuotation: frozenset({"p-b"})})
    units = wording_rows(tables, change, fresh=False)
    assert not any(isinstance(made, AlteredQuotation) for made in units[OWN + "p-b"])
