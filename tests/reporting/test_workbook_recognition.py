"""What people do to a workbook: sorted, moved, pasted, added, renamed, merged, hidden, computed, dated."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kaikaku.core.errors import RuleViolation
from kaikaku.reporting import services
from kaikaku.reporting.models import Round, Sheet
from tests.cast import Cast
from tests.reporting.workbooks import (
    Edit,
    all_of,
    bring_in,
    changed,
    columns,
    made,
    put,
    review,
    take_in,
    told,
)


@pytest.fixture
def form(cast: Cast, sheet: Sheet) -> bytes:
    """The sheet's workbook, as it was handed out."""
    return made(sheet.round, cast.sato, [sheet])


def typed(sheet: Sheet) -> list[str]:
    return list(sheet.figures.order_by("indicator__position").values_list("text", flat=True))


def rows_of(page: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]


def rewrite(page: Any, rows: list[list[Any]]) -> None:
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            page.cell(number, column).value = value


def reversed_rows(book: Any) -> None:
    rewrite(book["指標"], rows_of(book["指標"])[::-1])


def columns_turned_round(book: Any) -> None:
    page = book["指標"]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(reversed(row), 1):
            page.cell(number, column).value = value


def rows_above(book: Any) -> None:
    book["指標"].insert_rows(1, 2)
    book["指標"].cell(1, 1).value = "税務課の調書"


@pytest.mark.parametrize("edit", [reversed_rows, columns_turned_round, rows_above])
def test_rows_and_columns_are_found_wherever_they_stand(
    cast: Cast, sheet: Sheet, form: bytes, edit: Edit
) -> None:
    upload = bring_in(sheet, changed(form, all_of(put("実績値", 85.2), edit)), cast.sato)
    take_in(upload, cast.sato)
    assert typed(sheet) == ["85.2", "", "", "", "", "", ""]


def test_a_header_below_the_first_row_is_told(cast: Cast, sheet: Sheet, form: bytes) -> None:
    assert "見出しが3行目にあるとみて" in told(bring_in(sheet, changed(form, rows_above), cast.sato))


def pasted(value: Any) -> Edit:
    """The first row once more at the end, with a value of its own."""

    def edit(book: Any) -> None:
        page = book["指標"]
        page.append([cell.value for cell in page[2]])
        page.cell(page.max_row, columns(page)["実績値"]).value = value

    return edit


def test_a_row_pasted_twice_with_the_same_contents_counts_once(cast: Cast, sheet: Sheet, form: bytes) -> None:
    upload = bring_in(sheet, changed(form, all_of(put("実績値", 85.2), pasted(85.2))), cast.sato)
    assert "指標 9行目 指標 2行目と同じ行キーの、同じ内容の行です" in told(upload)
    assert review(upload)[1].state == "ready"


def test_a_row_pasted_twice_with_different_contents_stops(cast: Cast, sheet: Sheet, form: bytes) -> None:
    upload = bring_in(sheet, changed(form, all_of(put("実績値", 85.2), pasted(86))), cast.sato)
    assert "同じ行キーですが、内容が違います" in told(upload)
    assert review(upload)[1].state == "stopped"


def test_an_added_row_is_told_and_left_out(cast: Cast, sheet: Sheet, form: bytes) -> None:
    def added(book: Any) -> None:
        book["指標"].append(["税務課", "", "新しい指標", "件"])

    upload = bring_in(sheet, changed(form, all_of(put("実績値", 85.2), added)), cast.sato)
    assert "指標 9行目 行キーか調書キーがない行です" in told(upload)
    assert review(upload)[1].state == "ready"


def test_a_row_that_is_gone_is_told_and_stays_as_it_is(cast: Cast, sheet: Sheet, form: bytes) -> None:
    def gone(book: Any) -> None:
        book["指標"].delete_rows(2)

    upload = bring_in(sheet, changed(form, all_of(put("実績値", 2310, row=3), gone)), cast.sato)
    assert "「オンラインで利用できる県独自の行政手続の割合」の行がファイルにありません" in told(upload)
    take_in(upload, cast.sato)
    assert typed(sheet)[:2] == ["", "2310"]


@pytest.mark.parametrize(
    ("title", "value", "said"),
    [
        ("行キー", "i99999", "行キー「i99999」は、「税務課」の調書にありません"),
        ("調書の版", "v77", "調書の版「v77」の様式は、この調書から作られていません"),
        ("照会キー", "sakura/R9-00000000", "照会キーが「sakura/R9-00000000」に変わっています"),
    ],
)
def test_a_changed_code_stops_its_sheet(
    cast: Cast, sheet: Sheet, form: bytes, title: str, value: str, said: str
) -> None:
    upload = bring_in(sheet, changed(form, all_of(put("実績値", 85.2), put(title, value))), cast.sato)
    assert said in told(upload)
    assert review(upload)[1].state == "stopped"


