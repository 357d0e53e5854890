"""A workbook goes out, is worked in and comes back: what goes in, what is refused, and what is told."""

from __future__ import annotations

from typing import Any

import pytest

from kaikaku.audit import services as audit
from kaikaku.audit.models import Entry
from kaikaku.core.errors import RuleViolation
from kaikaku.org.models import User
from kaikaku.plans.models import Figure
from kaikaku.reporting import services
from kaikaku.reporting.entries import FigureEntry, SheetEntry
from kaikaku.reporting.models import Round, Sheet
from tests.cast import Cast
from tests.reporting.conftest import VALUES, fill, make_round, reasons, submit
from tests.reporting.workbooks import all_of, bring_in, changed, columns, made, put, review, take_in, told

FIRST = 2  # the row of the first indicator


def texts_of(sheet: Sheet) -> list[str]:
    return list(sheet.figures.order_by("indicator__position").values_list("text", flat=True))


def outcome(sheet: Sheet, by: User, data: bytes) -> tuple[str, str]:
    """How the workbook stands, and all that is told of it."""
    upload = bring_in(sheet, data, by)
    return review(upload)[1].state, told(upload)


def test_a_workbook_that_nobody_touched_changes_nothing(cast: Cast, sheet: Sheet) -> None:
    filled = fill(sheet, cast, f1="約600人")
    upload = bring_in(filled, made(filled.round, cast.sato, [filled]), cast.sato)
    assert review(upload)[1].state == "same"
    assert told(upload) == ""


def test_what_is_typed_goes_into_the_sheet_as_a_draft(cast: Cast, sheet: Sheet) -> None:
    edits = [put("実績値", value, row=FIRST + n) for n, value in enumerate(VALUES)]
    edits.append(put("今回の記入内容", "申請12手続をオンラインに移した。", page="記入内容"))
    data = changed(made(sheet.round, cast.sato, [sheet]), all_of(*edits))
    done = take_in(bring_in(sheet, data, cast.sato), cast.sato)
    sheet.refresh_from_db()
    assert done == services.Applied(("税務課",), 8)
    assert texts_of(sheet) == list(VALUES)
    assert (sheet.state, sheet.parts.all()[0].texts["done"]) == ("draft", "申請12手続をオンラインに移した。")


def test_numbers_typed_as_numbers_mean_the_indicators_unit(cast: Cast, sheet: Sheet) -> None:
    data = changed(made(sheet.round, cast.sato, [sheet]), put("実績値", 85.2))
    take_in(bring_in(sheet, data, cast.sato), cast.sato)
    row = sheet.figures.order_by("indicator__position")[0]
    assert (row.text, row.shown) == ("85.2", "85.2%")


def test_the_file_is_kept_as_evidence_of_the_sheet(cast: Cast, sheet: Sheet) -> None:
    data = changed(made(sheet.round, cast.sato, [sheet]), put("実績値", 85.2))
    take_in(bring_in(sheet, data, cast.sato, "税務課.xlsx"), cast.sato)
    document = sheet.evidence.get().document
    assert (document.file_name, document.size) == ("税務課.xlsx", len(data))
    assert any("85.2" in line for line in document.text_lines)


def test_the_office_writes_for_a_section_and_the_log_says_so(cast: Cast, round_: Round, sheet: Sheet) -> None:
    data = changed(made(round_, cast.takahashi), put("実績値", 85.2))
    upload = services.receive(round_=round_, name="全所属.xlsx", data=data, by=cast.takahashi)
    take_in(upload, cast.takahashi)
    entry = Entry.objects.get(action="reporting.sheet.imported")
    assert (entry.by_id, entry.on_behalf) == (cast.takahashi.pk, "税務課")
    assert entry.note == "事務局代理入力：Excelの取込み（全所属.xlsx）"
    assert texts_of(sheet)[0] == "85.2"
    assert audit.verify(cast.sakura) == []


