"""Weighs the words around a name: a place here, a person, an outlet, or an ordinary word.

Each cue adds to a mention's score and leaves its reason; a mention at or over ACCEPT is a place.
Weights are round numbers set by hand on general grounds and checked on public sets of news.
"""

import sys
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from firsthand.model.claim import Entity
from firsthand.registry import RegistryMention
from firsthand.registry.gazetteer import Gazetteer
from firsthand.resolve.place_tables import PlaceWords
from firsthand.resolve.toponyms import Mention, Token

ACCEPT: Final = 1.0

# What kind of place the best reading is: states and well-known cities need no help.
_KIND_WEIGHT: Final = {
    "country": 3.0,
    "country_at_capital": 2.0,
    "region": 2.5,
    "sea": 2.5,
    "river": 2.5,
    "lake": 2.5,
    "site": 2.5,
    "admin1": 2.2,
    "admin2": 1.4,
    "neighbourhood": 1.0,
}
# (at least this many people, weight) for towns; small ones stand for most chance namesakes.
_TOWN_WEIGHT: Final = (
    (1_000_000, 2.4),
    (100_000, 1.8),
    (15_000, 1.2),
    (2_000, 0.8),
    (0, 0.5),
)
_ALIAS_ONLY: Final = -0.9
_LONGEST_ACRONYM: Final = 5
_ACRONYM: Final = -1.5
_SEVERAL_WORDS: Final = 0.6
_DISTINCT: Final = 0.3
_LONG_NAME: Final = 7
_SHORT_NAME: Final = -1.0
_ORDINARY_WORD: Final = -1.8
_ORDINARY_INITIAL: Final = -2.8
_GIVEN_NAME: Final = -1.2
_PERSON_HERE: Final = -3.0
_TITLE_BEFORE: Final = -3.0
_NAME_BEFORE: Final = -2.5
_NAME_AFTER: Final = -2.5
_SPEECH_AFTER: Final = -1.5
_OUTLET_AFTER: Final = -3.5
_STREET_AFTER: Final = -4.0
_LONGER_NAME: Final = -3.0
_CAPITAL_DIRECTION: Final = -0.6
_PREFIX_BEFORE: Final = -2.5
_LOCATIVE: Final = 1.0
_DIRECTION: Final = 0.8
_DESIGNATOR: Final = 2.0
_COMMA_PARENT: Final = 4.5
_DATELINE: Final = 2.0
_BODY_NAME: Final = -3.5
_BODIES: Final = frozenset({"outlet", "agency", "armed_group"})
_ENTITY: Final = {"GPE": 2.0, "LOC": 1.5, "FAC": 0.5, "NORP": 0.5, "ORG": -0.7, "PER": -3.5}


