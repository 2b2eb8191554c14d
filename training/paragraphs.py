"""Reads and checks the annotated paragraphs: inline brackets for who said what, names, events.

    python training/paragraphs.py [FILE …]      checks the files and prints counts

The format is described in training/guideline.md.
"""

# Run by hand, never imported by the package: types, seeds and messages may be plain.
# ruff: noqa: ANN001, ANN201, EM102, TRY003, TRY301

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "paragraphs"
ROLES = {"s": "source", "c": "cue", "t": "content"}
ENTITIES = frozenset(
    [
        "PER",
        "ORG",
        "GPE",
        "LOC",
        "FAC",
        "NORP",
        "WEAPON",
        "PLATFORM",
        "EVENT",
        "MISC",
        "TIME",
        "QUANTITY",
        "LOADED",
    ]
)
EVENTS = frozenset(
    [
        "battle",
        "shelling_artillery",
        "airstrike",
        "suicide_car_bomb",
        "planted_bomb",
        "killing",
        "sexual_violence",
        "abduction",
        "arrest",
        "advance_territorial_change",
        "control_of_territory",
        "siege_state",
        "siege_broken",
        "movement_of_forces",
        "force_size",
        "equipment_loss",
        "casualties",
        "destruction",
        "protest",
        "riot",
        "displacement",
        "humanitarian_condition",
        "aid_delivery",
        "disease",
        "disaster_natural",
        "disaster_man_made",
        "crime",
        "statement_accusation",
        "denial",
        "agreement",
        "diplomacy",
        "sanction",
        "election",
        "other",
    ]
)
PARTS = frozenset(
    ["agent", "target", "victim", "supporter", "besieger", "besieged", "subject", "recipient"]
)
MODALITIES = frozenset(["unconfirmed", "possible", "denied", "forecast", "hypothetical", "opinion"])
MARK = re.compile(r"\{([A-Za-z_]+)(\d*)((?:/[a-z]+)*) |\}")
HEAD = re.compile(r"# (\S+) \| ([a-z ]+) \| ([a-z ]+)\Z")


@dataclass
class Paragraph:
    """One paragraph: its text with attributions, entities and events as offsets."""

    name: str
    crisis: str
    manner: str
    text: str
    attributions: list[dict[str, list[list[int]]]] = field(default_factory=list)
    entities: list[tuple[int, int, str]] = field(default_factory=list)
    events: list["Event"] = field(default_factory=list)


@dataclass
class Event:
    """One marked event: its words, and the words that fill its roles."""

    type: str = ""
    modality: str = "asserted"
    polarity: str = "positive"
    trigger: list[list[int]] = field(default_factory=list)
    roles: list[tuple[str, int, int]] = field(default_factory=list)
    suffix: str = ""


def parse(name, crisis, manner, marked):
    """A paragraph from its marked text; ValueError says what is wrong and where."""
    text, stack, at = "", [], 0
    roles, entities, events = {}, [], {}
    for found in MARK.finditer(marked):
        text += marked[at : found.start()]
        at = found.end()
        if found[0] == "}":
            if not stack:
                raise ValueError(f"{name}: a bracket closes that never opened, near {text[-30:]!r}")
            label, number, suffix, start = stack.pop()
            span = (label, number, start, len(text))
            if label in EVENTS or label in PARTS:
                check(name, span, text)
                close_event(name, span, suffix, events)
            else:
                close(name, span, text, roles, entities)
        else:
            check_label(name, found[1], found[3])
            stack.append((found[1], found[2], found[3], len(text)))
    text += marked[at:]
    if stack:
        raise ValueError(f"{name}: {stack[-1][0]}{stack[-1][1]} is never closed")
    attributions = [roles[number] for number in sorted(roles, key=int)]
    check_whole(name, manner, roles, events)
    happened = [events[number] for number in sorted(events)]
    return Paragraph(name, crisis, manner, text, attributions, sorted(entities), happened)


def check_label(name, label, suffix):
    """Refuses a label nobody knows, and a modality on what is no event."""
    if not any(label in known for known in (ROLES, ENTITIES, EVENTS, PARTS)):
        raise ValueError(f"{name}: unknown label {label!r}")
    if suffix and label not in EVENTS:
        raise ValueError(f"{name}: {label} takes no {suffix!r}, only events do")


