"""The table, the policy, and what holds whatever is known of an entry."""

import json
from datetime import date
from decimal import ROUND_DOWN, Decimal, localcontext
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.core.checking import D, find

from kaikaku.core.checks import (
    BY_ID,
    CHECKS,
    DEFAULT,
    LEVEL_LABELS,
    Check,
    Entry,
    Finding,
    Level,
    Part,
    Policy,
    Siblings,
    describe,
    finding_from_json,
    run,
    standing,
)
from kaikaku.core.errors import RuleViolation
from kaikaku.core.indicators import Accumulation, Direction, Formula, Status
from kaikaku.core.quantities import parse_quantity
from kaikaku.core.ratings import SCHEMES

RAWS = (
    "", " ", "0", "16", "1,234", "９２．５％", "△1,743億円", "+5件(年度末16件)", "約600人", "－", "なし",
    "集計中", "1OO", "順調", "5~7件", "424時間44分", "100%(R7)", "120億円 (R3~R6年度累計)", "累計16件",
    "10.5%減", "５割", "99999999999999999999999", "0.000000000001", "R6", "1,23", "△", "8万人（見込み）",
)  # fmt: skip
FIGURES = (
    "baseline", "target", "band_upper", "final_target", "confirmed", "numerator", "denominator", "total",
    "flow", "level", "previous_level",
)  # fmt: skip
YEARS = ("baseline_year", "stated_baseline_year", "target_year", "cumulative_from", "fiscal_year")
TEXTS = (
    "reason_note", "entered_by", "confirmer", "revision", "done", "grade_text", "cause", "action",
)  # fmt: skip
UNITS = ("件", "%", "千円", "百万円", "万枚", "人・%", "", "時間", "-", "t-CO2")
numbers = st.none() | st.decimals(-(10**13), 10**13, places=3, allow_nan=False, allow_infinity=False)
whole = st.none() | st.integers(0, 40).map(Decimal)
figures = numbers | whole
years = st.none() | st.integers(2018, 2027)
texts = st.sampled_from(
    ("", "増加した。", "減少した。", "B", "D", "達成【A】", "測定不能", "特になし", "佐藤", "other")
)
entries = st.fixed_dictionaries(
    {},
    optional={
        "indicator": st.sampled_from(("", "a", "Ａ", "b")),
        "name": st.sampled_from(("", "Web会議", "Ｗｅｂ会議")),
        "unit": st.none() | st.sampled_from(UNITS),
        "previous_unit": st.none() | st.sampled_from(UNITS),
        "decimals": st.none() | st.integers(0, 10),
        "direction": st.none() | st.sampled_from(Direction),
        "accumulation": st.none() | st.sampled_from(Accumulation),
        "formula": st.sampled_from(Formula),
        "bounded": st.booleans(),
        **dict.fromkeys(FIGURES, figures),
        **dict.fromkeys(YEARS, years),
        "past": st.dictionaries(st.integers(2015, 2027), figures, max_size=8),
        "raw": st.sampled_from(RAWS),
        "parts": st.lists(st.builds(Part, st.just("内訳"), figures), max_size=4).map(tuple),
        "window": st.none() | st.tuples(st.integers(2018, 2022), st.integers(2022, 2027)),
        "status": st.none() | st.sampled_from(Status),
        "reason": st.none() | texts | st.just("survey_cancelled"),
        **dict.fromkeys(TEXTS, texts),
        "source_date": st.none() | st.dates(date(2018, 1, 1), date(2027, 1, 1)),
        "siblings": st.none() | st.just(Siblings.of([("a", "Web会議"), ("Ａ", "Ｗｅｂ会議"), ("", "")])),
        "scheme": st.none() | st.sampled_from([*SCHEMES.values()]),
        "edition_locked": st.booleans(),
    },
)


@settings(max_examples=500)
@given(entries)
@example({})
@example({"past": {2023: None}, "raw": "16", "fiscal_year": 2024})
def test_no_entry_however_little_is_known_of_it_makes_a_check_fail(facts: dict[str, Any]) -> None:
    findings = run(Entry(**facts))
    assert [f.check for f in findings] == [c.id for c in CHECKS if c.id in {f.check for f in findings}]
    for finding in findings:
        assert finding.message.endswith(("。", "）"))
        assert finding.found or finding.expected
        assert "None" not in finding.message
        assert "E+" not in finding.message


@given(entries)
def test_the_callers_decimal_context_changes_no_finding(facts: dict[str, Any]) -> None:
    plain = run(Entry(**facts))
    with localcontext(prec=4, rounding=ROUND_DOWN):
        assert run(Entry(**facts)) == plain


