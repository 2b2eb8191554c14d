"""Who said what: sources, cues and contents by form, nesting, continuation and resolution."""

import pytest

from claims.reader import attributions, words

CASES = [
    ("The mayor said the bridge was closed.", "The mayor", "said", "the bridge was closed"),
    ("The bridge was closed, the mayor said.", "the mayor", "said", "The bridge was closed"),
    ("The bridge was closed, said Mayor Ana Sorel.", "Mayor Ana Sorel", "said",
     "The bridge was closed"),
    ("According to Col. Ivan Marsh, head of the rescue service, 1,200 people left overnight.",
     "Col. Ivan Marsh, head of the rescue service", "According to", "1,200 people left overnight"),
    ("At least 17 people drowned, according to the provincial governor, Ana Sorel.",
     "the provincial governor, Ana Sorel", "according to", "At least 17 people drowned"),
    ("Local sources told the Orel News Agency that looters were emptying shops.",
     "Local sources", "told", "looters were emptying shops"),
    ("The dam held, the minister said, with engineers on site.", "the minister", "said",
     "The dam held … with engineers on site"),
    ("The army denied that its planes had hit the bridge.", "The army", "denied",
     "its planes had hit the bridge"),
    ("The opposition accused the government of hiding the death toll.", "The opposition",
     "accused", "the government of hiding the death toll"),
    ("The council urged residents to leave the valley.", "The council", "urged",
     "residents to leave the valley"),
    ("Footage obtained by the Tribune shows two craters.", "Footage obtained by the Tribune",
     "shows", "two craters"),
    ("The ministry's claim that the town was empty surprised many.", "The ministry", "claim",
     "the town was empty"),
    ("“We have no water,” said one resident, who asked not to be named.", "one resident", "said",
     "“We have no water,”"),
    ("Marsh wrote: “The gates are open.”", "Marsh", "wrote", "“The gates are open.”"),
    ("The union, which said the talks had failed, will strike on Monday.", "The union", "said",
     "the talks had failed"),
    ("Hospital director Samir Qadoura: “We had eleven bags. They are gone.”",
     "Hospital director Samir Qadoura", ":", "“We had eleven bags. They are gone.”"),
    ("The governor vowed to rebuild the bridge.", "The governor", "vowed", "to rebuild the bridge"),
    ("The army claimed on Monday to have left Hessel.", "The army", "claimed",
     "to have left Hessel"),
    ("A memo puts the toll above 400.", "A memo", "puts", "the toll above 400"),
    ("Organisers spoke of 20,000 marchers.", "Organisers", "spoke", "of 20,000 marchers"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "content"), CASES)
def test_source_cue_and_content_are_exact(text: str, source: str, cue: str, content: str) -> None:
    (found, *_) = attributions(text)
    assert (words(found.source), words(found.cue), words(found.content)) == (source, cue, content)


@pytest.mark.parametrize(
    "text",
    [
        "The river burst its banks.",
        "The minister will say more on Monday.",
        "He said goodbye.",
        "The says of the village are many.",
    ],
)
def test_no_attribution_without_something_said(text: str) -> None:
    assert attributions(text) == []


def test_a_cue_around_another_nests_it() -> None:
    inner, outer = attributions(
        "Local sources told the Orel News Agency that looters came, the Morning Post reported."
    )
    assert inner.parent == outer.attribution_id
    assert outer.parent is None


def test_two_levels_of_saying_in_one_sentence() -> None:
    outer, inner = attributions("The governor said the mayor had denied that the dam was cracked.")
    assert (words(outer.source), words(inner.source)) == ("The governor", "the mayor")
    assert inner.parent == outer.attribution_id
    assert inner.cue_type == "deny"


def test_a_quotation_goes_on_after_its_cue() -> None:
    (found,) = attributions("“The gates are open,” said Ivan Marsh. “Nobody warned us of it.”")
    assert words(found.content) == "“The gates are open,” … “Nobody warned us of it.”"
    assert found.quotation == "direct"


def test_a_paragraph_of_quotation_without_a_speaker_is_implicit() -> None:
    first, second = attributions(
        "“The gates are open now,” said Ivan Marsh.\n“Nobody has warned us of the water.”"
    )
    assert second.implicit
    assert (second.source, second.cue) == ((), ())
    assert second.source_name == first.source_name == "Ivan Marsh"


