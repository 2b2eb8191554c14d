"""Paragraphs are a document's blocks, cut where furniture begins; headings are told."""

from page_factory import from_file, from_html, from_text

PARA = "The road through the valley was opened on Wednesday, the ministry said. It is free.\n\n"


def headings(text: str) -> list[str]:
    page = from_text(text)
    return [page.words(one) for one in page.segments[0].paragraphs if one.heading]


def test_headings_of_plain_text() -> None:
    text = (
        f"Road opened after nine days\n\nBy Ann Okar\n12 March 2031\nSource: Holm Radio\n\n{PARA}"
        f"Mines along the road\n\n{PARA}Holm Radio reports:\n\n{PARA}"
    )
    assert headings(text) == ["Road opened after nine days", "Mines along the road"]


def test_headings_of_html() -> None:
    page = from_html(f"<h1>Road opened</h1><p>{PARA}</p><h2>Mines</h2><p>{PARA}</p><p>{PARA}</p>")
    marked = [page.words(one) for one in page.segments[0].paragraphs if one.heading]
    assert marked == ["Road opened", "Mines"]


def test_furniture_at_the_end_of_a_block_is_cut_off() -> None:
    page = from_text(f"Road opened after nine days\n\n{PARA.strip()} Read more")
    *_, body, more = page.segments[0].paragraphs
    assert (page.words(body), body.furniture) == (PARA.strip(), False)
    assert (page.words(more), more.furniture) == ("Read more", True)


def test_sentences_and_quotations_leave_furniture_out() -> None:
    page = from_file("two_articles.html")
    for segments in page.segments:
        kept = [one for one in segments.paragraphs if not one.furniture]
        assert any(one.furniture for one in segments.paragraphs) == (segments is page.segments[0])
        for part in (*segments.sentences, *segments.quotations):
            assert any(one.start <= part.start and part.end <= one.end for one in kept)


def test_sentences_do_not_cross_documents() -> None:
    page = from_file("wrapped.txt")
    for document, segments in zip(page.documents, page.segments, strict=True):
        assert segments.document_id == document.document_id
        assert segments.sentences[0].start >= document.start
        assert segments.sentences[-1].end <= document.end
