"""Rules for every test: no network but loopback, and where the shared material lies."""

import os
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# A busy machine is no failure: laws have no deadline, hung tests are stopped by pytest-timeout.
settings.register_profile(
    "firsthand", deadline=None, derandomize=not os.environ.get("FIRSTHAND_EXPLORE")
)
settings.load_profile("firsthand")

ROOT = Path(__file__).parents[1]

_connect = socket.socket.connect


def _loopback_only(self: socket.socket, address: Any) -> None:
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1"):
        message = f"a test tried to reach {address[0]}"
        raise OSError(message)
    _connect(self, address)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests reach nothing but this machine."""
    monkeypatch.setattr(socket.socket, "connect", _loopback_only)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of material that is not ours to ship; tests that need it skip without."""
    folder = Path(os.environ.get("FIRSTHAND_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there: tests on the real pages are left out")
    return folder
