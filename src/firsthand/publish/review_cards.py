"""One question of the review queue with all that is needed to answer it, and its targets."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from firsthand.model.document import Document
from firsthand.model.event import COUNTED_LEVELS, Conflict, Event, Forecast
from firsthand.model.judgement import Target
from firsthand.model.lineage import AlteredQuotation
from firsthand.model.page import Page
from firsthand.model.record import Part
from firsthand.publish import read
from firsthand.publish.claim_views import ClaimView, DocumentLine, document_line
from firsthand.publish.dossiers import claims_by_id
from firsthand.publish.review_queue import Question, claims_of
from firsthand.publish.targets import claim_target, document_target, target_at
from firsthand.publish.words import FIELD, VERDICT, _, interval, kind, label, n_, without_days

MOST_SHOWN: Final = 2
"""Claims shown of one event; the dossier shows them all."""


class Fact(Part, frozen=True, kw_only=True):
    """One field of a side; `differs` where the other side says otherwise."""

    name: str
    value: str
    differs: bool = False


class Side(Part, frozen=True, kw_only=True):
    """One of the things a question is about."""

    title: str
    href: tuple[str, str] | None
    """First part and id of its screen's address."""
    claims: tuple[ClaimView, ...] = ()
    words: str = ""
    """The words themselves, where the side is no claim."""
    facts: tuple[Fact, ...] = ()
    document: DocumentLine | None = None


class Choice(Part, frozen=True, kw_only=True):
    """One answer: what is kept in the log, its button and its key."""

    action: str
    name: str
    key: str
    effect: str
    """What it changes, before it is given."""
    asks_date: bool = False


class Card(Part, frozen=True, kw_only=True):
    """A question ready to be shown and answered."""

    question: Question
    why: str
    sides: tuple[Side, ...]
    choices: tuple[Choice, ...]
    targets: tuple[Target, ...]
    suggested: str | None = None
    """A date that another page with the same text has."""


def card(db: sqlite3.Connection, question: Question) -> Card | None:
    """The card of a question; None where a record it needs has gone."""
    return BUILDERS[question.asked](db, question)


UNSURE: Final = ("unsure", "Unsure", "U", "nothing changes; it is not asked again")


def _unsure() -> Choice:
    action, name, key, effect = UNSURE
    return Choice(action=action, name=_(name), key=key, effect=_(effect))


def _choice(action: str, name: str, key: str, effect: str, *, asks_date: bool = False) -> Choice:
    return Choice(action=action, name=name, key=key, effect=effect, asks_date=asks_date)


def suggested_date(db: sqlite3.Connection, document_id: str) -> str | None:
    """The date of the dated article that shares most words with this one."""
    sql = (
        "SELECT other.published FROM (SELECT document_b AS id, shared_words FROM passage "
        "WHERE document_a = ?1 UNION ALL SELECT document_a, shared_words FROM passage "
        "WHERE document_b = ?1) AS shared JOIN document AS other ON other.id = shared.id "
        "WHERE other.published IS NOT NULL ORDER BY shared.shared_words DESC, other.id LIMIT 1"
    )
    row = db.execute(sql, (document_id,)).fetchone()
    return str(row[0]) if row else None


def _date(db: sqlite3.Connection, question: Question) -> Card | None:
    document = read.get(db, Document, question.ids[0])
    target = document_target(db, document) if document else None
    if document is None or target is None:
        return None
    page = read.get(db, Page, document.page_id)
    words = page.text[document.start : document.end][:900] if page else ""
    claims = n_("{n} claim", "{n} claims", question.effect)
    suggested = suggested_date(db, document.document_id)
    why = document.published_reason or _("the page shows no date")
    if suggested:
        why = _("{why}; a page with the same text has {date}", why=why, date=suggested)
    return Card(
        question=question,
        why=_(
            "{why}. Until it has one, words like “on Sunday” name no day, and no forecast on it "
            "can be scored.",
            why=why,
        ),
        sides=(
            Side(
                title=document.outlet or _("outlet not given"),
                href=("d", document.document_id),
                words=words,
                document=document_line(document, page),
            ),
        ),
        choices=(
            _choice(
                "date",
                _("Set the date"),
                "A",
                _("{claims} are read anew with this date at the next run", claims=claims),
                asks_date=True,
            ),
            _unsure(),
        ),
        targets=(target,),
        suggested=suggested,
    )


