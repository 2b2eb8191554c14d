"""One small edition for all tests here; none of them writes to it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from edition_factory import build
from firsthand.publish import edition
from firsthand.store.project import Project


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with every state a screen can show."""
    return build(tmp_path_factory.mktemp("pile") / "orlan")


@pytest.fixture
def db(project: Project) -> Iterator[sqlite3.Connection]:
    """The edition of that project, open for reading."""
    with closing(edition.connect(project.edition)) as opened:
        yield opened
