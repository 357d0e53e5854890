"""Grades, tallies and previews: 岩手県's printed results, thresholds decided exactly, schemes that check
themselves."""

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaikaku.core.errors import RuleViolation
from kaikaku.core.indicators import Direction, Formula, Observation, Reading, Status, achieve, settle
from kaikaku.core.ratings import (
    SCHEMES,
    Band,
    Case,
    Denominator,
    GradeOn,
    Scheme,
    average,
    flips,
    grade,
    grade_of,
    regrade,
    shown_rate,
    tally,
    tally_achievements,
    tally_counts,
)

D = Decimal

IWATE = SCHEMES["iwate"]
PILLARS = {
    "I": (15, 3, 0, 0, 0),
    "II": (1, 5, 0, 0, 0),
    "III": (3, 4, 0, 2, 0),
    "IV": (17, 1, 1, 3, 2),
}


def code(scheme: Scheme, rate: str) -> str | None:
    band = grade(scheme, D(rate))
    return band.code if band else None


# Grading ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        ("488.2", "A"),
        ("100", "A"),
        ("99.99", "B"),
        ("80", "B"),
        ("79.96", "C"),
        ("60", "C"),
        ("59.9", "D"),
        ("-20", "D"),
    ],
)
def test_iwates_lower_edges_are_inclusive(rate: str, expected: str) -> None:
    assert code(IWATE, rate) == expected


def test_the_choice_of_formula_changes_yamagatas_grade() -> None:
    figures: dict[str, Any] = {"actual": D(2233), "target": D(2400), "baseline": D(1619)}
    from_baseline, ratio = (achieve(formula=f, **figures) for f in (Formula.FROM_BASELINE, Formula.RATIO))
    grades = [grade_of(IWATE, a) for a in (from_baseline, ratio)]
    assert [g.code for g in grades if g] == ["C", "B"]


def test_shizuoka_grades_around_the_expected_path() -> None:
    shizuoka = SCHEMES["shizuoka"]
    assert [code(shizuoka, r) for r in ("130.1", "130", "70", "69.9")] == ["A", "B", "B", "C"]


def test_the_grade_follows_the_exact_rate_unless_the_scheme_says_the_printed_one() -> None:
    assert code(IWATE, "79.96") == "C"
    assert code(replace(IWATE, grade_on=GradeOn.ROUNDED), "79.96") == "B"


def test_a_printed_rate_never_contradicts_its_grade() -> None:
    near = achieve(actual=D("79.96"), target=D(100))
    assert shown_rate(IWATE, near) == "79.96"
    assert shown_rate(IWATE, achieve(actual=D("79.9996"), target=D(100))) == "79.9996"
    assert shown_rate(IWATE, achieve(actual=D("81.96"), target=D(100))) == "82.0"
    assert shown_rate(replace(IWATE, grade_on=GradeOn.ROUNDED), near) == "80.0"


def test_not_measurable_is_a_grade_and_pending_is_none() -> None:
    cancelled = achieve(actual=None, target=D(80), actual_reason="survey_cancelled")
    band = grade_of(IWATE, cancelled)
    assert band
    assert (band.name, band.measurable) == ("測定不能", False)
    assert grade_of(IWATE, achieve(actual=None, target=D(80))) is None
    assert grade(IWATE, None) is None


def test_an_external_factor_is_a_mark_and_never_a_better_grade() -> None:
    marked = achieve(actual=D(10), target=D(100), external_factor="新型コロナウイルス感染症")
    band = grade_of(IWATE, marked)
    assert band
    assert band.code == "D"
    assert marked.external_factor == "新型コロナウイルス感染症"


def test_settling_a_projection_shows_both_grades() -> None:
    settled = settle(achieve(actual=D(55), target=D(100), status=Status.PROJECTED), Reading(D(61)))
    assert [band and band.code for band in regrade(IWATE, settled)] == ["D", "C"]


@given(
    st.decimals(-500, 500, allow_nan=False, places=4), st.decimals("0.0001", 500, allow_nan=False, places=4)
)
def test_a_higher_rate_never_gets_a_worse_grade(rate: D, more: D) -> None:
    for scheme in SCHEMES.values():
        codes = [band.code for band in scheme.measured_bands]
        lower, higher = grade(scheme, rate), grade(scheme, rate + more)
        assert lower
        assert higher
        assert codes.index(higher.code) <= codes.index(lower.code)


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_what_is_printed_always_reads_as_the_grade_given(actual: int, target: int) -> None:
    rated = achieve(actual=D(actual), target=D(target), direction=Direction.UP)
    assert grade(IWATE, D(shown_rate(IWATE, rated))) == grade(IWATE, rated.rate)


# Tallies ---------------------------------------------------------------------------------------------------


