"""Kinds as files: read, written, refused with line and reason; edited by a form."""

from __future__ import annotations

import pytest

from kaikaku.core.errors import RuleViolation
from kaikaku.ledgers.editor import check, posted_sheet, sheet_of, text_of
from kaikaku.ledgers.reading import read_kind, shipped_texts
from kaikaku.ledgers.values import corporate_check_digit, read_value, show_value
from kaikaku.ledgers.writing import write_kind

KIND = """code = "cars"
name = "公用車"
title = "name"
states = { active = "使用中", sold = "売却" }
closed = ["sold"]

[[fields]]
code = "name"
label = "名称"
type = "text"
required = true

[[fields]]
code = "fuel"
label = "燃料"
type = "choice"
choices = { petrol = "ガソリン", electric = "電気" }

[[metrics]]
code = "electric"
name = "電気自動車の割合"
definition = "使用中の車のうち電気自動車の割合"
unit = "%"
expression = 'share(fuel == "electric", of=state == "active")'
"""
ISSUE = {
    "procedures",
    "contracts",
    "agreements",
    "designated_managers",
    "ppp",
    "corporations",
    "properties",
    "subsidies",
    "trainings",
    "dialogues",
    "drills",
    "generative_ai",
}


def test_every_kind_that_a_government_needs_is_shipped() -> None:
    assert set(shipped_texts()) == ISSUE


@pytest.mark.parametrize("code", sorted(ISSUE))
def test_a_shipped_kind_survives_its_file_and_its_form(code: str) -> None:
    kind = read_kind(shipped_texts()[code])
    assert kind.code == code
    assert read_kind(write_kind(kind)) == kind
    assert read_kind(text_of(sheet_of(kind))) == kind


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('name = "公用車"', "name = 公用車", 2, "読み取れません"),
        ('title = "name"', 'title = "fuel"', 3, "見出しにできません"),
        ('closed = ["sold"]', 'closed = ["gone"]', 5, "「gone」という状態はありません"),
        ('type = "text"', 'type = "string"', 10, "「string」という種類はありません"),
        ('code = "fuel"', 'code = "Fuel"', 14, "記号にできません"),
        ('code = "fuel"', 'code = "count"', 14, "式で別の意味"),
        ('code = "fuel"', 'code = "name"', 14, "「name」が2つあります"),
        ('choices = { petrol = "ガソリン", electric = "電気" }', "", 13, "選択肢は"),
        ("required = true", 'required = "はい"', 11, "true か false"),
        ("required = true", "reqired = true", 11, "「reqired」という設定はありません"),
        ('unit = "%"', 'unit = "件"', 23, "share の単位"),
        ('fuel == "electric"', 'fule == "electric"', 24, "「fuel」のことですか"),
    ],
)
def test_a_bad_kind_is_refused_with_its_line_and_reason(old: str, new: str, line: int, words: str) -> None:
    with pytest.raises(RuleViolation, match=words) as refused:
        read_kind(KIND.replace(old, new, 1))
    assert refused.value.data["line"] == line
    assert refused.value.message.startswith(f"{line}行目：")


def test_the_form_tells_the_row_and_the_box_that_is_wrong() -> None:
    sheet = sheet_of(read_kind(KIND))
    sheet.tables["fields"][1]["choices"] = ""
    assert check(sheet)[1].startswith("項目の2行目の選択肢：")


def test_a_blank_row_of_the_form_is_passed_over() -> None:
    sent = {f"fields-0-{name}": text for name, text in sheet_of(read_kind(KIND)).tables["fields"][0].items()}
    sheet = posted_sheet({**sent, "fields-7-type": "text"})
    assert [row["code"] for row in sheet.tables["fields"] if row["code"]] == ["name"]


def test_a_corporate_number_with_a_slip_of_a_digit_is_refused() -> None:
    spec = read_kind(shipped_texts()["agreements"]).by_code["partner_number"]
    good = f"{corporate_check_digit('000012050002')}000012050002"
    assert read_value(spec, good) == "7000012050002"
    with pytest.raises(RuleViolation, match="検査用数字"):
        read_value(spec, "7000012050003")


@pytest.mark.parametrize(
    ("kind", "code", "typed", "stored", "shown"),
    [
        ("contracts", "amount", "1億2,000万円", "120000000", "120,000,000"),
        ("contracts", "signed_on", "令和4年6月1日", "2022-06-01", "令和4年6月1日"),
        ("contracts", "electronic", "はい", "yes", "はい"),
        ("procedures", "analog", "書面、押印", ["seal", "paper"], "押印、書面"),
        ("corporations", "stake", "71.5", "71.5", "71.5"),
    ],
)
def test_a_value_is_kept_exactly_and_read_back(
    kind: str, code: str, typed: str, stored: object, shown: str
) -> None:
    spec = read_kind(shipped_texts()[kind]).by_code[code]
    assert read_value(spec, typed) == stored
    assert show_value(spec, stored) == shown
