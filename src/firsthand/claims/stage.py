"""Claims: who says what happened, document by document, by rules and tables."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from firsthand.claims import codes, event_types, lexicon, loaded, modality, tagging, verbs
from firsthand.claims.assemble import attributed
from firsthand.claims.cast import Memory
from firsthand.claims.chains import chains
from firsthand.claims.entities import Name
from firsthand.claims.given import Read, with_given
from firsthand.claims.lexicon import languages
from firsthand.claims.loaded import loaded_terms
from firsthand.claims.quantities import find_quantities
from firsthand.claims.readers import reader_named
from firsthand.claims.reading import Reading, joined, read
from firsthand.claims.statements import Maker
from firsthand.model.claim import Attribution, Claim, Entity, LoadedTerm, Quantities, Quantity
from firsthand.model.document import Document, Segments
from firsthand.model.ids import words_id
from firsthand.model.judgement import Judgement
from firsthand.model.lineage import Credit, RepeatedFurniture, Voices
from firsthand.model.page import Page
from firsthand.model.problem import problem
from firsthand.model.record import Range, Record
from firsthand.nlp import onnx_model
from firsthand.nlp.reader import Reader
from firsthand.registry import (
    PROJECT_FILE,
    RESOURCES,
    Registry,
    packaged_registry,
    project_registry,
)
from firsthand.stage import Context, Rows, Scope, Stage

READABLE: Final = ("en",)
"""Languages whose sentences the rules can parse."""


def read_page(rows: Rows, context: Context) -> Iterable[Record]:
    """The entities, attributions, quantities, claims, loaded terms of a page's documents."""
    page = rows.one(Page)
    registry = project_registry(context.project_file(PROJECT_FILE))
    segments = {one.document_id: one for one in rows.of(Segments)}
    voices = {one.document_id: one for one in rows.of(Voices)}
    furniture = _furniture(page, rows.of(RepeatedFurniture))
    reader = reader_named(context.settings.claims.reader)
    for document in sorted(rows.of(Document), key=lambda one: one.ordinal):
        if document.document_id not in segments:
            continue
        yield from read_document(
            page, document, segments[document.document_id],
            voices.get(document.document_id), furniture, rows.of(Judgement),
            registry=registry, reader=reader,
        )  # fmt: skip


def _furniture(page: Page, repeated: Sequence[RepeatedFurniture]) -> list[Range]:
    marked = [Range(start=f.start, end=f.end) for f in page.furniture]
    marked += [r for one in repeated for r in one.ranges]
    return joined(marked)


def read_document(  # noqa: PLR0913 - one document's rows and what reads them
    page: Page,
    document: Document,
    segments: Segments,
    voices: Voices | None = None,
    furniture: Sequence[Range] = (),
    judgements: Sequence[Judgement] = (),
    *,
    registry: Registry | None = None,
    reader: Reader | None = None,
) -> Iterator[Record]:
    """Everything one document says; a language without tables gives one problem row instead.

    What a `reader` finds, mentions and attributions, is joined with what the rules find; what
    people decided about the page comes last.
    """
    language = document.language or "en"
    if language not in READABLE:
        yield problem("claims", document.document_id, "language_not_read", _unread(language))
        links = chains(document, voices, (), {})
        known = Read(page, document, segments, links, (), registry or packaged_registry())
        yield from with_given((), known, judgements)
        return
    reading = read(
        page.text, document, segments, furniture, registry or packaged_registry(), reader
    )
    if reading.unread is not None:
        told = f"{reading.unread}; the rules read it alone"
        yield problem("claims", document.document_id, "reader_left_off", told)
    yield from _entities(reading, document)
    found = attributed(reading, document)
    yield from found.attributions
    links = chains(document, voices, found.attributions, found.relays)
    quantities = _quantities(page.text, document)
    yield Quantities(
        document_id=document.document_id, page_id=document.page_id, quantities=quantities
    )
    maker = Maker(reading, document, found, links, quantities, Memory(), {})
    claims = maker.claims()
    if judgements:
        known = Read(page, document, segments, links, quantities, registry or packaged_registry())
        yield from with_given(claims, known, judgements)
    else:
        yield from claims
    yield from loaded_terms(reading, document, links)


def _quantities(text: str, document: Document) -> tuple[Quantity, ...]:
    """The quantities of a document, at their places in the page's text."""
    found = find_quantities(text[document.start : document.end])
    if document.start == 0:
        return found
    shift = document.start
    return tuple(
        msgspec.structs.replace(one, start=one.start + shift, end=one.end + shift) for one in found
    )


def _unread(language: str) -> str:
    known = ", ".join(sorted(languages()))
    return (
        f"the document is in {language!r}, which the rules cannot read (they read"
        f" {', '.join(READABLE)}; cues exist for {known}); no claims were made from it"
    )


def _entities(reading: Reading, document: Document) -> Iterator[Entity]:
    seen: dict[str, int] = {}
    for name in reading.known.names:
        yield _entity(name, reading, document, seen)


def _entity(name: Name, reading: Reading, document: Document, seen: dict[str, int]) -> Entity:
    seen[name.text] = seen.get(name.text, 0) + 1
    return Entity(
        entity_id=words_id("e", document.document_id, name.text, seen[name.text]),
        document_id=document.document_id,
        page_id=document.page_id,
        start=name.start,
        end=name.end,
        label=name.label or "MISC",
        text=reading.text[name.start : name.end],
        name=reading.known.canonical.get(name.text, name.text),
    )


STAGE: Final = Stage(
    name="claims",
    version=30,
    scope=Scope.RECORD,
    reads=(Page, Document, Segments, Credit, Voices, RepeatedFurniture, Judgement),
    writes=(Entity, Attribution, Claim, LoadedTerm, Quantities),
    run=read_page,
    project_files=(PROJECT_FILE,),
    resources=(
        *RESOURCES,
        lexicon.CUES,
        lexicon.HEDGES,
        lexicon.SOURCES,
        lexicon.TITLES,
        lexicon.NAMES,
        lexicon.INSTRUMENTS,
        lexicon.WORD_SETS,
        lexicon.CAPITALS,
        lexicon.ENGLISH,
        lexicon.GIVEN,
        lexicon.COUNTRIES,
        event_types.TYPES,
        event_types.CLASSES,
        event_types.SUPPORT,
        codes.TABLE,
        loaded.TABLE,
        modality.WORDS,
        tagging.TABLE,
        verbs.TABLE,
        *onnx_model.KEYS,
    ),
)
