"""The pages as the office, a clerk and an approver use them."""

from io import BytesIO

import docx
from django.core import mail

from kaikaku.org.models import User
from kaikaku.org.roles import Role
from kaikaku.plans import services as plans
from kaikaku.plans.entries import IndicatorFields
from kaikaku.plans.models import Edition
from kaikaku.reporting import queries, services
from kaikaku.reporting.entries import SheetEntry
from kaikaku.reporting.models import Round, Sheet
from tests.cast import Cast, person, post
from tests.conftest import assert_constant_queries
from tests.pages import Opened, Page
from tests.reporting.conftest import VALUES, YEAR, entry, make_edition, reasons, saying, submit


def at(sheet: Sheet, page: str = "") -> str:
    return f"/reports/sheets/{sheet.pk}/{page}"


def fields_of(page: Opened, form: str = "//form[@id='sheet-form']") -> dict[str, str]:
    """What a browser would send of the form as it stands."""
    data: dict[str, str] = {}
    for node in page.find(f"{form}//input[@name]|{form}//textarea|{form}//select"):
        name = node.get("name")
        if node.tag == "textarea":
            data[name] = (node.text or "").removeprefix("\n")
        elif node.tag == "select":
            chosen = node.xpath(".//option[@selected]") or node.xpath(".//option")
            data[name] = chosen[0].get("value")
        elif node.get("type") not in ("checkbox", "radio") or node.get("checked") is not None:
            data[name] = node.get("value", "on")
    return data


def typed(page: Opened, sheet: Sheet) -> dict[str, str]:
    data = fields_of(page)
    for row, text in zip(sheet.figures.order_by("indicator__position"), VALUES, strict=True):
        data[f"figure-{row.pk}-text"] = text
    done = {f"text-{part.pk}-done": "申請12手続をオンラインに移した。" for part in sheet.parts.all()}
    return {**data, **done}


def first_done(sheet: Sheet) -> str:
    """The field in which it is told what was done in the first section."""
    return f"text-{sheet.parts.all()[0].pk}-done"


def test_the_office_sees_who_is_asked_before_it_opens_a_round(cast: Cast, page: Page) -> None:
    edition = make_edition(cast)
    loose = edition.indicators.order_by("position")[0]
    loose.section = None
    loose.save()
    asked = page.post(
        "/reports/rounds/new/",
        {"edition": edition.pk, "kind": "annual", "fiscal_year": "令和5年度"},
        as_=cast.takahashi,
    )
    assert asked.says("このまま始めると、次のものは誰にも届きません")
    assert asked.says(loose.name)
    assert asked.says("税務課")
    opened = page.post(asked.address, fields_of(asked, "//form[@data-form]"))
    assert opened.h1 == "令和5年度 年度の実績照会"
    assert Round.objects.get().sheets.count() == 1


def test_the_board_shows_the_late_first_and_reminds_them_at_one_press(
    cast: Cast, round_: Round, page: Page
) -> None:
    cast.sato.email = "sato@example.jp"
    cast.sato.save()
    board = page.get(f"/reports/rounds/{round_.pk}/", as_=cast.takahashi)
    assert board.says("遅れている1所属に催促する")
    after = page.post(f"/reports/rounds/{round_.pk}/remind/")
    assert after.says("1人にメールを送りました")
    assert [letter.to for letter in mail.outbox] == [["sato@example.jp"]]
    assert "期限を過ぎています" in mail.outbox[0].body


def test_a_clerk_finds_the_sheet_fills_it_in_and_sends_it_on(cast: Cast, sheet: Sheet, page: Page) -> None:
    first = page.get("/reports/", as_=cast.sato)
    assert first.says("税務課（令和5年度の実績照会）")
    form = page.get(at(sheet, "fill/"))
    assert form.says("オンライン化を進める")
    assert form.says("71.5%")
    saved = page.post(at(sheet, "fill/"), typed(form, sheet))
    assert saved.says("保存しました")
    assert saved.says("85.2%")
    ready = page.get(at(sheet, "submit/"))
    data = fields_of(ready, "//form[@data-form]")
    why = {name: "資料で確かめた" for name in data if name.startswith("why-")}
    done = page.post(at(sheet, "submit/"), {**data, **why})
    assert done.says("提出しました")
    sheet.refresh_from_db()
    assert sheet.state == "submitted"