def test_also_goes_on_with_the_report_before() -> None:
    first, second = attributions(
        "The army shelled Ghan, the agency Orel Wire reported. It also hit two villages."
    )
    assert second.implicit
    assert second.source_name == first.source_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mayor Ana Sorel said it rained. She added that it would rain again.", "Ana Sorel"),
        ("The defence ministry said it rained. It added that roads were cut.", "defence ministry"),
        ("The defence ministry said it rained. The ministry added that it was cold.",
         "defence ministry"),
        ("Mayor Ana Sorel said it rained. Sorel added that it was cold.", "Ana Sorel"),
        ("One resident said it rained. The civilian added that it was cold.", "one resident"),
    ],
)  # fmt: skip
def test_later_mentions_are_resolved_to_the_last_fitting_speaker(text: str, name: str) -> None:
    assert [a.source_name for a in attributions(text)][-1] == name


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The interior ministry said the road was cut.", "ministry"),
        ("One resident said the road was cut.", "witness"),
        ("Sources said the road was cut.", "anonymous"),
        ("General Ivan Marsh said the road was cut.", "military"),
        ("The rebels said the road was cut.", "belligerent"),
        ("Peter Olan, 54, a farmer, said the road was cut.", "witness"),
        ("Opposition leader Mira Dahl said the road was cut.", "activist"),
        ("The Halden Tribune reported that the road was cut.", "outlet"),
    ],
)
def test_source_kinds_come_from_the_table(text: str, kind: str) -> None:
    assert attributions(text)[0].source_kind == kind


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("“The road to the village is cut,” the mayor said.", "direct"),
        ("The mayor said the road was cut.", "indirect"),
        ("The mayor said the road was “completely washed away by the river”.", "mixed"),
    ],
)
def test_kind_of_quotation(text: str, quotation: str) -> None:
    assert attributions(text)[0].quotation == quotation


def test_a_block_quotation_belongs_to_the_line_that_leads_in() -> None:
    (found,) = attributions(
        "Mira Dahl raised some questions:\n“Who opened the gates of the dam that night?"
        "\n“Who will pay for the houses that are lost?”"
    )
    assert words(found.source) == "Mira Dahl"
    assert found.quotation == "block"
    assert len(found.content) == 2


def test_headlines_with_a_speaker_and_a_mark() -> None:
    text = "Minister: dam at Orel will hold\nThe dam at Orel is old and was built long ago."
    found = attributions(text)[0]
    assert (words(found.source), words(found.content)) == ("Minister", "dam at Orel will hold")


def test_a_topic_before_a_colon_is_no_speaker() -> None:
    text = "FLOODS: nine people drown in the valley\nNine people drowned in the valley on Monday."
    assert attributions(text) == []


def test_what_was_denied_by_someone_is_their_denial() -> None:
    text = "Reports that a grave had been found near Ghan were denied by the governor."
    (found,) = attributions(text)
    assert (words(found.source), found.cue_type) == ("the governor", "deny")
    assert words(found.content) == "a grave had been found near Ghan"


def test_a_description_behind_a_source_is_no_content() -> None:
    (found,) = attributions("“We got two bags of rice,” said Hana, a baker who left in May.")
    assert words(found.content) == "“We got two bags of rice,”"


def test_hedges_are_kept() -> None:
    (found,) = attributions("The mayor said the dam had reportedly failed.")
    assert words(found.hedges) == "reportedly"


def test_attribution_ids_do_not_depend_on_where_the_text_stands() -> None:
    text = "The mayor said the bridge was closed."
    moved = "It rained.\n" + text
    assert attributions(text)[0].attribution_id == attributions(moved)[0].attribution_id


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Residents, however, said the gate was locked.", "Residents"),
        ("A guard, working late because he was alone, said the gate was locked.", "A guard"),
    ],
)  # fmt: skip
def test_the_source_is_whoever_stands_before_what_interrupts_it(text: str, source: str) -> None:
    assert [words(one.source) for one in attributions(text)] == [source]


def test_who_denies_a_figure_does_not_tell_it() -> None:
    put, deny = attributions("The union put the toll at 27, a figure the police deny.")
    assert (words(put.source), words(deny.source)) == ("The union", "the police")
    assert put.parent is None


def test_a_participle_goes_on_with_the_speaker_before_it() -> None:
    first, second = attributions(
        "“Nothing is settled,” Ana Reis said, adding that the talks would go on."
    )
    assert second.source_name == first.source_name == "Ana Reis"