class Evidence:
    """The words of one text as evidence about its mentions."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        words: PlaceWords,
        text: str,
        tokens: Sequence[Token],
        entities: Iterable[Entity] = (),
        names: Iterable[RegistryMention] = (),
    ) -> None:
        """Evidence from one tokenised text and, where given, its entity mentions."""
        self._gazetteer = gazetteer
        self._words = words
        self._text = text
        self._tokens = tokens
        self._persons = _person_names(tokens, words, gazetteer)
        self._headings = _headings(text, tokens)
        self._entities = {(item.start, item.end): item.label for item in entities}
        self._bodies = sorted((n.start, n.end) for n in names if n.entry.kind in _BODIES)
        self._persons_said = sorted((e.start, e.end) for e in entities if e.label == "PER")

    def weigh(self, mention: Mention) -> None:
        """Add up what speaks for and against this mention, in place."""
        if mention.form in {"demonym", "soil", "short"}:
            mention.score = 3.0
        else:
            self._weigh_name(mention)
            self._weigh_register(mention)
        self._weigh_entities(mention)
        if mention.form not in {"demonym", "soil"}:
            self._weigh_neighbours(mention)

    def _add(self, mention: Mention, weight: float, reason: str) -> None:
        mention.score += weight
        mention.reasons.append(f"{reason} {weight:+.1f}")

    def _weigh_name(self, mention: Mention) -> None:
        """The name itself."""
        rows = mention.rows
        main = self._gazetteer.main_names(mention.surface)
        mention.main = any(row in main for row in rows)
        best = max(rows, key=lambda row: self._row_weight(row, row in main))
        self._add(mention, self._row_weight(best, best in main), "known name")
        token = self._tokens[mention.first]
        if mention.first < mention.last:
            self._add(mention, _SEVERAL_WORDS, "several words")
            if all(t.lower in self._words.ordinary for t in self._span(mention)):
                self._add(mention, _ORDINARY_WORD / 4, "ordinary words")
            return
        state = self._gazetteer.kind(best) == "country"
        if not state and self._reads_as_acronym(mention, token):
            self._add(mention, _ACRONYM, "reads as an acronym")
        if len(token.text) <= 3 and not state:
            self._add(mention, _SHORT_NAME, "short")
        if token.lower in self._words.ordinary and not state:
            self._add(mention, _ORDINARY_WORD, "ordinary word")
            if token.initial or mention.first in self._headings:
                self._add(mention, _ORDINARY_INITIAL, "ordinary word where a capital says nothing")
        elif token.lower in self._words.given:
            area = self._gazetteer.kind(best) in {"country", "admin1", "region"}
            self._add(mention, _GIVEN_NAME / 4 if area else _GIVEN_NAME, "given name")
        elif mention.main and len(token.text) >= _LONG_NAME:
            self._add(mention, _DISTINCT, "a long name that is no ordinary word")

    def _reads_as_acronym(self, mention: Mention, token: Token) -> bool:
        """Whether a short word in capitals stands in a line that is not set in capitals."""
        short = token.text.isupper() and len(token.text) <= _LONGEST_ACRONYM
        return short and mention.first not in self._headings and not self._is_dateline(mention)

    def _row_weight(self, row: int, main: bool) -> float:  # noqa: FBT001 - private, called by position in one place
        """How likely a place like this is meant at all."""
        kind = self._gazetteer.kind(row)
        if self._gazetteer.is_own(row):
            return 2.5
        if kind != "town":
            return _KIND_WEIGHT[kind]
        people = self._gazetteer.population(row)
        weight = next(weight for least, weight in _TOWN_WEIGHT if people >= least)
        return weight + (0.0 if main or people >= 100_000 else _ALIAS_ONLY)

    def _span(self, mention: Mention) -> Sequence[Token]:
        return self._tokens[mention.first : mention.last + 1]

    def _weigh_register(self, mention: Mention) -> None:
        """Whether the register knows these words as an outlet or body, or as part of its name."""
        inside = _covered(self._bodies, mention)
        if inside and not self._locative(self._before(mention)):
            self._add(mention, _BODY_NAME, "name of an outlet or body")

    def _weigh_entities(self, mention: Mention) -> None:
        """What the entity tagger says, where it ran."""
        label = self._entities.get((mention.start, mention.end))
        if label in _ENTITY:
            self._add(mention, _ENTITY[label], f"tagged {label}")
        elif _covered(self._persons_said, mention):
            self._add(mention, _ENTITY["PER"], "inside a person's name")

    def _weigh_neighbours(self, mention: Mention) -> None:
        """The words before and after."""
        before = self._before(mention)
        after = self._after(mention)
        self._weigh_before(mention, before)
        self._weigh_after(mention, after)
        if self._plural_ahead(mention):
            self._add(mention, _DESIGNATOR, "in a list of districts")
            mention.designator = "district"
        listed = listed_as(self._text, self._tokens, mention.first, self._words)
        if listed is not None:
            self._add(mention, _DESIGNATOR, "in a list after its kind of place")
            mention.designator = mention.designator or listed
            mention.listed = True
        single = mention.first == mention.last and mention.form == "name"
        named = single and self._tokens[mention.last].lower in self._persons
        if named and not self._locative(before):
            weight = _PERSON_HERE / 3 if self._is_area(mention) else _PERSON_HERE
            self._add(mention, weight, "a person of this text")
        if mention.inside is not None:
            self._add(mention, _COMMA_PARENT, "named with what it lies in")
        if self._is_dateline(mention):
            self._add(mention, _DATELINE, "dateline")

    def _is_area(self, mention: Mention) -> bool:
        """Whether the name is first of all a state's or a first-order division's."""
        main = self._gazetteer.main_names(mention.surface)
        kinds = {self._gazetteer.kind(row) for row in main}
        given = self._tokens[mention.first].lower in self._words.given
        return bool(kinds & {"country", "admin1"}) and not given

    def _locative(self, before: Token | None) -> bool:
        return before is not None and self._words.has(before.lower, "locative")

    def _before(self, mention: Mention) -> Token | None:
        """The token before, where nothing but a space or hyphen is between."""
        if mention.first == 0 or not self._tokens[mention.first].joined:
            return None
        return self._tokens[mention.first - 1]

    def _after(self, mention: Mention) -> Token | None:
        """The token after, where nothing but a space or hyphen is between."""
        if mention.last + 1 >= len(self._tokens) or not self._tokens[mention.last + 1].joined:
            return None
        return self._tokens[mention.last + 1]

    def _weigh_before(self, mention: Mention, before: Token | None) -> None:
        if before is None:
            return
        words = self._words
        if before.lower in words.designators and not before.capital:
            self._add(mention, _DESIGNATOR, "kind of place before")
            mention.designator = words.designators[before.lower]
        elif before.lower == "of" and mention.first > 1:
            named = words.designators.get(self._tokens[mention.first - 2].lower)
            if named:
                self._add(mention, _DESIGNATOR, "kind of place before")
                mention.designator = named
        elif words.has(before.lower, "direction"):
            proper = before.capital and not before.initial
            weight = _CAPITAL_DIRECTION if proper else _DIRECTION
            self._add(mention, weight, "direction before")
        elif self._locative(before):
            self._add(mention, _LOCATIVE, "place preposition")
        elif self._text[before.end] == "-" and words.has(before.lower, "party"):
            self._add(mention, _LOCATIVE, "constituency")
        elif before.capital and mention.first not in self._headings:
            self._weigh_capital_before(mention, before)

    def _weigh_capital_before(self, mention: Mention, before: Token) -> None:
        words = self._words
        if before.text == "The" and not before.initial:
            self._add(mention, _OUTLET_AFTER, "a title with its article")
            return
        if words.has(before.lower, "article", "never") and len(before.text) < 4:
            return
        if words.has(before.lower, "station"):
            self._add(mention, _OUTLET_AFTER, "outlet")
        elif words.has(before.lower, "title") or before.lower in words.given:
            self._add(mention, _TITLE_BEFORE, "title or given name before")
        elif words.has(before.lower, "prefix"):
            self._add(mention, _PREFIX_BEFORE, "part of a longer name")
        elif before.initial or before.lower in words.ordinary:
            return
        elif not self._gazetteer.knows(before.text):
            self._add(mention, _NAME_BEFORE, "unknown name before")

    def _weigh_after(self, mention: Mention, after: Token | None) -> None:
        if after is None:
            return
        words = self._words
        if after.lower in words.designators and not after.capital:
            self._add(mention, _DESIGNATOR, "kind of place after")
            mention.designator = words.designators[after.lower]
        elif not after.capital:
            if words.has(after.lower, "speech") and not self._locative(self._before(mention)):
                self._add(mention, _SPEECH_AFTER, "speaks")
        elif words.has(after.lower, "street") and not self._is_area(mention):
            self._add(mention, _STREET_AFTER, "street")
        elif words.has(after.lower, "longer") and mention.first not in self._headings:
            self._add(mention, _LONGER_NAME, "part of a longer name")
        elif words.has(after.lower, "newsword"):
            self._add(mention, _OUTLET_AFTER, "outlet")
        elif self._is_surname(mention, after):
            weight = _NAME_AFTER / 2 if self._is_area(mention) else _NAME_AFTER
            self._add(mention, weight, "name after")

    def _plural_ahead(self, mention: Mention) -> bool:
        """Whether a list of names that this one is in ends in "counties" or the like."""
        for token in self._tokens[mention.last + 1 : mention.last + 10]:
            if token.lower in self._words.classes["coordinated"]:
                return not token.capital or token.joined
            if not (token.capital or token.lower == "and") or token.initial:
                return False
        return False

    def _is_surname(self, mention: Mention, after: Token) -> bool:
        """Whether the next capitalised word reads as the rest of a person's name."""
        if mention.form == "short" or mention.first in self._headings:
            return False
        if after.lower in self._words.ordinary:
            return False
        if self._words.has(after.lower, "organisation", "title", "direction", "month"):
            return False
        return len(after.text) > 1 and after.text not in self._words.capitals

    def _is_dateline(self, mention: Mention) -> bool:
        """Whether it opens a paragraph and a dash, bracket or date follows."""
        at = mention.start
        head = self._text[max(0, at - 2) : at]
        if at > 0 and "\n" not in head and not head.endswith(". "):
            return False
        tail = self._text[mention.end : mention.end + 40].lstrip(" ,")
        return tail.startswith(("(", "—", "–", "--", "- "))


