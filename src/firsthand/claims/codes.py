"""Codes: from a claim's type, words and agent to ACLED, PLOVER and UCDP, with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from firsthand.model.claim import Actor, Codes
from firsthand.resources import read_table

TABLE = "lexicons/event_codes.tsv"
STATE = frozenset(("state", "military", "police", "ministry"))
ARMED = STATE | {"armed_group"}


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One row of the code table."""

    when: str
    kind: str
    groups: tuple[tuple[str, ...], ...]
    codes: Codes
    reason: str


@cache
def _rows() -> dict[str, tuple[CodeRow, ...]]:
    found: dict[str, list[CodeRow]] = {}
    for row in read_table(TABLE):
        acled = (row["acled_event"], row["acled_sub_event"]) if row["acled_event"] else None
        plover = (row["plover"], row["plover_mode"] or None) if row["plover"] else None
        ucdp = int(row["ucdp"]) if row["ucdp"] else None
        codes = Codes(acled=acled, plover=plover, ucdp=ucdp)
        found.setdefault(row["type"], []).append(
            CodeRow(
                row["when"],
                row["when"].partition(":")[0],
                _groups(row["when"]),
                codes,
                row["reason"],
            )
        )
    return {name: tuple(rows) for name, rows in found.items()}


def _groups(when: str) -> tuple[tuple[str, ...], ...]:
    """The alternatives of a condition, each a group of which all must hold, padded for words."""
    kind, _, rest = when.partition(":")
    pad = " " if kind == "word" else ""
    return tuple(
        tuple(f"{pad}{part}{pad}" for part in group.split(",")) for group in rest.split("|")
    )


def _holds(row: CodeRow, words: str, predicate: str, actors: Sequence[Actor]) -> bool:
    if row.kind == "pred":
        return any(predicate == group[0] for group in row.groups)
    if row.kind == "word":
        return any(all(part in words for part in group) for group in row.groups)
    if row.kind == "agent":
        name = row.groups[0][0]
        wanted = {"state": STATE, "armed": ARMED}.get(name, frozenset((name,)))
        return any(a.role in ("agent", "besieger") and a.actor_kind in wanted for a in actors)
    return True


def codes_of(kind: str, words: str, predicate: str, actors: Sequence[Actor]) -> tuple[Codes, str]:
    """The codes of a claim and why; `words` is its lower-case text padded with blanks."""
    for row in _rows().get(kind, ()):
        if _holds(row, words, predicate, actors):
            condition = f" ({row.when})" if row.when else ""
            return row.codes, f"{kind}: {row.reason}{condition}"
    return Codes(), f"{kind}: no row of the code table"
