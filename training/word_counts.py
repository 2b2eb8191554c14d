"""Counts in how many sentences each word begins, by its first six letters: how rare a word is.

    python training/word_counts.py SHARED_DATA src/firsthand/data/models/link-v1/word_counts.tsv

SHARED_DATA holds treebank/{ewt,gum}.train.jsonl (UD English EWT, and GUM without its
non-commercial genres). A word that fewer than five sentences hold is left out: what is not in
the table is rare. After a change put the new digest into src/firsthand/data/MANIFEST.toml.
"""

import argparse
import json
import re
from collections import Counter
from pathlib import Path

from firsthand.link.hashing import STEM
from firsthand.link.stories import SHORTEST

SETS = ("ewt", "gum")
LEAST = 5
"""Sentences from which a word is common enough to be listed."""
_WORD = re.compile(r"\w+")
HEAD = """\
# In how many of {sentences} sentences a word begins so; first six letters, words of four letters and more, numbers.
# Source: counted by training/word_counts.py over the training parts of UD English EWT 2.15 (CC BY-SA 4.0) and GUM without its non-commercial genres (annotations CC BY 4.0; texts CC BY, CC BY-SA, public domain); CC BY-SA 4.0.
stem\tsentences
"""


def stems(text: str) -> set[str]:
    """The words of a text as link compares them."""
    words = _WORD.findall(text.casefold())
    return {word[:STEM] for word in words if len(word) >= SHORTEST or word.isdigit()}


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    counts: Counter[str] = Counter()
    sentences = 0
    for name in SETS:
        with (given.data / "treebank" / f"{name}.train.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                sentences += 1
                counts.update(stems(json.loads(line)["text"]))
    kept = sorted((stem, count) for stem, count in counts.items() if count >= LEAST)
    rows = "".join(f"{stem}\t{count}\n" for stem, count in kept)
    given.out.write_text(HEAD.format(sentences=sentences) + rows, encoding="utf-8")


if __name__ == "__main__":
    main()
