"""Neutral wording of a claim, built from its fields and never from the source's adjectives."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from firsthand import resources
from firsthand.model.claim import Actor, Claim, Place, Quantity

TEMPLATES: Final = "lexicons/summary_templates.tsv"

AGENTS: Final = ("agent", "besieger", "subject", "supporter")
TARGETS: Final = ("target", "victim", "besieged", "recipient")

MODALITY: Final[Mapping[str, str]] = {
    "asserted": "",
    "unconfirmed": " (unconfirmed)",
    "possible": " (possible)",
    "denied": " (denied)",
    "forecast": " (forecast)",
    "hypothetical": " (hypothetical)",
    "opinion": " (opinion)",
}

BEFALLEN: Final = frozenset(
    {"killed", "injured", "killed_or_injured", "captured", "missing", "displaced", "rescued"}
)
"""Kinds that say what became of those counted, which the counted noun does not."""
PLURALS: Final = frozenset({"people", "children", "women", "men", "police", "staff", "crew"})
RATE: Final = "per "
STEM: Final = 4
"""Letters that "kilometres" and "kilometers" share."""


@cache
def _templates() -> dict[str, dict[str, str]]:
    return {row["type"]: row for row in resources.read_table(TEMPLATES)}


def summary_of(claim: Claim, actors: Sequence[Actor], places: Sequence[Place]) -> str:
    """One line that says what is claimed: who, what, whom, where, how many, how surely."""
    agent = _names(actors, AGENTS)
    target = _names(actors, TARGETS)
    template = _templates().get(claim.type) or _templates()["other"]
    shape = _shape(agent, target)
    was = "were" if _is_plural(target) else "was"
    words = template[shape].replace("{was}", was)
    words = words.replace("{agent}", agent).replace("{target}", target)
    if claim.polarity == "negative" and claim.modality != "denied":
        words = f"not the case: {words}"
    numbers = ", ".join(_number(quantity) for quantity in claim.quantities[:3])
    where = next((p.name for p in places if p.name and not p.demonym), None)
    place = f" at {where}" if where and where not in words else ""
    counted = f": {numbers}" if numbers else ""
    text = f"{words}{place}{counted}{MODALITY[claim.modality]}"
    return text[:1].upper() + text[1:]


def _number(quantity: Quantity) -> str:
    """The number as written, and its kind where the words do not say it themselves."""
    told, unit = quantity.as_written, quantity.unit or ""
    rate = unit if unit.startswith(RATE) and told.endswith(unit) else ""
    noun = quantity.counted if rate else unit or quantity.counted
    if quantity.kind not in BEFALLEN and noun and _named(noun, told):
        return told
    number = told.removesuffix(rate).rstrip()
    return " ".join(filter(None, (number, quantity.kind.replace("_", " "), rate)))


def _named(noun: str, told: str) -> bool:
    """Whether words name what they count: "40 trucks" does, a bare "38" does not."""
    words = told.casefold().split()
    return noun.rsplit(maxsplit=1)[-1][:STEM].casefold() in {word[:STEM] for word in words}


def _is_plural(name: str) -> bool:
    """Whether a name or description tells of several: "people", "residents of X", "X and Y"."""
    if " and " in name:
        return True
    (*_, head) = ("", *name.partition(" of ")[0].split())
    return head in PLURALS or (head[:1].islower() and head.endswith("s") and head[-2:] != "ss")


def _shape(agent: str, target: str) -> str:
    if agent and target:
        return "with_both"
    if agent:
        return "with_agent"
    return "with_target" if target else "without"


def _names(actors: Sequence[Actor], roles: Sequence[str]) -> str:
    names = dict.fromkeys(actor.name for actor in actors if actor.role in roles)
    return " and ".join(list(names)[:2])
