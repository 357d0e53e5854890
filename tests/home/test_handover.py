"""April: what a post hands over, and nothing that is left with nobody."""

from datetime import date, timedelta

import pytest
from django.conf import settings

from kaikaku.core.errors import RuleViolation
from kaikaku.home import queries as home
from kaikaku.org import services as org
from kaikaku.org.models import Post, User
from kaikaku.org.queries import today
from kaikaku.org.roles import Role
from kaikaku.org.services import Change
from kaikaku.plans.models import Edition
from kaikaku.reporting import queries, services
from kaikaku.reporting.calendar import Dates
from kaikaku.reporting.models import Sheet
from kaikaku.ui.tasks import Task
from tests.cast import Cast, department, person, post
from tests.conftest import assert_constant_queries
from tests.pages import Page
from tests.reporting.conftest import make_edition, make_round, saying, submit

APRIL = date(2024, 4, 1)


@pytest.fixture
def edition(cast: Cast) -> Edition:
    return make_edition(cast)


@pytest.fixture
def sheet(cast: Cast, edition: Edition) -> Sheet:
    return make_round(cast, edition).sheets.get()


@pytest.fixture
def clerk(cast: Cast) -> Post:
    return cast.sato.holdings.get().post


def handed(cast: Cast, of: Post) -> dict[str, list[Task]]:
    return {one.title: list(one.tasks) for one in home.handover(cast.takahashi, of.pk).handed}


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_a_clerks_post_hands_over_its_sheet_its_comments_and_the_days_to_come(
    cast: Cast, sheet: Sheet, clerk: Post
) -> None:
    days = [today() + timedelta(days=n) for n in (5, 10, 15, 20)]
    services.revise_round(round_=sheet.round, title="照会", message="", dates=Dates(*days), by=cast.takahashi)
    services.comment(sheet=sheet, text="定義を確かめたい", by=cast.suzuki)
    found = handed(cast, clerk)
    assert [task.title for task in found["待っている調書"]] == ["税務課（照会）"]
    assert [(task.what, task.due) for task in found["これからの期限"]] == [("提出の期限", days[0])]
    assert [task.what for task in found["調書へのコメント"]] == ["定義を確かめたい"]


def test_a_chiefs_post_hands_over_what_waits_for_it(cast: Cast, sheet: Sheet) -> None:
    submit(sheet, cast)
    chief = cast.suzuki.holdings.get().post
    assert [task.what for task in handed(cast, chief)["待っている調書"]] == ["所属長の確認"]


def test_the_office_hands_over_what_is_to_be_accepted(cast: Cast, sheet: Sheet) -> None:
    submit(sheet, cast)
    services.confirm(sheet=sheet, by=cast.suzuki)
    services.bundle(sheet=sheet, by=cast.suzuki)
    office = cast.takahashi.holdings.get().post
    assert [task.what for task in handed(cast, office)["待っている調書"]] == ["事務局の受理"]


@pytest.mark.skipif("reviews" not in settings.KAIKAKU_APPS, reason="点検・見直しを使わない設定です。")
def test_a_post_hands_over_the_loops_and_opinions_of_its_sections(cast: Cast) -> None:
    from tests.reviews import year

    weak = year.edition(cast).indicators.get(name="電子納税率")
    loop = year.noticed(cast, weak)
    year.opinion(cast, year.opened_item(cast, weak))
    found = handed(cast, cast.sato.holdings.get().post)
    assert [task.title for task in found["見直しの途中の項目"]] == [f"{loop.title}（電子納税率）"]
    assert len(found["回答を待っている委員の意見"]) == 1
    elsewhere = post(cast.gyokaku, "主事", Role.CLERK)
    assert handed(cast, elsewhere)["見直しの途中の項目"] == []


def test_who_held_the_post_when_stands_on_the_page(cast: Cast, clerk: Post, sheet: Sheet, page: Page) -> None:
    org.release(holding=cast.sato.holdings.get(), to_day=today() - timedelta(days=1), by=None)
    org.appoint(post=clerk, user=cast.kobayashi, from_day=today(), by=None)
    opened = page.get(f"/handover/{clerk.pk}/", as_=cast.takahashi)
    assert opened.says("佐藤")
    assert opened.says("小林")
    assert opened.says(str(sheet))


def test_who_has_just_left_reads_it_and_others_do_not(cast: Cast, clerk: Post, page: Page) -> None:
    org.release(holding=cast.sato.holdings.get(), to_day=today() - timedelta(days=1), by=None)
    assert page.get(f"/handover/{clerk.pk}/", as_=cast.sato).says("税務課 主事")
    refused = page.get(f"/handover/{clerk.pk}/", as_=cast.suzuki, status=403)
    assert refused.says("引継ぎを見られるのは")
    page.get(f"/handover/{clerk.pk}/", as_=cast.nakamura, status=404)


