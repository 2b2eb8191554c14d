"""The part that somebody has in a claim, by the words beside the name."""

import re
from functools import cache
from typing import Final, cast

from firsthand import resources
from firsthand.model.claim import ActorKind, Role

CUES: Final = "registers/role_cues.tsv"
_HYPHENS: Final = frozenset("-‑–")
_BACK, _ON = 60, 30
"""Characters before and after a name in which its role is looked for."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’]s)?")
_STOP: Final = re.compile(r"[.;:!?\n](?=\s|$)")
_COUNT: Final = re.compile(
    r"\b(?:at\sleast|more\sthan|fewer\sthan|as\smany\sas|up\sto|(?:dozens|scores|hundreds|"
    r"thousands|tens)\sof)\s",
    re.IGNORECASE,
)
"""What counts those named after it, and says nothing of their part."""
_PASSIVE: Final = re.compile(
    r"\s(?:(?:have|has|had|were|was|are|is|been|being)\s){1,2}(?:[a-z]{2,12}ly\s)?(?P<verb>[a-z]{3,12})\b"
    r"|\s(?P<hit>[a-z]{3,12})\s(?P<by>by|in|during|near|when|and|or)\b"
)
_SIDE: Final = re.compile(r"(?:north|south|east|west|northeast|northwest|southeast|southwest)ern")
_ARTICLES: Final = frozenset(
    {
        "the",
        "a",
        "an",
        "its",
        "their",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "some",
        "several",
        "many",
        "about",
        "around",
        "nearly",
        "suspected",
        "alleged",
        "armed",
        "local",
        "other",
        "dozen",
    }
)
_PATIENTS: Final = frozenset({"victim", "target", "besieged", "recipient"})
_VERBAL: Final = re.compile(r"[a-z]{2,15}ed")


@cache
def _cues() -> dict[str, dict[str, str]]:
    """Words by side ("before", "after", "hyphen", "of"), and the role of a name beside them."""
    sides: dict[str, dict[str, str]] = {}
    for row in resources.read_table(CUES):
        sides.setdefault(row["side"], {})[row["word"]] = row["role"]
    return sides


def role_by_neighbours(kind: ActorKind, start: int, end: int, text: str) -> Role | None:
    """The role of a name by the words beside it; None where it only says where or whose."""
    beside = _after(text, end)
    if text[end : end + 1] in _HYPHENS:
        role = _cues()["hyphen"].get(beside, "")
        return cast("Role", role) if role else None
    last, lead = _before(text, start)
    if last == "of" and kind == "state":
        return None
    role = _cues()["before"].get(last, "") or (_of_a_happening(lead) if last == "of" else "")
    if role == "place":
        return None if kind == "state" else "subject"
    return cast("Role", role or _suffers(text, end) or _does(beside) or "subject")


def acts_by_noun(end: int, text: str) -> bool:
    """Whether the word after a word for a side is what that side does: "rebel shelling"."""
    beside = _after(text, end)
    joined = text[end : end + 1] in _HYPHENS
    sides = _cues()["hyphen"] if joined else _cues()["after"]
    return beside in sides and (joined or not _VERBAL.fullmatch(beside))


def is_doing(word: str) -> bool:
    """Whether a word is what a side does ("Offensive"), not a part of its name."""
    return word.lower() in _cues()["after"]


def _after(text: str, end: int) -> str:
    """The word right after a name, or none."""
    after = _WORD.search(text, end, end + _ON)
    if after is None or text[end : after.start()].strip(" ’'s-‑–"):
        return ""
    return after[0].lower()


def _does(beside: str) -> str:
    """The role by a noun or verb that follows the name."""
    return _cues()["after"].get(beside, "agent" if _VERBAL.fullmatch(beside) else "")


def _suffers(text: str, end: int) -> str:
    """The role of those to whom something is done: "were shelled", "killed in the raid"."""
    match = _PASSIVE.match(text, end)
    if match is None:
        return ""
    role = _cues()["before"].get(match["verb"] or match["hit"], "")
    if match["hit"] and role != "victim" and match["by"] != "by":
        return ""
    return role if role in _PATIENTS else ""


def _before(text: str, start: int) -> tuple[str, list[str]]:
    """The word before a name and those before it.

    Past articles and counts, and past "fighters of" to what is before that.
    """
    head = text[max(0, start - _BACK) : start]
    stops = list(_STOP.finditer(head))
    head = _COUNT.sub("", head[stops[-1].end() :] if stops else head)
    words = [found[0].lower() for found in _WORD.finditer(head)]
    left = [word for word in words if word not in _ARTICLES and not _SIDE.fullmatch(word)]
    if len(left) > 1 and left[-1] == "of" and left[-2] in _cues()["of"]:
        left = [word for word in left[:-2] if word not in _cues()["of"]]
    return (left[-1] if left else "", left[:-1])


def _of_a_happening(lead: list[str]) -> str:
    """The role after "of" by the happening before it: "the advance of", "the shelling of"."""
    what = lead[-1] if lead else ""
    role = _cues()["before"].get(what, "")
    return role if role in _PATIENTS else _cues()["after"].get(what, "")
