"""Content-derived ids: the same evidence gets the same id on any machine, in any order."""

import hashlib
from collections.abc import Iterable

DIGEST_CHARS = 20
"""80 bits: a collision among a billion ids has odds below one in a million (birthday bound)."""


def digest(*parts: str | bytes) -> str:
    """The shortened SHA-256 of the parts, each length-prefixed so that no two lists collide."""
    encoded = [
        part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in parts
    ]
    joined = b"".join([len(data).to_bytes(8, "big") + data for data in encoded])
    return hashlib.sha256(joined).hexdigest()[:DIGEST_CHARS]


def sha256(content: bytes) -> str:
    """The full SHA-256 of captured bytes, in lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def page_id(content_sha256: str, source: str) -> str:
    """One page: its bytes at its URL or path; neither time nor absolute path is part of it."""
    return "p-" + digest(content_sha256, source)


def document_id(page: str, ordinal: int, title: str, first_words: str) -> str:
    """One article of a page, by its place in the page, its title and its first words."""
    return "d-" + digest(page, str(ordinal), title, first_words)


def words_id(prefix: str, document: str, words: str, occurrence: int) -> str:
    """Something said in a document: by its words and which occurrence, never by raw offsets."""
    return f"{prefix}-" + digest(document, " ".join(words.split()), str(occurrence))


def claim_id(document: str, evidence: str, occurrence: int) -> str:
    """One claim: the document, the evidence words and which occurrence of them it is."""
    return words_id("c", document, evidence, occurrence)


def group_id(prefix: str, members: Iterable[str]) -> str:
    """A derived group: the digest of its smallest member id."""
    return f"{prefix}-" + digest(min(members))