def test_an_unknown_sheet_key_is_told_with_its_row(cast: Cast, sheet: Sheet, form: bytes) -> None:
    upload = bring_in(sheet, changed(form, put("調書キー", "S999999")), cast.sato)
    assert "指標 2行目 調書キー「S999999」は、この照会の調書のものではありません" in told(upload)


@pytest.mark.parametrize(
    ("title", "value", "said"),
    [
        ("単位", "人", "「%」から「人」"),
        ("目標値", 50, "「100」から「50」"),
        ("指標", "割合", "から「割合」"),
    ],
)
def test_a_locked_cell_that_was_changed_is_told_and_ignored(
    cast: Cast, sheet: Sheet, form: bytes, title: str, value: Any, said: str
) -> None:
    upload = bring_in(sheet, changed(form, all_of(put("実績値", 85.2), put(title, value))), cast.sato)
    assert said in told(upload)
    assert "変更は取り込みません" in told(upload)
    assert review(upload)[1].state == "ready"


def renamed(old: str, new: str | None) -> Edit:
    def edit(book: Any) -> None:
        book["指標"].cell(1, columns(book["指標"])[old]).value = new

    return edit


@pytest.mark.parametrize("title", ["実績値", "注意への理由", "行キー", "調書の版"])
def test_a_renamed_header_is_told_with_its_new_name(
    cast: Cast, sheet: Sheet, form: bytes, title: str
) -> None:
    with pytest.raises(RuleViolation) as refused:
        bring_in(sheet, changed(form, renamed(title, "値その１")), cast.sato)
    assert f"「{title}」の列が見つかりません" in refused.value.message
    assert "「値その１」" in refused.value.message
    assert refused.value.field == "file"


def test_a_header_in_another_width_is_still_known(cast: Cast, sheet: Sheet, form: bytes) -> None:
    edit = all_of(renamed("実績値", " 実 績 値 "), put("値の状態", "見込み"))
    assert review(bring_in(sheet, changed(form, edit), cast.sato))[1].state == "ready"


def test_two_columns_of_one_name_are_told(cast: Cast, sheet: Sheet, form: bytes) -> None:
    with pytest.raises(RuleViolation, match="「実績値」の列が2つあります"):
        bring_in(sheet, changed(form, renamed("外的要因", "実績値")), cast.sato)


def test_a_formula_without_its_result_stops(cast: Cast, sheet: Sheet, form: bytes) -> None:
    upload = bring_in(sheet, changed(form, put("実績値", "=80+5.2")), cast.sato)
    assert "数式の計算結果が保存されていません" in told(upload)
    assert review(upload)[1].state == "stopped"


def test_merged_cells_where_something_is_typed_stop(cast: Cast, sheet: Sheet, form: bytes) -> None:
    def merged(book: Any) -> None:
        page, at = book["指標"], columns(book["指標"])["実績値"]
        page.merge_cells(start_row=2, end_row=3, start_column=at, end_column=at)

    upload = bring_in(sheet, changed(form, all_of(put("実績値", 85.2), merged)), cast.sato)
    assert told(upload).count("セルが結合されています") == 2
    assert review(upload)[1].state == "stopped"


def test_merged_cells_elsewhere_are_told_only(cast: Cast, sheet: Sheet, form: bytes) -> None:
    def merged(book: Any) -> None:
        book["指標"].merge_cells("A2:A3")

    upload = bring_in(sheet, changed(form, all_of(put("実績値", 85.2), merged)), cast.sato)
    assert "記入する欄ではないため、取り込みに影響しません" in told(upload)
    assert review(upload)[1].state == "ready"


def hide_a_row(book: Any) -> None:
    book["指標"].row_dimensions[2].hidden = True


def hide_a_column(book: Any) -> None:
    book["指標"].column_dimensions["N"].hidden = True


def hide_the_sheet(book: Any) -> None:
    book["指標"].sheet_state = "hidden"


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (hide_a_row, "指標 2行目 非表示の行ですが"),
        (hide_a_column, "指標 N列 非表示の列ですが"),
        (hide_the_sheet, "シートが非表示になっていますが"),
    ],
)
def test_what_is_hidden_is_read_and_told(
    cast: Cast, sheet: Sheet, form: bytes, edit: Edit, said: str
) -> None:
    upload = bring_in(sheet, changed(form, all_of(put("実績値", 85.2), edit)), cast.sato)
    assert said in told(upload)
    assert review(upload)[1].taken == 1


def test_a_date_where_a_number_belongs_stops_with_what_to_do(cast: Cast, sheet: Sheet, form: bytes) -> None:
    upload = bring_in(sheet, changed(form, put("実績値", date(2026, 3, 4))), cast.sato)
    assert "指標 N2 日付（2026" in told(upload)
    assert "表示形式を「標準」に戻し" in told(upload)


