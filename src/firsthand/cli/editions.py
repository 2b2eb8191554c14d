"""Opens the edition of a project for a command, and says what to do about a damaged one."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from firsthand.errors import ProjectError
from firsthand.publish import edition
from firsthand.store.project import Project


@contextmanager
def edition_of(project: Project) -> Iterator[sqlite3.Connection]:
    """The edition, read-only; damage met while it is read is an error that says how to mend it."""
    with damage_told(project), closing(edition.connect(project.edition)) as db:
        yield db


@contextmanager
def damage_told(project: Project) -> Iterator[None]:
    """Turn SQLite's words about a damaged edition into ours."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) and "no such" not in str(error):
            raise  # busy, full or read-only: the file itself may be whole
        message = (
            f"{project.edition} is damaged or of another version ({error}); "
            f"make it anew with: firsthand run {project.folder} --rebuild"
        )
        raise ProjectError(message) from error
