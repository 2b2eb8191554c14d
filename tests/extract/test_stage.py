"""The laws of extract: spans slice, blocks are ordered, hostile bytes end in a problem."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.config import ExtractSettings
from firsthand.model.ids import document_id
from page_factory import PAGES, Made, captured, from_html, from_text, made

SENTENCE = "The army left the town on Monday, residents said. "


def check(page: Made) -> None:
    """Every span of a page lies where it says, in order, without overlap."""
    text = page.page.text
    at = 0
    for block in page.page.blocks:
        assert at <= block.start < block.end <= len(text)
        at = block.end
    for span in (*page.page.furniture, *page.page.links, *page.documents):
        assert 0 <= span.start < span.end <= len(text)
    marks = page.page.furniture
    assert list(marks) == sorted(marks, key=lambda mark: (mark.start, mark.end, mark.kind))
    assert [one.ordinal for one in page.documents] == list(range(1, len(page.documents) + 1))
    for one, two in zip(page.documents, page.documents[1:], strict=False):
        assert one.end <= two.start
    for document in page.documents:
        assert (document.published is None) == (document.published_basis is None)
        assert (document.published is None) == (document.published_reason is not None)
        if document.title_start is not None:
            assert document.title_end is not None
            assert (
                " ".join(text[document.title_start : document.title_end].split()) == document.title
            )
    for segments in page.segments:
        for parts in (segments.paragraphs, segments.sentences):
            at = 0
            for part in parts:
                assert at <= part.start < part.end <= len(text)
                assert text[part.start : part.end] == text[part.start : part.end].strip()
                at = part.end
        for quotation in segments.quotations:
            assert quotation.start <= quotation.inner_start <= quotation.inner_end <= quotation.end


@pytest.mark.parametrize("name", sorted(path.name for path in PAGES.iterdir()))
def test_pages_obey_the_laws(name: str) -> None:
    media_type = "text/html" if name.endswith("html") else "text/plain"
    page = made(captured((PAGES / name).read_bytes(), media_type, name))
    check(page)
    assert page.documents


PIECES = st.sampled_from(
    ["<div>", "</div>", "<p>", "</p>", "<br>", "<article>", "</article>", "<h1>", "</h1>", "<nav>",
     "<table><tr><td>", "</table>", "<a href='/x'>", "</a>", "<!--", "-->", "<script>", "</script>",
     "<time datetime='2031-03-12'>", "&amp;", "&#0;", "&#xD800;", "\x00", "\ud7ff", "“", "”", "\n",
     "<img alt='A lorry burns'>", "<", ">", SENTENCE, "Leave a Reply", "Source: Holm Radio",
     "By Ann Okar", "12 March 2031", "Share this:", "<pre>", "<li>", "<q cite='x'>", "\u202e"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_markup_obeys_the_laws(pieces: list[str]) -> None:
    check(from_html("".join(pieces)))


@given(st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_obeys_the_laws(pieces: list[str]) -> None:
    check(made(captured("".join(pieces).encode("utf-8", "replace"))))


@given(
    st.binary(max_size=300),
    st.sampled_from(["text/html", "text/plain", "application/pdf", "", "image/png"]),
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_end_in_a_page_or_a_problem(content: bytes, media_type: str) -> None:
    page = made(captured(content, media_type))
    check(page)
    assert page.documents or page.problems


@given(st.text(alphabet="ab \n\r\u2028é🙂", max_size=80))
def test_plain_text_is_the_decoded_file(text: str) -> None:
    assert made(captured(text.encode())).page.text == text


@pytest.mark.parametrize(
    ("content", "media_type", "code"),
    [
        (b"", "text/plain", "empty"),
        (b" \n\t", "text/html", "no_markup"),
        (b" \n\t", "text/plain", "no_article"),
        (b"\x00" * 500, "text/plain", "binary"),
        (bytes(range(256)) * 20, "text/html", "binary"),
        (b"\x89PNG\r\n\x1a\n" + b"a" * 50, "image/png", "binary"),
        (b"<script>1</script>", "text/html", "no_article"),
        (b"<nav>Home</nav>", "text/html", "no_article"),
        (f"“{SENTENCE}”".encode() + b"\xff", "text/plain", "unreadable_characters"),
        (b"%PDF-1.7 broken", "application/pdf", "pdf_damaged"),
    ],
)
def test_what_cannot_be_used_is_a_problem(content: bytes, media_type: str, code: str) -> None:
    assert made(captured(content, media_type)).codes == [code]


HOSTILE = {
    "nested div": "<div>" * 100_000 + SENTENCE + "</div>" * 100_000,
    "nested b": "<p>" + "<b>" * 100_000 + SENTENCE,
    "nested li": "<ul><li>" * 30_000 + SENTENCE,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_deep_nesting_is_read_as_flat_text(name: str) -> None:
    page = from_html(HOSTILE[name])
    check(page)
    assert page.codes == ["nested_too_deep"]
    assert SENTENCE.strip() in page.page.text


BOUNDED = {
    "entity bomb": "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><p>&b;"
    + SENTENCE,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(60_000)) + ">" + SENTENCE,
    "many heads": "The title of it all\nBy Ann Okar\n" * 4000 + SENTENCE,
    "open quotes": "“One goes on here.\n\n" * 5000,
    "one long line": "a" * 2_000_000,
    "brackets": "(“[" * 60_000,
    "separators": "a | " * 100_000,
    "signs": "<" * 500_000,
}


@pytest.mark.parametrize("name", BOUNDED)
def test_hostile_pages_take_bounded_time(name: str) -> None:
    begin = time.process_time()
    check(from_html(BOUNDED[name]) if BOUNDED[name][0] == "<" else from_text(BOUNDED[name]))
    assert time.process_time() - begin < 30


def test_text_beyond_the_limit_is_cut_and_said() -> None:
    limit = ExtractSettings(max_text_chars=200)
    for media_type in ("text/plain", "text/html"):
        page = made(captured(SENTENCE * 50, media_type), settings=limit)
        assert len(page.page.text) <= 200
        assert page.codes == ["text_cut"]


def test_ids_come_from_content_and_place() -> None:
    page = from_text("Road opened after nine days\n\n" + SENTENCE * 5)
    (document,) = page.documents
    words = " ".join((SENTENCE * 5).split()[:20])
    assert document.document_id == document_id(
        page.page.page_id, 1, "Road opened after nine days", words
    )


def test_the_same_page_gives_the_same_rows() -> None:
    content = (PAGES / "two_articles.html").read_bytes()
    assert made(captured(content, "text/html")).rows == made(captured(content, "text/html")).rows
