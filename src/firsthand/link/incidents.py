"""Incidents: the claims of one article that tell facts of one happening, led by what happened.

A shelling, its dead, who is blamed and who denies it are one incident told in several
sentences. The sentences after the first leave out when and where: those of the incident hold
for them. A claim joins the nearest incident that its type can be a fact of and whose time,
place and doers its own do not contradict; a claim that fits none begins one.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import msgspec

from firsthand.link.compare import (
    CLAUSE_CHARS,
    DAY_TOLERANCE,
    NEXT_CHARS,
    WEEK,
)
from firsthand.link.lexicons import UNSORTED, fact_reach, has_words, leading_families
from firsthand.link.spots import spot_level
from firsthand.link.views import EVENT_MODALITIES, Spot, View, is_tally, length_of
from firsthand.model.claim import Place, Time

PARAGRAPH_CHARS: Final = 500
"""About a paragraph of news."""
AT_LENGTH: Final = 7
"""Claims of an incident that an article tells at length: in the six example piles three of five
claims of no type within two sentences of such an incident are of it, else two of five."""
TELLING_FIGURE: Final = 10
"""Smaller figures are told of many things."""
COUNT_DAYS: Final = 5
"""How long after an incident its dead are still being counted."""
AT: Final = frozenset({"same", "close", "same_words", "inside"})
AROUND: Final = frozenset({"same_wide", "inside_wide", "unknown"})
"""Levels of place that tie a claim to an incident, and those that merely do not part them."""
EFFECTS: Final = frozenset({"harm", "damage", "loss", "custody"})
"""Families of what comes of an incident, told where it was counted or seen."""
LASTING: Final = frozenset({"disease", "displacement"})
"""Families of which one figure covers weeks and another a day."""


class Told(msgspec.Struct, frozen=True, gc=False):
    """What a claim's incident says of it: who leads, what kind it is, when and where it was."""

    lead: str
    kin: str
    time: Time | None
    places: tuple[Place, ...]


@dataclass
class Incident:
    """One happening as an article tells it, while the article is read from top to bottom."""

    kin: str
    members: list[View] = field(default_factory=list)
    dated: View | None = None
    placed: View | None = None
    sentences: set[int] = field(default_factory=set)
    end: int = 0
    """Where its last claim so far ends."""

    def add(self, view: View) -> None:
        """Put a claim into it; a cause that comes after its effects gives the kind."""
        if fact_reach(view.kin, self.kin):
            self.kin = view.kin
        self.members.append(view)
        self.sentences.add(view.facts.sentence)
        self.end = max(self.end, view.facts.end)
        if self.dated is None and own_time(view):
            self.dated = view
        if not view.inherited and not _is_speech(view) and self._better_placed(view):
            self.placed = view

    def _better_placed(self, view: View) -> bool:
        """Whether a claim says where it was, or more closely than "in the river's valley"."""
        spots = where(view)
        if self.members[1:] and _moved(view, self) and _places(view, self) is False:
            return False
        if self.placed is None or not spots:
            return bool(spots)
        return all(spot.wide for spot in where(self.placed)) and not all(s.wide for s in spots)

    @property
    def spots(self) -> Sequence[Spot]:
        """Where it was, by the first claim that says so itself; else where the article is."""
        return where(self.placed) if self.placed else self.members[0].spots


def own_time(view: View) -> bool:
    """Whether its words say when it was; a present tense and the day of a count do not."""
    time = view.facts.time
    if time is None or time.basis == "as_of":
        return False
    return view.dated and not is_tally(time, view.facts.type, view.facts.text)


def _is_speech(view: View) -> bool:
    return view.row.group == "speech"


def assemble(views: Iterable[View]) -> tuple[dict[str, Told], frozenset[str]]:
    """Claim id to its incident, for claims told with another one; and who leads each article's main.

    The main incident of an article is the one it tells most of, the first of equals.
    """
    by_document: dict[str, list[View]] = {}
    for view in views:
        if view.facts.modality in EVENT_MODALITIES:
            by_document.setdefault(view.facts.document_id, []).append(view)
    found: dict[str, Told] = {}
    mains: set[str] = set()
    for document in sorted(by_document):
        incidents = incidents_of(by_document[document])
        mains.update(_lead(one).id for one in sorted(incidents, key=_size)[-1:])
        _add_beside(by_document[document], incidents)
        for incident in incidents:
            if len(incident.members) > 1:
                found.update(_told(incident))
        found |= _answering(by_document[document], found)
    return found, frozenset(mains)


def _size(incident: Incident) -> tuple[int, int]:
    return len(incident.members), -incident.members[0].facts.start


