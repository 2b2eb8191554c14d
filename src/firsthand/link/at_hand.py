"""The columns that an update of a known pile asks for again and again; the store keeps them ready."""

from collections.abc import Mapping
from typing import Final

from firsthand.model.lineage import AlteredQuotation, Derivation, Node, Passage
from firsthand.model.linking import ClaimFacts, Placed, QuotedWords, SaidBy
from firsthand.model.record import Record

THIN: Final[Mapping[type[Record], str]] = {
    ClaimFacts: "unit claim_id page_id document_id outlet published published_latest title start "
    "end sentence type modality denies origin_key keys incident kin earliest latest in_event "
    "marks rejected",
    Placed: "unit claim_id document_id page_id origin_id name kind level tellers rejected stand_in",
    QuotedWords: "unit document_id page_id published start variant keys",
    SaidBy: "unit node_id name node_kind",
    AlteredQuotation: "unit page_id source_document",
    Passage: "unit document_a document_b page_a page_b a_start a_end b_start b_end kind",
    Derivation: "unit derived source kind status directed",
    Node: "unit node_id kind name members",
}