def test_a_value_is_kept_as_typed_and_the_page_says_what_is_wrong(
    cast: Cast, sheet: Sheet, page: Page
) -> None:
    form = page.get(at(sheet, "fill/"), as_=cast.sato)
    row = sheet.figures.order_by("indicator__position")[0]
    data = {**typed(form, sheet), f"figure-{row.pk}-text": "たくさん"}
    saved = page.post(at(sheet, "fill/"), data)
    assert saved.says("直してください")
    assert fields_of(saved)[f"figure-{row.pk}-text"] == "たくさん"
    refused = page.post(
        at(sheet, "submit/"), fields_of(page.get(at(sheet, "submit/")), "//form[@data-form]"), status=400
    )
    assert refused.says("このままでは提出できません")


def test_two_people_on_one_sheet_see_both_and_choose(cast: Cast, sheet: Sheet, page: Page) -> None:
    other = person(cast.sakura, "abe", "阿部")
    post(cast.zeimu, "主査", Role.CLERK, other)
    form = page.get(at(sheet, "fill/"), as_=cast.sato)
    services.save_sheet(sheet=sheet, entry=saying(sheet, done="阿部の文"), version=sheet.version, by=other)
    data = {**fields_of(form), first_done(sheet): "佐藤の文"}
    clash = page.post(at(sheet, "fill/"), data, status=409)
    assert clash.says("阿部さんが先に保存しています")
    chosen = {**fields_of(clash), first_done(sheet): "阿部の文"}
    saved = page.post(at(sheet, "fill/"), chosen)
    sheet.refresh_from_db()
    assert saved.status == 200
    assert sheet.parts.first().texts["done"] == "阿部の文"


def test_a_second_tab_of_ones_own_is_a_conflict_too(cast: Cast, sheet: Sheet, page: Page) -> None:
    first = page.get(at(sheet, "fill/"), as_=cast.sato)
    page.post(at(sheet, "fill/"), {**fields_of(first), "_once": "", first_done(sheet): "先の画面"})
    clash = page.post(at(sheet, "fill/"), {**fields_of(first), first_done(sheet): "後の画面"}, status=409)
    assert clash.says("別の画面であなた自身が先に保存しています")


def test_each_section_of_the_plan_has_its_own_words(cast: Cast, sheet: Sheet, page: Page) -> None:
    form = page.get(at(sheet, "fill/"), as_=cast.sato)
    parts = list(sheet.parts.all())
    told = {f"text-{part.pk}-done": f"{part.section.title}で行ったこと" for part in parts}
    page.post(at(sheet, "fill/"), {**typed(form, sheet), **told})
    read = page.get(at(sheet))
    for part in parts:
        under = read.texts(f"//section[@aria-labelledby='part-{part.pk}']")
        assert f"{part.section.title}で行ったこと" in under[0]


def test_what_is_missing_is_named_with_its_section(cast: Cast, sheet: Sheet, page: Page) -> None:
    form = page.get(at(sheet, "fill/"), as_=cast.sato)
    data = typed(form, sheet)
    last = sheet.parts.last()
    page.post(at(sheet, "fill/"), {**data, f"text-{last.pk}-done": ""})
    assert page.get(at(sheet, "submit/")).says(f"{last}：今年度に行ったこと")


def test_a_submitted_sheet_says_why_it_cannot_be_filled_in(cast: Cast, sheet: Sheet, page: Page) -> None:
    submit(sheet, cast)
    assert page.get(at(sheet, "fill/"), as_=cast.sato, status=302).address == at(sheet)
    assert page.get(at(sheet)).says("この調書は「提出済み」のため、今は書き換えられません")


def test_the_page_of_a_sheet_asks_as_often_however_many_indicators(
    cast: Cast, edition: Edition, sheet: Sheet
) -> None:
    def run() -> None:
        queries.sheet_page(cast.sato, queries.sheet_for(cast.sato, sheet.pk))

    def grow() -> None:
        for n in range(5):
            named = IndicatorFields(f"増えた指標{n}", unit="件")
            more = plans.add_indicator(edition=edition, section=None, fields=named, by=None)
            sheet.figures.create(indicator=more)

    assert_constant_queries(run, grow)


def test_nothing_to_report_is_answered_from_the_sheet(cast: Cast, sheet: Sheet, page: Page) -> None:
    answered = page.post(at(sheet, "none/"), {"reason": "所管の取組が終了したため"}, as_=cast.sato)
    assert answered.says("該当なしと回答しました")


