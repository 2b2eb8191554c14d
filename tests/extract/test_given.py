"""Dates that people give reach the article they aim at, and can be taken back."""

import pytest

from firsthand.model.judgement import Judgement, Target
from page_factory import PAGES, captured, made

PAGE = captured((PAGES / "wrapped.txt").read_bytes(), "text/plain", "wrapped.txt")


def given(
    number: int = 1,
    value: str | None = "2031-03-12",
    *,
    words: str = "",
    ordinal: int | None = None,
    sha256: str | None = PAGE.capture.sha256,
    undoes: str | None = None,
) -> Judgement:
    target = Target(
        kind="document", words=words, source="wrapped.txt", sha256=sha256, ordinal=ordinal
    )
    return Judgement(
        judgement_id=f"j-{number}",
        at=f"2031-06-01T00:00:0{number}Z",
        by="test",
        action="undo" if undoes else "date",
        targets=() if undoes else (target,),
        value=value,
        undoes=undoes,
    )


@pytest.mark.parametrize(
    ("judgements", "dates"),
    [
        ([given(ordinal=2)], [None, "2031-03-12"]),
        ([given(words="Mayor of Tarsk denies that he left town")], [None, "2031-03-12"]),
        ([given(words="Mayor of Tarsk denies that he left town", ordinal=1)], [None, "2031-03-12"]),
        ([given(words="gone words", ordinal=1)], ["2031-03-12", None]),
        ([given()], ["2031-03-12", "2031-03-12"]),
        ([given(ordinal=1), given(2, "2031-03", ordinal=1)], ["2031-03", None]),
        ([given(ordinal=1), given(2, undoes="j-1")], [None, None]),
        ([given(ordinal=1, sha256="other")], [None, None]),
        ([given(ordinal=1, sha256=None)], ["2031-03-12", None]),
    ],
)
def test_dates_reach_their_article(judgements: list[Judgement], dates: list[str | None]) -> None:
    page = made(PAGE, judgements)
    assert [one.published for one in page.documents] == dates
    for document in page.documents:
        assert document.published_basis == ("given" if document.published else None)
        assert (document.published_reason is None) == (document.published is not None)


def test_a_given_date_moves_no_id() -> None:
    plain, dated = made(PAGE), made(PAGE, [given()])
    assert [a.document_id for a in plain.documents] == [b.document_id for b in dated.documents]
