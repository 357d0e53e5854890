"""When the process dies, a workbook of two sections is in both sheets or in neither, and goes in again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
ACTS = pytest.mark.parametrize("act", ["receive", "apply"])
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What is left after each kill, as tests/reporting/workbook_killing.py tells it; always on SQLite."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.reporting.workbook_killing", str(tmp_path_factory.mktemp("killed"))],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


@ACTS
def test_a_killed_process_leaves_everything_as_it_was(told: list[dict[str, Any]], act: str) -> None:
    points = [point for point in told if point["act"] == act]
    assert len(points) >= 4
    assert [point["killed"] for point in points] == [True] * len(points)
    assert [point["as_before"] for point in points] == [True] * len(points)


@ACTS
def test_the_log_holds_after_every_kill(told: list[dict[str, Any]], act: str) -> None:
    assert {point["breaks"] for point in told if point["act"] == act} == {0}


def test_done_again_after_a_kill_both_sections_have_it_once(told: list[dict[str, Any]]) -> None:
    ends = [point["after"] for point in told if point["act"] == "apply"]
    assert all(end == ends[0] for end in ends)
    assert (ends[0]["applied"], ends[0]["Evidence"], ends[0]["Move"]) == (2, 2, 2)
    assert ends[0]["figures"][:2] == ["85.2", "2310"]
    assert ends[0]["texts"][1][0] == {"contact": "内線1234"}
