"""Settings: what a firsthand.toml may say, and how a wrong one is told."""

import contextlib
import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.config import FORMAT, Settings, read_settings
from firsthand.doctor import setting_lines
from firsthand.errors import ConfigError


def test_an_empty_file_gives_the_defaults() -> None:
    assert read_settings("") == Settings()


def test_settings_are_read_by_section() -> None:
    text = 'name = "Orrel"\n[trace]\nmin_words = 20\n[link]\nevent_km = 10\n[resolve]\ncountry = "NV"\n'
    found = read_settings(text)
    assert (found.name, found.trace.min_words, found.resolve.country) == ("Orrel", 20, "NV")
    assert found.link.event_km == 10.0
    assert isinstance(found.link.event_km, float)
    assert found.capture == Settings().capture


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nmae = 'x'", "no setting 'nmae'; the nearest is 'name'"),
        ("[tarce]", "no setting 'tarce'; the nearest is 'trace'"),
        ("[trace]\nmin_word = 3", "no setting 'min_word'; the nearest is 'min_words'"),
        ("trace = 5", "expected a table"),
        ("[trace]\nmin_words = 'a'", "expected int"),
        ("[trace]\nmin_words = true", "expected int"),
        ("[trace]\nmin_words = 1.5", "expected int"),
        ("[fetch]\nrespect_robots = 1", "expected bool"),
        ("[fetch]\ntimeout_seconds = true", "expected float"),
        ("[resolve]\ncountry = 3", "expected str or NoneType"),
        ("name = ", "not valid TOML"),
        ("[claims]\nreader = 'mine'", "expected one of rules, reader-v1"),
        (f"format = {FORMAT + 1}", "made by a newer firsthand; upgrade it"),
    ],
)
def test_a_wrong_setting_is_told_with_what_was_expected(text: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_settings(text)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.text(max_size=60))
def test_any_text_gives_settings_or_a_told_error(text: str) -> None:
    with contextlib.suppress(ConfigError):
        assert isinstance(read_settings(text), Settings)


def test_every_setting_is_listed_as_the_file_would_have_it() -> None:
    lines = setting_lines(Settings())
    names = [
        f"{section.name}.{one.name}"
        for section in dataclasses.fields(Settings)
        if dataclasses.is_dataclass(getattr(Settings(), section.name))
        for one in dataclasses.fields(getattr(Settings(), section.name))
    ]
    listed = [line.split(" = ")[0] for line in lines]
    assert [name for name in listed if "." in name] == names
    assert "trace.min_words = 12" in lines
