"""Reads and checks the annotated paragraphs: inline brackets for who said what, and for names.

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
    ]
)
MARK = re.compile(r"\{([A-Za-z]+)(\d*) |\}")
HEAD = re.compile(r"# (\S+) \| ([a-z ]+) \| ([a-z ]+)\Z")


@dataclass
class Paragraph:
    """One paragraph: its text with attributions and entities as offsets."""

    name: str
    crisis: str
    manner: str
    text: str
    attributions: list[dict[str, list[list[int]]]] = field(default_factory=list)
    entities: list[tuple[int, int, str]] = field(default_factory=list)


def parse(name, crisis, manner, marked):
    """A paragraph from its marked text; ValueError says what is wrong and where."""
    text, stack, at = "", [], 0
    roles, entities = {}, []
    for found in MARK.finditer(marked):
        text += marked[at : found.start()]
        at = found.end()
        if found[0] == "}":
            if not stack:
                raise ValueError(f"{name}: a bracket closes that never opened, near {text[-30:]!r}")
            label, number, start = stack.pop()
            close(name, (label, number, start, len(text)), text, roles, entities)
        else:
            if found[1] not in ROLES and found[1] not in ENTITIES:
                raise ValueError(f"{name}: unknown label {found[1]!r}")
            stack.append((found[1], found[2], len(text)))
    text += marked[at:]
    if stack:
        raise ValueError(f"{name}: {stack[-1][0]}{stack[-1][1]} is never closed")
    attributions = [roles[number] for number in sorted(roles, key=int)]
    for number, one in roles.items():
        if not one["content"]:
            raise ValueError(f"{name}: attribution {number} has no content")
        if not one["source"] and not one["cue"] and "continuation" not in manner:
            raise ValueError(f"{name}: attribution {number} has neither source nor cue")
    return Paragraph(name, crisis, manner, text, attributions, sorted(entities))


def close(name, span, text, roles, entities):
    """Files one closed bracket."""
    label, number, start, end = span
    if not text[start:end].strip() or text[start:end] != text[start:end].strip():
        raise ValueError(f"{name}: {label}{number} is empty or has space at an edge")
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
