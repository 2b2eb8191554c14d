"""Dates are read as written and never guessed; what cannot be read surely has a reason."""

import pytest

from firsthand.extract.dates import date_line, edtf_of, machine_date, url_date, written_dates
from firsthand.model.capture import Hints
from page_factory import captured, from_html, from_text, made

PARA = "The road through the valley was opened on Wednesday, the ministry said. It is free.\n\n"
TITLE = "Road opened after nine days\n\n"


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("12 March 2031", "2031-03-12"),
        ("March 12th, 2031", "2031-03-12"),
        ("Sept. 3, 2031", "2031-09-03"),
        ("1er août 2031", "2031-08-01"),
        ("3 de marzo de 2031", "2031-03-03"),
        ("12 марта 2031", "2031-03-12"),
        ("١٢ مارس ٢٠٣١", "2031-03-12"),
        ("12 كانون الأول 2031", "2031-12-12"),
        ("2031-03-12", "2031-03-12"),
        ("12.03.2031", "2031-03-12"),
        ("25/03/2031", "2031-03-25"),
        ("03/25/2031", "2031-03-25"),
        ("04/04/2031", "2031-04-04"),
        ("03/04/2031", None),
        ("12 March", None),
        ("31 February 2031", None),
    ],
)
def test_written_dates(text: str, edtf: str | None) -> None:
    (found,) = written_dates(f"on {text}, it")
    assert found.edtf == edtf
    assert f"on {text}, it"[found.start : found.end].startswith(text[:2])


@pytest.mark.parametrize("text", ["No 12 here", "route 12/34", "2031", "9999-99", "v1.2.2031x"])
def test_other_numbers_are_no_dates(text: str) -> None:
    assert not [one for one in written_dates(text) if one.edtf]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Published: 12 March 2031, 10:15 GMT", "2031-03-12"),
        ("Wednesday, March 12, 2031", "2031-03-12"),
        ("Tarsk | 12 March 2031", "2031-03-12"),
        ("Published 12 March 2031 | Updated 13 March 2031", "2031-03-12"),
        ("Updated: 13 March 2031", None),
        ("Last modified on 13 March 2031", None),
        ("The bridge at Holm before it fell on 12 March 2031", None),
    ],
)
def test_date_lines(text: str, edtf: str | None) -> None:
    found = date_line(text)
    assert (found.edtf if found else None) == edtf