def test_the_office_still_cannot_fill_in_the_clerks_form(cast: Cast, sheet: Sheet) -> None:
    row = sheet.figures.all()[0]
    entry = SheetEntry(figures={row.pk: FigureEntry(text="1%")})
    with pytest.raises(RuleViolation, match="担当"):
        services.save_sheet(sheet=sheet, entry=entry, version=sheet.version, by=cast.takahashi)


def test_only_the_office_brings_in_a_whole_round(cast: Cast, round_: Round) -> None:
    with pytest.raises(RuleViolation, match="事務局だけ"):
        services.receive(round_=round_, name="a.xlsx", data=made(round_, cast.takahashi), by=cast.sato)


def test_a_reason_in_the_workbook_answers_the_warnings_of_its_row(cast: Cast, sheet: Sheet) -> None:
    edit = all_of(put("実績値", 23100, row=3), put("注意への理由", "対象を広げたため", row=3))
    data = changed(made(sheet.round, cast.sato, [sheet]), edit)
    upload = bring_in(sheet, data, cast.sato)
    assert review(upload)[1].unexplained == 0
    take_in(upload, cast.sato)
    row = sheet.figures.order_by("indicator__position")[1]
    assert set(row.explanations.values()) == {"対象を広げたため"}
    assert set(row.explanations) == {f["check"] for f in row.findings if f["level"] == "W"}


def test_a_warning_without_a_reason_goes_in_and_is_asked_for_before_submission(
    cast: Cast, sheet: Sheet
) -> None:
    data = changed(made(sheet.round, cast.sato, [sheet]), put("実績値", 23100, row=3))
    upload = bring_in(sheet, data, cast.sato)
    assert review(upload)[1].unexplained >= 1
    take_in(upload, cast.sato)
    assert texts_of(sheet)[1] == "23100"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("—", "0なのか値がないのか区別できません"),
        ("多くの手続", "数値"),
        ("85人", "単位"),
        ("120%", "0から100"),
    ],
)
def test_what_the_checks_refuse_stops_the_sheet_whole(
    cast: Cast, sheet: Sheet, typed: str, said: str
) -> None:
    edit = all_of(put("実績値", typed), put("実績値", 2310, row=3))
    upload = bring_in(sheet, changed(made(sheet.round, cast.sato, [sheet]), edit), cast.sato)
    reviewed = review(upload)[1]
    assert reviewed.state == "stopped"
    assert any(said in cell.refused for cell in reviewed.cells)
    with pytest.raises(RuleViolation, match="何も取り込んでいません"):
        take_in(upload, cast.sato)
    assert set(texts_of(sheet)) == {""}


@pytest.mark.parametrize(
    ("typed", "kept"), [("８５．２％", "８５．２％"), ("85.2%", "85.2%"), (0, "0"), ("'85.2", "'85.2")]
)
def test_a_value_stays_as_it_was_typed(cast: Cast, sheet: Sheet, typed: Any, kept: str) -> None:
    upload = bring_in(sheet, changed(made(sheet.round, cast.sato, [sheet]), put("実績値", typed)), cast.sato)
    cell = review(upload)[1].cells[0]
    assert cell.mine == kept


def test_an_emptied_cell_empties_the_value_and_zero_does_not(cast: Cast, sheet: Sheet) -> None:
    filled = fill(sheet, cast)
    data = changed(
        made(filled.round, cast.sato, [filled]), all_of(put("実績値", None), put("実績値", 0, row=3))
    )
    take_in(bring_in(filled, data, cast.sato), cast.sato)
    assert texts_of(filled)[:2] == ["", "0"]


def test_a_negative_number_of_either_shape_is_read(cast: Cast, sheet: Sheet) -> None:
    filled = fill(sheet, cast, f1="△5人")
    data = made(filled.round, cast.sato, [filled])
    assert review(bring_in(filled, data, cast.sato))[1].state == "same"
    minus = changed(data, put("実績値", "−5", row=3))
    assert review(bring_in(filled, minus, cast.sato, "b.xlsx"))[1].state == "same"


