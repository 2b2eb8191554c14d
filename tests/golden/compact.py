"""Exported rows made short enough to be read in a diff: spans as words, long fields left out."""

import hashlib
import itertools
from typing import Any

import msgspec

Row = dict[str, Any]

WORDS = 26
"""Letters of a span that are kept."""

USUAL = ("asserted", "positive")
"""A claim's modality and polarity where nothing else is said."""

LEFT_OUT = {
    "captures": {"previous"},
    "pages": {"text", "blocks", "links", "metadata"},
    "documents": {"page_id", "title_start", "title_end", "url"},
    "credits": {"page_id", "cited_title", "cited_url", "rule"},
    "attributions": {"page_id", "cue_type"},
    "claims": {
        "page_id",
        "document_id",
        "scope",
        "rule",
        "codes_reason",
        "link_reason",
        "predicate",
        "origin_id",
        "statement_id",
        "attribution",
    },
    "loaded_terms": {"page_id"},
    "derivations": {"explanation", "readings"},
    "origins": {"claims"},
}
"""Fields that are left out: long ones, and those that only repeat another."""


def compact(table: str, row: Row) -> Row:
    """A row in short form; fields that are empty are left out."""
    kept = {name: value for name, value in row.items() if name not in LEFT_OUT.get(table, ())}
    if table == "pages":
        kept["text_digest"] = hashlib.sha256(row["text"].encode()).hexdigest()[:12]
        kept["text_length"] = len(row["text"])
    if table == "derivations":
        kept["spans"] = len(row["spans"])
    if table == "claims":
        kept["chain"] = [link["name"] for link in row["chain"][1:]]
        kept["summary"] = row["summary"][:60]
        kept = {name: value for name, value in kept.items() if value not in USUAL}
    if row.get("origin") and table == "claims":
        kept["origin"] = f"{row['origin']['name']} | {row['origin']['level']}"
    short = {name: shorten(value) for name, value in kept.items()}
    return {name: value for name, value in short.items() if not _empty(value)}


def shorten(value: Any) -> Any:
    """A value in short form."""
    if isinstance(value, list):
        return [shorten(one) for one in value]
    if not isinstance(value, dict):
        return value
    filled = {name: one for name, one in value.items() if not _empty(one)}
    words = filled.pop("text", filled.pop("as_written", None))
    if words is not None and isinstance(filled.get("start"), int):
        said = f"{filled.pop('start')}:{filled.pop('end')} {words[:WORDS]!r}"
        beside = [str(shorten(filled[name])) for name in BESIDE_WORDS if name in filled]
        rest = " | ".join(key for key, _ in itertools.groupby(beside) if key != words)
        return f"{said} {rest}".rstrip()
    return " ".join(f"{name}={shorten(one)}" for name, one in filled.items() if name in KEPT)


BESIDE_WORDS = (
    "name",
    "actor_kind",
    "kind",
    "role",
    "speaker",
    "basis",
    "value",
    "low",
    "high",
    "earliest",
    "latest",
    "precision",
)
"""Parts that are kept of values with words of their own; their order tells them apart."""

KEPT = (
    "name",
    "actor_kind",
    "kind",
    "role",
    "speaker",
    "basis",
    "value",
    "low",
    "high",
    "unit",
    "earliest",
    "latest",
    "precision",
    "gazetteer_id",
    "inherited",
    "level",
    "stance",
    "origin",
    "claim_id",
    "change",
    "acled",
    "plover",
    "ucdp",
    "source",
    "sha256",
)
"""Parts of other nested values that are kept."""


def lines_of(table: str, rows: list[Row]) -> list[str]:
    """One line a row, in the order of the export."""
    return [msgspec.json.encode(compact(table, row)).decode() for row in rows]


def _empty(value: Any) -> bool:
    """Whether a value says nothing; a zero says something."""
    return value is None or value is False or value in ([], {}, "")
