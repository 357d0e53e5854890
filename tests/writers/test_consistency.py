"""A paper whose prose and tables disagree is not printed."""

from dataclasses import replace

import pytest
from tests.writers.sample_dataset import sample

from kaikaku.writers.consistency import check, indicators_in


def codes(dataset) -> set[str]:
    return {finding.code for finding in check(dataset)}


def with_tally(**changes):
    dataset = sample()
    tally = replace(dataset.tallies[-1], **changes)
    return replace(dataset, tallies=(*dataset.tallies[:-1], tally))


def test_a_row_that_does_not_add_up_is_found() -> None:
    dataset = sample()
    first, *rest = dataset.tallies[-1].rows
    assert "row_total" in codes(with_tally(rows=(replace(first, total=first.total + 1), *rest)))


def test_a_share_that_strays_by_a_digit_is_found() -> None:
    dataset = sample()
    first, *rest = dataset.tallies[-1].rows
    wrong = (first.shares[0] + 1, *first.shares[1:])
    assert "share" in codes(with_tally(rows=(replace(first, shares=wrong), *rest)))


def test_forty_eight_is_not_forty_nine() -> None:
    assert "at_least" in codes(with_tally(at_least_count=48))


def test_a_sentence_with_another_share_than_the_table_is_found() -> None:
    assert "prose" in codes(replace(sample(), summary=("「概ね達成」以上は49指標（89.1%）です。",)))


def test_a_list_shorter_than_its_column_is_found() -> None:
    dataset = sample()
    named = next(n for n in dataset.lists if "D" in n.title)
    short = replace(named, names=named.names[:1])
    assert "list" in codes(replace(dataset, lists=(short,)))


def test_the_same_identifier_twice_is_found() -> None:
    dataset = sample()
    assert "duplicate" in codes(replace(dataset, indicators=(*dataset.indicators, dataset.indicators[0])))


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("患者満足度調査における満足度（入院）（外来）", 2),
        ("患者満足度調査における満足度（入院）(外来)＊", 2),
        ("男性職員の育休取得率（知事部局）", 1),
        ("新規招聘医師数", 1),
    ],
)
def test_two_brackets_in_a_row_are_two_indicators(name: str, count: int) -> None:
    assert indicators_in(name) == count
