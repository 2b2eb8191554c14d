"""Pages of many manners: the outlet their head or foot gives, their items, their furniture."""

import pytest

from newsroom_cases import NEWSROOMS, Newsroom
from page_factory import from_html, from_text

PARA = "The road through the valley was opened on Wednesday, the ministry said. It is free.\n\n"
BODY = PARA * 6

KNOWN_GAPS = {"run by one person"}
"""Furniture that is not yet found: a site's last line which ends like a sentence."""


@pytest.mark.parametrize("newsroom", NEWSROOMS, ids=lambda one: one.file)
def test_newsroom_is_read(newsroom: Newsroom) -> None:
    page = newsroom.page()
    assert tuple(one.title for one in page.documents) == newsroom.titles
    assert {one.outlet for one in page.documents} == {newsroom.outlet}
    for words in newsroom.furniture:
        at = page.page.text.index(words)
        marked = any(one.start <= at < one.end for one in page.page.furniture)
        assert marked != (words in KNOWN_GAPS), words


@pytest.mark.parametrize(
    ("top", "foot", "outlet"),
    [
        ("DALE POST\nHome | World | Sport | Opinion\n\n", "", "Dale Post"),
        ("Dale Post\nThe valley's own\nhome  world  sport  opinion\n\n", "", "Dale Post"),
        ("[home] [old] [write to me]\n\ndale notes\nfrom a dry river\n\n", "", "dale notes"),
        ("Dale Post\n\n", "© Dale Post, Holm\n", "Dale Post"),
        ("DALE SHEET\nOf the lower valley\nIndex . Letters . Back numbers\n\n", "", "Dale Sheet"),
        ("RADIO DALE 98.4\nOn air now: Tea at ten\nHome   Road   Ferry   Contact\n\n", "",
         "Radio Dale"),
        ("MINISTRY OF ROADS\nPress office\nHome | Press | Tenders | Contact\n\n", "",
         "Ministry of Roads"),
        ("HOLM LEDGER\nGoods, tides, people\n\n", "Write to the Ledger: Box 9, Holm\n",
         "Holm Ledger"),
        ("THE NIGHT PEDLAR\nHolm's smallest paper\n\n", "Next week: the Pedlar's eel map\n",
         "The Night Pedlar"),
        ("HOLM LEDGER\nGoods, tides, people\n\n", "Write to us: Box 9, Holm\n", None),
        ("FERRY SUNK\nNine in the water\n\n", "Timetable of the Ferry Company\n", None),
        ("Home | World | Sport | Opinion\n\n", "", None),
        ("Mines laid at night\nFacebook Twitter RSS\n\n", "", None),
        ("Army stops relief to Holm\nHome | World | Sport | Opinion\n\n", "", None),
        ("Dear friends of the list\n\n", "", None),
    ],
)  # fmt: skip
def test_masthead_names_the_outlet_where_the_page_bears_it_out(
    top: str, foot: str, outlet: str | None
) -> None:
    (document,) = from_text(f"{top}Road opened after nine days\n\n{BODY}{foot}").documents
    assert document.outlet == outlet
    if outlet:
        assert document.title == "Road opened after nine days"


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        ("<title>Road open - Dale Post</title><a href='/'>The Dale Post</a>", "The Dale Post"),
        ("<a href='/'><img src='l.png' alt='Dale Post logo'></a>", "Dale Post"),
        ("<a href='/' aria-label='Dale Post home'><svg></svg></a>", "Dale Post"),
        ("<title>Nine days: road open :: DALE POST</title><a href='/'>DALE POST</a>", "Dale Post"),
        ("<a href='/'>Home</a>", None),
        ("<a href='/'>Holm Valley</a>", None),
        ("<a href='https://kestrel.example/'>Kestrel News</a>", None),
    ],
)
def test_link_to_the_first_page_names_the_site(head: str, outlet: str | None) -> None:
    page = from_html(f"{head}<h1>Road opened after nine days</h1><p>{PARA * 4}</p>")
    assert page.documents[0].outlet == outlet


