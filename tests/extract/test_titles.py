"""Headlines among headings: of the article, not of the site, and of the page above its blocks."""

import pytest

from page_factory import from_html

PARA = (
    "<p>The road through the valley was opened on Wednesday after nine days, the ministry said. "
    "Forty lorries had passed by noon, and two drivers said they had seen no mines.</p>"
)
BODY = PARA * 4
TITLE = "Road opened after nine days"


@pytest.mark.parametrize(
    ("markup", "outlet"),
    [
        (f"<title>{TITLE} | Dale Post</title><h1>{TITLE}</h1>{BODY}", "Dale Post"),
        (
            f"<title>Dale Post » {TITLE}</title><h1>Dale Post</h1><h2>{TITLE}</h2>{BODY}",
            "Dale Post",
        ),
        (
            f"<title>Dale Post</title><h1 id='site-title'>Dale Post</h1><h2>{TITLE}</h2>{BODY}",
            "Dale Post",
        ),
        (f"<header><h1>{TITLE}</h1></header>{BODY}<h2>Why the road matters</h2>{PARA}", None),
        (f"<div class='entry-title'>{TITLE}</div>{BODY}", None),
        (f"<div><font size=5>{TITLE}</font></div><div>By Ann Okar</div>{BODY}", None),
    ],
)
def test_the_headline_is_the_articles_own(markup: str, outlet: str | None) -> None:
    (document,) = from_html(markup).documents
    assert document.title == TITLE
    assert document.outlet == outlet


def test_blocks_of_a_live_page_are_one_article() -> None:
    block = "<article><time datetime='2031-03-12T10:00Z'>10:00</time><h2>{}</h2>{}</article>"
    page = from_html(
        "<title>Valley war live: road opened | Dale Post</title>"
        "<h1>Valley war live: road opened</h1>"
        + block.format("Lorries pass the bridge", BODY)
        + block.format("Shelling stopped at night", BODY)
    )
    (document,) = page.documents
    assert document.title == "Valley war live: road opened"
    assert document.published is None
