"""Bound figures as the office, a clerk and an approver meet them."""

import pytest

from kaikaku.org.models import User
from kaikaku.org.roles import Role
from kaikaku.reporting import queries, services
from kaikaku.reporting.entries import BindingFields
from kaikaku.reporting.models import Binding
from tests.cast import Cast, department, person, post
from tests.conftest import assert_constant_queries
from tests.pages import Page
from tests.reporting.bound import NAME, Office, bound_office, never_sent_back, send_back
from tests.reporting.conftest import YEAR, reasons
from tests.reporting.test_pages import fields_of


@pytest.fixture
def office(cast: Cast) -> Office:
    return Office(cast)


@pytest.fixture
def bound(cast: Cast) -> Office:
    return bound_office(cast)


def at(office: Office, page: str = "") -> str:
    return f"/reports/indicators/{office.indicator.pk}/{page}"


def test_the_office_binds_after_seeing_five_years(office: Office, cast: Cast, page: Page) -> None:
    plain = page.get(f"/plans/indicators/{office.indicator.pk}/", as_=cast.takahashi)
    assert plain.says("実績値は手で入力しています")
    choice = page.get(at(office, "bind/"))
    assert choice.says("調書の差戻し件数")
    assert choice.says("単位が違います。この指標は「件」、「調書の期限内提出率」は「%」です。")
    preview = page.get(at(office, "bind/reporting.returned/"))
    assert preview.says("調書の手続の記録は、令和5年度からです。")
    form = fields_of(preview, "//form[@method='post'][@data-form]")
    done = page.post(at(office, "bind/reporting.returned/"), {**form, "from_year": "令和4年度"})
    assert done.says("「調書の差戻し件数」に結び付けました")
    assert Binding.objects.get().from_year == 2022


def test_a_preview_with_an_option_counts_only_what_was_chosen(office: Office, cast: Cast, page: Page) -> None:
    url = at(office, "bind/reporting.returned/")
    narrowed = page.get(url, as_=cast.takahashi, **{"option-kind": "annual"})
    assert "2件" not in narrowed.words
    form = fields_of(narrowed, "//form[@method='post'][@data-form]")
    page.post(url, {**form, "from_year": "令和5年度"})
    assert Binding.objects.get().options == {"kind": "annual"}


def test_what_does_not_agree_has_no_button(office: Office, cast: Cast, page: Page) -> None:
    refused = page.get(at(office, "bind/reporting.on_time_share/"), as_=cast.takahashi)
    assert refused.says("この指標には結び付けられません")
    assert not refused.find("//button[contains(., 'この内容で結び付ける')]")


def test_a_clerk_sees_where_the_value_comes_from_and_types_none(
    bound: Office, cast: Cast, page: Page
) -> None:
    sheet = bound.open()
    form = page.get(f"/reports/sheets/{sheet.pk}/fill/", as_=cast.sato)
    row = bound.row(sheet)
    assert form.says("実績値（記録から計算）")
    assert form.says("もとの記録（2件）を見る")
    assert not form.find(f"//*[@name='figure-{row.pk}-text']")
    assert form.find(f"//*[@name='figure-{row.pk}-external_factor']")


def test_a_clerk_types_a_year_with_a_reason_that_the_approver_reads(
    bound: Office, cast: Cast, page: Page
) -> None:
    sheet = bound.open()
    row = bound.row(sheet)
    at_row = f"/reports/sheets/{sheet.pk}/figures/{row.pk}/"
    form = page.post(f"{at_row}typed/", {"reason": "記録が一部しかないため"}, as_=cast.sato)
    assert form.says("手で入力する年度です")
    assert form.find(f"//*[@name='figure-{row.pk}-text']")
    office_too = page.get(f"/reports/sheets/{sheet.pk}/", as_=cast.takahashi)
    assert office_too.says("理由：記録が一部しかないため")
    back = page.post(f"{at_row}computed/", {}, as_=cast.sato)
    assert back.says("実績値（記録から計算）")


def test_the_approvers_list_tells_computed_and_typed_figures_apart(
    bound: Office, cast: Cast, page: Page, kacho: User
) -> None:
    bound.submit(bound.open())
    assert page.get("/reports/approvals/", as_=kacho).says("記録から計算")
    sheet = services.return_sheet(
        sheet=bound.row(bound.edition.rounds.get(kind="annual").sheets.get()).sheet, reason="直す", by=kacho
    )
    services.set_aside(sheet=sheet, row=bound.row(sheet), reason="記録が一部しかないため", by=cast.sato)
    sheet.refresh_from_db()
    typed = bound.fill(sheet, text="7件")
    services.submit_sheet(sheet=typed, explanations=reasons(typed), by=cast.sato)
    shown = page.get("/reports/approvals/")
    assert shown.says("記録から計算せず、手で入力した指標と理由")
    assert shown.says("記録が一部しかないため")


