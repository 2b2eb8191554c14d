"""Files for readers elsewhere: one dossier as one file, and a site of all that may be public."""

import base64
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

import markupsafe
from starlette.requests import Request
from starlette.responses import Response

from firsthand.errors import FirsthandError
from firsthand.model.claim import Entity
from firsthand.model.document import Document
from firsthand.model.event import Event
from firsthand.model.page import Page
from firsthand.publish import edition, read
from firsthand.publish.masks import is_address
from firsthand.publish.public_views import NamesOf, public_dossier
from firsthand.registry import Registry, project_registry
from firsthand.server.reply import missing
from firsthand.server.site import site
from firsthand.server.templates import render
from firsthand.store.project import Project
from firsthand.store.tables import DiskTables

STATIC: Final = resources.files("firsthand") / "web" / "static"
FONTS_IN_FILE: Final = ("inter-latin-wght-normal", "source-serif-4-latin-wght-normal")
"""Fonts that a single file carries; other scripts are shown in the reader's own fonts."""
ROBOTS: Final = "User-agent: *\nDisallow: /\n"
MARK: Final = "firsthand-site.txt"
"""Stands in a folder that this made; only such a folder is written over."""


def registry_of(project: Project) -> Registry:
    """The register that says whose names are public."""
    own = project.project_files().get("actors.tsv")
    return project_registry(own.content if own else None)


@cache
def styles() -> markupsafe.Markup:
    """All styles of a single file, with its fonts in it: our own files, put in as they are."""
    faces = (STATIC / "fonts.css").read_text(encoding="utf-8")
    kept = [face for face in re.findall(r"@font-face\{.*?\}", faces) if _carried(face)]
    sheet = (STATIC / "firsthand.css").read_text(encoding="utf-8")
    return markupsafe.Markup("".join(map(_with_font, kept)) + sheet)  # noqa: S704 - our own stylesheet


def _carried(face: str) -> bool:
    return any(f"{name}.woff2" in face for name in FONTS_IN_FILE)


def _with_font(face: str) -> str:
    name = re.search(r"url\(fonts/([\w.-]+)\)", face)
    content = (STATIC / "fonts" / name[1]).read_bytes() if name else b""
    data = base64.b64encode(content).decode()
    return re.sub(r"url\([^)]*\)", f"url(data:font/woff2;base64,{data})", face)


def dossier_file(db: sqlite3.Connection, project: Project, event_id: str) -> str | None:
    """One dossier as one file that asks for nothing else; None where there is no such event."""
    with names_of(project) as named:
        found = public_dossier(db, event_id, registry_of(project), named)
    if found is None:
        return None
    facts = edition.meta(db)
    return render("public_dossier.html", p=found, styles=styles(), home=None, facts=facts)


def download(request: Request) -> Response:
    """The dossier of an event as a file to keep or to send."""
    key = request.path_params["id"]
    with site(request).reading() as db:
        text = dossier_file(db, site(request).project, key)
    if text is None:
        return missing(request, f"this edition has no event with the id {key}")
    name = re.sub(r"[^\w-]", "_", key)
    return Response(
        text.encode("utf-8"),
        media_type="text/html; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.html"'},
    )


@dataclass(frozen=True)
class Published:
    """What a site holds."""

    events: int
    texts: int


def write_site(project: Project, out: Path, *, with_texts: bool = False) -> Published:
    """Write the site; a folder that holds anything else is refused."""
    if out.exists() and any(out.iterdir()) and not (out / MARK).is_file():
        message = f"{out} is not empty and was not made by publish; choose another folder"
        raise FirsthandError(message)
    try:
        with closing(edition.connect(project.edition)) as db:
            return _write(db, project, out, with_texts=with_texts)
    except OSError as error:
        message = f"cannot write the site into {out}: {error.strerror}"
        raise FirsthandError(message) from error


def _write(db: sqlite3.Connection, project: Project, out: Path, *, with_texts: bool) -> Published:
    for folder in ("e", "d", "fonts"):
        (out / folder).mkdir(parents=True, exist_ok=True)
        for old in (out / folder).iterdir():
            old.unlink()
    (out / MARK).write_text("Made by firsthand publish; made anew each time.\n", encoding="utf-8")
    (out / "robots.txt").write_text(ROBOTS, encoding="utf-8")
    faces = (STATIC / "fonts.css").read_text(encoding="utf-8")
    sheet = faces + (STATIC / "firsthand.css").read_text(encoding="utf-8")
    (out / "style.css").write_text(sheet, encoding="utf-8")
    for font in sorted((STATIC / "fonts").iterdir(), key=lambda one: one.name):
        (out / "fonts" / font.name).write_bytes(font.read_bytes())
    facts = edition.meta(db)
    rows = list(_dossiers(db, project, out, facts))
    texts = list(_texts(db, out)) if with_texts else []
    index = render("public_index.html", rows=rows, texts=texts, facts=facts)
    (out / "index.html").write_text(index, encoding="utf-8")
    return Published(len(rows), len(texts))


def _dossiers(
    db: sqlite3.Connection, project: Project, out: Path, facts: dict[str, str]
) -> Iterator[tuple[str, str, Event]]:
    """The dossiers of all events, one file each: (id, file, event as shown)."""
    registry = registry_of(project)
    with names_of(project) as named:
        for key in _events(db):
            found = public_dossier(db, key, registry, named)
            if found is not None:
                page = render("public_dossier.html", p=found, styles=None, home="../", facts=facts)
                name = f"{re.sub(r'[^A-Za-z0-9-]', '_', key)}.html"
                (out / "e" / name).write_text(page, encoding="utf-8")
                yield key, name, found.dossier.event


@contextmanager
def names_of(project: Project) -> Iterator[NamesOf]:
    """Reads the names found on pages from the project's tables; none where it has none."""
    if not project.tables.is_dir():
        yield lambda _pages: ()
        return
    with closing(project.index()) as index:
        tables = DiskTables(index, project.parts, (Entity,), project.scratch)
        try:
            yield lambda pages: tables.rows(Entity, pages)
        finally:
            tables.close()


def _events(db: sqlite3.Connection) -> Iterator[str]:
    rows = db.execute("SELECT id FROM event ORDER BY n_pages DESC, id").fetchall()
    return (str(row[0]) for row in rows)


def _texts(db: sqlite3.Connection, out: Path) -> Iterator[tuple[str, str, str]]:
    """The full texts of all articles, one file each: (file, outlet, title)."""
    for document in list(read.select(db, Document)):
        page = read.get(db, Page, document.page_id)
        if page is None:
            continue
        name = f"{re.sub(r'[^A-Za-z0-9-]', '_', document.document_id)}.html"
        text = render(
            "public_text.html",
            document=document,
            text=page.text[document.start : document.end],
            url=page.source if is_address(page.source) else None,
            sha256=page.sha256,
        )
        (out / "d" / name).write_text(text, encoding="utf-8")
        yield name, document.outlet or "", document.title or ""