def test_an_older_workbook_is_held_three_ways(cast: Cast, sheet: Sheet) -> None:
    filled = fill(sheet, cast)
    data = made(filled.round, cast.sato, [filled])
    rows = list(filled.figures.order_by("indicator__position"))
    theirs = SheetEntry(figures={rows[0].pk: FigureEntry("86.0%"), rows[2].pk: FigureEntry("95.0億円")})
    services.save_sheet(sheet=filled, entry=theirs, version=filled.version, by=cast.sato)
    edit = all_of(put("実績値", 84), put("実績値", 2400, row=3))
    upload = bring_in(filled, changed(data, edit), cast.sato)
    reviewed = review(upload)[1]
    cells = {cell.place: (cell.base, cell.theirs, cell.mine, cell.outcome) for cell in reviewed.cells}
    assert list(cells.values()) == [
        ("85.2", "86.0%", "84", "choose"),
        ("2,310人", "2,310人", "2,400", "taken"),
    ]
    with pytest.raises(RuleViolation, match="どちらを残すか"):
        take_in(upload, cast.sato)
    take_in(upload, cast.sato, **{reviewed.cells[0].key: "theirs"})
    assert texts_of(filled)[:3] == ["86.0%", "2400", "95.0億円"]


def test_a_value_is_shown_as_it_was_typed_with_its_reading(cast: Cast, sheet: Sheet) -> None:
    filled = fill(sheet, cast, f2="3.03億円")
    edit = all_of(put("実績値", "3.13億円", row=4), put("実績値", 2400, row=3))
    data = changed(made(filled.round, cast.sato, [filled]), edit)
    people, money = review(bring_in(filled, data, cast.sato))[1].cells
    assert (money.theirs, money.theirs_read) == ("3.03億円", "3億300万円")
    assert (money.mine, money.mine_read) == ("3.13億円", "3億1,300万円")
    assert (people.theirs, people.theirs_read) == ("2,310人", "")
    assert (people.mine, people.mine_read) == ("2,400", "2,400人")


def test_mine_may_win_over_theirs(cast: Cast, sheet: Sheet) -> None:
    filled = fill(sheet, cast)
    data = made(filled.round, cast.sato, [filled])
    row = filled.figures.order_by("indicator__position")[0]
    theirs = SheetEntry(figures={row.pk: FigureEntry("86.0%")})
    services.save_sheet(sheet=filled, entry=theirs, version=filled.version, by=cast.sato)
    upload = bring_in(filled, changed(data, put("実績値", 84)), cast.sato)
    take_in(upload, cast.sato, **{review(upload)[1].cells[0].key: "mine"})
    assert texts_of(filled)[0] == "84"


def test_a_sheet_that_changes_between_looking_and_applying_takes_nothing(cast: Cast, sheet: Sheet) -> None:
    filled = fill(sheet, cast)
    upload = bring_in(filled, changed(made(filled.round, cast.sato, [filled]), put("実績値", 84)), cast.sato)
    shown = review(upload)[1].version
    row = filled.figures.order_by("indicator__position")[1]
    theirs = SheetEntry(figures={row.pk: FigureEntry("2,320人")})
    services.save_sheet(sheet=filled, entry=theirs, version=filled.version, by=cast.sato)
    with pytest.raises(RuleViolation, match="佐藤さんが「税務課」の調書を変更しました"):
        services.apply(upload=upload, chosen={filled.pk: shown}, by=cast.sato)
    assert texts_of(filled)[:2] == ["85.2%", "2,320人"]


def test_a_sheet_submitted_since_is_refused(cast: Cast, sheet: Sheet) -> None:
    data = changed(made(sheet.round, cast.sato, [sheet]), put("実績値", 84))
    upload = bring_in(sheet, data, cast.sato)
    submit(sheet, cast)
    reviewed = review(upload)[1]
    assert (reviewed.state, reviewed.why[:6]) == ("refused", "提出済みです")
    with pytest.raises(RuleViolation):
        take_in(upload, cast.sato)


