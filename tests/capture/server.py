"""A local web server for tests, with every manner of misbehaviour a fetcher meets."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGES: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/robots.txt": (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /closed\n"),
    "/page": (200, {"Content-Type": "text/html; charset=ISO-8859-2"}, b"<p>page</p>"),
    "/closed": (200, {"Content-Type": "text/html"}, b"<p>closed</p>"),
    "/moved": (301, {"Location": "/page"}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/elsewhere": (302, {"Location": "ftp://127.0.0.1/page"}, b""),
    "/missing": (404, {}, b"no"),
    "/empty": (200, {"Content-Type": "text/html"}, b""),
    "/large": (200, {"Content-Type": "text/html"}, b"x" * 50_000),
    "/feed": (
        200,
        {"Content-Type": "application/rss+xml"},
        (
            b"<rss version='2.0'><channel><title>The Delta Courier</title><item><title>Bridge cut</title>"
            b"<link>http://delta.example/bridge</link><pubDate>Mon, 05 May 2031 08:00:00 GMT</pubDate>"
            b"<source url='http://wire.example/feed'>Harbour Wire</source></item></channel></rss>"
        ),
    ),
}


class Handler(BaseHTTPRequestHandler):
    seen: list[str]
    flaky: dict[str, int]

    def do_GET(self) -> None:
        self.seen.append(self.path)
        if self.path == "/flaky" and self.flaky.setdefault("left", 2) > 0:
            self.flaky["left"] -= 1
            self._answer(503, {"Retry-After": "1"}, b"")
        elif self.path == "/flaky":
            self._answer(200, {"Content-Type": "text/html"}, b"<p>at last</p>")
        else:
            self._answer(*PAGES.get(self.path, (404, {}, b"")))

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[tuple[str, list[str]]]:
    """(address, paths asked for) of a running server."""
    seen: list[str] = []
    handler = type("H", (Handler,), {"seen": seen, "flaky": {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
