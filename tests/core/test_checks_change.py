"""What changed since last year; words, grades, people, facts."""

from datetime import date

import pytest
from tests.core.checking import D, find, message, past

from kaikaku.core.checks import Policy, Siblings
from kaikaku.core.indicators import Accumulation, Direction, Status
from kaikaku.core.ratings import SCHEMES

STEADY = past("100", "104", "107", "112", "115")


def test_a_leap_out_of_a_steady_series_wants_a_reason() -> None:
    finding = find("outlier", raw="160", unit="件", past=STEADY)
    assert finding is not None
    assert (finding.found, finding.expected) == ("160件", "113件から124件まで")


@pytest.mark.parametrize("raw", ["113", "115", "119", "124"])
def test_a_steady_series_may_go_on(raw: str) -> None:
    assert find("outlier", raw=raw, unit="件", past=STEADY) is None


def test_one_beyond_the_range_that_is_printed_is_found() -> None:
    assert find("outlier", raw="112", unit="件", past=STEADY) is not None
    assert find("outlier", raw="125", unit="件", past=STEADY) is not None


def test_the_usual_range_never_goes_below_nothing_nor_beyond_the_whole() -> None:
    few = find("outlier", raw="40", unit="人", past=past("9", "1", "12", "2", "3"))
    assert few is not None
    assert few.expected.startswith("0人から")
    share = find("outlier", raw="20", unit="%", bounded=True, past=past("90", "94", "93", "98"))
    assert share is not None
    assert share.expected.endswith("から100%まで")


def test_three_years_are_too_few_to_judge() -> None:
    assert find("outlier", raw="900", unit="件", past=past("100", "104", "107")) is None


def test_one_odd_year_of_the_past_does_not_hide_the_next() -> None:
    covid = past("100", "102", "10", "104", "106", "108")
    assert find("outlier", raw="160", unit="件", past=covid) is not None


def test_a_series_that_never_moved_may_move_a_little() -> None:
    still = past("100", "100", "100", "100")
    assert find("outlier", raw="101", unit="件", past=still) is None
    assert find("outlier", raw="120", unit="件", past=still) is not None


def test_the_reach_is_the_editions() -> None:
    policy = Policy.from_json({"outlier": {"mads": "50"}})
    assert find("outlier", policy=policy, raw="150", unit="件", past=STEADY) is None


def test_five_more_make_sixteen_only_after_eleven() -> None:
    # 青森県: 包括協定締結件数 「+ 5 件 (R4年度末 16 件)」
    facts = {"unit": "件", "accumulation": Accumulation.FLOW, "fiscal_year": 2022}
    raw = "+ 5 件 (R4年度末 16 件)"
    assert find("flow_and_level", raw=raw, previous_level=D(11), **facts) is None
    finding = find("flow_and_level", raw=raw, previous_level=D(12), **facts)
    assert finding is not None
    assert (finding.found, finding.expected) == ("16件", "12件＋5件＝17件")


def test_flow_and_level_may_be_fields_of_their_own() -> None:
    # 青森県: 学生UIJターン就職促進に関する協定 「+ 1 3 大学等 (R4年度末 24 大学等)」
    facts = {"unit": "大学等", "flow": D(13), "level": D(24)}
    assert find("flow_and_level", previous_level=D(11), **facts) is None
    assert find("flow_and_level", previous_level=D(10), **facts) is not None
    assert find("flow_and_level", **facts) is None


def test_the_level_of_a_stock_is_its_value_and_last_years_its_last() -> None:
    stock = {"raw": "16", "unit": "件", "accumulation": Accumulation.STOCK, "past": past("11")}
    assert find("flow_and_level", flow=D(5), **stock) is None
    assert "11件とこの年度の増減（＋4件）を合わせると15件" in message("flow_and_level", flow=D(4), **stock)
    assert find("flow_and_level", **stock) is None


def test_a_change_in_place_of_a_level_is_told_the_level() -> None:
    stock = {"unit": "件", "accumulation": Accumulation.STOCK, "past": past("11")}
    assert "年度末の値（16件）を入力" in message("flow_and_level", raw="+5件(年度末16件)", **stock)
    assert "年度末の値を入力" in message("flow_and_level", raw="+5件", **stock)


