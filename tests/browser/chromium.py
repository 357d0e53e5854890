"""A Chromium that stays on this machine, and what a test asks of a page it has opened."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Request, sync_playwright
from playwright.sync_api import Page as Tab

PATH = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = (
    "--lang=ja",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    # What is not ours to ask for has no address, whatever a page or the browser itself may try.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
HERE = ("127.0.0.1", "localhost")
PATIENCE = 10_000  # milliseconds


@dataclass
class Chromium:
    """The browser, what its pages asked of other machines, and what they complained of."""

    browser: Browser
    asked_elsewhere: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def context(self, **options: Any) -> BrowserContext:
        """A fresh person before a Japanese browser: no cookies, nothing kept."""
        usual = {"locale": "ja-JP", "timezone_id": "Asia/Tokyo", "viewport": viewport(1280)}
        # Scrolling that takes its time would be looked at midway.
        context = self.browser.new_context(**{"reduced_motion": "reduce", **usual, **options})
        context.set_default_timeout(PATIENCE)
        context.on("request", self._note_request)
        context.on("console", self._note_message)
        context.on("weberror", lambda error: self.said.append(str(error.error)))
        return context

    def _note_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("file", "data", "blob") and address.hostname not in HERE:
            self.asked_elsewhere.append(request.url)

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.said.append(message.text)

    def forget(self) -> None:
        """Begin a new test."""
        self.asked_elsewhere.clear()
        self.said.clear()


@contextmanager
def launched() -> Iterator[Chromium]:
    """A running Chromium. Playwright's event loop runs in this thread, where the ORM would refuse to work."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = play.chromium.launch(executable_path=PATH, args=list(ARGUMENTS))
        yield Chromium(browser)
        browser.close()


def viewport(width: int) -> Any:
    return {"width": width, "height": 900}


def found_by_axe(tab: Tab) -> list[tuple[str, str, str]]:
    """What axe-core holds against the page: how bad, which rule, the first element of each."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(Axe().axe_script)
    options = "{resultTypes: ['violations'], iframes: false}"
    violations = tab.evaluate(f"axe.run({options}).then(found => found.violations)")
    return [(one["impact"], one["id"], one["nodes"][0]["html"]) for one in violations]


def overflow(tab: Tab) -> int:
    """By how many pixels the page as a whole can be scrolled sideways."""
    return int(tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


FOCUS = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    const middle = document.elementFromPoint(
        Math.max(0, Math.min(innerWidth - 1, box.left + Math.min(box.width, 40) / 2)),
        box.top + Math.min(box.height, 40) / 2);
    return {
        html: one.outerHTML.slice(0, 160),
        ring: ring || style.boxShadow !== 'none',
        seen: box.height > 0 && box.bottom > 0 && box.top < innerHeight
            && !!middle && (one.contains(middle) || middle.contains(one) || !!middle.closest('label')),
    };
}"""


def focus(tab: Tab) -> dict[str, Any] | None:
    """What has the keyboard: its HTML, whether a ring is drawn around it, whether it can be seen."""
    found: dict[str, Any] | None = tab.evaluate(FOCUS)
    return found


def tab_to(tab: Tab, target: Locator, *, most: int = 60) -> None:
    """Press Tab until the target has the keyboard."""
    for _ in range(most):
        tab.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{target} is not reached by {most} Tabs")
