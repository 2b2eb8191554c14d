"""States and tellings: sieges and control as intervals, and how a figure moved from page to page."""

from collections.abc import Iterator, Sequence
from typing import Final

from firsthand.link.events import Group
from firsthand.link.views import View, main_place, value_bounds
from firsthand.model.claim import Quantity
from firsthand.model.event import State, Telling, TellingStep
from firsthand.model.ids import digest

SIEGE: Final = frozenset({"siege_state"})


def state_rows(group: Group) -> list[State]:
    """A state as each origin tells it; accounts with other bounds stay side by side."""
    found: dict[tuple[str, str, str], list[View]] = {}
    for view in group.views:
        if view.row.group == "state" and not view.against:
            time = view.facts.time
            key = (
                group.settled[view.id].origin_id,
                (time.earliest if time else None) or "",
                (time.latest if time else None) or "",
            )
            found.setdefault(key, []).append(view)
    return [_state(group, key, found[key]) for key in sorted(found)]


def _state(group: Group, key: tuple[str, str, str], views: Sequence[View]) -> State:
    place = next((p for p in map(main_place, views) if p is not None), None)
    siege = views[0].facts.type in SIEGE
    kind = views[0].facts.type
    return State(
        state_id="t-" + digest(kind, *key, min(view.id for view in views)),
        kind="siege" if siege else "control",
        place=None if place is None else place.name or place.as_written,
        holder=None if siege else _who(views, ("agent", "subject")),
        besieger=_who(views, ("besieger", "agent")) if siege else None,
        besieged=_who(views, ("besieged", "target", "victim")) if siege else None,
        earliest=key[1] or None,
        latest=key[2] or None,
        claims=tuple(view.id for view in views),
        origin=min(group.settled[view.id].origin.name for view in views),
    )


def _who(views: Sequence[View], roles: Sequence[str]) -> str | None:
    for role in roles:
        names = sorted({a.name for view in views for a in view.facts.actors if a.role == role})
        if names:
            return " and ".join(names)
    return None


def telling_rows(group: Group) -> list[Telling]:
    """How each figure of an event changed from one telling to the next, in order."""
    figures: dict[tuple[str, str], list[tuple[View, Quantity]]] = {}
    for view in group.views:
        for quantity in view.facts.quantities:
            if value_bounds(quantity) is not None and not view.against:
                key = (quantity.kind, quantity.unit or "")
                figures.setdefault(key, []).append((view, quantity))
    found: list[Telling] = []
    for key in sorted(figures):
        steps = tuple(_steps(group, _in_order(group, figures[key])))
        documents = {view.facts.document_id for view, _ in figures[key]}
        if len(documents) > 1 and any(step.change for step in steps):
            name = digest(group.event_id, *key)
            found.append(Telling(telling_id="y-" + name, event_id=group.event_id, steps=steps))
    return found


def _in_order(group: Group, told: Sequence[tuple[View, Quantity]]) -> list[tuple[View, Quantity]]:
    """By the page's date, a source before its copy, undated pages last; then by id."""

    def rank(item: tuple[View, Quantity]) -> tuple[str, bool, str, int]:
        view, quantity = item
        copied = group.settled[view.id].first != view.id
        return (view.facts.published or "9999", copied, view.id, quantity.start)

    return sorted(told, key=rank)


def _steps(group: Group, told: Sequence[tuple[View, Quantity]]) -> Iterator[TellingStep]:
    """The first telling, and every one after it that differs or comes from another origin."""
    before: tuple[View, Quantity] | None = None
    for view, quantity in told:
        change = None if before is None else _change(group, before, (view, quantity))
        if before is None or change is not None:
            yield TellingStep(claim_id=view.id, value=quantity.as_written, change=change)
            before = (view, quantity)


def _change(
    group: Group, before: tuple[View, Quantity], after: tuple[View, Quantity]
) -> str | None:
    found: list[str] = []
    mine, theirs = before[1], after[1]
    if mine.value is not None and theirs.value is not None and mine.value != theirs.value:
        found.append("number raised" if theirs.value > mine.value else "number lowered")
    if mine.approximate != theirs.approximate:
        found.append("became approximate" if theirs.approximate else "became exact")
    soft = {"possible", "unconfirmed"}
    hedged = (before[0].facts.modality in soft, after[0].facts.modality in soft)
    if hedged == (True, False):
        found.append("hedge dropped")
    if hedged == (False, True):
        found.append("hedge added")
    settled = group.settled
    if found and settled[before[0].id].origin_id != settled[after[0].id].origin_id:
        found.append("another origin")
    return ", ".join(found) or None
