"""Lists filter, sort, page and export by their address alone."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.test import RequestFactory

from kaikaku.ui.listing import Field, Listing, csv_response, listing


@dataclass(frozen=True)
class Row:
    name: str
    owner: str
    value: Decimal | None


ROWS = (
    Row("電子申請の利用率", "DX推進課", Decimal("71.5")),
    Row("医師の招聘数", "医療政策室", None),
    Row("県税の収納率", "税務課", Decimal("9.8")),
    Row("=SUM(A1)", "税務課", Decimal("100")),
)
FIELDS = (
    Field[Row]("name", "指標", lambda r: r.name, search=True),
    Field[Row]("owner", "所管", lambda r: r.owner, search=True, sortable=False),
    Field[Row]("value", "実績値", lambda r: r.value, unit="%", number=True),
)


def ask(per_page: int = 100, **query: str) -> Listing[Row]:
    return listing(RequestFactory().get("/", query), ROWS, fields=FIELDS, per_page=per_page)


def names(page: Listing[Row]) -> list[str]:
    return [row.name for row in page.rows]


def test_numbers_sort_as_numbers_with_unknown_ones_last() -> None:
    assert names(ask(sort="value"))[0] == "県税の収納率"
    assert names(ask(sort="value"))[-1] == names(ask(sort="-value"))[-1] == "医師の招聘数"


def test_a_heading_sorts_up_first_and_then_down() -> None:
    assert ask().columns[0].sort_url == "?sort=name"
    assert ask(sort="name").columns[0].sort_url == "?sort=-name"
    assert ask(sort="name").columns[0].sorted == "ascending"


def test_a_column_that_does_not_sort_has_no_link() -> None:
    assert ask().columns[1].sort_url == ""


def test_the_filter_finds_all_words_in_any_searched_column_whatever_their_width() -> None:
    assert names(ask(q="ｄｘ 利用率")) == ["電子申請の利用率"]


def test_what_nobody_can_sort_by_is_passed_over() -> None:
    assert names(ask(sort="password")) == [row.name for row in ROWS]


def test_a_page_beyond_the_last_is_the_last() -> None:
    assert names(ask(per_page=3, page="99")) == ["=SUM(A1)"]
    assert names(ask(per_page=3, page="x")) == [row.name for row in ROWS[:3]]


def test_sorting_keeps_the_filter_and_goes_to_the_first_page() -> None:
    assert ask(per_page=1, q="課", page="2").columns[0].sort_url == "?q=%E8%AA%B2&sort=name"


def test_the_pager_shows_first_last_and_near_pages() -> None:
    page = listing(RequestFactory().get("/", {"page": "5"}), range(100), fields=(), per_page=10)
    assert [link.number for link in page.page_links] == [1, 0, 3, 4, 5, 6, 7, 0, 10]


def test_the_summary_tells_how_many_of_how_many() -> None:
    assert ask().summary == "4件"
    assert ask(q="税務").summary == "4件のうち2件"


def test_the_csv_holds_all_pages_of_what_is_seen() -> None:
    text = csv_response(ask(per_page=1, q="税務"), "一覧").content.decode("utf-8-sig")
    assert text.splitlines() == ["指標,所管,実績値（%）", "県税の収納率,税務課,9.8", "'=SUM(A1),税務課,100"]


def test_the_csv_opens_in_excel_and_carries_a_japanese_name() -> None:
    response = csv_response(ask(), "指標一覧")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Disposition"].endswith("%E6%8C%87%E6%A8%99%E4%B8%80%E8%A6%A7.csv")
