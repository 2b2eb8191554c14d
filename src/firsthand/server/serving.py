"""Runs the web server: on this machine only, unless a token is set."""

import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx
import uvicorn

from firsthand.errors import FirsthandError
from firsthand.publish import basemap, home, lists, review_queue, search
from firsthand.server.app import create_app
from firsthand.server.site import Site

START_SECONDS = 20.0
"""The server is up in well under a second; a machine under load may take longer."""
FETCH_SECONDS = 60.0


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host.strip("[]"), port))
        # Whoever reads the address at once waits for the server instead of being turned away.
        bound.listen()
    except OSError as error:
        bound.close()
        message = f"cannot listen on {host} port {port}: {error.strerror}; choose another --port"
        raise FirsthandError(message) from error
    return bound


def address_of(bound: socket.socket, host: str) -> str:
    """The address to open in a browser."""
    name = f"[{host.strip('[]')}]" if ":" in host else host
    return f"http://{name}:{bound.getsockname()[1]}/"


def _server(site: Site) -> uvicorn.Server:
    config = uvicorn.Config(
        create_app(site),
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=2,
        ws="none",
        lifespan="off",
    )
    return uvicorn.Server(config)


def serve(site: Site, bound: socket.socket) -> None:
    """Serve until the process is told to end; what many screens need is made ready meanwhile."""
    threading.Thread(target=_make_ready, args=(site,), daemon=True).start()
    _server(site).run(sockets=[bound])


def _make_ready(site: Site) -> None:
    """Read what the first visitor of the map, the lists, the search or the queue would wait for."""
    basemap.load()
    with suppress(FirsthandError, sqlite3.DatabaseError), site.reading() as db:
        lists.filters(db, {})
        search.search(db, {})
        review_queue.queue(db, site.project.judgements.standing())
        home.home(db)


@contextmanager
def serving(site: Site, bound: socket.socket) -> Iterator[None]:
    """Serve from a thread of this process while the block runs."""
    server = _server(site)
    worker = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    worker.start()
    ready = threading.Event()
    waited = 0.0
    while not server.started and worker.is_alive() and waited < START_SECONDS:
        ready.wait(0.02)
        waited += 0.02
    try:
        if not server.started:
            message = f"the server did not start within {START_SECONDS:.0f} seconds"
            raise FirsthandError(message)
        yield
    finally:
        server.should_exit = True
        worker.join(5)


def fetch(address: str) -> httpx.Response:
    """One page of a server on this machine; environment proxies are not used."""
    with httpx.Client(trust_env=False, timeout=FETCH_SECONDS) as client:
        return client.get(address)
