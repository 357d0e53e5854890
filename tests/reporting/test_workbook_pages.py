"""The pages of a workbook: as a clerk and as the office meet them."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kaikaku.reporting import services
from kaikaku.reporting.models import Handout, Round, Sheet, Upload
from kaikaku.reporting.queries import workbooks
from tests.cast import Cast, department
from tests.conftest import assert_constant_queries
from tests.pages import Opened, Page
from tests.reporting.conftest import fill, submit
from tests.reporting.workbooks import all_of, bring_in, changed, made, put, review


def send(page: Page, url: str, data: bytes, as_: Any, *, status: int = 200) -> Opened:
    """Choose the file on the page and press the button."""
    token = page.get(url, as_=as_).find("//input[@name='_once']/@value")[0]
    file = SimpleUploadedFile("調書.xlsx", data)
    return page.post(url, {"file": file, "_once": token}, status=status)


def test_a_clerk_gets_the_workbook_fills_it_in_and_takes_it_back(
    cast: Cast, page: Page, sheet: Sheet
) -> None:
    opened = page.get(reverse("reporting:sheet", args=[sheet.pk]), as_=cast.sato)
    here = next(a for a in opened.find("//a/@href") if a.endswith("/workbook/"))
    link = next(a for a in page.get(here).find("//a/@href") if a.endswith(".xlsx"))
    answer = page.client.get(link)
    assert "attachment" in answer.headers["Content-Disposition"]
    shown = send(page, here, changed(answer.content, put("実績値", 85.2)), cast.sato)
    assert shown.h1 == "取り込む内容を確かめる：税務課"
    assert shown.texts("//table//td[@data-label]") == ["（空欄）", "85.2読み取り：85.2%"]
    done = page.post(shown.address, {"version": shown.find("//input[@name='version']/@value")[0]})
    assert done.says("税務課の調書に、1か所を取り込みました。まだ提出されていません。")
    assert sheet.figures.order_by("indicator__position")[0].text == "85.2"


def test_the_review_survives_a_reload_and_says_what_was_taken(cast: Cast, page: Page, sheet: Sheet) -> None:
    upload = bring_in(sheet, changed(made(sheet.round, cast.sato, [sheet]), put("実績値", 85.2)), cast.sato)
    url = reverse("reporting:sheet_upload", args=[sheet.pk, upload.pk])
    first = page.get(url, as_=cast.sato)
    assert page.get(url).words == first.words
    page.post(url, {"version": "1"})
    assert page.get(url).says("取り込み済みです")
    assert page.get(url).texts("//table//td[@data-label]") == ["（空欄）", "85.2読み取り：85.2%"]


def test_a_file_that_is_no_workbook_is_told_on_its_field(cast: Cast, page: Page, sheet: Sheet) -> None:
    url = reverse("reporting:sheet_workbook", args=[sheet.pk])
    shown = send(page, url, b"not a workbook", cast.sato, status=400)
    assert len(shown.errors) == 1
    assert not Upload.objects.exists()


def test_a_refused_part_offers_no_button_and_says_all_or_nothing(
    cast: Cast, page: Page, sheet: Sheet
) -> None:
    edit = all_of(put("実績値", "—"), put("実績値", 2310, row=3))
    upload = bring_in(sheet, changed(made(sheet.round, cast.sato, [sheet]), edit), cast.sato)
    shown = page.get(reverse("reporting:sheet_upload", args=[sheet.pk, upload.pk]), as_=cast.sato)
    assert shown.says("1か所でも直すところがあると、この調書の内容はどれも取り込みません。")
    assert shown.find("//main//button") == []


def test_where_two_have_changed_a_cell_one_is_chosen_on_the_page(
    cast: Cast, page: Page, sheet: Sheet
) -> None:
    filled = fill(sheet, cast)
    data = made(filled.round, cast.sato, [filled])
    fill(filled, cast, f0="86.0%")
    upload = bring_in(filled, changed(data, put("実績値", 84)), cast.sato)
    url = reverse("reporting:sheet_upload", args=[sheet.pk, upload.pk])
    shown = page.get(url, as_=cast.sato)
    name = shown.find("//input[@type='radio']/@name")[0]
    version = shown.find("//input[@name='version']/@value")[0]
    again = page.post(url, {"version": version}, status=400)
    assert again.errors
    page.post(url, {"version": version, name: "mine"})
    assert sheet.figures.order_by("indicator__position")[0].text == "84"


def test_no_value_breaks_within_its_digits(cast: Cast, page: Page, sheet: Sheet) -> None:
    filled = fill(sheet, cast, f2="3.03億円")
    data = changed(made(filled.round, cast.sato, [filled]), put("実績値", "1,303,000,000円", row=4))
    upload = bring_in(filled, data, cast.sato)
    shown = page.get(reverse("reporting:sheet_upload", args=[sheet.pk, upload.pk]), as_=cast.sato)
    quantities = ["3.03億円", "3億300万円", "1,303,000,000円", "13億300万円"]
    assert shown.texts("//td//span[@class='nowrap']") == quantities


def test_a_change_between_looking_and_pressing_is_told_and_shown(
    cast: Cast, page: Page, sheet: Sheet
) -> None:
    filled = fill(sheet, cast)
    upload = bring_in(filled, changed(made(filled.round, cast.sato, [filled]), put("実績値", 84)), cast.sato)
    url = reverse("reporting:sheet_upload", args=[sheet.pk, upload.pk])
    version = page.get(url, as_=cast.sato).find("//input[@name='version']/@value")[0]
    fill(filled, cast, f1="2,320人")
    refused = page.post(url, {"version": version}, status=400)
    assert "「税務課」の調書を変更しました。何も取り込んでいません" in refused.errors[0]
    again = refused.find("//input[@name='version']/@value")[0]
    assert again != version
    page.post(url, {"version": again})
    texts = list(sheet.figures.order_by("indicator__position").values_list("text", flat=True))
    assert texts[:2] == ["84", "2,320人"]


def test_the_office_sees_every_section_and_takes_in_what_it_ticks(
    cast: Cast, page: Page, round_: Round, sheet: Sheet
) -> None:
    data = changed(made(round_, cast.takahashi), put("実績値", 85.2))
    here = reverse("reporting:round_workbook", args=[round_.pk])
    shown = send(page, here, data, cast.takahashi)
    ticked = shown.find("//input[@type='checkbox'][@checked]/@value")
    assert ticked == [f"{sheet.pk}:1"]
    assert page.post(shown.address, {}, status=400).errors
    done = page.post(shown.address, {"sheet": ticked})
    assert done.says("税務課の調書に、1か所を取り込みました")
    assert done.says("取り込み済み")


def test_a_sheet_sent_on_meanwhile_is_refused_alone(
    cast: Cast, page: Page, round_: Round, sheet: Sheet
) -> None:
    other = Sheet.objects.create(round=round_, department=cast.gyokaku)
    contact = put("今回の記入内容", "内線1234", page="記入内容", row=_row_of(round_, "行政改革課"))
    data = changed(made(round_, cast.takahashi), all_of(put("実績値", 85.2), contact))
    upload = services.receive(round_=round_, name="全所属.xlsx", data=data, by=cast.takahashi)
    submit(sheet, cast)
    url = reverse("reporting:round_upload", args=[round_.pk, upload.pk])
    shown = page.get(url, as_=cast.takahashi)
    assert shown.find("//input[@type='checkbox']/@value") == [f"{other.pk}:1"]
    assert shown.says("提出済みです。直すときは、提出の取消しか差戻しの後に、もう一度取り込んでください。")


def _row_of(round_: Round, department_: str) -> int:
    """The row of a department's first text."""
    rows = [form.block for form in workbooks.forms_of(round_, workbooks.sheets_of(round_))]
    before = sum(len(b.texts) for b in rows[: [b.department for b in rows].index(department_)])
    return before + 2


