"""What a reader decides about selected words of a page: a claim, its words, speaker, day, or none."""

import re
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, NoReturn

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from firsthand.model.document import Document
from firsthand.model.judgement import Target
from firsthand.model.page import Page
from firsthand.publish import dossiers, read
from firsthand.publish.targets import claim_target, document_target, words_target
from firsthand.publish.words import claim_types
from firsthand.server import reply
from firsthand.server.deciding import date_of, keep
from firsthand.server.forms import form_of
from firsthand.server.site import site
from firsthand.server.templates import address

MOST_WORDS: Final = 2000
"""Code points of a selection; a claim is a sentence or two."""
MOST_NAME: Final = 120


class RefusedError(Exception):
    """Why a selection was not kept, with its code."""

    def __init__(self, code: str, detail: str) -> None:
        """Both as the answer gives them."""
        super().__init__(detail)
        self.code = code


def _refuse(code: str, detail: str) -> NoReturn:
    raise RefusedError(code, detail)


@dataclass(frozen=True)
class Marked:
    """Selected words, and what the form says of them."""

    db: sqlite3.Connection
    document: Document
    page: Page
    start: int
    end: int
    fields: dict[str, str]

    @property
    def words(self) -> Target:
        """The words themselves as a target."""
        return words_target(self.page, self.start, self.end)

    def claim(self) -> Target:
        """The claim that the form names, one of this document."""
        key = self.fields.get("claim", "")
        views = dossiers.claims_by_id(self.db, [key]) if key else ()
        if not views or views[0].document.document_id != self.document.document_id:
            _refuse("no_claim", "choose the claim of this page that is meant")
        return claim_target(self.db, views[0])


Decided = tuple[str, tuple[Target, ...], str | None]


def _add(marked: Marked) -> Decided:
    kind = marked.fields.get("type", "")
    if kind not in claim_types():
        _refuse("no_type", "choose what the words tell of")
    said = _name(marked.fields.get("speaker", ""))
    value = f"type={kind}" + (f"; speaker={said}" if said else "")
    return "add", (marked.words,), value


def _span(marked: Marked) -> Decided:
    return "correct", (marked.claim(), marked.words), f"span={marked.words.words[:200]}"


def _speaker(marked: Marked) -> Decided:
    said = _name(marked.fields.get("speaker", ""))
    if not said:
        _refuse("no_speaker", "write who says it")
    return "correct", (marked.claim(),), f"speaker={said}"


def _time(marked: Marked) -> Decided:
    return "correct", (marked.claim(),), f"time={_day(marked)}"


def _date(marked: Marked) -> Decided:
    target = document_target(marked.db, marked.document)
    if target is None:
        _refuse("no_page", "the page of this document is not in the edition")
    return "date", (target,), _day(marked)


def _furniture(marked: Marked) -> Decided:
    return "furniture", (marked.words,), None


DOES: Final[Mapping[str, Callable[[Marked], Decided]]] = {
    "add": _add,
    "span": _span,
    "speaker": _speaker,
    "time": _time,
    "date": _date,
    "furniture": _furniture,
}
"""What can be done with selected words, by the form's field `does`."""


def _name(written: str) -> str:
    """A name as one line; a semicolon would end the field."""
    return " ".join(written.replace(";", ",").split())[:MOST_NAME]


def _day(marked: Marked) -> str:
    found = date_of(marked.fields.get("value", ""))
    if found is None:
        _refuse("no_date", "this is no date; write one like 2031-05-04 or 2031-05")
    return found


async def mark(request: Request) -> Response:
    """Keep what a reader says of selected words; the next run acts on it."""
    fields = await form_of(request)
    return await run_in_threadpool(_mark, request, fields)


def _mark(request: Request, fields: dict[str, str]) -> Response:
    key = request.path_params["id"]
    with site(request).reading() as db:
        document = read.get(db, Document, key)
        page = read.get(db, Page, document.page_id) if document else None
        if document is None or page is None:
            return reply.missing(request, f"this edition has no document with the id {key}")
        try:
            start, end = _place(fields, document, page)
            does = DOES.get(fields.get("does", ""))
            if does is None:
                _refuse("no_decision", f"choose one of {', '.join(DOES)}")
            made = does(Marked(db, document, page, start, end, fields))
        except RefusedError as error:
            return reply.refusal(f"/d/{key}", 422, error.code, str(error))
    keep(request, made[0], made[1], fields, made[2])
    return RedirectResponse(f"{address('d', key)}?kept={fields['does']}#c={start}-{end}", 303)


def _place(fields: Mapping[str, str], document: Document, page: Page) -> tuple[int, int]:
    """Where the words stand: by offsets where a script gives them, else found by themselves."""
    given = (fields.get("start", ""), fields.get("end", ""))
    if all(re.fullmatch(r"\d{1,9}", one) for one in given):
        return _trimmed(page.text, int(given[0]), int(given[1]))
    words = fields.get("words", "").split()
    if not words or sum(map(len, words)) > MOST_WORDS:
        _refuse("no_words", f"copy the words from the page, at most {MOST_WORDS} characters")
    pattern = re.compile(r"\s{1,20}".join(map(re.escape, words)))
    found = [m.span() for m in pattern.finditer(page.text, document.start, document.end)]
    if len(found) != 1:
        detail = (
            "these words do not stand in this article as they are written here"
            if not found
            else f"these words stand here {len(found)} times; copy a few more words around them"
        )
        _refuse("words_not_found" if not found else "words_not_sure", detail)
    return found[0]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    low, high = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    if end > len(text) or not low < high or high - low > MOST_WORDS:
        _refuse("no_words", f"select some words, at most {MOST_WORDS} characters")
    return low, high
