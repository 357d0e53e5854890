"""Two at the same moment: of two who change a record one is told, and a workbook overwrites nobody."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests import racing
from tests.ledgers import at_once

MODULE, MOVED = "tests.ledgers.at_once", "ledgers.moved_already"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ledgers")
    racing.told(MODULE, folder, "prepare")
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    """A copy of a database with one agreement and one workbook."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    return tmp_path


def check_forms(said: list[str], stands: list[Any]) -> None:
    """One of two who sent a form was first, the other is told, and the first's words stand."""
    assert sorted(said) == ["done", MOVED]
    first = ("sato", "takahashi")[said.index("done")]
    assert stands == [2, [f"{first}が書いた", None], [], [False], 0]


def check_years(said: list[str], stands: list[Any]) -> None:
    """The same of the values of a year that neither had seen."""
    assert sorted(said) == ["done", MOVED]
    first = ("sato", "takahashi")[said.index("done")]
    assert stands[2] == [{"actions": str(len(first))}]


def check_workbook(said: list[str], stands: list[Any]) -> None:
    """Whoever was first stands; the other is told, the form by a refusal, the workbook in its cells."""
    form_was_first = said == ["done", "done"]
    assert form_was_first or said == [MOVED, "done"]
    cost, name = ("satoが書いた", None) if form_was_first else (None, "新しい名称")
    assert stands == [2, [cost, name], [], [form_was_first], 0]


FORMS = (("form", "sato", 1), ("form", "takahashi", 1))
YEARS = (("year", "sato", 0), ("year", "takahashi", 0))
WORKBOOK = (("form", "sato", 1), ("workbook", "takahashi", 1))


@pytest.mark.slow
def test_of_two_who_send_a_form_one_is_told(folder: Path) -> None:
    check_forms(racing.processes(MODULE, folder, *FORMS), racing.told(MODULE, folder))


@pytest.mark.slow
def test_of_two_who_write_a_year_one_is_told(folder: Path) -> None:
    check_years(racing.processes(MODULE, folder, *YEARS), racing.told(MODULE, folder))


@pytest.mark.slow
def test_a_workbook_and_a_form_lose_nothing_of_each_other(folder: Path) -> None:
    check_workbook(racing.processes(MODULE, folder, *WORKBOOK), racing.told(MODULE, folder))


@pytest.fixture
def on_postgresql(transactional_db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("threads on one test database need PostgreSQL; SQLite is tried with two processes")
    at_once.people()


def test_on_postgresql_too_of_two_forms_one_is_told(on_postgresql: None) -> None:
    check_forms(racing.threads(at_once.act, *FORMS), at_once.tell())


def test_on_postgresql_too_of_two_years_one_is_told(on_postgresql: None) -> None:
    check_years(racing.threads(at_once.act, *YEARS), at_once.tell())


def test_on_postgresql_too_a_workbook_and_a_form_lose_nothing(on_postgresql: None) -> None:
    check_workbook(racing.threads(at_once.act, *WORKBOOK), at_once.tell())
