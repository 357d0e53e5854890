"""A ledger through a real browser: made by a form, kept, sent through LibreOffice, read, changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from kaikaku.ledgers.models import Ledger, Record
from kaikaku.org.models import User
from tests.browser.chromium import Chromium, found_by_axe, overflow, viewport
from tests.browser.libreoffice import SOFFICE, Typed, work_in
from tests.conftest import Site

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None, reason="この環境に LibreOffice がないため、台帳の往復を省きます。"),
]

FIELDS = (
    {
        "label": "燃料",
        "code": "fuel",
        "type": "choice",
        "choices": "petrol=ガソリン、electric=電気",
        "public": "1",
    },
    {"label": "購入額", "code": "price", "type": "money", "roles": "事務局、所属長"},
    {"label": "走行距離", "code": "distance", "type": "integer", "unit": "km", "yearly": "1", "public": "1"},
)
METRIC = {
    "name": "電気自動車の割合",
    "code": "electric",
    "definition": "使用中の車のうち電気自動車の割合",
    "unit": "%",
    "expression": 'share(fule == "electric")',
}


@contextmanager
def seat(browser: Chromium, site: Site, user: User, *, width: int = 1280) -> Iterator[Tab]:
    """A tab in which somebody is signed in; the page that is left is accessible and fits."""
    context = browser.context(base_url=site.url, viewport=viewport(width))
    context.add_cookies([site.cookie(user)])
    tab = context.new_page()
    yield tab
    assert found_by_axe(tab) == []
    assert overflow(tab) == 0
    context.close()


def press(tab: Tab, name: str) -> None:
    tab.get_by_role("button", name=name, exact=True).click()


def put(tab: Tab, table: str, row: int, boxes: dict[str, str]) -> None:
    """A row of the editor filled in."""
    for name, words in boxes.items():
        box = tab.locator(f"[name={table}-{row}-{name}]")
        if name == "type":
            box.select_option(words)
        elif name in ("public", "yearly"):
            box.check()
        else:
            box.fill(words)


def make(browser: Chromium, site: Site) -> Ledger:
    """高橋: a kind by the form, refused with row and reason while its expression is wrong."""
    with seat(browser, site, site.cast.takahashi) as tab:
        tab.goto("/ledgers/kinds/new/")
        tab.locator("[name=name]").fill("公用車")
        tab.locator("[name=code]").fill("cars")
        for row, boxes in enumerate(FIELDS, 1):
            put(tab, "fields", row, boxes)
        put(tab, "metrics", 0, METRIC)
        press(tab, "保存する")
        expect(tab.get_by_role("alert")).to_contain_text("集計の1行目の式")
        expect(tab.get_by_role("alert")).to_contain_text(
            "「fule」という項目はありません。「fuel」のことですか。"
        )
        put(tab, "metrics", 0, {"expression": 'share(fuel == "electric")'})
        press(tab, "確かめる")
        expect(tab.get_by_text("正しく読み取れました")).to_be_visible()
        press(tab, "保存する")
        expect(tab.get_by_role("heading", name="公用車", level=1)).to_be_visible()
    return Ledger.objects.get(code="cars")


def keep(browser: Chromium, site: Site, ledger: Ledger) -> None:
    """佐藤, on a telephone: two records and a yearly figure; what is kept to others is not on the form."""
    with seat(browser, site, site.cast.sato, width=360) as tab:
        for name, fuel, public in (("税務1号", "電気", True), ("税務2号", "ガソリン", False)):
            tab.goto(f"/ledgers/{ledger.pk}/new/")
            tab.get_by_label("名称").fill(name)
            tab.get_by_label("燃料").select_option(label=fuel)
            expect(tab.get_by_label("購入額")).to_have_count(0)
            if public:
                tab.get_by_label("公開する").check()
            press(tab, "記録する")
            expect(tab.get_by_role("heading", name=name, level=1)).to_be_visible()
        tab.get_by_role("link", name="年度の値を記録する").click()
        tab.locator("#id_fiscal_year").fill("令和7年度")
        tab.get_by_label("走行距離").fill("1万2,345")
        press(tab, "保存する")
        expect(tab.get_by_role("cell", name="12,345")).to_be_visible()


def send_through_excel(browser: Chromium, site: Site, ledger: Ledger, folder: Path) -> None:
    """佐藤 takes the list along, LibreOffice changes a cell and adds a row, and every change is looked at."""
    with seat(browser, site, site.cast.sato) as tab:
        tab.goto(f"/ledgers/{ledger.pk}/")
        with tab.expect_download() as waiting:
            tab.get_by_role("link", name="この一覧をExcelで受け取る").click()
        out = folder / "公用車.xlsx"
        waiting.value.save_as(out)
        sheet = openpyxl.load_workbook(out)["記録"]
        heads = {str(cell.value): number for number, cell in enumerate(sheet[1], 1)}
        assert "購入額（円）" not in heads
        second = next(row for row in range(2, 4) if sheet.cell(row, heads["名称"]).value == "税務2号")
        typed = [Typed("記録", heads["燃料"], second, "電気")]
        new = {"名称": "税務3号", "所管": "税務課", "状態": "有効", "燃料": "水素"}
        typed += [Typed("記録", heads[head], 4, words) for head, words in new.items()]
        back = work_in(out, typed, folder=folder)
        tab.get_by_role("link", name="書き込んだExcelを送る").click()
        tab.locator("input[type=file]").set_input_files(back)
        press(tab, "送って確かめる")
        expect(tab.get_by_role("heading", name="送られたExcelの確認", level=1)).to_be_visible()
        expect(tab.get_by_text("「水素」という選択肢はありません")).to_be_visible()
        press(tab, "変わるところを取り込む")
        expect(tab.get_by_role("link", name="税務3号")).to_be_visible()
    stored = {row.title: row.values.get("fuel") for row in Record.objects.filter(ledger=ledger)}
    assert stored == {"税務1号": "electric", "税務2号": "electric", "税務3号": None}


def read(browser: Chromium, site: Site, ledger: Ledger) -> None:
    """小林, no more than an employee: the one public record, its public fields, no history."""
    with seat(browser, site, site.cast.kobayashi) as tab:
        tab.goto(f"/ledgers/{ledger.pk}/")
        expect(tab.get_by_text("1件")).to_be_visible()
        expect(tab.get_by_role("link", name="この一覧をExcelで受け取る")).to_have_count(0)
        tab.get_by_role("link", name="税務1号").click()
        expect(tab.get_by_text("電気")).to_be_visible()
        for kept_back in ("購入額", "変更の記録"):
            expect(tab.get_by_text(kept_back)).to_have_count(0)


def change(browser: Chromium, site: Site, ledger: Ledger) -> None:
    """高橋: a change that loses values is refused with the number, one that moves them is told, then done."""
    with seat(browser, site, site.cast.takahashi) as tab:
        tab.goto(f"/ledgers/{ledger.pk}/kind/")
        put(tab, "fields", 1, {"code": "power"})
        put(tab, "metrics", 0, {"expression": 'share(power == "electric")'})
        press(tab, "保存する")
        expect(tab.get_by_role("alert")).to_contain_text("項目「燃料」には2件の値があります")
        put(tab, "fields", 1, {"was": "fuel", "label": "動力"})
        press(tab, "確かめる")
        expect(tab.get_by_text("項目「燃料」の記号を「power」に変え、値2件を移します。")).to_be_visible()
        press(tab, "保存する")
        tab.get_by_role("link", name="年度ごとの集計").click()
        expect(tab.get_by_role("row", name="電気自動車の割合").get_by_text("67").first).to_be_visible()


def look_back(browser: Chromium, site: Site, ledger: Ledger) -> None:
    """鈴木, the chief: the field kept to chiefs, and who changed what when."""
    with seat(browser, site, site.cast.suzuki, width=360) as tab:
        tab.goto(f"/ledgers/{ledger.pk}/?q=税務2号")
        tab.get_by_role("link", name="税務2号").click()
        expect(tab.get_by_text("購入額")).to_be_visible()
        tab.get_by_text("変更の記録（3件）").click()
        expect(tab.get_by_text("台帳の記録を変更しました")).to_be_visible()
        expect(tab.get_by_text("ガソリン").first).to_be_visible()


def test_a_ledger_is_made_kept_sent_round_read_and_changed(
    browser: Chromium, site: Site, tmp_path: Path
) -> None:
    ledger = make(browser, site)
    keep(browser, site, ledger)
    send_through_excel(browser, site, ledger, tmp_path)
    read(browser, site, ledger)
    change(browser, site, ledger)
    look_back(browser, site, ledger)