def test_a_change_is_not_compared_with_levels() -> None:
    stock = {"unit": "件", "accumulation": Accumulation.STOCK, "past": past("50")}
    assert find("magnitude", raw="+5件", **stock) is None


DONE = "相談窓口を増設した。相談件数は前年度より増加した。"


def test_a_text_that_tells_of_a_rise_beside_a_fall_wants_a_reason() -> None:
    finding = find("text_contradicts", raw="120", unit="件", past=past("150"), done=DONE)
    assert finding is not None
    assert (finding.field, finding.found) == ("done", "「増加」")
    assert "令和5年度の150件から120件に減っています" in finding.message


def test_a_text_that_tells_of_a_fall_beside_a_rise_wants_a_reason() -> None:
    done = "ペーパーレス化により、コピー用紙の購入枚数が減少している。"
    assert (
        find("text_contradicts", raw="3,500万枚", unit="万枚", past={2023: D(33180000)}, done=done)
        is not None
    )
    assert find("text_contradicts", raw="3,318万枚", unit="万枚", past={2023: D(35000000)}, done=done) is None


@pytest.mark.parametrize(
    "done",
    [
        "件数の増加を目指して周知した。",
        "件数を増加させるため、窓口を増設した。",
        "申込みは増加しなかった。",
        "申込みは増加に至らなかった。",
        "相談は増加したが、申込みは減少した。",
        "増加率を公表した。",
        "申込みは増えていない。",
        "窓口を開設した。",
        "",
    ],
)
def test_wishes_denials_and_both_sides_are_no_contradiction(done: str) -> None:
    assert find("text_contradicts", raw="120", unit="件", past=past("150"), done=done) is None


def test_a_text_beside_a_value_that_did_not_move_or_has_no_past_is_left() -> None:
    assert find("text_contradicts", raw="150", unit="件", past=past("150"), done=DONE) is None
    assert find("text_contradicts", raw="150", unit="件", done=DONE) is None


def test_of_a_sum_the_text_tells_of_the_yearly_amount() -> None:
    facts = {"unit": "件", "accumulation": Accumulation.CUMULATIVE, "past": past("100", "150")}
    assert find("text_contradicts", raw="180", done="申込みは減少した。", **facts) is None
    assert find("text_contradicts", raw="180", done="申込みは増加した。", **facts) is not None


IWATE = {"scheme": SCHEMES["iwate"], "unit": "%"}
# 山形県: 男性育休 16.7%(R1) → 86.3%(R4), 100%(R7): 83.55 %, which 岩手県's scale calls B
LEAVE = {"raw": "86.3", "baseline": D("16.7"), "target": D(100), **IWATE}


@pytest.mark.parametrize("grade", ["B", "Ｂ", "概ね達成", "概ね達成【B】", "B（概ね達成）", "", " "])
def test_the_computed_grade_in_any_spelling_agrees(grade: str) -> None:
    assert find("grade_contradicts", grade_text=grade, **LEAVE) is None


@pytest.mark.parametrize("grade", ["A", "達成", "C"])
def test_another_grade_than_the_computed_wants_a_reason(grade: str) -> None:
    finding = find("grade_contradicts", grade_text=grade, **LEAVE)
    assert finding is not None
    assert (finding.found, finding.expected) == (grade, "概ね達成【B】")
    assert "達成率83.5%" in finding.message or "達成率83.6%" in finding.message


def test_a_grade_that_contains_another_is_not_it() -> None:
    assert "区分にありません" in message("grade_contradicts", grade_text="未達成", **LEAVE)


def test_not_measurable_is_the_grade_of_a_cancelled_survey() -> None:
    facts = {"raw": "", "target": D(100), "reason": "survey_cancelled", **IWATE}
    assert find("grade_contradicts", grade_text="測定不能", **facts) is None
    assert find("grade_contradicts", grade_text="D", **facts) is not None


