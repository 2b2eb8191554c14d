"""HTML becomes the text a reader sees, block by block, with the element of each."""

import lxml.html
import pytest

from firsthand.extract.linearise import linearise
from firsthand.extract.tree import flat_text, parse
from page_factory import from_html


def text_of(markup: str) -> str:
    root = parse(markup)
    assert root is not None
    return linearise(root, 100_000).text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One\n   two</p><p>three</p>", "One two\nthree"),
        ("<p>a <b>bold</b>, <i>it</i>alic</p>", "a bold, italic"),
        ("<p>one<br>two</p>", "one\ntwo"),
        ("<h1>one<br>two</h1>", "one two"),
        ("<div>loose<p>para</p>tail</div>", "loose\npara\ntail"),
        ("<p>no\u00a0break  space</p>", "no\u00a0break space"),
        ("<p>seen</p><p hidden>not</p><p style='display: none'>nor</p>", "seen"),
        ("<p>a</p><script>b</script><style>c</style><!-- d --><noscript>e</noscript>", "a"),
        ("<p>x <img alt='A burnt lorry'> y</p>", "x y\nA burnt lorry"),
        ("<table><tr><th>Town</th><td>14</td></tr><tr><td>b</td><td>3</td></tr></table>",
         "Town\t14\nb\t3"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("<p>&lt;b&gt; &amp; &#8220;q&#8221;</p>", "<b> & “q”"),
        ("<ul><li>one</li><li><p>two</p></li></ul>", "one\ntwo"),
        ("<details><summary>More</summary>inside</details>", "More\ninside"),
    ],
)  # fmt: skip
def test_text_is_what_a_reader_sees(markup: str, text: str) -> None:
    assert text_of(markup) == text


def test_paths_lead_back_to_the_element() -> None:
    markup = "<html><body><div><p>a</p><p>b <em>c</em></p></div><div>d</div></body></html>"
    root = parse(markup)
    assert root is not None
    for line in linearise(root, 1000).lines:
        (element,) = root.getroottree().xpath(line.path)
        assert isinstance(element, lxml.html.HtmlElement)
        assert "".join(element.itertext()).strip() == line.text


def test_links_keep_their_words_and_address() -> None:
    page = from_html(
        "<p>See <a href='/full' rel='nofollow'> the full report </a>.</p>"
        "<blockquote cite='https://wire.example/1'>We left.</blockquote>",
        "https://post.example/a/b",
    ).page
    found = [(page.text[one.start : one.end], one.url, one.element) for one in page.links]
    assert found == [
        ("the full report", "https://post.example/full", "a"),
        ("We left.", "https://wire.example/1", "blockquote"),
    ]


def test_text_longer_than_allowed_is_cut() -> None:
    root = parse("<p>" + "word " * 100 + "</p><p>more</p>")
    assert root is not None
    found = linearise(root, 50)
    assert found.cut
    assert len(found.text) == 50


def test_flat_text_leaves_scripts_and_tags_out() -> None:
    markup = "<div><script>if (a < b) {}</script><p>x &amp; <b>y</b></p><style>p{}</style>z</div>"
    assert flat_text(markup) == "x & y\nz"
