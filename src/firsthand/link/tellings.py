"""Tellings: of claims copied word for word, the one that is compared for all of them.

Copies of one report may stand on hundreds of pages. To compare each of them with everything
would cost the square of their number and tell nothing new, so the copy published first is
compared and the others take its links.
"""

from collections.abc import Collection, Mapping
from typing import Final, TypeAlias

from firsthand.link.lineage import copy_groups
from firsthand.link.views import View

Stands: TypeAlias = Mapping[str, str]
"""Claim to the claim that is compared for it; claims that are compared themselves are left out."""

LAST: Final = "9999"
"""Sorts a page without a date after all others."""


def stand_ins(views: Mapping[str, View], copies: Collection[tuple[str, str]]) -> dict[str, str]:
    """For copies that differ in nothing but their place and page, the one published first."""
    found: dict[str, str] = {}
    copied = {name for pair in copies for name in pair}
    for group in copy_groups(copied, copies):
        alike: dict[tuple[object, ...], list[View]] = {}
        for name in group:
            alike.setdefault(_content(views[name]), []).append(views[name])
        for some in alike.values():
            first = min(some, key=_rank)
            found.update({view.id: first.id for view in some if view is not first})
    return found


def _rank(view: View) -> tuple[str, str, str]:
    return (view.facts.published or LAST, view.facts.document_id, view.id)


def _content(view: View) -> tuple[object, ...]:
    """All that is compared of a claim, save the page it stands on and when that was published."""
    facts = view.facts
    return (
        facts.words_key,
        facts.type,
        facts.modality,
        facts.polarity,
        facts.title,
        view.kin,
        view.in_event,
        view.timed,
        view.earliest,
        view.latest,
        view.inherited,
        view.spots,
        tuple(sorted((name, *sorted(roles)) for name, roles in view.named.items())),
        tuple((kind, q.value, q.low, q.high, q.approximate, q.unit) for kind, q in view.figures),
    )
