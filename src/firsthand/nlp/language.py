"""Which language a text is in, told from its letters; null where there is too little to tell."""

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

LANGUAGES = [
    "af",
    "am",
    "ar",
    "az",
    "be",
    "bg",
    "bn",
    "bs",
    "ca",
    "cs",
    "cy",
    "da",
    "de",
    "el",
    "en",
    "es",
    "et",
    "eu",
    "fa",
    "fi",
    "fr",
    "ga",
    "gl",
    "gu",
    "he",
    "hi",
    "hr",
    "hu",
    "hy",
    "id",
    "is",
    "it",
    "ja",
    "ka",
    "kk",
    "km",
    "kn",
    "ko",
    "ku",
    "ky",
    "la",
    "lb",
    "lo",
    "lt",
    "lv",
    "mk",
    "ml",
    "mn",
    "mr",
    "ms",
    "mt",
    "ne",
    "nl",
    "no",
    "pa",
    "pl",
    "ps",
    "pt",
    "ro",
    "ru",
    "si",
    "sk",
    "sl",
    "so",
    "sq",
    "sr",
    "sv",
    "sw",
    "ta",
    "te",
    "th",
    "tl",
    "tr",
    "uk",
    "ur",
    "uz",
    "vi",
    "xh",
    "zh",
    "zu",
]
"""ISO 639-1 codes that news is written in; the fewer, the fewer mistakes on short texts."""

MIN_LETTERS = 40
"""Fewer letters than a short headline has give a guess, not an answer."""

SAMPLE = 1_500
"""Characters looked at; more changes the answer on mixed pages only."""


ENGLISH_WORDS = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "that",
        "for",
        "with",
        "by",
        "from",
        "were",
        "have",
        "has",
        "said",
        "had",
        "it",
        "are",
        "this",
        "which",
        "not",
        "who",
        "their",
        "they",
        "been",
        "will",
    ]
)
"""Frequent words of English that no other language here spells alike as often."""

ENGLISH_SHARE = 0.15
"""Of all words: English news has about a quarter of them, other languages under a fiftieth.
Text that is plainly English is told so at once, because the model takes a second to open."""

WORD = re.compile(r"[^\W\d_]+")


def _plainly_english(sample: str) -> bool:
    words = WORD.findall(sample.lower())
    return sum(word in ENGLISH_WORDS for word in words) > ENGLISH_SHARE * len(words)


@cache
def _identifier() -> LanguageIdentifier:
    """The packaged model, cut down to LANGUAGES; opened once in each process."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=False)
    known = set(identifier.nb_classes)
    identifier.set_languages([code for code in LANGUAGES if code in known])
    return identifier


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language a text is mostly in, or None."""
    sample = text[:SAMPLE]
    if sum(c.isalpha() for c in sample) < MIN_LETTERS:
        return None
    if _plainly_english(sample):
        return "en"
    code, _ = _identifier().classify(sample)
    return str(code)