def _add_beside(views: Sequence[View], incidents: Sequence[Incident]) -> None:
    """Give an incident told at length what is told beside it and fits no type.

    "Nobody was trampled", "the floor jumped": an article that tells a happening in many claims
    tells of it in most of what stands between them.
    """
    long = [one for one in incidents if len(one.members) >= AT_LENGTH and _of_harm(one)]
    if not long:
        return
    homes = {member.id for one in incidents for member in one.members}
    spans = [[(m.facts.start, m.facts.end) for m in one.members] for one in long]
    for view in sorted(views, key=lambda v: (v.facts.start, v.facts.end, v.id)):
        if {view.row.family, view.kin} != {UNSORTED} or view.id in homes:
            continue
        gaps = [_gap(view, told) for told in spans]
        nearest = min(range(len(long)), key=lambda at: (gaps[at], at))
        if gaps[nearest] <= NEXT_CHARS and _fits(view, long[nearest]):
            long[nearest].members.append(view)


def _of_harm(incident: Incident) -> bool:
    """Whether it hurts people at one time: an outbreak goes on for weeks."""
    kin = incident.kin
    return kin == "harm" or (kin not in LASTING and fact_reach(kin, "harm") is not None)


def _gap(view: View, spans: Iterable[tuple[int, int]]) -> int:
    """Characters between a claim and the nearest of some stretches."""
    start, end = view.facts.start, view.facts.end
    return min(max(0, start - last, first - end) for first, last in spans)


def _fits(view: View, incident: Incident) -> bool:
    """Whether it has no time of its own, no other place, and is no later act: an inquiry, an offer."""
    if view.timed or has_words("later_act", view.facts.text):
        return False
    return _places(view, incident) is not False


def _answering(views: Sequence[View], told: Mapping[str, Told]) -> dict[str, Told]:
    """Denials of what belongs to no incident, and charges of which is said what was not.

    That a denial was made adds nothing where its own words tell what was not.
    """
    by_id = {view.id: view for view in views}
    own = {view.facts.denies: view for view in views if not _is_speech(view)}
    found: dict[str, Told] = {}
    for view in views:
        if not _is_speech(view) or view.id in told:
            continue
        target = by_id.get(view.facts.denies or "")
        if view.id in own:
            found[view.id] = Told(lead=view.id, kin=own[view.id].kin, time=None, places=())
        elif target is not None and not {target.id} & (told.keys() | own.keys()):
            found[view.id] = Told(lead=target.id, kin=target.kin, time=None, places=())
    return found


def incidents_of(views: Iterable[View]) -> list[Incident]:
    """The incidents of one article, in the order in which they begin."""
    found: list[Incident] = []
    seen: set[str] = set()
    for view in sorted(views, key=lambda v: (v.facts.start, v.facts.end, v.id)):
        home = _home(view, _denied_in(view, found) if view.facts.denies in seen else found)
        seen.add(view.id)
        if home is not None:
            home.add(view)
        elif view.kin in leading_families():
            begun = Incident(view.kin)
            begun.add(view)
            found.append(begun)
    return found


def _denied_in(view: View, incidents: Iterable[Incident]) -> list[Incident]:
    """The incident of what a claim denies: a denial of one thing is none of the next."""
    target = view.facts.denies
    return [one for one in incidents if target in {member.id for member in one.members}]


def _lead(incident: Incident) -> View:
    """Its first claim of what happened, not of what came of it."""
    members = incident.members
    return next((one for one in members if one.row.family == incident.kin), members[0])


def _told(incident: Incident) -> Mapping[str, Told]:
    lead = _lead(incident)
    time = incident.dated.facts.time if incident.dated else None
    places = (incident.placed or incident.members[0]).facts.places
    return {
        view.id: Told(
            lead=lead.id,
            kin=incident.kin,
            time=None if _says_when(view, incident) else time,
            places=() if _says_where(view, incident) else places,
        )
        for view in incident.members
    }


def _says_when(view: View, incident: Incident) -> bool:
    """Whether its own time is the incident's: not that of a count, a state or a statement."""
    return own_time(view) and view.row.family == incident.kin


def _says_where(view: View, incident: Incident) -> bool:
    """Whether it keeps its own place: not that of the hospital where the dead were counted."""
    own = not view.inherited and bool(where(view))
    return own and (view.row.family == incident.kin or _happens(view))


def _happens(view: View) -> bool:
    """Whether it is a deed with a place of its own, not the effect or the telling of one."""
    return view.row.group == "incident" and view.row.family not in EFFECTS


def where(view: View) -> tuple[Spot, ...]:
    """Its places without those that something came from: "rockets fired from the hills"."""
    text = " ".join(view.facts.text.casefold().split())
    return tuple(
        spot
        for spot in view.spots
        if f"from {spot.words}" not in text and f"from the {spot.words}" not in text
    )


def _home(view: View, incidents: Sequence[Incident]) -> Incident | None:
    """The nearest incident that it fits, the latest of equally near ones."""
    able = [(i, reach) for i in incidents if (reach := _reach(view, i)) is not None]
    only = len([i for i, reach in able if reach == "text"]) == 1
    best: tuple[int, Incident] | None = None
    for incident, reach in able:
        distance = _distance(view, incident, far=only and reach == "text")
        if distance is not None and (best is None or distance <= best[0]):
            best = (distance, incident)
    return None if best is None else best[1]


