"""Stage 6, resolve: times to intervals, places to coordinates, actors to canonical names."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from firsthand.model.claim import (
    CanonicalPlace,
    Claim,
    Entity,
    Mentions,
    Place,
    ResolvedClaim,
)
from firsthand.model.document import Document, Segments
from firsthand.model.lineage import Voices
from firsthand.model.page import Page
from firsthand.model.record import Record
from firsthand.resolve.anchors import document_times
from firsthand.resolve.attach import Attached, attach
from firsthand.resolve.gazetteer import Gazetteer, packaged_gazetteer
from firsthand.resolve.gazetteer_files import load_gazetteer_file
from firsthand.resolve.places import find_places
from firsthand.resolve.summaries import TEMPLATES, summary_of
from firsthand.stage import Context, Rows, Scope, Stage

GAZETTEER_FILE: Final = "gazetteer.csv"


def resolve_page(rows: Rows, context: Context) -> Iterable[Record]:
    """Mentions and resolved claims of every document of a page, and the places they use."""
    page = rows.one(Page)
    gazetteer = _gazetteer(context.project_file(GAZETTEER_FILE))
    voices = {row.document_id: row for row in rows.of(Voices)}
    segments = {row.document_id: row for row in rows.of(Segments)}
    for document in sorted(rows.of(Document), key=lambda one: one.ordinal):
        key = document.document_id
        entities = [row for row in rows.of(Entity) if row.document_id == key]
        times = document_times(page.text, document, voices.get(key))
        places = _places(page.text, document, entities, gazetteer, context)
        yield Mentions(document_id=key, page_id=page.page_id, times=times, places=places)
        claims = [row for row in rows.of(Claim) if row.document_id == key]
        attached = attach(document, segments.get(key), claims, times, places)
        yield from (_resolved(claim, attached[claim.claim_id]) for claim in claims)
        yield from _used(page, places)


@lru_cache(maxsize=2)
def _gazetteer(own: bytes | None) -> Gazetteer:
    """The packaged gazetteer, with a project's own places where it has a table of them."""
    packaged = packaged_gazetteer()
    if own is None:
        return packaged
    return packaged.with_entries(load_gazetteer_file(GAZETTEER_FILE, own, gazetteer=packaged))


def _places(
    text: str,
    document: Document,
    entities: Sequence[Entity],
    gazetteer: Gazetteer,
    context: Context,
) -> tuple[Place, ...]:
    begin = document.start
    shifted = [
        msgspec.structs.replace(row, start=row.start - begin, end=row.end - begin)
        for row in entities
    ]
    found = find_places(
        text[begin : document.end],
        entities=shifted,
        country_hint=context.settings.resolve.country,
        gazetteer=gazetteer,
    )
    return tuple(
        msgspec.structs.replace(place, start=place.start + begin, end=place.end + begin)
        for place in found
        if place.start is not None and place.end is not None
    )


def _resolved(claim: Claim, attached: Attached) -> ResolvedClaim:
    return ResolvedClaim(
        claim_id=claim.claim_id,
        document_id=claim.document_id,
        page_id=claim.page_id,
        summary=summary_of(claim, claim.actors, attached.places),
        actors=claim.actors,
        places=attached.places,
        time=attached.time,
        quantities=claim.quantities,
        chain=claim.chain,
    )


def _used(page: Page, places: Sequence[Place]) -> Iterator[CanonicalPlace]:
    by_id: dict[str, list[Place]] = {}
    for place in places:
        if place.gazetteer_id is not None and place.relation is None:
            by_id.setdefault(place.gazetteer_id, []).append(place)
    for key, mentions in sorted(by_id.items()):
        first = mentions[0]
        if None in (first.lat, first.lon, first.radius_km) or first.precision is None:
            continue
        yield CanonicalPlace(
            gazetteer_id=key,
            page_id=page.page_id,
            name=first.name or first.as_written,
            aliases=tuple(sorted({place.as_written for place in mentions})),
            country=first.country,
            lat=first.lat or 0.0,
            lon=first.lon or 0.0,
            radius_km=first.radius_km or 0.0,
            precision=first.precision,
            source="gazetteer",
        )


STAGE: Final = Stage(
    name="resolve",
    version=1,
    scope=Scope.RECORD,
    reads=(Page, Document, Segments, Voices, Entity, Claim),
    writes=(Mentions, ResolvedClaim, CanonicalPlace),
    run=resolve_page,
    resources=(
        TEMPLATES,
        "gazetteers/world.parquet",
        "gazetteers/world_names.parquet",
        "gazetteers/place_words.tsv",
        "lexicons/time_patterns.tsv",
        "lexicons/time_words.tsv",
    ),
    project_files=(GAZETTEER_FILE, "actors.tsv"),
)