def test_a_rate_beyond_the_limit_wants_a_reason() -> None:
    # 山形県: Web会議 319回(R1) → 8,526回, target 2,000回: 488.2 % of the change
    web = {"raw": "8,526", "unit": "回", "baseline": D(319), "target": D(2000)}
    finding = find("rate_limit", **web)
    assert finding is not None
    assert (finding.found, finding.expected) == ("488.2%", "200%以下")
    assert find("rate_limit", policy=Policy.from_json({"rate_limit": {"limit": 500}}), **web) is None


@pytest.mark.parametrize(("raw", "found"), [("705", True), ("480", False), ("240", False)])
def test_the_limit_itself_is_allowed(raw: str, found: bool) -> None:
    # 山形県: AI会議録 705回 against 240回
    facts = {"unit": "回", "baseline": D(0), "target": D(240)}
    assert (find("rate_limit", raw=raw, **facts) is not None) is found


LATE = {"raw": "20", "target": D(100), **IWATE}


def test_the_worst_grade_asks_for_cause_and_action() -> None:
    finding = find("worst_without_cause", cause="", action="特になし", **LATE)
    assert finding is not None
    assert (finding.field, finding.found) == ("cause", "要因と今後の対応の記入なし")
    only_action = find("worst_without_cause", cause="新型コロナの影響", **LATE)
    assert only_action is not None
    assert only_action.field == "action"


def test_a_cause_and_an_action_are_enough() -> None:
    assert find("worst_without_cause", cause="新型コロナの影響", action="オンラインで開く", **LATE) is None


def test_a_worst_grade_given_by_hand_asks_as_well_and_others_do_not() -> None:
    assert find("worst_without_cause", grade_text="D", **LEAVE) is not None
    assert find("worst_without_cause", **LEAVE) is None


def test_how_many_grades_are_the_worst_is_the_editions() -> None:
    policy = Policy.from_json({"worst_without_cause": {"bands": 2}})
    facts = {**LATE, "raw": "70"}
    assert find("worst_without_cause", **facts) is None
    assert find("worst_without_cause", policy=policy, **facts) is not None


def test_who_entered_the_value_does_not_confirm_it() -> None:
    finding = find("same_person", entered_by="佐藤", confirmer="佐藤")
    assert finding is not None
    assert (finding.level, finding.field) == ("E", "confirmer")
    assert find("same_person", entered_by="佐藤", confirmer="鈴木") is None
    assert find("same_person", entered_by="佐藤") is None
    assert find("same_person") is None


def test_a_locked_edition_takes_no_entry() -> None:
    assert "正誤表" in message("edition_locked", edition_locked=True)
    assert find("edition_locked", raw="16") is None


CONFIRMED = {"unit": "件", "confirmed": D(16), "confirmed_by": "鈴木"}


def test_a_confirmed_value_is_not_changed_in_passing() -> None:
    finding = find("confirmed_changed", raw="17", status=Status.CONFIRMED, **CONFIRMED)
    assert finding is not None
    assert "確定した値16件（鈴木が確認）を17件に" in finding.message


def test_a_confirmed_value_is_revised_with_a_reason() -> None:
    revised = {"raw": "17", "status": Status.REVISED, **CONFIRMED}
    assert find("confirmed_changed", revision="集計漏れが1件あった。", **revised) is None
    assert "修正の理由を入力してください" in message("confirmed_changed", **revised)


def test_a_confirmed_value_is_neither_withdrawn_nor_set_back() -> None:
    assert find("confirmed_changed", reason="definition_changed", **CONFIRMED) is not None
    assert "「見込み」に" in message("confirmed_changed", raw="16", status=Status.PROJECTED, **CONFIRMED)


@pytest.mark.parametrize("status", [None, Status.CONFIRMED, Status.REVISED])
def test_the_confirmed_value_itself_may_be_sent_again(status: Status | None) -> None:
    assert find("confirmed_changed", raw="16.0", status=status, **CONFIRMED) is None


