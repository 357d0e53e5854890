"""Two writers at once: the chain does not fork."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from kaikaku.audit.models import Entry
from kaikaku.audit.services import record, verify
from tests.cast import make_cast

WRITER = """
import django; django.setup()
from django.db import transaction
from kaikaku.audit.services import record
for _ in range(20):
    with transaction.atomic():
        record("org.account.signed_in", on=None, by=None, organisation=None)
"""


def test_two_processes_on_sqlite_write_one_chain(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"KAIKAKU_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "kaikaku.settings"}

    def run(*arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    migrating = run("-m", "django", "migrate", "-v0")
    assert migrating.communicate()[0] == ""
    writers = [run("-c", WRITER), run("-c", WRITER)]
    assert [writer.communicate()[0] for writer in writers] == ["", ""]
    check = (
        "import django; django.setup()\n"
        "from kaikaku.audit.services import verify; from kaikaku.audit.models import Entry\n"
        "print(verify(), Entry.objects.count())"
    )
    assert run("-c", check).communicate()[0].strip() == "[] 40"


@pytest.mark.django_db(transaction=True)
def test_two_threads_on_postgresql_write_one_chain() -> None:
    if connection.vendor != "postgresql":
        pytest.skip(
            "two connections to one test database need PostgreSQL; SQLite is tried with two processes"
        )
    cast = make_cast()
    before = Entry.objects.filter(organisation=cast.sakura).count()
    start = Barrier(2)

    def write() -> None:
        start.wait()
        for _ in range(20):
            with transaction.atomic():
                record("org.account.signed_in", on=cast.sato, by=cast.sato, organisation=cast.sakura)
        connection.close()

    threads = [Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Entry.objects.filter(organisation=cast.sakura).count() == before + 40
    assert verify() == []
