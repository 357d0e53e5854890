"""Looking through everything one may see, as people read Japanese."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from kaikaku.org import services as org
from kaikaku.plans import services as plans
from kaikaku.plans.entries import FootnoteFields, IndicatorFields, ItemFields, SectionFields
from kaikaku.plans.models import Edition
from kaikaku.sources import services as sources
from kaikaku.sources.audience import Audience
from kaikaku.ui.search import MOST_SHOWN, Wanted, search_key
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.pages import Page
from tests.plans.permissions import edition as make_edition


@pytest.fixture
def edition(cast: Cast) -> Edition:
    """Every kind of part says 健康 once."""
    made = make_edition(cast)
    section = plans.add_section(edition=made, fields=SectionFields("健康づくりの推進"), by=None)
    plans.add_item(section=section, fields=ItemFields("健康診断の受診を勧める"), by=None)
    plans.add_indicator(
        edition=made, section=section, fields=IndicatorFields("健康寿命", unit="歳", direction="up"), by=None
    )
    plans.add_footnote(edition=made, fields=FootnoteFields("健康に関する値は見込み"), by=None)
    sources.keep_document(
        organisation=cast.sakura,
        name="plan.txt",
        data="健康".encode(),
        title="健康増進計画",
        media_type="text/plain",
        lines=("健康",),
        by=None,
        audience=Audience.INSIDERS,
    )
    return made


def kinds(page: Page, words: str, cast: Cast) -> list[str]:
    return page.get("/search/", as_=cast.sato, q=words).texts("//h2/text()")


def test_two_characters_find_every_kind_of_part(page: Page, cast: Cast, edition: Edition) -> None:
    assert kinds(page, "健康", cast) == ["見出し", "指標", "項目", "注記", "出典"]


def test_one_character_is_refused_with_a_sentence(page: Page, cast: Cast, edition: Edition) -> None:
    opened = page.get("/search/", as_=cast.sato, q="健")
    assert opened.says("1文字では多すぎて探せません")
    assert not opened.find("//ol[@class='hits']")


def test_the_words_found_are_marked(page: Page, cast: Cast, edition: Edition) -> None:
    opened = page.get("/search/", as_=cast.sato, q="健康")
    assert set(opened.texts("//ol[@class='hits']//mark")) == {"健康"}


def test_width_case_and_half_width_kana_make_no_difference(page: Page, cast: Cast, edition: Edition) -> None:
    for words in ("ｵﾝﾗｲﾝ", "ＷＥＢ会議", "web 会議", "ＡＩ会議録"):
        assert "指標" in kinds(page, words, cast), words


def test_words_apart_must_all_be_there(page: Page, cast: Cast, edition: Edition) -> None:
    assert kinds(page, "健康　寿命", cast) == ["指標"]
    assert kinds(page, "健康 会議", cast) == []


def test_what_is_not_there_is_said_with_what_was_searched(page: Page, cast: Cast, edition: Edition) -> None:
    assert page.get("/search/", as_=cast.sato, q="宇宙開発").says("「宇宙開発」は見つかりませんでした")


def test_a_stranger_finds_nothing(page: Page, cast: Cast, edition: Edition) -> None:
    for stranger in (cast.tanaka, cast.nakamura):
        assert page.get("/search/", as_=stranger, q="健康").says("見つかりませんでした")


def test_who_holds_no_post_finds_no_documents(page: Page, cast: Cast, edition: Edition) -> None:
    newcomer = org.create_user(
        organisation=cast.sakura, username="shin", name="新", password="sakura-no-hana-2026", by=None
    )
    opened = page.get("/search/", as_=newcomer, q="健康")
    assert "出典" not in opened.texts("//h2/text()")


@pytest.mark.skipif("publish" not in settings.KAIKAKU_APPS, reason="publish is switched off")
def test_a_publication_is_found_by_its_edition(page: Page, cast: Cast, edition: Edition) -> None:
    from kaikaku.publish import services as publish

    frozen = publish.freeze_edition(
        edition=edition, by=cast.takahashi, published_on=date(2023, 8, 1), contact="行政改革課", reasons={}
    )
    opened = page.get("/search/", as_=cast.sato, q="令和4年度")
    assert f"/publications/{frozen.pk}/" in opened.find("//ol[@class='hits']//a/@href")


def test_what_was_removed_is_not_found(page: Page, cast: Cast, edition: Edition) -> None:
    indicator = edition.indicators.get(name="健康寿命")
    plans.remove_indicator(indicator=indicator, reason="重複", by=cast.takahashi)
    assert "指標" not in kinds(page, "健康", cast)


def test_more_than_can_be_shown_is_counted(page: Page, cast: Cast, edition: Edition) -> None:
    for number in range(MOST_SHOWN + 1):
        plans.add_section(edition=edition, fields=SectionFields(f"歩くまちづくり{number}"), by=None)
    opened = page.get("/search/", as_=cast.sato, q="まちづくり")
    assert len(opened.find("//ol[@class='hits']/li")) == MOST_SHOWN
    assert opened.says(f"はじめの{MOST_SHOWN}件だけを表示しています")


def test_markup_in_the_words_stays_words(page: Page, cast: Cast, edition: Edition) -> None:
    plans.add_section(edition=edition, fields=SectionFields("<b>太字</b>の見出し"), by=None)
    assert page.get("/search/", as_=cast.sato, q="<b>太字").texts("//ol//mark") == ["<b>太字"]


def test_the_search_asks_as_often_however_much_there_is(page: Page, cast: Cast, edition: Edition) -> None:
    def more() -> None:
        for number in range(5):
            plans.add_section(edition=edition, fields=SectionFields(f"健康{number}"), by=None)

    assert_constant_queries(lambda: page.get("/search/", as_=cast.sato, q="健康"), more)


@given(st.text(max_size=60))
def test_a_text_fits_any_part_of_itself(text: str) -> None:
    wanted = Wanted.of(text[:20])
    if wanted.possible and len(wanted.keys) == 1:
        assert wanted.fits(text)


@given(st.text(max_size=200), st.text(min_size=1, max_size=10))
def test_marking_never_changes_the_words(text: str, typed: str) -> None:
    shown = Wanted.of(typed).mark(text[:80])
    assert shown.replace("<mark>", "").replace("</mark>", "").unescape() == text[:80]


def test_letters_spaced_for_looks_are_one_word() -> None:
    assert Wanted.of("A I 会議").keys == (search_key("AI会議"),)
