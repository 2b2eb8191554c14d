"""The plan of a pile: heavy-tailed families of pages, each member with its operation, parent, outlet and day."""

import heapq
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Final

from generate_outlets import Outlet, agencies, draw_outlet
from generate_prose import Article, nearby
from generate_story import Story
from generate_truth import Trace
from generate_words import Pick

FIRST_DAY: Final = date(2031, 1, 6)
DAYS: Final = 300  # days the invented crisis lasts
MAX_DELAY: Final = 3_000  # pages between a parent and its copy at most; bounds memory
COPIES: Final = frozenset({"copy_credit", "copy_uncredited", "rewrite", "rewrite_credit", "chain"})


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares and weights of a pile; weights need not add up to anything."""

    single: float = 0.72
    tail: float = 1.15
    most: int = 800
    wire: float = 0.18
    operations: tuple[tuple[str, float], ...] = (
        ("copy_credit", 3.0),
        ("copy_uncredited", 1.5),
        ("excerpt_credit", 2.0),
        ("excerpt_uncredited", 1.0),
        ("quotation", 2.0),
        ("rewrite", 1.0),
        ("rewrite_credit", 1.0),
        ("chain", 1.5),
        ("two_articles", 0.8),
    )
    dates: tuple[tuple[str, float], ...] = (("right", 0.6), ("missing", 0.25), ("misleading", 0.15))

    def changed(self, text: str) -> "Rates":
        """Return the rates with `name=weight,…` replaced; an unknown name is a ValueError listing all."""
        numbers = {
            "single": self.single,
            "tail": self.tail,
            "most": float(self.most),
            "wire": self.wire,
        }
        operations, dates = dict(self.operations), dict(self.dates)
        for part in filter(None, text.split(",")):
            name, _, value = part.partition("=")
            table = next((t for t in (numbers, operations, dates) if name in t), None)
            if table is None:
                known = ", ".join([*numbers, *operations, *dates])
                message = f"no rate is called {name!r}; give name=weight with one of: {known}"
                raise ValueError(message)
            table[name] = float(value)
        return Rates(
            numbers["single"], numbers["tail"], int(numbers["most"]), numbers["wire"],
            tuple(operations.items()), tuple(dates.items()),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """One planned page of a family; `parent` is an index into the family, None for the root."""

    index: int
    operation: str
    parent: int | None
    outlet: Outlet
    day: date
    delay: int
    depth: int


@dataclass(slots=True)
class Known:
    """What children need of a page that was emitted."""

    source: str
    outlet: Outlet
    story: Story
    traces: list[Trace]


@dataclass(slots=True)
class Family:
    """Pages that go back to one text; `wire` is the agency whose report nobody captured."""

    slot: int
    members: list[Member]
    wire: Outlet | None
    parents: frozenset[int]
    known: dict[int, Known] = field(default_factory=dict)
    root: Article | None = None


def weighted(table: tuple[tuple[str, float], ...], rnd: Pick) -> str:
    """Draw a name by its weight."""
    at = rnd() * sum(weight for _, weight in table)
    for name, weight in table:
        at -= weight
        if at < 0:
            return name
    return table[-1][0]


def _size(rates: Rates, rnd: Pick) -> int:
    """Draw a family size: mostly 1, else 2 and more with a power-law tail."""
    if rnd() < rates.single:
        return 1
    return min(rates.most, 1 + int((1.0 - rnd()) ** (-1.0 / rates.tail)))


def _delay(rnd: Pick) -> int:
    """Draw the pages between parent and child, log-uniform up to `MAX_DELAY`."""
    return int(math.exp(rnd() * math.log(MAX_DELAY)))


def _follower(
    index: int, members: list[Member], wire: Outlet | None, rates: Rates, rnd: Pick
) -> Member:
    """Plan one more member of a family."""
    operation = weighted(rates.operations, rnd)
    if wire is not None and rnd() < 0.7:
        operation = "common_source"
    parent: int | None = 0
    if operation == "common_source":
        parent = None
    elif operation == "chain":
        copies = [m.index for m in members[-8:] if m.operation in COPIES and m.depth < 3]
        if copies:
            parent = copies[int(rnd() * len(copies))]
        else:
            operation = "copy_credit"
    source = members[0 if parent is None else parent]
    outlet = draw_outlet(rnd, source.outlet)
    delay = source.delay + _delay(rnd)
    depth = 0 if parent is None else source.depth + 1
    return Member(index, operation, parent, outlet, nearby(source.day, rnd, 4), delay, depth)


def plan_family(seed: int, slot: int, rates: Rates) -> Family:
    """Plan the family that starts at page number `slot`, from the seed and the slot alone."""
    rnd = Random(f"family/{seed}/{slot}").random
    size = _size(rates, rnd)
    wire = agencies()[int(rnd() * len(agencies()))] if size > 1 and rnd() < rates.wire else None
    # A pile grows in page order, its crisis in time: days spread over all of it at random.
    day = FIRST_DAY + timedelta(days=int(rnd() * DAYS))
    operation = "original" if wire is None else "common_source"
    members = [Member(0, operation, None, draw_outlet(rnd, wire), day, 0, 0)]
    for index in range(1, size):
        members.append(_follower(index, members, wire, rates, rnd))
    parents = frozenset(m.parent for m in members if m.parent is not None)
    return Family(slot, members, wire, parents)


def schedule(seed: int, rates: Rates) -> Iterator[tuple[Family, Member]]:
    """Yield page after page without end: parents before their copies, the same for any pile size."""
    due: list[tuple[int, int, int, Family]] = []
    slot = 0
    while True:
        if due and due[0][0] <= slot:
            _, _, index, family = heapq.heappop(due)
            yield family, family.members[index]
        else:
            family = plan_family(seed, slot, rates)
            for member in family.members[1:]:
                heapq.heappush(due, (slot + member.delay, slot, member.index, family))
            yield family, family.members[0]
        slot += 1
