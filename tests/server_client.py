"""Talks to the application in this process, one request at a time."""

import asyncio
from pathlib import Path
from typing import Any

import httpx

from firsthand.server.app import create_app
from firsthand.server.site import Site
from firsthand.store.project import Project


class Client:
    """A visitor without a network."""

    def __init__(self, site: Site) -> None:
        self.app = create_app(site)

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        async def once() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(
                transport=transport, base_url="http://127.0.0.1:8000"
            ) as client:
                return await client.request(method, path, **more)

        return asyncio.run(once())

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.ask("GET", path, **more)


def client_of(project: Project | Path, **rules: Any) -> Client:
    opened = project if isinstance(project, Project) else Project(project)
    return Client(Site(project=opened, **rules))
