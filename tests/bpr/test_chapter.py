"""What residents read of the register: what is public, nothing added that does not add."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kaikaku.bpr import services
from kaikaku.bpr.entries import Total
from kaikaku.bpr.queries import chapter_for
from kaikaku.core.bpr import Stage
from kaikaku.plans.models import Edition, Plan
from kaikaku.writers.dataset import Chapter, PlainTable
from tests.bpr import register
from tests.cast import Cast
from tests.conftest import assert_constant_queries

pytestmark = pytest.mark.django_db


def chapter(cast: Cast) -> Chapter | None:
    return chapter_for(Edition(plan=Plan(organisation=cast.sakura, name="プラン"), title="版"))


def tables(cast: Cast) -> dict[str, PlainTable]:
    found = chapter(cast)
    assert found is not None
    return {table.caption: table for table in found.tables}


def test_without_anything_started_there_is_no_chapter(cast: Cast) -> None:
    register.candidate(cast)
    assert chapter(cast) is None


def test_what_is_not_for_the_public_is_neither_named_nor_counted(cast: Cast) -> None:
    register.in_use(cast, "見せる業務", tools=("rpa",))
    register.in_use(cast, "見せない業務", tools=("rpa",), is_public=False)
    found = chapter(cast)
    assert found is not None
    assert found.paragraphs[0] == "着手した業務は1件で、このうち0件が完了しました。"
    assert "見せない" not in repr(found)
    assert tables(cast)["使った道具"].rows == (("RPA", "1"),)


def test_tools_that_overlap_are_said_not_to_add_up(cast: Cast) -> None:
    register.in_use(cast, tools=("rpa", "ai_ocr"))
    found = chapter(cast)
    assert found is not None
    assert "合計しません" in found.paragraphs[-1]
    assert "使った道具（重なりがあり、合計しません）" in tables(cast)


def test_a_year_and_all_years_together_stand_in_two_tables(cast: Cast) -> None:
    register.in_use(cast)
    found = tables(cast)
    year, together = found["年度ごとの削減時間"], found["削減時間の累計（令和7年度から）"]
    assert year.rows[0] == ("令和7年度", "196.0", "1")
    assert together.rows[0] == ("令和7年度", "196.0")
    assert together.rows[-1][1] != year.rows[-1][1]


def test_divisions_count_each_project_once(cast: Cast) -> None:
    register.in_use(cast, "一つ目")
    done = register.started(cast, "二つ目", department=cast.gyokaku)
    services.advance_project(project=done, to=Stage.COMPLETED, on=date(2025, 4, 1), by=None)
    rows = tables(cast)["部局ごとの件数と削減時間"].rows
    assert sum(int(row[1]) for row in rows) == 2
    assert sum(int(row[2]) for row in rows) == 1


def test_the_three_lists_carry_name_words_and_tools(cast: Cast) -> None:
    done = register.started(cast, "入力業務", summary="夜間に登録する。", tools=("rpa",))
    services.advance_project(project=done, to=Stage.COMPLETED, on=date(2025, 4, 1), by=None)
    register.started(cast, "途中の業務")
    coming = register.candidate(cast, "これからの業務")
    services.advance_project(project=coming, to=Stage.SELECTED, by=None)
    found = tables(cast)
    assert found["完了した業務"].rows == (("入力業務", "夜間に登録する。", "RPA"),)
    assert found["着手中の業務"].rows == (("途中の業務", "—", "—"),)
    assert found["今後着手する業務"].rows == (("これからの業務", "—", "—"),)


def test_a_published_total_stands_by_itself_and_is_not_added(cast: Cast) -> None:
    total = Total(
        first_year=2019,
        last_year=2022,
        started=51,
        completed=42,
        hours=Decimal(16843),
        by_tool={"rpa": 16, "ai_ocr": 7, "other": 5},
        note="重複して活用した業務があります。",
    )
    services.publish_total(organisation=cast.sakura, total=total, by=None)
    register.started(cast)
    found = chapter(cast)
    assert found is not None
    assert found.paragraphs[:2] == (
        "令和元年度から令和4年度までの実績は、着手した業務が51件（うち完了42件）、削減時間が16,843時間です。"
        "重複して活用した業務があります。",
        "台帳にある業務のうち、着手した業務は1件で、このうち0件が完了しました。同じ期間の上の実績とは足し合わせません。",
    )
    rows = tables(cast)["活用した道具（令和元年度から令和4年度まで）"].rows
    assert rows == (("RPA", "16"), ("AI-OCR", "7"), ("その他", "5"))


def test_a_chapter_of_many_projects_asks_as_often_as_one_of_few(cast: Cast) -> None:
    register.in_use(cast, "一つ目")

    def grow() -> None:
        for number in range(4):
            register.in_use(cast, f"もう一つ{number}")

    assert_constant_queries(lambda: chapter(cast), grow)


def test_a_published_total_of_hours_alone_is_told_without_projects(cast: Cast) -> None:
    total = Total(first_year=2019, last_year=2022, hours=Decimal("16843"))
    services.publish_total(organisation=cast.sakura, total=total, by=None)
    found = chapter(cast)
    assert found is not None
    assert found.paragraphs == ("令和元年度から令和4年度までの実績は、削減時間が16,843時間です。",)
