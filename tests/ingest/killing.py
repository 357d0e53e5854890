"""Run as a program by test_killed: kills itself amid an import, again and again, and tells what is left.

    python -m tests.ingest.killing FOLDER

Each kill point is a process of its own (a fork) on a fresh copy of the database; SIGKILL leaves no chance to
tidy up. Printed is one JSON object a line.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

WRITES = ("INSERT", "UPDATE", "DELETE")
Act = Callable[[], object]


def main(folder: Path) -> None:
    os.environ["KAIKAKU_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "kaikaku.settings"
    django.setup()
    from django.core.management import call_command

    from kaikaku.ingest import services
    from kaikaku.ingest.models import Import
    from kaikaku.org.models import Organisation
    from kaikaku.org.services import create_organisation
    from tests.ingest.conftest import sample

    def propose(name: str = "yamagata_r4") -> object:
        organisation = Organisation.objects.get()
        return services.propose(organisation=organisation, name=f"{name}.txt", data=sample(name), by=None)

    def accept() -> object:
        return services.accept(imported=Import.objects.latest("pk"), by=None)

    def propose_again() -> object:
        changed = sample("yamagata_r4").decode().replace("2,233人", "2,240人").encode()
        organisation = Organisation.objects.get()
        return services.propose(organisation=organisation, name="again.txt", data=changed, by=None)

    call_command("migrate", verbosity=0)
    create_organisation(name="さくら県", kana="さくらけん", slug="sakura", by=None)
    acts = {"propose": propose, "accept": accept, "propose_again": propose_again, "accept_again": accept}
    for name, act in acts.items():
        try_all(folder, name, act, standing=_standing)


def try_all(
    folder: Path, name: str, act: Act, *, standing: Callable[[], dict[str, Any]], every: bool = False
) -> None:
    """Kill `act` after some of its writes, the last among them (after `every` one, if asked); then let it
    end for the next to begin.

    `standing` tells what the database holds, `breaks` of the log among it.
    """
    database, kept = folder / "db.sqlite3", folder / f"before-{name}.sqlite3"
    _close()
    shutil.copy(database, kept)
    before = standing()
    writes = _in_child(lambda: _counted(act))
    some = {1, 2, writes // 3, writes // 2, writes - 1, writes}
    for point in range(1, writes + 1) if every else sorted(some):
        _put_back(kept, database)
        killed = _in_child(lambda point=point: _killed(act, point))
        left = standing()
        _in_child(lambda: _counted(act))
        told = {"act": name, "point": point, "writes": writes, "killed": killed == -signal.SIGKILL}
        print(
            json.dumps({**told, "as_before": left == before, "breaks": left["breaks"], "after": standing()})
        )
    _put_back(kept, database)
    _in_child(lambda: _counted(act))


def _killed(act: Act, point: int) -> int:
    """Die by SIGKILL right after the `point`-th write of `act`."""
    from django.db import connection

    seen = 0

    def die(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal seen
        result = execute(sql, params, many, context)
        seen += sql.lstrip().upper().startswith(WRITES)
        if seen == point:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    with connection.execute_wrapper(die):
        act()
    return 0


def _counted(act: Act) -> int:
    from django.db import connection

    seen = 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal seen
        seen += sql.lstrip().upper().startswith(WRITES)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        act()
    return seen


def _in_child(act: Callable[[], int]) -> int:
    """What `act` returns in a process of its own, or minus the signal that ended it."""
    _close()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        status = 1
        try:
            os.write(writing, str(act()).encode())
            _close()
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return -os.WTERMSIG(status)
    assert os.WEXITSTATUS(status) == 0, "the act failed"
    return int(told)


def _standing() -> dict[str, Any]:
    """What the database holds now."""
    from kaikaku.audit.models import Entry
    from kaikaku.audit.services import verify
    from kaikaku.ingest.models import Import, Proposal
    from kaikaku.plans.models import Edition, Figure, Indicator, Item, Section
    from kaikaku.sources.models import Citation, SourceDocument

    models = (Import, Proposal, SourceDocument, Citation, Edition, Section, Item, Indicator, Figure, Entry)
    counts = {model.__name__: model.objects.count() for model in models}
    accepted = Proposal.objects.filter(decision="accepted").count()
    return {**counts, "accepted": accepted, "breaks": len(verify())}


def _put_back(kept: Path, database: Path) -> None:
    _close()
    for ending in ("-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)
    shutil.copy(kept, database)


def _close() -> None:
    from django.db import connections

    connections.close_all()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
