"""The command line as a fixture."""

import pytest

from command_line import CommandLine, command_line


@pytest.fixture(scope="session")
def firsthand() -> CommandLine:
    return command_line()
