"""Keys under which spellings of one place name meet: a strict one and a consonant skeleton.

`name_key` ignores case, diacritics, apostrophes, hyphens and spaces. `skeleton_key` further
ignores articles, vowels and the choice among usual romanisations, so that "Wadi al-Natrun",
"Wady en Natroun" and the Arabic spelling meet; it is loose and only ever a fallback.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

VERSION: Final = 1
"""Keys are stored hashed in the packaged index; a change here needs a rebuild."""

# Letters that NFKD leaves whole, and spellings of one letter in Arabic script.
_LETTERS: Final = str.maketrans(
    {
        "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ə": "a", "ħ": "h",
        "œ": "oe", "æ": "ae", "ŋ": "ng", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه",
        "ہ": "ه", "ە": "ه", "ٱ": "ا", "ڭ": "ك", "گ": "ك", "ё": "е", "ـ": "", "'": "", "’": "",
        "‘": "", "ʼ": "", "ʻ": "", "ʿ": "", "ʾ": "", "`": "", "´": "", "′": "", "ʹ": "", "ء": "",
    }
)  # fmt: skip
_WORDS: Final = re.compile(r"[^\W_]+")
_SHORT: Final = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "pt": "point"}

_ARABIC: Final = dict(
    zip(
        "ابپتثجچحخدذرزژسشصضطظعغفڤقكلمنهويؤئآأإ",
        [
            "A",
            "b",
            "b",
            "t",
            "t",
            "j",
            "c",
            "h",
            "x",
            "d",
            "d",
            "r",
            "z",
            "z",
            "s",
            "S",
            "s",
            "d",
            "t",
            "z",
            "A",
            "g",
            "f",
            "f",
            "k",
            "k",
            "l",
            "m",
            "n",
            "h",
            "w",
            "y",
            "A",
            "A",
            "A",
            "A",
            "A",
        ],
        strict=True,
    )
)
_CYRILLIC: Final = dict(
    zip(
        "абвгґдеєжзиійїклмнопрстуўфхцчшщъыьэюяћђљњџјѓќѕқғңүұһөә",
        [
            "a",
            "b",
            "v",
            "g",
            "g",
            "d",
            "e",
            "e",
            "z",
            "z",
            "i",
            "i",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "u",
            "f",
            "x",
            "c",
            "c",
            "S",
            "S",
            "_",
            "i",
            "_",
            "e",
            "u",
            "a",
            "c",
            "d",
            "l",
            "n",
            "d",
            "i",
            "g",
            "k",
            "z",
            "k",
            "g",
            "n",
            "u",
            "u",
            "h",
            "o",
            "a",
        ],
        strict=True,
    )
)
_SCRIPTS: Final = str.maketrans(
    {letter: sound.replace("_", "") for letter, sound in (_ARABIC | _CYRILLIC).items()}
)
_ARTICLES: Final = frozenset(
    [
        "al",
        "el",
        "ul",
        "il",
        "as",
        "es",
        "ash",
        "esh",
        "ad",
        "ed",
        "adh",
        "ar",
        "er",
        "az",
        "ez",
        "an",
        "en",
        "at",
        "et",
        "ath",
        "the",
        "l",
        "аль",
        "эль",
        "ал",
        "ел",
        "ас",
        "эс",
        "аш",
        "эш",
        "ад",
        "эд",
        "ар",
        "эр",
        "аз",
        "эз",
        "ан",
        "эн",
        "ат",
        "эт",
    ]
)
_GLUED: Final = re.compile(r"^[ae](sh(?=sh)|[szdrnt](?=([szdrnt])))")
_ROMANISATIONS: Final = (
    ("tch", "c"), ("sch", "S"), ("dzh", "j"), ("kh", "x"), ("gh", "g"), ("sh", "S"), ("ch", "S"),
    ("zh", "z"), ("th", "t"), ("dh", "d"), ("ph", "f"), ("dj", "j"), ("ts", "c"), ("ck", "k"),
    ("q", "k"),
)  # fmt: skip
_VOWELS: Final = re.compile(r"[aeiouywA]+")
_DOUBLES: Final = re.compile(r"(.)\1+")
_MIN_CONSONANTS: Final = 3
"""Shorter skeletons ("rq") are shared by too many names to mean anything."""


def fold(text: str) -> str:
    """Text in lower case without diacritics or apostrophes; other punctuation stays."""
    lowered = text.casefold()
    if lowered.isascii():
        return lowered.replace("'", "").replace("`", "")
    plain = unicodedata.normalize("NFKD", lowered.translate(_LETTERS))
    return "".join(mark for mark in plain if not unicodedata.combining(mark)).translate(_LETTERS)


@lru_cache(maxsize=65_536)
def name_key(text: str) -> str:
    """The strict key: letters and digits only, "St." written out; empty for no letters."""
    words = _WORDS.findall(fold(text))
    return "".join([_SHORT.get(word, word) for word in words[:-1]] + words[-1:])


def _token_skeleton(token: str) -> str:
    """The consonants of one word, with a mark where it begins with a vowel."""
    if token.isascii():
        sounds = token
        glued = _GLUED.match(sounds)
        if glued and glued.group(2) in {None, sounds[1]}:
            sounds = sounds[2:]
        for written, sound in _ROMANISATIONS:
            sounds = sounds.replace(written, sound)
    else:
        sounds = token.removeprefix("ال").translate(_SCRIPTS)
    starts = "A" if sounds[:1] in "aeiouA" and sounds else ""
    bare = _VOWELS.sub("", sounds.rstrip("hA"))
    return starts + _DOUBLES.sub(r"\1", bare.replace("c", "k"))


@lru_cache(maxsize=16_384)
def skeleton_key(text: str) -> str:
    """The loose key, or an empty string where too few consonants are left to tell names apart."""
    words = _WORDS.findall(fold(text))
    kept = [word for word in words if word not in _ARTICLES] or words
    skeleton = "".join(_token_skeleton(word) for word in kept)
    consonants = sum(sound != "A" for sound in skeleton)
    return skeleton if consonants >= _MIN_CONSONANTS else ""
