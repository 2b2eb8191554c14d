"""Chooses among namesakes: by what the text says they lie in, what else it names, and size."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from firsthand.registry.gazetteer import Gazetteer
from firsthand.resolve.toponyms import Mention

# Weights, in the units of log10(population) / 2: a tenfold larger town is half a point ahead.
_MAIN_NAME: Final = 0.8
_COUNTRY_NAMED: Final = 1.6
_ADMIN1_NAMED: Final = 2.0
_COUNTRY_HINT: Final = 2.0
_INSIDE: Final = 8.0
_HOLDS: Final = 1.5
_OWN: Final = 10.0
_NEAR: Final = 2.2
_NEAR_KM: Final = 120.0
_CAPITAL: Final = 2.0
"""A capital before a division of its country that only shares the name."""
_SAME_COUNTRY: Final = 2.0
_ROUNDS: Final = 3
_MAX_ROWS: Final = 60
_MAX_ANCHORS: Final = 80
"""Names, the most frequent first, that others are measured from; news pages have far fewer."""
_Name = tuple[str, str | None, bool]
"""A name in lower case, that of what the text says it lies in, and whether it is called a division."""
_DIVISIONS: Final = frozenset({"governorate", "district"})
_DESIGNATED: Final = 3.0
_AROUND_SEAT: Final = -1.5
"""A division after its main town of the same name: unless said otherwise people mean the town."""
_MAIN_SHARE: Final = 0.3
_PRIOR: Final = {
    "country": 5.5,
    "country_at_capital": 4.0,
    "region": 4.6,
    "sea": 4.4,
    "river": 4.2,
    "lake": 4.2,
    "site": 4.4,
    "admin1": 3.9,
    "admin2": 2.0,
    "neighbourhood": 2.5,
}
_PRECISIONS: Final = {
    "town": ("town",),
    "neighbourhood": ("neighbourhood", "town"),
    "district": ("district", "governorate"),
    "governorate": ("governorate", "region", "district"),
    "region": ("region",),
    "site": ("site",),
}


@dataclass(frozen=True)
class Choice:
    """The reading chosen for a mention, what else it could be, and why."""

    row: int
    alternatives: tuple[int, ...]
    margin: float
    reason: str


class Chooser:
    """Readings of one text's mentions, chosen together."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        country_hint: str | None,
        capitals: frozenset[int] = frozenset(),
    ) -> None:
        """For one text; `country_hint` is an ISO code the pile is known to be about."""
        self._gazetteer = gazetteer
        self._capitals = capitals
        self._hint = country_hint
        self._countries: Counter[str] = Counter()
        self._areas: Counter[int] = Counter()
        self._contents: dict[int, float] = {}
        self._anchors: dict[str, tuple[float, float, float, str | None]] = {}

    def choose(self, mentions: Sequence[Mention]) -> list[Choice]:
        """One choice for each mention, in order; same words, same reading, unless said otherwise."""
        groups: dict[_Name, list[int]] = {}
        for place, mention in enumerate(mentions):
            parent = None if mention.inside is None else mentions[mention.inside].surface.casefold()
            division = mention.designator in _DIVISIONS
            groups.setdefault((mention.surface.casefold(), parent, division), []).append(place)
        self._note_context(mentions)
        self._note_contents(mentions)
        fixed = {key: self._score(mentions, places) for key, places in groups.items()}
        scores = fixed
        often = sorted(groups, key=lambda key: (-len(groups[key]), groups[key][0]))[:_MAX_ANCHORS]
        for _ in range(_ROUNDS):
            self._set_anchors({key: scores[key] for key in often})
            scores = {
                key: {row: score + self._near(row, key[0]) for row, score in readings.items()}
                if len(readings) > 1
                else readings
                for key, readings in fixed.items()
            }
        said = {
            key[::2]: max(scores[key], key=lambda row: (scores[key][row], -row))
            for key in groups
            if key[1] is not None
        }
        choices: dict[int, Choice] = {}
        for key, places in groups.items():
            choice = self._best(scores[key], said.get(key[::2]), mentions[places[0]])
            choices |= dict.fromkeys(places, choice)
        return [choices[place] for place in range(len(mentions))]

    def _note_context(self, mentions: Sequence[Mention]) -> None:
        """Countries and first-order divisions that the text names outright."""
        gazetteer = self._gazetteer
        for mention in mentions:
            kinds = {gazetteer.kind(row) for row in mention.rows}
            countries = {gazetteer.country(row) for row in mention.rows}
            if kinds <= {"country", "country_at_capital"} or (
                len(countries) == 1 and kinds & {"admin1", "country", "region"}
            ):
                for country in countries - {None}:
                    self._countries[country or ""] += 1
            for row in mention.rows:
                if gazetteer.kind(row) == "admin1":
                    self._areas[row] += 1

    def _note_contents(self, mentions: Sequence[Mention]) -> None:
        """For rows named as what another name lies in, the best place of that name inside them."""
        for mention in mentions:
            if mention.inside is None:
                continue
            above = mentions[mention.inside].rows
            main = self._gazetteer.main_names(mention.surface)
            for row in mention.rows:
                value = self._prior(row) + (_MAIN_NAME if row in main else 0.0)
                for parent in self._gazetteer.parents(row):
                    if parent in above:
                        self._contents[parent] = max(self._contents.get(parent, 0.0), value)

    def _score(self, mentions: Sequence[Mention], places: Sequence[int]) -> dict[int, float]:
        """Every reading of one name with its score, but for the distance to others."""
        mention = mentions[places[0]]
        rows = mention.rows
        if len(rows) == 1:
            return {rows[0]: 1.0}
        main = self._gazetteer.main_names(mention.surface)
        if len(rows) > _MAX_ROWS:
            rows = tuple(sorted(rows, key=self._prior, reverse=True)[:_MAX_ROWS])
        parents = () if mention.inside is None else mentions[mention.inside].rows
        designators = {mentions[place].designator for place in places} - {None}
        return {
            row: self._prior(row)
            + (_MAIN_NAME if row in main else 0.0)
            + self._context(row)
            + (_INSIDE if set(parents) & set(self._gazetteer.parents(row)) else 0.0)
            + self._designated(row, designators)
            + (_CAPITAL if row in self._capitals and self._has_division(row, rows) else 0.0)
            + _HOLDS * self._contents.get(row, 0.0)
            + (_AROUND_SEAT if not designators and self._has_seat(row, rows, main) else 0.0)
            for row in rows
        }

    def _has_seat(self, row: int, rows: Sequence[int], main: frozenset[int]) -> bool:
        """Whether a division's main town, by name or by size, is another reading."""
        gazetteer = self._gazetteer
        if gazetteer.kind(row) not in {"admin1", "admin2"}:
            return False
        share = _MAIN_SHARE * gazetteer.population(row)
        return any(
            gazetteer.kind(town) == "town"
            and (town in main or gazetteer.population(town) >= share)
            and row in gazetteer.parents(town)
            for town in rows
        )

    def _has_division(self, row: int, rows: Sequence[int]) -> bool:
        """Whether a first-order division elsewhere in a capital's country has the same name."""
        gazetteer = self._gazetteer
        return any(
            gazetteer.kind(other) == "admin1"
            and gazetteer.country(other) == gazetteer.country(row)
            and other not in gazetteer.parents(row)
            for other in rows
        )

    def _prior(self, row: int) -> float:
        """How much a place is talked about, before any context."""
        if self._gazetteer.is_own(row):
            return _OWN
        kind = self._gazetteer.kind(row)
        people = self._gazetteer.population(row)
        if kind == "town":
            return math.log10(people + 10) / 2
        return _PRIOR[kind] + math.log10(people + 10) / 20

    def _context(self, row: int) -> float:
        """What the text's countries and divisions add."""
        country = self._gazetteer.country(row)
        total = 0.0
        if country:
            named = self._countries.get(country, 0)
            total += _COUNTRY_NAMED * min(named, 3) / 3 + (_COUNTRY_NAMED / 2 if named else 0.0)
            total += _COUNTRY_HINT if country == self._hint else 0.0
        for parent in self._gazetteer.parents(row):
            if parent in self._areas:
                total += _ADMIN1_NAMED * (0.5 + min(self._areas[parent], 3) / 3)
        return total

    def _near(self, row: int, surface: str) -> float:
        """What the chosen readings of the other names add by their distance."""
        lat, lon = self._gazetteer.point(row)
        country = self._gazetteer.country(row)
        total = shared = 0.0
        for other, (at, on, weight, of) in self._anchors.items():
            if other != surface:
                x = (on - lon) * math.cos(math.radians((at + lat) / 2)) * 111.2
                y = (at - lat) * 111.2
                total += weight * math.exp(-math.hypot(x, y) / _NEAR_KM)
                shared += weight if of == country else 0.0
        return _NEAR * min(total, 1.0) + _SAME_COUNTRY * min(shared, 2.0) / 2

    def _designated(self, row: int, designators: set[str | None]) -> float:
        precision = self._gazetteer.precision(row)
        wanted = [_PRECISIONS.get(designator or "", ()) for designator in designators]
        return _DESIGNATED if any(precision in kinds for kinds in wanted) else 0.0

    def _set_anchors(self, scores: dict[_Name, dict[int, float]]) -> None:
        """The leading readings of this round, weighted by how clearly they lead."""
        self._anchors = {}
        for key, readings in scores.items():
            ranked = sorted(readings.items(), key=lambda item: (-item[1], item[0]))
            row, best = ranked[0]
            if self._gazetteer.kind(row) not in {"town", "admin2", "neighbourhood", "site"}:
                continue
            lead = best - ranked[1][1] if len(ranked) > 1 else 2.0
            lat, lon = self._gazetteer.point(row)
            weight = min(1.0, 0.25 + lead / 2)
            self._anchors[key[0]] = (lat, lon, weight, self._gazetteer.country(row))

    def _best(self, scores: dict[int, float], said: int | None, mention: Mention) -> Choice:
        """The leading reading; what the text said elsewhere of the same name wins."""
        ranked = sorted(scores, key=lambda row: (-scores[row], row))
        best = said if said in scores else ranked[0]
        others = tuple(row for row in ranked if row != best)
        margin = scores[best] - scores[others[0]] if others else math.inf
        reason = (
            "only reading" if not others else f"ahead of {len(others)} namesakes by {margin:.1f}"
        )
        if mention.inside is not None:
            reason = "the text says what it lies in"
        return Choice(best, others[:5], margin, reason)
