"""One row of a project's own table of places or actors, found by what a person calls it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from firsthand.errors import ResourceError

R = TypeVar("R")


def one_row(rows: Sequence[R], key: str, names: Callable[[R], tuple[str, str]]) -> R | None:
    """The row with an id, else the only one with a name, whatever its case; None for none.

    `names` gives a row's id and name. Two rows of one name are an error that tells their ids.
    """
    by_id = next((row for row in rows if names(row)[0] == key), None)
    if by_id is not None:
        return by_id
    called = [row for row in rows if names(row)[1].casefold() == key.casefold()]
    if len(called) > 1:
        ids = ", ".join(names(row)[0] for row in called)
        message = f"{len(called)} rows are called {key!r}; say which by its id: {ids}"
        raise ResourceError(message)
    return called[0] if called else None


def no_row(noun: str, key: str) -> str:
    """What to say where a row to be taken out is not there."""
    return (
        f"the project has no {noun} of its own with the id or name {key!r}; its own are listed "
        "with `list`, and packaged ones cannot be taken out"
    )


def checked_fields(fields: Mapping[str, str], known: Collection[str]) -> None:
    """Refuse a field that no column is called by."""
    wrong = sorted(set(fields) - set(known))
    if wrong:
        message = (
            f"no column is called {', '.join(map(repr, wrong))}; there are: {', '.join(known)}"
        )
        raise ResourceError(message)
