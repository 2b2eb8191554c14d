"""What every form that keeps a decision shares: how it is kept, shown, and still to be applied."""

import re
import sqlite3
from collections.abc import Iterable, Sequence

from msgspec.structs import replace
from starlette.requests import Request

from firsthand import dating
from firsthand.errors import DateKeyError
from firsthand.model.ids import digest
from firsthand.model.judgement import Judgement, Target
from firsthand.publish import edition
from firsthand.server.forms import once, reviewer
from firsthand.server.site import Site, site

MOST_NOTE = 2000


def decision(
    request: Request,
    action: str,
    targets: tuple[Target, ...],
    fields: dict[str, str],
    value: str | None = None,
) -> Judgement:
    """A decision as a form gives it; the same form sent twice is the same decision."""
    by = reviewer(request)
    said = fields.get("once") or once()
    return Judgement(
        judgement_id="j-" + digest("form", said, by, action),
        at=site(request).now(),
        by=by,
        action=action,
        targets=targets,
        value=value,
        reason=fields.get("reason", "")[:MOST_NOTE] or None,
    )


def keep(
    request: Request,
    action: str,
    targets: tuple[Target, ...],
    fields: dict[str, str],
    value: str | None = None,
    *,
    second: bool = False,
) -> Judgement:
    """Keep a decision, or a second reader's answer; it is on disk when this returns."""
    made = replace(decision(request, action, targets, fields, value), second=second)
    return site(request).project.judgements.append(made)


def date_of(written: str) -> str | None:
    """A date as `firsthand dates` takes it; None where it is none."""
    try:
        (found,) = dating.parse_assignments([f"page={written}"]).values()
    except DateKeyError:
        return None
    months = re.findall(r"\d{4}-(\d\d)", written)
    return found if isinstance(found, str) and all("01" <= m <= "12" for m in months) else None


def decisions(every: Sequence[Judgement]) -> list[tuple[Judgement, bool]]:
    """All decisions, newest first, each with whether it can still be taken back."""
    undone = {row.undoes for row in every if row.action == "undo"}
    return [(row, row.action != "undo" and row.judgement_id not in undone) for row in every[::-1]]


def history(every: Sequence[Judgement]) -> list[tuple[Judgement, bool, int]]:
    """The same with those made with one click as one, each with how many still stand."""
    found: dict[str, tuple[Judgement, bool, int]] = {}
    for row, can in decisions(every):
        key = row.batch or row.judgement_id
        first, before, count = found.get(key, (row, False, 0))
        found[key] = (first, before or can, count + can)
    return list(found.values())


def pending(place: Site, db: sqlite3.Connection, rows: Iterable[Judgement]) -> set[str]:
    """Ids of the decisions among these that the edition was made without."""
    made = edition.decided(db)
    fresh = {row.judgement_id for row in place.project.judgements.all()[made:]}
    return {row.judgement_id for row in rows if row.judgement_id in fresh}
