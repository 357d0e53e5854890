"""Every page of the manual: for everybody, whole, plain, and with links that lead somewhere."""

from __future__ import annotations

import re
from urllib.parse import urldefrag

import pytest
from django.conf import settings
from django.urls import reverse

from kaikaku.core.readability import check_text
from kaikaku.org.models import User
from kaikaku.org.roles import Role
from kaikaku.ui.manual import Part, Reader, page_of, pages
from kaikaku.ui.manual.drawing import At, draw, sections
from kaikaku.ui.manual.pages import Help, help_for
from tests.cast import Cast
from tests.pages import Page, check_html
from tests.site.permissions import names, rows

SLUGS = [page.slug for page in pages()]
# addresses without a screen of their own, and the manual itself
SCREENLESS = {name for name, row in rows().items() if row.post is not None} | {
    "org:healthz",
    "org:history_csv",
    "publish:public",
    "publish:public_file",
    "reporting:pdf",
    "reporting:word",
    "reviews:follow_up_paper",
    "reviews:meeting_paper",
    "sources:original",
    "ui:help",
    "ui:help_all",
    "ui:help_page",
    "ui:style",
    "ui:understand",
}


def person(cast: Cast, role: Role | None) -> User | None:
    return cast.of(role) if role else None


def prose(slug: str, *, alone: bool = True) -> str:
    page = page_of(slug)
    assert page is not None
    return draw(At(page, alone=alone))


def written(slug: str) -> str:
    """The prose less what is code, a sample of input, worked out by core, or a mark beside its word."""
    return re.sub(r"<(code|kbd|samp|output)\b.*?</\1>|(?<=>)\s*–\s*(?=<)", "", prose(slug), flags=re.DOTALL)


def anchors(slug: str) -> set[str]:
    return {section.anchor for section in sections(prose(slug), level=2)}


def test_the_readers_are_the_roles() -> None:
    assert {(reader.value, reader.label) for reader in Reader} == {(r.value, r.label) for r in Role}


def test_no_two_pages_have_one_address() -> None:
    assert len(SLUGS) == len(set(SLUGS))
    assert not {"all", "style", "understand"} & set(SLUGS)


def test_no_address_is_explained_twice() -> None:
    explained = [name for page in pages() for name in page.helps]
    assert len(explained) == len(set(explained))


def test_every_reader_finds_something_to_do() -> None:
    assert {want.reader for page in pages() for want in page.wants} == set(Reader)


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role or "nobody")
def test_every_page_opens_for_everyone(cast: Cast, page: Page, role: Role | None) -> None:
    for slug in SLUGS:
        chosen = page_of(slug)
        assert chosen is not None
        assert page.get(f"/help/{slug}/", as_=person(cast, role)).h1 == chosen.title


@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role or "nobody")
def test_every_link_leads_to_what_this_person_may_open(cast: Cast, page: Page, role: Role | None) -> None:
    page.sign_in(person(cast, role))
    links = {
        link
        for slug in SLUGS
        for link in page.get(f"/help/{slug}/").find("//main//a/@href")
        if link[0] != "#"
    }
    for address, anchor in sorted(urldefrag(link) for link in links):
        answer = page.client.get(address, follow=True)
        assert answer.status_code == 200, address
        root = check_html(answer.content.decode())
        assert not anchor or root.xpath(f"//*[@id='{anchor}']"), f"{address} has no #{anchor}"


def test_what_others_may_not_open_stands_in_words(cast: Cast, page: Page) -> None:
    assert not page.get("/help/first-day/", as_=None).find("//main//a[@href='/']")
    page.sign_in(cast.sato)
    assert page.get("/help/first-day/").find("//main//a[@href='/']")


@pytest.mark.parametrize("slug", SLUGS)
def test_what_leads_to_a_page_leads_to_a_section_of_it(slug: str) -> None:
    page = page_of(slug)
    assert page is not None
    led = {want.anchor for want in page.wants} | set(page.helps.values())
    assert led - {""} - anchors(slug) == set()


@pytest.mark.parametrize("name", sorted(set(names()) - SCREENLESS))
def test_every_screen_is_explained(name: str) -> None:
    found = help_for(name)
    assert found.page is not None, f"no page of the manual names {name} in its `helps`"


def test_a_screen_leads_to_its_explanation(cast: Cast, page: Page) -> None:
    opened = page.get(reverse("account_change_password"), as_=cast.sato)
    (link,) = opened.find("//a[@class='help-link']")
    assert link.get("href") == "/help/first-day/#password"