def test_an_approver_reads_warnings_with_reasons_and_approves_many_at_once(
    cast: Cast, sheet: Sheet, page: Page, kacho: User
) -> None:
    saved = services.save_sheet(sheet=sheet, entry=_slip(sheet), version=sheet.version, by=cast.sato)
    services.submit_sheet(sheet=saved, explanations=reasons(saved), by=cast.sato)
    waiting = page.get("/reports/approvals/", as_=kacho)
    assert waiting.says("資料で確かめた")
    chosen = waiting.find("//input[@name='sheet']/@value")[0]
    after = page.post("/reports/approvals/approve/", {"sheet": chosen})
    assert after.says("税務課の調書を確認しました")
    undone = page.post(at(sheet, "undo/"))
    assert undone.says("直前の手続を取り消しました")


def _slip(sheet: Sheet) -> SheetEntry:
    return entry(sheet, f1="23,100人")


def test_the_second_of_two_approvers_gets_a_clear_sentence(
    cast: Cast, sheet: Sheet, page: Page, kacho: User
) -> None:
    submit(sheet, cast)
    chosen = page.get("/reports/approvals/", as_=kacho).find("//input[@name='sheet']/@value")[0]
    services.confirm(sheet=sheet, by=cast.suzuki)
    second = page.post("/reports/approvals/approve/", {"sheet": chosen})
    assert second.says("鈴木さんの「確認する」で、すでに「所属長確認済み」になっています")


def test_an_approver_returns_one_with_a_reason_that_the_clerk_reads(
    cast: Cast, sheet: Sheet, page: Page
) -> None:
    submit(sheet, cast)
    page.post(at(sheet, "return/"), {"reason": "2つ目の値を確かめてください"}, as_=cast.suzuki)
    read = page.get(at(sheet), as_=cast.sato)
    assert read.says("鈴木さんから差し戻されました")
    assert read.says("2つ目の値を確かめてください")


def test_what_has_changed_since_the_last_look_is_shown(cast: Cast, sheet: Sheet, page: Page) -> None:
    submit(sheet, cast)
    services.return_sheet(sheet=sheet, reason="確かめてください", by=cast.suzuki)
    sheet.refresh_from_db()
    again = saying(sheet, issues="窓口と電話の周知")
    saved = services.save_sheet(sheet=sheet, entry=again, version=sheet.version, by=cast.sato)
    services.submit_sheet(sheet=saved, explanations=reasons(saved), by=cast.sato)
    shown = page.get("/reports/approvals/", as_=cast.suzuki)
    assert shown.texts("//ins")


def test_a_comment_and_the_exception_to_a_deadline_are_on_the_sheet(
    cast: Cast, sheet: Sheet, page: Page
) -> None:
    page.post(at(sheet, "comment/"), {"text": "定義を確かめたい", "indicator": ""}, as_=cast.suzuki)
    page.post(
        at(sheet, "extend/"),
        {"due": "令和6年5月20日", "reason": "統計の公表が遅れるため"},
        as_=cast.takahashi,
    )
    read = page.get(at(sheet), as_=cast.sato)
    assert read.says("定義を確かめたい")
    assert read.says("令和6年5月20日")


def test_the_sheet_prints_as_the_office_knows_it(cast: Cast, sheet: Sheet, page: Page) -> None:
    submit(sheet, cast)
    paper = page.get(at(sheet, "print/"), as_=cast.takahashi)
    assert paper.h1 == "進捗管理調書（令和5年度）"
    assert paper.says("申請12手続をオンラインに移した。")


def test_the_sheet_is_handed_out_as_pdf_and_word(cast: Cast, sheet: Sheet, page: Page) -> None:
    submit(sheet, cast)
    paper = page.get(at(sheet, "paper.pdf"), as_=cast.sato).response
    assert paper.content.startswith(b"%PDF-")
    file = docx.Document(BytesIO(page.get(at(sheet, "paper.docx")).response.content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    assert "85.2%" in cells
    assert "85.0%" in cells


def test_another_section_is_told_whose_sheet_it_is(cast: Cast, sheet: Sheet, page: Page) -> None:
    other = person(cast.sakura, "abe", "阿部")
    post(cast.gyokaku, "主事", Role.CLERK, other)
    refused = page.get(at(sheet), as_=other, status=403)
    assert refused.says("「税務課」のものです")
    page.get(at(sheet), as_=cast.tanaka, status=404)


def test_the_main_row_counts_what_waits(cast: Cast, sheet: Sheet, page: Page) -> None:
    opened = page.get("/reports/", as_=cast.sato)
    assert "1" in opened.texts("//nav[@class='places wide-only']//a[@href='/reports/']")[0]
    assert sheet.round.fiscal_year == YEAR
