"""Forecasts: what was to come by when, what the pile tells of it later, and the verdict."""

from collections.abc import Mapping, Sequence

import msgspec
from msgspec.structs import replace

from firsthand.link.awaited import begun_by, came_by, day_told, is_off, is_outcome, tells_unmet
from firsthand.link.days import iso_day
from firsthand.link.tellings import Stands
from firsthand.link.views import View, value_bounds
from firsthand.model.event import Deadline, Forecast, Verdict


class Found(msgspec.Struct, frozen=True, gc=False):
    """A verdict with its reason."""

    verdict: Verdict
    reason: str


def forecast_row(view: View, outcomes: Sequence[View], last_day: int | None) -> Forecast:
    """The ledger line of one forecast; `last_day` is the last day any page of the pile has."""
    deadline = None
    if view.latest is not None:
        deadline = Deadline(earliest=iso_day(view.earliest), latest=iso_day(view.latest))
    found = _judge(view, outcomes, last_day)
    return Forecast(
        claim_id=view.id,
        deadline=deadline,
        outcomes=tuple(sorted(other.id for other in outcomes)),
        verdict=found.verdict,
        reason=found.reason,
    )


def _judge(view: View, outcomes: Sequence[View], last_day: int | None) -> Found:
    if view.latest is None:
        return Found("cannot_be_scored", _no_deadline(view))
    by = iso_day(view.latest)
    unmet = [other for other in outcomes if tells_unmet(view, other)]
    not_yet = {other.id for other in unmet}
    positive = [o for o in outcomes if not (o.against or o.id in not_yet or is_off(view, o))]
    in_time = [v for v in positive if (day := came_by(v)) is not None and day <= view.latest]
    if in_time:
        return _in_time(view, in_time)
    if unmet:
        return _not_yet(view, unmet)
    if positive:
        return _later(view, positive)
    if outcomes:
        return Found("missed", f"It was to come by {by}; the pile says that it did not.")
    return _nothing_told(view.latest, last_day)


def _later(view: View, positive: Sequence[View]) -> Found:
    """What pages tell of as having come, on a day after the deadline or on none."""
    days = [day for day in map(day_told, positive) if day is not None]
    if not days:
        return _some_day(view, positive)
    by, first = iso_day(view.latest), iso_day(min(days))
    return Found("missed", f"It was to come by {by}; the pile tells of it on {first}.")


def _not_yet(view: View, unmet: Sequence[View]) -> Found:
    """What a page from after the deadline tells as unchanged, or only then foretells."""
    first = min(unmet, key=lambda other: (other.published or 0, other.id))
    when, words = iso_day(first.published), first.facts.text
    reason = f"It was to come by {iso_day(view.latest)}; on {when} it had not: “{words}”."
    return Found("missed", reason)


def _some_day(view: View, positive: Sequence[View]) -> Found:
    """What pages tell of without a day: enough where the forecast named one."""
    by = iso_day(view.latest)
    said = [other.published for other in positive if other.published is not None]
    when = iso_day(min(said, default=None))
    if view.earliest != view.latest:
        reason = f"It was to come by {by}; a page of {when} tells of it, not since when."
        return Found("cannot_be_scored", reason)
    if _short_of(view, positive) is not None:
        return Found("partly", f"It was set for {by}, but {_short_of(view, positive)}.")
    return Found(
        "met", f"It was set for {by}; a page of {when} tells of it and names no other day."
    )


def _nothing_told(deadline: int, last_day: int | None) -> Found:
    if last_day is None:
        return Found("cannot_be_scored", "No page of the pile has a date; supply dates.")
    by = iso_day(deadline)
    if last_day <= deadline:
        return Found("pending", f"The pile ends on {iso_day(last_day)}, the deadline is {by}.")
    return Found("cannot_be_scored", f"No page of the pile tells what came of it by {by}.")


def _no_deadline(view: View) -> str:
    if view.facts.time is None:
        return "The words set no time by which it should come."
    if view.published is None:
        return "Its time depends on the page's date, which is not known; supply the date."
    return f"“{view.facts.time.as_written}” sets no last day."


def _in_time(view: View, outcomes: Sequence[View]) -> Found:
    by = iso_day(view.latest)
    short = _short_of(view, outcomes)
    if short is not None:
        return Found("partly", f"It came by {by}, but {short}.")
    first = min(day for other in outcomes if (day := came_by(other)) is not None)
    since = any(begun_by(other) == first for other in outcomes)
    when = f"by {iso_day(first)}" if since else f"on {iso_day(first)}"
    return Found("met", f"It was to come by {by}; the pile tells of it {when}.")


def _short_of(view: View, outcomes: Sequence[View]) -> str | None:
    """What the best account falls short of, in words; None where a figure reaches the forecast's."""
    for wanted in view.facts.quantities:
        bounds = value_bounds(wanted)
        if bounds is None:
            continue
        told = [
            (found, quantity.as_written)
            for other in outcomes
            for quantity in other.facts.quantities
            if quantity.kind == wanted.kind
            for found in [value_bounds(quantity)]
            if found is not None
        ]
        if told and all(found[1] < bounds[0] for found, _ in told):
            best = max(told)[1]
            return f"{best} of {wanted.as_written}"
    return None


def forecast_rows(
    views: Mapping[str, View],
    pairs: Sequence[tuple[str, str]],
    last_day: int | None,
    *,
    rejected: Mapping[str, str],
    stands: Stands,
) -> list[Forecast]:
    """One line for each forecast among the claims, in id order.

    `rejected` names those whose result a person did not accept, and who it was. A copy has the
    outcomes of the claim that stands for it, and an outcome told in copies is listed once.
    """
    outcomes: dict[str, list[View]] = {}
    for one, other in pairs:
        a, b = views[one], views[other]
        forecast, later = (a, b) if is_outcome(a, b) else (b, a)
        outcomes.setdefault(forecast.id, []).append(later)
    return [
        _judged(
            forecast_row(views[name], outcomes.get(stands.get(name, name), []), last_day),
            rejected.get(name),
        )
        for name in sorted(views)
        if views[name].facts.modality == "forecast" and not views[name].facts.rejected
    ]


def _judged(row: Forecast, words: str | None) -> Forecast:
    """A result as it stands, or as one that a person did not accept."""
    if words is None or row.verdict in {"pending", "cannot_be_scored"}:
        return row
    reason = f"Scored as {row.verdict} by the pile, and not accepted: {words}. {row.reason}"
    return replace(row, verdict="cannot_be_scored", reason=reason)
