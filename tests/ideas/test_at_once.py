"""Two at the same moment: no like is lost, no number given twice, no decision overwritten unseen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.db import connection

from tests import racing
from tests.ideas import at_once
from tests.racing import Act

MODULE = "tests.ideas.at_once"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    folder = tmp_path_factory.mktemp("ideas")
    return folder, racing.told(MODULE, folder, "prepare")


@pytest.fixture
def folder(prepared: tuple[Path, int], tmp_path: Path) -> Path:
    """A copy of a database with one idea."""
    shutil.copytree(prepared[0], tmp_path, dirs_exist_ok=True)
    return tmp_path


def processes(folder: Path, *acts: Act) -> list[str]:
    return racing.processes(MODULE, folder, *acts)


def told(folder: Path) -> list[object]:
    found: list[object] = racing.told(MODULE, folder)
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
    assert racing.threads(at_once.act, ("like", "sato", 0), ("like", "suzuki", 0)) == ["done", "done"]
    assert at_once.tell()[:2] == [2, 2]


def test_on_postgresql_too_one_of_two_who_sort_is_told(version: int) -> None:
    said = racing.threads(at_once.act, ("decide", "takahashi", version), ("decide", "endo", version))
    assert sorted(said) == ["done", "ideas.moved_already"]


def test_on_postgresql_too_two_who_send_get_two_numbers(version: int) -> None:
    assert racing.threads(at_once.act, ("send", "sato", 0), ("send", "suzuki", 0)) == ["done", "done"]
    assert at_once.tell()[4:] == [[1, 2, 3], 0]
