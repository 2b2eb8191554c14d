"""Neutral headings of events, built from their fields; a source's words stand in quotation marks."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from firsthand.link.counts import ANYBODY
from firsthand.link.events import Group
from firsthand.link.lexicons import HEADINGS, spaced, type_row
from firsthand.link.views import View
from firsthand.model.claim import Place, Quantity
from firsthand.resources import read_table

AREAS: Final = frozenset({"neighbourhood", "district", "governorate", "country", "region"})
ANY: Final = "*"
TOLD_APART: Final = frozenset({"condition", "other"})
"""Groups of types whose name does not say what happened: words of a claim are added."""
MAX_WORDS: Final = 9
MAX_LETTERS: Final = 72
FEW_WORDS: Final = 5
"""Fewer than these seldom tell what a claim is about."""
NO_MARKS: Final = dict.fromkeys(map(ord, '“”„«»"'))
"""Inner quotation marks, of which a cut could leave one."""
Days = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class _Heading:
    """One row of the table: phrases that name what happened, or a kind of figure."""

    type: str
    what: str
    words: tuple[str, ...]
    heading: str


@cache
def _headings() -> tuple[_Heading, ...]:
    return tuple(
        _Heading(row["type"], row["what"], tuple(row["words"].split("|")), row["heading"])
        for row in read_table(HEADINGS)
    )


def event_title(group: Group, kind: str, place: Place | None, days: Days) -> str:
    """What happened, where, how many, when: "Earthquake reported at X: 12 to 15 killed, 2031-05-02".

    Where the type tells nothing and no figure does, the words of one claim stand in quotation
    marks. Nobody is named as having done it: that is what accounts differ on.
    """
    told = [view for view in group.views if not view.against] or list(group.views)
    title = _placed(kind, place)
    named = _named(kind, told)
    if named:
        title = f"{named} reported {_at(place)}"
    more = _counted(group, kind, told)
    if not more and type_row(kind).group in TOLD_APART:
        more = _quoted(told)
    when = _days(*days)
    return title + (f": {more}" if more else "") + (f", {when}" if when else "")


def _at(place: Place | None) -> str:
    name = None if place is None else place.name or place.as_written
    if place is None or name is None:
        return "at an unnamed place"
    return f"in {name}" if place.precision in AREAS else f"at {name}"


def _placed(kind: str, place: Place | None) -> str:
    at = _at(place)
    name = None if place is None else place.name or place.as_written
    template = type_row(kind).title or "{place}"
    of_place = f"of {name}" if name is not None else at
    return template.replace("{place}", at).replace("{of_place}", of_place)


def _named(kind: str, told: Sequence[View]) -> str | None:
    """What most claims of the event call it, where the table has a name for that."""
    rows = [row for row in _headings() if row.what == "named" and row.type == kind]
    if not rows:
        return None
    found: Counter[str] = Counter()
    for view in told:
        words = spaced(view.facts.text)
        found.update(row.heading for row in rows if any(f" {one} " in words for one in row.words))
    order = [row.heading for row in rows]
    return min(found, key=lambda name: (-found[name], order.index(name)), default=None)


def _counted(group: Group, kind: str, told: Sequence[View]) -> str | None:
    """The first figure of the table that is told, from the least to the most that origins give."""
    for row in _headings():
        if row.what == "counted" and row.type in {ANY, kind}:
            totals = sorted(_totals(group, row.words[0], told))
            if totals:
                low, high = _number(totals[0]), _number(totals[-1])
                number = low if low == high else f"{low} to {high}"
                return row.heading.replace("{n}", number)
    return None


def _totals(group: Group, kind: str, told: Sequence[View]) -> Iterator[float]:
    """The largest figure of each origin: the others of its figures are parts of it."""
    most: dict[str, float] = {}
    for view in told:
        for found, quantity in view.figures:
            value = quantity.value if quantity.value is not None else quantity.low
            if found == kind and value and _of_anybody(quantity):
                origin = group.settled[view.id].origin_id
                most[origin] = max(most.get(origin, 0.0), value)
    yield from most.values()


def _of_anybody(quantity: Quantity) -> bool:
    """Whether it counts all of a kind; a figure of children or of guards is a part."""
    words = (quantity.counted or "").casefold().split()[-1:]
    return not words or words[0] in ANYBODY or quantity.unit is not None


def _number(value: float) -> str:
    return f"{int(value):,}" if value == int(value) else f"{value:,g}"


def _quoted(told: Sequence[View]) -> str:
    """The first words of the claim that most articles tell, in quotation marks."""
    told_by = Counter(" ".join(view.facts.text.casefold().split()) for view in told)

    def rank(view: View) -> tuple[bool, int, int, str]:
        words = view.facts.text.split()
        told = " ".join(words)
        short = len(words) < FEW_WORDS
        return short, -told_by[told.casefold()], -min(len(told), MAX_LETTERS), view.id

    words = min(told, key=rank).facts.text.translate(NO_MARKS).split()
    some = words[:MAX_WORDS]
    while len(some) > 1 and len(" ".join(some)) > MAX_LETTERS:
        some.pop()
    return "“" + " ".join(some).strip(" ,;:.") + ("…”" if len(some) < len(words) else "”")


def _days(earliest: str | None, latest: str | None) -> str:
    if earliest is None and latest is None:
        return ""
    if earliest == latest and earliest is not None:
        return earliest
    if latest is None:
        return f"from {earliest}"
    return f"until {latest}" if earliest is None else f"{earliest} to {latest}"