def _event_side(db: sqlite3.Connection, event: Event) -> Side:
    return Side(
        title=without_days(event.title),
        href=("e", event.event_id),
        claims=claims_by_id(db, event.claims[:MOST_SHOWN]),
        facts=(
            Fact(name=_("Kind"), value=kind(event.type)),
            Fact(name=_("When"), value=interval(event.earliest, event.latest)),
            Fact(name=_("Where"), value=_place(event)),
            Fact(name=_("Origins"), value=_origins(event)),
            Fact(name=_("Pages"), value=str(event.n_pages)),
        ),
    )


def _place(event: Event) -> str:
    if event.place is None:
        return _("place not given")
    return event.place.name or event.place.as_written


def _origins(event: Event) -> str:
    return ", ".join(sorted(_counted(event))) or _("no origin with knowledge")


def _counted(event: Event) -> set[str]:
    return {
        account.origin
        for account in event.accounts
        if account.level in COUNTED_LEVELS and account.stance == "supports"
    }


def compared(sides: Sequence[Side]) -> tuple[Side, ...]:
    """Sides whose facts say where they differ."""
    values: dict[str, set[str]] = {}
    for side in sides:
        for fact in side.facts:
            values.setdefault(fact.name, set()).add(fact.value)
    return tuple(
        Side(
            title=side.title,
            href=side.href,
            claims=side.claims,
            facts=tuple(
                Fact(name=fact.name, value=fact.value, differs=len(values[fact.name]) > 1)
                for fact in side.facts
            ),
        )
        for side in sides
    )


def _same_event(db: sqlite3.Connection, question: Question) -> Card | None:
    one, other = (read.get(db, Event, key) for key in question.ids)
    if one is None or other is None:
        return None
    sides = (_event_side(db, one), _event_side(db, other))
    if not all(side.claims for side in sides):
        return None
    earliest = min((day for day in (one.earliest, other.earliest) if day), default=None)
    latest = max((day for day in (one.latest, other.latest) if day), default=None)
    both = len(_counted(one) | _counted(other))
    merged = _(
        "2 events become 1: {when}; {origins}; {claims}",
        when=interval(earliest, latest),
        origins=n_("{n} origin", "{n} origins", both),
        claims=n_("{n} claim", "{n} claims", len({*one.claims, *other.claims})),
    )
    return Card(
        question=question,
        why=_(
            "Both are told as {kind} at {place}, and their days do not rule out that they are one.",
            kind=kind(one.type).lower(),
            place=_place(one),
        ),
        sides=compared(sides),
        choices=(
            _choice("merge", _("Merge"), "M", merged),
            _choice("reject", _("Keep apart"), "X", _("2 events stay 2; never asked again")),
            _unsure(),
        ),
        targets=tuple(claim_target(db, side.claims[0], "event") for side in sides),
    )


def _one_event(db: sqlite3.Connection, question: Question) -> Card | None:
    event = read.get(db, Event, question.ids[0])
    if event is None:
        return None
    conflicts = [
        row
        for row in read.select(db, Conflict, "event_id=?", (event.event_id,))
        if row.kind == "contradiction"
    ]
    claims = claims_by_id(db, apart(conflicts[0])) if conflicts else ()
    if not claims:
        return None
    said = {value.claim_id: value.value for row in conflicts for value in row.values}
    field = label(FIELD, conflicts[0].field)
    sides = tuple(
        Side(
            title=view.path[0].name,
            href=("claims", view.claim_id),
            claims=(view,),
            facts=(
                Fact(name=field, value=said.get(view.claim_id, view.summary), differs=True),
                *(
                    []
                    if conflicts[0].field == "time"
                    else [Fact(name=_("When"), value=_when(view))]
                ),
            ),
        )
        for view in claims
    )
    many = n_("{n} claim", "{n} claims", len(event.claims))
    return Card(
        question=question,
        why=conflicts[0].explanation,
        sides=sides,
        choices=(
            _choice("accept", _("One event"), "A", _("{many} stay together", many=many)),
            _choice("split", _("Split"), "S", _("the claim on the right leaves the event")),
            _unsure(),
        ),
        targets=(claim_target(db, claims[-1], "event"),),
    )


