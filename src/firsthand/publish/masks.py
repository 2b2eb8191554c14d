"""Names that may not be public: witnesses and private persons appear by their role.

A name is public where the project's register or the packaged one has it, or where the text gives
it to somebody who speaks for an institution, a force or a state. All other names of persons are
replaced wherever they stand, in quoted words too.
"""

import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, TypeVar

import msgspec

from firsthand.model.claim import Attribution, Entity
from firsthand.model.record import Part
from firsthand.publish.told import by_ids
from firsthand.publish.words import _
from firsthand.registry import Registry

P = TypeVar("P", bound=Part)

PUBLIC_KINDS: Final = frozenset(
    {"outlet", "agency", "ministry", "military", "official", "belligerent", "organisation"}
)
"""Who speaks for one of these is named; a witness, an activist or an author is not."""
ROLES: Final = {"witness": "[a witness]", "activist": "[an activist]", "author": "[the author]"}
ANYBODY: Final = "[a person]"
NO_PERSONS: Final = frozenset({"GPE", "LOC", "ORG", "FAC", "NORP"})
LEAST: Final = 3
"""Shorter names are initials or slips of the reader; replacing them would spoil words."""
KEPT: Final = frozenset({"sha256", "url", "language", "published", "modality", "type", "kind"})
MOST_WORDS: Final = 60
"""Words of one captured text that may stand around a claim, or in one quotation."""


class Mask:
    """Replaces the names it was made for."""

    def __init__(self, roles: Mapping[str, str]) -> None:
        """From a name to what stands in its place."""
        self._roles = {name.casefold(): role for name, role in roles.items()}
        longest = sorted(self._roles, key=lambda name: (-len(name), name))
        alternatives = "|".join(map(re.escape, longest))
        self._names = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)

    def names_in(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and replacement of every name in a text."""
        if self._roles:
            for found in self._names.finditer(text):
                yield found.start(), found.end(), self._roles[found[0].casefold()]

    def applied(self, text: str) -> str:
        """A text without the names."""
        if not self._roles:
            return text
        return self._names.sub(lambda found: self._roles[found[0].casefold()], text)


def mask_of(
    db: sqlite3.Connection,
    documents: Collection[str],
    registry: Registry,
    named: Iterable[Entity] = (),
) -> Mask:
    """The mask for what is told in some documents, in which these names were found."""
    named = [row for row in named if row.document_id in documents]
    known = {name.casefold() for one in registry.entries for name in (one.name, *one.aliases)}
    said = [
        row for rows in by_ids(db, Attribution, documents, "document_id").values() for row in rows
    ]
    known |= {row.source_name.casefold() for row in said if row.source_kind in PUBLIC_KINDS}
    known |= {form.casefold() for row in named if row.label in NO_PERSONS for form in _forms(row)}
    roles: dict[str, str] = {}
    for row in named:
        if row.label == "PER" and not _public(row, known):
            role = _role(row, said)
            roles |= {form: role for form in _forms(row) if form.casefold() not in known}
    for one in said:
        named_so = one.source_kind in ROLES and _is_name(one.source_name)
        if named_so and one.source_name.casefold() not in known:
            roles.setdefault(one.source_name, _(ROLES[one.source_kind]))
    return Mask({name: role for name, role in roles.items() if len(name) >= LEAST})


def _forms(row: Entity) -> tuple[str, ...]:
    return tuple(dict.fromkeys((row.name, row.text)))


def _public(row: Entity, known: Collection[str]) -> bool:
    """Whether the name is known, or begins with a known acronym and so is no person's."""
    first = row.name.split(" ", 1)[0]
    acronym = first.isupper() and first.casefold() in known
    return acronym or any(form.casefold() in known for form in _forms(row))


def _role(row: Entity, said: Iterable[Attribution]) -> str:
    """What stands for a person: the role in which the text lets it speak."""
    for one in said:
        same = one.document_id == row.document_id and row.name in one.source_name
        if same and one.source_kind in ROLES:
            return _(ROLES[one.source_kind])
    return _(ANYBODY)


def _is_name(words: str) -> bool:
    """Whether a source is named and not described: every word begins with a capital."""
    parts = words.split()
    return bool(parts) and all(part[:1].isupper() for part in parts)


def public(part: P, mask: Mask) -> P:
    """A view without names that are not public, without long quotations and local paths."""
    plain = _walked(msgspec.to_builtins(part), mask, "")
    return msgspec.convert(plain, type=type(part))


def _walked(value: object, mask: Mask, name: str) -> object:
    if isinstance(value, dict):
        return {key: _walked(one, mask, str(key)) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [] if name == "passage" else [_walked(one, mask, name) for one in value]
    if not isinstance(value, str) or name in KEPT or name.endswith(("_id", "_ids")):
        return value
    if name == "source":
        return value if is_address(value) else mask.applied(value) if _no_path(value) else ""
    return mask.applied(shortened(value))


def is_address(source: str) -> bool:
    """Whether a reader elsewhere can follow it."""
    return source.startswith(("https://", "http://"))


def _no_path(value: str) -> bool:
    """Whether a value is a name or a node's key and no file of the machine that ran this."""
    return not re.search(r"[/\\]|\.\w{2,5}$", value)


def shortened(text: str) -> str:
    """At most so many words of a text as may be quoted."""
    words = text.split(" ", MOST_WORDS)
    return text if len(words) <= MOST_WORDS else " ".join(words[:MOST_WORDS]) + " …"
