"""The benchmark measures what it says: same rates in bulk, same bytes after a change. Nothing is timed."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from tools.benchmarks import cases, floors, publishing, rating, reading, report
from tools.benchmarks.measure import Row, duration, middle

from kaikaku.core.indicators import Formula, rate_one
from kaikaku.core.ratings import SCHEMES, grade
from kaikaku.writers.publish import print_all

CASES = 20_000


def test_bulk_rating_is_bit_identical_with_one_by_one() -> None:
    assert rating.differing(list(cases.observations(CASES))) == 0


def test_the_random_cases_meet_every_formula_and_every_edge() -> None:
    found = [rate_one(one) for one in cases.observations(CASES)]
    assert {one.formula for one in found} == set(Formula) - {Formula.AUTO}
    baselines = [one.observation.baseline for one in found]
    assert any(value == 0 for value in baselines)
    assert any(value is not None and value < 0 for value in baselines)
    known = [x for x in (one.observation for one in found) if None not in (x.baseline, x.target)]
    assert any(x.target < x.baseline for x in known)
    for edge in cases.THRESHOLDS:
        assert any(one.rate == edge for one in found), edge


def test_a_rate_just_off_a_threshold_falls_on_its_side_of_it() -> None:
    rates = [rate_one(one).rate for one in cases.observations(CASES)]
    near = [rate for rate in rates if rate is not None and 0 < abs(rate - 80) < rate.scaleb(-15)]
    assert near
    for rate in near:
        assert grade(SCHEMES["iwate"], rate).code == ("B" if rate > 80 else "C")


def test_the_same_seed_gives_the_same_cases() -> None:
    first = list(cases.observations(100))
    assert first == list(islice(cases.observations(200), 100))


def test_the_bare_site_has_three_files_for_each_indicator(tmp_path: Path) -> None:
    assert floors.write_bare(floors.plain(7), tmp_path) == 21
    assert len(list(tmp_path.iterdir())) == 21


def test_publishing_again_after_one_changed_figure_equals_a_full_print() -> None:
    assert publishing.publish_again(20)["identical"] is True


def test_a_difference_between_two_folders_is_seen(tmp_path: Path) -> None:
    from tests.writers.sample_dataset import large

    first = large(10)
    print_all(first, tmp_path / "one", formats=("site", "data"))
    print_all(publishing.changed(first), tmp_path / "two", formats=("site", "data"))
    assert not publishing.same_bytes(tmp_path / "one", tmp_path / "two")


@pytest.mark.parametrize("kind", [kind for kind in reading.KINDS if kind != "pdf"])
def test_every_twin_that_is_measured_can_be_read(kind: str, tmp_path: Path) -> None:
    paths = reading.twins(kind, tmp_path)
    assert len(paths) == 5
    assert all(reading.read(path) for path in paths)
    assert all(reading.parse(kind, path.read_bytes()) for path in paths)


def test_the_table_says_what_was_recorded_and_which_goal_is_missed() -> None:
    rows = [
        Row("publish", "2 s", "sdg-build 444 s", "recorded", 2 / 444, "≤ 1 s", False),
        Row("read", "1 ms", "lxml 0.5 ms", "floor", 2.0, "≤ 2 ms", True),
    ]
    lines = report.markdown(rows, took=60, quick=False).splitlines()
    assert "| publish | 2 s | sdg-build 444 s (peer, recorded) | 1/222 | ≤ 1 s | **no** |" in lines
    assert "| read | 1 ms | lxml 0.5 ms (floor) | 2× | ≤ 2 ms | yes |" in lines
    assert "- publish: 2 s, goal ≤ 1 s." in lines


def test_times_are_shown_in_the_unit_that_reads_best() -> None:
    shown = [duration(value) for value in (12.3456, 0.0123, 4.56e-6, 81e-9)]
    assert shown == ["12.3 s", "12.3 ms", "4.56 µs", "81 ns"]


def test_the_middle_of_several_runs_keeps_what_is_no_number() -> None:
    assert middle([{"cpu": 3, "ok": True}, {"cpu": 1, "ok": True}, {"cpu": 2, "ok": True}]) == {
        "cpu": 2,
        "ok": True,
    }
