"""Credits in further manners: agreements, reprints in full, words that point at credits above."""

import pytest

from firsthand.model.lineage import Credit
from firsthand.segment.stage import segment_document
from firsthand.trace.credits import find_credits
from trace_credit_cases import BODY
from trace_factory import make_document, make_page

HEAD = "Ford shut for the night"


def credits_of(text: str, outlet: str | None = "Lantern Daily") -> list[Credit]:
    page = make_page(f"{HEAD}\n\n{text}")
    document = make_document(page, outlet=outlet, title=HEAD)
    return find_credits(page, [document], [segment_document(page, document)])


def covered(credit: Credit) -> list[str]:
    return [span.text for span in credit.covers]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Supplied by Vesna TV under a content agreement. The headline is ours.",
         "Supplied by Vesna TV under a content agreement."),
        ("This story was provided by Vesna TV.", "This story was provided by Vesna TV."),
        ("Content from Vesna TV, used with its consent", None),
        ("This report was put together from Vesna TV copy and our own inquiries.", None),
        ("First broadcast by Vesna TV on 3 May; the text is theirs, shortened by us.", None),
        ("By Vesna TV, 8 October 2031", None),
        ("By Vesna TV | Oct. 8, 2031 at 9:15 am", None),
    ],
)  # fmt: skip
def test_line_that_gives_the_whole_text_to_another(line: str, words: str | None) -> None:
    place = (line, *BODY[:2]) if line.startswith("By") else (*BODY[:2], line)
    (credit,) = credits_of("\n\n".join(place))
    assert (credit.cited_source, credit.kind) == ("Vesna TV", "republished")
    assert credit.text == (words or line)
    assert covered(credit) == [f"{BODY[0]}\n\n{BODY[1]}"]


@pytest.mark.parametrize("line", ["According to Vesna TV,", "In the words of Vesna TV:"])
def test_line_that_opens_a_report_in_the_paragraphs_below(line: str) -> None:
    (credit,) = credits_of(f"{line}\n\n{BODY[0]}\n\n{BODY[1]}")
    assert (credit.cited_source, credit.kind) == ("Vesna TV", "republished")
    assert credit.text == line.rstrip(",")
    assert covered(credit) == [f"{BODY[0]}\n\n{BODY[1]}"]


def test_byline_of_an_agency_covers_the_report_below_its_dateline() -> None:
    first, second = credits_of(f"By Vesna TV\n\nVELMAR (Vesna TV) – {BODY[0]}\n\n{BODY[1]}")
    assert first.rule == "leading.byline_press"
    assert covered(first)[0].endswith(f"{BODY[0]}\n\n{BODY[1]}")
    assert covered(second) == [f"{BODY[0]}\n\n{BODY[1]}"]


def test_excerpt_marked_line_by_line_is_all_that_its_credit_covers() -> None:
    lead = "From the Tarn Herald report of Tuesday (the Long Post has it without a paywall):"
    text = f"{lead}\n\n> {BODY[0]}\n\n> {BODY[1]}\n\n{BODY[2]}"
    first, second = credits_of(text)
    assert (first.cited_source, first.kind) == ("Tarn Herald", "republished")
    assert first.text == "From the Tarn Herald report of Tuesday"
    assert (second.cited_source, second.kind) == ("Long Post", "linked")
    assert covered(first) == covered(second) == [f"> {BODY[0]}\n\n> {BODY[1]}"]


