"""Whenever the process dies, a step of a sheet is either all there or not at all, and can be done again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.reporting.conftest import VALUES
from tests.reporting.killing import EVERY

ROOT = Path(__file__).resolve().parents[2]
STEPS = ("save", "submit", "confirm", "bundle", "accept", "send_back", "rewrite", "accept_again", "publish")
ACTS = pytest.mark.parametrize("act", STEPS)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What is left after each kill, as tests/reporting/killing.py tells it; always on SQLite."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.reporting.killing", str(tmp_path_factory.mktemp("killed"))],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def of(told: list[dict[str, Any]], act: str) -> list[dict[str, Any]]:
    return [point for point in told if point["act"] == act]


@ACTS
def test_a_killed_process_leaves_everything_as_it_was(told: list[dict[str, Any]], act: str) -> None:
    points = of(told, act)
    assert len(points) >= (points[0]["writes"] if act in EVERY else 3)
    assert {(point["killed"], point["as_before"]) for point in points} == {(True, True)}


@ACTS
def test_the_log_verifies_after_every_kill(told: list[dict[str, Any]], act: str) -> None:
    assert {point["breaks"] for point in of(told, act)} == {0}


@ACTS
def test_done_again_after_a_kill_it_comes_to_the_same(told: list[dict[str, Any]], act: str) -> None:
    ends = [point["after"] for point in of(told, act)]
    assert all(end == ends[0] for end in ends)
    assert ends[0]["breaks"] == 0


def test_no_entry_is_lost_and_none_is_there_twice(told: list[dict[str, Any]]) -> None:
    accepted, again = (of(told, act)[-1]["after"] for act in ("accept", "accept_again"))
    assert accepted["actuals"] == again["actuals"] == list(VALUES)
    assert accepted["lines"].count("申請12手続をオンラインに移した。") == 3
    assert [line for line in again["lines"] if line in "一二三"] == ["一", "二", "三"]
    assert again["lines"].count("申請12手続をオンラインに移した。") == 2
