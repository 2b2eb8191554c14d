"""Builds pages of claims for tests of link, and runs the stage over them as the engine does."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from firsthand.config import Settings
from firsthand.link.stage import STAGE
from firsthand.model.claim import (
    Actor,
    Attribution,
    CanonicalActor,
    ChainLink,
    Claim,
    Codes,
    Place,
    Quantity,
    ResolvedClaim,
    Time,
)
from firsthand.model.document import Document
from firsthand.model.event import ClaimLink, Event
from firsthand.model.judgement import Judgement, Target
from firsthand.model.lineage import AlteredQuotation, Derivation, Passage, SpanPair
from firsthand.model.page import Page
from firsthand.model.record import Record, Span
from firsthand.stage import Change, Context, Rows
from firsthand.store.memory import MemoryTables
from firsthand.store.parts import rows_digest

RECORDS = (
    AlteredQuotation,
    Document,
    Claim,
    ResolvedClaim,
    Attribution,
    CanonicalActor,
    Passage,
    *STAGE.prepares,
    *STAGE.writes,
)
TOWNS = {
    "Velm": (10.0, 20.0),
    "Orsk Ford": (10.9, 20.9),
    "Tarn": (14.0, 25.0),
}
"""Invented towns, far from one another."""


def place(name: str, **more: Any) -> Place:
    """A town of the table above, or an unresolved name."""
    lat, lon = TOWNS.get(name, (None, None))
    values: dict[str, Any] = {
        "as_written": name,
        "start": 0,
        "end": len(name),
        "name": name if lat is not None else None,
        "gazetteer_id": f"x:{name}" if lat is not None else None,
        "country": None,
        "lat": lat,
        "lon": lon,
        "radius_km": 3.0 if lat is not None else None,
        "precision": "town" if lat is not None else None,
    }
    return Place(**values | more)


def day(earliest: str | None, latest: str | None = "same", **more: Any) -> Time:
    """A time expression that stands for one day, or for an interval."""
    values: dict[str, Any] = {
        "as_written": "that day",
        "start": 0,
        "end": 8,
        "earliest": earliest,
        "latest": earliest if latest == "same" else latest,
        "basis": "absolute",
        "anchor": None,
        "granularity": "day",
    }
    return Time(**values | more)


def actor(name: str, role: str = "agent", kind: str = "armed_group") -> Actor:
    """A named actor."""
    return Actor(
        name=name,
        actor_id=f"a:{name}",
        actor_kind=kind,  # type: ignore[arg-type]  # a test's own values
        role=role,  # type: ignore[arg-type]  # a test's own values
        as_written=name,
        start=0,
        end=1,
    )


def number(value: float | None, kind: str = "killed", **more: Any) -> Quantity:
    """A figure."""
    values: dict[str, Any] = {
        "kind": kind,
        "value": value,
        "low": None,
        "high": None,
        "approximate": False,
        "unit": None,
        "as_written": "some" if value is None else f"{value:g}",
        "start": 0,
        "end": 1,
    }
    return Quantity(**values | more)


def said(*chain: tuple[str, str]) -> tuple[ChainLink, ...]:
    """Tellers after the publisher, outermost first, as (name, kind)."""
    return tuple(ChainLink(name=name, kind=kind) for name, kind in chain)


@dataclass(frozen=True)
class Said:
    """One claim of a page: what it says, and who says it after the publisher."""

    key: str
    text: str = "Shells fell on the grain market of the old town during the morning"
    type: str = "shelling_artillery"
    places: tuple[Place, ...] = ()
    time: Time | None = None
    actors: tuple[Actor, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    by: tuple[ChainLink, ...] = ()
    modality: str = "asserted"
    polarity: str = "positive"
    denies: str | None = None
    title: bool = False


@dataclass(frozen=True)
class Article:
    """One page with one article."""

    key: str
    claims: tuple[Said, ...]
    outlet: str = "The Lantern"
    published: str | None = None
    copied_from: str | None = None
    """Key of the article whose claims with the same text it copies."""
    register: tuple[CanonicalActor, ...] = ()
    undirected: bool = False
    about: str = ""
    """The words of its page, from which link takes what it is about."""

    @property
    def page_id(self) -> str:
        return f"p-{self.key}"

    @property
    def document_id(self) -> str:
        return f"d-{self.key}"

    @property
    def source(self) -> str:
        return f"https://{self.key}.example/"

    def aimed(self, key: str, kind: str = "claim") -> Target:
        """A target that means one of the claims."""
        claim = next(claim for claim in self.claims if claim.key == key)
        return Target(kind=kind, words=claim.text, source=self.source, sha256=f"sha-{self.key}")

    def claim_id(self, key: str) -> str:
        return f"c-{self.key}-{key}"

    def start_of(self, at: int) -> int:
        """Where a claim's words start; titles stand in the first hundred characters."""
        return 10 * at if self.claims[at].title else 200 * at + 100


