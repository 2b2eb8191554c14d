"""How papers speak of each other's reports: short names, repeats, figures, blocks taken over."""

import pytest

from firsthand.model.lineage import Credit
from firsthand.segment.stage import segment_document
from firsthand.trace.credits import find_credits
from trace_credit_cases import BODY
from trace_factory import make_document, make_page


def credits_of(text: str, outlet: str | None = "Lantern Daily") -> list[Credit]:
    page = make_page(text)
    document = make_document(page, outlet=outlet)
    return find_credits(page, [document], [segment_document(page, document)])


@pytest.mark.parametrize(
    ("sentence", "sources"),
    [
        ("Vesna TV’s dispatch of Monday says that the ford is shut.", ["Vesna TV"]),
        ("The Tarn Herald's own account had nine lorries in the water.", ["Tarn Herald"]),
        ("The Tarn Herald published 40 and later withdrew it.", ["Tarn Herald"]),
        ("The Tarn Herald carried a toll of 40, which was wrong.", ["Tarn Herald"]),
        ("The Tarn Herald published 40 photographs of the ford.", []),
        ("He attributed the count to a Vesna TV story.", ["Vesna TV"]),
        ("The warden attributed the flood to Velmar.", []),
        ("Vesna TV and the Tarn Herald echoed the claim.", ["Vesna TV", "Tarn Herald"]),
        ("Gull and Rope and the Tarn Herald repeated this.", ["Tarn Herald"]),
        ("The Tarn Herald repeats the figure.", ["Tarn Herald"]),
        ("Ada Quill and the warden repeat it.", []),
        ("The ford is shut, according to the state-run Vesna TV.", ["Vesna TV"]),
        ("The warden denied a story in the self-styled Tarn Herald that he fled.", ["Tarn Herald"]),
        ("The newspaper Rope and Anchor reported that the ford is shut.", ["Rope and Anchor"]),
        ("Rope and Anchor reported that the ford is shut.", []),
        ("The ford is shut, he told The Pewter Sheet.", ["The Pewter Sheet"]),
        ("That count comes from Vesna TV. It is wrong.", ["Vesna TV"]),
    ],
)
def test_report_of_another_paper_is_credited(sentence: str, sources: list[str]) -> None:
    found = credits_of(f"{BODY[0]}\n\nThe count is 40. {sentence}\n\n{BODY[2]}")
    press = [one for one in found if one.source_kind in {"outlet", "agency"}]
    assert [one.cited_source.removeprefix("The ") for one in press] == [
        source.removeprefix("The ") for source in sources
    ]


@pytest.mark.parametrize(
    ("first", "second", "source"),
    [
        ("Kestrel Wire reported a fire.", "The ferryman told Kestrel that it was out.", True),
        ("Kestrel News Agency reported a fire.", "He told Kestrel that it was out.", True),
        ("Kestrel Wire reported a fire.", "He told the wire that it was out.", True),
        ("Kestrel Wire reported a fire in Kestrel.", "He told Kestrel that it was out.", False),
        ("A fire was reported.", "He told Kestrel that it was out.", False),
    ],
)
def test_agency_is_shortened_to_its_first_word(first: str, second: str, source: bool) -> None:
    found = credits_of(f"{BODY[0]}\n\n{first} {second}\n\n{BODY[2]}")
    names = {one.cited_source for one in found}
    assert len(found) == (2 if source else len(found))
    assert len(names) == (1 if first != "A fire was reported." else 0)
    assert any("told" in one.text for one in found) == source


def test_wire_is_the_press_whose_name_says_so_not_the_agency_named_last() -> None:
    text = "Kestrel Wire saw it. The Velmar Press Agency reported a fire."
    found = credits_of(f"{BODY[0]}\n\n{text}\n\nThe ferryman told the wire that it was out.")
    assert [one.cited_source for one in found][-1] == "Kestrel Wire"


def test_sentence_that_hands_over_to_a_block_credits_the_block() -> None:
    lead = "What follows is taken from Vesna TV, and we have cut nothing:"
    (credit,) = credits_of(f"{BODY[0]}\n\n{lead}\n\n> {BODY[1]}\n\n{BODY[2]}")
    assert (credit.cited_source, credit.kind, credit.position) == (
        "Vesna TV", "republished", "leading",
    )  # fmt: skip
    assert [span.text for span in credit.covers] == [f"> {BODY[1]}"]


def test_report_from_a_place_of_several_words_opens_a_passage() -> None:
    (credit,) = credits_of(f"{BODY[0]}\n\nVesna TV reports from the old toll house:\n\n{BODY[1]}")
    assert (credit.kind, credit.rule) == ("republished", "leading.reports")
    assert [span.text for span in credit.covers] == [BODY[1]]


@pytest.mark.parametrize(
    ("line", "sources"),
    [
        ("Posted by Old Harrow", []),
        ("Posted by Vesna TV", ["Vesna TV"]),
        ("Originally posted on Old Harrow", ["Old Harrow"]),
    ],
)
def test_author_of_a_post_is_no_source_of_it(line: str, sources: list[str]) -> None:
    found = credits_of("\n\n".join((line, *BODY)))
    assert [one.cited_source for one in found] == sources
