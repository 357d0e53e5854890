"""Fields read what people write, and say what they cannot read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from kaikaku.ui.fields import DayField, FiscalYearField, QuantityField, UploadField


def refusal(field: forms.Field, value: object) -> str:
    with pytest.raises(ValidationError) as caught:
        field.clean(value)
    return " ".join(caught.value.messages)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1,743", 1743),
        ("１，７４３", 1743),
        ("75.6億", 7_560_000_000),
        ("75.6億円", 7_560_000_000),
        ("△500万", -5_000_000),
        ("▲3", -3),
        ("0", 0),
    ],
)
def test_a_quantity_is_read_as_people_write_it(typed: str, value: int) -> None:
    assert QuantityField(unit="円", label="実績値").clean(typed).value == Decimal(value)


def test_a_quantity_keeps_what_was_typed() -> None:
    assert QuantityField(unit="円", label="実績値").clean("７５.６億").raw == "７５.６億"


def test_an_empty_quantity_is_unknown_not_zero() -> None:
    assert QuantityField(label="実績値", required=False).clean("") is None


def test_a_letter_for_a_digit_is_refused_with_an_example() -> None:
    said = refusal(QuantityField(unit="%", label="実績値"), "1OO%")
    assert said.startswith("「1OO%」を数値として読み取れません。")
    assert "例：" in said


def test_a_unit_of_something_else_is_refused_by_name() -> None:
    said = refusal(QuantityField(unit="人", label="採用者数"), "12円")
    assert "「円」" in said
    assert "採用者数は「人」で" in said


def test_a_word_for_no_value_is_taken_only_where_it_may_stand() -> None:
    taken = QuantityField(unit="人", label="実績値", blank_reasons=True).clean("集計中")
    assert taken.value is None
    assert taken.reason
    assert "読み取れません" in refusal(QuantityField(unit="人", label="実績値"), "集計中")


def test_a_quantity_says_large_numbers_in_both_ways() -> None:
    assert QuantityField(unit="円", label="額").understood("75.6億") == "7,560,000,000円（75.6億円）"


def test_a_small_quantity_is_said_once() -> None:
    assert QuantityField(unit="%", label="率").understood("７１.５") == "71.5%"


def test_what_cannot_be_read_is_not_understood() -> None:
    assert QuantityField(unit="円", label="額").understood("多い") == ""


@pytest.mark.parametrize("typed", ["令和8年度", "R8", "Ｒ８", "2026", "２０２６年度", "令和８年"])
def test_a_fiscal_year_is_read_in_era_and_western_form(typed: str) -> None:
    assert FiscalYearField(label="年度").clean(typed) == 2026


def test_a_bare_small_number_is_not_guessed_to_be_a_year() -> None:
    assert "令和8年度、R8、2026" in refusal(FiscalYearField(label="年度"), "8")


def test_a_stored_year_is_shown_in_the_era() -> None:
    assert FiscalYearField(label="年度").prepare_value(2026) == "令和8年度"


@pytest.mark.parametrize(
    "typed", ["令和8年5月29日", "R8.5.29", "2026-05-29", "2026/5/29", "令和８年５月２９日"]
)
def test_a_day_is_read_in_its_usual_forms(typed: str) -> None:
    assert DayField(label="公表日").clean(typed) == date(2026, 5, 29)


def test_a_day_that_does_not_exist_is_refused() -> None:
    assert "「令和8年2月30日」を日付として" in refusal(DayField(label="公表日"), "令和8年2月30日")


def test_an_upload_of_another_kind_is_refused_with_the_kinds_that_go() -> None:
    field = UploadField(endings=(".pdf", ".xlsx"), label="資料")
    said = refusal(field, SimpleUploadedFile("報告.jtd", b"x"))
    assert said == "「報告.jtd」は扱えない種類です。PDF、XLSXのどれかで保存し直してください。"


def test_an_upload_that_is_too_large_is_refused_with_the_limit() -> None:
    field = UploadField(endings=(".pdf",), largest_mb=1, label="資料")
    large = SimpleUploadedFile("a.pdf", b"x" * (1024 * 1024 + 1))
    assert "1MBを超えています" in refusal(field, large)


def test_an_upload_of_a_stated_kind_is_taken_whatever_the_case_of_its_ending() -> None:
    field = UploadField(endings=(".pdf",), label="資料")
    assert field.clean(SimpleUploadedFile("A.PDF", b"x")).name == "A.PDF"
