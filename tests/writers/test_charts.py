"""Charts: what they show, what they say to a screen reader, and that nothing in them is active."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.writers.sample_dataset import TALLY, figure, large, sample

from kaikaku.writers.book import open_book
from kaikaku.writers.chart_parts import magnitude_for, nice_step, scale_for, shorten, text_width
from kaikaku.writers.charts import share_chart, spark_chart, trend_chart
from kaikaku.writers.dataset import Figure, Indicator

SVG = {"s": "http://www.w3.org/2000/svg"}
BY_ID = {one.id: one for one in sample().indicators}
BANDS = open_book(sample()).columns(TALLY)


def draw(indicator: Indicator, *, expected_path: bool = False) -> etree._Element:
    return etree.fromstring(trend_chart(indicator, expected_path=expected_path))


def series(*figures: Figure, unit: str = "%") -> Indicator:
    return replace(BY_ID["advice"], unit=unit, figures=figures)


def classes(tree: etree._Element, name: str) -> list[etree._Element]:
    found: list[etree._Element] = tree.xpath(
        f"//*[contains(concat(' ', @class, ' '), ' {name} ')]", namespaces=SVG
    )
    return found


@pytest.mark.parametrize("chart", [trend_chart(BY_ID["savings"]), share_chart(TALLY, bands=BANDS)])
def test_a_chart_is_an_image_with_title_and_description(chart: str) -> None:
    tree = etree.fromstring(chart)
    named = {node.get("id"): node.text for node in tree.xpath("s:title | s:desc", namespaces=SVG)}
    assert tree.get("role") == "img"
    assert all(named[one] for one in tree.get("aria-labelledby").split())


@pytest.mark.parametrize("chart", [*map(trend_chart, BY_ID.values()), share_chart(TALLY, bands=BANDS)])
def test_a_chart_holds_nothing_that_a_strict_policy_forbids(chart: str) -> None:
    assert not re.search(r"<style|<script| style=|href=| on[a-z]+=\"|url\((?!#)", chart)


def test_a_name_with_markup_stays_words() -> None:
    tree = draw(BY_ID["x<1>\"&'"])
    assert tree.findtext("s:title", namespaces=SVG).startswith("<script>alert('1')</script> & \"引用\"")


def test_the_description_tells_every_figure_with_its_state_and_what_is_missing() -> None:
    said = draw(BY_ID["patient-satisfaction"]).findtext("s:desc", namespaces=SVG)
    assert "令和元年度 87.2%" in said
    assert "令和2年度 値なし（新型コロナウイルス感染症のため調査を中止した）" in said
    assert "令和2年度 71.5%（見込）" in draw(BY_ID["online-procedures"]).findtext("s:desc", namespaces=SVG)


def test_a_projected_value_is_hollow_and_reached_by_a_dotted_line() -> None:
    tree = draw(BY_ID["online-procedures"])
    assert [dot.get("fill") for dot in classes(tree, "actual-mark")] == ["#0017c1", "#fff"]
    assert [line.get("stroke-dasharray") for line in classes(tree, "actual")] == ["1 5"]


def test_an_unknown_year_is_a_gap_and_says_so() -> None:
    tree = draw(BY_ID["paternity-leave"])
    assert not classes(tree, "actual")
    assert "値なし" in trend_chart(BY_ID["paternity-leave"])


def test_a_lone_target_is_a_level_and_several_are_a_line() -> None:
    assert "H462" in classes(draw(BY_ID["savings"]), "target")[0].get("d")
    assert classes(draw(BY_ID["online-procedures"]), "target")[0].get("d").count("L") == 2


def test_the_expected_path_leads_from_the_baseline_to_the_last_target() -> None:
    assert not classes(draw(BY_ID["online-procedures"]), "expected")
    assert len(classes(draw(BY_ID["online-procedures"], expected_path=True), "expected")) == 1


def test_years_are_written_in_the_era() -> None:
    texts = draw(BY_ID["online-procedures"]).xpath("//s:text/text()", namespaces=SVG)
    assert {"H30", "R元", "R2", "R3", "R4"} <= set(texts)


def test_money_is_written_in_oku() -> None:
    texts = draw(BY_ID["savings"]).xpath("//s:text/text()", namespaces=SVG)
    assert {"億円", "実績 75.6", "目標 120"} <= set(texts)


def test_an_axis_that_does_not_start_at_zero_says_so() -> None:
    assert "縦軸は0から始まりません" in trend_chart(BY_ID["patient-satisfaction"])
    assert "縦軸は0から始まりません" not in trend_chart(BY_ID["online-procedures"])


def test_a_negative_value_is_below_the_zero_line() -> None:
    tree = draw(series(figure("actual", 2019, "-20"), figure("actual", 2020, "30")))
    zero = float(re.match(r"M[\d.]+ ([\d.]+)", classes(tree, "axis")[0].get("d"))[1])  # type: ignore[index]
    first, second = (float(dot.get("cy")) for dot in classes(tree, "actual-mark"))
    assert second < zero < first


def test_a_range_as_target_is_a_band() -> None:
    band = figure("target", 2020, "35", upper=Decimal(40))
    assert len(classes(draw(series(figure("actual", 2020, "38"), band)), "target-band")) == 1


@pytest.mark.parametrize(
    "figures",
    [
        (),
        (figure("target", 2024, "10"),),
        (figure("target", 2024, "10"), figure("target", 2025, "12")),
        (figure("baseline", None, "3"), figure("actual", 2020, None)),
    ],
)
def test_nothing_is_drawn_where_nothing_can_be_compared(figures: tuple[Figure, ...]) -> None:
    assert trend_chart(series(*figures)) == ""


def test_no_label_covers_another() -> None:
    for indicator in large(40).indicators:
        boxes = []
        for text in draw(indicator).xpath("//s:text[@paint-order]", namespaces=SVG):
            x, y = float(text.get("x")), float(text.get("y"))
            boxes.append((x, y - 11, x + text_width(text.text), y + 2))
        assert all(
            a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1] for a, b in combinations(boxes, 2)
        )


def test_the_same_content_is_the_same_drawing_and_other_content_another() -> None:
    assert trend_chart(BY_ID["savings"]) == trend_chart(replace(BY_ID["savings"], owner="別の課"))
    assert trend_chart(BY_ID["savings"]) != trend_chart(replace(BY_ID["savings"], name="別の名前"))


def test_a_spark_needs_two_actuals() -> None:
    assert spark_chart(BY_ID["savings"]).startswith("<svg")
    assert spark_chart(series(figure("actual", 2020, "1"), figure("target", 2020, "2"))) == ""


def test_the_shares_are_as_wide_as_their_counts() -> None:
    tree = etree.fromstring(share_chart(TALLY, bands=BANDS))
    bars = [
        b
        for b in tree.xpath("//s:rect[starts-with(@class, 'share-')]", namespaces=SVG)
        if float(b.get("y")) > 30
    ]
    whole = [float(b.get("width")) + 1.5 for b in bars[-5:]]
    assert whole == pytest.approx([476 * n / 57 for n in (36, 13, 1, 5, 2)], abs=0.01)


def test_the_shares_tell_iwates_table_to_the_digit() -> None:
    said = etree.fromstring(share_chart(TALLY, bands=BANDS)).findtext("s:desc", namespaces=SVG)
    assert "B 概ね達成 4指標（44.5%）" in said
    assert said.endswith("A 達成 36指標（63.2%）、B 概ね達成 13指標（22.8%）、C やや遅れ 1指標（1.7%）、"
                         "D 遅れ 5指標（8.8%）、測定不能 2指標（3.5%）。")  # fmt: skip


def test_shares_without_a_scheme_are_drawn_by_order() -> None:
    assert 'class="share-4"' in share_chart(TALLY)


def test_nothing_counted_is_not_drawn() -> None:
    assert share_chart(replace(TALLY, rows=())) == ""


@pytest.mark.parametrize(
    ("values", "unit", "label", "shown"),
    [
        ("7560000000", "円", "億円", "75.6"),
        ("174300000000", "円", "億円", "1,743"),
        ("12000", "円", "万円", "1.2"),
        ("2400", "人", "人", "2,400"),
        ("33180000", "枚", "万枚", "3,318"),
        ("71.5", "%", "%", "71.5"),
    ],
)
def test_large_numbers_take_a_readable_unit(values: str, unit: str, label: str, shown: str) -> None:
    size = magnitude_for([Decimal(values)], unit)
    assert (size.label, size.show(Decimal(values))) == (label, shown)


def test_a_negative_number_is_written_with_a_triangle() -> None:
    assert magnitude_for([Decimal(-5)], "件").show(Decimal("-5.25")) == "△5.25"


@given(
    st.lists(st.decimals(-(10**12), 10**12, places=2), min_size=1, max_size=12),
    st.sampled_from(["%", "円", "件"]),
)
def test_every_value_has_its_place_between_few_round_ticks(values: list[Decimal], unit: str) -> None:
    scale = scale_for(values, unit=unit, top=20, bottom=200)
    assert scale.low <= min(values) <= max(values) <= scale.high
    assert 2 <= len(scale.ticks) <= 6
    assert all(20 <= scale.y(value) <= 200 for value in values)


@given(st.decimals("0.000001", 10**15))
def test_steps_are_round_and_cut_into_at_most_the_count(span: Decimal) -> None:
    step = nice_step(span, 4)
    assert span / step <= 4
    assert step.scaleb(-step.adjusted()).normalize() in {Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5)}


@given(st.text(max_size=60), st.integers(30, 300))
def test_a_shortened_text_fits(text: str, width: int) -> None:
    assert text_width(shorten(text, width)) <= width
