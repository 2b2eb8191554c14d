"""An HTTP transport that connects only to addresses that were looked up and checked."""

import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

from firsthand.capture.addresses import Resolver

SocketOptions = Iterable[Any]


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to the very address that the resolver checked."""

    def __init__(self, resolver: Resolver) -> None:
        """Connections to what `resolver` allows."""
        self._resolver = resolver
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions | None = None,
    ) -> httpcore.NetworkStream:
        """Look the host up, check it, connect to that address."""
        address = self._resolver.resolve(host, port)
        return self._inner.connect_tcp(address, port, timeout, local_address, socket_options)

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: SocketOptions | None = None,
    ) -> httpcore.NetworkStream:
        """Refuse: pages do not come out of local sockets."""
        del timeout, socket_options
        message = f"pages are not fetched from the local socket {path}"
        raise httpcore.UnsupportedProtocol(message)


class CheckedTransport(httpx.BaseTransport):
    """`httpx` over connections that `CheckedBackend` makes; no proxy of the environment."""

    def __init__(self, resolver: Resolver) -> None:
        """Connections to what `resolver` allows."""
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(), network_backend=CheckedBackend(resolver)
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        sent = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        with _as_httpx():
            answer = self._pool.handle_request(sent)
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        with _as_httpx():
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


@contextmanager
def _as_httpx() -> Iterator[None]:
    """Errors of the lower library as those that callers of `httpx` expect."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise httpx.TimeoutException(str(error) or "no answer in time") from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise httpx.TransportError(str(error) or type(error).__name__) from error
    except httpcore.UnsupportedProtocol as error:
        raise httpx.UnsupportedProtocol(str(error)) from error