def test_the_approver_is_told_that_records_have_changed_and_computes_anew(
    bound: Office, cast: Cast, page: Page, kacho: User
) -> None:
    sheet = bound.submit(bound.open())
    send_back(bound.earlier, cast.suzuki)
    shown = page.get(f"/reports/sheets/{sheet.pk}/", as_=kacho)
    assert shown.says("「2件」→ いまの記録では「3件」")
    chosen = {"sheet": f"{sheet.pk}:{sheet.version}:confirm"}
    refused = page.post("/reports/approvals/approve/", chosen)
    assert refused.says("値が「2件」から「3件」になりました")
    fresh = page.post(f"/reports/sheets/{sheet.pk}/recompute/")
    assert fresh.says("記録から計算し直しました")
    sheet.refresh_from_db()
    done = page.post("/reports/approvals/approve/", {"sheet": f"{sheet.pk}:{sheet.version}:confirm"})
    assert done.says("確認しました")


def test_a_published_figure_leads_to_its_records_in_two_clicks(bound: Office, cast: Cast, page: Page) -> None:
    bound.accepted()
    plain = page.get(f"/plans/indicators/{bound.indicator.pk}/", as_=cast.takahashi)
    assert plain.says("「調書の差戻し件数」の記録2件から自動集計した値です")
    first = plain.find("//a[contains(., 'もとの記録を見る')]/@href")[0]
    records = page.get(first)
    second = records.find(
        f"//section[@aria-labelledby='records-h']//a[contains(., '{cast.zeimu.name}')]/@href"
    )
    assert second[0] == f"/reports/sheets/{bound.earlier.pk}/"
    page.get(second[0])


def test_what_has_changed_since_is_shown_record_by_record(bound: Office, cast: Cast, page: Page) -> None:
    bound.accepted()
    never_sent_back(bound.moves[0])
    send_back(bound.earlier, cast.suzuki)
    send_back(bound.earlier, cast.suzuki)
    plain = page.get(f"/plans/indicators/{bound.indicator.pk}/", as_=cast.takahashi)
    assert plain.says("確認した値「2件」、いまの記録では「3件」")
    shown = page.get(at(bound, f"{YEAR}/"))
    assert shown.says("増えた記録2件、なくなった記録1件、変わった記録0件")
    corrected = page.post(at(bound, f"{YEAR}/correct/"), {"reason": "差戻しの記録を直した"})
    assert corrected.says("記録に合わせて訂正しました")
    assert corrected.says("確認したときから、記録は変わっていません")


def test_another_sections_clerk_reads_how_many_records_but_not_which(
    bound: Office, cast: Cast, page: Page
) -> None:
    bound.accepted()
    other = department(cast.sakura, "福祉課", cast.somu)
    clerk = person(cast.sakura, "kato", "加藤")
    post(other, "主事", Role.CLERK, clerk)
    shown = page.get(at(bound, f"{YEAR}/"), as_=clerk)
    assert shown.says("確認したときの記録（2件）")
    assert shown.says("ほかに2件あります。見る権限がないため")
    assert not shown.find(f"//a[@href='/reports/sheets/{bound.earlier.pk}/']")


def test_a_year_that_was_never_bound_is_not_there(bound: Office, cast: Cast, page: Page) -> None:
    page.get(at(bound, "2019/"), as_=cast.takahashi, status=404)


def test_the_page_of_a_year_asks_as_often_however_many_records(bound: Office, cast: Cast) -> None:
    bound.accepted()
    send_back(bound.earlier, cast.suzuki)

    def grow() -> None:
        for n in range(120):
            send_back(bound.earlier, cast.suzuki, f"増えた{n}")

    assert_constant_queries(lambda: queries.year_page(cast.takahashi, bound.indicator, YEAR), grow)


def test_a_hundred_records_stand_on_a_page(cast: Cast, page: Page) -> None:
    office = Office(cast, records=130)
    services.bind(
        indicator=office.indicator, fields=BindingFields("reporting.returned", 2022), by=cast.takahashi
    )
    first = page.get(at(office, f"{YEAR}/"), as_=cast.takahashi)
    assert len(first.find("//section[@aria-labelledby='records-h']//tbody/tr")) == 100
    second = page.get(at(office, f"{YEAR}/"), page=2)
    assert len(second.find("//section[@aria-labelledby='records-h']//tbody/tr")) == 30


def test_the_office_sees_first_what_has_changed_since_it_was_confirmed(
    bound: Office, cast: Cast, page: Page
) -> None:
    bound.accepted()
    calm = page.get("/reports/bindings/", as_=cast.takahashi)
    assert calm.says("確認した後に変わったものはありません")
    send_back(bound.earlier, cast.suzuki)
    found = page.get("/reports/bindings/")
    assert found.says("1指標で、確認した後に記録が変わっています")


def test_an_indicator_says_that_it_is_typed_until_it_is_bound(office: Office, cast: Cast, page: Page) -> None:
    shown = page.get(at(office), as_=cast.takahashi)
    assert shown.says("この指標の値は、手で入力しています")
    assert shown.h1.startswith(NAME)
