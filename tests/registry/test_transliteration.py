"""Spellings of one name meet under one key; different names keep apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.registry.transliteration import name_key, skeleton_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Port-au-Prince", "port au prince"),
        ("Saint Petersburg", "St. Petersburg"),
        ("Sana'a", "Sanaa"),
        ("Đà Nẵng", "Da Nang"),
        ("Łódź", "Lodz"),
        ("Tal-Afar", "Tal Afar"),
        ("ṣa‘dah", "Sadah"),
        ("الرقة", "الرقه"),
    ],
)
def test_spelling_differences_share_a_strict_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize(
    "names",
    [
        ("Deir ez-Zor", "Deir Ezzor", "Deir al-Zour", "Dayr az Zawr", "دير الزور", "Дейр-эз-Зор"),
        ("Khan Shaykhun", "Khan Sheikhoun", "خان شيخون", "Хан-Шейхун"),
        ("Al-Hasakah", "Hasaka", "الحسكة"),
        ("Mosul", "al-Mawsil", "الموصل"),
    ],
)
def test_romanisations_share_a_skeleton(names: tuple[str, ...]) -> None:
    assert len({skeleton_key(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("Homs", "Hama"), ("Karbala", "Kirkuk"), ("Tartus", "Tunis")]
)
def test_different_names_keep_apart(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)
    assert skeleton_key(one) != skeleton_key(other) or skeleton_key(one) == ""


def test_short_names_have_no_skeleton() -> None:
    assert skeleton_key("Raqqa") == ""


@given(st.text(max_size=60))
def test_any_text_has_keys(text: str) -> None:
    assert name_key(text) == name_key(text.strip())
    assert isinstance(skeleton_key(text), str)
