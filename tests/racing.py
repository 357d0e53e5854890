"""Two at the same moment: as processes on SQLite, as threads on PostgreSQL's test database.

A module of acts (tests.ideas.at_once) has `act(name, username, version)`, and `main(words)` that calls `run`
below with what prepares the database and what tells how it stands.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
Act = tuple[str, str, int]


def program(module: str, folder: Path, *words: str) -> subprocess.Popen[str]:
    """Start the one who acts, on the SQLite database of this folder."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"KAIKAKU_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "kaikaku.settings"}
    return subprocess.Popen(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def told(module: str, folder: Path, word: str = "tell") -> Any:
    """What the program says of a database: `prepare` makes it, `tell` reads it."""
    return json.loads(program(module, folder, word).communicate()[0])


def processes(module: str, folder: Path, *acts: Act) -> list[str]:
    """What came of each; all are let go only once every one is ready."""
    started = [program(module, folder, *map(str, one)) for one in acts]
    _let_go(started)
    return [json.loads(one.communicate()[0]) for one in started]


def rounds(module: str, folder: Path, names: Sequence[str], people: Sequence[str]) -> list[list[str]]:
    """What came of each act for each person: they do one after the other, each at the same moment."""
    started = [program(module, folder, ",".join(names), who, "0") for who in people]
    said = []
    for _ in names:
        _let_go(started)
        said.append([json.loads(one.stdout.readline()) for one in started if one.stdout is not None])
    for one in started:
        one.communicate()
    return said


def _let_go(started: Sequence[subprocess.Popen[str]]) -> None:
    for one in started:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in started:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()


def threads(act: Callable[[str, str, int], str], *acts: Act) -> list[str]:
    """As `processes`, on PostgreSQL's test database."""
    from django.db import connection

    start, said = Barrier(len(acts)), [""] * len(acts)

    def do(place: int, one: Act) -> None:
        start.wait()
        try:
            said[place] = act(*one)
        finally:
            connection.close()

    running = [Thread(target=do, args=place) for place in enumerate(acts)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return said


def run(
    words: Sequence[str],
    *,
    prepare: Callable[[], object],
    tell: Callable[[], object],
    act: Callable[[str, str, int], str],
) -> None:
    """What the module does when it is started: `prepare`, `tell`, or acts, each once it is let go."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    if words == ["prepare"]:
        call_command("migrate", verbosity=0)
        print(json.dumps(prepare()))
    elif words == ["tell"]:
        print(json.dumps(tell()))
    else:
        connection.ensure_connection()  # connected before the other begins
        for name in words[0].split(","):
            print("ready", flush=True)
            sys.stdin.readline()
            print(json.dumps(act(name, words[1], int(words[2]))), flush=True)
