"""The language of a text, or None where there is too little of it."""

import pytest

from firsthand.nlp.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The army said it took the town on Tuesday after two days of clashes.", "en"),
        ("L'armée a déclaré avoir repris la ville mardi après des combats.", "fr"),
        ("Армия заявила, что во вторник взяла город под контроль после боёв.", "ru"),
        ("سيطرت القوات على المدينة يوم الثلاثاء بعد معارك استمرت يومين.", "ar"),
        ("El ejército dijo que tomó la ciudad el martes tras los combates.", "es"),
        ("Too short.", None),
        ("12 34 56 78 90 " * 20, None),
        ("", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert language_of(text) == language