@pytest.mark.parametrize(
    ("value", "edtf"),
    [
        ("2031-03-12T23:30:00-05:00", "2031-03-12"),
        ("20310312", "2031-03-12"),
        ("2031-03", "2031-03"),
        ("2031", "2031"),
        ("Wed, 12 Mar 2031 09:00:00 GMT", "2031-03-12"),
        ("March 12, 2031", "2031-03-12"),
        ("2031-13-12", None),
        ("1700000000", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_machine_dates(value: str | None, edtf: str | None) -> None:
    assert machine_date(value) == edtf


@pytest.mark.parametrize(
    ("url", "edtf"),
    [
        ("https://post.example/2031/03/12/road", "2031-03-12"),
        ("https://post.example/news/2031-03-12-road", "2031-03-12"),
        ("https://post.example/20310312/road.html", "2031-03-12"),
        ("https://post.example/2031/03/road", "2031-03"),
        ("https://post.example/2031/13/45/road", None),
        ("https://post.example/article/20319999", None),
        ("https://post.example/?d=/2031/03/12/", None),
        ("2031/03/12/road.html", None),
    ],
)
def test_dates_in_addresses(url: str, edtf: str | None) -> None:
    assert url_date(url) == edtf


def test_no_day_is_invented() -> None:
    assert edtf_of(2031, 3) == "2031-03"
    assert edtf_of(2031, 2, 30) is None


HEAD = "<h1>Road opened after nine days</h1>"
BODY = f"<p>{PARA * 2}</p><p>{PARA * 2}</p>"


@pytest.mark.parametrize(
    ("markup", "edtf", "basis"),
    [
        (f"<meta property='article:published_time' content='2031-03-12T09:00Z'>{HEAD}{BODY}",
         "2031-03-12", "metadata"),
        (f"<meta property='article:modified_time' content='2031-03-12T09:00Z'>{HEAD}{BODY}",
         None, None),
        (f"{HEAD}<time datetime='2031-03-12'>Wednesday</time>{BODY}", "2031-03-12", "metadata"),
        (f"{HEAD}<time datetime='2031-03-12'>Updated 12 March 2031</time>{BODY}", None, None),
        (f"{HEAD}<p class='meta'>12 March 2031</p>{BODY}", "2031-03-12", "text"),
        (f"{HEAD}{BODY}<footer>© 2031 Dale Post</footer>", None, None),
        (f"{HEAD}{BODY}<aside><time datetime='2031-03-12'>12 March</time></aside>", None, None),
        (f"{HEAD}{BODY}<img src='/img/2031/03/12/a.jpg'>", None, None),
        (f"<meta itemprop='copyrightYear' content='2031'>{HEAD}{BODY}", None, None),
    ],
)  # fmt: skip
def test_publication_dates_of_html(markup: str, edtf: str | None, basis: str | None) -> None:
    (document,) = from_html(f"<body>{markup}</body>").documents
    assert (document.published, document.published_basis) == (edtf, basis)
    assert (document.published_reason is None) == (edtf is not None)


@pytest.mark.parametrize(
    ("text", "edtf", "basis", "reason"),
    [
        (f"{TITLE}12 March 2031\n\n{PARA}", "2031-03-12", "text", ""),
        (f"{TITLE}By Ann Okar, 12 March 2031\n\n{PARA}", "2031-03-12", "text", ""),
        (f"{TITLE}TARSK, March 12, 2031 (NW) — {PARA}", "2031-03-12", "dateline", ""),
        (f"{TITLE}TARSK, March 12 (NW) — {PARA}", None, None, "without a year"),
        (f"{TITLE}03/04/2031\n\n{PARA}", None, None, "day or the month first"),
        (f"{TITLE}Updated: 12 March 2031\n\n{PARA}", None, None, "only when it was changed"),
        (
            f"{TITLE}{PARA}On 12 March 2031 the bridge fell, he said.\n",
            None,
            None,
            "no publication",
        ),
        (f"{TITLE}{PARA}© 2031 Dale Post\n", None, None, "no publication"),
    ],
)
def test_publication_dates_of_text(
    text: str, edtf: str | None, basis: str | None, reason: str
) -> None:
    (document,) = from_text(text).documents
    assert (document.published, document.published_basis) == (edtf, basis)
    assert reason in (document.published_reason or "")


def test_the_address_dates_a_page_that_shows_no_date() -> None:
    (document,) = from_text(TITLE + PARA, "https://post.example/2031/03/12/road").documents
    assert (document.published, document.published_basis) == ("2031-03-12", "url")


def test_a_path_never_dates_a_page() -> None:
    (document,) = from_text(TITLE + PARA, "2031/03/12/road.txt").documents
    assert document.published is None


def test_what_the_supplier_said_of_the_date_is_metadata() -> None:
    page = made(captured(TITLE + PARA, hints=Hints(published="Wed, 12 Mar 2031 09:00:00 GMT")))
    assert page.documents[0].published == "2031-03-12"
    assert page.documents[0].published_basis == "metadata"


def test_one_date_for_several_articles_is_tied_to_none() -> None:
    body = f"<p>{PARA * 3}</p><p>{PARA * 3}</p>"
    page = from_html(
        "<meta property='article:published_time' content='2031-03-12'>"
        f"<article><h2>Road opened after nine days</h2>{body}</article>"
        f"<article><h2>Hospital without power again</h2>{body}</article>"
    )
    assert [one.published for one in page.documents] == [None, None]
    assert "cannot be tied" in (page.documents[0].published_reason or "")