def test_iwates_whole_table_is_reproduced() -> None:
    found = tally_counts(PILLARS, IWATE)
    assert found.columns == ("A", "B", "C", "D", "測定不能")
    assert [row.total for row in (*found.rows, found.whole)] == [18, 6, 9, 24, 57]
    assert [str(s) for s in found.whole.shares or ()] == ["63.2", "22.8", "1.7", "8.8", "3.5"]
    assert found.at_least_text == "57指標のうち「概ね達成」以上の指標は、49指標（86.0%）"


def test_without_the_not_measurable_iwate_would_print_89_1() -> None:
    found = tally_counts(PILLARS, replace(IWATE, denominator=Denominator.MEASURED))
    assert found.columns == ("A", "B", "C", "D")
    assert (found.whole.total, found.whole.excluded) == (55, 2)
    assert str(found.whole.at_least_share) == "89.1"
    assert found.notes[0].endswith("全57指標のうち55指標を分母としています。")


def test_iwates_h27_left_the_pending_out() -> None:
    found = tally({"全体": ["A"] * 10 + ["B"] * 6 + ["D"] * 3 + [None]}, IWATE)
    assert (found.whole.at_least_count, found.whole.total, found.whole.excluded) == (16, 19, 1)
    assert str(found.whole.at_least_share) == "84.2"


def test_pending_can_be_counted_in_a_column_of_its_own() -> None:
    found = tally({"I": ["A", None]}, replace(IWATE, denominator=Denominator.ALL))
    assert found.columns[-1] == "未確定"
    assert found.whole.counts == (1, 0, 0, 0, 0, 1)


def test_a_cross_listed_indicator_counts_once_in_the_whole() -> None:
    found = tally({"I": ["A", "B"], "II": ["B"]}, IWATE, whole=["A", "B"])
    assert [row.total for row in found.rows] == [2, 1]
    assert found.whole.total == 2


def test_a_group_with_nothing_to_count_has_no_shares() -> None:
    found = tally({"I": [], "II": ["A"]}, IWATE)
    assert (found.rows[0].shares, found.rows[0].at_least_share) == (None, None)


def test_what_has_no_target_is_not_tallied() -> None:
    rated = achieve(actual=D(90), target=D(100))
    found = tally_achievements({"I": [rated, achieve(actual=D(90), target=None)]}, IWATE)
    assert found.whole.counts == (0, 1, 0, 0, 0)


def test_a_grade_the_scheme_does_not_know_is_refused() -> None:
    with pytest.raises(RuleViolation, match=r"「S」は.*にありません"):
        tally({"I": ["S"]}, IWATE)


def test_a_row_of_counts_must_fit_the_bands() -> None:
    with pytest.raises(RuleViolation, match="3列"):
        tally_counts({"I": (1, 2, 3)}, IWATE)


@given(
    st.lists(
        st.lists(st.sampled_from(["A", "B", "C", "D", "測定不能", None]), max_size=30), min_size=1, max_size=6
    )
)
def test_rows_add_up_to_the_whole_and_shares_to_a_hundred(groups: list[list[str | None]]) -> None:
    for denominator in Denominator:
        found = tally({str(i): g for i, g in enumerate(groups)}, replace(IWATE, denominator=denominator))
        assert found.whole.total == sum(row.total for row in found.rows)
        assert found.whole.total + found.whole.excluded == sum(map(len, groups))
        assert all(row.shares is None or sum(row.shares) == 100 for row in (*found.rows, found.whole))


# Previews and averages -------------------------------------------------------------------------------------

CASES = [
    Case("1", "防災士の認証登録者数", Observation(D(2233), D(2400), D(1619))),
    Case("2", "オンライン手続の割合", Observation(D("71.5"), D(100), D("1.5"))),
    Case("3", "経費削減額", Observation(D("75.6"), D(120), cumulative_from=2021)),
]


def test_a_change_of_formula_is_previewed_by_the_grades_that_flip() -> None:
    ratio = replace(IWATE, formula=Formula.RATIO)
    found = flips(ratio, IWATE, CASES)
    assert [flip.sentence for flip in found] == [
        "防災士の認証登録者数：目標比 93.0% 概ね達成【B】 → 基準値比 78.6% やや遅れ【C】"
    ]


def test_a_change_of_bands_is_previewed_too() -> None:
    found = flips(IWATE, SCHEMES["mie"], CASES)
    assert [(f.name, f.old and f.old.code, f.new and f.new.code) for f in found] == [
        ("防災士の認証登録者数", "C", "B"),
        ("オンライン手続の割合", "C", "B"),
    ]


def test_no_change_flips_nothing() -> None:
    assert flips(IWATE, IWATE, CASES) == []


def test_an_average_caps_each_rate_and_says_so() -> None:
    mean = average([D("488.2"), D(50), None])
    assert mean.shown() == "75.0"
    assert mean.note == "2指標の達成率の単純平均です。100%を超える1指標は100%として計算しています。"


def test_an_average_without_cap_says_that_too() -> None:
    mean = average([D(200), D(50)], cap=None)
    assert mean.value == 125
    assert "上限は設けていません" in mean.note


