"""Backup and restore where the database is PostgreSQL: the real command, the real server and its clients.

Runs in the gate's PostgreSQL step (DATABASE_URL), with databases of its own on that server.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.cli.command import Ran, kaikaku

ADDRESS = os.environ.get("DATABASE_URL", "")
CLIENTS = ("pg_dump", "psql")
ROOT = Path(__file__).resolve().parents[2]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not ADDRESS.startswith("postgres"), reason="DATABASE_URL names no PostgreSQL"),
    pytest.mark.skipif(
        not all(map(shutil.which, CLIENTS)), reason="pg_dump and psql are not on the path of this machine"
    ),
]

FILLED = """
import django; django.setup()
from tests.cast import make_cast
from kaikaku.ingest import services
cast = make_cast()
text = "改革プラン\\n\\n第1 柱\\n".encode()
services.propose(organisation=cast.sakura, name="計画.txt", data=text, by=cast.takahashi)
"""


@dataclass(frozen=True)
class Place:
    """A database on the server and a data folder, as one installation has them."""

    address: str
    data: Path

    def run(self, *words: str | Path) -> Ran:
        return kaikaku(*words, data=self.data, database=self.address)

    def ask(self, query: str) -> list[tuple[object, ...]]:
        import psycopg

        with psycopg.connect(self.address) as connection:
            found = connection.execute(query)
            return found.fetchall() if found.description else []

    def standing(self) -> tuple[object, ...]:
        """The log, the plans and the kept files."""
        files = {
            str(path.relative_to(self.data)): sha256(path.read_bytes()).hexdigest()
            for path in sorted((self.data / "media").rglob("*"))
            if path.is_file()
        }
        log = self.ask("select number, hash from audit_entry order by organisation_id, number")
        return log, self.ask("select count(*) from ingest_proposal"), files


@pytest.fixture(scope="module")
def database() -> Iterator[Callable[[str], str]]:
    """Makes an empty database on the server and gives its address; all are gone afterwards."""
    import psycopg

    made: list[str] = []
    with psycopg.connect(ADDRESS, autocommit=True) as server:

        def make(name: str) -> str:
            made.append(f"{name}_{os.getpid()}")
            server.execute(f'create database "{made[-1]}"')
            return urlsplit(ADDRESS)._replace(path=f"/{made[-1]}").geturl()

        yield make
        for name in made:
            server.execute(f'drop database "{name}" with (force)')


@pytest.fixture(scope="module")
def installed(database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Place:
    """An installation with people, a document read and a log."""
    place = Place(database("from"), tmp_path_factory.mktemp("postgres") / "var")
    ran = place.run("setup")
    assert ran.status == 0, ran.error
    environment = {
        **os.environ,
        "DATABASE_URL": place.address,
        "KAIKAKU_DATA": str(place.data),
        "DJANGO_SETTINGS_MODULE": "kaikaku.settings",
    }
    subprocess.run([sys.executable, "-c", FILLED], env=environment, cwd=ROOT, check=True)
    return place


@pytest.fixture(scope="module")
def archive(installed: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backup") / "backup.tar.gz"
    ran = installed.run("backup", file)
    assert ran.status == 0, ran.error
    return file


def test_a_backup_brings_everything_back(
    installed: Place, archive: Path, database: Callable[[str], str], tmp_path: Path
) -> None:
    there = Place(database("to"), tmp_path / "var")
    ran = there.run("restore", archive)
    assert ran.status == 0, ran.error
    assert there.standing() == installed.standing()
    assert there.run("verify-log").status == 0
    # the database itself still refuses to change the log
    with pytest.raises(Exception, match="append-only"):
        there.ask("update audit_entry set note = ''")


def test_restoring_never_overwrites_unasked(installed: Place, archive: Path) -> None:
    before = installed.standing()
    ran = installed.run("restore", archive)
    assert ran.status == 1
    assert "--replace" in ran.error
    assert installed.standing() == before


def test_replacing_puts_back_what_stood_at_the_time_of_the_backup(installed: Place, archive: Path) -> None:
    before = installed.standing()
    installed.ask("delete from ingest_proposal")
    assert installed.standing() != before
    ran = installed.run("restore", archive, "--replace")
    assert ran.status == 0, ran.error
    assert installed.standing() == before


def test_a_dump_that_breaks_off_leaves_what_was_there(
    installed: Place, archive: Path, tmp_path: Path
) -> None:
    before = installed.standing()
    broken = tmp_path / "broken.tar.gz"
    _rewritten(archive, broken, lambda dump: dump[: len(dump) // 2] + b"\nno such statement;\n")
    ran = installed.run("restore", broken, "--replace")
    assert ran.status == 1
    assert "psql" in ran.error
    assert installed.standing() == before


def test_a_backup_of_the_other_kind_of_database_is_refused(
    installed: Place, archive: Path, tmp_path: Path
) -> None:
    ran = kaikaku("restore", archive, data=tmp_path / "sqlite", database="")
    assert ran.status == 1
    assert "別の種類のデータベース" in ran.error


def _rewritten(archive: Path, target: Path, change: Callable[[bytes], bytes]) -> None:
    """The archive with another dump in it, whole as far as its own sums go."""
    with tarfile.open(archive) as tar:
        files = {one.name: tar.extractfile(one).read() for one in tar if one.isfile()}  # type: ignore[union-attr]
    files["db.sql"] = change(files["db.sql"])
    listed = json.loads(files["kaikaku-backup.json"])
    listed["files"]["db.sql"] = sha256(files["db.sql"]).hexdigest()
    files["kaikaku-backup.json"] = json.dumps(listed).encode()
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    target.write_bytes(gzip.compress(out.getvalue()))
