"""The port: the rules behind it, and another reader's layers in their place."""

from collections.abc import Sequence

import pytest

from claims.reader import document_of, records
from firsthand.claims.layers import RulesReader
from firsthand.claims.stage import read_document
from firsthand.model.claim import Attribution, Claim, Entity
from firsthand.model.record import Range, Record
from firsthand.nlp.reader import Layers, Mention, Reader, Said

TEXTS = [
    "The mayor said the bridge over the Lind was closed.",
    "Local sources told the Orel News Agency that looters had emptied shops.",
    "The army denied that its planes had hit the bridge.",
    "“We have no water and no bread,” said one resident. It rained near Ghan.",
]


def with_reader(text: str, reader: Reader) -> list[Record]:
    page, document, segments = document_of(text)
    return list(read_document(page, document, segments, reader=reader))


def test_the_rules_keep_to_the_port() -> None:
    assert isinstance(RulesReader(), Reader)
    assert RulesReader().reads("en")
    assert not RulesReader().reads("hu")


@pytest.mark.parametrize("text", TEXTS)
def test_the_rules_behind_the_port_say_what_the_rules_say(text: str) -> None:
    assert with_reader(text, RulesReader()) == records(text)


class Fixed:
    """A reader that knows one sentence."""

    name = "fixed"
    version = "1"

    def reads(self, language: str) -> bool:
        return language == "en"

    def annotate(
        self, text: str, sentences: Sequence[Range], quotations: Sequence[Range]
    ) -> Layers:
        del text, sentences, quotations
        said = Said(
            (Range(start=0, end=4),), (Range(start=5, end=11),), (Range(start=12, end=28),),
            "deny", "fixed",
        )  # fmt: skip
        return Layers(mentions=(Mention(0, 4, "PER"), Mention(90, 95, "GPE")), said=(said,))


def test_another_readers_layers_take_the_place_of_the_rules() -> None:
    found = with_reader("Orla denied rebels took Ghan.", Fixed())
    (entity,) = [r for r in found if isinstance(r, Entity)]
    (attribution,) = [r for r in found if isinstance(r, Attribution)]
    assert (entity.text, entity.label) == ("Orla", "PER")
    assert (attribution.source_name, attribution.cue_type) == ("Orla", "deny")
    denied = [c.modality for c in found if isinstance(c, Claim) and c.type != "denial"]
    assert denied == ["denied"]