def registered(name: str, kind: str, parent: str | None = None, *aliases: str) -> CanonicalActor:
    """A line of the register."""
    return CanonicalActor(
        actor_id=f"a:{name}",
        page_id="",
        name=name,
        kind=kind,  # type: ignore[arg-type]  # a test's own values
        aliases=aliases,
        parent=parent,
        basis="project",
    )


def decision(action: str, *targets: Target, at: int = 1, **more: Any) -> Judgement:
    """A decision made on the day of that number."""
    values: dict[str, Any] = {
        "judgement_id": f"j-{action}-{at}",
        "at": f"2031-07-{at:02}T10:00:00+00:00",
        "by": "Ana",
        "action": action,
        "targets": targets,
    }
    return Judgement(**values | more)


def page_of(article: Article) -> Page:
    """The page itself, for stages that look at its words."""
    return Page(
        page_id=article.page_id,
        source=article.source,
        sha256=f"sha-{article.key}",
        media_type="text/html",
        captured_at="2031-06-30T00:00:00+00:00",
        text_version=1,
        text=article.about,
        blocks=(),
        furniture=(),
    )


def page_rows(article: Article) -> list[Record]:
    """The rows that the stages before link make of a page."""
    rows: list[Record] = [
        Document(
            document_id=article.document_id,
            page_id=article.page_id,
            ordinal=1,
            start=0,
            end=1_000_000,
            title="A title",
            title_start=0,
            title_end=90,
            byline=None,
            outlet=article.outlet,
            outlet_basis="metadata",
            published=article.published,
            published_basis="metadata" if article.published else None,
            published_reason=None,
            dateline=None,
            language="en",
            url=None,
        ),
        *article.register,
    ]
    for at, claim in enumerate(article.claims):
        rows += _claim_rows(article, at, claim)
    return rows


def _claim_rows(article: Article, at: int, claim: Said) -> list[Record]:
    start = article.start_of(at)
    span = Span(start=start, end=start + len(claim.text), text=claim.text)
    chain = (ChainLink(name=article.outlet, kind="outlet"), *claim.by)
    shared: dict[str, Any] = {
        "claim_id": article.claim_id(claim.key),
        "document_id": article.document_id,
        "page_id": article.page_id,
        "actors": claim.actors,
        "quantities": claim.quantities,
        "chain": chain,
    }
    return [
        Claim(
            **shared,
            evidence=(span,),
            scope=span,
            type=claim.type,
            codes=Codes(),
            codes_reason="",
            predicate="",
            instruments=(),
            attribution=None,
            modality=claim.modality,  # type: ignore[arg-type]  # a test's own values
            polarity=claim.polarity,  # type: ignore[arg-type]  # a test's own values
            denies=article.claim_id(claim.denies) if claim.denies else None,
        ),
        ResolvedClaim(**shared, summary="", places=claim.places, time=claim.time),
    ]


def lineage_rows(pile: Mapping[str, Article]) -> dict[str, list[Record]]:
    """Passages and edges of the copies of a pile, kept under the copy's page."""
    units: dict[str, list[Record]] = {}
    for article in pile.values():
        source = pile.get(article.copied_from or "")
        if source is not None:
            units[article.page_id] = _copy_rows(source, article)
    return units


def _copy_rows(source: Article, copy: Article) -> list[Record]:
    rows: list[Record] = []
    for at, claim in enumerate(copy.claims):
        alike = [n for n, other in enumerate(source.claims) if other.text == claim.text]
        if alike:
            same = at if at in alike else alike[0]
            a, b = source.start_of(same), copy.start_of(at)
            rows.append(_passage(source, copy, a, b, len(claim.text)))
    if rows and not copy.undirected:
        rows.append(
            Derivation(
                derivation_id=f"e-{copy.key}-{source.key}",
                derived=copy.document_id,
                source=source.document_id,
                kind="copy",
                basis="credit",
                spans=(SpanPair(),),
            )
        )
    return rows


