"""What each command says it does, read from its module's source without loading what it needs."""

import ast
from functools import cache
from importlib.abc import InspectLoader
from importlib.util import find_spec

import typer


def named(app: typer.Typer, command: str, group: str) -> None:
    """Add a command that only has a name and a summary, for a list of commands."""

    def listed() -> None:
        """Stand in for a command that is not loaded."""

    of_group = _group_help(group, command)
    if of_group is None:
        app.command(command, help=summary(group, command))(listed)
        return
    below = typer.Typer(name=command, help=of_group)
    below.command()(listed)
    app.add_typer(below)


def summary(group: str, command: str) -> str:
    """The text that a command's help opens with; empty where its module shows none."""
    of_group = _group_help(group, command)
    if of_group is not None:
        return of_group
    for node in _tree(group).body:
        if isinstance(node, ast.FunctionDef) and node.name.strip("_") == command:
            return (ast.get_docstring(node) or "").split("\n\n")[0]
    return ""


def _group_help(group: str, command: str) -> str | None:
    """The help of a command that holds others (a Typer of its own), or None."""
    for node in _tree(group).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            given = {word.arg: word.value for word in node.value.keywords}
            told = [given.get(word) for word in ("name", "help")]
            texts = [one.value for one in told if isinstance(one, ast.Constant)]
            if texts[:1] == [command]:
                return str(texts[-1])
    return None


@cache
def _tree(group: str) -> ast.Module:
    name = f"firsthand.cli.{group}"
    spec = find_spec(name)
    loader = spec.loader if spec is not None else None
    source = loader.get_source(name) if isinstance(loader, InspectLoader) else None
    return ast.parse(source or "")
