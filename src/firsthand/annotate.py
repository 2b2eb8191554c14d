"""Reads single texts without a project: what `firsthand annotate` prints, one object a line."""

import datetime as dt
import logging
import re
from collections.abc import Sequence
from typing import Final

import msgspec

from firsthand.config import Settings
from firsthand.extract.plain import plain_lines
from firsthand.model.claim import (
    Attribution,
    Claim,
    Entity,
    LoadedTerm,
    Mentions,
    Quantities,
    ResolvedClaim,
)
from firsthand.model.document import Document, Segments
from firsthand.model.event import ClaimLink
from firsthand.model.ids import document_id, page_id, sha256
from firsthand.model.page import TEXT_VERSION, Block, Page
from firsthand.model.problem import Problem
from firsthand.model.record import Record
from firsthand.nlp.language import language_of
from firsthand.pipeline import PIPELINE, records_of
from firsthand.publish.read import Plain, Row, attribution_row, claim_row, plain, plain_part
from firsthand.stage import Change, Context, Rows, Scope, Stage
from firsthand.store.memory import MemoryTables


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=False):
    """One input line of `firsthand annotate`."""

    id: str
    text: str
    published: str | None = None
    """An ISO date, year or month; of a time only the date is used."""
    title: str | None = None
    outlet: str | None = None


YEAR_OR_MONTH: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")

STAGES: Final = tuple(stage for stage in PIPELINE if stage.name not in ("extract", "publish"))


def annotate_line(line: bytes, context: Context | None = None) -> Row:
    """The answer to one input line; a line that is not valid gives `{"id", "error"}`."""
    try:
        text = msgspec.json.decode(line, type=Text)
        text.text.encode("utf-8")
    except msgspec.ValidationError as error:
        return {"id": _line_id(line), "error": f"{error}; expected id and text, both strings"}
    except (msgspec.DecodeError, UnicodeError) as error:
        return {"id": _line_id(line), "error": f"not a JSON object in UTF-8: {error}"}
    try:
        dated = msgspec.structs.replace(text, published=_day(text.published))
    except ValueError as error:
        return {"id": text.id, "error": f"published is no ISO date ({error}); leave it out"}
    try:
        return annotate(dated, context or Context(settings=Settings()))
    # One text must not end the others: the defect becomes its answer.
    except Exception as error:
        logging.getLogger(__name__).debug("text %s", text.id, exc_info=error)
        told = f"{type(error).__name__}: {str(error)[:300]}"
        return {"id": text.id, "error": f"a defect of firsthand, please report it: {told}"}


def _day(published: str | None) -> str | None:
    """A publication date as stages read it; a `ValueError` where it is none."""
    if published is None or YEAR_OR_MONTH.fullmatch(published):
        return published
    return dt.datetime.fromisoformat(published).date().isoformat()


def _line_id(line: bytes) -> str | None:
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeError):
        return None
    found = row.get("id") if isinstance(row, dict) else None
    return found if isinstance(found, str) else None


def annotate(text: Text, context: Context) -> Row:
    """Everything the stages find in one text, offsets into it as given."""
    tables = MemoryTables(records_of(PIPELINE))
    page, document = _page(text)
    unit = page.page_id
    tables.replace("extract", {unit: [page, document]})
    for stage in STAGES:
        _run(stage, tables, unit, context)
    return _row(text, tables)


def _page(text: Text) -> tuple[Page, Document]:
    source = text.id
    digest = sha256(text.text.encode("utf-8"))
    page = Page(
        page_id=page_id(digest, source),
        source=source,
        sha256=digest,
        media_type="text/plain",
        captured_at="",
        text_version=TEXT_VERSION,
        text=text.text,
        blocks=tuple(
            Block(start=one.start, end=one.end, path="") for one in plain_lines(text.text)
        ),
        furniture=(),
    )
    first_words = " ".join(text.text[:400].split()[:12])
    at = text.text.find(text.title) if text.title else -1
    document = Document(
        document_id=document_id(page.page_id, 1, text.title or "", first_words),
        page_id=page.page_id,
        ordinal=1,
        start=0,
        end=len(text.text),
        title=text.title,
        title_start=at if at >= 0 else None,
        title_end=at + len(text.title or "") if at >= 0 else None,
        byline=None,
        outlet=text.outlet,
        outlet_basis="given" if text.outlet else None,
        published=text.published,
        published_basis="given" if text.published else None,
        published_reason=None if text.published else "no date was given",
        dateline=None,
        language=language_of(text.text),
        url=None,
    )
    return page, document


def _run(stage: Stage, tables: MemoryTables, unit: str, context: Context) -> None:
    if stage.run is not None:
        label = stage.name if stage.scope is Scope.RECORD else f"{stage.name}.pages"
        reads = stage.reads if stage.scope is Scope.RECORD else stage.prepare_reads
        rows = Rows(unit, {record: tables.rows(record, {unit}) for record in reads})
        tables.replace(label, {unit: list(stage.run(rows, context))})
    # One text shares nothing with another: what trace finds between documents is left out.
    if stage.update is not None and stage.name != "trace":
        units = {record: frozenset(tables.units(record)) for record in stage.reads}
        delta = stage.update(tables, Change(units), context)
        for portion in delta.portions():
            tables.replace(stage.name, portion)


def _row(text: Text, tables: MemoryTables) -> Row:
    sentences = [s for row in tables.rows(Segments) for s in row.sentences]
    mentions = tables.rows(Mentions)
    resolved = {row.claim_id: row for row in tables.rows(ResolvedClaim)}
    links = {row.claim_id: row for row in tables.rows(ClaimLink)}
    return {
        "id": text.id,
        "sentences": [[s.start, s.end] for s in sentences],
        "entities": _plain(tables.rows(Entity)),
        "attributions": [attribution_row(row) for row in tables.rows(Attribution)],
        "claims": [
            claim_row(claim, resolved.get(claim.claim_id), links.get(claim.claim_id))
            for claim in tables.rows(Claim)
        ],
        "places": [plain_part(place) for row in mentions for place in row.places],
        "times": [plain_part(time) for row in mentions for time in row.times],
        "quantities": [plain_part(q) for row in tables.rows(Quantities) for q in row.quantities],
        "loaded_terms": _plain(tables.rows(LoadedTerm)),
        "problems": _plain(tables.rows(Problem)),
    }


def _plain(records: Sequence[Record]) -> list[Plain]:
    return [plain(record) for record in records]