def test_a_projected_value_is_not_reported_as_confirmed() -> None:
    finding = find("status_differs", raw="8万人（見込み）", status=Status.CONFIRMED)
    assert finding is not None
    assert (finding.field, finding.found, finding.expected) == ("status", "「見込み」", "「確定」")
    assert find("status_differs", raw="8万人（見込み）", status=Status.PROJECTED) is None
    assert find("status_differs", raw="8万人", status=Status.CONFIRMED) is None
    assert find("status_differs", raw="8万人（見込み）") is None


def test_before_confirmation_every_value_may_change() -> None:
    assert find("confirmed_changed", raw="17", unit="件", status=Status.CONFIRMED) is None


def test_two_indicators_of_one_name_want_a_reason() -> None:
    siblings = Siblings.of([("a1", "ＡＩ会議録の活用数"), ("a2", "AI会議録の活用数"), ("a3", "Web会議")])
    finding = find("duplicate", indicator="a1", name="ＡＩ会議録の活用数", siblings=siblings)
    assert finding is not None
    assert finding.field == "name"
    assert "ほかにa2" in finding.message
    assert find("duplicate", indicator="a3", name="Web会議", siblings=siblings) is None


def test_ids_that_differ_in_width_only_are_one() -> None:
    siblings = Siblings.of([("K-1", "い"), ("Ｋ－１", "ろ")])
    finding = find("duplicate", indicator="K-1", name="い", siblings=siblings)
    assert finding is not None
    assert finding.field == "indicator"


def test_without_ids_and_names_nothing_is_doubled() -> None:
    assert find("duplicate", siblings=Siblings.of([("", ""), ("", "")])) is None


def test_a_baseline_of_another_year_than_the_plans_wants_a_reason() -> None:
    # 山形県's table has baselines of R1 and of R2
    finding = find("baseline_year", baseline=D("1.5"), baseline_year=2020, stated_baseline_year=2019)
    assert finding is not None
    assert (finding.field, finding.found, finding.expected) == ("baseline", "令和元年度", "令和2年度")
    assert find("baseline_year", baseline=D("1.5"), baseline_year=2020, stated_baseline_year=2020) is None


def test_a_baseline_that_is_another_years_actual_is_told_which() -> None:
    facts = {"unit": "%", "baseline": D("16.7"), "past": {2019: D("16.7"), 2020: D("20.1")}}
    assert "令和元年度の実績値とは一致します" in message("baseline_year", baseline_year=2020, **facts)
    assert find("baseline_year", baseline_year=2019, **facts) is None


def test_a_baseline_after_the_report_wants_a_reason() -> None:
    assert find("baseline_year", baseline=D(1), baseline_year=2025) is not None
    assert find("baseline_year", baseline=D(1)) is None


def test_a_source_from_before_the_year_wants_a_reason() -> None:
    finding = find("source_too_old", source_date=date(2024, 3, 31))
    assert finding is not None
    assert (finding.found, finding.expected) == ("令和6年3月31日", "令和6年4月1日以後")
    assert find("source_too_old", source_date=date(2024, 4, 1)) is None
    assert find("source_too_old") is None


def test_a_round_number_with_about_wants_the_exact_one() -> None:
    # 山形県: 「延べ約600人が参加」
    finding = find("round_number", raw="延べ約600人", unit="人")
    assert finding is not None
    assert "端数まで" in finding.message


@pytest.mark.parametrize(
    ("raw", "unit", "decimals"),
    [
        ("600人", "人", None),
        ("約1.6%", "%", 1),
        ("約1,743件", "件", 0),
        ("約0件", "件", None),
        ("延べ600人", "人", None),
    ],
)
def test_exact_numbers_and_numbers_without_about_are_left(raw: str, unit: str, decimals: int | None) -> None:
    assert find("round_number", raw=raw, unit=unit, decimals=decimals) is None


def test_about_75_oku_is_round_where_tenths_are_reported() -> None:
    assert find("round_number", raw="約75億円", unit="億円", decimals=1) is not None


def test_direction_alone_makes_no_finding() -> None:
    assert find("sign_differs", raw="5", direction=Direction.UP) is None
