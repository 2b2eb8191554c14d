"""One small edition for all tests here; none of them writes to it."""

import pytest

from edition_factory import build
from firsthand.store.project import Project


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with every state a screen can show."""
    return build(tmp_path_factory.mktemp("pile") / "orlan")
