"""Walks any number back to the words it rests on, and those words to the hashed bytes."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence

from firsthand.errors import ProjectError
from firsthand.model.claim import Attribution, Claim
from firsthand.model.document import Document
from firsthand.model.event import (
    COUNTED_LEVELS,
    Account,
    Conflict,
    Event,
    Forecast,
    Origin,
    SameOrigin,
    Statement,
)
from firsthand.model.ids import sha256
from firsthand.model.lineage import Credit, Derivation, Node, SpanPair
from firsthand.model.page import Page
from firsthand.model.record import Part, Record, Span
from firsthand.model.table import table_name
from firsthand.publish import read, show
from firsthand.publish.told import Told, by_ids, told_by_ids
from firsthand.publish.words import (
    BASIS,
    CONFLICT,
    DERIVATION,
    FIELD,
    LEVEL,
    MODALITY,
    STANCE,
    VERDICT,
    _,
    interval,
    label,
    n_,
)

MOST = 40
"""Claims followed under one heading; how many more there are is said."""

Bytes = Callable[[str], bytes]
"""The captured bytes of a SHA-256, or a `ProjectError`."""


class Step(Part, frozen=True, kw_only=True):
    """One step of the way back, and what it rests on."""

    says: str
    record_id: str | None = None
    document_id: str | None = None
    words: Span | None = None
    source: str | None = None
    """Where the page came from."""
    sha256: str | None = None
    holds: bool | None = None
    """Whether the captured bytes still have that SHA-256; None where this step names none."""
    steps: tuple["Step", ...] = ()


def why(db: sqlite3.Connection, record_id: str, content: Bytes) -> Step:
    """The way from a record back to words and bytes; an unknown id is an error."""
    return _Walk(db, content).of(show.found(db, record_id))


def all_hold(step: Step) -> bool:
    """Whether every capture named on the way still hashes as it was taken in."""
    return step.holds is not False and all(all_hold(inner) for inner in step.steps)


def lines_of(step: Step, depth: int = 0) -> Iterator[str]:
    """The way back as indented lines."""
    pad = "  " * depth
    named = f"  [{step.record_id}]" if step.record_id else ""
    yield f"{pad}{step.says}{named}"
    if step.words is not None:
        yield f"{pad}  “{step.words.text}” at [{step.words.start}, {step.words.end})"
    if step.sha256 is not None:
        state = _("bytes as captured") if step.holds else _("BYTES CHANGED OR MISSING")
        yield f"{pad}  {step.source}  sha256 {step.sha256}: {state}"
    for inner in step.steps:
        yield from lines_of(inner, depth + 1)


class _Walk:
    """One walk; each capture is hashed once."""

    def __init__(self, db: sqlite3.Connection, content: Bytes) -> None:
        self.db = db
        self.content = content
        self.held: dict[str, bool] = {}

    def of(self, record: Record) -> Step:
        """The way back from any record."""
        if isinstance(record, Event):
            return self.event(record)
        if isinstance(record, Claim):
            return self.claims([record.claim_id])[0]
        if isinstance(record, Derivation):
            return self.derivation(record)
        if isinstance(record, Conflict | Origin | Statement | SameOrigin):
            return self.group(record)
        return self.place_in_text(record)

    def place_in_text(self, record: Record) -> Step:
        """The way back from what stands in a page: documents, pages, nodes, and all else."""
        if isinstance(record, Document):
            return self.document(record)
        if isinstance(record, Page):
            return self.page(record)
        if isinstance(record, Node):
            return self.node(record)
        return self.other(record)

    def event(self, event: Event) -> Step:
        """Every count of an event, each with what was counted."""
        counted = [row for row in event.accounts if _counts(row)]
        others = [row for row in event.accounts if not _counts(row)]
        documents = {one.claim.document_id for one in self.told(event.claims).values()}
        pages = by_ids(self.db, Document, documents)
        return Step(
            says=event.title,
            record_id=event.event_id,
            steps=(
                Step(
                    says=n_("{n} page", "{n} pages", event.n_pages)
                    + _(" of ")
                    + n_("{n} outlet", "{n} outlets", event.n_outlets),
                    steps=tuple(self.document(rows[0]) for _key, rows in sorted(pages.items())),
                ),
                Step(
                    says=n_("{n} origin", "{n} origins", event.n_origins)
                    + _(" that could know, ")
                    + _("{n} of them first-hand", n=event.n_first_hand),
                    steps=tuple(self.account(row) for row in counted),
                ),
                Step(
                    says=_(
                        "{n} tellers without knowledge, and accounts that deny or differ: "
                        "never counted",
                        n=event.n_tellers_without_knowledge,
                    ),
                    steps=tuple(self.account(row) for row in others),
                ),
            ),
        )

    def account(self, account: Account) -> Step:
        """One origin's account of an event."""
        level, stance = label(LEVEL, account.level), label(STANCE, account.stance)
        return Step(
            says=f"{account.origin}: {level}; {stance}",
            record_id=account.origin_id,
            steps=self.claims(account.claims),
        )

    def told(self, ids: Iterable[str]) -> dict[str, Told]:
        """Claims by id."""
        return told_by_ids(self.db, set(ids))

    def claims(self, ids: Sequence[str]) -> tuple[Step, ...]:
        """The way back from some claims, and how many more there are."""
        known = self.told(ids[:MOST])
        steps = [self.claim(known[key]) for key in ids[:MOST] if key in known]
        if len(ids) > MOST:
            steps.append(Step(says=_("… and {n} more claims", n=len(ids) - MOST)))
        return tuple(steps)

    def claim(self, one: Told) -> Step:
        """One claim: its words, who told whom, its origin, the forecast it is, its page."""
        claim = one.claim
        steps = [Step(says=_("in these words"), words=span) for span in claim.evidence]
        if one.time is not None:
            when = interval(one.time.earliest, one.time.latest)
            basis = one.time.reason or one.time.basis
            written = Span(start=one.time.start, end=one.time.end, text=one.time.as_written)
            steps.append(Step(says=f"{_('when')}: {when} ({basis})", words=written))
        steps += [self.teller(link.name, link.attribution_id, link.credit_id) for link in one.chain]
        if one.link is not None:
            origin = one.link.origin
            steps.append(
                Step(
                    says=f"{_('origin')}: {origin.name}, {label(LEVEL, origin.level)}: "
                    f"{origin.reason}",
                    record_id=one.link.origin_id,
                )
            )
        forecast = read.get(self.db, Forecast, claim.claim_id)
        if forecast is not None:
            steps.append(self.forecast(forecast))
        steps += self.home(claim.document_id)
        return Step(
            says=f"{one.summary} ({label(MODALITY, claim.modality)})",
            record_id=claim.claim_id,
            document_id=claim.document_id,
            steps=tuple(steps),
        )

    def teller(self, name: str, attribution_id: str | None, credit_id: str | None) -> Step:
        """One station of a claim's chain and the words that show it."""
        if credit_id and (credit := read.get(self.db, Credit, credit_id)):
            words = Span(start=credit.start, end=credit.end, text=credit.text)
            return Step(says=_("credited to {name}", name=name), record_id=credit_id, words=words)
        if attribution_id and (said := read.get(self.db, Attribution, attribution_id)):
            spans = sorted((*said.source, *said.cue), key=lambda span: span.start)
            first = spans[0] if spans else None
            return Step(says=_("said by {name}", name=name), record_id=attribution_id, words=first)
        return Step(says=_("told by {name}", name=name))

    def forecast(self, forecast: Forecast) -> Step:
        """How a forecast came out."""
        verdict = label(VERDICT, forecast.verdict)
        outcomes = self.told(forecast.outcomes)
        return Step(
            says=f"{_('forecast')}: {verdict}: {forecast.reason}",
            steps=tuple(
                Step(says=one.summary, record_id=key, steps=self.home(one.claim.document_id))
                for key, one in sorted(outcomes.items())
            ),
        )

    def home(self, document_id: str) -> tuple[Step, ...]:
        """The document that something stands in, down to its bytes; empty where it is gone."""
        document = read.get(self.db, Document, document_id)
        return (self.document(document),) if document else ()

    def document(self, document: Document) -> Step:
        """A document: its outlet, its date and how that was found, and its page."""
        page = read.get(self.db, Page, document.page_id)
        date = document.published or document.published_reason or _("no date")
        basis = f" ({document.published_basis})" if document.published_basis else ""
        return Step(
            says=f"{document.outlet or '-'}: {document.title or '-'}; {date}{basis}",
            record_id=document.document_id,
            document_id=document.document_id,
            source=page.source if page else None,
            sha256=page.sha256 if page else None,
            holds=self.holds(page.sha256) if page else None,
        )

    def page(self, page: Page) -> Step:
        """A page and its bytes."""
        return Step(
            says=_("captured {at}", at=page.captured_at),
            record_id=page.page_id,
            source=page.source,
            sha256=page.sha256,
            holds=self.holds(page.sha256),
        )

    def holds(self, sha: str) -> bool:
        """Whether the captured bytes are there and still have that SHA-256."""
        if sha not in self.held:
            try:
                self.held[sha] = sha256(self.content(sha)) == sha
            except ProjectError:
                self.held[sha] = False
        return self.held[sha]

    def group(self, record: Conflict | Origin | Statement | SameOrigin) -> Step:
        """A group of claims and what joins them."""
        if isinstance(record, Conflict):
            says = f"{label(CONFLICT, record.kind)}, {label(FIELD, record.field)}: "
            says, key = says + record.explanation, record.conflict_id
        elif isinstance(record, Origin):
            says, key = f"{record.name}: {label(LEVEL, record.level)}", record.origin_id
        elif isinstance(record, Statement):
            says, key = _("claims that say the same thing"), record.statement_id
        else:
            says, key = _("one origin, counts once: {name}", name=record.origin), record.group_id
        return Step(says=says, record_id=key, steps=self.claims(record.claims))

    def derivation(self, edge: Derivation) -> Step:
        """An edge of the lineage: both ends and the words on both sides."""
        ends = {
            key: rows[0] for key, rows in by_ids(self.db, Node, {edge.derived, edge.source}).items()
        }
        derived, source = ends.get(edge.derived), ends.get(edge.source)
        says = (
            f"{derived.name if derived else edge.derived} {label(DERIVATION, edge.kind)} "
            f"{source.name if source else edge.source}: {label(BASIS, edge.basis)}"
        )
        reason = [Step(says=text) for text in (edge.explanation, edge.reason) if text]
        homes = [
            step
            for node in (derived, source)
            if node and node.document_id
            for step in self.home(node.document_id)
        ]
        return Step(
            says=says,
            record_id=edge.derivation_id,
            steps=(*reason, *(step for pair in edge.spans for step in _pair(pair)), *homes),
        )

    def node(self, node: Node) -> Step:
        """A node of the lineage: its own page, or the pages that credit it."""
        documents = (node.document_id,) if node.document_id else node.credited_by
        state = _("captured") if node.captured else _("credited, original not captured")
        return Step(
            says=f"{node.name} ({node.kind}): {state}",
            record_id=node.node_id,
            steps=tuple(step for key in documents for step in self.home(key)),
        )

    def other(self, record: Record) -> Step:
        """Any other record: its exported fields, and the document it stands in."""
        row = read.plain(record)
        words = None
        if isinstance(row.get("start"), int) and isinstance(row.get("text"), str):
            words = Span(start=row["start"], end=row["end"], text=row["text"])  # type: ignore[arg-type]  # a span as it was exported
        home = row.get("document_id")
        claims = row.get("claims")
        ids = [str(key) for key in claims] if isinstance(claims, list) else []
        return Step(
            says=table_name(type(record)).replace("_", " "),
            record_id=str(next(iter(row.values()))),
            words=words,
            steps=(*self.claims(ids), *(self.home(home) if isinstance(home, str) else ())),
        )


def _counts(account: Account) -> bool:
    return account.level in COUNTED_LEVELS and account.stance == "supports"


def _pair(pair: SpanPair) -> Iterator[Step]:
    if pair.derived is not None:
        yield Step(says=_("in the page that took it"), words=pair.derived)
    if pair.source is not None:
        yield Step(says=_("in the page it was taken from"), words=pair.source)
