"""Scores who did what to whom, with what, on reports of attacks (MUC-4); prints JSON.

    python bench/score_muc.py [--part train|dev] [--field raw_text|text] [--limit N] [--errors N]
                              [--reader rules|reader-v1] [--gold FILE]

The texts are newswire of 1988-91, printed in capitals and wrapped at a width (`raw_text`), or in
small letters on one line (`text`). Each is read as `firsthand annotate` reads it, and the claims
are turned into the templates of that set: one a kind of incident and document, with perpetrators,
bodies behind them, things and people hit, and weapons. The scorer is `muc_score.py` of the shared
folder; see `score_claims.py` for where it is looked for.

The mapping is below. It knows types, roles, kinds of actors and classes of nouns of the product's
tables, and nothing of the texts. An incident is told by a claim of a kind that INCIDENTS names,
which happened or is said to have; fighting between armed sides is none, unless people or things
of neither side are hit. --errors prints the first N documents whose templates differ.
"""

import argparse
import importlib.util
import json
import math
import re
import sys
import types
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from firsthand.claims.clauses import Parsed
from firsthand.claims.event_types import classes_of
from firsthand.claims.lexicon import demonyms, titles
from firsthand.claims.phrases import Phrase
from firsthand.claims.reading import read
from firsthand.config import READERS, Settings
from firsthand.model.claim import Actor, Claim, Entity
from firsthand.registry import packaged_registry
from score_claims import CHOSEN, SHARED, plain, read_text, rows

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
INCIDENTS = {
    "killing": "attack",
    "casualties": "attack",
    "battle": "attack",
    "shelling_artillery": "attack",
    "airstrike": "bombing",
    "planted_bomb": "bombing",
    "suicide_car_bomb": "bombing",
    "abduction": "kidnapping",
    "destruction": "attack",
    "crime": "robbery",
}
"""The kind of incident that a type of claim tells of."""
HAPPENED = ("asserted", "unconfirmed", "possible", "denied")
"""Modalities of an incident that somebody at least says took place."""
SURE = ("killing", "abduction", "planted_bomb", "suicide_car_bomb", "destruction", "crime")
"""Types that tell of an incident by themselves; the others need somebody or something hit."""
FIRE = re.compile(r"\b(?:fires?|burn\w*|torch\w*|arson|ablaze|incendiary)\b", re.IGNORECASE)
BLAST = re.compile(
    r"\b(?:bomb\w*|explo\w+|blast\w*|dynamit\w+|detonat\w+|mined?|bl(?:e|o)w\w* up)\b",
    re.IGNORECASE,
)
FIGHT = re.compile(
    r"\b(?:clash\w*|fighting|combat\w*|battles?|offensive\w*|skirmish\w*|fought|war)\b",
    re.IGNORECASE,
)
THEFT = re.compile(r"\b(?:rob\w*|stole\w*|steal\w*|loot\w*)\b", re.IGNORECASE)
NEEDS = {"crime": THEFT, "airstrike": BLAST}
SHUNS = {"battle": FIGHT}
"""Words that claims of a type must or must not have to tell of an incident."""
MILITARY = re.compile(
    r"\b(?:military|army|brigade|convoy|garrisons?|barracks|battalion|troops|patrol|air force)\b",
    re.IGNORECASE,
)
"""Words in what is hit that make it a side of the fighting."""
THINGS = frozenset(("building", "premises", "vehicle", "transport"))
"""Classes of nouns that name what can be hit."""
UNHIT = frozenset(("from", "to", "by", "with", "for", "into", "between", "as", "toward", "since"))
"""Prepositions before what is not hit."""
PRONOUNS = frozenset(
    ("he", "she", "it", "they", "him", "her", "them", "who", "which", "we", "i", "that", "others",
     "us", "someone", "those", "one", "this", "these", "victim", "victims")
)  # fmt: skip
STATE = frozenset(("army", "military", "police", "government", "forces", "regime", "navy"))
LEADING = re.compile(
    r"^(?:the|a|an|some|several|about|around|at least|alleged|suspected|presumed|his|her|their|its)"
    r"\s+",
    re.IGNORECASE,
)
BRACKET = re.compile(r"\s*[\[(].*?(?:[\])]|$)")
ARMED = re.compile(
    r"\b(?:front|movement|liberation|guerrillas?|rebels?|cartel|army of|people's army|path|militia"
    r"|command|commandos|brigade|self-defense|insurgent|mafia|extraditables)\b",
    re.IGNORECASE,
)
"""Words in names of bodies that fight outside the state's forces."""
FIGHTERS = frozenset(
    ("guerrillas", "guerillas", "rebels", "insurgents", "subversives", "commandos", "terrorists",
     "extremists", "militants", "fighters", "gunmen", "assailants", "attackers", "assassins",
     "kidnappers", "traffickers", "sappers", "narcoterrorists", "bandits", "squads", "gunman")
)  # fmt: skip
"""Nouns of those who attack, looked for beside an incident that names nobody."""
MOST = {"PerpInd": 1, "PerpOrg": 2, "Target": 4, "Victim": 5, "Weapon": 2}
"""Fillers of a role that are kept: those told most often, the earliest first."""


