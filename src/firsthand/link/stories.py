"""Stories: the rarest words of an article, by which two articles on one matter are known.

How rare a word is comes from a table of counts over other texts, never from the pile: a page
more changes nothing for the others.
"""

import math
import re
from collections import Counter
from functools import cache
from typing import Final

from firsthand.link.hashing import STEM, hashed
from firsthand.link.lexicons import COUNTS
from firsthand.resources import read_table

SENTENCES: Final = 20_075
"""How many sentences the words were counted over."""
SHORTEST: Final = 4
"""Letters of a word that says something."""
WORDS: Final = 16
"""Words that stand for an article. Of 164,000 pairs of public news articles those that share
four are of one matter in two cases of three, those that share six in five of six."""
MAX_TEXT: Final = 20_000
"""Characters of an article that are read for them."""
_WORD: Final = re.compile(r"\w+")


@cache
def _counts() -> dict[str, int]:
    return {row["stem"]: int(row["sentences"]) for row in read_table(COUNTS)}


@cache
def word_bits() -> dict[int, float]:
    """Hashed word to what sharing it tells, in bits; a word that is not listed is `RARE`."""
    return {hashed("word", stem): bits for stem, bits in _stem_bits().items()}


@cache
def _stem_bits() -> dict[str, float]:
    return {stem: _bits(count) for stem, count in _counts().items()}


def _bits(count: int) -> float:
    return math.log2(SENTENCES / (count + 1))


RARE: Final = _bits(2)


def story_of(text: str) -> tuple[int, ...]:
    """The words of an article that tell most of what it is about, hashed and sorted.

    A word that comes again counts more, by the logarithm; of equal ones the first in the alphabet.
    """
    words = _WORD.findall(text[:MAX_TEXT].casefold())
    told = Counter(word[:STEM] for word in words if len(word) >= SHORTEST or word.isdigit())
    known = _stem_bits()
    weight = {word: (1 + math.log(count)) * known.get(word, RARE) for word, count in told.items()}
    chosen = sorted(weight, key=lambda word: (-weight[word], word))[:WORDS]
    return tuple(sorted(hashed("word", word) for word in chosen))
