"""Small piles and whole editions for the laws of the pipeline."""

import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

import msgspec

from firsthand import dating, intake
from firsthand.intake import Custody
from firsthand.pipeline import run
from firsthand.publish.edition import connect
from firsthand.publish.tables import EDITION_TABLES
from firsthand.store.project import Project, create

EXAMPLE = Path(__file__).parents[2] / "examples" / "tessuk"
PAGES = EXAMPLE / "pages"
CUSTODY = Custody(at="2031-05-04T00:00:00+00:00", by="tester")


def project_of(folder: Path, **settings: str) -> Project:
    """A new project with the example's own gazetteer and actors."""
    project = create(folder, name="tessuk")
    for name in ("gazetteer.csv", "actors.tsv"):
        (folder / name).write_bytes((EXAMPLE / name).read_bytes())
    lines = ['name = "tessuk"', *(f"{key} = {value}" for key, value in settings.items())]
    (folder / "firsthand.toml").write_text("\n".join(lines) + "\n")
    return Project(project.folder)


def add_pages(project: Project, names: Collection[str], *, dated: bool = True) -> None:
    """Take in pages of the example pile, with the dates they do not show."""
    given = dating.read_dates_file(EXAMPLE / "dates.toml")
    for name in names:
        intake.add(project, [PAGES / name], CUSTODY)
        if dated and name in given:
            dating.set_dates(project, {name: given[name]}, CUSTODY)


def page_names() -> list[str]:
    """The pages of the example pile, in order."""
    return sorted(path.name for path in PAGES.iterdir())


Dump = dict[str, list[tuple[str, str, str]]]


def edition_rows(project: Project) -> Dump:
    """Every row of an edition, by table: what must not depend on how it came about."""
    with closing(connect(project.edition)) as db:
        found: Dump = {}
        for table in EDITION_TABLES:
            rows = db.execute(f"SELECT id, unit, body FROM {table.name} ORDER BY id, unit")
            found[table.name] = [tuple(row) for row in rows]
        for search, table_name in (("claim_search", "claim"), ("document_search", "document")):
            found[search] = _search_rows(db, search, table_name)
    return found


def _search_rows(db: sqlite3.Connection, search: str, table: str) -> list[tuple[str, str, str]]:
    sql = (
        f"SELECT {table}.id, {table}.unit, {search}.words FROM {search} "
        f"JOIN {table} ON {table}.key = {search}.rowid ORDER BY 1, 2"
    )
    return [tuple(row) for row in db.execute(sql)]


def differing(one: Dump, other: Dump) -> dict[str, tuple[int, int, list[str]]]:
    """Table to (rows only in one, rows only in other, examples); empty where all are equal."""
    found: dict[str, tuple[int, int, list[str]]] = {}
    for name in one:
        left, right = set(one[name]) - set(other[name]), set(other[name]) - set(one[name])
        if left or right:
            sample = [msgspec.json.encode(row).decode()[:1500] for row in sorted(left | right)[:4]]
            found[name] = (len(left), len(right), sample)
    return found


def finished(folder: Path, names: Collection[str], **settings: str) -> Project:
    """A project with these pages, run once."""
    project = project_of(folder, **settings)
    add_pages(project, names)
    run(project)
    return project
