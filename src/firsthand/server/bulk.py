"""Many questions of one kind answered with one click, after a look at what that changes."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

from msgspec.structs import replace
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from firsthand.model.ids import digest
from firsthand.model.judgement import Judgement
from firsthand.model.record import Part
from firsthand.publish.review_cards import Card, Choice, card
from firsthand.publish.review_queue import HEADINGS, Question, queue
from firsthand.server import reply
from firsthand.server.deciding import decision
from firsthand.server.forms import lists_of, once
from firsthand.server.screens import frame
from firsthand.server.site import site

MOST: Final = 100
"""Questions answered at once: as many as one can look through."""


class Line(Part, frozen=True, kw_only=True):
    """One question as it would be answered."""

    question: Question
    why: str
    sides: tuple[str, ...]
    """The words it is about."""
    href: tuple[str, str] | None
    effect: str
    value: str | None


def bulk(request: Request) -> Response:
    """What answering all questions of one kind alike would change, with a box for each."""
    asked = request.query_params.get("asked", "")
    words = request.query_params.get("words", "")[:200]
    with site(request).reading() as db:
        every = queue(db, site(request).project.judgements.standing())
        kinds = Counter(one.asked for one in every)
        asked = asked if asked in kinds else next(iter(sorted(kinds)), "")
        fits = _fitting(every, asked, words)
        cards = _cards(db, fits[:MOST])
        choices = _choices(cards)
        names = [choice.action for choice in choices]
        action = request.query_params.get("action", "")
        action = action if action in names else next(iter(names), "")
        lines = [line for one in cards if (line := _line(one, action)) is not None]
        return reply.page(
            request,
            "bulk.html",
            kinds=sorted(kinds.items()),
            headings=HEADINGS,
            asked=asked,
            words=words,
            choices=choices,
            action=action,
            lines=lines,
            fits=len(fits),
            effect=sum(line.question.effect for line in lines),
            once=once(),
            most=MOST,
            **frame(db),
        )


def _fitting(every: Sequence[Question], asked: str, words: str) -> list[Question]:
    low = words.casefold()
    return [one for one in every if one.asked == asked and low in one.line.casefold()]


def _cards(db: sqlite3.Connection, questions: Sequence[Question]) -> list[Card]:
    return [shown for one in questions if (shown := card(db, one)) is not None]


def _choices(cards: Sequence[Card]) -> tuple[Choice, ...]:
    """The answers that all of them take, in the order of the first."""
    if not cards:
        return ()
    shared = set.intersection(*({choice.action for choice in one.choices} for one in cards))
    return tuple(choice for choice in cards[0].choices if choice.action in shared)


def _line(shown: Card, action: str) -> Line | None:
    """A question as answered; a date is only given where another page with the text has one."""
    choice = next((one for one in shown.choices if one.action == action), None)
    if choice is None or (choice.asks_date and shown.suggested is None):
        return None
    return Line(
        question=shown.question,
        why=shown.why,
        sides=tuple(_words(side.words, side.claims) for side in shown.sides[:2]),
        href=shown.sides[0].href if shown.sides else None,
        effect=choice.effect,
        value=shown.suggested if choice.asks_date else None,
    )


def _words(words: str, claims: Sequence[object]) -> str:
    if words or not claims:
        return words
    evidence = getattr(claims[0], "evidence", ())
    return " … ".join(span.text for span in evidence)


async def answer(request: Request) -> Response:
    """Keep one decision for each box that is ticked; all can be taken back with one click."""
    fields = await lists_of(request)
    return await run_in_threadpool(_answer, request, fields)


def _answer(request: Request, fields: dict[str, list[str]]) -> Response:
    plain = {name: values[-1] for name, values in fields.items()}
    keys = list(dict.fromkeys(fields.get("question", ())))[:MOST]
    action, said = plain.get("action", ""), plain.get("once") or once()
    with site(request).reading() as db:
        open_ones = queue(db, site(request).project.judgements.standing())
        meant = {one.key: one for one in open_ones}
        cards = _cards(db, [meant[key] for key in keys if key in meant])
    rows = [row for one in cards if (row := _row(request, plain, one, action, said)) is not None]
    if not rows and not keys:
        return reply.refusal("/review/bulk", 422, "no_decision", "tick at least one question")
    kept = site(request).project.judgements.append_all(rows)
    back = urlencode({"asked": plain.get("asked", ""), "kept": len(kept)})
    return RedirectResponse(f"/review?{back}", 303)


def _row(
    request: Request, plain: dict[str, str], shown: Card, action: str, said: str
) -> Judgement | None:
    line = _line(shown, action)
    if line is None:
        return None
    fields = {**plain, "once": said + shown.question.key}
    made = decision(request, action, shown.targets, fields, line.value)
    return replace(made, batch="b-" + digest(said))
