"""One browser tab, and all that it should not have done."""

from dataclasses import dataclass, field

from playwright.sync_api import Page, Request


@dataclass
class Visit:
    """One tab, and all that it should not have done."""

    tab: Page
    base: str
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        self.tab.goto(self.base + path)
        return self.tab


def watched(tab: Page, base: str) -> Visit:
    visit = Visit(tab, base)
    tab.set_default_timeout(10_000)
    tab.on(
        "console",
        lambda m: _complain(visit, m.type, m.text),
    )
    tab.on("pageerror", lambda error: visit.complaints.append(str(error)))
    tab.on("request", lambda r: None if r.url.startswith(base) else visit.foreign.append(r.url))
    tab.on("requestfailed", lambda r: _forget_blocked(visit, r))
    return visit


def _complain(visit: Visit, kind: str, text: str) -> None:
    """Keeps errors and warnings of the page; a graphics driver's remarks are none."""
    if kind in ("error", "warning") and "GL Driver Message" not in text:
        visit.complaints.append(text)


def _forget_blocked(visit: Visit, request: Request) -> None:
    """A request that the policy stopped was announced and never sent."""
    if request.url in visit.foreign and "csp" in (request.failure or "").lower():
        visit.foreign.remove(request.url)
