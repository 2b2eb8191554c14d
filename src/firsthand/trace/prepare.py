"""What is compared of one page: the fingerprints of its documents and the prints of its blocks."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from firsthand.config import TraceSettings
from firsthand.model.document import Document, Quotation, Segments
from firsthand.model.lineage import Credit, Voice, Voices
from firsthand.model.page import Page
from firsthand.model.reuse import BlockPrints, Fingerprints
from firsthand.trace.addresses import address_key, initials, name_key, page_host, title_key
from firsthand.trace.fingerprints import first_of_each, longer, shingle_hashes, winnow
from firsthand.trace.words import Words, kept_ranges, number_runs, text_number

EDGE_BLOCKS: Final = 6
"""Blocks at the top and bottom of a page where menus, pleas and notices stand."""

RIGHT_WORDS: Final = 9
"""Twelve equal words hold a fingerprint whose nine words from its first are equal too: of every
four sequences in a row one is chosen, and of twelve words the first four have nine from there."""

SPEAKERS: Final = frozenset({"person", "institution"})
"""Kinds of voice whose words are a statement that anyone may quote."""

_LINE: Final = re.compile(r"[^\n]+")


def document_key(document_id: str) -> int:
    """The leading 60 bits of a document id, which keep the order of the ids."""
    return int(document_id.partition("-")[2][:15], 16)


def skipped_ranges(page: Page, document: Document) -> list[tuple[int, int]]:
    """Furniture known by form or extractor inside a document."""
    return [
        (mark.start, mark.end)
        for mark in page.furniture
        if mark.start < document.end and document.start < mark.end
    ]


@dataclass(frozen=True)
class Reading:
    """One document with what was read out of it so far."""

    document: Document
    segments: Segments | None = None
    credits: Sequence[Credit] = ()
    voices: Voices | None = None


def fingerprint_document(
    page: Page, page_words: Words, reading: Reading, settings: TraceSettings
) -> Fingerprints:
    """What one document is compared by."""
    document = reading.document
    skips = skipped_ranges(page, document)
    words = page_words.within(kept_ranges(document.start, document.end, skips))
    shingles = shingle_hashes(words.numbers, settings.shingle_words)
    chosen = winnow(shingles, settings.window)
    chosen = chosen[first_of_each(shingles[chosen])]
    quotations = _outermost(reading.segments)
    spoken = _spoken(reading.voices)
    return Fingerprints(
        document_id=document.document_id,
        page_id=page.page_id,
        key=document_key(document.document_id),
        words=len(words),
        hashes=tuple(shingles[chosen].tolist()),
        rights=tuple(longer(words.numbers, chosen, RIGHT_WORDS).tolist()),
        starts=tuple(words.starts[chosen].tolist()),
        quotation_starts=tuple(q.inner_start for q in quotations),
        quotation_ends=tuple(q.inner_end for q in quotations),
        spoken_starts=tuple(voice.start for voice in spoken),
        spoken_ends=tuple(voice.end for voice in spoken),
        speakers=tuple(name_key(voice.speaker) for voice in spoken),
        skip_starts=tuple(low for low, _ in skips),
        skip_ends=tuple(high for _, high in skips),
        outlet_key=name_key(document.outlet),
        address_keys=_address_keys(page, document),
        title_key=title_key(document.title),
        link_keys=_link_keys(page, document, skips),
        report_keys=_report_keys(reading.credits),
        called=called_keys(name_key(document.outlet), page_host(page)),
        cited=_cited_keys(reading.credits, name_key(document.outlet), page_host(page)),
    )


def _outermost(segments: Segments | None) -> list[Quotation]:
    return [q for q in segments.quotations if q.depth == 0] if segments else []


def _spoken(voices: Voices | None) -> list[Voice]:
    return [voice for voice in (voices.voices if voices else ()) if voice.kind in SPEAKERS]


def _keys(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted({number for number in numbers if number}))


def _address_keys(page: Page, document: Document) -> tuple[int, ...]:
    if document.ordinal > 1:
        return _keys([address_key(document.url)])
    own = (document.url, page.source, page.metadata.canonical_url)
    return _keys(address_key(address) for address in own)


def _link_keys(page: Page, document: Document, skips: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    return _keys(
        address_key(link.url)
        for link in page.links
        if document.start <= link.start
        and link.end <= document.end
        and not any(low <= link.start < high for low, high in skips)
    )


def _report_keys(found: Sequence[Credit]) -> tuple[int, ...]:
    addresses = (address_key(credit.cited_url) for credit in found)
    return _keys([*addresses, *(title_key(credit.cited_title) for credit in found)])


def called_keys(*names: str) -> tuple[int, ...]:
    """Comparable names, and their initials, hashed."""
    known = [name_key(name) for name in names]
    return _keys(text_number([name]) for key in known for name in (key, initials(key)) if name)


def _cited_keys(found: Sequence[Credit], *own: str) -> tuple[int, ...]:
    names = [credit.cited_source for credit in found if credit.source_kind != "unnamed"]
    mine = set(called_keys(*own))
    return tuple(key for key in called_keys(*names) if key not in mine)


def block_prints(page: Page, page_words: Words, documents: Sequence[Document]) -> BlockPrints:
    """The blocks of one page that hold words: hash, range, number of words, place on the page.

    A block is a line: text pages have no other blocks, and a block element ends its line.
    """
    lines = [match.span() for match in _LINE.finditer(page.text)]
    bounds = np.searchsorted(page_words.starts, np.array(lines, np.int64).reshape(-1, 2))
    lengths = bounds[:, 1] - bounds[:, 0]
    full = np.flatnonzero(lengths)
    last = len(full) - EDGE_BLOCKS
    return BlockPrints(
        page_id=page.page_id,
        outlets=_outlets(page, documents),
        article=text_number(document.title or "" for document in documents),
        hashes=tuple(number_runs(page_words.numbers, lengths[full]).tolist()),
        starts=tuple(lines[at][0] for at in full.tolist()),
        ends=tuple(lines[at][1] for at in full.tolist()),
        words=tuple(lengths[full].tolist()),
        edges=tuple(at < EDGE_BLOCKS or at >= last for at in range(len(full))),
    )


def _outlets(page: Page, documents: Sequence[Document]) -> tuple[str, ...]:
    names = {name_key(document.outlet) for document in documents}
    found = {f"name {name}" for name in names if name}
    host = page_host(page)
    return tuple(sorted(found | ({f"host {host}"} if host else set())))
