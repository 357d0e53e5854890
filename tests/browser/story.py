"""What the office does with the mouse, step by step: a document becomes a plan, a publication, an erratum."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator
from playwright.sync_api import Page as Tab

import kaikaku
from tests.cast import PASSWORD

DOCUMENT = Path(kaikaku.__file__).parent / "samples" / "yamagata_r4.txt"
MISREAD = "男性職員の育休休業取得率(知事部局)"  # 育休休業 is the document's own slip
MEANT = "男性職員の育児休業取得率(知事部局)"
UNWANTED = "知恵袋委員会：4地域"
RESCUERS = "防災士の認証登録者数"
REASON = "登録者の集計に漏れがあったため"


def sign_in(tab: Tab, username: str) -> None:
    tab.goto("/accounts/login/")
    tab.get_by_label("利用者名").fill(username)
    tab.get_by_label("パスワード").fill(PASSWORD)
    tab.get_by_role("button", name="ログインする").click()
    tab.wait_for_url(lambda address: "/accounts/" not in address)


def upload(tab: Tab, document: Path = DOCUMENT) -> None:
    """From the list of imports to the review of what was read."""
    tab.goto("/import/")
    tab.get_by_role("link", name="文書を取り込む").click()
    tab.locator("main").get_by_label("文書").set_input_files(document)
    tab.get_by_role("button", name="読み取る").click()
    tab.wait_for_url("**/import/*/")


def row(tab: Tab, words: str) -> Locator:
    """The one thing read that says this."""
    return tab.locator("li.thing").filter(has_text=words)


def correct_name(tab: Tab, old: str, new: str) -> None:
    row(tab, old).get_by_role("link", name=re.compile("^訂正")).click()
    tab.get_by_label("指標の名称").fill(new)
    tab.get_by_role("button", name="保存する").click()
    row(tab, new).wait_for()


def drop(tab: Tab, words: str) -> None:
    shown = row(tab, words)
    shown.locator("summary").click()
    shown.get_by_role("button", name="外す").click()
    tab.get_by_text("1件を外しました").wait_for()


def choose_scheme(tab: Tab, name: str) -> None:
    """The document names no rule of rating; the office does."""
    tab.get_by_role("link", name="表題・年度・評価の決まりなどを訂正する").click()
    scheme = tab.get_by_label("評価の決まり")
    scheme.select_option(label=scheme.locator("option").filter(has_text=name).inner_text())
    tab.get_by_role("button", name="保存する").click()
    tab.get_by_text("表題・年度などを訂正しました").wait_for()


def accept(tab: Tab) -> None:
    """Take all that is left, then open the plan."""
    tab.get_by_role("button", name="選んだものを取り込む").click()
    tab.wait_for_url("**/result/")
    tab.get_by_role("link", name="プランを見る").click()
    tab.wait_for_url("**/plans/editions/*/")


def publish(tab: Tab, edition: str, reason: str = "") -> None:
    """From the edition to the page of its publication; `reason` explains every change since the last one."""
    tab.goto(edition)
    tab.get_by_role("link", name="公表する", exact=True).click()
    tab.get_by_label("問い合わせ先").fill("総務部行政改革課")
    for asked in tab.get_by_label("を変えた理由").all():
        asked.fill(reason)
    tab.get_by_role("button", name="内容を固定する").click()
    tab.get_by_role("button", name="印刷して公表する").click()
    tab.get_by_role("link", name="公開サイトを見る").wait_for()


def correct_actual(tab: Tab, indicator: str, value: str) -> None:
    tab.goto(indicator)
    tab.get_by_role("link", name=re.compile("^訂正.*実績値 令和4年度")).click()
    tab.get_by_label(re.compile("^値 ")).fill(value)
    tab.get_by_label("訂正の理由").fill(REASON)
    tab.get_by_role("button", name="訂正する").click()
    tab.wait_for_url(indicator)