def test_an_average_of_nothing_is_unknown() -> None:
    mean = average([None])
    assert (mean.value, mean.shown()) == (None, "—")


# Schemes as data -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=list(SCHEMES))
def test_a_scheme_survives_json(scheme: Scheme) -> None:
    text = json.dumps(scheme.as_json(), ensure_ascii=False)
    assert Scheme.from_json(text) == scheme
    assert Scheme.from_json(scheme.as_json()) == scheme


def test_the_rule_is_told_in_words_as_iwate_prints_it() -> None:
    assert IWATE.rule == (
        "達成【A】：100%以上、概ね達成【B】：80%以上100%未満、やや遅れ【C】：60%以上80%未満、遅れ【D】：60%未満"
    )


def test_a_scheme_needs_no_more_than_names_and_bands() -> None:
    data = {
        "id": "x",
        "name": "例",
        "bands": [{"code": "○", "label": "達成", "lower": 100}, {"code": "×", "label": "未達成"}],
    }
    assert code(Scheme.from_json(data), "99") == "×"


def bands(*rows: tuple[str, str | None]) -> dict[str, Any]:
    return {"bands": [{"code": c, "label": c, "lower": lower} for c, lower in rows]}


@pytest.mark.parametrize(
    ("changes", "expected", "words"),
    [
        (bands(("A", "80"), ("B", "100"), ("C", None)), "scheme.order", "下限の大きい区分から順に"),
        (bands(("A", "80"), ("B", "80"), ("C", None)), "scheme.overlap", "重なっています"),
        (bands(("A", "80"), ("B", "60")), "scheme.gap", "下限を空欄に"),
        (bands(("A", None), ("B", "60")), "scheme.order", "最後に置いて"),
        (bands(("A", "80"), ("A", None)), "scheme.duplicate", "2番目の区分の記号「A」が重複"),
        (bands(("A", "八十"), ("B", None)), "scheme.edge", "1番目の区分の下限「八十」"),
        (bands(("A", "NaN"), ("B", None)), "scheme.edge", "数値で入力"),
        (bands(("", "80"), ("B", None)), "scheme.band_unnamed", "1番目の区分"),
        ({"bands": []}, "scheme.no_bands", "1つ以上"),
        ({"bands": [{"code": "A"}]}, "scheme.band", "1番目の区分：.*「label」に名称"),
        ({"bands": [3]}, "scheme.band", "1番目の区分"),
        ({"bands": [{"code": "A", "label": "A", "lower": 0.8}]}, "scheme.edge", "引用符"),
        (
            {"bands": [{"code": "N", "label": "N", "measurable": False}]},
            "scheme.no_bands",
            "区分がありません",
        ),
        ({"at_least": "Z"}, "scheme.at_least", "「Z」"),
        ({"denominator": "some"}, "scheme.choice", "measured"),
        ({"decimals": "1"}, "scheme.member", "整数"),
        ({"decimals": 9}, "scheme.decimals", "0から6"),
        ({"name": None}, "scheme.member", "「name」"),
        ({"colour": "red"}, "scheme.unknown_field", "colour"),
    ],
)
def test_a_contradictory_scheme_is_refused_with_where_and_what_next(
    changes: dict[str, Any], expected: str, words: str
) -> None:
    data = {**IWATE.as_json(), "at_least": None, **changes}
    with pytest.raises(RuleViolation, match=words) as refused:
        Scheme.from_json(data)
    assert refused.value.code == expected
    assert refused.value.message.endswith("。")


@pytest.mark.parametrize("text", ["{", "[]", "3"])
def test_what_is_no_scheme_at_all_is_refused(text: str) -> None:
    with pytest.raises(RuleViolation):
        Scheme.from_json(text)


def test_only_the_last_band_may_be_not_measurable() -> None:
    with pytest.raises(RuleViolation, match="最後に置いて"):
        Scheme("x", "例", (Band("N", "測定不能", measurable=False), Band("A", "達成")))


edges = st.lists(st.decimals(-100, 300, allow_nan=False, places=2), min_size=0, max_size=6, unique=True)


@given(edges, st.sampled_from(Denominator), st.sampled_from(GradeOn), st.booleans())
def test_any_valid_scheme_survives_json_and_grades_every_rate(
    lowers: list[D], denominator: Denominator, grade_on: GradeOn, inclusive: bool
) -> None:
    ordered = [*sorted(lowers, reverse=True), None]
    scheme = Scheme(
        "x",
        "例",
        tuple(Band(str(i), f"区分{i}", lower, inclusive) for i, lower in enumerate(ordered)),
        denominator=denominator,
        grade_on=grade_on,
    )
    assert Scheme.from_json(json.dumps(scheme.as_json())) == scheme
    assert all(grade(scheme, D(rate)) for rate in (-1000, 0, 50, 100, 1000))
