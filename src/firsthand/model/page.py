"""Pages: the text of a capture in reading order, with blocks and furniture marked."""

from typing import Literal

from firsthand.model.record import Part, Record

FurnitureBasis = Literal["form", "repetition", "extractor", "given"]

TEXT_VERSION = 1
"""Version of the linearisation of HTML; offsets of another version do not compare."""


class Block(Part, frozen=True, kw_only=True):
    """A block of the page and the element it came from (an absolute XPath; empty for text)."""

    start: int
    end: int
    path: str


class Furniture(Part, frozen=True, kw_only=True):
    """Words on the page that are not article text: marked, never cut."""

    start: int
    end: int
    kind: str
    """navigation, share, advertisement, donation, comment_form, teaser, pager, category,
    cookie, caption_alt, copyright, subscribe, other."""
    basis: FurnitureBasis


class Link(Part, frozen=True, kw_only=True):
    """A hyperlink with visible words."""

    start: int
    end: int
    url: str
    rel: str | None = None
    element: str = "a"
    """`a`, or `cite`/`blockquote` where the address came from such an element."""


class PageMetadata(Part, frozen=True, kw_only=True):
    """What the page says of itself beside its text, each value as written."""

    canonical_url: str | None = None
    site_name: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    based_on: tuple[str, ...] = ()
    """Addresses or names given as `isBasedOn`, `citation`, `og:` syndication fields."""
    source_organization: str | None = None
    credit_text: str | None = None
    feed_source: str | None = None
    """The `<source>` of the feed item that led here: the outlet it was taken from."""


class Page(Record, frozen=True, kw_only=True):
    """One captured page as text; `text` is what every offset of the product points into."""

    page_id: str
    source: str
    sha256: str
    media_type: str
    captured_at: str
    text_version: int
    text: str
    blocks: tuple[Block, ...]
    furniture: tuple[Furniture, ...]
    links: tuple[Link, ...] = ()
    metadata: PageMetadata = PageMetadata()
