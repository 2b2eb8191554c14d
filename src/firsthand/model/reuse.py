"""Text reuse: what is compared to find shared passages, per page and for the pile."""

from firsthand.model.record import Record


class Fingerprints(Record, frozen=True, kw_only=True):
    """What one document is compared by; furniture known by form is left out of all of it."""

    document_id: str
    page_id: str
    key: int
    """The document id as a number, in the same order, for joins in columns."""
    words: int
    hashes: tuple[int, ...]
    """Winnowed fingerprints in reading order, signed 64 bits; repeats are left out."""
    rights: tuple[int, ...]
    """Each fingerprint's words and the few that follow, hashed; 0 where the text ends before."""
    starts: tuple[int, ...]
    """Where each fingerprint's first word starts."""
    quotation_starts: tuple[int, ...]
    """Words inside quotation marks, outermost quotations only, marks left out."""
    quotation_ends: tuple[int, ...]
    spoken_starts: tuple[int, ...]
    """Stretches that are one named person's or institution's own words."""
    spoken_ends: tuple[int, ...]
    speakers: tuple[str, ...]
    """Whose words each such stretch is, in comparable form."""
    skip_starts: tuple[int, ...]
    """Furniture inside the document, by form or extractor."""
    skip_ends: tuple[int, ...]
    outlet_key: str
    """The outlet's name in comparable form; empty where the page gives none."""
    address_keys: tuple[int, ...]
    """The document's own addresses, hashed."""
    title_key: int
    """The title's words, hashed; 0 where the document has none."""
    link_keys: tuple[int, ...]
    """Addresses the document's words link to, hashed."""
    report_keys: tuple[int, ...]
    """Addresses and titles that its credits name, hashed."""
    called: tuple[int, ...]
    """What credits may call the outlet: its name, initials and host, hashed."""
    cited: tuple[int, ...]
    """Names and initials of what it credits, hashed; its own outlet left out."""


class BlockPrints(Record, frozen=True, kw_only=True):
    """The blocks of one page, to find those that an outlet repeats under different articles."""

    page_id: str
    outlets: tuple[str, ...]
    """What counts as one outlet: the host, and the name the page gives itself."""
    article: int
    """The titles of the page's documents, hashed; two pages with one title are one article."""
    hashes: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: tuple[int, ...]
    edges: tuple[bool, ...]
    """Whether the block is among the first or last of its page."""


class OutletFurniture(Record, frozen=True, kw_only=True):
    """Blocks that one outlet repeats, as of the last run; the unit is the outlet."""

    outlet: str
    hashes: tuple[int, ...]


class TracedPage(Record, frozen=True, kw_only=True):
    """One page as of the last run: which outlets' furniture it has a say in."""

    page_id: str
    outlets: tuple[str, ...]


class Body(Record, frozen=True, kw_only=True):
    """One document as it takes part in the search for shared text, as of the last run."""

    document_id: str
    page_id: str
    key: int
    hashes: tuple[int, ...]
    """Fingerprints outside all furniture, sorted."""
    rights: tuple[int, ...]
    """Their words and the few that follow, hashed, in the same order."""
    names: tuple[int, ...]
    """Its addresses and title, hashed: what others' credits and links may point at."""
    called: tuple[int, ...]
    """What others' credits may call its outlet, hashed."""
    cited: tuple[int, ...]
    """What its own credits name, hashed."""
    points: tuple[int, ...]
    """Addresses and titles that its own links and credits give, hashed."""
    day: int
    """First day it may have been published, as an ordinal; a far one where the page shows none."""
    copy_of: int | None
    """Key of the first document with the same text, where many print it."""
    lead: int | None = None
    """Where this document is such a first one: the one whose outlet the others credit most."""
