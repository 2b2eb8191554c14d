"""Trace: who copied whom, who is credited, and how that is known."""

from collections.abc import Iterable
from typing import Final

from firsthand.model.document import Document, Segments
from firsthand.model.lineage import Credit, Voices
from firsthand.model.page import Page
from firsthand.model.record import Record
from firsthand.model.reuse import BlockPrints, Fingerprints
from firsthand.nlp.wording import LEXICONS
from firsthand.registry import PROJECT_FILE, project_registry
from firsthand.stage import Context, Rows, Scope, Stage
from firsthand.trace.at_hand import THIN
from firsthand.trace.credits import TABLES, find_credits
from firsthand.trace.prepare import Reading, block_prints, fingerprint_document
from firsthand.trace.rows import WRITES
from firsthand.trace.update import update
from firsthand.trace.voices import find_voices
from firsthand.trace.words import words_of


def prepare(rows: Rows, context: Context) -> Iterable[Record]:
    """What one page gives by itself: credits, voices, and what it is compared by."""
    page = rows.one(Page)
    documents = rows.of(Document)
    segments = {one.document_id: one for one in rows.of(Segments)}
    registry = project_registry(context.project_file(PROJECT_FILE))
    found = find_credits(page, documents, list(segments.values()), registry)
    page_words = words_of(page.text)
    prepared: list[Record] = [*found, block_prints(page, page_words, documents)]
    for document in documents:
        own = [credit for credit in found if credit.document_id == document.document_id]
        parts = segments.get(document.document_id)
        voices = find_voices(page, document, parts, own) if parts else None
        reading = Reading(document, parts, own, voices)
        prepared += [voices] if voices else []
        prepared.append(fingerprint_document(page, page_words, reading, context.settings.trace))
    return prepared


STAGE: Final = Stage(
    name="trace",
    version=23,
    scope=Scope.CORPUS,
    reads=(Page, Document, Segments),
    writes=WRITES,
    run=prepare,
    prepares=(Credit, Voices, Fingerprints, BlockPrints),
    prepare_reads=(Page, Document, Segments),
    update=update,
    at_hand=THIN,
    resources=(*TABLES, *LEXICONS),
    project_files=(PROJECT_FILE,),
)
