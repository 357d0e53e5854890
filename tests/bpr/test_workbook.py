"""The register out as Excel and in again: every cell looked at first, nothing half applied."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kaikaku.audit.models import Entry
from kaikaku.bpr import services
from kaikaku.bpr.entries import ProjectFields
from kaikaku.bpr.models import Intake, Project
from kaikaku.core.errors import RuleViolation
from tests.bpr import books, register
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.pages import Page

pytestmark = pytest.mark.django_db


def told(intake: Intake) -> list[tuple[str, str, str, str]]:
    """(label, was, now, error) of each cell."""
    return [(one["label"], one["was"], one["now"], one["error"]) for one in intake.cells]


def test_a_workbook_that_comes_back_as_it_was_changes_nothing(cast: Cast) -> None:
    register.in_use(cast, tools=("rpa", "ai_ocr"), summary="夜間に登録する。", build_yen=Decimal(1_200_000))
    register.candidate(cast, "まだの業務")
    assert told(books.received(cast.takahashi, {})) == []


def test_changed_cells_are_shown_and_then_taken_in(cast: Cast) -> None:
    project = register.started(cast)
    changes = {
        ("案件", 2, "名称"): "支払データの入力業務",
        ("案件", 2, "道具"): "AI-OCR、RPA",
        ("案件", 2, "維持管理の時間（年・分）"): "１，２００",
        ("案件", 2, "選定した年度"): "令和7年度",
        ("案件", 2, "公表"): "公表しない",
        ("手順", 3, "見直し後：1回（分）"): 4,
        ("手順", 4, "案件番号"): project.pk,
        ("手順", 4, "順番"): 3,
        ("手順", 4, "手順"): "印刷",
        ("手順", 4, "見直し前：1回（分）"): 10,
        ("手順", 4, "見直し前：年間の回数"): 12,
    }
    intake = books.received(cast.sato, changes)
    assert told(intake) == [
        ("名称", "財務システムへの入力業務", "支払データの入力業務", ""),
        ("選定した年度", "2024", "2025", ""),
        ("道具", "", "RPA、AI-OCR", ""),
        ("維持管理の時間（年・分）", "0", "1,200", ""),
        ("公表", "公表する", "公表しない", ""),
        ("順番2：見直し後：1回（分）", "5", "4", ""),
        ("順番3：手順", "", "印刷", ""),
        ("順番3：見直し前：1回（分）", "", "10", ""),
        ("順番3：見直し前：年間の回数", "", "12", ""),
    ]
    project.refresh_from_db()
    assert project.title == "財務システムへの入力業務"
    assert services.take_intake(intake=intake, by=cast.sato) == 9
    project.refresh_from_db()
    assert (project.title, project.tools, project.upkeep) == ("支払データの入力業務", ["rpa", "ai_ocr"], 1200)
    assert (project.fiscal_year, project.is_public) == (2025, False)
    steps = [(step.name, step.after_minutes, step.before_people) for step in project.steps.all()]
    assert steps == [("データの入力", 6, 1), ("結果の確認", 4, None), ("印刷", None, 1)]
    assert Entry.objects.filter(action="bpr.intake.taken", note="1件の案件の9か所").exists()


def test_a_new_row_is_a_new_candidate_and_its_steps_find_it(cast: Cast) -> None:
    register.started(cast)
    changes = {
        ("案件", 3, "案件番号"): "新1",
        ("案件", 3, "所属"): "税務課",
        ("案件", 3, "名称"): "還付の通知",
        ("手順", 4, "案件番号"): "新1",
        ("手順", 4, "順番"): 1,
        ("手順", 4, "手順"): "封入",
        ("手順", 4, "見直し前：1回（分）"): "2.5",
        ("手順", 4, "見直し前：年間の回数"): 600,
    }
    services.take_intake(intake=books.received(cast.sato, changes), by=cast.sato)
    made = Project.objects.get(title="還付の通知")
    assert (made.stage, made.department, made.is_public) == ("candidate", cast.zeimu, True)
    assert [(step.name, step.before_minutes) for step in made.steps.all()] == [("封入", Decimal("2.5"))]


def test_a_step_emptied_of_every_cell_is_gone(cast: Cast) -> None:
    project = register.started(cast)
    heads = ("手順", "担い手（見直し前）", "見直し後：1回（分）", "見直し後：年間の回数", "見直し後：人数")
    intake = books.received(cast.sato, {("手順", 3, head): None for head in heads})
    services.take_intake(intake=intake, by=cast.sato)
    assert [step.name for step in project.steps.all()] == ["データの入力"]


@pytest.mark.parametrize(
    ("cell", "value", "why"),
    [
        (("案件", 2, "名称"), "", "必須です"),
        (("案件", 2, "道具"), "魔法", "「魔法」という道具はありません"),
        (("案件", 2, "維持管理の時間（年・分）"), "たくさん", "数として読み取れません"),
        (("案件", 2, "維持管理の時間（年・分）"), "12時間", "「分」で書いてください"),
        (("案件", 2, "導入費用（円）"), "-5", "0以上の円"),
        (("案件", 2, "選定した年度"), "いつか", "年度として読み取れません"),
        (("案件", 2, "公表"), "たぶん", "「公表する」か「公表しない」"),
        (("案件", 2, "所属"), "どこか課", "1つに決まりません"),
        (("案件", 2, "所属"), "行政改革課", "担当・所属長と事務局"),
        (("案件", 2, "段階"), "完了", "Excelでは変えられません"),
        (("案件", 2, "案件番号"), 999_999, "この台帳にありません"),
        (("案件", 2, "版"), 1, "案件が変更されています"),
        (("手順", 2, "見直し前：年間の回数"), None, "両方を書くか、両方を空に"),
        (("手順", 3, "順番"), 1, "同じ行が2つあります"),
        (("手順", 3, "順番"), "二番", "1、2、3 のように"),
    ],
)
def test_a_cell_that_cannot_be_taken_in_says_why(
    cast: Cast, cell: tuple[str, int, str], value: object, why: str
) -> None:
    register.started(cast)
    changes = {cell: value, ("案件", 2, "取組内容"): "直した文"}
    intake = books.received(cast.sato, changes)
    assert any(why in error for *_, error in told(intake)), told(intake)


def test_a_project_with_one_wrong_cell_is_left_whole_and_the_others_are_taken_in(cast: Cast) -> None:
    first, second = register.started(cast, "一つ目"), register.started(cast, "二つ目")
    changes = {
        ("案件", 2, "取組内容"): "一つ目の文",
        ("手順", 2, "見直し前：1回（分）"): "多い",
        ("案件", 3, "取組内容"): "二つ目の文",
    }
    services.take_intake(intake=books.received(cast.sato, changes), by=cast.sato)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.summary, second.summary) == ("", "二つ目の文")


def test_nothing_at_all_is_taken_in_where_a_project_was_changed_in_between(cast: Cast) -> None:
    first, second = register.started(cast, "一つ目"), register.started(cast, "二つ目")
    intake = books.received(
        cast.sato, {("案件", 2, "取組内容"): "一つ目の文", ("案件", 3, "取組内容"): "二つ目の文"}
    )
    fields = ProjectFields(department=cast.zeimu, title="二つ目の業務")
    services.revise_project(project=second, fields=fields, by=cast.suzuki)
    with pytest.raises(RuleViolation, match="「二つ目」：確かめている間に"):
        services.take_intake(intake=intake, by=cast.sato)
    first.refresh_from_db()
    intake.refresh_from_db()
    assert (first.summary, intake.settled_at) == ("", None)


def test_a_workbook_is_taken_in_once(cast: Cast) -> None:
    register.started(cast)
    intake = books.received(cast.sato, {("案件", 2, "取組内容"): "文"})
    services.take_intake(intake=intake, by=cast.sato)
    for act in (services.take_intake, services.drop_intake):
        with pytest.raises(RuleViolation, match="もう処理されています"):
            act(intake=intake, by=cast.sato)  # type: ignore[operator]


def test_another_sections_projects_are_read_and_not_changed(cast: Cast) -> None:
    register.started(cast, department=cast.gyokaku)
    intake = books.received(cast.sato, {("案件", 2, "取組内容"): "よその文"})
    assert "「行政改革課」の担当・所属長と事務局" in told(intake)[0][3]
    assert services.take_intake(intake=intake, by=cast.sato) == 0


def test_the_whole_way_by_its_pages(cast: Cast, page: Page) -> None:
    project = register.started(cast)
    client = Client()
    client.force_login(cast.sato)
    data = client.get(reverse("bpr:workbook"), {"tool": "", "q": "財務"}).content
    book = books.filled(data, {("案件", 2, "名称"): "新しい名称", ("案件", 2, "段階"): "完了"})
    file = SimpleUploadedFile("台帳.xlsx", book)
    shown = page.post(reverse("bpr:upload"), {"file": file}, as_=cast.sato)
    assert shown.says("新しい名称")
    assert shown.says("同じ案件に取り込めないところがあるため")
    [intake] = Intake.objects.all()
    again = SimpleUploadedFile("台帳.xlsx", books.filled(data, {("案件", 2, "名称"): "新しい名称"}))
    page.post(reverse("bpr:drop", args=[intake.pk]), {}, as_=cast.sato)
    page.post(reverse("bpr:upload"), {"file": again}, as_=cast.sato)
    taken = page.post(reverse("bpr:take", args=[Intake.objects.latest("pk").pk]), {}, as_=cast.sato)
    assert taken.says("変わるところを取り込みました")
    project.refresh_from_db()
    assert project.title == "新しい名称"


def test_only_who_sent_a_workbook_and_the_office_see_it(cast: Cast, page: Page) -> None:
    register.started(cast)
    intake = books.received(cast.sato, {("案件", 2, "名称"): "新しい名称"})
    page.get(reverse("bpr:intake", args=[intake.pk]), as_=cast.takahashi)
    page.get(reverse("bpr:intake", args=[intake.pk]), as_=cast.suzuki, status=403)
    page.get(reverse("bpr:intake", args=[intake.pk]), as_=cast.nakamura, status=404)


def test_a_file_that_is_no_such_workbook_is_refused(cast: Cast, page: Page) -> None:
    file = SimpleUploadedFile("メモ.xlsx", b"PK\x03\x04 nothing")
    page.post(reverse("bpr:upload"), {"file": file}, as_=cast.sato, status=400)


def test_many_projects_are_written_and_compared_with_as_many_queries_as_one(cast: Cast) -> None:
    register.started(cast, "一つ目")

    def grow() -> None:
        for number in range(4):
            register.started(cast, f"もう一つ{number}")

    assert_constant_queries(lambda: books.received(cast.sato, {}), grow)
