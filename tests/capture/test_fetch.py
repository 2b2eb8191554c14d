"""Fetching against a real local server: politeness, limits, redirects, private addresses."""

import ipaddress
import socket
from collections.abc import Iterator

import pytest

from capture.server import serving
from firsthand.capture.addresses import Resolver, is_public
from firsthand.capture.feeds import feed_pages, listed_pages, sitemap_pages
from firsthand.capture.fetch import Fetcher, Wanted
from firsthand.capture.items import Item, Refused
from firsthand.capture.politeness import Clock
from firsthand.config import CaptureSettings, FetchSettings
from firsthand.errors import FetchError


class Time:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.at = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def fetcher(time: Time) -> Iterator[Fetcher]:
    clock = Clock(now=lambda: time.at, sleep=time.sleep)
    settings = FetchSettings(timeout_seconds=5, max_redirects=3, retries=2, delay_seconds=0.5)
    capture = CaptureSettings(max_page_bytes=10_000)
    with Fetcher(settings, capture, allow_private=True, clock=clock) as made:
        yield made


def one(fetcher: Fetcher, url: str) -> Item | Refused:
    (found,) = fetcher.pages([Wanted(url=url)])
    return found


def test_page_keeps_bytes_status_headers_and_charset(fetcher: Fetcher) -> None:
    with serving() as (base, _):
        found = one(fetcher, f"{base}/page")
    assert isinstance(found, Item)
    assert (found.content, found.media_type, found.charset) == (
        b"<p>page</p>",
        "text/html",
        "iso-8859-2",
    )
    assert found.http is not None
    assert found.http.status == 200
    assert "content-length" in {name.lower() for name, _ in found.http.headers}


def test_redirect_is_followed_and_remembered(fetcher: Fetcher) -> None:
    with serving() as (base, _):
        found = one(fetcher, f"{base}/moved")
    assert isinstance(found, Item)
    assert found.source == f"{base}/moved"
    assert found.http is not None
    assert (found.http.url, found.http.redirects) == (f"{base}/page", (f"{base}/moved",))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/closed", "closed to robots"),
        ("/loop", "redirects more than 3 times"),
        ("/elsewhere", "not an http or https address"),
        ("/missing", "answered 404"),
        ("/empty", "without content"),
        ("/large", "larger than 10,000 bytes"),
    ],
)
def test_refusal_says_why(fetcher: Fetcher, path: str, words: str) -> None:
    with serving() as (base, _):
        found = one(fetcher, base + path)
    assert isinstance(found, Refused)
    assert words in found.detail
    assert found.source == base + path


def test_closed_page_is_never_asked_for(fetcher: Fetcher) -> None:
    with serving() as (base, seen):
        one(fetcher, f"{base}/closed")
    assert seen == ["/robots.txt"]


def test_passing_failure_is_retried_after_the_time_the_server_asks(
    fetcher: Fetcher, time: Time
) -> None:
    with serving() as (base, _):
        found = one(fetcher, f"{base}/flaky")
    assert isinstance(found, Item)
    assert time.slept.count(1.0) == 2


def test_requests_to_one_host_keep_their_distance(fetcher: Fetcher, time: Time) -> None:
    with serving() as (base, _):
        list(fetcher.pages([Wanted(url=f"{base}/page")] * 3))
    assert time.slept == [0.5] * 3


def test_unreachable_host_becomes_a_refusal(fetcher: Fetcher) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = one(fetcher, f"http://127.0.0.1:{port}/page")
    assert isinstance(found, Refused)
    assert "could not be fetched" in found.detail


def test_private_address_is_refused_unless_allowed() -> None:
    with serving() as (base, seen), Fetcher(FetchSettings(), CaptureSettings()) as strict:
        found = one(strict, f"{base}/page")
    assert isinstance(found, Refused)
    assert "not a public address" in found.detail
    assert seen == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd00:ec2::254",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::127.0.0.1",
    ],
)
def test_address_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_address_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_a_name_with_one_private_address_among_public_ones_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entries = [(2, 1, 6, "", ("8.8.8.8", 80)), (2, 1, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kw: entries)
    with pytest.raises(FetchError, match="not a public address"):
        Resolver().resolve("trap.example", 80)


def test_feed_gives_pages_with_what_it_says_of_them(fetcher: Fetcher) -> None:
    with serving() as (base, _):
        (page,) = feed_pages(fetcher.get(f"{base}/feed").content, f"{base}/feed")
    assert page.url == "http://delta.example/bridge"
    assert page.hints is not None
    assert (page.hints.title, page.hints.published) == ("Bridge cut", "2031-05-05")
    assert (page.hints.outlet, page.hints.feed_source) == ("The Delta Courier", "Harbour Wire")


def test_sitemap_gives_pages_and_further_sitemaps() -> None:
    ns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    pages, further = sitemap_pages(
        f"<urlset {ns}><url><loc> http://a.example/1 </loc></url></urlset>".encode(), "u"
    )
    assert ([page.url for page in pages], further) == (["http://a.example/1"], [])
    pages, further = sitemap_pages(
        f"<sitemapindex {ns}><sitemap><loc>http://a.example/s</loc></sitemap></sitemapindex>".encode(),
        "u",
    )
    assert (pages, further) == ([], ["http://a.example/s"])


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE x [<!ENTITY a "b">]><urlset/>',
        b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset>&f;</urlset>',
        b"not xml",
    ],
)
def test_hostile_sitemap_is_refused(content: bytes) -> None:
    with pytest.raises(FetchError, match="no sitemap"):
        sitemap_pages(content, "http://a.example/sitemap.xml")


def test_url_list_skips_comments_and_blank_lines() -> None:
    text = "# pages\n\n http://a.example/1 \nhttp://a.example/2\n"
    assert [page.url for page in listed_pages(text)] == [
        "http://a.example/1",
        "http://a.example/2",
    ]
