"""Two at the same moment: of two who change a record one is told, and a workbook overwrites nobody."""

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

from tests.ledgers import at_once

ROOT = Path(__file__).resolve().parents[2]
MOVED = "ledgers.moved_already"
Act = tuple[str, str]


def program(folder: Path, *words: str) -> subprocess.Popen[str]:
    """Start the one who acts, on the SQLite database of this folder."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"KAIKAKU_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "kaikaku.settings"}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ledgers.at_once", *words],
        cwd=ROOT,
        env=environment,
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
    folder = tmp_path_factory.mktemp("ledgers")
    program(folder, "prepare").communicate()
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    """A copy of a database with one agreement and one workbook."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    return tmp_path


def told(folder: Path) -> list[object]:
    found: list[object] = json.loads(program(folder, "tell").communicate()[0])
    return found


def check_forms(said: list[str], stands: list[object]) -> None:
    """One of two who sent a form was first, the other is told, and the first's words stand."""
    assert sorted(said) == ["done", MOVED]
    first = ("sato", "takahashi")[said.index("done")]
    assert stands == [2, [f"{first}が書いた", None], [], [False], 0]


def check_years(said: list[str], stands: list[object]) -> None:
    """The same of the values of a year that neither had seen."""
    assert sorted(said) == ["done", MOVED]
    first = ("sato", "takahashi")[said.index("done")]
    assert stands[2] == [{"actions": str(len(first))}]


def check_workbook(said: list[str], stands: list[object]) -> None:
    """Whoever was first stands; the other is told, the form by a refusal, the workbook in its cells."""
    form_was_first = said == ["done", "done"]
    assert form_was_first or said == [MOVED, "done"]
    cost, name = ("satoが書いた", None) if form_was_first else (None, "新しい名称")
    assert stands == [2, [cost, name], [], [form_was_first], 0]


FORMS = (("form", "sato"), ("form", "takahashi"))
YEARS = (("year", "sato"), ("year", "takahashi"))
WORKBOOK = (("form", "sato"), ("workbook", "takahashi"))


@pytest.mark.slow
def test_of_two_who_send_a_form_one_is_told(folder: Path) -> None:
    check_forms(processes(folder, *FORMS), told(folder))


@pytest.mark.slow
def test_of_two_who_write_a_year_one_is_told(folder: Path) -> None:
    check_years(processes(folder, *YEARS), told(folder))


@pytest.mark.slow
def test_a_workbook_and_a_form_lose_nothing_of_each_other(folder: Path) -> None:
    check_workbook(processes(folder, *WORKBOOK), told(folder))


@pytest.fixture
def on_postgresql(transactional_db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("threads on one test database need PostgreSQL; SQLite is tried with two processes")
    at_once.people()


def test_on_postgresql_too_of_two_forms_one_is_told(on_postgresql: None) -> None:
    check_forms(threads(*FORMS), at_once.tell())


def test_on_postgresql_too_of_two_years_one_is_told(on_postgresql: None) -> None:
    check_years(threads(*YEARS), at_once.tell())


def test_on_postgresql_too_a_workbook_and_a_form_lose_nothing(on_postgresql: None) -> None:
    check_workbook(threads(*WORKBOOK), at_once.tell())
