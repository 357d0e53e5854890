"""Two at the same moment: no approval counts twice, and the week's cap is not passed by two logs together."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from tests.exchange import at_once

ROOT = Path(__file__).resolve().parents[2]
Act = tuple[str, str]
CAP = 465  # a fifth of the working week, in minutes


def environment_of(folder: Path) -> dict[str, str]:
    """This process's, with the SQLite database of the folder."""
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return kept | {"KAIKAKU_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "kaikaku.settings"}


def program(folder: Path, *words: str) -> subprocess.Popen[str]:
    """Start the one who acts, on the SQLite database of this folder."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.exchange.at_once", *words],
        cwd=ROOT,
        env=environment_of(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def processes(folder: Path, *acts: Act) -> list[str]:
    """What came of each; all are let go only once every one is ready."""
    started = [program(folder, *one) for one in acts]
    for one in started:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in started:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    return [json.loads(one.communicate()[0]) for one in started]


def threads(*acts: Act) -> list[str]:
    """As `processes`, on PostgreSQL's test database."""
    start, said = Barrier(len(acts)), [""] * len(acts)

    def do(place: int, one: Act) -> None:
        start.wait()
        try:
            said[place] = at_once.act(*one)
        finally:
            connection.close()

    running = [Thread(target=do, args=place) for place in enumerate(acts)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return said


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exchange")
    made = program(folder, "prepare")
    made.communicate()
    assert made.returncode == 0
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    """A copy of a database with help under way."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    return tmp_path


def told(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(program(folder, "tell").communicate()[0])
    assert found["breaks"] == 0
    return found


@pytest.mark.slow
def test_of_two_chiefs_who_approve_one_is_told(folder: Path) -> None:
    said = processes(folder, ("approve", "suzuki"), ("approve", "endo"))
    assert sorted(said) == ["done", "exchange.decided_already"]
    left = told(folder)
    assert (left["approvals"], left["waiting"]) == (["approved"], "personnel")


@pytest.mark.slow
def test_of_a_yes_and_a_no_at_once_one_stands(folder: Path) -> None:
    said = processes(folder, ("approve", "suzuki"), ("refuse", "endo"))
    assert sorted(said) == ["done", "exchange.decided_already"]
    left = told(folder)
    stands = ("approved", "approving") if said[0] == "done" else ("refused", "refused")
    assert (left["approvals"], left["state"]) == ([stands[0]], stands[1])


@pytest.mark.slow
def test_two_logs_that_together_pass_the_cap_are_not_both_taken(folder: Path) -> None:
    said = processes(folder, ("log-entry", "kobayashi"), ("log-check", "kobayashi"))
    assert sorted(said) == ["done", "exchange.week_over"]
    assert told(folder)["minutes"] <= CAP


@pytest.mark.slow
def test_a_place_is_given_once_though_two_choose(folder: Path) -> None:
    said = processes(folder, ("choose", "takahashi"), ("choose", "goto"))
    assert sorted(said) == ["done", "exchange.full"]
    assert told(folder)["chosen"] == 1


@pytest.mark.slow
def test_a_computation_is_asked_for_once_and_made_once(folder: Path) -> None:
    said = processes(folder, ("ask", "takahashi"), ("ask", "goto"))
    assert sorted(said) == ["done", "exchange.run_under_way"]
    said = processes(folder, ("compute", "takahashi"), ("compute", "goto"))
    assert sorted(said) == ["done", "taken"]
    assert told(folder)["runs"] == ["done"]


@pytest.mark.slow
def test_the_worker_computes_what_was_asked_for(folder: Path) -> None:
    assert processes(folder, ("ask", "takahashi")) == ["done"]
    worker = subprocess.Popen(
        [sys.executable, "-m", "kaikaku", "worker", "--every", "1440"],
        cwd=ROOT,
        env=environment_of(folder) | {"PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    said = [worker.stdout.readline() for _ in range(2)]
    worker.terminate()
    assert worker.communicate()[0] == "止まりました。\n"
    assert said[1].startswith("「短期業務支援」の組合せを計算しました")
    assert told(folder)["runs"] == ["done"]


@pytest.fixture
def under_way(transactional_db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("threads on one test database need PostgreSQL; SQLite is tried with two processes")
    at_once.people()


@pytest.mark.usefixtures("under_way")
def test_on_postgresql_too_one_of_two_chiefs_is_told() -> None:
    said = threads(("approve", "suzuki"), ("approve", "endo"))
    assert sorted(said) == ["done", "exchange.decided_already"]


@pytest.mark.usefixtures("under_way")
def test_on_postgresql_too_the_cap_holds() -> None:
    said = threads(("log-entry", "kobayashi"), ("log-check", "kobayashi"))
    assert sorted(said) == ["done", "exchange.week_over"]
    assert at_once.tell()["minutes"] == 300


@pytest.mark.usefixtures("under_way")
def test_on_postgresql_too_a_computation_is_asked_for_and_made_once() -> None:
    assert sorted(threads(("ask", "takahashi"), ("ask", "goto"))) == ["done", "exchange.run_under_way"]
    assert sorted(threads(("compute", "takahashi"), ("compute", "goto"))) == ["done", "taken"]
