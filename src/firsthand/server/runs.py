"""The run that this server started, if any: its process, and how far it is."""

import subprocess
import sys
import tempfile
import threading

import msgspec

from firsthand.model.record import Part
from firsthand.server.child import Order, Step


class RunState(Part, frozen=True, kw_only=True):
    """How far the last run is."""

    number: int = 0
    """Runs started by this server; 0 where none was."""
    version: int = 0
    """Rises with every change, so that a listener knows what it has seen."""
    going: bool = False
    stages: tuple[Step, ...] = ()
    """Each stage met so far, in order, as it was last told."""
    ended: Step | None = None


class Runs:
    """At most one run at a time, in a process of its own."""

    def __init__(self) -> None:
        """No run yet."""
        self._lock = threading.Lock()
        self._state = RunState()

    @property
    def state(self) -> RunState:
        """How far the last run is, now."""
        return self._state

    def start(self, order: Order) -> bool:
        """Start a run; False where one goes on, which is left alone."""
        with self._lock:
            if self._state.going:
                return False
            number, version = self._state.number + 1, self._state.version + 1
            self._state = RunState(number=number, version=version, going=True)
        threading.Thread(target=self._follow, args=(order,), daemon=True).start()
        return True

    def _follow(self, order: Order) -> None:
        # Errors go to a file: a pipe that nobody reads meanwhile would stop the child.
        with tempfile.TemporaryFile() as errors:
            with subprocess.Popen(
                [sys.executable, "-m", "firsthand.server.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
            ) as child:
                self._listen(child, order)
            errors.seek(0)
            said = errors.read().decode("utf-8", "replace").strip().splitlines()
        if self._state.ended is None:
            last = said[-1][:300] if said else f"status {child.returncode}"
            message = f"the run ended early ({last}); nothing is lost, run again"
            self._note(Step(stage="end", ended=message, well=False))

    def _listen(self, child: "subprocess.Popen[bytes]", order: Order) -> None:
        if child.stdin and child.stdout:
            child.stdin.write(msgspec.json.encode(order))
            child.stdin.close()
            for line in child.stdout:
                self._note(msgspec.json.decode(line, type=Step))

    def _note(self, step: Step) -> None:
        with self._lock:
            state = self._state
            if step.ended is not None:
                self._state = msgspec.structs.replace(
                    state, going=False, ended=step, version=state.version + 1
                )
                return
            known = {one.stage: one for one in state.stages} | {step.stage: step}
            self._state = msgspec.structs.replace(
                state, stages=tuple(known.values()), version=state.version + 1
            )
