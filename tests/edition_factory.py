"""A small edition with every state a screen can show, made of invented pages and outlets."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from firsthand.model.capture import Capture
from firsthand.model.claim import (
    Actor,
    Attribution,
    ChainLink,
    Claim,
    Codes,
    LoadedTerm,
    Place,
    Quantity,
    ResolvedClaim,
    Time,
)
from firsthand.model.document import Document, Paragraph, Segments
from firsthand.model.event import (
    Account,
    ClaimLink,
    ClaimOrigin,
    Conflict,
    ConflictValue,
    Deadline,
    Event,
    Forecast,
    Origin,
    SameOrigin,
    Statement,
    Telling,
    TellingStep,
)
from firsthand.model.ids import claim_id, digest, document_id, page_id, sha256
from firsthand.model.lineage import (
    AlteredQuotation,
    Credit,
    Derivation,
    Node,
    Passage,
    SpanPair,
    Voice,
    Voices,
)
from firsthand.model.page import Block, Furniture, Page
from firsthand.model.problem import problem
from firsthand.model.record import Record, Span, span_of
from firsthand.publish.edition import update_edition
from firsthand.publish.tables import RECORDS
from firsthand.stage import Change
from firsthand.store.memory import MemoryTables
from firsthand.store.project import Project, create

AT = "2031-05-06T08:00:00+00:00"

HARBOUR = (
    "Home News Sport\n"
    "Shells hit the fish market in Orlan\n"
    "Orlan, 4 May 2031 – Tern Agency\n"
    "At least 23 people were killed when shells hit the fish market in Orlan on Wednesday, "
    "the city hospital said.\n"
    "The army denied that its guns had fired on the market.\n"
    "The road to Orlan will be open within 48 hours, Governor Ana Ruel told Tern Agency.\n"
    "Share this story\nRead more\nDonate now\nSubscribe\nCookies\n"
)
DAILY = (
    "Terrorists slaughter shoppers in Orlan market\n"
    "Tern Agency reports:\n"
    "At least 23 people were killed when shells hit the fish market in Orlan on Wednesday, "
    "the city hospital said.\n"
    "Read the rest at Tern Agency.\n"
)
POST = (
    "Orlan market shelled\n"
    "Around 30 people died in the fish market of Orlan on 5 May, a rescue worker who was there "
    "told the Quay Post.\n"
    "The “shells hit the crowded fish market”, the hospital said.\n"
)
ARABIC = (
    "😀 سوق السمك في أورلان\n"
    "قال مستشفى المدينة 🏥 إن 23 شخصا قتلوا يوم الأربعاء في سوق السمك.\r\n"
    "وقالت الحاكمة إن الطريق سيفتح.\n"
)
HOSTILE_TITLE = "<script>alert(1)</script>" + "Very long headline " * 40 + "\u202egnp.exe"
HOSTILE = (
    f"{HOSTILE_TITLE}\n"
    '<img src=x onerror=alert(2)> =HYPERLINK("http://evil.example") said nobody.\n'
    "Rumours say that the bridge of Sorn fell.\n"
)
HOSTILE_BYTES = (
    b"<html><head><script>parent.document.title='owned'</script>"
    b"<link rel=stylesheet href='http://evil.example/a.css'></head>"
    b"<body onload=alert(1)><img src='http://evil.example/x.png'>"
    b"<a href='javascript:alert(1)'>x</a><p>Rumours</p></body></html>"
)


@dataclasses.dataclass
class Pile:
    """Rows being gathered, by unit."""

    project: Project
    rows: dict[str, list[Record]] = dataclasses.field(default_factory=dict)

    def put(self, unit: str, *rows: Record) -> None:
        self.rows.setdefault(unit, []).extend(rows)

    def page(
        self,
        source: str,
        text: str,
        *,
        outlet: str | None,
        title: str | None,
        content: bytes = b"",
        media_type: str = "text/plain",
        **fields: Any,
    ) -> Document:
        raw = content or text.encode()
        page = page_id(sha256(raw), source)
        self.project.captures.add(
            Capture(
                capture_id="cap-" + digest(page, AT),
                page_id=page,
                sha256=sha256(raw),
                size=len(raw),
                source=source,
                media_type=media_type,
                at=AT,
                by="tester",
                tool="firsthand test",
                previous=self.project.captures.last_digest(),
            ),
            raw,
        )
        marks = tuple(
            Furniture(
                start=text.index(words), end=text.index(words) + len(words), kind=kind, basis="form"
            )
            for words, kind in fields.pop("furniture", ())
        )
        low = fields.pop("low", 0)
        high = fields.pop("high", len(text))
        found = text.find(title) if title else -1
        document = Document(
            document_id=document_id(page, 1, title or "", text[:40]),
            page_id=page,
            ordinal=1,
            start=low,
            end=high,
            title=title,
            title_start=found if found >= 0 else None,
            title_end=found + len(title or "") if found >= 0 else None,
            byline=None,
            outlet=outlet,
            outlet_basis="metadata",
            published=fields.pop("published", None),
            published_basis=fields.pop("basis", None),
            published_reason=fields.pop("reason", None),
            dateline=None,
            language=fields.pop("language", "en"),
            url=None,
        )
        self.put(
            page,
            Page(
                page_id=page,
                source=source,
                sha256=sha256(raw),
                media_type=media_type,
                captured_at=AT,
                text_version=1,
                text=text,
                blocks=(Block(start=0, end=len(text), path=""),),
                furniture=marks,
            ),
            document,
            Segments(
                document_id=document.document_id,
                page_id=page,
                paragraphs=(Paragraph(start=low, end=high),),
                sentences=(),
                quotations=(),
            ),
            Node(
                node_id="n-" + document.document_id,
                kind="document",
                name=title or "",
                captured=True,
                document_id=document.document_id,
                outlet=outlet,
            ),
        )
        assert not fields, fields
        return document

    def text(self, document: Document) -> str:
        return next(row.text for row in self.rows[document.page_id] if isinstance(row, Page))

    def span(self, document: Document, words: str) -> Span:
        text = self.text(document)
        start = text.index(words)
        return span_of(text, start, start + len(words))

    def claim(
        self,
        document: Document,
        words: str,
        *,
        summary: str,
        event: str | None,
        origin: ClaimOrigin,
        source: str | None = None,
        credit: Credit | None = None,
        **fields: Any,
    ) -> Claim:
        span = self.span(document, words)
        key = claim_id(document.document_id, words, 1)
        chain = [ChainLink(name=document.outlet or "?", kind="outlet")]
        said = None
        if credit is not None:
            chain.append(
                ChainLink(name=credit.cited_source, kind="agency", credit_id=credit.credit_id)
            )
        if source is not None:
            said = Attribution(
                attribution_id="a-" + digest(key),
                document_id=document.document_id,
                page_id=document.page_id,
                source=(self.span(document, source),),
                cue=(),
                content=(span,),
                parent=None,
                source_name=origin.name,
                source_kind=fields.pop("source_kind", "organisation"),
                quotation="indirect",
                implicit=False,
            )
            chain.append(
                ChainLink(name=origin.name, kind=origin.kind, attribution_id=said.attribution_id)
            )
            self.put(document.page_id, said)
        quantities = tuple(
            Quantity(
                kind=kind,
                value=value,
                low=None,
                high=None,
                approximate=False,
                unit=None,
                as_written=written,
                start=self.span(document, written).start,
                end=self.span(document, written).end,
            )
            for kind, value, written in fields.pop("quantities", ())
        )
        time = fields.pop("time", None)
        actors = fields.pop("actors", ())
        claim = Claim(
            claim_id=key,
            document_id=document.document_id,
            page_id=document.page_id,
            evidence=(span,),
            scope=span,
            type=fields.pop("type", "shelling_artillery"),
            codes=Codes(),
            codes_reason="none fits",
            predicate="shell",
            actors=actors,
            instruments=(),
            quantities=quantities,
            attribution=said.attribution_id if said else None,
            chain=tuple(chain),
            modality=fields.pop("modality", "asserted"),
            polarity="positive",
            rule="test",
        )
        self.put(
            document.page_id,
            claim,
            ResolvedClaim(
                claim_id=key,
                document_id=document.document_id,
                page_id=document.page_id,
                summary=summary,
                actors=actors,
                places=(ORLAN,),
                time=self.time(document, *time) if time else None,
                quantities=quantities,
                chain=tuple(chain),
            ),
        )
        self.put(
            event or "nowhere",
            ClaimLink(
                claim_id=key,
                document_id=document.document_id,
                origin=origin,
                origin_id="o-" + digest(origin.name),
                event_id=event,
                statement_id=None,
                reason="same kind, place and time",
            ),
        )
        assert not fields, fields
        return claim

    def time(
        self, document: Document, words: str, earliest: str | None, latest: str | None
    ) -> Time:
        span = self.span(document, words)
        return Time(
            as_written=words,
            start=span.start,
            end=span.end,
            earliest=earliest,
            latest=latest,
            basis="anchored" if earliest else "unresolved",
            anchor=document.published,
            granularity="day",
            reason=None if earliest else "the page has no date",
        )

    def credit(self, document: Document, words: str, name: str) -> Credit:
        span = self.span(document, words)
        row = Credit(
            credit_id="cr-" + digest(document.document_id, words),
            document_id=document.document_id,
            page_id=document.page_id,
            start=span.start,
            end=span.end,
            text=words,
            cited_source=name,
            source_kind="agency",
            kind="republished",
            position="leading",
            covers=(),
            rule="reports:",
        )
        self.put(document.page_id, row)
        return row


ORLAN = Place(
    as_written="Orlan",
    start=None,
    end=None,
    name="Orlan",
    gazetteer_id="g-orlan",
    country="XO",
    lat=-40.2,
    lon=-110.4,
    radius_km=4.0,
    precision="town",
)
HOSPITAL = ClaimOrigin(
    name="Orlan City Hospital",
    kind="organisation",
    level="institutional",
    reason="the hospital speaks of the dead brought to it",
)
RESCUER = ClaimOrigin(
    name="a rescue worker", kind="witness", level="first_hand", reason="was at the market"
)
ARMY = ClaimOrigin(
    name="Army of Sarnia", kind="military", level="self_report", reason="its own guns"
)
GOVERNOR = ClaimOrigin(
    name="Governor Ana Ruel",
    kind="official",
    level="institutional",
    reason="speaks of her own plans",
)
NOBODY = ClaimOrigin(
    name="no source given", kind="anonymous", level="none", reason="rumours, nobody is named"
)

MARKET, ROAD, BRIDGE = "e-market", "e-road", "e-bridge"


def build(folder: Path) -> Project:
    """A project whose edition holds six pages and three events."""
    pile = Pile(create(folder, name="Orlan 2031"))
    documents = _pages(pile)
    _claims(pile, *documents)
    _hostile(pile)
    tables = MemoryTables(RECORDS)
    tables.replace("test", pile.rows)
    units: dict[type[Record], set[str]] = {}
    for unit, rows in pile.rows.items():
        for row in rows:
            units.setdefault(type(row), set()).add(unit)
    change = Change({record: frozenset(names) for record, names in units.items()})
    facts = {"generation": "1", "name": "Orlan 2031", "version": "test"}
    update_edition(pile.project.edition, tables, change, facts)
    return pile.project


def _pages(pile: Pile) -> tuple[Document, Document, Document, Document]:
    harbour = pile.page(
        "https://harbour.example/market",
        HARBOUR,
        outlet="Harbour News",
        title="Shells hit the fish market in Orlan",
        published="2031-05-04",
        basis="dateline",
        low=HARBOUR.index("Shells"),
        high=HARBOUR.index("Share"),
        furniture=[
            (words, "navigation" if words.startswith("Home") else "share")
            for words in (
                "Home News Sport",
                "Share this story",
                "Read more",
                "Donate now",
                "Subscribe",
                "Cookies",
            )
        ],
    )
    daily = pile.page(
        "northgate/market.txt",
        DAILY,
        outlet="Northgate Daily",
        title="Terrorists slaughter shoppers in Orlan market",
        reason="the page shows no date",
    )
    post = pile.page(
        "https://quay.example/orlan",
        POST,
        outlet="Quay Post",
        title="Orlan market shelled",
        published="2031-05-06",
        basis="metadata",
    )
    arabic = pile.page(
        "https://sahil.example/3",
        ARABIC,
        outlet="صحيفة الساحل",
        title="😀 سوق السمك في أورلان",
        published="2031-05-05",
        basis="url",
        language="ar",
    )
    words = "At least 23 people were killed when shells hit the fish market in Orlan on Wednesday"
    pile.put(
        harbour.page_id,
        Voices(
            document_id=harbour.document_id,
            page_id=harbour.page_id,
            voices=(
                Voice(
                    start=harbour.start,
                    end=HARBOUR.index("Orlan, 4"),
                    speaker="Harbour News",
                    kind="outlet",
                ),
                Voice(
                    start=HARBOUR.index("Orlan, 4"),
                    end=harbour.end,
                    speaker="Tern Agency",
                    kind="agency",
                ),
            ),
        ),
    )
    one, other = pile.span(harbour, words), pile.span(daily, words)
    pile.put(
        "lineage",
        Passage(
            passage_id="pa-1",
            document_a=harbour.document_id,
            document_b=daily.document_id,
            page_a=harbour.page_id,
            page_b=daily.page_id,
            a_start=one.start,
            a_end=one.end,
            b_start=other.start,
            b_end=other.end,
            shared_words=17,
            kind="copy",
        ),
        Node(
            node_id="n-tern",
            kind="report",
            name="Tern Agency",
            captured=False,
            credited_by=(daily.document_id, harbour.document_id),
        ),
        Derivation(
            derivation_id="dv-1",
            derived="n-" + daily.document_id,
            source="n-tern",
            kind="copy",
            basis="credit",
            spans=(SpanPair(derived=pile.span(daily, "Tern Agency reports:")),),
        ),
        Derivation(
            derivation_id="dv-2",
            derived="n-" + daily.document_id,
            source="n-" + harbour.document_id,
            kind="copy",
            basis="text",
            spans=(SpanPair(derived=other, source=one),),
            shared_words=17,
            containment=0.8,
            direction_basis="date",
        ),
    )
    quotation = pile.span(post, "“shells hit the crowded fish market”")
    pile.put(
        post.page_id,
        AlteredQuotation(
            altered_id="q-1",
            document_id=post.document_id,
            page_id=post.page_id,
            quotation=quotation,
            source_document=harbour.document_id,
            source_span=pile.span(harbour, "shells hit the fish market"),
            alteration="insertion",
            explanation="“crowded” is not in the source",
        ),
    )
    return harbour, daily, post, arabic


def _claims(
    pile: Pile, harbour: Document, daily: Document, post: Document, arabic: Document
) -> None:
    killed = "At least 23 people were killed when shells hit the fish market in Orlan on Wednesday"
    summary = "23 people reported killed by shelling in Orlan"
    tern = pile.credit(daily, "Tern Agency reports:", "Tern Agency")
    at = ("on Wednesday", "2031-05-04", "2031-05-04")
    first = [
        pile.claim(
            harbour,
            killed,
            summary=summary,
            event=MARKET,
            origin=HOSPITAL,
            source="the city hospital",
            quantities=[("killed", 23.0, "At least 23 people")],
            time=at,
        ),
        pile.claim(
            daily,
            killed,
            summary=summary,
            event=MARKET,
            origin=HOSPITAL,
            credit=tern,
            source="the city hospital",
            quantities=[("killed", 23.0, "At least 23 people")],
            time=at,
        ),
        pile.claim(
            arabic,
            "23 شخصا قتلوا يوم الأربعاء في سوق السمك",
            summary=summary,
            event=MARKET,
            origin=HOSPITAL,
            source="مستشفى المدينة",
            quantities=[("killed", 23.0, "23 شخصا")],
        ),
    ]
    seen = pile.claim(
        post,
        "Around 30 people died in the fish market of Orlan on 5 May",
        summary="About 30 people reported killed in Orlan",
        event=MARKET,
        origin=RESCUER,
        source="a rescue worker who was there",
        source_kind="witness",
        quantities=[("killed", 30.0, "Around 30 people")],
        time=("on 5 May", "2031-05-05", "2031-05-05"),
    )
    denied = pile.claim(
        harbour,
        "its guns had fired on the market",
        modality="denied",
        event=MARKET,
        summary="Army of Sarnia said to have shelled Orlan",
        origin=ARMY,
        source="The army",
        source_kind="military",
    )
    fore = pile.claim(
        harbour,
        "The road to Orlan will be open within 48 hours",
        modality="forecast",
        type="siege_broken",
        summary="Road to Orlan said to open",
        event=ROAD,
        origin=GOVERNOR,
        source="Governor Ana Ruel",
        source_kind="official",
        time=("within 48 hours", "2031-05-04", "2031-05-06"),
    )
    again = pile.claim(
        arabic,
        "الطريق سيفتح",
        modality="forecast",
        type="siege_broken",
        summary="Road to Orlan said to open",
        event=ROAD,
        origin=GOVERNOR,
        source="الحاكمة",
        source_kind="official",
    )
    loaded = pile.span(daily, "Terrorists")
    pile.put(
        daily.page_id,
        LoadedTerm(
            loaded_id="l-1",
            document_id=daily.document_id,
            page_id=daily.page_id,
            start=loaded.start,
            end=loaded.end,
            text="Terrorists",
            about="unknown",
            neutral="armed group",
            voice="Northgate Daily",
            in_quotation=False,
        ),
    )
    ids = [row.claim_id for row in first]
    pile.put(
        "statements",
        Statement(statement_id="s-1", claims=tuple(ids)),
        SameOrigin(group_id="g-1", statement_id="s-1", claims=tuple(ids), origin=HOSPITAL.name),
    )
    pile.put(
        MARKET,
        _event(
            MARKET,
            "Shelling reported in Orlan",
            [*first, seen, denied],
            n=(4, 4, 2, 1),
            corroboration="several_origins",
            dispute="denied",
            accounts=[
                (HOSPITAL, "supports", ids),
                (RESCUER, "supports", [seen.claim_id]),
                (ARMY, "denies", [denied.claim_id]),
            ],
        ),
        Conflict(
            conflict_id="x-killed",
            event_id=MARKET,
            kind="contradiction",
            field="quantity",
            claims=(ids[0], seen.claim_id),
            values=(
                ConflictValue(claim_id=ids[0], value="23 killed"),
                ConflictValue(claim_id=seen.claim_id, value="30 killed"),
            ),
            explanation="23 and about 30 dead are given for one incident",
        ),
        Conflict(
            conflict_id="x-day",
            event_id=MARKET,
            kind="tension",
            field="time",
            claims=(ids[0], seen.claim_id),
            values=(
                ConflictValue(claim_id=ids[0], value="2031-05-04"),
                ConflictValue(claim_id=seen.claim_id, value="2031-05-05"),
            ),
            explanation="two days are given",
        ),
        Telling(
            telling_id="t-1",
            event_id=MARKET,
            steps=(
                TellingStep(claim_id=ids[0], value="At least 23", change=None),
                TellingStep(claim_id=ids[2], value="23", change="“at least” dropped"),
            ),
        ),
    )
    pile.put(
        ROAD,
        _event(
            ROAD,
            "Road to Orlan said to open",
            [fore, again],
            n=(2, 2, 1, 0),
            corroboration="single_origin",
            type_="siege_broken",
            accounts=[(GOVERNOR, "supports", [fore.claim_id, again.claim_id])],
        ),
        Forecast(
            claim_id=fore.claim_id,
            deadline=Deadline(earliest="2031-05-04", latest="2031-05-06"),
            outcomes=(seen.claim_id,),
            verdict="missed",
            reason="the road was shut on 6 May",
        ),
        Forecast(
            claim_id=again.claim_id,
            deadline=None,
            outcomes=(),
            verdict="cannot_be_scored",
            reason="no deadline is given",
        ),
    )
    for origin, claims in (
        (HOSPITAL, ids),
        (RESCUER, [seen.claim_id]),
        (ARMY, [denied.claim_id]),
        (GOVERNOR, [fore.claim_id, again.claim_id]),
    ):
        key = "o-" + digest(origin.name)
        pile.put(
            key,
            Origin(
                origin_id=key,
                name=origin.name,
                kind=origin.kind,
                side=None,
                level=origin.level,
                claims=tuple(claims),
                conduits=(),
            ),
        )


def _hostile(pile: Pile) -> None:
    bad = pile.page(
        "https://evil.example/?<b>",
        HOSTILE,
        outlet="=cmd|' /C calc'!A0",
        title=HOSTILE_TITLE,
        content=HOSTILE_BYTES,
        media_type="text/html",
        reason="<i>none</i>",
    )
    claim = pile.claim(
        bad,
        "the bridge of Sorn fell",
        summary="=1+1 <b>Bridge</b> of Sorn said to have fallen",
        event=BRIDGE,
        origin=NOBODY,
        modality="unconfirmed",
        type="destruction",
        actors=(Actor(name="<u>nobody</u>", role="agent", as_written="nobody", start=0, end=1),),
    )
    pile.put(
        BRIDGE,
        _event(
            BRIDGE,
            "@<b>Bridge</b> of Sorn reported fallen",
            [claim],
            n=(1, 1, 0, 0),
            corroboration="none",
            place=None,
            type_="destruction",
            accounts=[(NOBODY, "supports", [claim.claim_id])],
        ),
    )
    pile.put(bad.page_id, problem("extract", bad.page_id, "no_date", "<script>no date</script>"))


def _event(
    key: str,
    title: str,
    claims: list[Claim],
    *,
    n: tuple[int, int, int, int],
    corroboration: Any,
    accounts: list[tuple[ClaimOrigin, Any, list[str]]],
    dispute: Any = "none",
    type_: str = "shelling_artillery",
    place: Place | None = ORLAN,
) -> Event:
    return Event(
        event_id=key,
        type=type_,
        title=title,
        actors=(),
        place=place,
        earliest="2031-05-04" if place else None,
        latest="2031-05-05" if place else None,
        claims=tuple(claim.claim_id for claim in claims),
        n_pages=n[0],
        n_outlets=n[1],
        n_origins=n[2],
        n_first_hand=n[3],
        n_tellers_without_knowledge=0 if n[2] else 1,
        conduits=("Tern Agency",),
        corroboration=corroboration,
        dispute=dispute,
        accounts=tuple(
            Account(
                origin=origin.name,
                origin_id="o-" + digest(origin.name),
                level=origin.level,
                stance=stance,
                claims=tuple(ids),
                times=(),
                places=(),
                quantities=(),
            )
            for origin, stance, ids in accounts
        ),
    )