def test_a_page_that_does_not_exist_leads_to_what_to_do_about_it(cast: Cast, page: Page) -> None:
    opened = page.get("/nowhere/", as_=cast.sato, status=404)
    assert opened.find("//a[@class='help-link']/@href") == ["/help/trouble/#errors"]


def test_the_manual_does_not_explain_itself(page: Page) -> None:
    assert page.get("/help/").find("//a[@class='help-link']") == []
    assert page.get("/help/first-day/").find("//a[@class='help-link']") == []


def test_an_address_that_nobody_explains_leads_to_the_contents() -> None:
    assert help_for("unheard:of") == Help()
    assert Help().url == "/help/"


def test_a_page_that_is_not_there_is_not_found(page: Page) -> None:
    page.get("/help/nothing/", status=404)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_words_are_plain(slug: str) -> None:
    page = page_of(slug)
    assert page is not None
    blocks = re.sub(r"</(p|li|h\d|dt|dd|td|th|caption|figcaption|div)>", "\n", written(slug))
    hints = check_text(page.summary + "\n" + re.sub(r"<[^>]+>", "", blocks))
    assert [f"{hint.message} {hint.text}" for hint in hints if hint.code != "loanword"] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_no_word_of_the_code_is_shown(slug: str) -> None:
    text = re.sub(r"<[^>]+>", " ", written(slug))
    assert re.findall(r"\b[a-z]+(?:_[a-z]+)+\b|\bNone\b|\bTrue\b|\bFalse\b|\{\{|\}\}", text) == []


@pytest.mark.parametrize("slug", SLUGS)
def test_every_picture_is_there_and_says_what_it_shows(slug: str) -> None:
    page = page_of(slug)
    assert page is not None
    source = (settings.PACKAGE / _source(page.template)).read_text(encoding="utf-8")
    at = At(page)
    html = draw(at)
    named = re.findall(r"m\.picture\('([^']+)', '([^']+)', '([^']+)'", source)
    assert len(named) == source.count("m.picture(")
    assert at.pictures == len(re.findall(r"<img ", html))
    for _, alt, caption in named:
        assert len(alt) >= 10
        assert caption != alt


def _source(template: str) -> str:
    return f"{template.partition('/')[0]}/templates/{template}"


def test_the_contents_put_ones_own_role_first(cast: Cast, page: Page) -> None:
    opened = page.get("/help/", as_=cast.suzuki)
    assert opened.texts("//div[@class='readers']//h3")[0].startswith("所属長")
    assert opened.says("あなたの役割")


def test_the_contents_name_every_page_once_by_chapter(page: Page) -> None:
    opened = page.get("/help/")
    assert opened.find("//dl[@class='chapters']//a/@href") == [f"/help/{slug}/" for slug in SLUGS]
    shown = opened.texts("//dl[@class='chapters']//dt")
    assert shown == [part.label for part in Part if part.label in shown]


def test_a_page_names_the_one_before_and_the_one_after(page: Page) -> None:
    opened = page.get(f"/help/{SLUGS[1]}/")
    assert opened.find("//a[@rel='prev']/@href") == [f"/help/{SLUGS[0]}/"]
    assert opened.find("//a[@rel='next']/@href") == [f"/help/{SLUGS[2]}/"]


def test_the_whole_manual_is_one_page_whose_links_stay_on_it(page: Page) -> None:
    opened = page.get("/help/all/")
    assert opened.find("//article/h2/@id") == SLUGS
    inside = [link for link in opened.find("//article//a/@href") if link.startswith("/help/")]
    assert inside == []


def test_the_search_finds_a_section_and_leads_to_it(page: Page) -> None:
    opened = page.get("/help/", q="パスワードを忘れた")
    assert "/help/first-day/#forgotten" in opened.find("//ul[@class='hits']//a/@href")


def test_the_search_asks_for_two_characters(page: Page) -> None:
    assert page.get("/help/", q="字").says("2文字以上")


def test_the_search_says_when_nothing_is_found(page: Page) -> None:
    assert page.get("/help/", q="ペンギンの飼育").says("見つかりませんでした")


def test_the_search_of_every_page_finds_the_manual_too(cast: Cast, page: Page) -> None:
    opened = page.get(reverse("home:search"), as_=cast.kobayashi, q="パスワードを忘れた")
    assert "/help/first-day/#forgotten" in opened.find("//main//a/@href")
