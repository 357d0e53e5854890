"""From nothing to a running installation, with the real command in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tarfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import kaikaku

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        bool(os.environ.get("DATABASE_URL")), reason="the installation is tried on its default, SQLite"
    ),
]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder after `setup` and `demo`."""
    data = tmp_path_factory.mktemp("installation") / "var"
    for command in ("setup", "demo"):
        ran = kaikaku(command, data=data)
        assert ran.status == 0, ran.error
    return data


def rows(data: Path, query: str) -> list[tuple]:
    database = sqlite3.connect(f"file:{data / 'db.sqlite3'}?mode=ro", uri=True)
    try:
        return database.execute(query).fetchall()
    finally:
        database.close()


def test_the_secret_is_for_its_owner_only(installed: Path) -> None:
    assert (installed / "secret").stat().st_mode & 0o777 == 0o600


def test_the_demo_holds_five_read_plans_and_an_invented_prefecture(installed: Path) -> None:
    names = {name for (name,) in rows(installed, "select name from org_organisation")}
    assert names == {"宮城県", "山形県", "青森県", "山口県", "岩手県", "みほん県"}


def test_all_six_are_published(installed: Path) -> None:
    states = rows(installed, "select state from publish_publication")
    assert states == [("published",)] * 6
    assert len(list((installed / "publications").glob("*/e*/index.html"))) == 6


def test_mihon_has_57_indicators_in_4_pillars_and_40_sections_of_200_posts(installed: Path) -> None:
    mihon = "select id from org_organisation where slug='mihon'"
    plans = f"select id from plans_plan where organisation_id=({mihon})"
    editions = f"select id from plans_edition where plan_id in ({plans})"
    editions = f"{editions} and fiscal_year=2025"
    count = f"select count(*) from plans_indicator where edition_id in ({editions})"
    assert rows(installed, count) == [(57,)]
    pillars = f"select count(*) from plans_section where parent_id is null and edition_id in ({editions})"
    assert rows(installed, pillars) == [(4,)]
    below = f"where organisation_id=({mihon}) and parent_id is not null and closed is null"
    assert rows(installed, f"select count(*) from org_department {below}") == [(40,)]
    posts = f"join org_department d on d.id=p.department_id where d.organisation_id=({mihon})"
    assert rows(installed, f"select count(*) from org_post p {posts}")[0][0] >= 200


def test_doing_it_again_changes_nothing(installed: Path) -> None:
    before = rows(installed, "select count(*) from audit_entry")
    assert kaikaku("setup", data=installed).status == 0
    assert kaikaku("demo", data=installed).status == 0
    assert rows(installed, "select count(*) from audit_entry") == before


def test_check_finds_nothing_wrong(installed: Path) -> None:
    ran = kaikaku("check", data=installed)
    assert ran.status == 0, ran.out
    assert "×" not in ran.out


def test_the_log_verifies(installed: Path) -> None:
    assert kaikaku("verify-log", data=installed).status == 0


def test_a_log_that_was_touched_does_not_verify(installed: Path, tmp_path: Path) -> None:
    data = restored_copy(installed, tmp_path)
    database = sqlite3.connect(data / "db.sqlite3")
    triggers = database.execute("select name from sqlite_master where type='trigger'").fetchall()
    for (name,) in triggers:
        database.execute(f'drop trigger "{name}"')
    database.execute("update audit_entry set note='消した' where number=3")
    database.commit()
    database.close()
    ran = kaikaku("verify-log", data=data)
    assert ran.status == 1
    assert "3番" in ran.error


def restored_copy(installed: Path, tmp_path: Path) -> Path:
    archive, data = tmp_path / "backup.tar.gz", tmp_path / "restored"
    assert kaikaku("backup", archive, data=installed).status == 0
    ran = kaikaku("restore", archive, data=data)
    assert ran.status == 0, ran.error
    return data


def test_a_backup_brings_everything_back(installed: Path, tmp_path: Path) -> None:
    data = restored_copy(installed, tmp_path)
    query = "select count(*), max(hash) from audit_entry"
    assert rows(data, query) == rows(installed, query)
    for name in ("media", "publications"):
        files = {p.relative_to(installed / name) for p in (installed / name).rglob("*") if p.is_file()}
        assert files == {p.relative_to(data / name) for p in (data / name).rglob("*") if p.is_file()}


def test_a_backup_holds_no_secret(installed: Path, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar.gz"
    kaikaku("backup", archive, data=installed)
    with tarfile.open(archive) as tar:
        assert not [name for name in tar.getnames() if "secret" in name]


def test_restoring_never_overwrites_unasked(installed: Path, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar.gz"
    kaikaku("backup", archive, data=installed)
    ran = kaikaku("restore", archive, data=installed)
    assert ran.status == 1
    assert "--replace" in ran.error


@pytest.mark.parametrize("cut", [1000, 100_000])
def test_a_torn_backup_changes_nothing(installed: Path, tmp_path: Path, cut: int) -> None:
    archive = tmp_path / "backup.tar.gz"
    kaikaku("backup", archive, data=installed)
    archive.write_bytes(archive.read_bytes()[:-cut])
    data = tmp_path / "fresh"
    ran = kaikaku("restore", archive, data=data)
    assert ran.status == 1
    assert "控え" in ran.error
    assert not (data / "db.sqlite3").exists()


def test_a_document_is_imported_from_the_command_line(installed: Path, tmp_path: Path) -> None:
    data = restored_copy(installed, tmp_path)
    file = tmp_path / "計画.txt"
    file.write_text("みほん県小さな計画（令和8年度）\n\n第1 柱\n\n1 取組\n\n- 実施する\n", encoding="utf-8")
    ran = kaikaku("import", file, "--organisation", "mihon", "--by", "jimukyoku", "--accept", data=data)
    assert ran.status == 0, ran.error
    assert "取り込みました" in ran.out


def test_an_unknown_organisation_is_told(installed: Path, tmp_path: Path) -> None:
    file = tmp_path / "計画.txt"
    file.write_text("計画", encoding="utf-8")
    ran = kaikaku("import", file, "--organisation", "nowhere", data=installed)
    assert ran.status == 1
    assert "nowhere" in ran.error


def test_an_edition_is_published_to_a_folder(installed: Path, tmp_path: Path) -> None:
    data = restored_copy(installed, tmp_path)
    [(edition,)] = rows(data, "select edition_id from publish_publication order by id desc limit 1")
    ran = kaikaku("publish", str(edition), "--out", tmp_path / "site", data=data)
    assert ran.status == 0, ran.error
    manifest = json.loads((tmp_path / "site" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["files"]


@pytest.fixture
def served(installed: Path) -> Iterator[str]:
    """The production server on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "kaikaku", "serve", "--port", str(port), "--workers", "1"],
        env={**os.environ, "KAIKAKU_DATA": str(installed)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{address}/public/", timeout=2).close()
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)


def test_the_server_shows_what_is_public_and_asks_for_a_sign_in(served: str) -> None:
    with urllib.request.urlopen(f"{served}/public/", timeout=10) as page:
        assert "岩手県" in page.read().decode()
    with urllib.request.urlopen(f"{served}/plans/", timeout=10) as page:
        assert "/accounts/login/" in page.url


def test_before_setup_every_command_says_what_to_do_first(tmp_path: Path) -> None:
    for command in ("demo", "verify-log"):
        ran = kaikaku(command, data=tmp_path / "nothing")
        assert ran.status == 1
        assert "kaikaku setup" in ran.error
