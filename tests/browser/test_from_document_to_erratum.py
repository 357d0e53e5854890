"""The main job by mouse, with script and without: read, correct, accept, rate, publish, correct again.

Each fixture is a step that stays done for the module. さくら県 works with script, となり県 without.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser import story
from tests.browser.conftest import Office

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass(frozen=True)
class Person:
    """Somebody of a secretariat, signed in."""

    office: Office
    user: Any
    script: bool
    tab: Tab

    def public(self, path: str = "/public/") -> Tab:
        """A page as somebody sees it who is not signed in."""
        return self.office.open(path, script=self.script)


@dataclass(frozen=True)
class Review:
    """What the review showed before anything was decided."""

    lines: list[str]
    things: int
    line_of_rescuers: str
    warnings: str


@dataclass(frozen=True)
class Publication:
    """Where the office and the public find a publication, and its 正誤表 as it was first."""

    office_page: str
    site: str
    errata: str


@pytest.fixture(scope="module", params=[True, False], ids=["with script", "without script"])
def person(request: pytest.FixtureRequest, office: Office) -> Iterator[Person]:
    user = office.cast.takahashi if request.param else office.cast.nakamura
    tab = office.open("/accounts/login/", script=request.param)
    story.sign_in(tab, user.username)
    yield Person(office, user, request.param, tab)
    tab.context.close()


@pytest.fixture(scope="module")
def review(person: Person) -> Review:
    """The document uploaded and read, nothing decided."""
    tab = person.tab
    story.upload(tab)
    rescuers = story.row(tab, story.RESCUERS)
    line = rescuers.locator("a[href^='#L']").first.get_attribute("href") or ""
    return Review(
        lines=tab.locator(".source-lines li").all_inner_texts(),
        things=tab.locator("li.thing").count(),
        line_of_rescuers=tab.locator(line).inner_text(),
        warnings=tab.locator("main").inner_text(),
    )


@pytest.fixture(scope="module")
def edition(person: Person, review: Review) -> str:
    """One name corrected, one item left out, a rule of rating chosen, the rest accepted."""
    tab = person.tab
    story.correct_name(tab, story.MISREAD, story.MEANT)
    story.drop(tab, story.UNWANTED)
    story.choose_scheme(tab, "岩手県")
    story.accept(tab)
    return tab.url


@pytest.fixture(scope="module")
def indicator(person: Person, edition: str) -> str:
    """The address of 防災士の認証登録者数."""
    person.tab.goto(edition)
    person.tab.get_by_role("link", name=story.RESCUERS).click()
    person.tab.wait_for_url("**/indicators/*/")
    return person.tab.url


@pytest.fixture(scope="module")
def published(person: Person, edition: str) -> Publication:
    story.publish(person.tab, edition)
    page = person.tab.url
    person.tab.get_by_role("link", name="公開サイトを見る").click()
    person.tab.wait_for_url("**/public/**")
    site = person.tab.url
    errata = person.public(f"{site}errata.html").locator("main").inner_text()
    return Publication(page, site, errata)


@pytest.fixture(scope="module")
def corrected(person: Person, edition: str, indicator: str, published: Publication) -> Publication:
    """An actual corrected after the publication, and published again with its reason."""
    story.correct_actual(person.tab, indicator, "2,300人")
    story.publish(person.tab, edition, story.REASON)
    return replace(published, office_page=person.tab.url)


# --- the import ----------------------------------------------------------------------------------------


def test_the_text_of_the_document_stands_beside_what_was_read(review: Review) -> None:
    assert any("防災士の認証登録者数" in line and "2,233人" in line for line in review.lines)
    assert review.things > 60


def test_a_thing_read_leads_to_the_line_that_says_it(review: Review) -> None:
    assert "防災士の認証登録者数\t1,619人 (R1)\t2,400人\t2,233人" in review.line_of_rescuers


def test_the_office_is_told_that_the_document_is_another_governments(review: Review) -> None:
    assert "文書の団体は「山形県」と読み取れますが" in review.warnings


def test_what_was_accepted_is_a_plan_of_seven_rated_indicators(person: Person, edition: str) -> None:
    person.tab.goto(edition)
    assert person.tab.locator("table.indicators td:last-child").count() >= 7
    expect(person.tab.get_by_text("指標7", exact=True)).to_be_visible()
    rescuers = person.tab.get_by_role("row").filter(has_text=story.RESCUERS)
    expect(rescuers).to_contain_text("78.6")
    expect(rescuers).to_contain_text("やや遅れ")


def test_the_corrected_name_is_in_the_plan_and_the_misread_one_is_not(person: Person, edition: str) -> None:
    person.tab.goto(edition)
    expect(person.tab.get_by_role("link", name=story.MEANT)).to_be_visible()
    expect(person.tab.get_by_text(story.MISREAD)).to_have_count(0)


def test_what_was_left_out_is_not_in_the_plan(person: Person, edition: str) -> None:
    person.tab.goto(f"{edition}?print=1")
    expect(person.tab.get_by_text("知事と若者の地域創生ミーティング")).to_have_count(1)
    expect(person.tab.get_by_text(story.UNWANTED)).to_have_count(0)


def test_a_figure_leads_to_its_line_in_the_document(person: Person, indicator: str) -> None:
    person.tab.goto(indicator)
    person.tab.locator("main a[href*='/citations/']").last.click()
    person.tab.wait_for_url("**/sources/*/?line=42*")
    cited = person.tab.locator(".source-lines .cited")
    expect(cited).to_have_count(1)
    expect(cited).to_contain_text("2,233人")
    expect(cited).to_be_in_viewport()


# --- the publication -----------------------------------------------------------------------------------


def test_anyone_finds_the_indicator_from_the_public_address(person: Person, published: Publication) -> None:
    tab = person.public()
    government, edition = published.site.rstrip("/").split("/")[-2:]
    tab.locator(f"main a[href='{government}/{edition}/index.html']").click()
    tab.get_by_role("link", name="指標の一覧").first.click()
    tab.get_by_role("link", name=story.RESCUERS).click()
    expect(tab.get_by_role("heading", level=1)).to_have_text(story.RESCUERS)
    expect(tab.get_by_text("78.6%").first).to_be_visible()


def test_every_paper_and_file_the_office_is_offered_is_there(person: Person, published: Publication) -> None:
    person.tab.goto(published.office_page)
    links = person.tab.locator("main ul a").evaluate_all("all => all.map(one => one.href)")
    answers = {link: person.tab.request.get(link) for link in links}
    assert {link: answer.status for link, answer in answers.items()} == dict.fromkeys(links, 200)
    papers = [answer.body()[:4] for link, answer in answers.items() if link.endswith(".pdf")]
    assert papers == [b"%PDF", b"%PDF"]


def test_a_site_without_corrections_says_so(published: Publication) -> None:
    assert "公表した後の訂正はありません。" in published.errata


def test_a_correction_is_in_the_public_errata_with_its_reason(person: Person, corrected: Publication) -> None:
    tab = person.public(f"{corrected.site}errata.html")
    line = tab.get_by_role("row").filter(has_text="令和4年度実績値")
    expect(line.locator("del")).to_have_text("2,233人")
    expect(line.locator("ins")).to_have_text("2,300人")
    expect(line).to_contain_text(story.REASON)


def test_the_grade_that_flipped_is_in_the_errata_too(person: Person, corrected: Publication) -> None:
    tab = person.public(f"{corrected.site}errata.html")
    line = tab.get_by_role("row").filter(has_text="の評価")
    expect(line.locator("del")).to_contain_text("78.6%")
    expect(line.locator("ins")).to_contain_text("87.2%")


def test_the_indicator_shows_what_stood_before_and_why_it_changed(
    person: Person, indicator: str, corrected: Publication
) -> None:
    person.tab.goto(indicator)
    before = person.tab.get_by_role("row").filter(has_text=story.REASON)
    expect(before).to_contain_text("2,233人")


def test_the_office_sees_what_the_second_publication_corrected(
    corrected: Publication, person: Person
) -> None:
    person.tab.goto(corrected.office_page)
    expect(person.tab.get_by_role("heading", level=1)).to_contain_text("第2回")
    expect(person.tab.get_by_role("cell", name=story.REASON).first).to_be_visible()
