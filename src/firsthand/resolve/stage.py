"""Stage 6, resolve: times to intervals, places to coordinates, actors to canonical names."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple, TypeVar

import msgspec

from firsthand.model.claim import (
    Actor,
    Attribution,
    CanonicalActor,
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
from firsthand.registry import PROJECT_FILE as ACTORS_FILE
from firsthand.registry import RESOURCES as REGISTER_RESOURCES
from firsthand.registry import Registry, RegistryMention, project_registry
from firsthand.registry.gazetteer import Gazetteer
from firsthand.registry.gazetteer_files import COLUMNS
from firsthand.registry.own_places import GAZETTEER_FILE, project_gazetteer
from firsthand.resolve.actor_readings import ActorReading
from firsthand.resolve.actor_rows import canonical_actors
from firsthand.resolve.actors import RESOURCES as ACTOR_RESOURCES
from firsthand.resolve.actors import ActorResolver, resolve_actors
from firsthand.resolve.airfields import with_airports
from firsthand.resolve.anchors import document_times
from firsthand.resolve.attach import Ground, attach
from firsthand.resolve.bodies import POSTS, Body, bodies_of
from firsthand.resolve.borrowed_actors import borrowed
from firsthand.resolve.claim_actors import completed
from firsthand.resolve.claim_clauses import VERBS
from firsthand.resolve.claim_context import Known
from firsthand.resolve.generic_places import generic_places
from firsthand.resolve.place_relations import between
from firsthand.resolve.place_tables import RESOURCES as PLACE_RESOURCES
from firsthand.resolve.places import home_of, read_places
from firsthand.resolve.role_words import side_words
from firsthand.resolve.roles import CUES
from firsthand.resolve.speakers import publisher_actor, speaker_actors, with_bodies
from firsthand.resolve.summaries import TEMPLATES, summary_of
from firsthand.stage import Context, Rows, Scope, Stage


def resolve_page(rows: Rows, context: Context) -> Iterable[Record]:
    """Mentions and resolved claims of every document of a page, and what they name."""
    page = rows.one(Page)
    tools = Tools(
        project_gazetteer(context.project_file(GAZETTEER_FILE)),
        project_registry(context.project_file(ACTORS_FILE)),
        context.settings.resolve.country,
    )
    actors: list[tuple[Actor, ActorReading]] = []
    bodies: dict[str, Body] = {}
    places: list[Place] = []
    for document in sorted(rows.of(Document), key=lambda one: one.ordinal):
        read = _read(page.text, document, rows, tools)
        actors += [pair for found in read.actors.values() for pair in found]
        actors += read.speakers
        actors += publisher_actor(document, tools.registry)
        bodies = {**read.bodies, **bodies}
        places += read.mentions.places
        yield read.mentions
        yield from _resolved(document, rows, read)
    known = canonical_actors(page.page_id, actors, tools.registry)
    yield from with_bodies(page.page_id, known, bodies, tools.registry)
    yield from _used(page, places)


class Tools(NamedTuple):
    """What places and actors are looked up in."""

    gazetteer: Gazetteer
    registry: Registry
    country: str | None


class Read(NamedTuple):
    """What one document names."""

    mentions: Mentions
    meant: tuple[Place, ...]
    """Its places, with those it means by "the city" or "between X and Y", in reading order."""
    actors: dict[str, list[tuple[Actor, ActorReading]]]
    """By claim id."""
    speakers: list[tuple[Actor, ActorReading]]
    bodies: dict[str, Body]
    """Whom persons speak for by the text's own words."""
    names: Sequence[RegistryMention]
    """The register's, with the page's offsets."""


