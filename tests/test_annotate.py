"""`firsthand annotate`: one answer a line, in order, with offsets into the text as given."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from command_line import Ended, command_line
from firsthand import annotate

LABELS = {"PER", "ORG", "GPE", "LOC", "FAC", "NORP", "WEAPON", "PLATFORM", "EVENT", "MISC"}
KEYS = {
    "id",
    "sentences",
    "entities",
    "attributions",
    "claims",
    "places",
    "times",
    "quantities",
    "loaded_terms",
    "problems",
}
TEXT = (
    "“Two soldiers were killed near the town of Orrel on 4 May 2031,” said the ministry of "
    "defence 🛈. Ana Brell, a spokeswoman for Delta Relief, denied on Monday that its convoy was "
    "shelled in Syria.\nThe army shelled the village of Halvet with mortars, residents told Open "
    "Delta. About 40 people were injured."
)
LINES: tuple[Any, ...] = (
    {"id": "full", "text": TEXT, "published": "2031-05-06", "outlet": "Open Delta"},
    {"id": "plain", "text": TEXT},
    {"id": "no text"},
    "{nope",
    [1],
    {"id": 7, "text": "x"},
    {"id": "undated", "text": TEXT, "published": "last week"},
    {"id": "day that is not", "text": TEXT, "published": "2031-02-30"},
    {"id": "time", "text": TEXT, "published": "2031-05-06T09:00:00+02:00"},
    {"id": "month", "text": TEXT, "published": "2031-05"},
    {"id": "empty", "text": ""},
    {"id": "nul", "text": "The bridge\u0000 is closed."},
    {"id": "same", "text": "The bridge is closed."},
    {"id": "same", "text": "The bridge is closed."},
)
FAULTY = ("no text", None, None, None, "undated", "day that is not", None)


@pytest.fixture(scope="module")
def ended() -> Ended:
    lines = [line if isinstance(line, str) else json.dumps(line) for line in LINES]
    given = "\n".join([lines[0], "", *lines[1:]]).encode() + b'\n{"id": "bytes", "text": "\xff"}'
    return command_line()("annotate", given=given)


@pytest.fixture(scope="module")
def answers(ended: Ended) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ended.out.splitlines()]


def test_every_line_has_one_answer_in_order(answers: list[dict[str, Any]]) -> None:
    ids = [line["id"] if isinstance(line, dict) else None for line in LINES]
    ids[5] = None  # an id that is no string
    assert [row["id"] for row in answers] == [*ids, None]


def test_lines_that_are_not_valid_say_why_and_the_status_is_1(
    ended: Ended, answers: list[dict[str, Any]]
) -> None:
    assert ended.status == 1
    assert ended.err == ""
    faulty = [row for row in answers if "error" in row]
    assert tuple(row["id"] for row in faulty) == FAULTY
    assert all(set(row) == {"id", "error"} and row["error"] for row in faulty)


def test_valid_lines_alone_end_with_status_0() -> None:
    done = command_line()("annotate", given='{"id": "a", "text": "The bridge is closed."}')
    assert (done.status, done.err) == (0, "")
    assert set(json.loads(done.out)) == KEYS


def test_no_input_is_no_output() -> None:
    assert command_line()("annotate") == Ended(0, "", "")


def found(answers: list[dict[str, Any]], key: str) -> dict[str, Any]:
    """The answer to the line of that id."""
    (row,) = [row for row in answers if row["id"] == key]
    return row


def parts(value: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """Everything with offsets and the words it should stand for."""
    if isinstance(value, dict):
        words = value.get("text", value.get("as_written"))
        if isinstance(value.get("start"), int) and isinstance(words, str):
            yield value, words
        for inner in value.values():
            yield from parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from parts(inner)


@pytest.mark.parametrize("key", ["full", "plain", "time", "month"])
def test_offsets_slice_the_text_as_given(answers: list[dict[str, Any]], key: str) -> None:
    row = found(answers, key)
    assert set(row) == KEYS
    seen = list(parts(row))
    assert len(seen) > 20
    for part, words in seen:
        assert TEXT[part["start"] : part["end"]] == words, part
    for begin, end in row["sentences"]:
        assert TEXT[begin:end].strip() == TEXT[begin:end]


def test_every_part_of_an_answer_is_filled(answers: list[dict[str, Any]]) -> None:
    row = found(answers, "full")
    for key in KEYS - {"id", "loaded_terms", "problems"}:
        assert row[key], key
    assert {entity["label"] for entity in row["entities"]} <= LABELS
    assert all({"start", "end", "label", "name"} <= entity.keys() for entity in row["entities"])
    for time in row["times"]:
        assert {"timex_type", "timex_value", "earliest", "latest", "basis"} <= time.keys()


def test_a_date_resolves_what_needs_one_and_is_not_invented(
    answers: list[dict[str, Any]],
) -> None:
    def monday(key: str) -> dict[str, Any]:
        (time,) = [t for t in found(answers, key)["times"] if "Monday" in t["as_written"]]
        return dict(time)

    assert (monday("full")["earliest"], monday("full")["basis"]) == ("2031-05-05", "anchored")
    assert monday("time")["earliest"] == "2031-05-05"
    assert monday("plain")["earliest"] is None
    assert monday("plain")["basis"] == "unresolved"


def test_a_defect_is_the_answer_to_its_text_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_text: object, _context: object) -> None:
        raise KeyError

    monkeypatch.setattr(annotate, "annotate", broken)
    row = annotate.annotate_line(b'{"id": "a", "text": "x"}')
    assert row["id"] == "a"
    assert "defect" in str(row["error"])
    assert "KeyError" in str(row["error"])