def check_whole(name, manner, roles, events):
    """Refuses attributions without content or speaker, and roles of events never marked."""
    for number, one in roles.items():
        if not one["content"]:
            raise ValueError(f"{name}: attribution {number} has no content")
        if not one["source"] and not one["cue"] and "continuation" not in manner:
            raise ValueError(f"{name}: attribution {number} has neither source nor cue")
    loose = [number for number, one in sorted(events.items()) if not one.type]
    if loose:
        raise ValueError(f"{name}: a role names event {loose[0]}, which has no words of its own")


def check(name, span, text):
    """Refuses a bracket that is empty or has space at an edge."""
    label, number, start, end = span
    if not text[start:end].strip() or text[start:end] != text[start:end].strip():
        raise ValueError(f"{name}: {label}{number} is empty or has space at an edge")


def close_event(name, span, suffix, events):
    """Files the words of an event, or the filler of a role; each digit of a role is one event."""
    label, number, start, end = span
    if not number:
        raise ValueError(f"{name}: {label} needs the number of its event")
    if label in PARTS:
        for digit in number:
            events.setdefault(digit, Event()).roles.append((label, start, end))
        return
    one = events.setdefault(number, Event())
    if len(number) != 1 or one.type not in ("", label):
        raise ValueError(f"{name}: event {number} is both {one.type!r} and {label!r}")
    one.type = label
    if one.trigger and suffix != one.suffix:
        raise ValueError(f"{name}: event {number} is told with two moods; give each its own number")
    one.trigger.append([start, end])
    one.suffix = suffix
    for mood in suffix.split("/")[1:]:
        if mood == "not":
            one.polarity = "negative"
        elif mood in MODALITIES:
            one.modality = mood
        else:
            raise ValueError(f"{name}: unknown modality {mood!r}")


def close(name, span, text, roles, entities):
    """Files one closed bracket."""
    check(name, span, text)
    label, number, start, end = span
    if label in ROLES:
        if not number:
            raise ValueError(f"{name}: {label} needs the number of its attribution")
        made = roles.setdefault(number, {"source": [], "cue": [], "content": []})
        made[ROLES[label]].append([start, end])
    else:
        entities.append((start, end, label))


def read(path):
    """The paragraphs of a file, in order."""
    found, head = [], None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            head = HEAD.match(line)
            if head is None:
                raise ValueError(f"{path.name}: not a heading 'id | crisis | manner': {line!r}")
        elif line.strip():
            if head is None:
                raise ValueError(f"{path.name}: text without a heading: {line[:40]!r}")
            found.append(parse(head[1], head[2], head[3], line))
            head = None
    return found


def held_out(name):
    """Whether a paragraph is kept for measuring: every seventh by number."""
    return int(name.rsplit("-", 1)[1]) % 7 == 0


def read_all(paths=()):
    """Every paragraph of the folder; a name used twice is an error."""
    every = [p for path in paths or sorted(FOLDER.glob("*.txt")) for p in read(path)]
    double = [name for name, n in Counter(p.name for p in every).items() if n > 1]
    if double:
        raise ValueError(f"names used twice: {double}")
    return every


def faults(path):
    """What is wrong in a file, paragraph by paragraph."""
    found = []
    for block in re.split(r"(?m)^(?=# )", path.read_text(encoding="utf-8")):
        head, _, marked = block.strip().partition("\n")
        named = HEAD.match(head)
        try:
            if head and named is None:
                raise ValueError(f"{path.name}: not a heading 'id | crisis | manner': {head!r}")
            if head:
                parse(named[1], named[2], named[3], marked)
        except ValueError as error:
            found.append(str(error))
    return found


if __name__ == "__main__":
    wrong = [
        f
        for p in map(Path, sys.argv[1:] or sorted(map(str, FOLDER.glob("*.txt"))))
        for f in faults(p)
    ]
    if wrong:
        sys.exit("\n".join(wrong))
    all_of_them = read_all([Path(a) for a in sys.argv[1:]])
    words = sum(len(p.text.split()) for p in all_of_them)
    said = sum(len(p.attributions) for p in all_of_them)
    print(
        len(all_of_them),
        "paragraphs,",
        words,
        "words,",
        said,
        "attributions,",
        sum(held_out(p.name) for p in all_of_them),
        "held out",
    )
    print(Counter(p.crisis for p in all_of_them))
    print(Counter(p.manner for p in all_of_them))
    print(Counter(e[2] for p in all_of_them for e in p.entities))
    print(Counter(e.type for p in all_of_them for e in p.events))
    print(Counter(e.modality for p in all_of_them for e in p.events))
    print(Counter(e.polarity for p in all_of_them for e in p.events))
    print(Counter(r[0] for p in all_of_them for e in p.events for r in e.roles))
