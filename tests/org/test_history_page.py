"""The log as the office reads it."""

import csv
import io

from kaikaku.org import services
from tests.cast import Cast
from tests.conftest import assert_constant_queries
from tests.pages import Page


def read_csv(page: Page, query: str = "") -> list[dict[str, str]]:
    response = page.client.get(f"/history.csv{query}")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_log_says_who_did_what_in_words(page: Page, cast: Cast) -> None:
    services.revise_user(user=cast.sato, name="佐藤花子", email="", by=cast.yamamoto)
    row = page.get("/history/", as_=cast.takahashi).texts("//tbody/tr[1]/td")
    assert row[1:] == [
        "山本",
        "利用者の情報を改めました",
        "佐藤花子",
        "氏名：佐藤 → 佐藤花子",
    ]


def test_the_log_is_filtered_by_person_area_words_and_day(page: Page, cast: Cast) -> None:
    services.revise_user(user=cast.sato, name="佐藤花子", email="", by=cast.yamamoto)
    opened = page.get("/history/", as_=cast.takahashi, by=cast.yamamoto.pk, area="org", words="改めました")
    assert opened.texts("//tbody/tr/td[4]") == ["佐藤花子"]
    assert page.get("/history/", last="R2.4.1").says("当てはまる記録はありません。")


def test_a_filter_that_cannot_be_read_is_said(page: Page, cast: Cast) -> None:
    opened = page.get("/history/", as_=cast.takahashi, first="いつか")
    assert "「いつか」を日付として読み取れません" in opened.errors[0]


def test_the_csv_holds_what_is_seen_and_is_recorded(page: Page, cast: Cast) -> None:
    page.sign_in(cast.takahashi)
    rows = read_csv(page, "?words=団体")
    assert {row["action"] for row in rows} == {"org.organisation.created"}
    assert page.get("/history/").texts("//tbody/tr[1]/td[3]") == ["操作の記録をCSVに書き出しました"]


def test_a_cell_that_looks_like_a_formula_is_defused(page: Page, cast: Cast) -> None:
    services.revise_user(user=cast.sato, name="=1+1", email="", by=cast.yamamoto)
    page.sign_in(cast.takahashi)
    assert "'=1+1" in {row["subject"] for row in read_csv(page)}


def test_the_log_asks_the_database_as_often_for_many(page: Page, cast: Cast) -> None:
    page.get("/history/", as_=cast.takahashi)

    def grow() -> None:
        for n in range(5):
            services.revise_user(user=cast.sato, name=f"佐藤{n}", email="", by=cast.yamamoto)

    assert_constant_queries(lambda: page.get("/history/"), grow)
