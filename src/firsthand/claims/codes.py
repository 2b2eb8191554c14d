"""Codes: from a claim's type, words and agent to ACLED, PLOVER and UCDP, with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import msgspec

from firsthand.model.claim import Actor, Codes
from firsthand.resources import read_table

TABLE = "lexicons/event_codes.tsv"
STATE = frozenset(("state", "military", "police", "ministry"))
ARMED = STATE | {"armed_group"}


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing a row asks for."""

    kind: str
    """word, pred or agent."""
    single: frozenset[str]
    """Alternatives of one word; for an agent the kinds of actor."""
    groups: tuple[tuple[str, ...], ...]
    """Alternatives of several words, each a group of which all must hold."""


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One row of the code table: all of its conditions must hold."""

    when: str
    conditions: tuple[Condition, ...]
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
        conditions = tuple(_condition(part) for part in row["when"].split("&") if part)
        made = CodeRow(row["when"], conditions, codes, row["reason"])
        found.setdefault(row["type"], []).append(made)
    return {name: tuple(rows) for name, rows in found.items()}


def _condition(text: str) -> Condition:
    """A condition from its text: "word:a|b,c" asks for a, or for b and c."""
    kind, _, rest = text.partition(":")
    options = [option for option in rest.split("|") if option]
    single = frozenset(option for option in options if "," not in option and " " not in option)
    groups = tuple(
        tuple(f" {part} " for part in option.split(","))
        for option in options
        if option not in single
    )
    if kind == "agent":
        kinds = [{"state": STATE, "armed": ARMED}.get(name, {name}) for name in single]
        single = frozenset().union(*kinds)
    return Condition(kind, single, groups)


def _one_holds(
    row: Condition, words: tuple[str, list[str]], predicate: str, actors: Sequence[Actor]
) -> bool:
    if row.kind == "pred":
        return predicate in row.single
    if row.kind == "word":
        if not row.single.isdisjoint(words[1]):
            return True
        return any(all(part in words[0] for part in group) for group in row.groups)
    if row.kind == "agent":
        return any(a.role in ("agent", "besieger") and a.actor_kind in row.single for a in actors)
    return True


WILLED = {"AGREE": frozenset(("AID", "CONSULT", "COOPERATE", "RETREAT", "SUPPORT", "CONCEDE")),
          "THREATEN": frozenset(("ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "REJECT", "SANCTION"))}  # fmt: skip
"""What PLOVER calls the will to do something, by what it would be: cooperation, or a hostile act."""
WISHED = frozenset(("order", "propose", "ask"))
"""Cue types under which what is told is asked for."""


def by_mood(codes: Codes, cue: str, modal: str, *, foretold: bool) -> tuple[Codes, str]:
    """The codes of what is not done yet, and what made them so.

    PLOVER codes an act that is demanded as REQUEST, one that its doer announces as AGREE or
    THREATEN; `cue` is the type of the cue under which it is told. ACLED has no such distinction.
    """
    if codes.plover is None or codes.plover[0] in ("ACCUSE", "AGREE", "REQUEST", "THREATEN"):
        return codes, ""
    if cue in WISHED or modal in ("must", "should", "ought"):
        return msgspec.structs.replace(codes, plover=("REQUEST", "change")), " (demanded)"
    if not foretold or cue == "predict":
        return codes, ""
    willed = next(name for name, kinds in WILLED.items() if codes.plover[0] in kinds)
    return msgspec.structs.replace(codes, plover=(willed, None)), " (announced)"


def codes_of(kind: str, words: str, predicate: str, actors: Sequence[Actor]) -> tuple[Codes, str]:
    """The codes of a claim and why; `words` is its lower-case text padded with blanks."""
    told = (words, words.split())
    for row in _rows().get(kind, ()):
        for one in row.conditions:
            if not _one_holds(one, told, predicate, actors):
                break
        else:
            condition = f" ({row.when})" if row.when else ""
            return row.codes, f"{kind}: {row.reason}{condition}"
    return Codes(), f"{kind}: no row of the code table"
