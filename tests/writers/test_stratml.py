"""StratML: the plan and the report keep the schemas' rules and say what the dataset says."""

from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import etree
from tests.writers import stratml_rules
from tests.writers.sample_dataset import large, sample

from kaikaku.writers.book import open_book
from kaikaku.writers.dataset import EditionDataset
from kaikaku.writers.stratml import PART1, PART2, indicator_xml, plan_xml, report_xml

SPACE = {"s": PART2}


def plan(dataset: EditionDataset) -> bytes:
    return "".join(str(part) for part in plan_xml(open_book(dataset))).encode()


def report(dataset: EditionDataset) -> bytes:
    xml = {one.id: indicator_xml(one).encode() for one in dataset.indicators}
    parts = report_xml(open_book(dataset), xml, sha256=dataset.sha256())
    return b"".join(part.encode() if isinstance(part, str) else part for part in parts)


BARE = replace(sample(), sections=(), indicators=(), tallies=(), lists=(), scheme=None, period=None)
LOOSE = replace(sample(), sections=(), tallies=(), lists=())
ON_THE_PILLAR = replace(
    sample(),
    indicators=tuple(replace(one, section="s1") for one in sample().indicators),
    tallies=(),
    lists=(),
)


@pytest.mark.parametrize("dataset", [sample(), BARE, LOOSE, ON_THE_PILLAR, large(20)])
def test_the_plan_keeps_the_rules_of_part_1(dataset: EditionDataset) -> None:
    assert not stratml_rules.problems(
        plan(dataset), space=PART1, root="StrategicPlan", rules=stratml_rules.PART1
    )


@pytest.mark.parametrize("dataset", [sample(), BARE, LOOSE, ON_THE_PILLAR, large(20)])
def test_the_report_keeps_the_rules_of_part_2(dataset: EditionDataset) -> None:
    found = stratml_rules.problems(
        report(dataset), space=PART2, root="PerformancePlanOrReport", rules=stratml_rules.PART2
    )
    assert not found


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (b"<Goal><Name>", b"<Goal><Description>x</Description><Name>"),
        (b"Quantitative", b"Roughly"),
        (b"<NumberOfUnits>71.5<", "<NumberOfUnits>71.5％<".encode()),
        (b"<Identifier>section-s2<", b"<Identifier>section-s1<"),
    ],
)
def test_the_rules_themselves_find_a_broken_document(good: bytes, bad: bytes) -> None:
    broken = report(sample()).replace(good, bad)
    assert stratml_rules.problems(
        broken, space=PART2, root="PerformancePlanOrReport", rules=stratml_rules.PART2
    )


@pytest.mark.parametrize("dataset", [sample(), LOOSE, ON_THE_PILLAR])
def test_every_indicator_is_reported_once(dataset: EditionDataset) -> None:
    tree = etree.fromstring(report(dataset))
    names = tree.xpath("//s:MeasurementDimension/text()", namespaces=SPACE)
    assert sorted(names) == sorted(one.name for one in dataset.indicators)


def test_a_cumulative_target_spans_its_window() -> None:
    tree = etree.fromstring(report(sample()))
    target = tree.xpath(
        "//s:PerformanceIndicator[s:Identifier='indicator-savings']//s:TargetResult", namespaces=SPACE
    )
    told = [child.text for child in target[0]]
    assert told == [
        "2021-04-01",
        "2025-03-31",
        "12000000000",
        "令和6年度（2024年度） 120億円 (R3~R6年度累計)",
    ]


def test_an_unknown_actual_has_no_number_but_its_reason() -> None:
    tree = etree.fromstring(report(sample()))
    path = "//s:PerformanceIndicator[s:Identifier='indicator-patient-satisfaction']//s:ActualResult[last()]"
    last = tree.xpath(path, namespaces=SPACE)[-1]
    assert last.find("s:NumberOfUnits", SPACE) is None
    assert "調査を中止した" in last.findtext("s:Description", namespaces=SPACE)


def test_a_character_that_xml_cannot_hold_is_left_out() -> None:
    odd = replace(sample(), title="改革\x0bプラン\x00")
    assert etree.fromstring(plan(odd)).findtext("{*}Name") == "改革プラン"


def test_numbers_are_written_without_exponent() -> None:
    one = sample().indicators[0]
    huge = replace(one, figures=(replace(one.figures[1], value=Decimal("1E+12")),))
    assert "<NumberOfUnits>1000000000000</NumberOfUnits>" in indicator_xml(huge)
