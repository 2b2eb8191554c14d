"""The list of commands is told without loading them, and tells the same."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from firsthand.cli.app import GROUPS, app_for
from firsthand.cli.summaries import summary

HEAVY = ("pyarrow", "duckdb", "lxml", "onnxruntime", "starlette", "httpx")


def test_named_commands_read_as_the_loaded_ones() -> None:
    helps = [CliRunner().invoke(app_for(how), ["--help"]).output for how in (None, "--help")]
    assert helps[0] == helps[1]


@pytest.mark.parametrize("group", GROUPS)
def test_every_command_has_a_summary(group: str) -> None:
    assert all(summary(group, command) for command in GROUPS[group])
    assert summary(group, "no such command") == ""


def test_help_loads_nothing_heavy() -> None:
    asked = f"""
import sys
from firsthand.cli import app
sys.argv = ["firsthand", "--help"]
try:
    app.main()
except SystemExit:
    pass
sys.exit(" ".join(sorted(set(sys.modules) & set({HEAVY!r}))) or 0)
"""
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