def listed_as(text: str, tokens: Sequence[Token], first: int, words: PlaceWords) -> str | None:
    """What a name is that stands in a list after a plural: "the villages of A, B and al-C"."""
    before = tokens[first - 1] if first else None
    begins = before is not None and (
        before.lower in {"and", "of"} or text[before.end : tokens[first].start] == ", "
    )
    for place in range(first - 1, max(1, first - _LIST_REACH) if begins else first, -1):
        token, after = tokens[place], tokens[place + 1]
        if text[token.end : after.start] not in _LIST_GAPS:
            return None
        if token.lower == "of":
            return words.plurals.get(tokens[place - 1].lower) if token.joined else None
        if not (token.capital or token.lower == "and" or words.has(token.lower, "article")):
            return None
    return None


_LIST_REACH: Final = 24
"""Words that a list of places is looked back over."""
_LIST_GAPS: Final = frozenset((" ", ", ", "-", "‑", "'", "’"))


def _covered(spans: Sequence[tuple[int, int]], mention: Mention) -> bool:
    """Whether the last span that begins no later than a mention covers it."""
    place = bisect_right(spans, (mention.start, sys.maxsize)) - 1
    return place >= 0 and spans[place][1] >= mention.end


def _person_names(
    tokens: Sequence[Token], words: PlaceWords, gazetteer: Gazetteer
) -> frozenset[str]:
    """Lower-case names of the people of a text: after a title or a given name."""
    found: set[str] = set()
    for place, token in enumerate(tokens[:-1]):
        if not token.capital:
            continue
        after = tokens[place + 1]
        titled = words.has(token.lower, "title")
        given = token.lower in words.given and not words.has(
            token.lower, "prefix", "article", "never"
        )
        if not (titled or given) or not after.capital or not after.joined:
            continue
        if given and gazetteer.knows(f"{token.text} {after.text}"):
            continue
        found |= _name_run(tokens, place + 1, words)
    return frozenset(found)


