"""The people of みほん県 before their browsers: a small vocabulary in which whole years are told.

Each step is what one person does with the mouse and the keyboard, ends on the page to which it leads, and
returns nothing: what they see there is asserted by the scene. Every kind of page that anybody comes to is
looked at by axe once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, expect
from playwright.sync_api import Page as Tab

from kaikaku.cli.demo.accounts import PASSWORD
from tests.browser.chromium import Chromium, found_by_axe


@dataclass
class Looked:
    """The kinds of pages that axe has seen: an address without its numbers, and the heading's first words."""

    kinds: set[str] = field(default_factory=set)

    def at(self, tab: Tab) -> None:
        kind = re.sub(r"\d+", "n", re.sub(r"https?://[^/]+|\?.*|#.*", "", tab.url))
        if kind not in self.kinds:
            self.kinds.add(kind)
            assert found_by_axe(tab) == [], tab.url


class Person:
    """Somebody before a browser."""

    def __init__(self, tab: Tab, looked: Looked, browser: Chromium) -> None:
        self.tab, self.looked, self.browser = tab, looked, browser

    @property
    def page(self) -> Locator:
        return self.tab.locator("main")

    def signs_in(self, username: str) -> None:
        self.opens("/accounts/login/")
        self.tab.get_by_label("利用者名").fill(username)
        self.tab.get_by_label("パスワード").fill(PASSWORD)
        self.presses("ログインする")

    def opens(self, path: str) -> None:
        self.tab.goto(path)
        self.looked.at(self.tab)

    def goes_home(self) -> None:
        self.follows_place("ホーム")

    def follows_place(self, name: str) -> None:
        """A place of the main row; what the row has no room for is in the person's own menu."""
        named = re.compile(f"^{name}")
        place = self.tab.get_by_role("navigation", name="主なページ").get_by_role("link", name=named)
        if place.count() == 0:
            menu = self.tab.locator("header details.drop-end")
            menu.locator("summary").click()
            place = menu.get_by_role("link", name=named)
        self._leave(place)

    def follows(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """The first link of this name on the page."""
        exact = isinstance(name, str)
        self._leave((within or self.page).get_by_role("link", name=name, exact=exact).first)

    def opens_item(self, name: str) -> None:
        """What a meeting takes up, from the meeting's page."""
        self._leave(self.page.locator("h2 a").filter(has_text=name))

    def presses(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """The button of this name, which sends something."""
        self._leave((within or self.page).get_by_role("button", name=name, exact=isinstance(name, str)).first)

    def takes_the_workbook(self, link: str, folder: Path) -> Path:
        """From the page that leads there; kept in the folder."""
        self.follows(link)
        with self.tab.expect_download() as coming:
            self.page.get_by_role("link", name="様式（Excel）を受け取る").click()
        path = folder / coming.value.suggested_filename
        coming.value.save_as(path)
        return path

    def brings_back(self, workbook: Path) -> None:
        self.page.get_by_label("記入したExcelブック").set_input_files(workbook)
        self.presses("変わるところを確かめる")

    def is_refused(self, name: str) -> None:
        """Press a button and be told why not; the browser's own note of it is no fault."""
        self.presses(name)
        self.browser.said[:] = [said for said in self.browser.said if "400 (Bad Request)" not in said]
        expect(self.page.locator("#form-errors")).to_be_focused()

    def unfolds(self, words: str) -> None:
        self.page.locator("summary", has_text=words).first.click()

    def fills(self, answers: Mapping[str, str], *, within: Locator | None = None) -> None:
        """Fields by their labels."""
        for label, text in answers.items():
            (within or self.page).get_by_label(re.compile(f"^{label}")).first.fill(text)

    def chooses(self, label: str, option: str) -> None:
        """An option of a list whose words are these, or begin so."""
        box = self.page.get_by_label(re.compile(f"^{label}")).first
        words = box.locator("option").filter(has_text=re.compile(f"^\\s*{re.escape(option)}"))
        box.select_option(value=words.first.get_attribute("value"))

    def checks(self, name: str) -> None:
        """One of a few ways, each with its button."""
        self.page.get_by_role("radio", name=re.compile(f"^{re.escape(name)}")).check()

    def row(self, words: str) -> Locator:
        return self.page.get_by_role("row").filter(has_text=words).first

    def sees(self, words: str | re.Pattern[str]) -> None:
        expect(self.page).to_contain_text(words)

    def sees_heading(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    def _leave(self, way: Locator) -> None:
        with self.tab.expect_event("domcontentloaded"):
            way.click()
        self.tab.wait_for_load_state()
        self.looked.at(self.tab)