def test_a_share_that_excel_made_of_a_typed_percentage_is_understood(
    cast: Cast, sheet: Sheet, form: bytes
) -> None:
    def percent(book: Any) -> None:
        cell = book["指標"].cell(2, columns(book["指標"])["実績値"])
        cell.value, cell.number_format = 0.852, "0.0%"

    take_in(bring_in(sheet, changed(form, percent), cast.sato), cast.sato)
    row = sheet.figures.order_by("indicator__position")[0]
    assert (row.text, str(row.value.normalize())) == ("85.2%", "85.2")


def test_an_error_of_excel_stops(cast: Cast, sheet: Sheet, form: bytes) -> None:
    def broken(book: Any) -> None:
        cell = book["指標"].cell(2, columns(book["指標"])["実績値"])
        cell.value, cell.data_type = "#REF!", "e"

    upload = bring_in(sheet, changed(form, broken), cast.sato)
    assert "セルが「#REF!」というエラーです" in told(upload)


@pytest.mark.parametrize(
    ("title", "value", "said"),
    [
        ("値の状態", "たぶん", "「たぶん」は「値の状態」の一覧にありません。見込み、速報、確定"),
        ("値がない理由", "忙しい", "「値がない理由」の一覧にありません"),
    ],
)
def test_a_word_that_is_not_on_the_list_stops_with_the_list(
    cast: Cast, sheet: Sheet, form: bytes, title: str, value: str, said: str
) -> None:
    upload = bring_in(sheet, changed(form, put(title, value)), cast.sato)
    assert said in told(upload)
    assert review(upload)[1].state == "stopped"


@pytest.mark.parametrize("word", ["未公表", "未公表（公表され次第入力する）", "not_published_yet"])
def test_a_choice_is_known_by_its_word_or_its_code(cast: Cast, sheet: Sheet, form: bytes, word: str) -> None:
    take_in(bring_in(sheet, changed(form, put("値がない理由", word)), cast.sato), cast.sato)
    assert sheet.figures.order_by("indicator__position")[0].reason == "not_published_yet"


def test_a_field_that_is_never_published_stays_so(cast: Cast, sheet: Sheet, form: bytes) -> None:
    contact = sheet.round.asked[-1].label

    def shown(book: Any) -> None:
        page = book["記入内容"]
        at = columns(page)
        row = next(n for n in range(2, page.max_row + 1) if page.cell(n, at["記入欄"]).value == contact)
        page.cell(row, at["公表可否"]).value = "公表する"

    upload = bring_in(sheet, changed(form, shown), cast.sato)
    assert "この記入欄は公表されません。この欄の変更は取り込みません" in told(upload)
    assert review(upload)[1].state == "same"


def test_whether_a_text_is_published_is_taken_by_its_section(cast: Cast, sheet: Sheet, form: bytes) -> None:
    take_in(
        bring_in(sheet, changed(form, put("公表可否", "公表しない", page="記入内容")), cast.sato), cast.sato
    )
    first, *others = sheet.parts.all()
    assert first.hidden == ["done"]
    assert [part.hidden for part in others] == [[] for _ in others]


def test_the_rows_of_other_sections_are_counted_and_left(cast: Cast, round_: Round, sheet: Sheet) -> None:
    other = Sheet.objects.create(round=round_, department=cast.gyokaku)
    data = made(round_, cast.takahashi)
    upload = bring_in(sheet, data, cast.sato)
    assert "ほかの所属の行が1行あります" in told(upload)
    assert [part.sheet for part in upload.parts.all()] == [sheet]
    assert other.version == 1


def test_two_sections_go_in_together_or_not_at_all(cast: Cast, round_: Round, sheet: Sheet) -> None:
    other = Sheet.objects.create(round=round_, department=cast.gyokaku)

    def both(book: Any) -> None:
        put("実績値", 85.2)(book)
        page = book["記入内容"]
        at = columns(page)
        for row in range(2, page.max_row + 1):
            if page.cell(row, at["所属"]).value == "行政改革課":
                page.cell(row, at["今回の記入内容"]).value = "内線1234"

    data = changed(made(round_, cast.takahashi), both)
    upload = services.receive(round_=round_, name="全所属.xlsx", data=data, by=cast.takahashi)
    chosen = {part.sheet_id: found.version for part, found in services.reviews_of(upload)}
    assert set(chosen) == {sheet.pk, other.pk}
    with pytest.raises(RuleViolation, match="何も取り込んでいません"):
        services.apply(upload=upload, chosen={**chosen, other.pk: 99}, by=cast.takahashi)
    assert typed(sheet)[0] == ""
    services.apply(upload=upload, chosen=chosen, by=cast.takahashi)
    other.refresh_from_db()
    assert (typed(sheet)[0], other.texts["contact"]) == ("85.2", "内線1234")
