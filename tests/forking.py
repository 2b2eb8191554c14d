"""Runs the real command line in a process of its own each time, importing it only once.

Started as a script, it loads `firsthand.cli`, then forks for every JSON line it reads: the
child gets the arguments, folder, environment and limits asked for, and calls `main()`.
"""

import ctypes
import json
import os
import resource
import signal
import sys
import traceback
from typing import Any


def drop_powers() -> None:
    """Give up all capabilities, so that root meets file permissions as anyone else does."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    nothing = (ctypes.c_uint32 * 6)(0, 0, 0, 0, 0, 0)
    if libc.capset(header, nothing) != 0:
        raise OSError(ctypes.get_errno(), "capset")


def prepare(asked: dict[str, Any]) -> None:
    """Make this process what was asked for."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        os.dup2(os.open(asked[name], flags, 0o600), number)
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["env"])
    signal.alarm(asked["seconds"])
    if asked["file_bytes"] is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (asked["file_bytes"], asked["file_bytes"]))
    if asked["plain_user"] and os.geteuid() == 0:
        drop_powers()
    sys.argv = ["firsthand", *asked["arguments"]]


def child(asked: dict[str, Any]) -> None:
    """Run the command line and end with its exit status; a traceback ends with 1, as usual."""
    from firsthand.cli import main  # noqa: PLC0415 - loaded before the first fork

    status = 1
    try:
        prepare(asked)
        main()
        status = 0
    except SystemExit as done:
        status = done.code if isinstance(done.code, int) else int(done.code is not None)
    except BaseException:  # noqa: BLE001 - the child must end here, whatever happens
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (OSError, ValueError):
                status = status or 1
        os._exit(status)


def serve() -> None:
    """Answer requests until there are no more."""
    from firsthand.cli.app import app_for  # noqa: PLC0415 - so that children need not load

    app_for(None)

    for line in sys.stdin:
        asked = json.loads(line)
        if "wait" in asked:
            _, state = os.waitpid(asked["wait"], 0)
            answer = os.waitstatus_to_exitcode(state)
        else:
            answer = os.fork()
            if answer == 0:
                child(asked)
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
