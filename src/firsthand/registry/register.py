"""The register in memory: actors by any of their names, and every name in a text by one walk."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple, cast

from firsthand.registry.entry import RegistryEntry, RegistryMention, joined
from firsthand.registry.names import Words, fold, is_acronym, name_key, same_acronym, words_of

Key = tuple[str, ...]
_Node = dict[str, "_Node | Alias"]
_LEAF: Final = ""
_REMEMBERED: Final = 50_000
"""Words kept per process that begin no name, a few MB."""
_LONGEST: Final = 12
"""Words of the longest name looked for."""
_WORDLIKE: Final = frozenset(["IS", "WHO", "US", "TIME", "MEND", "CARE", "AID", "IT", "ARE", "NOW"])
"""Acronyms that are also words, not read in a line set in capitals."""
NEAR: Final = 4
"""Words on either side by which it is seen whether a line is set in capitals."""


class Alias(NamedTuple):
    """What a name leads to, and how it must be written."""

    actor_id: str
    exact: str = ""
    """The only spelling allowed for an acronym, else empty."""
    article: bool = False
    """Whether a text must have "the" before it ("The Times")."""


def alias_of(actor_id: str, name: str) -> Alias:
    """The alias that a name makes."""
    article = name.startswith("The ") and len(name_key(name)) == 1
    return Alias(actor_id, name.replace(".", "") if is_acronym(name) else "", article)


class Registry:
    """Actors by any of their names; immutable."""

    def __init__(self, entries: Mapping[str, RegistryEntry], aliases: Mapping[Key, Alias]) -> None:
        """From actors by id and names by key; use `packaged_registry` and `extended`."""
        self._entries = entries
        self._aliases = aliases
        self._trie: _Node = {}
        self._idle: set[str] = set()
        for key, alias in aliases.items():
            node = self._trie
            for word in key:
                node = cast("_Node", node.setdefault(word, {}))
            node[_LEAF] = alias

    @property
    def entries(self) -> tuple[RegistryEntry, ...]:
        """Every actor, by id."""
        return tuple(self._entries[key] for key in sorted(self._entries))

    def get(self, actor_id: str) -> RegistryEntry | None:
        """The actor with this id."""
        return self._entries.get(actor_id)

    def state(self, country: str) -> RegistryEntry | None:
        """The state with an ISO 3166-1 alpha-2 code."""
        return self._entries.get(f"state:{country}")

    def institution(self, state: str, suffix: str) -> RegistryEntry | None:
        """What a state (its actor id) has under a suffix of institution_patterns.tsv."""
        code = state.partition(":")[2]
        ids = [f"{kind}:{code}.{suffix}" for kind in ("ministry", "military", "police")]
        found = [self._entries[actor_id] for actor_id in ids if actor_id in self._entries]
        if not suffix:
            return self._entries.get(state)
        return found[0] if found else None

    def canonical(self, name: str) -> RegistryEntry | None:
        """The actor that a name, as a whole, stands for; None for unknown names."""
        alias = self._aliases.get(name_key(name))
        if alias is None or (alias.exact and not same_acronym(name, alias.exact)):
            return None
        return self._entries[alias.actor_id]

    def scan(self, text: str) -> tuple[RegistryMention, ...]:
        """Every name of the register in a text, longest first from the left, never overlapping."""
        words = words_of(text)
        idle = self._idle
        found: list[RegistryMention] = []
        after = 0
        for place in [n for n, word in enumerate(words.written) if word not in idle]:
            if place < after or not self._begins(words.written[place]):
                continue
            length, alias = self._longest(words, place, text)
            if alias is not None:
                after = place + length
                start, end = words.ends[place] - len(words.written[place]), words.ends[after - 1]
                found.append(RegistryMention(start, end, self._entries[alias.actor_id]))
        return tuple(found)

    def _begins(self, written: str) -> bool:
        """Whether a name begins with this word; words that begin none are kept in mind."""
        begins = fold(written) in self._trie
        if not begins and len(self._idle) < _REMEMBERED:
            self._idle.add(written)
        return begins

    def _longest(self, words: Words, place: int, text: str) -> tuple[int, Alias | None]:
        """How many words from here make the longest name, and which."""
        node = self._trie
        best: tuple[int, Alias | None] = (0, None)
        begin = end = words.ends[place] - len(words.written[place])
        for length, written in enumerate(words.written[place : place + _LONGEST], 1):
            below = node.get(fold(written))
            stop = words.ends[place + length - 1]
            if below is None or "\n" in text[end : stop - len(written)]:
                break
            node, end = cast("_Node", below), stop
            alias = node.get(_LEAF)
            if not isinstance(alias, Alias) or not _well_written(text[begin:end], alias, length):
                continue
            if length > 1 or _stands_alone(words, place, alias):
                best = (length, alias)
        return best

    def extended(self, entries: Sequence[RegistryEntry]) -> "Registry":
        """This registry with a project's own actors, whose rows add to packaged ones of their id."""
        own, aliases = collected(entries, self._entries)
        return Registry(own, {**self._aliases, **aliases})


def collected(
    entries: Iterable[RegistryEntry], base: Mapping[str, RegistryEntry]
) -> tuple[dict[str, RegistryEntry], dict[Key, Alias]]:
    """Actors by id, joined to `base` where ids meet, and the names of the new rows."""
    actors = dict(base)
    aliases: dict[Key, Alias] = {}
    for entry in entries:
        known = actors.get(entry.actor_id)
        actors[entry.actor_id] = entry if known is None else joined(known, entry)
        for name in (entry.name, *entry.aliases):
            key = name_key(name)
            if key:
                aliases[key] = alias_of(entry.actor_id, name)
    return actors, aliases


def spelt_aliases(entries: Iterable[RegistryEntry]) -> dict[Key, Alias]:
    """Names of pattern rows; one that two actors share belongs to neither."""
    aliases: dict[Key, Alias] = {}
    shared: set[Key] = set()
    for entry in entries:
        for name in (entry.name, *entry.aliases):
            key = name_key(name)
            known = aliases.setdefault(key, Alias(entry.actor_id))
            if known.actor_id != entry.actor_id:
                shared.add(key)
    return {key: alias for key, alias in aliases.items() if key not in shared}


def _well_written(written: str, alias: Alias, length: int) -> bool:
    """Whether a name is set as names are: acronyms in capitals, single words with one."""
    if alias.exact:
        return same_acronym(written, alias.exact)
    if length == 1:
        return not written[0].islower()
    return any(letter.isupper() or not letter.isascii() for letter in written)


def _stands_alone(words: Words, place: int, alias: Alias) -> bool:
    """Whether a single word is the name here: after its "the", and not part of a headline."""
    written, ends = words
    if alias.article:
        begin = ends[place] - len(written[place])
        return place > 0 and fold(written[place - 1]) == "the" and ends[place - 1] + 1 == begin
    if alias.exact not in _WORDLIKE:
        return True
    around = [*written[max(0, place - NEAR) : place], *written[place + 1 : place + 1 + NEAR]]
    telling = [word for word in around if len(word) > 3]  # short ones may be acronyms too
    return not telling or not all(word.isupper() for word in telling)
