"""Writes docs/reference from the code: records, commands, settings, problem codes, licences.

usage: python tools/build_reference.py [--check]     --check fails where a page is out of date
"""

import argparse
import ast
import inspect
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import typer

from firsthand import config
from firsthand.cli.app import app_for
from firsthand.model import (
    capture,
    claim,
    document,
    event,
    judgement,
    lineage,
    linking,
    page,
    problem,
    reuse,
)
from firsthand.pipeline import PIPELINE
from firsthand.publish.export import EXPORTS

app = app_for(None)

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "reference"
MODULES = (capture, page, document, lineage, reuse, claim, event, linking, judgement, problem)
NOTE = "<!-- Written by tools/build_reference.py from the code; edit the docstrings there. -->\n"


def classes(module: object) -> Iterator[tuple[ast.ClassDef, str]]:
    """(class, its base's name) for every record and part of a module, in order."""
    tree = ast.parse(inspect.getsource(module))  # type: ignore[arg-type]  # typer and ast type it wider
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node, ast.unparse(node.bases[0]) if node.bases else ""


def fields(node: ast.ClassDef) -> Iterator[tuple[str, str, str, str]]:
    """(name, type, default, meaning) of the annotated fields of a class."""
    for at, item in enumerate(node.body):
        if not isinstance(item, ast.AnnAssign) or not isinstance(item.target, ast.Name):
            continue
        after = node.body[at + 1] if at + 1 < len(node.body) else None
        told = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
        meaning = " ".join(str(after.value.value).split()) if told else ""  # type: ignore[union-attr]  # typer and ast type it wider
        default = ast.unparse(item.value) if item.value is not None else ""
        yield item.target.id, ast.unparse(item.annotation), default, meaning


def cell(text: str) -> str:
    """Text for a cell of a Markdown table."""
    return text.replace("|", "\\|").replace("\n", " ")


def record_page() -> str:
    """The data dictionary: every record with every field."""
    lines = ["# Records\n", NOTE, "Every table and export, field by field. Offsets are half-open, "]
    lines[-1] += "in Unicode code points of the page's text.\n"
    lines.append("Files of an export: " + ", ".join(f"`{name}`" for name in exported()) + ".\n")
    for module in MODULES:
        lines.append(f"## {(module.__doc__ or '').strip().splitlines()[0]}\n")
        for node, base in classes(module):
            if base not in ("Record", "Part"):
                continue
            lines.append(f"### {node.name}\n")
            lines.append((ast.get_docstring(node) or "").replace("\n", " ") + "\n")
            lines.append("| field | type | default | meaning |\n|---|---|---|---|")
            lines += [
                f"| `{name}` | `{cell(kind)}` | {f'`{cell(default)}`' if default else ''} "
                f"| {cell(meaning)} |"
                for name, kind, default, meaning in fields(node)
            ]
            lines.append("")
    return "\n".join(lines)


def exported() -> list[str]:
    """Names of the files of an export."""
    return sorted([*EXPORTS, "captures", "judgements", "meta"])


def command_page() -> str:
    """Every command with its options."""
    lines = ["# Commands\n", NOTE, f"{(app_doc())}\n"]
    root = typer.main.get_command(app)
    for name in sorted(getattr(root, "commands", {})):
        command = root.commands[name]  # type: ignore[attr-defined]  # typer and ast type it wider
        lines.append(f"## firsthand {name}\n")
        lines.append(re.sub(r"\n\s*\n", "\n\n", inspect.cleandoc(command.help or "")) + "\n")
        lines.append("| argument or option | meaning | default |\n|---|---|---|")
        for parameter in command.params:
            options = [*parameter.opts, *parameter.secondary_opts]
            is_option = any(name.startswith("-") for name in options)
            names = ", ".join(options) if is_option else (parameter.metavar or parameter.name)
            default = "" if parameter.default in (None, False) else f"`{parameter.default}`"
            text = getattr(parameter, "help", None) or ""
            lines.append(f"| `{cell(names)}` | {cell(text)} | {cell(default)} |")
        lines.append("")
    return "\n".join(lines)


def app_doc() -> str:
    """What the command line's own docstring says of exit statuses."""
    module = sys.modules[app.registered_callback.callback.__module__]  # type: ignore[union-attr]  # typer and ast type it wider
    return " ".join((module.__doc__ or "").split("\n\n", 1)[-1].split())


def setting_page() -> str:
    """Every setting with its default."""
    lines = ["# Settings\n", NOTE, "Written in `firsthand.toml` of a project; all are optional.\n"]
    for node, _ in classes(config):
        rows = list(fields(node))
        if not rows:
            continue
        section = node.name.removesuffix("Settings").lower()
        lines.append(f"## {'top level' if not section else f'[{section}]'}\n")
        lines.append((ast.get_docstring(node) or "") + "\n")
        lines.append("| setting | type | default | meaning |\n|---|---|---|---|")
        lines += [
            f"| `{name}` | `{cell(kind)}` | `{cell(default)}` | {cell(meaning)} |"
            for name, kind, default, meaning in rows
            if "field(" not in default
        ]
        lines.append("")
    return "\n".join(lines)


def stage_page() -> str:
    """The eight stages: what each reads and writes."""
    lines = ["# Stages\n", NOTE, "| stage | scope | reads | writes |\n|---|---|---|---|"]
    for stage in PIPELINE:
        reads = ", ".join(r.__name__ for r in dict.fromkeys((*stage.prepare_reads, *stage.reads)))
        writes = ", ".join(r.__name__ for r in dict.fromkeys((*stage.prepares, *stage.writes)))
        lines.append(f"| {stage.name} | {stage.scope.value} | {reads} | {writes} |")
    return "\n".join([*lines, ""])


def data_page() -> str:
    """Packaged data with sources and licences."""
    manifest = tomllib.loads((ROOT / "src/firsthand/data/MANIFEST.toml").read_text())
    lines = ["# Packaged data\n", NOTE, "| file | source | licence | builder |\n|---|---|---|---|"]
    lines += [
        f"| `{row['path']}` | {cell(row['source'])} | {cell(row['licence'])} "
        f"| {cell(row.get('builder', ''))} |"
        for row in manifest.get("resource", [])
    ]
    return "\n".join([*lines, ""])


PAGES = {
    "records.md": record_page,
    "commands.md": command_page,
    "settings.md": setting_page,
    "stages.md": stage_page,
    "data.md": data_page,
}


def main() -> int:
    """Write the pages, or say which are out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    TARGET.mkdir(parents=True, exist_ok=True)
    stale = []
    for name, make in PAGES.items():
        path, text = TARGET / name, make().rstrip() + "\n"
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            path.write_text(text, encoding="utf-8")
    if check and stale:
        print(f"out of date: {', '.join(stale)}; run python tools/build_reference.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
