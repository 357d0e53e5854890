"""Two at the same moment on one project: nothing counts twice, nothing is overwritten unseen."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests import racing
from tests.bpr import at_once
from tests.racing import Act

MODULE = "tests.bpr.at_once"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    folder = tmp_path_factory.mktemp("bpr")
    return folder, racing.told(MODULE, folder, "prepare")


@pytest.fixture
def folder(prepared: tuple[Path, int], tmp_path: Path) -> Path:
    """A copy of a database with one project that waits to be verified."""
    shutil.copytree(prepared[0], tmp_path, dirs_exist_ok=True)
    return tmp_path


def both(folder: Path, *acts: Act) -> tuple[list[str], dict[str, Any]]:
    """What came of each, and how it stands."""
    said = racing.processes(MODULE, folder, *acts)
    return said, racing.told(MODULE, folder)


@pytest.mark.slow
def test_two_who_verify_one_finding_verify_it_once(folder: Path) -> None:
    said, now = both(folder, ("verify", "suzuki", 0), ("verify", "takahashi", 0))
    assert said == ["done", "done"]
    assert (now["counts"], now["verified"], now["breaks"]) == (1, 1, 0)


@pytest.mark.slow
def test_of_two_who_measure_one_occasion_one_is_told(folder: Path) -> None:
    said, now = both(folder, ("measure", "sato", 0), ("measure", "suzuki", 0))
    assert sorted(said) == ["bpr.measured_already", "done"]
    assert (now["measured"], now["breaks"]) == (2, 0)


@pytest.mark.slow
def test_of_two_who_lead_a_project_on_one_is_told(folder: Path) -> None:
    said, now = both(folder, ("advance", "sato", 0), ("advance", "suzuki", 0))
    assert sorted(said) == ["bpr.stage", "done"]
    assert (now["stage"], now["advanced"]) == ("completed", 3)


@pytest.mark.slow
def test_of_two_who_revise_a_project_the_second_overwrites_nothing(
    folder: Path, prepared: tuple[Path, int]
) -> None:
    seen = prepared[1]
    said, now = both(folder, ("revise", "sato", seen), ("revise", "suzuki", seen))
    assert sorted(said) == ["bpr.changed_since", "done"]
    assert now["summary"] == ("佐藤の文", "鈴木の文")[said.index("done")]


@pytest.mark.slow
def test_a_finding_withdrawn_while_another_verifies_it_never_counts(folder: Path) -> None:
    said, now = both(folder, ("withdraw", "sato", 0), ("verify", "suzuki", 0))
    assert said[0] == "done"
    assert said[1] in ("done", "bpr.withdrawn")
    assert now["counts"] == 0


@pytest.mark.slow
def test_a_workbook_taken_in_by_two_at_once_is_taken_in_once(folder: Path) -> None:
    said, now = both(folder, ("take", "sato", 0), ("take", "takahashi", 0))
    assert sorted(said) == ["bpr.intake_settled", "done"]
    assert now["titles"] == ["Excelからの業務", "Excelの業務", "測る業務"]


@pytest.fixture
def version(transactional_db: None) -> int:
    if connection.vendor != "postgresql":
        pytest.skip("threads on one test database need PostgreSQL; SQLite is tried with two processes")
    return at_once.people()


def test_on_postgresql_too_two_verify_once(version: int) -> None:
    assert racing.threads(at_once.act, ("verify", "suzuki", 0), ("verify", "takahashi", 0)) == ["done"] * 2
    assert at_once.tell()["verified"] == 1


def test_on_postgresql_too_one_of_two_who_measure_is_told(version: int) -> None:
    said = racing.threads(at_once.act, ("measure", "sato", 0), ("measure", "suzuki", 0))
    assert sorted(said) == ["bpr.measured_already", "done"]


def test_on_postgresql_too_one_of_two_who_revise_is_told(version: int) -> None:
    said = racing.threads(at_once.act, ("revise", "sato", version), ("revise", "suzuki", version))
    assert sorted(said) == ["bpr.changed_since", "done"]


def test_on_postgresql_too_a_workbook_is_taken_in_once(version: int) -> None:
    said = racing.threads(at_once.act, ("take", "sato", 0), ("take", "takahashi", 0))
    assert sorted(said) == ["bpr.intake_settled", "done"]
