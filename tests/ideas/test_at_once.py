"""Two at the same moment: no like is lost, no number given twice, no decision overwritten unseen."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection

from tests.ideas import at_once

ROOT = Path(__file__).resolve().parents[2]
Act = tuple[str, str, int]


def program(folder: Path, *words: str) -> subprocess.Popen[str]:
    """Start the one who acts, on the SQLite database of this folder."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"KAIKAKU_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "kaikaku.settings"}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ideas.at_once", *words],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def processes(folder: Path, *acts: Act) -> list[str]:
    """What came of each; all are let go only once every one is ready."""
    started = [program(folder, *map(str, one)) for one in acts]
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
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    folder = tmp_path_factory.mktemp("ideas")
    return folder, int(program(folder, "prepare").communicate()[0])


@pytest.fixture
def folder(prepared: tuple[Path, int], tmp_path: Path) -> Path:
    """A copy of a database with one idea."""
    shutil.copytree(prepared[0], tmp_path, dirs_exist_ok=True)
    return tmp_path


def told(folder: Path) -> list[object]:
    found: list[object] = json.loads(program(folder, "tell").communicate()[0])
    return found


@pytest.mark.slow
def test_two_likes_in_two_processes_are_two(folder: Path) -> None:
    assert processes(folder, ("like", "sato", 0), ("like", "suzuki", 0)) == ["done", "done"]
    assert told(folder)[:2] == [2, 2]


@pytest.mark.slow
def test_one_person_who_presses_twice_likes_once(folder: Path) -> None:
    assert processes(folder, ("like", "sato", 0), ("like", "sato", 0)) == ["done", "done"]
    assert told(folder)[:2] == [1, 1]


@pytest.mark.slow
def test_of_two_who_sort_an_idea_one_is_told(folder: Path, prepared: tuple[Path, int]) -> None:
    version = prepared[1]
    said = processes(folder, ("decide", "takahashi", version), ("decide", "endo", version))
    assert sorted(said) == ["done", "ideas.moved_already"]
    winner = ("realise_now", "start_now")[said.index("done")]
    assert told(folder)[2:4] == [winner, [winner]]


@pytest.mark.slow
def test_two_who_send_at_once_get_two_numbers(folder: Path) -> None:
    assert processes(folder, ("send", "sato", 0), ("send", "suzuki", 0)) == ["done", "done"]
    assert told(folder)[4:] == [[1, 2, 3], 0]


@pytest.fixture
def version(transactional_db: None) -> int:
    if connection.vendor != "postgresql":
        pytest.skip("threads on one test database need PostgreSQL; SQLite is tried with two processes")
    return at_once.people()


def test_on_postgresql_too_two_likes_are_two(version: int) -> None:
    assert threads(("like", "sato", 0), ("like", "suzuki", 0)) == ["done", "done"]
    assert at_once.tell()[:2] == [2, 2]


def test_on_postgresql_too_one_of_two_who_sort_is_told(version: int) -> None:
    said = threads(("decide", "takahashi", version), ("decide", "endo", version))
    assert sorted(said) == ["done", "ideas.moved_already"]


def test_on_postgresql_too_two_who_send_get_two_numbers(version: int) -> None:
    assert threads(("send", "sato", 0), ("send", "suzuki", 0)) == ["done", "done"]
    assert at_once.tell()[4:] == [[1, 2, 3], 0]
