"""Politeness: what a host's robots.txt allows, and how long to wait between requests."""

from collections.abc import Callable
from dataclasses import dataclass, field

import protego

MAX_DELAY = 30.0
"""Seconds; a host that asks for longer pauses is asked this seldom, and no run stands still."""


@dataclass(frozen=True)
class Clock:
    """Time as an argument, so that tests need not wait."""

    now: Callable[[], float]
    """Seconds, never going back."""
    sleep: Callable[[float], None]


@dataclass
class Host:
    """What is known of one host."""

    rules: protego.Protego | None = None
    last: float | None = None


@dataclass
class Politeness:
    """Keeps the pace at every host."""

    agent: str
    delay: float
    clock: Clock
    hosts: dict[str, Host] = field(default_factory=dict)

    def knows(self, origin: str) -> bool:
        """Whether robots.txt of that origin (scheme, host and port) was read."""
        host = self.hosts.get(origin)
        return host is not None and host.rules is not None

    def learn(self, origin: str, robots: str) -> None:
        """Take in a robots.txt; an empty one allows everything (RFC 9309)."""
        host = self.hosts.setdefault(origin, Host())
        host.rules = protego.Protego.parse(robots)

    def allows(self, origin: str, url: str) -> bool:
        """Whether a URL may be fetched."""
        host = self.hosts.get(origin)
        return host is None or host.rules is None or host.rules.can_fetch(url, self.agent)

    def wait(self, origin: str) -> None:
        """Wait until the next request to an origin is due."""
        host = self.hosts.setdefault(origin, Host())
        asked = host.rules.crawl_delay(self.agent) if host.rules else None
        pause = min(max(self.delay, float(asked or 0.0)), MAX_DELAY)
        if host.last is not None and (left := host.last + pause - self.clock.now()) > 0:
            self.clock.sleep(left)
        host.last = self.clock.now()