def _name_run(tokens: Sequence[Token], first: int, words: PlaceWords) -> set[str]:
    """The last names of a run of up to three capitalised words that are not ordinary ones."""
    found: set[str] = set()
    for token in tokens[first : first + 3]:
        if not token.capital or (token is not tokens[first] and not token.joined):
            break
        if words.has(token.lower, "organisation", "locative") or (
            token.lower in words.ordinary and token.lower not in words.given
        ):
            break
        if len(token.text) > 2:
            found.add(token.lower)
    return found


def _headings(text: str, tokens: Sequence[Token]) -> frozenset[int]:
    """Tokens of lines set in title case or capitals, where capitals say nothing."""
    apart = [n for n, token in enumerate(tokens) if not token.joined]
    breaks = [n for n in apart if n and "\n" in text[tokens[n - 1].end : tokens[n].start]]
    found: set[int] = set()
    for first, after in pairwise([0, *breaks, len(tokens)]):
        found |= _heading_line(range(first, after), tokens)
    return frozenset(found)


def _heading_line(line: range, tokens: Sequence[Token]) -> set[int]:
    """The line's tokens if three quarters of its longer words are capitalised."""
    longer = [place for place in line if len(tokens[place].text) > 3]
    capital = sum(tokens[place].capital for place in longer)
    if 3 <= len(longer) <= 20 and capital >= 0.75 * len(longer):
        return set(line)
    return set()
