"""Whenever the process dies, an import is either all there or not at all, and can be done again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What is left after each kill, as tests/ingest/killing.py tells it; always on SQLite."""
    folder = tmp_path_factory.mktemp("killed")
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.ingest.killing", str(folder)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


ACTS = pytest.mark.parametrize("act", ["propose", "accept", "propose_again", "accept_again"])
pytestmark = pytest.mark.slow


@ACTS
def test_a_killed_process_leaves_everything_as_it_was(told: list[dict[str, Any]], act: str) -> None:
    points = [point for point in told if point["act"] == act]
    assert len(points) >= 4
    assert [point["killed"] for point in points] == [True] * len(points)
    assert [point["as_before"] for point in points] == [True] * len(points)


@ACTS
def test_the_log_holds_after_every_kill(told: list[dict[str, Any]], act: str) -> None:
    assert {point["breaks"] for point in told if point["act"] == act} == {0}


@ACTS
def test_done_again_after_a_kill_it_comes_to_the_same(told: list[dict[str, Any]], act: str) -> None:
    ends = [point["after"] for point in told if point["act"] == act]
    assert all(end == ends[0] for end in ends)
    assert ends[0]["breaks"] == 0
    assert ends[0]["Proposal"] >= 108
    if act != "propose":
        assert (ends[0]["Edition"], ends[0]["Section"], ends[0]["Indicator"]) == (1, 20, 7)
        assert ends[0]["Figure"] == (22 if act == "accept_again" else 21)
