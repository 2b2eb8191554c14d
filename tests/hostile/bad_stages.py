"""Stage functions that fail on marked pages; importable by name, as worker processes need."""

import os
from collections.abc import Iterable

from firsthand.errors import FirsthandError
from firsthand.model.capture import CapturedPage
from firsthand.model.problem import Problem, problem
from firsthand.model.record import Record
from firsthand.stage import Context, Rows, Scope, Stage


def run(rows: Rows, context: Context) -> Iterable[Record]:
    """One row a page; pages whose words ask for it crash, hang, die or are refused."""
    content = rows.one(CapturedPage).content
    if b"CRASH" in content:
        message = "no such luck"
        raise KeyError(message)
    if b"REFUSE" in content:
        message = "the page is not to our taste; choose another"
        raise FirsthandError(message)
    if b"HANG" in content:
        while True:
            try:
                sum(range(10_000))
            except Exception:  # noqa: BLE001 - as careless code would
                continue
    if b"DIE" in content:
        os._exit(9)
    yield problem("bad", rows.unit, "seen", content.decode())


STAGE = Stage(
    name="bad",
    version=1,
    scope=Scope.RECORD,
    reads=(CapturedPage,),
    writes=(Problem,),
    run=run,
)
