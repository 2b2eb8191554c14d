"""Credits on whole pages of many manners, and the short forms of names they use."""

import pytest

from firsthand.model.lineage import Credit
from firsthand.segment.stage import segment_document
from firsthand.trace.credits import find_credits
from newsroom_cases import NEWSROOMS, Newsroom
from trace_credit_cases import BODY
from trace_factory import make_document, make_page

KNOWN_GAPS = {"310 by Friday"}
"""Credits that are not yet found: a link alone."""
PRESS = {"outlet", "agency"}


def credits_of(text: str, outlet: str | None = "Lantern Daily") -> list[Credit]:
    page = make_page(text)
    document = make_document(page, outlet=outlet)
    return find_credits(page, [document], [segment_document(page, document)])


def near(credit: Credit, start: int, end: int) -> bool:
    shared = min(credit.end, end) - max(credit.start, start)
    return shared * 2 >= min(credit.end - credit.start, end - start)


@pytest.mark.parametrize("newsroom", NEWSROOMS, ids=lambda one: one.file)
def test_credits_of_a_newsroom(newsroom: Newsroom) -> None:
    made = newsroom.page()
    found = find_credits(made.page, made.documents, made.segments)
    left = [credit for credit in found if credit.source_kind in PRESS]
    for words, source in newsroom.credits:
        start = made.page.text.index(words)
        hits = [one for one in left if near(one, start, start + len(words))]
        hits = [one for one in hits if source in one.cited_source][:1]
        assert bool(hits) != (words in KNOWN_GAPS), words
        for credit in hits:
            left.remove(credit)
    assert [credit.text for credit in left] == []


@pytest.mark.parametrize(
    ("line", "source", "kind"),
    [
        ("Hat tip to the Tarn Herald, which kept the minutes.", "Tarn Herald", "republished"),
        ("h/t Kestrel for the map", "Kestrel", "republished"),
        ("With inputs from Vesna TV", "Vesna TV", "republished"),
        ("(With agency inputs)", "agencies", "republished"),
        ("Compiled from wire reports", "agencies", "republished"),
        ("An earlier version of this story was published by Kestrel.", "Kestrel", "republished"),
        ("The original appeared in La Gazette du Tarn.", "La Gazette du Tarn", "republished"),
        ("Translated from the French and cut. The original first appeared in La Gazette du Tarn.",
         "La Gazette du Tarn", "translated"),
        ("(It goes on at Kestrel.)", "Kestrel", "republished"),
        ("A reader of Kestrel writes from Velmar:", "Kestrel", "republished"),
        ("Vesna TV’s Ada Quill reports from Velmar:", "Vesna TV", "republished"),
        ("Over to Vesna TV:", "Vesna TV", "republished"),
        ("So it was said. Here is Vesna TV:", "Vesna TV", "republished"),
        ("She nurses there. Extract from her diary, reprinted with permission of Kestrel.",
         "Kestrel", "republished"),
        ("Per Vesna TV, the ford is shut.", "Vesna TV", "cited"),
        ("Vesna TV, citing the toll keeper, had nine lorries in the water.", "Vesna TV", "cited"),
        ("Vesna TV has the story of how the ford was lost.", "Vesna TV", "cited"),
        ("That figure first appeared on The Long Ferry and is wrong.", "The Long Ferry", "cited"),
        ("The guard denied a report by the gossip site Kestrel that the ford is shut.", "Kestrel",
         "cited"),
        ("Vesna TV saw nine lorries in the water.", "Vesna TV", "cited"),
    ],
)  # fmt: skip
def test_manner_of_crediting_is_read(line: str, source: str, kind: str) -> None:
    found = credits_of(f"{BODY[0]}\n\n{BODY[1]}\n\n{line}\n\n{BODY[2]}")
    assert [(one.cited_source, one.kind) for one in found] == [(source, kind)]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The Tarn Herald reported a fire. The ferryman told the Herald that it was out.",
         "Tarn Herald"),
        ("The Velmar Press Agency reported a fire. Per VPA, it was out.", "Velmar Press Agency"),
        ("Vesna TV has a story on the ford: the ferryman told the agency that it is shut.",
         "Vesna TV"),
        ("A coast paper, the Tarn Herald, wrote that it was shut. He told the paper it was not.",
         "Tarn Herald"),
    ],
)  # fmt: skip
def test_short_form_of_a_name_is_the_name_the_page_gave(text: str, source: str) -> None:
    found = credits_of(f"{BODY[0]}\n\n{text}\n\n{BODY[2]}")
    assert [one.cited_source.removeprefix("The ") for one in found] == [source, source]


@pytest.mark.parametrize("words", ["the Herald", "TH", "the Tarn Herald"])
def test_outlet_that_calls_itself_by_a_short_name_credits_nobody(words: str) -> None:
    assert credits_of(f"The ferryman told {words} that the ford is shut.", "Tarn Herald") == []


@pytest.mark.parametrize(
    "text",
    [
        "The toll is nine crowns per Velmar lorry, and twelve at night.",
        "The court in The Hague reported that the ford is shut.",
        "He told the guardian of the ford that it is shut.",
        "More from Velmar:",
        "The minister appeared on a raft.",
        "Over to you:",
        "The rain continues in Velmar.",
        "The guard has the story of his life to tell.",
        "The agency reports to the minister.",
        "With agency staff",
    ],
)
def test_words_that_are_near_a_manner_credit_nobody(text: str) -> None:
    press = credits_of(f"{BODY[0]}\n\n{text}\n\n{BODY[2]}")
    assert [one.text for one in press if one.source_kind in PRESS] == []
