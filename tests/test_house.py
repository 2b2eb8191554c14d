"""The house rules that no linter knows: file and function length, first sentences, no strays."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
MAX_FILE, MAX_FUNCTION = 400, 60


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_file_is_short_and_opens_with_one_sentence(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MAX_FILE
    docstring = ast.get_docstring(ast.parse(text)) or ""
    assert docstring.strip(), "the file says nothing of itself"


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_functions_are_short(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    long = {
        node.name: (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > MAX_FUNCTION
    }
    assert long == {}


SUPPRESSION = re.compile(r"# (type: ignore|noqa)")
WITH_REASON = re.compile(
    r"# (type: ignore\[[a-z, -]+\]  # \w|noqa: [A-Z]+\d+(, [A-Z]+\d+)*( - |  )\w)"
)


def test_every_suppression_names_its_rule_and_says_why_it_is_there() -> None:
    bare = [
        f"{relative(path)}:{number}"
        for path in SOURCES
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if SUPPRESSION.search(line) and not WITH_REASON.search(line)
    ]
    assert bare == []


def test_nothing_generated_or_private_is_committed() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    names = listed.stdout.splitlines()
    stray = [
        name
        for name in names
        if any(
            part in {"__pycache__", ".venv", ".tools", "node_modules"} for part in name.split("/")
        )
        or name.endswith((".pyc", ".sqlite", ".log"))
    ]
    assert stray == []
    heavy = [
        name for name in names if (ROOT / name).is_file() and (ROOT / name).stat().st_size > 30e6
    ]
    assert heavy == []
