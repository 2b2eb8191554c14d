"""The articles of a page: how many, what is theirs, their title, byline and outlet."""

import pytest

from page_factory import from_file, from_html, from_text

PARA = (
    "The road through the valley was opened on Wednesday after nine days, the ministry said. "
    "Forty lorries had passed by noon, and two drivers said they had seen no mines.\n\n"
)
BODY = PARA * 3


def test_two_articles_of_a_blog_page() -> None:
    page = from_file("two_articles.html")
    assert [one.title for one in page.documents] == [
        "Valley road reopens after nine-day blockade",
        "Hospital in Tarsk without power for third day",
    ]
    assert [one.byline for one in page.documents] == ["Ann Okar", "Tom Brand"]
    assert [one.published for one in page.documents] == ["2031-03-12", "2031-03-11"]
    assert {one.outlet for one in page.documents} == {"Dale Post"}
    assert page.documents[0].dateline == "TARSK"
    assert page.documents[0].end < page.documents[1].start
    assert "Council votes on bread price" not in "".join(page.own(1) + page.own(2))


def test_two_articles_of_a_wrapped_letter() -> None:
    page = from_file("wrapped.txt")
    assert [one.title for one in page.documents] == [
        "Convoy turned back at Holm bridge",
        "Mayor of Tarsk denies that he left town",
    ]
    assert page.own(1)[-1].endswith("asked for an airdrop if the road stayed shut.")
    assert len(page.own(2)) == 5


def test_a_layout_of_tables_inside_a_form() -> None:
    page = from_file("table_layout.html")
    (document,) = page.documents
    assert document.title == "Garrison of Ember Ford holds out, colonel says"
    assert document.byline == "Lena Marsh"
    assert (document.outlet, document.outlet_basis) == ("Ember Herald", "title")
    assert (document.published, document.published_basis) == ("2031-04-02", "metadata")
    assert "Hidden words" not in page.page.text
    assert "Source: Holm Radio" in page.own()
    assert page.furniture()["Ferry sinks off Holm"] == "teaser"


def test_an_arabic_page_with_described_metadata() -> None:
    page = from_file("arabic.html")
    (document,) = page.documents
    assert document.language == "ar"
    assert document.byline == "سلمى ناجي"
    assert document.outlet == "صحيفة السهل"
    assert page.page.metadata.based_on == ("https://northernwire.example/ar/22",)
    assert page.page.metadata.credit_text == "وكالة الشمال"
    assert "المصدر: وكالة الشمال" in page.own()


def test_a_russian_text_with_dateline() -> None:
    page = from_file("russian.txt")
    (document,) = page.documents
    assert document.language == "ru"
    assert document.byline == "Анна Окар"
    assert (document.published, document.published_basis) == ("2031-03-12", "text")
    assert document.dateline == "ТАРСК, 12 марта. /Северная лента/."
    assert document.outlet == "Газета «Долина»"
    assert page.furniture()["Паром затонул у Хольма"] == "teaser"


def test_repeated_heads_begin_articles() -> None:
    text = (
        f"Road opened after nine days\n\nBy Ann Okar\nSource: Northern Wire\n{BODY}\n\n"
        f"Valley: council claims mines were laid at night\n\nBy Tom Brand\nSource: Holm Radio\n{BODY}"
    )
    page = from_text(text)
    assert [one.byline for one in page.documents] == ["Ann Okar", "Tom Brand"]
    assert page.documents[1].start == text.index("Valley: council")


@pytest.mark.parametrize(
    "inside",
    [
        "Mines were laid at night, council says\n\n",
        "Update, 4 p.m.\n\n",
        "Holm Radio reports:\n\n",
        "Mines were laid at night, council says\nBy Tom Brand\nA short note.\n\n",
    ],
)
def test_headings_updates_and_excerpts_do_not_begin_articles(inside: str) -> None:
    page = from_text(f"Road opened after nine days\n\nBy Ann Okar\n\n{BODY}{inside}{PARA}")
    assert len(page.documents) == 1


def test_chronicles_are_one_article() -> None:
    text = f"The valley war so far\n\n12 March 2031\n{BODY}\nThe siege begins here\n\n14 May 2031\n{BODY}"
    assert len(from_text(text).documents) == 1


def test_teasers_and_nested_articles_are_no_articles() -> None:
    para = "<p>" + PARA.strip() + "</p>"
    page = from_html(
        f"<body><main><article><h1>Road opened after nine days</h1>{para * 3}"
        f"<article><h2>Update at noon</h2>{para * 3}</article>{para}</article>"
        "<article><h2>Ferry sinks</h2><p>Two were saved.</p></article></main></body>"
    )
    assert [one.title for one in page.documents] == ["Road opened after nine days"]
    assert sum(PARA.strip() in one for one in page.own()) == 7


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Road opened after nine days\n\nRoad opened after nine days\n\n{BODY}",
         "Road opened after nine days"),
        (f"Facebook Twitter RSS\n\nRoad: “first lorries” pass\n\nBurnt lorry near Holm\n\n{BODY}",
         "Road: “first lorries” pass"),
        (f"# Road opened\n\n{BODY}", "Road opened"),
        (f"Who opened the road?\n\n{BODY}", "Who opened the road?"),
        (BODY, None),
        ((f"We use cookies on this site. Read our notice.\n\nRoad opened after nine days\n"
         f"Published 12 March 2031\n\n{BODY}"), "Road opened after nine days"),
    ],
)  # fmt: skip
def test_titles_of_plain_texts(text: str, title: str | None) -> None:
    (document,) = from_text(text).documents
    assert document.title == title
    if title is not None:
        assert text[document.title_start : document.title_end] == title


def test_a_title_that_only_metadata_gives_has_no_place_in_the_text() -> None:
    page = from_html(f"<title>Road opened after nine days</title><p>{BODY}</p>")
    (document,) = page.documents
    assert document.title == "Road opened after nine days"
    assert document.title_start is None


def test_an_element_named_like_furniture_that_holds_the_article_is_not() -> None:
    para = "<p>" + PARA.strip() + "</p>"
    page = from_html(
        f"<body><h1>Road opened after nine days</h1><div class='sidebar'>{para * 5}</div>"
        "<div class='sidebar'><a href='/x'>Ferry sinks off Holm</a></div></body>"
    )
    assert len(page.own()) == 6
    assert page.furniture() == {"Ferry sinks off Holm": "teaser"}
