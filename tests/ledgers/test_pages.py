"""The pages of ledgers, opened by a client that checks their HTML."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kaikaku.ledgers.models import Ledger, Record
from tests.cast import Cast
from tests.ledgers import register
from tests.pages import Page

pytestmark = pytest.mark.django_db


def address(name: str, *args: object) -> str:
    return reverse(f"ledgers:{name}", args=args)


def test_the_office_begins_with_a_shipped_kind_and_a_clerk_records(cast: Cast, page: Page) -> None:
    assert page.get("/ledgers/", as_=cast.takahashi).says("台帳はまだありません")
    assert page.get(address("choose")).says("公社等外郭団体")
    page.post(address("use_kind", "agreements"))
    ledger = Ledger.objects.get()
    form = page.get(address("new_record", ledger.pk), as_=cast.sato)
    assert form.says("相手方の法人番号")
    typed = {"v_partner": "みほん大学", "state": "active", "department": str(cast.zeimu.pk)}
    wrong = page.post(address("new_record", ledger.pk), {**typed, "v_partner_number": "123"}, status=400)
    assert wrong.says("13桁の数字で入力してください")
    made = page.post(
        address("new_record", ledger.pk), {**typed, "v_signed_on": "R4.6.1", "v_areas": ["child"]}
    )
    assert made.says("令和4年6月1日")
    row = Record.objects.get()
    page.post(address("revise_record", row.pk), {**typed, "v_name": "包括連携協定", "version": "1"})
    assert Record.objects.get().title == "みほん大学"
    page.post(address("figures", row.pk), {"fiscal_year": "R4", "v_actions": "３"})
    assert page.get(address("record", row.pk)).says("令和4年度")
    assert page.get(address("measures", ledger.pk)).says("協定に基づく取組の数")


def test_a_list_is_narrowed_by_words_state_and_choices(cast: Cast, page: Page, agreements: Ledger) -> None:
    register.agreement(cast, agreements, partner="みほん銀行", renewal="yes", areas=["child"])
    register.agreement(cast, agreements, partner="みほん大学", renewal="no", areas=["safety"])
    url = address("ledger", agreements.pk)
    both = page.get(url, as_=cast.sato)
    assert both.says("みほん銀行")
    assert both.says("みほん大学")
    for query in ({"q": "ﾐﾎﾝ 銀行".replace("ﾐﾎﾝ", "みほん")}, {"f_renewal": "yes"}, {"f_areas": "child"}):
        found = page.get(url, **query)
        assert found.says("みほん銀行")
        assert not found.says("みほん大学")
    assert page.get(url, state="ended").says("当てはまる記録はありません")
    assert page.get(url, sort="-title", page="9").says("みほん大学")


def test_the_office_makes_a_kind_by_a_form_without_code(cast: Cast, page: Page) -> None:
    sent = {
        "name": "公用車",
        "code": "cars",
        "title": "name",
        "states": "active=使用中、sold=売却",
        "fields-0-code": "name",
        "fields-0-label": "車名",
        "fields-0-type": "text",
        "fields-1-code": "fuel",
        "fields-1-label": "燃料",
        "fields-1-type": "choice",
    }
    wrong = page.post(address("new_kind"), {**sent, "act": "save"}, as_=cast.takahashi, status=400)
    assert wrong.says("項目の2行目の選択肢")
    sent["fields-1-choices"] = "petrol=ガソリン、electric=電気"
    assert page.post(address("new_kind"), {**sent, "act": "check"}).says("正しく読み取れました")
    page.post(address("new_kind"), {**sent, "act": "save"})
    ledger = Ledger.objects.get()
    sent["fields-1-label"] = "動力"
    told = page.post(address("edit_kind", ledger.pk), {**sent, "act": "check", "version": "1"})
    assert told.says("項目「燃料」の名前を「動力」に変えます")
    page.post(address("edit_kind", ledger.pk), {**sent, "act": "save", "version": "1"})
    assert Ledger.objects.get().version == 2


def test_a_workbook_is_looked_at_cell_by_cell_before_it_counts(cast: Cast, page: Page) -> None:
    intake = register.intake(cast)
    shown = page.get(address("intake", intake.pk), as_=cast.takahashi)
    assert shown.says("新しい名称")
    assert page.post(address("take", intake.pk)).says("取り込みました")
    assert Record.objects.get().values["name"] == "新しい名称"
