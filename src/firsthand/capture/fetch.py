"""Fetches pages: polite, bounded, every hop of a redirect checked before it is followed."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

import httpx

from firsthand.capture.addresses import Resolver
from firsthand.capture.items import Item, Refused
from firsthand.capture.politeness import MAX_DELAY, Clock, Politeness
from firsthand.capture.transport import CheckedTransport
from firsthand.config import CaptureSettings, FetchSettings
from firsthand.errors import FetchError
from firsthand.model.capture import Hints, Http

RETRIED: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that may pass (RFC 9110, 6585)."""

ROBOTS_BYTES = 512_000
"""RFC 9309 asks that at least 500 KiB of a robots.txt be read."""


@dataclass(frozen=True)
class Wanted:
    """A page to fetch, and what its feed says of it."""

    url: str
    hints: Hints | None = None


@dataclass(frozen=True)
class Answer:
    """What a server answered, its body read within limits."""

    status: int
    url: str
    headers: tuple[tuple[str, str], ...]
    content: bytes
    redirects: tuple[str, ...]

    def header(self, name: str) -> str:
        """The first header of that name, or an empty string."""
        return next((value for key, value in self.headers if key.lower() == name), "")


class Fetcher:
    """Fetches one page after another; use it as a context manager."""

    def __init__(
        self,
        fetch: FetchSettings,
        capture: CaptureSettings,
        *,
        allow_private: bool = False,
        clock: Clock | None = None,
    ) -> None:
        """A fetcher with these limits; `allow_private` lets it reach the own network."""
        self._settings = fetch
        self._max_bytes = capture.max_page_bytes
        self._clock = clock or Clock(now=time.monotonic, sleep=time.sleep)
        self._politeness = Politeness(fetch.user_agent, fetch.delay_seconds, self._clock)
        self._client = httpx.Client(
            transport=CheckedTransport(Resolver(allow_private=allow_private)),
            headers={"User-Agent": fetch.user_agent},
            timeout=fetch.timeout_seconds,
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        """Begin fetching."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close all connections."""
        del kind, error, trace
        self._client.close()

    def pages(self, wanted: Iterable[Wanted]) -> Iterator[Item | Refused]:
        """Fetch pages in order; each gives an item or the reason why there is none."""
        for page in wanted:
            try:
                yield self._item(page, self.get(page.url))
            except FetchError as error:
                yield Refused(source=page.url, code="not_fetched", detail=str(error))

    def _item(self, page: Wanted, answer: Answer) -> Item:
        if not 200 <= answer.status < 300:
            message = f"{page.url} answered {answer.status}; open it in a browser to see why"
            raise FetchError(message)
        if not answer.content:
            message = f"{page.url} answered without content"
            raise FetchError(message)
        media_type, _, parameters = answer.header("content-type").partition(";")
        charset = parameters.partition("charset=")[2].split(";")[0].strip().strip("\"'").lower()
        return Item(
            source=page.url,
            content=answer.content,
            media_type=media_type.strip().lower() or "application/octet-stream",
            charset=charset or None,
            http=Http(
                status=answer.status,
                url=answer.url,
                headers=answer.headers,
                redirects=answer.redirects,
            ),
            hints=page.hints,
        )

    def get(self, url: str) -> Answer:
        """Fetch a URL, following redirects hop by hop; a `FetchError` says why it cannot be."""
        hops: list[str] = []
        here = url
        while True:
            self._check_robots(here)
            answer = self._with_retries(here, self._max_bytes)
            target = answer.header("location")
            if answer.status not in (301, 302, 303, 307, 308) or not target:
                return Answer(answer.status, here, answer.headers, answer.content, tuple(hops))
            hops.append(here)
            here = str(httpx.URL(here).join(target))
            if len(hops) > self._settings.max_redirects:
                message = f"{url} redirects more than {self._settings.max_redirects} times"
                raise FetchError(message)

    def _check_robots(self, url: str) -> None:
        origin = _origin(url)
        if not self._settings.respect_robots:
            return
        if not self._politeness.knows(origin):
            answer = self._with_retries(f"{origin}/robots.txt", ROBOTS_BYTES, cut=True)
            if answer.status >= 500:
                message = f"{origin}/robots.txt answered {answer.status}; try again later"
                raise FetchError(message)
            found = answer.content if 200 <= answer.status < 300 else b""
            self._politeness.learn(origin, found.decode("utf-8", "replace"))
        if not self._politeness.allows(origin, url):
            message = f"{url} is closed to robots by {origin}/robots.txt; save it by hand instead"
            raise FetchError(message)

    def _with_retries(self, url: str, limit: int, *, cut: bool = False) -> Answer:
        for attempt in range(self._settings.retries + 1):
            last = attempt == self._settings.retries
            self._politeness.wait(_origin(url))
            try:
                answer = self._once(url, limit, cut=cut)
            except httpx.HTTPError as error:
                if last:
                    reason = str(error) or type(error).__name__
                    message = f"{url} could not be fetched: {reason}"
                    raise FetchError(message) from error
                self._clock.sleep(2.0**attempt)
                continue
            if answer.status not in RETRIED or last:
                return answer
            self._clock.sleep(_pause(answer.header("retry-after"), attempt))
        message = f"{url} was not tried: fetch.retries must be 0 or more"
        raise FetchError(message)

    def _once(self, url: str, limit: int, *, cut: bool) -> Answer:
        began = self._clock.now()
        body = bytearray()
        with self._client.stream("GET", url) as response:
            for chunk in response.iter_bytes(65_536):
                body += chunk
                if len(body) > limit and not cut:
                    message = f"{url} is larger than {limit:,} bytes (capture.max_page_bytes)"
                    raise FetchError(message)
                if len(body) > limit:
                    break
                if self._clock.now() - began > 10 * self._settings.timeout_seconds:
                    message = f"{url} trickles: no whole page in {10 * self._settings.timeout_seconds:g} s"
                    raise FetchError(message)
            headers = tuple(response.headers.multi_items())
            return Answer(response.status_code, url, headers, bytes(body[:limit]), ())


def _origin(url: str) -> str:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        message = f"{url[:200]!r} is not a URL ({error})"
        raise FetchError(message) from error
    if parsed.scheme not in ("http", "https") or not parsed.host:
        message = f"{url[:200]!r} is not an http or https address"
        raise FetchError(message)
    port = f":{parsed.port}" if parsed.port else ""
    host = f"[{parsed.host}]" if ":" in parsed.host else parsed.host
    return f"{parsed.scheme}://{host}{port}"


def _pause(retry_after: str, attempt: int) -> float:
    """Seconds to wait: what the server asks for within reason, else doubling."""
    if retry_after.strip().isdecimal():
        return min(float(retry_after), MAX_DELAY)
    return 2.0**attempt