@dataclass
class Incident:
    """One incident of a document, with the fillers of each role: times told, first place."""

    kind: str
    first: int
    told: int = 0
    sure: bool = False
    killing: bool = False
    sentences: list[tuple[int, int]] = field(default_factory=list)
    roles: dict[str, dict[str, list[int]]] = field(
        default_factory=lambda: {role: {} for role in ROLES}
    )

    def add(self, role: str, words: str, at: int, weight: int = 1) -> None:
        """Count a filler; of two names of one thing the longer stays."""
        words = tidy(words)
        if not words or words.lower() in PRONOUNS:
            return
        known = self.roles[role]
        for one in list(known):
            if same(one, words):
                count, first = known.pop(one)
                known[max(one, words, key=len)] = [count + weight, min(first, at)]
                return
        known[words] = [weight, at]

    @property
    def vague(self) -> bool:
        """Whether nothing tells it from a bombing of the same document."""
        return not (self.killing or self.roles["Victim"] or self.roles["PerpInd"])

    def take_over(self, other: "Incident") -> None:
        """Add what is told of the same incident in vaguer words."""
        self.told += other.told
        self.sure = self.sure or other.sure
        self.first = min(self.first, other.first)
        self.sentences += other.sentences
        for role, fillers in other.roles.items():
            for words, (count, at) in fillers.items():
                self.add(role, words, at, count)

    def best(self, role: str) -> list[str]:
        """The fillers of a role that are kept."""
        ranked = sorted(self.roles[role].items(), key=lambda item: (-item[1][0], item[1][1]))
        return [words for words, _ in ranked[: MOST[role]]]


def same(one: str, other: str) -> bool:
    """Whether two fillers are alike: the words of one are all in the other."""
    short, long = sorted((set(one.lower().split()), set(other.lower().split())), key=len)
    return bool(short) and short <= long


def tidy(words: str) -> str:
    """A filler without article, bracket and loose marks."""
    words = BRACKET.sub("", " ".join(words.split())).strip(" ,.;:'\"()[]")
    while (bare := LEADING.sub("", words)) != words:
        words = bare
    return words