def test_handing_out_twice_keeps_one_base_a_version(cast: Cast, page: Page, sheet: Sheet) -> None:
    url = reverse("reporting:sheet_workbook_file", args=[sheet.pk])
    for _ in range(2):
        page.get(url, as_=cast.sato)
    assert Handout.objects.filter(sheet=sheet).count() == 1


def test_a_closed_round_takes_no_workbook(cast: Cast, page: Page, sheet: Sheet) -> None:
    services.close_round(round_=sheet.round, by=cast.takahashi, reason="締切り")
    shown = page.get(reverse("reporting:sheet_workbook", args=[sheet.pk]), as_=cast.sato)
    assert shown.find("//input[@type='file']") == []
    assert shown.says("締切済みのため、今は取り込めません")


def more_sections(cast: Cast, round_: Round) -> None:
    for number in range(4):
        here = department(cast.sakura, f"第{number}課", cast.somu)
        Sheet.objects.create(round=round_, department=here)


def test_a_page_of_many_sections_asks_as_often_as_one_of_few(
    cast: Cast, page: Page, round_: Round, sheet: Sheet
) -> None:
    def bring() -> None:
        data = made(round_, cast.takahashi)
        upload = services.receive(round_=round_, name="a.xlsx", data=data, by=cast.takahashi)
        shown[:] = [reverse("reporting:round_upload", args=[round_.pk, upload.pk])]

    def grow() -> None:
        more_sections(cast, round_)
        bring()

    shown: list[str] = []
    bring()
    assert_constant_queries(lambda: page.get(shown[0], as_=cast.takahashi), grow)


def test_making_and_reading_a_workbook_asks_as_often_however_many_sections(
    cast: Cast, round_: Round, sheet: Sheet
) -> None:
    def run() -> None:
        data = changed(made(round_, cast.takahashi), put("実績値", next(values)))
        services.receive(round_=round_, name="a.xlsx", data=data, by=cast.takahashi)

    values = count(80)
    assert_constant_queries(run, lambda: more_sections(cast, round_))


def test_what_went_in_can_be_read_again_in_its_file(cast: Cast, page: Page, sheet: Sheet) -> None:
    upload = bring_in(sheet, changed(made(sheet.round, cast.sato, [sheet]), put("実績値", 85.2)), cast.sato)
    services.apply(upload=upload, chosen={sheet.pk: review(upload)[1].version}, by=cast.sato)
    shown = page.get(reverse("reporting:sheet", args=[sheet.pk]), as_=cast.sato)
    link = next(a for a in shown.find("//section[@id='evidence']//a/@href"))
    assert page.get(link).says("85.2")
