"""Rows as exports promise them."""

import pytest

from firsthand.model.claim import Attribution, SourceKind
from firsthand.publish.read import attribution_row


@pytest.mark.parametrize(
    ("kind", "exported"),
    [("person", "witness"), ("witness", "witness"), ("official", "official")],
)
def test_kinds_of_sources_are_those_that_exports_promise(kind: SourceKind, exported: str) -> None:
    attribution = Attribution(
        attribution_id="a-1",
        document_id="d-1",
        page_id="p-1",
        source=(),
        cue=(),
        content=(),
        parent=None,
        source_name="Ada Fenn",
        source_kind=kind,
        quotation="indirect",
        implicit=False,
    )
    assert attribution_row(attribution)["source_kind"] == exported