class Report:
    """One document with its claims and names, and its sentences as the rules parse them."""

    def __init__(self, text: str) -> None:
        """Read a text."""
        self.text = text
        records = read_text(text)
        self.claims = [r for r in records if isinstance(r, Claim)]
        self.names = [r for r in records if isinstance(r, Entity)]
        _, document, segments = plain(text)
        self.parsed = read(text, document, segments, (), packaged_registry()).parsed

    def named(self, start: int, end: int, labels: Iterable[str]) -> list[Entity]:
        """The names inside a stretch."""
        return [n for n in self.names if start <= n.start and n.end <= end and n.label in labels]

    def incidents(self) -> list[Incident]:
        """The incidents of the document, one of each kind."""
        found: dict[str, Incident] = {}
        for claim in self.claims:
            kind = self.kind(claim)
            if kind is None:
                continue
            incident = found.setdefault(kind, Incident(kind, claim.evidence[0].start))
            incident.told += 1
            incident.sentences.append(self.around(claim))
            incident.sure = incident.sure or claim.type in SURE
            incident.killing = incident.killing or claim.type == "killing"
            self.fill(incident, claim)
        blast, attack = found.get("bombing"), found.get("attack")
        if blast is not None and attack is not None and attack.vague:
            blast.take_over(found.pop("attack"))
        for incident in found.values():
            self.complete(incident)
        return [one for one in found.values() if self.stands(one)]

    def complete(self, incident: Incident) -> None:
        """Add those who did it from beside the claims, where these name nobody."""
        if not incident.roles["PerpInd"]:
            for start, end in incident.sentences:
                for begin, stop in self.fighters(start, end):
                    incident.add("PerpInd", self.text[begin:stop], begin)
        if not incident.roles["PerpOrg"]:
            for body in self.names:
                near = any(start <= body.start < end for start, end in incident.sentences)
                if body.label in ("ORG", "MISC") and ARMED.search(body.text):
                    incident.add("PerpOrg", body.text, body.start, 3 if near else 1)

    def fighters(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Phrases for those who attack in a stretch."""
        for parsed in self.parsed:
            sentence = parsed.sentence
            if sentence.start < start or sentence.end > end:
                continue
            for phrase in parsed.phrases:
                if sentence.low[phrase.head] in FIGHTERS:
                    yield sentence.begins[phrase.start], sentence.ends[phrase.end - 1]

    def around(self, claim: Claim) -> tuple[int, int]:
        """The sentence of a claim."""
        at = claim.evidence[0].start
        return next(
            (
                (p.sentence.start, p.sentence.end)
                for p in self.parsed
                if p.sentence.start <= at < p.sentence.end
            ),
            (at, at),
        )

    def stands(self, incident: Incident) -> bool:
        """Whether an incident is one that the document reports."""
        hit = incident.roles["Victim"] or incident.roles["Target"]
        return bool(hit) or (incident.sure and any(incident.roles.values()))

    def kind(self, claim: Claim) -> str | None:
        """The kind of incident a claim tells of, if any."""
        if claim.modality not in HAPPENED or claim.polarity == "negative":
            return None
        words = self.words(claim)
        kind = INCIDENTS.get(claim.type)
        needs, shuns = NEEDS.get(claim.type), SHUNS.get(claim.type)
        if (needs and not needs.search(words)) or (shuns and shuns.search(words)):
            return None
        if claim.type == "destruction" and FIRE.search(words):
            return "arson"
        if kind == "attack" and BLAST.search(words):
            return "bombing"
        return kind

    def words(self, claim: Claim) -> str:
        """The words of a claim."""
        return " ".join(span.text for span in claim.evidence)

    def fill(self, incident: Incident, claim: Claim) -> None:
        """Add what a claim says of an incident."""
        for actor in claim.actors:
            if actor.role in ("agent", "supporter"):
                self.perpetrator(incident, actor)
            elif actor.role in ("victim", "target"):
                for name in self.named(actor.start, actor.end, ("PER",)):
                    incident.add("Victim", untitled(name.name), name.start)
        for instrument in claim.instruments:
            if instrument.kind not in ("vehicle", "aircraft", "vessel"):
                incident.add("Weapon", instrument.as_written, instrument.start)
        for span in claim.evidence:
            for start, end in self.things(span.start, span.end):
                incident.add("Target", self.text[start:end], start)

    def things(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The things in a stretch that may have been hit."""
        for parsed in self.parsed:
            sentence = parsed.sentence
            if sentence.end <= start or sentence.start >= end:
                continue
            for phrase in parsed.phrases:
                begin, stop = sentence.begins[phrase.start], sentence.ends[phrase.end - 1]
                before = sentence.low[phrase.start - 1] if phrase.start else ""
                if begin < start or stop > end or before in UNHIT:
                    continue
                if THINGS.isdisjoint(classes_of(sentence.low[phrase.end - 1])):
                    continue
                if not MILITARY.search(self.text[begin:stop]):
                    yield self.whole(parsed, phrase, end)

    def whole(self, parsed: Parsed, phrase: Phrase, end: int) -> tuple[int, int]:
        """A thing without number and nation, with the one whose it is: "house of the judge"."""
        sentence, first, last = parsed.sentence, phrase.start, phrase.end
        while first < phrase.head and (
            sentence.tags[first] in ("CD", "DT", "AV") or sentence.low[first] in nations()
        ):
            first += 1
        if sentence.low[last : last + 1] == ["of"]:
            owner = next((p for p in parsed.phrases if p.start == last + 1), None)
            if owner is not None and sentence.ends[owner.end - 1] <= end:
                last = owner.end
        return sentence.begins[first], sentence.ends[last - 1]

    def perpetrator(self, incident: Incident, actor: Actor) -> None:
        """Add who did it: people as such, and the body named with them."""
        bodies = self.named(actor.start, actor.end, ("ORG", "NORP", "MISC"))
        words = tidy(self.text[actor.start : actor.end])
        head = words.split()[-1].lower() if words else ""
        for body in bodies:
            if body.label != "NORP":
                incident.add("PerpOrg", body.text, body.start)
        of_body = re.search(
            r" of the ((?:[\w.]+ ){0,2}(?:forces|army|police|guard))$", words, re.IGNORECASE
        )
        if of_body is not None:
            incident.add("PerpOrg", of_body[1], actor.start)
        if bodies and bodies[-1].end >= actor.end - 1:
            return
        if head in STATE:
            incident.add("PerpOrg", words, actor.start)
        elif actor.actor_kind not in ("organisation", "state", "ministry", "outlet", "agency"):
            incident.add("PerpInd", words, actor.start)


@cache
def nations() -> frozenset[str]:
    """Words for the things of countries, in lower case."""
    return frozenset((*(word.lower() for word in demonyms()), "u.s.", "us"))


def untitled(name: str) -> str:
    """A person's name without the titles before it."""
    words = name.split()
    while len(words) > 1 and words[0].lower().rstrip(".") in titles():
        del words[0]
    return " ".join(words)


def templates(report: Report) -> list[dict[str, Any]]:
    """The templates of a document in the scorer's form: each filler an entity of one mention."""
    return [
        {"incident_type": one.kind, **{role: [[w] for w in one.best(role)] for role in ROLES}}
        for one in report.incidents()
    ]


def assignment(costs: Any) -> tuple[list[int], list[int]]:
    """Rows and columns paired at least cost, as scipy's function of that use gives them.

    The scorer asks scipy for it, which the product does not need: shortest augmenting paths with
    prices (Jonker and Volgenant 1987) do for matrices this small. Columns are counted from 1.
    """
    turned = len(costs) > len(costs[0])
    matrix = [list(row) for row in (zip(*costs, strict=True) if turned else costs)]
    prices = ([0.0] * len(matrix), [0.0] * (len(matrix[0]) + 1))
    matched: list[int | None] = [None] * (len(matrix[0]) + 1)
    for row in range(len(matrix)):
        augment(matrix, row, prices, matched)
    pairs = [(i, j - 1) for j, i in enumerate(matched) if j and i is not None]
    pairs = sorted((j, i) if turned else (i, j) for i, j in pairs)
    return [i for i, _ in pairs], [j for _, j in pairs]


def augment(
    matrix: list[list[float]],
    row: int,
    prices: tuple[list[float], list[float]],
    matched: list[int | None],
) -> None:
    """Find a column for one more row, moving others where that costs less."""
    of_rows, of_columns = prices
    least, before = [math.inf] * len(of_columns), [0] * len(of_columns)
    used: list[int] = []
    matched[0], column = row, 0
    while (taken := matched[column]) is not None:
        used.append(column)
        free = [j for j in range(1, len(of_columns)) if j not in used]
        for j in free:
            price = matrix[taken][j - 1] - of_rows[taken] - of_columns[j]
            if price < least[j]:
                least[j], before[j] = price, column
        column = min(free, key=lambda j: least[j])
        step = least[column]
        for j in used:
            of_rows[matched[j] or 0] += step
            of_columns[j] -= step
        for j in free:
            least[j] -= step
    while column:
        matched[column] = matched[before[column]]
        column = before[column]
    matched[0] = None


def scorer() -> Any:
    """The scorer of the shared folder; without scipy, `assignment` stands in for its one use."""
    if "scipy" not in sys.modules and importlib.util.find_spec("scipy") is None:
        stand_in = types.ModuleType("scipy.optimize")
        stand_in.linear_sum_assignment = assignment  # type: ignore[attr-defined]  # a module made here
        sys.modules["scipy"] = types.ModuleType("scipy")
        sys.modules["scipy.optimize"] = stand_in
    path = SHARED / "data" / "score" / "muc_score.py"
    spec = importlib.util.spec_from_file_location("muc_score", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scored(gold: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> Any:
    """The scorer's figures: precision, recall, F1 in per cent by role."""
    true = {row["docid"]: row["templates"] for row in gold}
    return scorer().score(true, {row["docid"]: row["templates"] for row in predicted})


def main() -> None:
    """Read the documents, write the templates, print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--part", choices=("train", "dev"), default="dev")
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--field", choices=("raw_text", "text"), default="raw_text")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--reader", choices=READERS, default=Settings().claims.reader)
    given = parser.parse_args()
    CHOSEN["reader"] = given.reader
    gold = given.gold or SHARED / "data" / "events" / f"muc4.{given.part}.jsonl"
    documents = rows(gold)[: given.limit]
    predicted = [
        {"docid": d["docid"], "templates": templates(Report(d[given.field]))} for d in documents
    ]
    print(json.dumps(scored(documents, predicted), indent=1))
    for document, made in zip(documents, predicted, strict=True):
        if given.errors > 0 and (document["templates"] or made["templates"]):
            given.errors -= 1
            show(document, made["templates"], given.field)


def show(document: dict[str, Any], made: Sequence[dict[str, Any]], name: str) -> None:
    """Print a document's text with both sets of templates."""
    print("=" * 60, document["docid"], document[name][:3000], sep="\n")
    for one in document["templates"]:
        fillers = {r: [[m[0] for m in e] for e in one[r]] for r in ROLES if one[r]}
        print("  GOLD", one["incident_type"], fillers)
    for one in made:
        print("  OURS", one["incident_type"], {r: [e[0] for e in one[r]] for r in ROLES if one[r]})


if __name__ == "__main__":
    main()
