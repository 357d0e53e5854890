"""Open data: the tables keep the machine-readability rules and say what the dataset says."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.writers.printing import contents, sha256
from tests.writers.sample_dataset import figure, sample

from kaikaku.core.readability import plain_characters
from kaikaku.writers.book import open_book
from kaikaku.writers.dataset import EditionDataset
from kaikaku.writers.dcat import PDL, Offer, catalog
from kaikaku.writers.opendata import parts_of, table_csv
from kaikaku.writers.opendata_columns import CODES, TABLES, Table

BY_NAME = {table.name: table for table in TABLES}


def read(dataset: EditionDataset, name: str) -> list[dict[str, str]]:
    book = open_book(dataset)
    figures = (parts_of(book, one).csv for one in dataset.indicators)
    chunks = table_csv(book, BY_NAME[name], figures=figures)
    text = "".join(part if isinstance(part, str) else part.decode() for part in chunks)
    return list(csv.DictReader(io.StringIO(text, newline="")))


def cells(table: Table) -> Iterator[tuple[str, str, str]]:
    for row in read(sample(), table.name):
        for column in table.columns:
            yield column.name, column.kind, row[column.name]


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_every_row_has_every_column_once_and_names_are_unique(table: Table) -> None:
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    for row in read(sample(), table.name):
        assert list(row) == names


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_a_cell_is_one_line_without_layout_blanks(table: Table) -> None:
    for name, _, text in cells(table):
        assert not re.search(r"[\r\n\t]|\s\s|^\s|\s$", text), (name, text)


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_what_is_required_is_there(table: Table) -> None:
    required = {column.name for column in table.columns if column.required}
    missing = [name for name, _, text in cells(table) if name in required and not text]
    assert not missing


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_numbers_years_and_dates_are_nothing_else(table: Table) -> None:
    forms = {
        "number": r"-?\d+(\.\d+)?",
        "integer": r"\d+",
        "year": r"(19|20|21)\d\d",
        "date": r"\d{4}-\d\d-\d\d",
    }
    for name, kind, text in cells(table):
        assert not text or kind not in forms or re.fullmatch(forms[kind], text), (name, text)


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_field_names_are_english_and_explained(table: Table) -> None:
    for column in table.columns:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", column.name)
        assert column.title
        assert column.words.endswith("。")


def test_every_code_that_is_used_is_in_the_code_table() -> None:
    known = {(row["column_name"], row["code"]) for row in read(sample(), "codes")}
    for row in read(sample(), "figures"):
        for column in ("role", "status", "formula", "grade_code"):
            assert not row[column] or (column, row[column]) in known, (column, row[column])
    assert len({(column, code) for column, code, *_ in CODES}) == len(CODES)


def test_a_figure_is_one_row_with_its_unit_and_both_years() -> None:
    rows = [
        row
        for row in read(sample(), "figures")
        if row["indicator_id"] == "savings" and row["role"] == "target"
    ]
    assert len(rows) == 1
    assert (rows[0]["value"], rows[0]["unit"], rows[0]["value_text"]) == (
        "12000000000",
        "円",
        "120億円 (R3~R6年度累計)",
    )
    assert (rows[0]["fiscal_year"], rows[0]["fiscal_year_era"], rows[0]["cumulative_from"]) == (
        "2024",
        "令和6年度",
        "2021",
    )


def test_unknown_is_blank_with_a_reason_and_zero_is_zero() -> None:
    rows = read(sample(), "figures")
    unknown = next(
        r
        for r in rows
        if r["indicator_id"] == "patient-satisfaction" and r["value"] == "" and r["role"] == "actual"
    )
    assert unknown["missing_reason"] == "新型コロナウイルス感染症のため調査を中止した"
    zero = next(r for r in rows if r["role"] == "baseline" and r["value"] == "0")
    assert zero["missing_reason"] == ""


def test_a_negative_rate_keeps_its_sign_and_all_its_digits() -> None:
    row = next(
        r
        for r in read(sample(), "figures")
        if r["indicator_id"] == "tax-arrears" and r["role"] == "achievement_rate"
    )
    assert (row["value"], row["value_text"], row["grade_code"]) == ("-65.3846153846", "△65.4", "D")


def test_the_rate_against_the_final_target_carries_no_grade() -> None:
    rows = [r for r in read(sample(), "figures") if r["role"] == "final_achievement_rate"]
    assert [(r["value"], r["grade_code"], r["target_fiscal_year"]) for r in rows] == [
        ("71.0659898477", "", "")
    ]


def test_iwates_table_is_there_to_the_digit() -> None:
    rows = [r for r in read(sample(), "tallies") if r["section_id"] == "all"]
    assert [(r["grade_label"], r["indicator_count"], r["share_percent"]) for r in rows] == [
        ("達成【A】", "36", "63.2"),
        ("概ね達成【B】", "13", "22.8"),
        ("やや遅れ【C】", "1", "1.7"),
        ("遅れ【D】", "5", "8.8"),
        ("測定不能", "2", "3.5"),
    ]


def test_a_cross_listed_indicator_is_one_row_and_says_where_else_it_stands() -> None:
    rows = [r for r in read(sample(), "indicators") if r["cross_listed_in"]]
    assert [(r["section_id"], r["cross_listed_in"]) for r in rows] == [("s2-1", "s4-2")]


def test_commas_quotes_and_breaks_survive() -> None:
    odd = replace(sample().indicators[0], name='「A,B」と"C"\nの　割合')
    row = read(replace(sample(), indicators=(odd,), lists=()), "figures")[0]
    assert row["indicator_name"] == '「A,B」と"C" の 割合'


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("①と⑳", "(1)と(20)"),
        ("㈱山形", "(株)山形"),
        ("Ⅱ期", "II期"),
        ("100㎡", "100m2"),
        ("ｱｲﾅ", "アイナ"),
        ("髙﨑", "髙﨑"),
        ("❷㌧", "(2)トン"),
    ],
)
def test_machine_bound_characters_are_spelled_out(text: str, plain: str) -> None:
    assert plain_characters(text) == plain


def test_the_same_table_comes_with_and_without_bom(printed: Path) -> None:
    for table in TABLES:
        plain = (printed / f"data/{table.name}.csv").read_bytes()
        assert not plain.startswith(b"\xef\xbb\xbf")
        assert (printed / f"data/{table.name}-excel.csv").read_bytes() == b"\xef\xbb\xbf" + plain


def test_json_tables_hold_the_same_records(printed: Path) -> None:
    for table in TABLES:
        if table.name == "figures":
            continue
        records = json.loads((printed / f"data/{table.name}.json").read_bytes())
        assert records == [{k: v or None for k, v in row.items()} for row in read(sample(), table.name)]


def test_the_frozen_dataset_is_read_back_equal(printed: Path) -> None:
    assert EditionDataset.from_json((printed / "dataset.json").read_bytes()) == sample()


def test_the_data_beside_an_indicator_are_its_own(printed: Path) -> None:
    text = (printed / "indicators/savings.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["indicator_id"] for row in rows} == {"savings"}
    told = json.loads((printed / "indicators/savings.json").read_bytes())
    assert [one["id"] for one in told["indicators"]] == ["savings"]
    assert told["about"][0] == "みほん県"


def test_the_data_beside_a_pillar_are_all_of_its_indicators(printed: Path) -> None:
    told = json.loads((printed / "sections/s4.json").read_bytes())
    assert [one["id"] for one in told["indicators"]] == [
        "savings", "tax-arrears", "patient-satisfaction", "doctors", "not-yet",
    ]  # fmt: skip


def test_a_code_like_number_keeps_its_zeros() -> None:
    row = read(replace(sample(), organisation_code="030007"), "figures")[0]
    assert row["organisation_code"] == "030007"


def test_an_upper_limit_has_a_column_of_its_own() -> None:
    one = replace(
        sample().indicators[0], figures=(figure("target", 2020, "35", "%", upper=Decimal(40)),), results=()
    )
    row = read(replace(sample(), indicators=(one,), lists=()), "figures")[0]
    assert (row["value"], row["value_upper"]) == ("35", "40")


# --- DCAT ---------------------------------------------------------------------------------------------------


def described(printed: Path) -> dict[str, object]:
    told: dict[str, object] = json.loads((printed / "data/dcat.jsonld").read_bytes())
    return told


def test_the_catalog_and_its_dataset_have_what_dcat_goj_requires(printed: Path) -> None:
    whole = described(printed)
    dataset = whole["dcat:dataset"][0]  # type: ignore[index]
    for one in (whole, dataset):
        for name in ("dct:identifier", "dct:title", "dct:description", "dct:publisher"):
            assert one[name], name
    for name in ("dcat:keyword", "dct:spatial", "dct:temporal", "dcat:contactPoint", "dct:modified"):
        assert dataset[name], name


def test_every_file_is_described_with_its_size_and_hash(printed: Path) -> None:
    files = contents(printed)
    offers = described(printed)["dcat:dataset"][0]["dcat:distribution"]  # type: ignore[index]
    for one in offers:
        path = one["dcat:downloadURL"]["@id"].removeprefix("../")
        assert one["dcat:byteSize"] == len(files[path])
        assert one["spdx:checksum"]["spdx:checksumValue"] == sha256(files[path])
        for name in ("dct:title", "dct:description", "dct:modified", "dcat:accessURL", "dct:license"):
            assert one[name], name
    offered = {one["dcat:downloadURL"]["@id"].removeprefix("../") for one in offers}
    assert {path for path in files if path.startswith("data/") and path.endswith((".csv", ".xml"))} <= offered


def test_an_erratum_moves_the_date_of_the_last_change(printed: Path) -> None:
    dataset = described(printed)["dcat:dataset"][0]  # type: ignore[index]
    assert dataset["dct:issued"]["@value"] == "2021-09-10"
    assert dataset["dct:modified"]["@value"] == "2021-11-05"


def test_with_an_address_every_link_is_whole() -> None:
    offer = Offer("data/figures.csv", "数値", "数値です。", 1, "00")
    told = json.loads(catalog(open_book(sample()), [offer], address="https://www.example.lg.jp/plan/"))
    one = told["dcat:dataset"][0]["dcat:distribution"][0]
    assert one["dcat:downloadURL"]["@id"] == "https://www.example.lg.jp/plan/data/figures.csv"
    assert one["dct:license"] == {"@id": PDL}


def test_another_licence_is_told_in_words() -> None:
    offer = Offer("data/figures.csv", "数値", "数値です。", 1, "00")
    mine = replace(sample(), licence="本県の利用規約", published_on=date(2026, 5, 29))
    one = json.loads(catalog(open_book(mine), [offer]))["dcat:dataset"][0]["dcat:distribution"][0]
    assert one["dct:license"]["@value"] == "本県の利用規約"


def test_overall_ratings_stand_with_the_sections(printed: Path) -> None:
    rows = {row["section_id"]: row for row in json.loads((printed / "data/sections.json").read_bytes())}
    four = rows["s4"]
    assert (four["overall_automatic"], four["overall_rating"]) == ("やや遅れ", "概ね順調")
    assert four["overall_reason"] == "感染症の影響を除くと、目標の水準にあるため。"
    assert (rows["s3"]["overall_outcome"], rows["s3"]["overall_output"]) == ("やや遅れ", "順調")
    assert rows["s4-1"]["overall_rating"] is None
