"""Overall ratings: 岩手県's published counts as shares and points, 佐野市's points, when a rating is held."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaikaku.core.errors import RuleViolation
from kaikaku.core.ratings import SCHEMES, Denominator, grade
from kaikaku.core.rollup import (
    HELD,
    USUAL_LEVELS,
    Basis,
    Level,
    Member,
    Method,
    Overall,
    Policy,
    check_final,
    roll_up,
    step_points,
)

D = Decimal
IWATE = SCHEMES["iwate"]
# 岩手県 令和2年度 概要版: A, B, C, D, 測定不能 of the four pillars
PILLARS = {
    "I": (15, 3, 0, 0, 0),
    "II": (1, 5, 0, 0, 0),
    "III": (3, 4, 0, 2, 0),
    "IV": (17, 1, 1, 3, 2),
}
RATES = {"A": D(110), "B": D(90), "C": D(70), "D": D(20)}


def member(code: str | None, *, kind: str = "", rate: str | None = None, weight: str = "1") -> Member:
    """An indicator of that grade; None is 未確定."""
    band = IWATE.band(code) if code else None
    known = D(rate) if rate else RATES.get(code or "")
    return Member(f"{kind}{code}", kind, known, band, D(weight))


def rated(rate: str, *, kind: str = "") -> Member:
    return Member(rate, kind, D(rate), grade(IWATE, D(rate)))


def pillar(number: str) -> list[Member]:
    codes = ("A", "B", "C", "D", "測定不能")
    return [member(code) for code, n in zip(codes, PILLARS[number], strict=True) for _ in range(n)]


def overall(members: list[Member], method: Method = Method.SHARE, **changes: object) -> Overall:
    found = roll_up(members, policy=replace(Policy(method), **changes), scheme=IWATE)
    assert found is not None
    return found


# The share at or above 概ね達成


@pytest.mark.parametrize(
    ("pillars", "shown", "label"),
    [
        ("I", "100.0%", "順調"),
        ("II", "100.0%", "順調"),
        ("III", "77.8%", "概ね順調"),
        ("IV", "75.0%", "概ね順調"),
    ],
)
def test_iwates_pillars_by_the_share_of_what_reached_b(pillars: str, shown: str, label: str) -> None:
    found = overall(pillar(pillars))
    assert (found.parts[0].shown, found.label) == (shown, label)


def test_iwates_published_86_percent_keeps_what_cannot_be_measured_in_the_denominator() -> None:
    everything = [one for number in PILLARS for one in pillar(number)]
    assert overall(everything).parts[0].working == "49 ÷ 57 × 100 ＝ 86.0%"
    measured = roll_up(
        everything, policy=Policy(Method.SHARE), scheme=replace(IWATE, denominator=Denominator.MEASURED)
    )
    assert measured is not None
    assert measured.parts[0].working == "49 ÷ 55 × 100 ＝ 89.1%"


# Means of points and of rates


@pytest.mark.parametrize(
    ("number", "working", "label"),
    [
        ("I", "（4点×15＋3点×3）÷ 18 ＝ 3.83点", "順調"),
        ("II", "（4点×1＋3点×5）÷ 6 ＝ 3.17点", "概ね順調"),
        ("III", "（4点×3＋3点×4＋1点×2）÷ 9 ＝ 2.89点", "概ね順調"),
        ("IV", "（4点×17＋3点×1＋2点×1＋1点×3）÷ 22 ＝ 3.45点", "概ね順調"),
    ],
)
def test_grades_as_points_are_averaged_over_what_was_measured(number: str, working: str, label: str) -> None:
    found = overall(pillar(number), Method.GRADE_POINTS)
    assert (found.parts[0].working, found.label) == (working, label)


@pytest.mark.parametrize(
    ("rate", "points"),
    [("120", 7), ("100", 7), ("99.9", 6), ("90", 6), ("80", 5), ("70", 4), ("60", 3), ("50", 2), ("49.9", 1)],
)
def test_sanos_seven_steps(rate: str, points: int) -> None:
    assert step_points(D(rate)) == points


def test_sanos_points_are_averaged() -> None:
    found = overall([rated("100"), rated("85"), rated("55")], Method.STEP_POINTS)
    assert found.parts[0].sentence == "指標はやや遅れ：（7点×1＋5点×1＋2点×1）÷ 3 ＝ 4.67点"


def test_a_rate_above_100_fills_no_hole_that_another_leaves() -> None:
    """山形県: Web会議 488.2%, 経費 63.0%: without the cap the mean would be 275.6%."""
    [part] = overall([rated("488.2"), rated("63.0")], Method.MEAN_RATE).parts
    assert part.score == D("81.5")
    assert part.working == "2指標の達成率の平均（100%を超える1指標は100%として計算） ＝ 81.5%"


def test_a_rate_below_nothing_pulls_the_mean_down() -> None:
    [part] = overall([rated("90"), rated("-30")], Method.MEAN_RATE).parts
    assert (part.score, part.label) == (D(30), "遅れ")


def test_weights_count_in_means() -> None:
    heavy = [member("A", rate="100", weight="3"), member("D", rate="20")]
    assert overall(heavy, Method.MEAN_RATE).parts[0].score == D(80)
    assert overall(heavy, Method.GRADE_POINTS).parts[0].score == D("3.25")


# Outputs and outcomes


def test_what_was_done_and_what_came_of_it_are_never_averaged() -> None:
    """100% of the outputs and 20% of the outcomes are not 60% of anything."""
    found = overall([rated("100", kind="output"), rated("20", kind="outcome")], Method.MEAN_RATE)
    assert [(p.kind, p.score, p.label) for p in found.parts] == [
        ("outcome", D(20), "遅れ"),
        ("output", D(100), "順調"),
    ]
    assert found.label == "遅れ"


def test_outcomes_may_decide_alone() -> None:
    members = [rated("20", kind="output"), rated("100", kind="outcome")]
    assert overall(members, Method.MEAN_RATE).label == "遅れ"
    assert overall(members, Method.MEAN_RATE, basis=Basis.OUTCOME).label == "順調"
    only = [rated("20", kind="output")]
    assert overall(only, Method.MEAN_RATE, basis=Basis.OUTCOME).label == "遅れ"


# The cap of the worst, and ratings that are held


def test_one_indicator_in_the_lowest_grade_keeps_the_rating_at_slightly_delayed() -> None:
    members = [*(member("A") for _ in range(9)), member("D")]
    assert overall(members).label == "順調"
    capped = overall(members, worst_cap=True)
    assert (capped.label, capped.parts[0].lowest) == ("やや遅れ", "D")
    assert "評価がいちばん低いため" in capped.sentence


def test_the_cap_never_lifts_a_rating() -> None:
    assert overall([member("D"), member("D")], worst_cap=True).label == "遅れ"


def test_half_measured_is_enough_and_less_is_held() -> None:
    half = [member("A"), member("測定不能")]
    assert not overall(half).is_held
    less = [*half, member(None)]
    found = overall(less)
    assert (found.label, found.slot) == (HELD, 0)
    assert found.sentence == "指標は判定保留：3指標のうち測定できたのは1指標"


def test_held_outcomes_hold_the_whole() -> None:
    members = [member("A", kind="output"), member(None, kind="outcome")]
    assert overall(members).is_held
    assert overall(members, basis=Basis.OUTCOME).is_held


def test_without_rated_indicators_there_is_no_rating() -> None:
    assert roll_up([], policy=Policy(Method.SHARE), scheme=IWATE) is None


# Exactness


def test_a_score_is_shown_with_the_digits_that_keep_it_on_its_side_of_an_edge() -> None:
    [part] = overall([rated("69.96")], Method.MEAN_RATE).parts
    assert (part.shown, part.label) == ("69.96%", "やや遅れ")


@given(st.lists(st.sampled_from(["A", "B", "C", "D"]), min_size=1, max_size=30))
def test_a_better_grade_never_worsens_the_rating(codes: list[str]) -> None:
    for method in Method:
        before = overall([member(code) for code in codes], method)
        after = overall([member("A"), *(member(code) for code in codes[1:])], method)
        assert after.slot <= before.slot


# The policy as data


@pytest.mark.parametrize("method", list(Method))
def test_a_policy_comes_back_from_its_data(method: Method) -> None:
    policy = Policy(method, basis=Basis.OUTCOME, worst_cap=True, coverage=D("66.7"))
    assert Policy.from_json(policy.as_json()) == policy


def test_the_policy_says_itself_in_words() -> None:
    said = Policy(Method.SHARE, worst_cap=True).rule
    assert "順調：85%以上、概ね順調：70%以上85%未満、やや遅れ：50%以上70%未満、遅れ：50%未満" in said
    assert "50%に満たないときは「判定保留」" in said
    assert "「やや遅れ」までとします" in said


@pytest.mark.parametrize(
    ("levels", "message"),
    [
        ((Level("順調", D(80)),), "2つ以上"),
        ((Level("順調", D(80)), Level("順調", None)), "別々の名称"),
        ((Level("順調", D(80)), Level(HELD, None)), "別々の名称"),
        ((Level("順調", D(50)), Level("やや遅れ", D(80)), Level("遅れ", None)), "下限が逆"),
        ((Level("順調", D(80)), Level("遅れ", D(10))), "下限を空欄"),
        ((Level("順調", D(80), slot=9), Level("遅れ", None)), "1から4"),
    ],
)
def test_levels_that_contradict_themselves_are_refused(levels: tuple[Level, ...], message: str) -> None:
    with pytest.raises(RuleViolation, match=message):
        Policy(Method.SHARE, levels)


def test_a_policy_that_cannot_be_read_says_what_to_do() -> None:
    with pytest.raises(RuleViolation, match="選び直してください"):
        Policy.from_json({"method": "guess"})


def test_another_rating_than_the_automatic_one_needs_its_reason() -> None:
    check_final(automatic="順調", final="順調", reason="")
    check_final(automatic="遅れ", final="やや遅れ", reason="年度末に開館したため。")
    with pytest.raises(RuleViolation, match="自動判定は「遅れ」です"):
        check_final(automatic="遅れ", final="やや遅れ", reason=" ")


def test_every_method_has_its_usual_levels() -> None:
    assert set(USUAL_LEVELS) == set(Method)