@given(entries)
def test_findings_survive_their_json(facts: dict[str, Any]) -> None:
    findings = run(Entry(**facts))
    written = json.dumps([finding.as_json() for finding in findings], ensure_ascii=False)
    assert [finding_from_json(one) for one in json.loads(written)] == findings


def test_of_an_entry_without_anything_only_the_missing_value_is_said() -> None:
    assert [finding.check for finding in run(Entry())] == ["missing_value"]


def test_an_ordinary_entry_makes_no_finding() -> None:
    # 山形県: オンライン化 1.5%(R2) → 71.5%(R4), target 100%
    entry = Entry(
        indicator="yamagata-1", name="オンラインで利用できる県独自の行政手続の割合", unit="%", decimals=1,
        bounded=True, raw="71.5", fiscal_year=2022, window=(2022, 2022), baseline=D("1.5"),
        baseline_year=2020, target=D(100), target_year=2024, past={2020: D("1.5"), 2021: D("40.2")},
        status=Status.CONFIRMED,
        entered_by="佐藤", confirmer="鈴木", grade_text="C", scheme=SCHEMES["iwate"],
        done="行政手続の71.5%をオンライン化し、割合は前年度より上昇した。", source_date=date(2023, 5, 1),
    )  # fmt: skip
    assert run(entry) == []


@pytest.mark.parametrize(
    ("raw", "unit", "shown"),
    [
        ("９２．５％", "%", "92.5%"),
        ("△1,743", "千円", "△1,743,000円"),
        ("1,234 件", "件", "1,234件"),
        ("75.6億円", "百万円", "7,560,000,000円"),
        ("延べ約600人", "人", "延べ約600人"),
        ("3,318", "万枚", "33,180,000枚"),
    ],
)
def test_an_unusual_spelling_is_shown_back_as_it_was_read(raw: str, unit: str, shown: str) -> None:
    finding = find("normalised", raw=raw, unit=unit)
    if shown == raw:
        assert finding is None
    else:
        assert finding is not None
        assert (finding.level, finding.found, finding.expected) == ("I", raw, shown)


@pytest.mark.parametrize("raw", ["92.5", "0", "-5", "", "集計中", "71.5%"])
def test_plain_digits_and_blanks_are_not_shown_back(raw: str) -> None:
    assert find("normalised", raw=raw, unit="%") is None


def test_what_was_unusual_is_named() -> None:
    finding = find("normalised", raw="△１，２３４ 万円")
    assert finding is not None
    assert (
        "全角の文字、△などのマイナスの記号、桁区切りのカンマ、漢数字、空白、単位などの語" in finding.message
    )


full_width = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")


@given(
    st.decimals(-(10**9), 10**9, places=2, allow_nan=False),
    st.sampled_from(["", "%", "件", "千円", "億円"]),
    st.sampled_from(["", "約", "延べ"]),
    st.booleans(),
)
def test_the_number_shown_back_reads_as_the_number_typed(
    value: D, unit: str, before: str, wide: bool
) -> None:
    raw = f"{before}{'△' if value < 0 else ''}{abs(value):,}{unit}"
    entry = Entry(raw=raw.translate(full_width) if wide else raw, unit=unit)
    assert entry.quantity is not None
    (finding,) = (f for f in [*run(entry, policy=DEFAULT.only("normalised")), None][:1])
    if finding is not None:
        again = parse_quantity(finding.expected, unit=unit)
        assert (again.value, again.unit) == (entry.quantity.value, entry.quantity.unit)


def test_every_check_is_named_once_and_worded() -> None:
    assert len(BY_ID) == len(CHECKS) == 33
    assert {check.level for check in CHECKS} == set(LEVEL_LABELS) == set(Level)
    for check in CHECKS:
        assert check.name
        assert check.about.endswith("。")
        assert (check.rule.__doc__ or "").startswith(f"{check.level.value}: ")


def test_blocks_come_before_reasons_and_reasons_before_notes() -> None:
    levels = [check.level for check in CHECKS]
    assert levels == sorted(levels, key=list(Level).index)


def test_reasons_silence_warnings_and_never_blocks() -> None:
    block = Finding("same_person", Level.BLOCK, "confirmer", "…", "", "")
    warning = Finding("outlier", Level.REASON, "value", "…", "", "")
    note = Finding("normalised", Level.NOTE, "value", "…", "", "")
    every = [block, warning, note]
    assert standing(every, reasons={}) == [block, warning]
    assert standing(every, reasons={"outlier": " ", "same_person": "急ぎ"}) == [block, warning]
    assert standing(every, reasons={"outlier": "制度が変わった。"}) == [block]


