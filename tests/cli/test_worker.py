"""The worker as a process: it sends what is due, goes on, and stops when it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import kaikaku

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="the worker is tried on SQLite"),
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a round that is late (tests/cli/late_round.py)."""
    folder = tmp_path_factory.mktemp("worker") / "var"
    assert kaikaku("setup", data=folder).status == 0
    made = subprocess.run(
        [sys.executable, "-m", "tests.cli.late_round"],
        env={**os.environ, "KAIKAKU_DATA": str(folder)},
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    return folder


def stopped_by(number: signal.Signals, data: Path, *, after_lines: int) -> tuple[int, list[str]]:
    """Start the worker, wait until it has said so many lines, stop it; its status and all its lines."""
    with subprocess.Popen(
        [sys.executable, "-m", "kaikaku", "worker", "--from", "0", "--every", "1440"],
        env={**os.environ, "KAIKAKU_DATA": str(data), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(after_lines)]
        process.send_signal(number)
        rest, errors = process.communicate()
        assert errors == ""
        return process.returncode, [*said, *rest.splitlines(keepends=True)]


@pytest.fixture(scope="module")
def first_day(data: Path) -> tuple[int, list[str]]:
    """The first run, which has something to send."""
    return stopped_by(signal.SIGTERM, data, after_lines=2)


def test_it_sends_what_is_due_and_stops_when_told(first_day: tuple[int, list[str]]) -> None:
    status, said = first_day
    assert status == 0
    assert said == [
        "動き始めました。1440分ごとに調べます。\n",
        "1件の調書について、1通のメールを送りました。\n",
        "止まりました。\n",
    ]


def test_started_again_it_sends_nothing_twice(first_day: tuple[int, list[str]], data: Path) -> None:
    status, said = stopped_by(signal.SIGINT, data, after_lines=1)
    assert (status, said[1:]) == (0, ["止まりました。\n"])


@pytest.mark.parametrize("words", [["--every", "0"], ["--from", "24"]])
def test_a_pause_or_an_hour_that_cannot_be_is_refused(data: Path, words: list[str]) -> None:
    ran = kaikaku("worker", *words, data=data)
    assert (ran.status, ran.out) == (1, "")
    assert "指定してください" in ran.error
