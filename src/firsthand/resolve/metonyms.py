"""Tells a capital that acts as a government ("Nairobi denied …") from the town of that name."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from firsthand.resolve.place_tables import PlaceWords
from firsthand.resolve.toponyms import Mention, Token

_TIE: Final = re.compile(r"\b(\w{2,20})\s(?:between|with)\s(?:[^\W\d]\w{1,20}\sand\s)?$")


class Government(NamedTuple):
    """A capital or seat named for a state's government."""

    start: int
    end: int
    as_written: str
    country: str
    """ISO 3166-1 alpha-2."""
    reason: str


def governments(
    text: str, tokens: Sequence[Token], mentions: Sequence[Mention], words: PlaceWords
) -> dict[int, Government]:
    """Mentions (by index) that stand for governments, and why."""
    found: dict[int, Government] = {}
    for place, mention in enumerate(mentions):
        country = words.capitals.get(mention.surface.lower())
        if country is None or mention.form != "name":
            continue
        reason = _seat(mention, words) or _acts(text, tokens, mentions, place, words)
        if reason:
            found[place] = Government(mention.start, mention.end, mention.surface, country, reason)
    return found


def _seat(mention: Mention, words: PlaceWords) -> str:
    """A seat such as a palace, which hardly ever means the place."""
    return "seat of government" if mention.surface.lower() in words.seats else ""


def _acts(
    text: str, tokens: Sequence[Token], mentions: Sequence[Mention], place: int, words: PlaceWords
) -> str:
    """Why the name acts as a government here, or an empty string."""
    mention = mentions[place]
    before = tokens[mention.first - 1] if mention.first else None
    if mention.inside is not None or mention.designator:
        return ""
    if before is not None and tokens[mention.first].joined:
        if before.lower in words.classes["metonym_object"]:
            return f"object of {before.lower!r}"
        if _tied(text, mention.start, words):
            return "party to a relation between governments"
        if words.has(before.lower, "locative", "direction"):
            return ""
    return _acts_after(text, tokens, mentions, place, words)


def _acts_after(
    text: str, tokens: Sequence[Token], mentions: Sequence[Mention], place: int, words: PlaceWords
) -> str:
    """What follows: a verb of governments, a possessed policy, or "-backed"."""
    mention = mentions[place]
    rest = tokens[mention.last + 1 : mention.last + 7]
    gap = text[mention.end : rest[0].start] if rest else ""
    if gap == "-" and words.has(rest[0].lower, "allied"):
        return f"{rest[0].lower} by a government"
    if gap in {"'", "’"} and rest[0].lower == "s":
        return "its policy" if _is_policy(rest, words) else ""
    if gap != " ":
        return ""
    after = mentions[place + 1] if place + 1 < len(mentions) else mention
    if rest[0].lower == "and" and after.first == mention.last + 2:
        capital = after.surface.lower() in words.capitals
        return _acts_after(text, tokens, mentions, place + 1, words) if capital else ""
    return _verb(rest, words)


def _is_policy(rest: Sequence[Token], words: PlaceWords) -> bool:
    """Whether the word after a possessive 's is something governments have."""
    return len(rest) > 1 and words.has(rest[1].lower, "metonym_noun")


def _verb(rest: Sequence[Token], words: PlaceWords) -> str:
    """The verb of governments that follows, past auxiliaries and adverbs."""
    for token in rest[:4]:
        if words.has(token.lower, "metonym_verb") and not token.capital:
            return f"subject of {token.lower!r}"
        if not words.has(token.lower, "auxiliary"):
            return ""
    return ""


def _tied(text: str, start: int, words: PlaceWords) -> bool:
    """Whether "talks between A and" or "ties with" stands before the name at `start`."""
    found = _TIE.search(text[max(0, start - 60) : start])
    return found is not None and found[1].lower() in words.classes["metonym_tie"]