def _reach(view: View, incident: Incident) -> str | None:
    """How far from the incident such a claim may stand; None where it is no fact of it."""
    family = view.kin if view.row.family == UNSORTED else view.row.family
    if family == UNSORTED and not _tells_of_it(view, incident):
        return None
    if view.kin != family and incident.kin not in (family, view.kin):
        # Its own words name another cause, or count those whom this one hurt.
        return fact_reach(incident.kin, view.kin) if view.kin in EFFECTS else None
    if incident.kin in (family, view.kin):
        return "text"
    if fact_reach(family, incident.kin):
        return "near"
    return fact_reach(incident.kin, family)


def _tells_of_it(view: View, incident: Incident) -> bool:
    """Whether a claim of no type gives a figure of the incident, speaks of one, or was there."""
    if _shares_figure(view, incident) or _seen_in(view, incident):
        return True
    counted = any(member.figures for member in incident.members)
    return counted and has_words("figure_of", view.facts.text)


def _seen_in(view: View, incident: Incident) -> bool:
    """Whether who was there tells it of violence: "the shutters jumped off the wall"."""
    seen = view.facts.origin.level == "first_hand"
    return seen and fact_reach(incident.kin, view.row.family) == "seen"


def _shares_figure(view: View, incident: Incident) -> bool:
    kinds = {kind for kind, _ in view.figures}
    return any(kind in kinds for member in incident.members for kind, _ in member.figures)


def _tells_its_figure(view: View, incident: Incident) -> bool:
    """Whether it gives a figure again that the incident was told with: "17 killed", "17 bodies"."""
    mine = {(kind, q.value) for kind, q in view.figures if q.value and q.value >= TELLING_FIGURE}
    return any((kind, q.value) in mine for member in incident.members for kind, q in member.figures)


def _distance(view: View, incident: Incident, *, far: bool) -> int | None:
    """How far the claim stands from the incident in characters; None where it is not of it."""
    if view.facts.sentence in incident.sentences:
        elsewhere = _happens(view) and _places(view, incident) is False
        return 0 if _times(view, incident) is not False and not elsewhere else None
    time, place = _times(view, incident), _places(view, incident)
    if place is False and _moved(view, incident):
        place = None
    if time is False or place is False or _other_doers(view, incident):
        return None
    if _tells_its_figure(view, incident):
        return 0
    gap = max(0, view.facts.start - incident.end)
    if time and place:
        return gap
    definite = _definite(incident) and (view.facts.time is None or view.dated)
    return gap if gap <= _within(tied=bool(time or place), definite=definite, far=far) else None


def _within(*, tied: bool, definite: bool, far: bool) -> float:
    """Characters within which a claim, tied to an incident by time or place or not, is of it."""
    if definite:
        return math.inf if far else PARAGRAPH_CHARS if tied else NEXT_CHARS
    return CLAUSE_CHARS if not tied else PARAGRAPH_CHARS if far else NEXT_CHARS


def _definite(incident: Incident) -> bool:
    """Whether it is known when it was, or only the headline has told of it yet.

    A survey of a campaign runs from one happening to the next without a day for any of them.
    """
    if incident.dated is not None:
        return length_of(incident.dated) <= WEEK
    return all(member.facts.title for member in incident.members)


def _moved(view: View, incident: Incident) -> bool:
    """Whether it tells where those hurt were found or brought: downstream, to another town."""
    harmed = view.row.family in EFFECTS and incident.kin not in EFFECTS
    return harmed and has_words("moved", view.facts.text)


def _times(view: View, incident: Incident) -> bool | None:
    """Whether both were at one time; None where one of them does not say when it was."""
    other = incident.dated
    if other is None or not own_time(view):
        return None
    lows = [v.earliest for v in (view, other) if v.earliest is not None]
    highs = [v.latest for v in (view, other) if v.latest is not None]
    narrow, wide = sorted((length_of(view), length_of(other)))
    nights = DAY_TOLERANCE if wide <= DAY_TOLERANCE else 0  # "last week" ends before "on Monday"
    if lows and highs and max(lows) > min(highs) + nights:
        return None if _counted_later(view, other, incident) else False
    return incident.kin in LASTING or not (wide > WEEK and narrow <= DAY_TOLERANCE)


def _counted_later(view: View, other: View, incident: Incident) -> bool:
    """Whether it may be a count of what an incident did, made some days after."""
    if view.row.family == incident.kin or view.earliest is None or other.latest is None:
        return False
    return 0 < view.earliest - other.latest <= COUNT_DAYS


def _places(view: View, incident: Incident) -> bool | None:
    """Whether both were at one place; None where one of them does not say where it was."""
    mine = () if view.inherited else where(view)
    levels = {spot_level(a, b) for a in mine for b in incident.spots}
    if not levels:
        return None
    if levels & AT:
        return True
    return None if levels & AROUND else False


def _other_doers(view: View, incident: Incident) -> bool:
    """Whether another named doer did it: then it is another deed of the same kind."""
    if not view.doers or not view.row.one_doer or view.against:
        return False
    named = [member for member in incident.members if member.doers and member.row.one_doer]
    named = [member for member in named if member.row.family == view.row.family]
    return bool(named) and not any(member.doers & view.doers for member in named)
