"""Forecasts: what was to come by when, what the pile tells of it later, and the verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from firsthand.link.days import iso_day
from firsthand.link.views import View, value_bounds
from firsthand.model.event import Deadline, Forecast, Verdict


@dataclass(frozen=True, slots=True)
class Found:
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
    positive = [other for other in outcomes if not other.against]
    in_time = [v for v in positive if v.earliest is not None and v.earliest <= view.latest]
    if in_time:
        return _in_time(view, in_time)
    if positive:
        first = min(other.earliest for other in positive if other.earliest is not None)
        return Found("missed", f"It was to come by {by}; the pile tells of it on {iso_day(first)}.")
    if outcomes:
        return Found("missed", f"It was to come by {by}; the pile says that it did not.")
    return _nothing_told(view.latest, last_day)


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
    first = min(other.earliest for other in outcomes if other.earliest is not None)
    return Found("met", f"It was to come by {by}; the pile tells of it on {iso_day(first)}.")


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
    rejected: Mapping[str, str],
) -> list[Forecast]:
    """One line for each forecast among the claims, in id order.

    `rejected` names those whose result a person did not accept, and who it was.
    """
    outcomes: dict[str, list[View]] = {}
    for one, other in pairs:
        a, b = views[one], views[other]
        forecast, later = (a, b) if a.facts.modality == "forecast" else (b, a)
        outcomes.setdefault(forecast.id, []).append(later)
    return [
        _judged(forecast_row(views[name], outcomes.get(name, []), last_day), rejected.get(name))
        for name in sorted(views)
        if views[name].facts.modality == "forecast" and not views[name].facts.rejected
    ]


def _judged(row: Forecast, words: str | None) -> Forecast:
    """A result as it stands, or as one that a person did not accept."""
    if words is None or row.verdict in {"pending", "cannot_be_scored"}:
        return row
    reason = f"Scored as {row.verdict} by the pile, and not accepted: {words}. {row.reason}"
    return replace(row, verdict="cannot_be_scored", reason=reason)