def test_a_part_is_applied_once(cast: Cast, sheet: Sheet) -> None:
    upload = bring_in(sheet, changed(made(sheet.round, cast.sato, [sheet]), put("実績値", 84)), cast.sato)
    take_in(upload, cast.sato)
    assert review(upload)[1].state == "applied"
    with pytest.raises(RuleViolation, match="選ばれていません"):
        take_in(upload, cast.sato)


def test_a_workbook_of_another_round_is_told(cast: Cast, sheet: Sheet) -> None:
    services.close_round(round_=sheet.round, by=cast.takahashi, reason="やり直し")
    again = make_round(cast, sheet.round.edition)
    other = again.sheets.get()
    data = made(sheet.round, cast.takahashi, [sheet])
    with pytest.raises(RuleViolation, match="別の照会のもの"):
        bring_in(other, data, cast.sato)


def test_a_workbook_of_another_government_is_told(cast: Cast, sheet: Sheet) -> None:
    def foreign(book: Any) -> None:
        for page in (book["指標"], book["記入内容"]):
            at = columns(page)["照会キー"]
            for row in range(2, page.max_row + 1):
                page.cell(row, at).value = str(page.cell(row, at).value).replace("sakura/", "tonari/")

    with pytest.raises(RuleViolation, match="ほかの団体のもの"):
        bring_in(sheet, changed(made(sheet.round, cast.sato, [sheet]), foreign), cast.sato)


def test_any_other_workbook_is_told(cast: Cast, sheet: Sheet) -> None:
    def strange(book: Any) -> None:
        del book["指標"], book["記入内容"]

    with pytest.raises(RuleViolation, match="様式のシートが見つかりません"):
        bring_in(sheet, changed(made(sheet.round, cast.sato, [sheet]), strange), cast.sato)


def test_a_torn_file_is_told_on_its_field(cast: Cast, sheet: Sheet) -> None:
    data = made(sheet.round, cast.sato, [sheet])
    with pytest.raises(RuleViolation) as refused:
        bring_in(sheet, data[: len(data) // 2], cast.sato)
    assert refused.value.field == "file"


def test_nobody_but_its_clerk_brings_in_a_sections_workbook(cast: Cast, sheet: Sheet) -> None:
    with pytest.raises(RuleViolation, match="担当"):
        bring_in(sheet, made(sheet.round, cast.sato, [sheet]), cast.suzuki)


def accepted(sheet: Sheet, cast: Cast) -> Sheet:
    """The rest of the way of a filled sheet."""
    sheet.refresh_from_db()
    sent = services.submit_sheet(sheet=sheet, explanations=reasons(sheet), by=cast.sato)
    services.confirm(sheet=sent, by=cast.suzuki)
    services.bundle(sheet=sent, by=cast.suzuki)
    return services.accept(sheet=sent, by=cast.takahashi)


def test_an_accepted_figure_leads_back_to_its_cell(cast: Cast, sheet: Sheet) -> None:
    filled = fill(sheet, cast)
    edit = all_of(put("実績値", 85.3), put("実績値", 2320, row=3))
    data = changed(made(filled.round, cast.sato, [filled]), edit)
    take_in(bring_in(filled, data, cast.sato, "税務課.xlsx"), cast.sato)
    fill(filled := Sheet.objects.get(pk=sheet.pk), cast, f0="85.3", f1="2,310人")
    accepted(filled, cast)
    figures = {
        figure.indicator.position: figure.citation
        for figure in Figure.objects.filter(role="actual", fiscal_year=2023, is_current=True)
    }
    first, second, *_ = [figures[position] for position in sorted(figures)]
    assert (first.document.file_name, first.place, first.quote) == (
        "税務課.xlsx",
        "シート「指標」 N2",
        "85.3",
    )
    assert first.document.text_lines[first.line - 1].startswith("税務課")
    assert second is None