def _read(text: str, document: Document, rows: Rows, tools: Tools) -> Read:
    key, begin = document.document_id, document.start
    body = text[begin : document.end]
    voices = next((row for row in rows.of(Voices) if row.document_id == key), None)
    segments = next((row for row in rows.of(Segments) if row.document_id == key), None)
    entities = [_moved(row, -begin) for row in rows.of(Entity) if row.document_id == key]
    names = tools.registry.scan(body)
    found = read_places(
        body,
        entities=entities,
        country_hint=tools.country,
        gazetteer=tools.gazetteer,
        names=names,
    )
    claims = [row for row in rows.of(Claim) if row.document_id == key]
    flat = [(claim.claim_id, _moved(actor, -begin)) for claim in claims for actor in claim.actors]
    said = [row for row in rows.of(Attribution) if row.document_id == key]
    everyone = [*(actor for _, actor in flat), *speaker_actors(body, said, begin)]
    resolver = ActorResolver(
        body,
        tools.registry,
        actors=everyone,
        governments=found.governments,
        names=names,
        home=home_of(found.places),
    )
    pairs = resolve_actors(everyone, resolver)
    given: dict[str, list[tuple[Actor, ActorReading]]] = {}
    for (claim_id, _), (actor, reading) in zip(flat, pairs[: len(flat)], strict=True):
        given.setdefault(claim_id, []).append((_moved(actor, begin), reading))
    mentions = Mentions(
        document_id=key,
        page_id=document.page_id,
        times=document_times(text, document, voices, segments, said),
        places=tuple(_placed(place, begin) for place in found.places),
    )
    meant = tuple(_placed(place, begin) for place in _meant(body, found.places, tools.gazetteer))
    known = Known(
        text,
        claims,
        [name._replace(start=name.start + begin, end=name.end + begin) for name in names],
        mentions.places,
        {row.attribution_id: row for row in said},
        tools.registry,
        resolver,
        begin,
        side_words(text, begin, document.end),
    )
    actors = borrowed(
        {
            claim.claim_id: completed(claim, given.get(claim.claim_id, ()), known)
            for claim in claims
        },
        known,
    )
    speakers = [(_moved(actor, begin), reading) for actor, reading in pairs[len(flat) :]]
    return Read(mentions, meant, actors, speakers, bodies_of(body, entities), known.names)


def _meant(body: str, places: Sequence[Place], gazetteer: Gazetteer) -> list[Place]:
    """Named places and those meant without a name; what "between" joins is one area.

    The town in "NAME airport" is that airport, where one is known.
    """
    places = with_airports(body, places, towns=True)
    joined = [
        (one, other, area)
        for one, other in itertools.pairwise(places)
        if (area := between(body, one, other)) is not None
    ]
    apart = {id(place) for one, other, _ in joined for place in (one, other)}
    kept = [place for place in places if id(place) not in apart]
    kept += [area for _, _, area in joined]
    kept += generic_places(body, places, gazetteer=gazetteer)
    return sorted(kept, key=lambda place: (place.start or 0, place.end or 0))


L = TypeVar("L", Entity, Actor)


def _moved(row: L, by: int) -> L:
    """The row with its offsets counted from another start."""
    return msgspec.structs.replace(row, start=row.start + by, end=row.end + by)


def _placed(place: Place, by: int) -> Place:
    """The place with its offsets counted from another start; an inherited one has none."""
    if place.start is None or place.end is None:
        return place
    return msgspec.structs.replace(place, start=place.start + by, end=place.end + by)


def _resolved(document: Document, rows: Rows, read: Read) -> Iterator[ResolvedClaim]:
    key = document.document_id
    segments = next((row for row in rows.of(Segments) if row.document_id == key), None)
    claims = [row for row in rows.of(Claim) if row.document_id == key]
    said = {row.attribution_id: row for row in rows.of(Attribution) if row.document_id == key}
    who = {key: tuple(actor for actor, _ in pairs) for key, pairs in read.actors.items()}
    ground = Ground(document, segments, rows.one(Page).text, said, who, read.names)
    attached = attach(ground, claims, read.mentions.times, read.meant)
    for claim in claims:
        actors = who.get(claim.claim_id, ())
        places, time = attached[claim.claim_id]
        yield ResolvedClaim(
            claim_id=claim.claim_id,
            document_id=key,
            page_id=claim.page_id,
            summary=summary_of(claim, actors, places),
            actors=actors,
            places=places,
            time=time,
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
    version=15,
    scope=Scope.RECORD,
    reads=(Page, Document, Segments, Voices, Entity, Attribution, Claim),
    writes=(Mentions, ResolvedClaim, CanonicalActor, CanonicalPlace),
    run=resolve_page,
    resources=(
        TEMPLATES,
        COLUMNS,
        *PLACE_RESOURCES,
        *REGISTER_RESOURCES,
        *ACTOR_RESOURCES,
        CUES,
        POSTS,
        VERBS,
        "lexicons/time_patterns.tsv",
        "lexicons/time_words.tsv",
        "lexicons/time_phrases.tsv",
        "lexicons/time_cues.tsv",
        "lexicons/number_words.tsv",
    ),
    project_files=(GAZETTEER_FILE, ACTORS_FILE),
)
