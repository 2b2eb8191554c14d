"""Who holds a place: accounts that name different holders at one time."""

from collections.abc import Collection, Mapping

from firsthand.link.conflict_rows import conflict
from firsthand.link.views import View, main_place
from firsthand.model.event import Conflict


def control_conflicts(
    views: Mapping[str, View], pairs: Collection[tuple[str, str]]
) -> list[Conflict]:
    """Accounts by which different parties hold one place at one time, in id order."""
    found: dict[str, Conflict] = {}
    for one, other in sorted(pairs):
        a, b = views[one], views[other]
        if a.against or b.against or a.doers & b.doers or not _meet(a, b):
            continue
        holders = (" and ".join(sorted(a.doers)), " and ".join(sorted(b.doers)))
        place = main_place(a)
        where = "the place" if place is None else place.name or place.as_written
        row = conflict(
            None,
            "contradiction",
            "control",
            {a.id: holders[0], b.id: holders[1]},
            f"{where} is held by {holders[0]} in one account and by {holders[1]} in another.",
        )
        found[row.conflict_id] = row
    return [found[key] for key in sorted(found)]


def _meet(one: View, other: View) -> bool:
    """Whether both tell of one time; without any time on one side nothing contradicts."""
    if not one.dated or not other.dated:
        return False
    low = (
        max(v.earliest for v in (one, other) if v.earliest is not None)
        if (one.earliest is not None or other.earliest is not None)
        else None
    )
    highs = [v.latest for v in (one, other) if v.latest is not None]
    return low is None or not highs or low <= min(highs)
