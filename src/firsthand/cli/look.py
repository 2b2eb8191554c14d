"""Commands that look into a project: show, why."""

import typer


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    for command in ():
        app.command()(command)
