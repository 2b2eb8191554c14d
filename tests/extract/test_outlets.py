"""The outlet by metadata, by the page's own words, or by its host; never by its sources."""

import pytest

from firsthand.model.capture import Hints
from page_factory import captured, from_html, from_text, made

PARA = "The road through the valley was opened on Wednesday, the ministry said. It is free.\n\n"
TITLE = "Road opened after nine days\n\n"


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        (f"{TITLE}Dale Post says…\n\n{PARA}", "Dale Post"),
        (f"{TITLE}{PARA}READ MORE VALLEY NEWS AT: Dale Post Valley Files\n", "Dale Post"),
        (f"{TITLE}{PARA}If you enjoy Dale Post's content, please help.\n", "Dale Post"),
        (f"{TITLE}{PARA}© 2031 Dale Post. All rights reserved.\n", "Dale Post"),
        (f"{TITLE}{PARA}Subscribe to the Dale Post: six issues, nine crowns\n", "Dale Post"),
        (f"{TITLE}{PARA}Copyright Dale Post and contributors.\n", "Dale Post"),
        (f"{TITLE}{PARA}جميع الحقوق محفوظة لصحيفة السهل © 2031\n", "صحيفة السهل"),
        (f"{TITLE}Holm Radio reports:\n\n{PARA}", None),
        (f"{TITLE}{PARA}Source: Holm Radio\n", None),
        (f"{TITLE}{PARA}Continue this story at Holm Radio\n", None),
        (f"{TITLE}She says…\n\n{PARA}", None),
        (f"{TITLE}{PARA}", None),
    ],
)
def test_the_name_a_text_gives_its_outlet(text: str, outlet: str | None) -> None:
    (document,) = from_text(text).documents
    assert document.outlet == outlet
    assert document.outlet_basis == ("self_name" if outlet else None)


def test_metadata_comes_before_words_and_words_before_the_host() -> None:
    words = f"<h1>{TITLE}</h1><p>{PARA * 4}</p><footer>© 2031 Dale Post</footer>"
    source = "https://www.dalepost.example/x"
    stated = from_html(f"<meta property='og:site_name' content='The Dale'>{words}", source)
    said = from_html(words, source)
    silent = from_html(f"<h1>{TITLE}</h1><p>{PARA * 4}</p>", source)
    names = [
        (one.documents[0].outlet, one.documents[0].outlet_basis) for one in (stated, said, silent)
    ]
    assert names == [
        ("The Dale", "metadata"),
        ("Dale Post", "self_name"),
        ("dalepost.example", "host"),
    ]


def test_what_the_supplier_said_comes_first() -> None:
    page = made(captured(TITLE + PARA, hints=Hints(outlet="Dale Post")))
    assert page.documents[0].outlet == "Dale Post"
    assert page.documents[0].outlet_basis == "given"


BODY = f"<p>{PARA * 4}</p>"


@pytest.mark.parametrize(
    ("html", "outlet"),
    [
        ((f"<div>Ebb Relief <span>Water for all</span></div><h1>{TITLE}</h1>{BODY}"
         "<p>Ebb Relief is a registered charity.</p>"), "Ebb Relief"),
        ((f"<table><tr><td><b>VALE24</b></td><td>News | Jobs</td></tr></table><h2>{TITLE}</h2>"
         f"<div>Vale24 newsdesk</div>{BODY}"), "Vale24"),
        (f"<h1>Harbour Police Say Road Open</h1>{BODY}<p>Harbour Police staff agreed.</p>", None),
        (f"<div>Harbour Police | Port Board</div><h1>{TITLE}</h1>{BODY}", None),
    ],
)  # fmt: skip
def test_the_name_that_opens_a_page_and_is_its_own_further_down(
    html: str, outlet: str | None
) -> None:
    assert from_html(html, "page.html").documents[0].outlet == outlet


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ((f"Sarn Public Radio > News > Vale\nhttps://spr.example/x\n\n{TITLE}{PARA * 3}"
         "The mayor told Sarn Public Radio that it was over.\n"), "Sarn Public Radio"),
        ((f"The Vale Weekly\nChurch times p. 6 . Small ads p. 8\n\n{TITLE}{PARA * 3}"
         "It was mended, the engineer told the Weekly.\n"), "The Vale Weekly"),
    ],
)  # fmt: skip
def test_the_first_line_of_a_plain_page(text: str, outlet: str) -> None:
    assert from_text(text).documents[0].outlet == outlet