@pytest.mark.parametrize(
    ("sentence", "source", "words"),
    [
        ("The count goes back to a letter, which the website Gull printed on Thursday.", "Gull",
         "The count goes back to a letter"),
        ("The blog Gull Notes has the warden promising to keep “all the toll”.", None, None),
        ("The blog Gull Notes has Ada Quill promising to keep “all of the toll”.", "Gull Notes",
         "to keep “all of the toll”"),
        ("What he told Vesna TV was “as little toll as we can”.", "Vesna TV",
         "“as little toll as we can”"),
        ("The ford is shut, Vesna TV correspondent Ada Quill reported from the bank.", "Vesna TV",
         "The ford is shut"),
        ("“Nobody will sail,” the warden is quoted as saying in the Gull Herald.", "Gull Herald",
         "“Nobody will sail,”"),
        ("Writing for Vesna TV, a smith recalled that the beam had cracked.", "Vesna TV",
         "a smith recalled that the beam had cracked"),
        ("The beam will be changed, if Vesna TV is to be believed.", "Vesna TV",
         "The beam will be changed"),
        ("We have this from Vesna TV: the beam will be changed.", "Vesna TV",
         "the beam will be changed"),
        ("A count of nine, given by Vesna TV, has been dropped.", "Vesna TV",
         "A count of nine, given by Vesna TV, has been dropped"),
        ("The room was given by the warden, as promised.", None, None),
        ("The beam is sound, said Ada Quill, a smith who looked at the pictures for Vesna TV.",
         "Vesna TV", "The beam is sound, said Ada Quill, a smith"),
    ],
)  # fmt: skip
def test_credit_inside_a_sentence_covers_its_part(
    sentence: str, source: str | None, words: str | None
) -> None:
    press = [one for one in credits_of(sentence) if one.source_kind in {"outlet", "agency"}]
    assert [one.cited_source for one in press] == ([source] if source else [])
    assert [covered(one) for one in press] == ([[words]] if words else [])


def test_figure_that_appeared_here_and_again_there_is_credited_to_both() -> None:
    text = "The figure of four is old. It appeared in a Vesna TV report and again on Gull News."
    found = credits_of(text)
    assert [one.cited_source for one in found] == ["Vesna TV", "Gull News"]
    assert [covered(one) for one in found] == [["The figure of four is old"]] * 2


def test_same_report_is_that_of_the_press_credited_last() -> None:
    text = f"The Tarn Herald reports:\n\n{BODY[0]}\n\nHere is the warden, in the same report: “I went home.”"
    found = credits_of(text)
    assert [one.cited_source.removeprefix("The ") for one in found] == ["Tarn Herald"] * 2
    assert covered(found[1]) == ["“I went home.”"]
    assert credits_of("The ford was shut in the same report as before.") == []


def test_agency_is_the_one_whose_dateline_stands_above() -> None:
    told = "Two guards told the agency that they had seen a raft."
    found = credits_of(f"VELMAR (Tarn Wire) – {BODY[0]}\n\n{told}")
    assert [one.cited_source for one in found] == ["Tarn Wire"] * 2
    assert credits_of(f"VELMAR (Tarn Wire) – {BODY[0]}\n\n{told}", "Tarn Wire") == []


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("STATEMENT No. 4 OF THE FORD COMMITTEE", "Ford Committee"),
        ("Open letter by the Ford Committee", "Ford Committee"),
        ("Ford shut for the night", None),
    ],
)
def test_statement_printed_as_received_is_by_the_body_its_title_names(
    title: str, source: str | None
) -> None:
    line = "Received by our editors this morning and printed in full."
    page = make_page(f"{title}\n\n{line}\n\n{BODY[0]}\n\n{BODY[1]}")
    document = make_document(page, outlet="Lantern Daily", title=title)
    found = find_credits(page, [document], [segment_document(page, document)])
    assert [one.cited_source for one in found] == ([source] if source else [])
    for credit in found:
        assert (credit.text, covered(credit)) == (line, [f"{BODY[0]}\n\n{BODY[1]}"])


@pytest.mark.parametrize("first", ["Vesna TV", "the Ridge Herald"])
def test_both_of_a_chain_before_the_clause_are_credited_with_it(first: str) -> None:
    text = f"According to {first}, citing Radio Tesk, the ford was shut on Sunday. Boats lay idle."
    both = credits_of(text)
    assert [one.cited_source for one in both] == [first.removeprefix("the "), "Radio Tesk"]
    assert all("the ford was shut" in " ".join(covered(one)) for one in both)


def test_who_is_cited_in_an_aside_is_credited_beside_the_teller() -> None:
    both = credits_of(
        "The ford was shut, Vesna TV, quoting Radio Tesk, said on Sunday. Boats lay idle."
    )
    assert [one.cited_source for one in both] == ["Vesna TV", "Radio Tesk"]
    assert all("The ford was shut" in " ".join(covered(one)) for one in both)
