"""The dossier as it may be shown in public: claims with a few words around, links, hashes."""

import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final

import msgspec

from firsthand.model.claim import Entity
from firsthand.model.document import Document
from firsthand.model.page import Page
from firsthand.model.record import Part
from firsthand.publish import dossiers, read
from firsthand.publish.claim_views import ClaimView
from firsthand.publish.dossiers import Dossier
from firsthand.publish.graph_layout import draw
from firsthand.publish.masks import MOST_WORDS, Mask, is_address, mask_of, public
from firsthand.registry import Registry

AROUND: Final = MOST_WORDS // 2
"""Words shown before, and as many after, the words of a claim."""
MOST_CLAIM_WORDS: Final = 100
WORD: Final = re.compile(r"\S+")
WINDOW: Final = 1200
"""Code points in which the words around are looked for."""


class PublicClaim(Part, frozen=True, kw_only=True):
    """One claim with its words, where they came from, and how to check them."""

    view: ClaimView
    before: str
    words: str
    after: str
    url: str | None
    """Where the original stands; None for a page that was taken from a file."""


class PublicDossier(Part, frozen=True, kw_only=True):
    """A dossier, masked, with its claims."""

    dossier: Dossier
    claims: tuple[PublicClaim, ...]


NamesOf = Callable[[Collection[str]], Iterable[Entity]]
"""The names found on pages, by the ids of the pages; the edition itself does not keep them."""


def public_dossier(
    db: sqlite3.Connection, event_id: str, registry: Registry, names_of: NamesOf
) -> PublicDossier | None:
    """The dossier of an event as it may be shown in public; None where there is no such event."""
    found = dossiers.dossier(db, event_id)
    if found is None:
        return None
    named = names_of({line.page_id for line in found.documents})
    mask = mask_of(db, [line.document_id for line in found.documents], registry, named)
    shown = public(found, mask)
    shown = msgspec.structs.replace(shown, graph=draw(shown.lineage))
    whole = {view.claim_id: view for view in found.claims}
    claims = tuple(_claim(db, view, whole[view.claim_id], mask) for view in shown.claims)
    return PublicDossier(dossier=shown, claims=claims)


def _claim(db: sqlite3.Connection, shown: ClaimView, whole: ClaimView, mask: Mask) -> PublicClaim:
    page = read.get(db, Page, whole.document.page_id)
    document = read.get(db, Document, whole.document.document_id)
    before, words, after = around(page.text, whole.start, whole.end, mask) if page else ("", "", "")
    addresses = [page.source if page else "", (document.url if document else None) or ""]
    return PublicClaim(
        view=shown,
        before=before,
        words=words,
        after=after,
        url=next((one for one in addresses if is_address(one)), None),
    )


def around(text: str, start: int, end: int, mask: Mask) -> tuple[str, str, str]:
    """A claim's words, and at most 30 words on each side on the same lines, without names."""
    low = max(0, start - WINDOW, text.rfind("\n", 0, start) + 1)
    line_end = text.find("\n", end)
    high = min(len(text) if line_end < 0 else line_end, end + WINDOW)
    words_before = [found.start() for found in WORD.finditer(text, low, start)]
    words_after = [found.end() for found in WORD.finditer(text, end, high)]
    inside = [found.end() for found in WORD.finditer(text, start, end)]
    low = words_before[-AROUND] if len(words_before) > AROUND else low
    high = words_after[AROUND - 1] if len(words_after) > AROUND else high
    if len(inside) > MOST_CLAIM_WORDS:
        end = high = inside[MOST_CLAIM_WORDS - 1]
    names = [(low + a, low + b, role) for a, b, role in mask.names_in(text[low:high])]
    cuts = ((low, start), (start, end), (end, high))
    before, words, after = ("".join(_masked(text, a, b, names)) for a, b in cuts)
    return before, words, after


def _masked(text: str, start: int, end: int, names: list[tuple[int, int, str]]) -> Iterator[str]:
    """A part of a text; a name that begins in it is replaced, one that ends in it left out."""
    at = start
    for low, high, role in names:
        if low < end and start < high:
            yield text[at : max(at, low)]
            if low >= start:
                yield role
            at = max(at, min(high, end))
    yield text[at:end]
