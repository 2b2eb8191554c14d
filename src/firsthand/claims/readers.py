"""Readers by name: what the setting `claims.reader` stands for, each opened when first asked."""

from functools import cache

from firsthand.nlp.reader import Reader
from firsthand.nlp.reader_onnx import OnnxReader


@cache
def reader_named(name: str) -> Reader | None:
    """The reader that adds to the rules; None where the rules read alone."""
    return None if name == "rules" else OnnxReader(whole=False)
