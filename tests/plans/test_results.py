"""Rates and grades from stored facts, held against the figures of domain.md §1."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kaikaku.core.indicators import Formula
from kaikaku.core.ratings import SCHEMES
from kaikaku.plans import results, shown
from kaikaku.plans.entries import FigureFields
from kaikaku.plans.facts import FigureFacts, IndicatorFacts, PastLine, SectionFacts
from kaikaku.plans.figures import Known, figure_values
from tests.plans import yamagata

IWATE = SCHEMES["iwate"]


def facts(key: int, name: str, unit: str, fields: tuple[FigureFields, ...]) -> IndicatorFacts:
    """An indicator as it would come back from the database."""
    window = next((2021 for f in fields if "R3~" in f.text), None)
    known = Known(name, unit, "cumulative" if window else "", window)
    figures = []
    for place, given in enumerate(fields):
        values = figure_values(known, given)
        values.pop("citation")
        values["qualifiers"] = tuple(values["qualifiers"])
        figures.append(FigureFacts(key=key * 10 + place, **values))
    return IndicatorFacts(
        key,
        f"i{key}",
        name,
        unit=unit,
        direction="up",
        accumulation=known.accumulation,
        figures=tuple(figures),
    )


def seven() -> list[IndicatorFacts]:
    return [
        facts(key, name, unit, yamagata.figures(baseline, target, actual))
        for key, (name, unit, _, baseline, target, actual) in enumerate(yamagata.INDICATORS, 1)
    ]


@pytest.mark.parametrize(
    ("key", "rate", "formula", "target_year", "grade"),
    [
        (1, "71.1", Formula.FROM_BASELINE, 2024, "C"),
        (2, "78.6", Formula.FROM_BASELINE, 2024, "C"),
        (3, "63.0", Formula.CUMULATIVE, 2024, "C"),
        (4, "91.3", Formula.CUMULATIVE, 2024, "B"),
        (5, "83.6", Formula.FROM_BASELINE, 2025, "B"),
        (6, "488.2", Formula.FROM_BASELINE, 2024, "A"),
        (7, "293.8", Formula.FROM_BASELINE, 2024, "A"),
    ],
)
def test_the_seven_indicators_of_yamagata_are_rated(
    key: int, rate: str, formula: Formula, target_year: int, grade: str
) -> None:
    result = results.rate_all(seven(), fiscal_year=2022, scheme=IWATE)[key]
    assert result.rate_shown == rate
    assert result.achievement.formula is formula
    assert result.achievement.target_year == target_year
    assert result.band is not None
    assert result.band.code == grade


def test_a_ratio_as_the_editions_formula_turns_the_disaster_wardens_from_c_to_b() -> None:
    by_ratio = replace(IWATE, formula=Formula.RATIO)
    flips = results.preview(seven(), fiscal_year=2022, old=IWATE, new=by_ratio)
    wardens = next(flip for flip in flips if flip.id == "i2")
    assert wardens.sentence == (
        "防災士の認証登録者数：基準値比 78.6% やや遅れ【C】 → 目標比 93.0% 概ね達成【B】"
    )


def test_the_expected_path_halfway_counts_double() -> None:
    shizuoka = SCHEMES["shizuoka"]
    online = results.rate_all(seven(), fiscal_year=2022, scheme=shizuoka)[1]
    assert online.rate_shown == "142.1"


def test_a_target_of_the_year_goes_before_the_final_one_and_both_rates_are_kept() -> None:
    online = seven()[0]
    year_target = replace(online.figures[1], key=99, fiscal_year=2022, value=Decimal(60), text="60%")
    result = results.rate_indicator(
        replace(online, figures=(*online.figures, year_target)), fiscal_year=2022, scheme=IWATE
    )
    assert (result.rate_shown, result.final_rate_shown) == ("119.7", "71.1")


def test_what_could_not_be_measured_is_a_result_of_its_own() -> None:
    online = seven()[0]
    cancelled = replace(online.figures[2], value=None, text="－", reason="survey_cancelled")
    result = results.rate_indicator(
        replace(online, figures=(*online.figures[:2], cancelled)), fiscal_year=2022, scheme=IWATE
    )
    assert result.band is IWATE.not_measurable
    assert result.reason == "調査が中止されたため、測定できません。"


def test_a_dash_in_place_of_an_actual_is_still_to_come_not_unmeasurable() -> None:
    online = seven()[0]
    dash = replace(online.figures[2], value=None, text="—", reason="dash")
    result = results.rate_indicator(
        replace(online, figures=(*online.figures[:2], dash)), fiscal_year=2022, scheme=IWATE
    )
    assert result.band is None
    assert result.is_counted


def test_an_external_factor_marks_and_does_not_change_the_grade() -> None:
    plain, marked = seven()[1], replace(seven()[1], external_factor="新型コロナウイルス感染症")
    both = [results.rate_indicator(i, fiscal_year=2022, scheme=IWATE) for i in (plain, marked)]
    assert both[0].band is both[1].band


def test_the_summary_counts_each_pillar_and_closes_its_shares() -> None:
    rated = results.rate_all(seven(), fiscal_year=2022, scheme=IWATE)
    tops = {key: 1 + pillar for key, (_, _, pillar, *_) in enumerate(yamagata.INDICATORS, 1)}
    counted = results.tally_results(rated, tops, scheme=IWATE)
    sections = [
        SectionFacts(k, f"s{k}", None, k, 1, number, title)
        for k, (number, title) in enumerate(yamagata.PILLARS, 1)
    ]
    table = shown.tally(counted, sections, fiscal_year=2022)
    assert [(row.label[:4], row.counts) for row in table.rows] == [
        ("県民の視", (0, 0, 2, 0, 0)),
        ("リスクに", (0, 1, 1, 0, 0)),
        ("県政運営", (2, 1, 0, 0, 0)),
        ("全体", (2, 2, 3, 0, 0)),
    ]
    assert sum(table.rows[-1].shares) == Decimal("100.0")


def test_the_printed_table_of_iwate_comes_out_to_the_digit() -> None:
    lines = [
        PastLine(key, 2020, f.number, f.label, f.total, f.counts, f.printed_shares, is_total=f.is_total)
        for key, f in enumerate(yamagata.iwate_lines(), 1)
    ]
    table = shown.past_tally(results.tally_past(lines, scheme=IWATE), lines, codes={})
    assert [[str(share) for share in row.shares] for row in table.rows] == [
        shares.split() for *_, shares in yamagata.IWATE
    ]
    assert (table.at_least_count, str(table.at_least_share)) == (49, "86.0")
    assert not table.computed


def test_a_value_is_padded_to_the_places_its_indicator_wants_and_never_cut() -> None:
    [target] = [f for f in seven()[0].figures if f.role == "target"]
    assert shown.as_shown(target, 1) == "100.0%"
    assert shown.as_shown(replace(target, value=Decimal("99.95"), shown="99.95%"), 1) == "99.95%"


def test_the_year_reported_on_is_the_editions_own_or_the_last_with_results() -> None:
    assert results.reporting_year(2022, seven(), ()) == 2022
    assert results.reporting_year(2026, seven(), ()) == 2022
    assert results.reporting_year(2026, [], ()) == 2026
    assert results.reporting_year(None, [], (2020,)) == 2020
