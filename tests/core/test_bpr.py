"""The arithmetic of a BPR project, against 青森県's register and 長野県's published example."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaikaku.core.bpr import (
    NEXT,
    STAGE_LABELS,
    Entry,
    InUse,
    Measured,
    Stage,
    Step,
    Work,
    advance,
    annual_effect,
    equal_shares,
    fiscal_years,
    payback_months,
    people,
    register,
    remeasure_days,
    show_hours,
    yen,
)
from kaikaku.core.errors import RuleViolation

D = Decimal
minutes = st.decimals(min_value=-100_000, max_value=100_000, places=2)
days = st.dates(min_value=date(2019, 4, 1), max_value=date(2035, 3, 31))


def test_nagano_saves_about_37_hours_a_year() -> None:
    effect = annual_effect([Step("月次の集計", Work(D(208), D(12)), Work(D(24), D(12)))])
    assert show_hours(effect.minutes) == D("36.8")


def test_people_who_work_at_once_all_count() -> None:
    assert Work(D(30), D(10), D(3)).a_year == D(900)


def test_upkeep_and_exceptions_come_off_the_effect() -> None:
    step = Step("入力", Work(D(60), D(100)), Work(D(5), D(100)))
    effect = annual_effect([step], upkeep=D(600), exceptions=D(300))
    assert effect.minutes == D(4600)
    assert (
        effect.working == "見直し前100時間 − 見直し後8.3時間 − 維持管理10時間 − 例外の処理5時間 ＝ 76.7時間"
    )


def test_a_step_that_is_new_costs_and_one_that_is_gone_saves() -> None:
    assert Step("確認", after=Work(D(5), D(12))).saved == D(-60)
    assert Step("転記", before=Work(D(5), D(12))).saved == D(60)


def test_a_way_that_takes_longer_has_a_negative_effect() -> None:
    assert annual_effect([Step("入力", Work(D(5), D(10)), Work(D(8), D(10)))]).minutes == D(-30)


def test_negative_minutes_are_refused_with_the_field() -> None:
    with pytest.raises(RuleViolation, match="1回の時間") as refused:
        Work(D(-1), D(1))
    assert refused.value.field == "minutes"


def test_the_first_year_counts_by_months() -> None:
    used = InUse(date(2022, 10, 1), [Measured(date(2022, 10, 1), D(1200))])
    assert used.months(2022) == 6
    assert used.minutes(2022) == D(600)
    assert used.minutes(2023) == D(1200)


def test_a_month_begun_after_its_first_day_does_not_count() -> None:
    assert InUse(date(2022, 10, 2), [Measured(date(2022, 10, 2), D(1200))]).months(2022) == 5


def test_counting_stops_with_the_month_in_which_the_tool_retires() -> None:
    used = InUse(date(2020, 4, 1), [Measured(date(2020, 4, 1), D(1200))], retired=date(2022, 7, 20))
    assert used.minutes(2022) == D(300)
    assert used.minutes(2023) is None


def test_a_later_measurement_counts_from_its_month_on() -> None:
    found = [Measured(date(2021, 4, 1), D(1200)), Measured(date(2021, 10, 15), D(600))]
    assert InUse(date(2021, 4, 1), found).minutes(2021) == D(900)


def test_months_before_the_first_finding_count_for_nothing() -> None:
    late = InUse(date(2021, 4, 1), [Measured(date(2021, 7, 1), D(1200))])
    assert (late.months(2021), late.counted_months(2021), late.minutes(2021)) == (12, 9, D(900))
    assert late.minutes(2022) == D(1200)


def test_a_finding_of_a_later_year_leaves_the_year_before_unknown() -> None:
    assert InUse(date(2021, 4, 1), [Measured(date(2022, 7, 1), D(1200))]).minutes(2021) is None


def test_of_two_findings_of_one_month_the_later_holds() -> None:
    found = [Measured(date(2021, 4, 1), D(1200)), Measured(date(2021, 4, 20), D(600))]
    assert InUse(date(2021, 4, 1), found).minutes(2021) == D(600)


def test_without_a_measurement_nothing_is_known() -> None:
    assert InUse(date(2021, 4, 1)).minutes(2021) is None
    assert InUse(None, [Measured(date(2021, 4, 1), D(1))]).minutes(2021) is None


@given(began=days, retired=days, minutes=minutes)
def test_years_add_up_to_the_whole_time_in_use(began: date, retired: date, minutes: Decimal) -> None:
    used = InUse(began, [Measured(began, minutes)], retired=max(began, retired))
    months = sum(used.months(year) for year in range(2019, 2037))
    together = used.minutes_since(2019, 2036)
    if months == 0:
        assert together is None
    else:
        assert together is not None
        # each year is rounded to a hundredth of a minute
        assert abs(together - minutes * months / 12) <= D("0.005") * 18


def test_it_is_measured_again_after_three_and_twelve_months() -> None:
    assert remeasure_days(date(2024, 2, 29)) == (date(2024, 5, 29), date(2025, 2, 28))


def test_building_it_pays_back_in_full_months() -> None:
    assert payback_months(D(601), D(1200)) == (7, "")


def test_what_saves_nothing_never_pays_back_and_says_so() -> None:
    assert payback_months(D(100), D(0)) == (None, "年間の効果が0以下のため、回収できません。")


def test_aomoris_hours_are_nine_people() -> None:
    assert people(D(16843) * 60) == D("9.06")
    assert people(D(16843) * 60, hours_of_a_person=D(1900)) == D("8.86")


def test_hours_become_yen_at_the_governments_own_rate() -> None:
    assert yen(D(90), hourly=D(2500)) == D(3750)


def _aomori() -> list[Entry]:
    """51 projects with RPA 16, AI-OCR 7, その他 5, of which some use two; 42 are completed."""
    tools = [{"rpa", "ai_ocr"}] * 4 + [{"rpa"}] * 12 + [{"ai_ocr"}] * 3 + [{"other"}] * 5
    tools += [set()] * (51 - len(tools))
    stages = [Stage.COMPLETED] * 30 + [Stage.MONITORING] * 12 + [Stage.STARTED] * 9
    entries = [Entry(stage, frozenset(used)) for stage, used in zip(stages, tools, strict=True)]
    return [*entries, Entry(Stage.SELECTED, frozenset({"rpa"})), Entry(Stage.CANDIDATE)]


def test_aomoris_register_counts_51_started_of_which_42_are_completed() -> None:
    counted = register(_aomori())
    assert (counted.started, counted.completed) == (51, 42)
    assert counted.by_tool == {"rpa": 16, "ai_ocr": 7, "other": 5}


def test_numbers_by_tool_are_not_said_to_add_up() -> None:
    assert register(_aomori()).tools_overlap
    assert not register([Entry(Stage.STARTED, frozenset({"rpa"})), Entry(Stage.STARTED)]).tools_overlap


def test_a_project_stopped_on_its_way_was_started_all_the_same() -> None:
    assert register([Entry(Stage.SUSPENDED, was_started=True), Entry(Stage.SUSPENDED)]).started == 1


@given(minutes=minutes, tools=st.sets(st.sampled_from("abcdefg")))
def test_equal_shares_add_up_to_the_projects_minutes(minutes: Decimal, tools: set[str]) -> None:
    shares = equal_shares(minutes, tools)
    assert set(shares) == tools
    assert sum(shares.values()) == (minutes if tools else 0)


def test_every_stage_has_its_word_and_a_way_on() -> None:
    assert set(STAGE_LABELS) == set(NEXT) == set(Stage)
    assert all(NEXT.values())


def test_a_stage_cannot_be_leapt_over() -> None:
    with pytest.raises(RuleViolation, match="「候補」から「完了」には進めません"):
        advance(Stage.CANDIDATE, Stage.COMPLETED)


@pytest.mark.parametrize("to", [Stage.SUSPENDED, Stage.DROPPED])
def test_stopping_wants_a_reason(to: Stage) -> None:
    with pytest.raises(RuleViolation, match="理由を入力"):
        advance(Stage.STARTED, to, reason="　")
    assert advance(Stage.STARTED, to, reason="制度改正を待つため") is to


def test_taking_up_completed_work_again_wants_a_reason_but_watching_it_does_not() -> None:
    assert advance(Stage.COMPLETED, Stage.MONITORING) is Stage.MONITORING
    with pytest.raises(RuleViolation, match="理由を入力"):
        advance(Stage.MONITORING, Stage.STARTED)


def test_the_years_of_a_project_run_from_its_first_to_today() -> None:
    assert list(fiscal_years(date(2022, 2, 1), date(2024, 4, 1))) == [2021, 2022, 2023, 2024]
    assert list(fiscal_years(None, date(2024, 4, 1))) == []
