"""What `link` keeps between runs: claims as they are compared, and where each one was put."""

from typing import ClassVar

from firsthand.model.claim import Actor, Place, Quantity, Time
from firsthand.model.event import ClaimOrigin, OriginLevel
from firsthand.model.record import Part, Record


class ClaimFacts(Record, frozen=True, kw_only=True):
    """One claim with all that is compared of it; made from its own page's rows alone."""

    # fmt: off
    asked_for: ClassVar[frozenset[str] | None] = frozenset({
        "claim_id", "document_id", "page_id", "outlet", "published", "published_latest",
        "title", "start", "end", "sentence", "type", "modality", "denies", "origin_key",
        "keys", "incident", "kin", "earliest", "latest", "in_event", "marks", "rejected",
    })
    # fmt: on

    claim_id: str
    document_id: str
    page_id: str
    outlet: str
    """The publisher's name; a name built from the document's id where the page gives none."""
    published: str | None
    """First and last day of the document's date; null where the page has none."""
    published_latest: str | None
    title: bool
    """Whether it stands in the article's title."""
    start: int
    end: int
    sentence: int
    """Where its sentence starts: claims of one sentence share it."""
    type: str
    modality: str
    polarity: str
    denies: str | None
    text: str
    """Its evidence words, shortened."""
    words: tuple[int, ...]
    """Its content words, hashed and sorted."""
    words_key: int
    """All its words in order, hashed."""
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    time: Time | None
    quantities: tuple[Quantity, ...]
    figures: tuple[str, ...]
    """What each quantity counts as it is compared: bodies, and people who "drowned", are killed."""
    origin: ClaimOrigin
    """By its own chain; lineage may show another."""
    origin_key: str
    """What makes two origins one: the name, and for unnamed ones who heard them."""
    tellers: tuple[str, ...]
    """Outlets and agencies on the way from the publisher to the origin, publisher first."""
    chain: tuple[str, ...]
    """Names of the tellers from the publisher to the innermost, in comparable form."""
    keys: tuple[int, ...]
    """Claims are compared where they share one of these."""
    story: tuple[int, ...] = ()
    """The rarest words of its article, hashed and sorted: articles on one matter share some."""
    incident: str | None = None
    """The claim that leads the incident it is told with in its article; null where alone."""
    main: bool = False
    """Whether it leads the incident that its article tells most of."""
    kin: str | None = None
    """The family of that incident, or of the cause that an effect's own words name, by which it
    is compared beside its own."""
    lead_time: Time | None = None
    """When the incident was, where the claim's own words do not say."""
    lead_places: tuple[Place, ...] = ()
    """Where the incident was, where the claim's own words do not say."""
    earliest: int | None = None
    latest: int | None = None
    """First and last day, as numbers, of the time it is compared by."""
    in_event: bool = False
    """Whether claims of this type and modality are put into events."""
    marks: tuple[int, ...] = ()
    """Its words, names, places and figures as sets of bits, by which most pairs are set aside."""
    judged: str | None = None
    """Who decided what about this claim, in words; null where nobody did."""
    rejected: bool = False
    """Whether a person found it wrong: it is kept, and stands in no event, count or statement."""


class Decision(Record, frozen=True, kw_only=True):
    """One target of a human decision, found again on its page; unit: the page."""

    judgement_id: str
    at: str
    by: str
    action: str
    """merge, split, reject or accept; a corrected value is in the claim's facts already."""
    reason: str | None
    kind: str
    """claim, event or forecast."""
    number: int
    """Which of the decision's targets this is, from 0."""
    targets: int
    """How many targets the decision has, here and on other pages."""
    page_id: str
    claims: tuple[str, ...]
    """The claims with the words aimed at, those that stand in events first."""


class CheckedQuotation(Record, frozen=True, kw_only=True):
    """A quotation that a person compared with its source; unit: the page."""

    checked_id: str
    page_id: str
    words: str
    """The quotation, verbatim."""
    altered: bool
    """Whether it was found to be altered; one found not to be makes no conflict."""
    judged: str
    """Who said so and when, in words."""


class QuotedWords(Record, frozen=True, kw_only=True):
    """One quotation with what it is compared by; made from one page's rows."""

    asked_for: ClassVar[frozenset[str] | None] = frozenset(
        {"document_id", "page_id", "published", "start", "variant", "keys"}
    )

    document_id: str
    page_id: str
    published: str
    """First day of the document's date; sorts after all days where the page gives none."""
    start: int
    end: int
    text: str
    speaker: tuple[str, ...]
    """The words of the speaker's name; none where the page does not give it."""
    held_back: bool
    """Whether its sentence keeps outside the marks what holds the words open."""
    variant: int
    """Its words in comparable form, hashed: copies have one variant."""
    keys: tuple[int, ...]
    """Quotations are compared where they share one of these."""


class QuotationKeys(Record, frozen=True, kw_only=True):
    """What the quotations of a page were compared by when they were last compared; unit: its own."""

    page_id: str
    keys: tuple[int, ...]


class SaidBy(Record, frozen=True, kw_only=True):
    """One speaker of one document, as its attributions show; made from one page's rows."""

    document_id: str
    page_id: str
    node_id: str
    name: str
    node_kind: str
    through: str | None
    """The teller before it in the chain, where that is not the publisher."""
    start: int
    end: int
    text: str
    """The words that name it; empty for a continuation and for a teller of chains."""
    attribution_id: str | None
    """Null for a teller that only stands in chains."""
    credited: bool = False
    """Whether a credit leads to it already."""


class Placed(Record, frozen=True, kw_only=True):
    """Where one claim was put, and whose it is after lineage; unit: the group of pages."""

    claim_id: str
    document_id: str
    page_id: str
    origin_id: str
    name: str
    kind: str
    level: OriginLevel
    tellers: tuple[str, ...]
    rejected: bool = False
    """Whether a person found it wrong: its origin is not counted by it."""
    stand_in: str | None = None
    """The copy of it that is compared for it with other claims; null where it is itself."""


class LineageSeen(Record, frozen=True, kw_only=True):
    """What a unit of lineage said of two documents when it was last read."""

    source_unit: str
    one: str
    other: str
    digest: str


class PileDates(Record, frozen=True, kw_only=True):
    """The last publication day in the pile, by which open forecasts are judged."""

    last: str | None


class TwinRange(Part, frozen=True, kw_only=True):
    """Two stretches of two documents with the same words."""

    document_a: str
    document_b: str
    page_a: str
    page_b: str
    a_start: int
    a_end: int
    b_start: int
    b_end: int
    quotation: bool