def test_ones_posts_and_to_the_office_those_that_change_hands(cast: Cast, clerk: Post, page: Page) -> None:
    assert clerk in home.posts_to_hand_over(cast.sato)
    assert clerk not in home.posts_to_hand_over(cast.takahashi)
    org.release(holding=cast.sato.holdings.get(), to_day=today() + timedelta(days=10), by=None)
    assert clerk in home.posts_to_hand_over(cast.takahashi)
    assert page.get("/handover/", as_=cast.sato).says("税務課 主事")


def test_the_page_asks_as_often_however_much_is_handed_over(cast: Cast, clerk: Post, sheet: Sheet) -> None:
    def grow() -> None:
        for _ in range(5):
            services.comment(sheet=sheet, text="ひとこと", by=cast.suzuki)

    grow()
    assert_constant_queries(lambda: home.handover(cast.takahashi, clerk.pk), grow)


def test_a_sheet_whose_post_is_vacant_is_an_orphan_until_somebody_holds_it(
    cast: Cast, sheet: Sheet, clerk: Post, page: Page
) -> None:
    org.transfer(changes=[Change(clerk, None)], from_day=APRIL, by=cast.takahashi)
    [orphan] = queries.orphans_for(cast.takahashi)
    assert (orphan.sheet, orphan.step) == (sheet, "提出")
    assert orphan.why == "「税務課」の担当の職に就いている人がいません。"
    assert page.get("/reports/", as_=cast.takahashi).says("動かせる人のいない調書が1件あります")
    assert page.get("/reports/orphans/").says(str(sheet))
    org.transfer(changes=[Change(clerk, cast.kobayashi)], from_day=date(2024, 4, 2), by=cast.takahashi)
    assert queries.orphans_for(cast.takahashi) == []


def test_the_transfer_hands_the_open_sheet_to_who_comes(cast: Cast, sheet: Sheet, clerk: Post) -> None:
    saved = services.save_sheet(
        sheet=sheet, entry=saying(sheet, done="佐藤の下書き"), version=1, by=cast.sato
    )
    org.transfer(changes=[Change(clerk, cast.kobayashi)], from_day=APRIL, by=cast.takahashi)
    assert queries.tasks_for(fresh(cast.sato)) == []
    assert [task.title for task in queries.tasks_for(fresh(cast.kobayashi))] == [str(sheet)]
    services.save_sheet(
        sheet=sheet,
        entry=saying(sheet, done="小林が続けた"),
        version=saved.version,
        by=fresh(cast.kobayashi),
    )


def test_the_sheet_of_a_department_merged_at_the_end_of_march_is_its_successors(
    cast: Cast, sheet: Sheet
) -> None:
    heir = department(cast.sakura, "税務企画課", cast.somu)
    abe = person(cast.sakura, "abe", "阿部")
    post(heir, "主事", Role.CLERK, abe)
    org.close_department(department=cast.zeimu, closed=date(2024, 3, 31), successor=heir, by=None)
    assert [task.title for task in queries.tasks_for(abe)] == [str(sheet)]
    assert queries.board(sheet.round).rows[0].department == "税務課（現 税務企画課）"
    filled = services.save_sheet(sheet=sheet, entry=saying(sheet, done="引き継いだ"), version=1, by=abe)
    assert filled.state == "draft"


def test_the_series_of_a_merged_department_goes_on_in_the_next_round(
    cast: Cast, sheet: Sheet, edition: Edition
) -> None:
    services.save_sheet(sheet=sheet, entry=saying(sheet, issues="残った課題"), version=1, by=cast.sato)
    services.close_round(round_=sheet.round, by=cast.takahashi, reason="次へ")
    heir = department(cast.sakura, "税務企画課", cast.somu)
    org.close_department(department=cast.zeimu, closed=date(2024, 3, 31), successor=heir, by=None)
    opened = make_round(cast, edition).sheets.get()
    assert opened.department == heir
    assert opened.parts.first().carried["issues"] == "残った課題"
    assert opened.figures.count() == 7


def test_the_sheet_of_an_abolished_department_is_moved_with_its_reason(
    cast: Cast, sheet: Sheet, page: Page
) -> None:
    org.release(holding=cast.sato.holdings.get(), to_day=date(2024, 3, 31), by=None)
    for one in cast.zeimu.posts.all():
        org.close_post(post=one, closed=date(2024, 3, 31), by=None)
    org.close_department(department=cast.zeimu, closed=date(2024, 3, 31), by=None)
    listed = page.get("/reports/orphans/", as_=cast.takahashi)
    assert listed.says("所属がなくなり、引き継いだ部署もありません")
    moved = page.post(
        f"/reports/sheets/{sheet.pk}/reassign/",
        {"department": cast.gyokaku.pk, "reason": "事務を引き継いだため"},
    )
    assert moved.says("調書を移しました")
    sheet.refresh_from_db()
    assert sheet.department == cast.gyokaku


def test_a_department_has_one_sheet_in_a_round(cast: Cast, sheet: Sheet) -> None:
    Sheet.objects.create(round=sheet.round, department=cast.gyokaku)
    with pytest.raises(RuleViolation, match="すでにあります"):
        services.reassign_sheet(sheet=sheet, department=cast.gyokaku, reason="移す", by=cast.takahashi)
