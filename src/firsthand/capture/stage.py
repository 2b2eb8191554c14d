"""Stage 1, capture: sources are read by `intake` into bytes kept unchanged."""

from typing import Final

from firsthand.model.capture import CapturedPage
from firsthand.model.judgement import Judgement
from firsthand.model.problem import Problem
from firsthand.stage import Scope, Stage

STAGE: Final = Stage(
    name="capture", version=1, scope=Scope.IO, writes=(CapturedPage, Judgement, Problem)
)
"""Bytes with their custody line, what people decided about them, and what was refused."""
