"""One row of a conflict: its kind, its field, and the value that each claim gives."""

from collections.abc import Mapping
from typing import Final, Literal

from firsthand.model.event import Conflict, ConflictValue
from firsthand.model.ids import digest

Kind = Literal["contradiction", "denial", "tension"]
Field = Literal["time", "place", "quantity", "actor", "occurrence", "control", "wording"]
MAX_VALUES: Final = 8
"""Values of one matter that are set against one another; more are in the event's accounts."""


def conflict(
    event_id: str | None, kind: Kind, field: Field, sides: Mapping[str, str], explanation: str
) -> Conflict:
    """A conflict row; `sides` gives each claim's value."""
    claims = tuple(sorted(sides))
    return Conflict(
        conflict_id="k-" + digest(kind, field, *claims),
        event_id=event_id,
        kind=kind,
        field=field,
        claims=claims,
        values=tuple(ConflictValue(claim_id=claim, value=sides[claim]) for claim in claims),
        explanation=explanation,
    )
