"""The review queue, and every decision that a person can make on a screen."""

import sqlite3
from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from firsthand.model.document import Document
from firsthand.publish import dossiers, read
from firsthand.publish.review_cards import Card, card
from firsthand.publish.review_queue import (
    HEADINGS,
    Question,
    question,
    queue,
    second_queue,
)
from firsthand.publish.second_reading import agreement
from firsthand.publish.targets import claim_target, document_target
from firsthand.server import reply
from firsthand.server.deciding import date_of, decisions, history, keep
from firsthand.server.forms import (
    REVIEWER,
    back_to,
    form_of,
    once,
    reviewer,
    reviewer_cookie,
)
from firsthand.server.screens import frame
from firsthand.server.site import site
from firsthand.server.templates import address
from firsthand.store.judgements import undoing

MOST_HISTORY = 30
CLAIM_ACTIONS = ("accept", "reject", "correct", "unsure")


def review(request: Request) -> Response:
    """One question at a time, those with most effect first; or those that others have answered."""
    log = site(request).project.judgements
    me, second = reviewer(request), request.query_params.get("second") == "1"
    standing = log.standing()
    with site(request).reading() as db:
        asked = second_queue(db, standing, me) if second else queue(db, standing)
        at = _at(asked, request.query_params.get("at", ""))
        shown, at = _first_card(db, asked, at)
        every = [row for row in log.all() if not second or row.by == me]
        return reply.page(
            request,
            "review.html",
            headings=HEADINGS,
            asked=asked,
            at=at,
            card=shown,
            once=once(),
            before=asked[at - 1].key if at else None,
            behind=asked[at + 1].key if at + 1 < len(asked) else None,
            history=history(every)[:MOST_HISTORY],
            reviewer=me,
            waiting=site(request).waiting(db),
            refused=request.query_params.get("refused", ""),
            kept=request.query_params.get("kept", ""),
            second=second,
            agreement=agreement(standing),
            seconds=len(second_queue(db, standing, me)) if not second else len(asked),
            **frame(db),
        )


def _at(asked: Sequence[Question], key: str) -> int:
    return next((at for at, one in enumerate(asked) if one.key == key), 0)


def _first_card(
    db: sqlite3.Connection, asked: Sequence[Question], at: int
) -> tuple[Card | None, int]:
    """The card at a place of the queue, or the next one that can be shown."""
    for place in range(at, len(asked)):
        shown = card(db, asked[place])
        if shown is not None:
            return shown, place
    return None, at


def queue_json(request: Request) -> Response:
    """All open questions."""
    with site(request).reading() as db:
        asked = queue(db, site(request).project.judgements.standing())
        return reply.listing([read.plain_part(one) for one in asked], len(asked), None)


def queue_csv(request: Request) -> Response:
    """All open questions, in CSV."""
    with site(request).reading() as db:
        asked = queue(db, site(request).project.judgements.standing())
        return reply.csv([read.plain_part(one) for one in asked], "review")


async def answer(request: Request) -> Response:
    """Keep the answer to a question and go on to the next."""
    fields = await form_of(request)
    return await run_in_threadpool(_answer, request, fields)


def _answer(request: Request, fields: dict[str, str]) -> Response:
    key = fields.get("question", "")
    with site(request).reading() as db:
        one = question(db, key)
        shown = card(db, one) if one else None
    choices = {choice.action: choice for choice in shown.choices} if shown else {}
    choice = choices.get(fields.get("action", ""))
    if shown is None or choice is None:
        return reply.refusal(
            "/review", 409, "not_asked", "a run has changed this question; go back and look again"
        )
    value = None
    if choice.asks_date:
        value = date_of(fields.get("value", ""))
        if value is None:
            query = urlencode({"at": key, "refused": "date", "second": fields.get("second", "")})
            return RedirectResponse(f"/review?{query}", 303)
    second = fields.get("second") == "1"
    keep(request, choice.action, shown.targets, fields, value, second=second)
    state = {"second": "1"} if second else {}
    if fields.get("behind"):
        state["at"] = fields["behind"]
    return RedirectResponse(f"/review?{urlencode(state)}" if state else "/review", 303)


async def undo(request: Request) -> Response:
    """Take a decision back, or all that were made with one click: new rows, the old ones stay."""
    fields = await form_of(request)
    return await run_in_threadpool(_undo, request, fields)


def _undo(request: Request, fields: dict[str, str]) -> Response:
    log = site(request).project.judgements
    batch = fields.get("batch", "")
    rows = [
        row
        for row in log.all()
        if row.action != "undo"
        and (row.batch == batch if batch else row.judgement_id == fields.get("judgement", ""))
    ]
    if not rows:
        return reply.refusal("/review", 404, "not_found", "there is no such decision to take back")
    now, by = site(request).now(), reviewer(request)
    log.append_all(undoing(row, now, by) for row in rows)
    return RedirectResponse(back_to(fields, "/review"), 303)


async def name(request: Request) -> Response:
    """Remember under whose name decisions are kept."""
    fields = await form_of(request)
    answered = RedirectResponse(back_to(fields, "/review"), 303)
    given = reviewer_cookie(fields.get("name", ""))
    answered.set_cookie(
        REVIEWER, given, max_age=31_536_000, httponly=True, samesite="strict", path="/"
    )
    return answered


async def date(request: Request) -> Response:
    """Set the date of an article; it takes effect at the next run."""
    fields = await form_of(request)
    return await run_in_threadpool(_date, request, fields)


def _date(request: Request, fields: dict[str, str]) -> Response:
    key = request.path_params["id"]
    value = date_of(fields.get("value", ""))
    if value is None:
        detail = "this is no date; go back and write one like 2031-05-04 or 2031-05"
        return reply.refusal(f"/d/{key}", 422, "no_date", detail)
    with site(request).reading() as db:
        row = read.get(db, Document, key)
        target = document_target(db, row) if row else None
    if target is None:
        return reply.missing(request, f"this edition has no document with the id {key}")
    keep(request, "date", (target,), fields, value)
    return RedirectResponse(back_to(fields, address("d", key)), 303)


async def judge(request: Request) -> Response:
    """Accept, reject or correct one claim, or say that one is unsure."""
    fields = await form_of(request)
    return await run_in_threadpool(_judge, request, fields)


def _judge(request: Request, fields: dict[str, str]) -> Response:
    key = request.path_params["id"]
    with site(request).reading() as db:
        views = dossiers.claims_by_id(db, [key])
        target = claim_target(db, views[0]) if views else None
    if target is None:
        return reply.missing(request, f"this edition has no claim with the id {key}")
    action = fields.get("action", "")
    value = f"{fields.get('field', '')}={fields.get('value', '')}" if action == "correct" else None
    if action not in CLAIM_ACTIONS or value in ("=", "") or (value or "x=x").endswith("="):
        detail = "choose accept, reject or unsure, or a field with its right value"
        return reply.refusal(f"/claims/{key}", 422, "no_decision", detail)
    keep(request, action, (target,), fields, value)
    return RedirectResponse(back_to(fields, address("claims", key)), 303)


def judgements(request: Request) -> Response:
    """The log of all decisions, newest first."""
    log = site(request).project.judgements.all()
    with site(request).reading() as db:
        return reply.page(request, "judgements.html", rows=decisions(log), **frame(db))


def judgements_json(request: Request) -> Response:
    """The log as exported."""
    rows = [read.plain(row) for row in site(request).project.judgements.all()]
    return reply.listing(rows, len(rows), None)


def judgements_csv(request: Request) -> Response:
    """The log as exported, in CSV."""
    return reply.csv(map(read.plain, site(request).project.judgements.all()), "judgements")