@pytest.mark.parametrize(
    "inside",
    [
        "* * *\n\nThe night of the road\n\n",
        "* * *\n\n",
        "Share   Print\n\nThe night of the road\n\n",
        "-----\n\nNotes on the road\n\nIt rained.\n\n",
    ],
)
def test_breaks_inside_an_article_begin_none(inside: str) -> None:
    page = from_text(f"Road opened after nine days\n\n{BODY}{inside}{BODY}")
    assert [one.title for one in page.documents] == ["Road opened after nine days"]


@pytest.mark.parametrize(
    "between",
    [
        "Share   Print\n\n* * *\n\nFerry sinks off Holm\n\n",
        "* * *\n\nFerry sinks off Holm\n\nHOLM, 3 May – ",
        "-----\n\nFerry sinks off Holm\n\nBy Ann Okar\n\n",
        "###\n\nFerry sinks off Holm\n\nOur correspondent in Holm reports:\n\n",
        "Share   Print\n\nFerry sinks off Holm\n3 May 2031\n\n",
    ],
)
def test_breaks_with_a_new_head_begin_an_item(between: str) -> None:
    page = from_text(f"Road opened after nine days\n\n{BODY}{between}{BODY}")
    titles = [one.title for one in page.documents]
    assert titles == ["Road opened after nine days", "Ferry sinks off Holm"]
    assert page.own(1)[-1] == PARA.strip()


@pytest.mark.parametrize(
    "between",
    [
        "Print / Forward / Translate\n\n- - - - - - - -\n\nFERRY SINKS OFF HOLM\n\n",
        "- - - - - - - -\n\nFERRY SINKS OFF HOLM\n\n",
        "Print | Share\n\nFERRY SINKS OFF HOLM\n\n",
        "====================\nFERRY SINKS OFF HOLM\nDale Post reporters\n\n",
    ],
)
def test_titles_in_capitals_below_breaks_begin_items(between: str) -> None:
    top = "DALE POST\nNews from the valley\nHome / Road / Ferry / Library\n\n"
    page = from_text(f"{top}ROAD No. 4 OPENED AFTER NINE DAYS\n\n{BODY}{between}{BODY}")
    titles = [one.title for one in page.documents]
    assert titles == ["ROAD No. 4 OPENED AFTER NINE DAYS", "FERRY SINKS OFF HOLM"]


@pytest.mark.parametrize("inside", ["- - - - -\n\nTHE NIGHT\n\n", "THE NIGHT OF THE ROAD\n\n"])
def test_headings_in_capitals_alone_begin_no_item(inside: str) -> None:
    page = from_text(f"Road opened after nine days\n\n{BODY}{inside}{BODY}")
    assert [one.title for one in page.documents] == ["Road opened after nine days"]


def test_hour_of_publication_ends_no_sentence() -> None:
    page = from_text(f"Road opened\n\nWednesday 8 October 2031, 9.15 a.m.\n\n{BODY}")
    assert [(one.title, one.published) for one in page.documents] == [("Road opened", "2031-10-08")]


def test_boxes_inside_an_article_are_marked_whole() -> None:
    page = from_html(
        f"<h1>Road opened after nine days</h1><div><p>{PARA * 3}</p>"
        "<div>ADVERTISEMENT<br>Tyres fitted while you wait.</div>"
        f"<p>{PARA * 3}</p></div><div><h3>Newsletter</h3><p>The morning in five lines.</p>"
        "<form><button>Sign up</button></form></div>"
    )
    words = [page.page.text[one.start : one.end] for one in page.page.furniture]
    assert {"Tyres fitted while you wait.", "The morning in five lines."} <= set(words)
    assert all(PARA.strip() not in one for one in words)


def test_article_in_one_element_outlives_an_advertisement_in_it() -> None:
    inside = f"{PARA * 3}<br><br>ADVERTISEMENT<br><br>{PARA * 3}"
    page = from_html(f"<h1>Road opened after nine days</h1><div>{inside}</div>")
    marked = [page.page.text[one.start : one.end] for one in page.page.furniture]
    assert marked == ["ADVERTISEMENT"]


def test_byline_with_dashes_is_no_menu() -> None:
    page = from_text(
        f"Road opened after nine days\n\nBy Ann Okar (annokar.example - Home - Ann Okar)\n\n{BODY}"
    )
    assert page.documents[0].byline == "Ann Okar"
    assert page.page.furniture == ()
