"""Two at the same moment: one is done, the other is told; nothing is lost and nothing is there twice."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection

from kaikaku.audit.services import verify
from kaikaku.reporting.models import Sheet
from tests.reporting import at_once

ROOT = Path(__file__).resolve().parents[2]
CHECK = (
    "import django, json; django.setup()\n"
    "from kaikaku.audit.services import verify\n"
    "from kaikaku.reporting.models import Sheet\n"
    "s = Sheet.objects.get()\n"
    "print(json.dumps([s.state, [m.action for m in s.moves.all()], s.parts.first().texts.get('done'),"
    " len(verify())]))"
)

# --- SQLite: two processes ----------------------------------------------------------------------------


def program(folder: Path, *words: str) -> subprocess.Popen[str]:
    """Start Python on the database of this folder."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"KAIKAKU_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "kaikaku.settings"}
    command = [sys.executable, *words]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the database of a filled sheet."""
    folder = tmp_path_factory.mktemp("prepared")
    program(folder, "-m", "tests.reporting.at_once", "prepare").communicate()
    return folder


@pytest.fixture
def run(prepared: Path, tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """Start a program on a copy of it."""
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    return partial(program, tmp_path)


def both(run: Callable[..., subprocess.Popen[str]], *acts: tuple[str, str, int]) -> list[str]:
    """What came of each; all are let go only once every one is ready."""
    started = [run("-m", "tests.reporting.at_once", *map(str, words)) for words in acts]
    for one in started:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in started:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    return [json.loads(one.communicate()[0]) for one in started]


@pytest.mark.slow
def test_of_two_approving_processes_one_confirms_and_the_other_is_told(run) -> None:
    version = int(run("-m", "tests.reporting.at_once", "submit").communicate()[0])
    said = both(run, ("confirm", "mori", version), ("confirm", "suzuki", version))
    assert sorted(said) == ["done", "reporting.moved_already"]
    state, moves, _, breaks = json.loads(run("-c", CHECK).communicate()[0])
    assert (state, moves, breaks) == ("chief_confirmed", ["start", "submit", "confirm"], 0)


@pytest.mark.slow
def test_of_two_saving_processes_the_second_is_shown_the_first(run) -> None:
    said = both(run, ("save", "sato", 3), ("save", "abe", 3))
    assert sorted(said) == ["done", "reporting.stale"]
    _, _, text, breaks = json.loads(run("-c", CHECK).communicate()[0])
    assert (text, breaks) == (f"{('sato', 'abe')[said.index('done')]}の文", 0)


# --- PostgreSQL: two threads --------------------------------------------------------------------------


def together(*acts: Callable[[], str]) -> list[str]:
    """What each thread came to, all starting at one moment on connections of their own."""
    start, said = Barrier(len(acts)), [""] * len(acts)

    def do(place: int, one: Callable[[], str]) -> None:
        start.wait()
        try:
            said[place] = one()
        finally:
            connection.close()

    threads = [Thread(target=do, args=(place, one)) for place, one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


@pytest.fixture
def version(transactional_db: None) -> int:
    if connection.vendor != "postgresql":
        pytest.skip("threads on one test database need PostgreSQL; SQLite is tried with two processes")
    return at_once.people()


def test_of_two_approving_threads_one_confirms_and_the_other_is_told(version: int) -> None:
    seen = at_once.submit()
    said = together(
        lambda: at_once.act("confirm", "mori", seen), lambda: at_once.act("confirm", "suzuki", seen)
    )
    assert sorted(said) == ["done", "reporting.moved_already"]
    assert [move.action for move in Sheet.objects.get().moves.all()] == ["start", "submit", "confirm"]
    assert verify() == []


def test_of_two_saving_threads_the_second_is_shown_the_first(version: int) -> None:
    said = together(lambda: at_once.act("save", "sato", version), lambda: at_once.act("save", "abe", version))
    assert sorted(said) == ["done", "reporting.stale"]
    kept = Sheet.objects.get().parts.first().texts["done"]
    assert kept == f"{('sato', 'abe')[said.index('done')]}の文"
    assert verify() == []


def test_a_confirmation_and_its_submitters_undo_do_not_both_stand(version: int) -> None:
    seen = at_once.submit()
    said = together(lambda: at_once.act("confirm", "mori", seen), lambda: at_once.act("undo", "sato", seen))
    sheet = Sheet.objects.get()
    assert said.count("done") == 1
    assert sheet.state == ("chief_confirmed" if said[0] == "done" else "draft")
    assert verify() == []