def _passage(source: Article, copy: Article, a: int, b: int, size: int) -> Passage:
    return Passage(
        passage_id=f"w-{source.key}-{copy.key}-{a}",
        document_a=source.document_id,
        document_b=copy.document_id,
        page_a=source.page_id,
        page_b=copy.page_id,
        a_start=a,
        a_end=a + size,
        b_start=b,
        b_end=b + size,
        shared_words=20,
        kind="copy",
    )


@dataclass
class Project:
    """A pile in memory that is linked anew after every change, as the engine would."""

    pile: dict[str, Article] = field(default_factory=dict)
    tables: MemoryTables = field(default_factory=lambda: MemoryTables(RECORDS))
    seen: dict[type[Record], dict[str, str]] = field(default_factory=dict)
    judgements: list[Judgement] = field(default_factory=list)
    context: Context = field(default_factory=lambda: Context(settings=Settings()))

    def change(self, add: Iterable[Article] = (), remove: Iterable[str] = ()) -> "Project":
        """Add or replace articles, remove others, and link."""
        gone = {self.pile.pop(key).page_id for key in remove if key in self.pile}
        added = list(add)
        self.pile.update({article.key: article for article in added})
        pages = {article.page_id: article for article in added}
        self.tables.replace("claims", {page: [] for page in sorted(gone)})
        self.tables.replace("link.pages", {page: [] for page in sorted(gone)})
        for page, article in pages.items():
            rows = page_rows(article)
            self.tables.replace("claims", {page: rows})
            self.tables.replace(
                "link.pages", {page: self._prepared(page, [*rows, *self._decisions(article)])}
            )
        units = lineage_rows(self.pile)
        before = self.tables.by_unit(Passage)
        self.tables.replace("trace", {u: units.get(u, []) for u in sorted({*units, *before})})
        self._link()
        return self

    def judge(self, *rows: Judgement) -> "Project":
        """Make these the standing decisions, and link anew."""
        before = {row.judgement_id: row for row in self.judgements}
        after = {row.judgement_id: row for row in rows}
        self.judgements = list(rows)
        differ = [
            row
            for key in before.keys() | after.keys()
            for row in (before.get(key), after.get(key))
            if row is not None and before.get(key) != after.get(key)
        ]
        aimed = {target.source for row in differ for target in row.targets}
        return self.change(article for article in self.pile.values() if article.source in aimed)

    def _decisions(self, article: Article) -> list[Record]:
        found: list[Record] = [
            row
            for row in self.judgements
            if any(target.source == article.source for target in row.targets)
        ]
        return [page_of(article), *found]

    def _prepared(self, page: str, rows: Sequence[Record]) -> list[Record]:
        grouped: dict[type[Record], list[Record]] = {}
        for row in rows:
            grouped.setdefault(type(row), []).append(row)
        assert STAGE.run is not None
        return list(STAGE.run(Rows(page, grouped), self.context))

    def _link(self) -> None:
        now = {record: self._digests(record) for record in STAGE.reads}
        change = {
            record: frozenset(
                unit
                for unit in now[record].keys() | self.seen.get(record, {}).keys()
                if now[record].get(unit) != self.seen.get(record, {}).get(unit)
            )
            for record in STAGE.reads
        }
        assert STAGE.update is not None
        delta = STAGE.update(self.tables, Change(change), self.context)
        for units in [*delta.portions()]:
            self.tables.replace(STAGE.name, units)
        self.seen = now

    def _digests(self, record: type[Record]) -> dict[str, str]:
        return {unit: rows_digest(rows) for unit, rows in self.tables.by_unit(record).items()}

    def written(self) -> dict[str, list[tuple[str, Record]]]:
        """Every row the stage has written, by table, with its unit, in unit order."""
        found: dict[str, list[tuple[str, Record]]] = {}
        for record in STAGE.writes:
            by_unit = self.tables.by_unit(record)
            found[record.__name__] = [
                (unit, row) for unit in sorted(by_unit) for row in sorted(by_unit[unit], key=repr)
            ]
        return found

    def event_of(self, article: str, claim: str) -> Event:
        """The event a claim was put into."""
        name = self.pile[article].claim_id(claim)
        (link,) = (row for row in self.tables.rows(ClaimLink) if row.claim_id == name)
        (event,) = (row for row in self.tables.rows(Event) if row.event_id == link.event_id)
        return event

    def link_of(self, article: str, claim: str) -> ClaimLink:
        """What link says of a claim."""
        name = self.pile[article].claim_id(claim)
        (link,) = (row for row in self.tables.rows(ClaimLink) if row.claim_id == name)
        return link


def linked(*articles: Article) -> Project:
    """A pile linked in one run."""
    return Project().change(articles)