@pytest.mark.parametrize("check", [check.id for check in CHECKS])
def test_every_check_has_its_switch(check: str) -> None:
    assert not Policy.from_json({check: False}).is_on(check)
    assert Policy.from_json({check: {"on": True}}) == DEFAULT
    assert run(Entry(), policy=DEFAULT.only()) == []


def test_a_policy_survives_its_json() -> None:
    policy = Policy.from_json(
        {"rate_limit": {"limit": "250.0"}, "magnitude": {"factors": [1000, "10"]}}
    ).without("outlier")
    written = json.dumps(policy.as_json())
    assert Policy.from_json(written) == policy
    assert json.loads(written)["magnitude"] == {"on": True, "factors": ["10", "1000"], "tolerance": "30"}
    assert json.loads(written)["rate_limit"]["limit"] == "250"


def test_no_policy_is_the_shipped_one() -> None:
    assert Policy.from_json(None) is DEFAULT
    assert Policy.from_json({}) == DEFAULT


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ("{", "policy"),
        ("[]", "policy"),
        ({"rate_limits": True}, "rate_limits"),
        ({"rate_limit": "はい"}, "rate_limit"),
        ({"rate_limit": {"on": 1}}, "rate_limit.on"),
        ({"rate_limit": {"percent": "200"}}, "rate_limit.percent"),
        ({"rate_limit": {"limit": "99"}}, "rate_limit.limit"),
        ({"rate_limit": {"limit": "NaN"}}, "rate_limit.limit"),
        ({"rate_limit": {"limit": 250.0}}, "rate_limit.limit"),
        ({"rate_limit": {"limit": True}}, "rate_limit.limit"),
        ({"rate_limit": {"limit": "二百"}}, "rate_limit.limit"),
        ({"outlier": {"at_least": "4.5"}}, "outlier.at_least"),
        ({"magnitude": {"factors": []}}, "magnitude.factors"),
        ({"magnitude": {"factors": "10"}}, "magnitude.factors"),
        ({"magnitude": {"factors": ["1"]}}, "magnitude.factors"),
    ],
)
def test_a_policy_that_cannot_be_is_refused_by_name(data: Any, field: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        Policy.from_json(data)
    assert refused.value.field == field
    assert refused.value.message.endswith("。")


def test_a_switch_for_an_unknown_check_is_refused() -> None:
    with pytest.raises(RuleViolation, match="「outliers」という点検はありません"):
        DEFAULT.without("outliers")


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1E+400", "1E-400"])
def test_a_figure_that_is_none_is_refused_when_the_entry_is_made(value: str) -> None:
    with pytest.raises(RuleViolation) as refused:
        Entry(target=D(value))
    assert refused.value.field == "target"


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_every_check_says_what_it_would_catch(check: Check) -> None:
    assert check.example.endswith("。")


def test_an_edition_may_let_a_block_pass_with_a_reason() -> None:
    entry = Entry(raw="852%", unit="%", bounded=True, fiscal_year=2024)
    softer = Policy.from_json({"share_bounds": {"level": "W"}})
    levels = [{f.check: f.level for f in run(entry, policy=p)}["share_bounds"] for p in (DEFAULT, softer)]
    assert levels == [Level.BLOCK, Level.REASON]
    assert Policy.from_json(softer.as_json()) == softer


def test_what_an_edition_makes_a_block_is_shown_first() -> None:
    entry = Entry(raw="約600人", unit="人", fiscal_year=2024, past={2023: Decimal(6)})
    harder = Policy.from_json({"round_number": {"level": "E"}})
    assert next(f for f in run(entry, policy=harder)).check == "round_number"


def test_the_shipped_level_is_no_choice_of_its_own() -> None:
    assert Policy.from_json({"share_bounds": {"level": "E"}}) == DEFAULT


@pytest.mark.parametrize("data", [{"missing_value": {"level": "W"}}, {"share_bounds": {"level": "I"}}])
def test_a_level_that_a_check_does_not_have_is_refused(data: Any) -> None:
    with pytest.raises(RuleViolation, match="扱いは"):
        Policy.from_json(data)


def test_a_setting_is_told_in_words() -> None:
    asked = {"rate_limit": {"limit": "250"}, "outlier": False, "share_bounds": {"level": "W"}}
    policy = Policy.from_json(asked)
    told = [describe(BY_ID[name], policy.settings[name]) for name in asked]
    assert told == ["理由を求める（達成率の上限（%） 250）", "行わない", "理由を求める"]
