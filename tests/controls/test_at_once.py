"""Two at the same moment: no number, answer, sample or report twice, nothing lost, and the log holds."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests import racing
from tests.controls import at_once

MODULE = "tests.controls.at_once"
OFFICE, SECTION = ("takahashi", "endo"), ("sato", "suzuki")
# what two people do, what the second of them is told, what stands there then, what the log says
SECTIONS = (
    ("add", "done", {"numbers": [1, 2, 3]}, "controls.risk.added"),
    ("check", "controls.sent", {"sent": 1, "deficiencies": 1}, "controls.self_check.sent"),
    ("answer", "controls.answered_already", {}, "controls.rollout.answered"),
)
OFFICES = (
    ("draw", "controls.drawn", {"drawn": 1}, "controls.year.drawn"),
    ("look", "controls.checked", {"deficiencies": 1}, "controls.sample_check.done"),
    ("ask", "controls.nobody_asked", {"asked": 2}, "controls.rollout.asked"),
    ("issue", "controls.issued", {"issued": 1}, "controls.year.issued"),
    ("open", "controls.year_there", {"years": 3}, "controls.year.opened"),
)
Case = tuple[str, str, dict[str, Any], str]
BOTH = [(SECTION, SECTIONS), (OFFICE, OFFICES)]


def holds(said: list[str], before: dict[str, Any], after: dict[str, Any], case: Case) -> None:
    name, second, stands, entry = case
    assert sorted(said) == sorted(["done", second])
    assert {key: after[key] for key in stands} == stands
    assert after["log"].get(entry, 0) - before["log"].get(entry, 0) == said.count("done")
    if name == "answer":
        assert after["rollout"] == SECTION[said.index("done")]
    assert after["broken"] == 0


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("controls")
    racing.told(MODULE, folder, "prepare")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(("people", "cases"), BOTH, ids=["section", "office"])
def test_of_two_processes_neither_is_lost_nor_done_twice(
    people: tuple[str, str], cases: tuple[Case, ...], prepared: Path, tmp_path: Path
) -> None:
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    before = racing.told(MODULE, tmp_path)
    names = [name for name, *_ in cases]
    said = racing.rounds(MODULE, tmp_path, names, people)
    after = racing.told(MODULE, tmp_path)
    for case, each in zip(cases, said, strict=True):
        holds(each, before, after, case)


@pytest.mark.parametrize(("people", "case"), [(people, case) for people, cases in BOTH for case in cases])
def test_on_postgresql_too_neither_is_lost_nor_done_twice(
    people: tuple[str, str], case: Case, transactional_db: None
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("threads on one test database need PostgreSQL; SQLite is tried with two processes")
    at_once.people()
    before = at_once.tell()
    said = racing.threads(at_once.act, *((case[0], who, 0) for who in people))
    holds(said, before, at_once.tell(), case)
