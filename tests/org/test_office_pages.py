"""The office's pages, used as the office uses them."""

from kaikaku.org import queries
from kaikaku.org.roles import Role
from tests.cast import Cast, person
from tests.conftest import assert_constant_queries
from tests.pages import Page


def test_the_tree_is_shown_with_the_day_it_stands_for(page: Page, cast: Cast) -> None:
    opened = page.get("/departments/", as_=cast.takahashi, on="R8.4.1")
    assert opened.says("さくら県の組織（令和8年4月1日（水））")
    assert opened.texts("//ul[@class='tree']//a") == ["総務部", "税務課", "行政改革課", "知事"]


def test_a_day_that_cannot_be_read_is_said(page: Page, cast: Cast) -> None:
    assert page.get("/departments/", as_=cast.takahashi, on="いつか").says(
        "「いつか」を日付として読み取れません"
    )


def test_a_department_is_set_up(page: Page, cast: Cast) -> None:
    data = {"name": "デジタル推進課", "parent": cast.somu.pk, "opened": "R8.4.1"}
    opened = page.post("/departments/new/", data, as_=cast.takahashi)
    assert opened.h1 == "デジタル推進課"
    assert opened.says("「デジタル推進課」を設けました。")


def test_a_department_without_a_name_is_asked_for_one(page: Page, cast: Cast) -> None:
    opened = page.post("/departments/new/", {"name": "", "opened": "R8.4.1"}, as_=cast.takahashi, status=400)
    assert opened.errors == ["名称を入力してください。"]


def test_a_rule_that_is_broken_is_said_at_its_field(page: Page, cast: Cast) -> None:
    address = f"/departments/{cast.zeimu.pk}/close/"
    opened = page.post(address, {"closed": "R8.3.31", "successor": ""}, as_=cast.takahashi, status=400)
    assert opened.errors[0].startswith("「税務課」には 主事")
    assert opened.find("//*[@id='id_successor-error']")


def test_renaming_leads_to_the_new_department(page: Page, cast: Cast) -> None:
    address = f"/departments/{cast.zeimu.pk}/rename/"
    opened = page.post(address, {"name": "税政課", "from_day": "令和9年4月1日"}, as_=cast.takahashi)
    assert opened.says("令和9年4月1日から「税政課」に改称します。")


def test_a_post_is_set_up_and_filled(page: Page, cast: Cast) -> None:
    data = {"title": "係長", "role": "clerk", "opened": "2026-04-01"}
    opened = page.post(f"/departments/{cast.gyokaku.pk}/posts/new/", data, as_=cast.yamamoto)
    address = opened.find("//tr[th[starts-with(., '係長')]]//a[starts-with(., '就ける')]/@href")[0]
    assert page.get(address).h1 == "係長に就ける"
    page.post(address, {"user_pk": cast.kobayashi.pk, "from_day": "2026-04-01", "to_day": ""})
    assert Role.CLERK in queries.roles_of(cast.kobayashi)


def test_only_people_of_the_own_government_are_offered(page: Page, cast: Cast) -> None:
    held = queries.holdings_of(cast.sato).get()
    opened = page.get(f"/posts/{held.post_id}/appoint/", as_=cast.takahashi)
    assert not any("田中" in option for option in opened.texts("//select/option"))


def test_someone_is_released(page: Page, cast: Cast) -> None:
    held = queries.holdings_of(cast.sato).get()
    page.post(f"/holdings/{held.pk}/release/", {"to_day": "2026-03-31"}, as_=cast.takahashi)
    held.refresh_from_db()
    assert str(held.to_day) == "2026-03-31"


def test_a_new_account_is_told_its_password_once(page: Page, cast: Cast) -> None:
    data = {"username": "mori", "name": "森", "email": ""}
    opened = page.post("/people/new/", data, as_=cast.yamamoto)
    password = opened.texts("//code")[0]
    made = queries.user_by_name("mori")
    assert made is not None
    assert made.check_password(password)
    assert page.get(f"/people/{made.pk}/password/", status=302).address == f"/people/{made.pk}/"


def test_a_password_is_never_in_the_log(page: Page, cast: Cast) -> None:
    password = page.post(f"/people/{cast.sato.pk}/password/reset/", as_=cast.yamamoto).texts("//code")[0]
    assert not page.get("/history/").says(password)


def test_a_username_in_use_is_refused_at_its_field(page: Page, cast: Cast) -> None:
    opened = page.post("/people/new/", {"username": "SATO", "name": "x"}, as_=cast.yamamoto, status=400)
    assert opened.errors == ["利用者名「SATO」はすでに使われています。別の利用者名にしてください。"]


def test_people_are_found_by_name(page: Page, cast: Cast) -> None:
    opened = page.get("/people/", as_=cast.takahashi, q="佐藤")
    assert opened.texts("//tbody/tr/th") == ["佐藤"]


def test_an_account_is_shut_and_opened_again(page: Page, cast: Cast) -> None:
    assert page.post(f"/people/{cast.sato.pk}/deactivate/", as_=cast.yamamoto).says("停止中")
    assert page.post(f"/people/{cast.sato.pk}/reactivate/").says("使える")


def test_nobody_shuts_their_own_account(page: Page, cast: Cast) -> None:
    opened = page.post(f"/people/{cast.yamamoto.pk}/deactivate/", as_=cast.yamamoto, status=400)
    assert opened.says("自分の利用者登録は停止できません")


def test_the_organisations_contact_is_revised(page: Page, cast: Cast) -> None:
    data = {"name": "さくら県", "kana": "さくらけん", "contact": "行政改革課 000-000-0000"}
    page.post("/organisation/", data, as_=cast.takahashi)
    cast.sakura.refresh_from_db()
    assert cast.sakura.contact == "行政改革課 000-000-0000"


def test_the_list_of_people_asks_the_database_as_often_for_many(page: Page, cast: Cast) -> None:
    page.get("/people/", as_=cast.takahashi)
    assert_constant_queries(
        lambda: page.get("/people/"), lambda: [person(cast.sakura, f"p{n}", "人") for n in range(5)]
    )