def apart(conflict: Conflict) -> tuple[str, ...]:
    """A claim of the first answer and one of the first other answer; two claims where all agree."""
    said = {value.claim_id: value.value for value in conflict.values}
    first, *others = conflict.claims
    other = next((key for key in others if said.get(key) != said.get(first)), None)
    return (first, other) if other else conflict.claims[:2]


def _when(view: ClaimView) -> str:
    return interval(view.time.earliest, view.time.latest) if view.time else interval(None, None)


def _altered(db: sqlite3.Connection, question: Question) -> Card | None:
    row = read.get(db, AlteredQuotation, question.ids[0])
    page = read.get(db, Page, row.page_id) if row else None
    here = read.get(db, Document, row.document_id) if row else None
    if row is None or page is None or here is None:
        return None
    source = read.get(db, Document, row.source_document) if row.source_document else None
    sides = [
        Side(
            title=here.outlet or _("outlet not given"),
            href=("d", here.document_id),
            words=row.quotation.text,
            document=document_line(here, page),
        )
    ]
    if row.source_span and source:
        sides.append(
            Side(
                title=source.outlet or _("source"),
                href=("d", source.document_id),
                words=row.source_span.text,
                document=document_line(source, read.get(db, Page, source.page_id)),
            )
        )
    quotation = row.quotation
    return Card(
        question=question,
        why=row.explanation,
        sides=tuple(sides),
        choices=(
            _choice("accept", _("Altered"), "A", _("it stays in the list of altered quotations")),
            _choice(
                "reject",
                _("Not altered"),
                "X",
                _("it leaves the list of altered quotations, and its conflict goes"),
            ),
            _unsure(),
        ),
        targets=(target_at("quotation", page, quotation.start, quotation.end, quotation.text),),
    )


def _denial(db: sqlite3.Connection, question: Question) -> Card | None:
    row = read.get(db, Conflict, question.ids[0])
    claims = claims_by_id(db, claims_of(db, question.ids[0]))
    if row is None or len(claims) < 2:
        return None
    return Card(
        question=question,
        why=row.explanation,
        sides=tuple(_claim_side(view) for view in claims),
        choices=(
            _choice("accept", _("It denies it"), "A", _("the event stays marked as denied")),
            _choice("reject", _("It does not"), "X", _("this denial is kept as rejected")),
            _unsure(),
        ),
        targets=tuple(claim_target(db, view) for view in claims),
    )


def _claim_side(view: ClaimView) -> Side:
    return Side(
        title=view.path[0].name,
        href=("claims", view.claim_id),
        claims=(view,),
        facts=(Fact(name=_("When"), value=_when(view)), Fact(name=_("Claim"), value=view.summary)),
    )


def _outcome(db: sqlite3.Connection, question: Question) -> Card | None:
    row = read.get(db, Forecast, question.ids[0])
    views = claims_by_id(db, [question.ids[0], *row.outcomes[:MOST_SHOWN]]) if row else ()
    if row is None or not views:
        return None
    verdict = label(VERDICT, row.verdict)
    return Card(
        question=question,
        why=_("Scored as “{verdict}”: {reason}", verdict=verdict.lower(), reason=row.reason),
        sides=tuple(_claim_side(view) for view in views),
        choices=(
            _choice("accept", verdict, "A", _("the result stays")),
            _choice("reject", _("Not so"), "X", _("the result is kept as rejected")),
            _unsure(),
        ),
        targets=(claim_target(db, views[0], "forecast"),),
    )


BUILDERS: Final[Mapping[str, Callable[[sqlite3.Connection, Question], Card | None]]] = {
    "date": _date,
    "same_event": _same_event,
    "one_event": _one_event,
    "altered": _altered,
    "denial": _denial,
    "outcome": _outcome,
}
