"""`kaikaku number | year | shares`."""

import json

import pytest

from kaikaku.cli import main


def test_a_number_is_told_in_its_base_unit(capsys) -> None:
    assert main(["number", "△1,743億円"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["value"], told["unit"]) == ("-174300000000", "円")


def test_qualifiers_and_window_are_told(capsys) -> None:
    main(["number", "約120億円 (R3~R6年度累計)"])
    told = json.loads(capsys.readouterr().out)
    assert told["qualifiers"] == ["約"]
    assert (told["cumulative_from"], told["fiscal_year"]) == (2021, 2024)


def test_a_dash_has_no_value_but_a_reason(capsys) -> None:
    assert main(["number", "—"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["value"] is None
    assert told["reason"]


def test_what_is_no_number_is_refused_with_what_to_do(capsys) -> None:
    assert main(["number", "やまだ"]) == 1
    assert "入力してください" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "year"),
    [("平成32年度", 2020), ("令和8年度", 2026), ("R元", 2019), ("2023.9.15", 2023), ("令和6年3月31日", 2023)],
)
def test_a_year_is_told_as_the_western_fiscal_year(capsys, text: str, year: int) -> None:
    assert main(["year", text]) == 0
    assert capsys.readouterr().out.strip() == str(year)


def test_shares_add_to_a_hundred_as_iwate_prints_them(capsys) -> None:
    assert main(["shares", "36", "13", "1", "5", "2"]) == 0
    assert capsys.readouterr().out.strip() == "63.2 22.8 1.7 8.8 3.5"


def test_shares_may_be_left_as_rounding_gives_them(capsys) -> None:
    main(["shares", "36", "13", "1", "5", "2", "--method", "none"])
    assert capsys.readouterr().out.strip() == "63.2 22.8 1.8 8.8 3.5"


def test_wrong_usage_exits_with_two() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["shares", "三十六"])
    assert stopped.value.code == 2
