"""Whenever the process dies, a step of one person's help is either all there or not at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.killing import EVERY

ROOT = Path(__file__).resolve().parents[2]
STEPS = ("choose", "approve_self", "approve_chief", "approve_personnel", "start", "log", "report")
ACTS = pytest.mark.parametrize("act", STEPS)
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What is left after each kill, as tests/exchange/killing.py tells it; always on SQLite."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.exchange.killing", str(tmp_path_factory.mktemp("killed"))],
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
    assert len(points) >= (points[0]["writes"] if act in EVERY else 3)
    assert {(point["killed"], point["as_before"], point["breaks"]) for point in points} == {(True, True, 0)}


@ACTS
def test_done_again_after_a_kill_it_comes_to_the_same(told: list[dict[str, Any]], act: str) -> None:
    ends = [point["after"] for point in told if point["act"] == act]
    assert all(end == ends[0] for end in ends)
    assert ends[0]["breaks"] == 0
