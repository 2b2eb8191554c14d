"""The demonstration: the pile that ships with firsthand, taken in, run, and looked at."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from firsthand import dating, intake, pipeline
from firsthand.engine.run import Progress
from firsthand.errors import FirsthandError, ResourceError
from firsthand.intake import Custody
from firsthand.publish import edition, home
from firsthand.server import serving
from firsthand.server.site import Site
from firsthand.server.templates import address
from firsthand.store.files import write_whole
from firsthand.store.project import PROJECT_FILES, Project, create

EXAMPLE = "tessuk"
NAME = "The siege of Tessuk (example)"


def example_folder(name: str = EXAMPLE) -> Path:
    """Where an example pile lies: in the installed package, or in a source checkout."""
    packaged = resources.files("firsthand") / "data" / "examples" / name
    checkout = Path(__file__).parents[3] / "examples" / name
    for folder in (Path(str(packaged)), checkout):
        if (folder / "pages").is_dir():
            return folder
    message = f"the example pile {name!r} did not come with this installation; reinstall firsthand"
    raise ResourceError(message)


def build(folder: Path, custody: Custody, progress: Progress) -> Project:
    """A project of the example pile at `folder`, brought up to date; made where it is missing."""
    pile = example_folder()
    project = create(folder, name=NAME)
    for name in PROJECT_FILES:
        if (pile / name).is_file() and not (folder / name).exists():
            write_whole(folder / name, (pile / name).read_bytes())
    with project.writing():
        report = intake.add(project, [pile / "pages"], custody)
        if report.added and (pile / "dates.toml").is_file():
            dating.set_dates(project, dating.read_dates_file(pile / "dates.toml"), custody)
    pipeline.run(project, progress=progress)
    return project


@dataclass(frozen=True)
class Fetched:
    """One page the demonstration fetched from itself."""

    address: str
    status: int
    size: int
    words: str
    """A word that must stand in it, and does where the page is right."""
    right: bool


def check(site: Site) -> Sequence[Fetched]:
    """Serve the project on a free port and fetch its first pages."""
    host = "127.0.0.1"
    bound = serving.listen(host, 0)
    base = serving.address_of(bound, host).rstrip("/")
    with serving.serving(site, bound):
        return [_fetched(base, path, words) for path, words in first_pages(site)]


def _fetched(base: str, path: str, words: str) -> Fetched:
    answer = serving.fetch(base + path)
    right = answer.status_code == 200 and words in answer.text
    return Fetched(base + path, answer.status_code, len(answer.content), words, right)


def first_pages(site: Site) -> Iterator[tuple[str, str]]:
    """The first screen and the first dossier, each with words that must be on it."""
    with site.reading() as db:
        yield "/", "firsthand"
        yield address("e", first_event(db)), "Who got it from whom"


def first_event(db: sqlite3.Connection) -> str:
    """The event that the first screen shows first."""
    view = home.home(db)
    for event in (*view.repeated, *view.disputed, *view.several):
        return event.event_id
    row = db.execute("SELECT id FROM event ORDER BY n_pages DESC, id LIMIT 1").fetchone()
    if row is None:
        message = f"the example pile gave no event; edition: {edition.summary(db)}"
        raise FirsthandError(message)
    return str(row[0])
