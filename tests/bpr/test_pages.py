"""The pages of bpr, opened by a client that checks their HTML (tests/pages.py)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from kaikaku.bpr import services
from kaikaku.bpr.models import Project
from kaikaku.bpr.process_map import MapStep, narrow_map, process_map
from kaikaku.bpr.queries import found_for
from kaikaku.ui.search import Wanted
from tests.bpr import register
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.pages import Page

pytestmark = pytest.mark.django_db


def address(name: str, *args: object) -> str:
    return reverse(f"bpr:{name}", args=args)


def test_an_empty_register_says_what_to_do(cast: Cast, page: Page) -> None:
    assert page.get("/bpr/", as_=cast.sato).says("案件を登録する")
    assert not page.get("/bpr/", as_=cast.kobayashi).find("//a[contains(., '案件を登録する')]")


def test_the_whole_way_from_candidate_to_verified_hours_by_its_pages(cast: Cast, page: Page) -> None:
    typed = {
        "department": str(cast.zeimu.pk),
        "title": "県税の還付事務",
        "summary": "還付の通知書を自動で作る。",
        "tools": ["rpa", "e_form"],
        "upkeep": "12時間",
        "is_public": "on",
    }
    page.post(address("register"), typed, as_=cast.sato)
    project = Project.objects.get()
    assert project.upkeep == 720
    steps = {
        "version": str(project.version),
        "s0-name": "通知書の作成",
        "s0-lane": "担当",
        "s0-lane_after": "RPA",
        "s0-before-minutes": "30",
        "s0-before-times": "1,200",
        "s0-after-minutes": "3",
        "s0-after-times": "1200",
    }
    shown = page.post(address("steps", project.pk), steps, as_=cast.sato)
    assert shown.says("見直し前600時間 − 見直し後60時間 − 維持管理12時間 ＝ 528時間")
    for stage in ("selected", "started"):
        page.post(address("stage", project.pk), {"stage": stage}, as_=cast.sato)
    page.post(address("begin", project.pk), {"day": "令和7年4月1日"}, as_=cast.sato)
    finding = {"occasion": "first", "method": "estimated", "counted_from": "令和7年4月1日"}
    page.post(address("measure", project.pk), finding, as_=cast.sato)
    (found,) = project.measurements.all()
    assert not page.get(address("project", project.pk), as_=cast.sato).find(
        "//button[contains(., '確かめた')]"
    )
    shown = page.post(address("verify", found.pk), {}, as_=cast.suzuki)
    assert shown.says("測定を確かめました")
    assert shown.says("528")


def test_a_step_with_half_its_numbers_is_told_at_its_field(cast: Cast, page: Page) -> None:
    project = register.candidate(cast)
    typed = {"version": "1", "s0-name": "転記", "s0-before-minutes": "5"}
    shown = page.post(address("steps", project.pk), typed, as_=cast.sato, status=400)
    assert shown.says("年間の回数を入力してください")
    assert shown.find("//input[@name='s0-before-times'][@aria-invalid='true']")


def test_the_list_is_narrowed_by_stage_tool_and_words(cast: Cast, page: Page) -> None:
    register.started(cast, "紙の申請の入力", tools=("ai_ocr",))
    register.candidate(cast, "電話の応対", tools=("chatbot",))
    assert not page.get("/bpr/", as_=cast.kobayashi, tool="ai_ocr").says("電話の応対")
    assert not page.get("/bpr/", as_=cast.kobayashi, stage="candidate").says("紙の申請の入力")
    assert page.get("/bpr/", as_=cast.kobayashi, q="電話").says("電話の応対")
    assert page.get("/bpr/", as_=cast.kobayashi, tool="rpa").says("当てはまる案件はありません")


def test_the_summary_says_that_tools_do_not_add_up(cast: Cast, page: Page) -> None:
    register.in_use(cast, tools=("rpa", "ai_ocr"))
    assert page.get("/bpr/summary/", as_=cast.kobayashi).says("合計しません")


def test_the_register_is_found_by_the_search(cast: Cast) -> None:
    register.candidate(cast, "公用車の運転日誌", summary="日誌の集計を自動にする。")
    (group,) = found_for(cast.kobayashi, Wanted.of("運転日誌"))
    assert [hit.title for hit in group.hits] == ["公用車の運転日誌"]


def test_the_picture_says_what_it_shows() -> None:
    steps = [MapStep("転記<1>", None, Decimal(600)), MapStep("印刷", Decimal(1200), None, "担当")]
    drawn = process_map("還付", steps)
    assert "転記&lt;1&gt;：見直し前はなし、見直し後は年10.0時間。" in drawn
    assert "（なくなった）" in drawn
    assert "（新しい手順）" in drawn
    assert process_map("還付", []) == ""


def test_pages_ask_as_often_for_many_projects_as_for_one(cast: Cast, page: Page) -> None:
    project = register.in_use(cast, "一つ目")

    def grow() -> None:
        for number in range(4):
            register.in_use(cast, f"もう一つ{number}", tools=("rpa",))

    def read() -> None:
        page.get("/bpr/", as_=cast.sato, stage="started")
        page.get("/bpr/summary/", as_=cast.sato)
        page.get(address("project", project.pk), as_=cast.sato)

    assert_constant_queries(read, grow)


def test_one_who_writes_over_what_was_changed_meanwhile_is_told(cast: Cast, page: Page) -> None:
    project = register.started(cast)
    [seen] = page.get(address("stage", project.pk), as_=cast.sato).find("//input[@name='version']/@value")
    services.set_steps(project=project, steps=[register.TYPING], by=cast.suzuki)
    typed = {"stage": "completed", "version": seen}
    shown = page.post(address("stage", project.pk), typed, as_=cast.sato, status=400)
    assert shown.says("ほかの人がこの案件を変更しました")


def test_a_project_says_which_months_it_counts(cast: Cast, page: Page) -> None:
    project = services.begin_use(project=register.started(cast), day=register.BEGAN, by=None)
    register.measured(cast, project, counted_from=date(2025, 7, 1))
    shown = page.get(address("project", project.pk), as_=cast.sato)
    assert shown.texts("//table[caption='年度ごとの削減時間']//tbody/tr[1]/td")[:2] == ["12", "9"]
    assert shown.says("「数え始める日」より前の月は数えません")


def test_a_narrow_screen_has_the_picture_from_top_to_bottom() -> None:
    drawn = narrow_map("還付", [MapStep("転記", Decimal(600), Decimal(60), "担当", "RPA")])
    assert "見直し前　年10.0時間" in drawn
    assert "見直し後　年1.0時間" in drawn
    assert 'id="process-narrow-title"' in drawn
    assert narrow_map("還付", []) == ""


def test_a_later_measurement_does_not_offer_to_count_from_the_beginning(cast: Cast, page: Page) -> None:
    began = services.begin_use(project=register.started(cast), day=register.BEGAN, by=None)
    day = "//input[@name='counted_from']/@value"
    assert page.get(address("measure", began.pk), as_=cast.sato).find(day) == ["令和7年4月1日"]
    register.measured(cast, began)
    assert page.get(address("measure", began.pk), as_=cast.sato).find(day) in ([], [""])
