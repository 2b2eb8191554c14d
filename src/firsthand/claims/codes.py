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
    single: frozenset[str]
    """Alternatives of one word."""
    groups: tuple[tuple[str, ...], ...]
    """Alternatives of several words, each a group of which all must hold."""
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
                *_alternatives(row["when"]),
                codes,
                row["reason"],
            )
        )
    return {name: tuple(rows) for name, rows in found.items()}


def _alternatives(when: str) -> tuple[frozenset[str], tuple[tuple[str, ...], ...]]:
    """The alternatives of a condition: single words, and groups of which all must hold."""
    options = [option for option in when.partition(":")[2].split("|") if option]
    single = frozenset(option for option in options if "," not in option and " " not in option)
    groups = tuple(
        tuple(f" {part} " for part in option.split(","))
        for option in options
        if option not in single
    )
    return single, groups


def _holds(row: CodeRow, words: str, predicate: str, actors: Sequence[Actor]) -> bool:
    if row.kind == "pred":
        return predicate in row.single
    if row.kind == "word":
        if not row.single.isdisjoint(words.split()):
            return True
        return any(all(part in words for part in group) for group in row.groups)
    if row.kind == "agent":
        name = row.when.partition(":")[2]
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
