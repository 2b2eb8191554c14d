"""What a page's head says: described articles, meta elements, canonical address."""

import json

import pytest

from firsthand.extract.metadata import Head, read_head
from firsthand.extract.tree import parse
from page_factory import from_html

BODY = "<h1>Road opened after nine days</h1><p>" + "The road was opened, the council said. " * 8


def head_of(markup: str) -> Head:
    root = parse(markup)
    assert root is not None
    return read_head(root)


def json_ld(data: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(data)}</script>"


ARTICLE = {
    "@type": ["NewsArticle"],
    "headline": "Road opened",
    "datePublished": "2031-03-12",
    "author": [{"name": "Ann Okar"}, "Tom Brand"],
    "publisher": {"name": "Dale Post"},
    "isBasedOn": {"@type": "NewsArticle", "url": "https://wire.example/1"},
    "citation": "Holm Radio, morning news",
    "sourceOrganization": {"name": "Northern Wire"},
    "creditText": "NW",
}


@pytest.mark.parametrize("data", [ARTICLE, [ARTICLE], {"@graph": [{"@type": "WebPage"}, ARTICLE]}])
def test_articles_are_found_wherever_json_ld_puts_them(data: object) -> None:
    (article,) = head_of(json_ld(data) + BODY).articles
    assert article.headline == "Road opened"
    assert article.authors == ("Ann Okar", "Tom Brand")
    assert article.publisher == "Dale Post"
    assert article.based_on == ("https://wire.example/1", "Holm Radio, morning news")
    assert (article.source_organization, article.credit_text) == ("Northern Wire", "NW")


@pytest.mark.parametrize("script", ["{", "[" * 5000, "null", '"x"', "{}", '{"@type": 3}', "[1, 2]"])
def test_broken_json_ld_is_passed_over(script: str) -> None:
    assert head_of(f"<script type='application/ld+json'>{script}</script>{BODY}").articles == ()


def test_the_better_meta_element_wins() -> None:
    head = head_of(
        "<meta name='date' content='2031-01-01'>"
        "<meta property='article:published_time' content='2031-03-12'>"
        "<meta name='author' content='Ann  Okar'><link rel='canonical' href='/road'>" + BODY
    )
    assert head.first("published") == "2031-03-12"
    assert head.first("author") == "Ann Okar"
    assert head.canonical == "/road"


def test_the_canonical_address_is_made_absolute() -> None:
    page = from_html(f"<link rel='canonical' href='/road'>{BODY}", "https://post.example/?id=7")
    assert page.documents[0].url == "https://post.example/road"


def test_no_address_is_made_up_for_a_file() -> None:
    assert from_html(f"<link rel='canonical' href='/road'>{BODY}").documents[0].url is None
