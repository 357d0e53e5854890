"""One file that holds everything: the database, the sources, the publications; and the way back.

The secret is not in it: whoever finds a backup must not be able to sign sessions. A restored installation
makes a new one, and people sign in again.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from kaikaku import __version__
from kaikaku.core.errors import RuleViolation

FOLDERS = ("media", "publications")
SQLITE, POSTGRES = "db.sqlite3", "db.sql"
MANIFEST = "kaikaku-backup.json"


def write_backup(target: Path) -> int:
    """Write the backup beside its name first and rename it when whole; returns how many files it holds.

    The database is copied through its own means (SQLite's backup, pg_dump), so that a running server does no
    harm. Sources and publications are only ever added to or swapped whole, and are copied after it.
    """
    from django.conf import settings

    sums: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as scratch:
        database = dump_database(Path(scratch))
        fresh = target.with_name(target.name + ".part")
        try:
            with tarfile.open(fresh, "w:gz", compresslevel=6) as tar:
                add(tar, database, database.name, sums)
                for folder in FOLDERS:
                    base = Path(settings.DATA) / folder
                    for path in sorted(p for p in base.rglob("*") if p.is_file()):
                        add(tar, path, f"{folder}/{path.relative_to(base)}", sums)
                add_manifest(tar, sums)
        except OSError as trouble:
            fresh.unlink(missing_ok=True)
            raise RuleViolation(
                "cli.backup",
                f"{target} に書けません（{trouble.strerror}）。空き容量と権限を確かめてください。",
            ) from trouble
        fresh.replace(target)
    return len(sums)


def add(tar: tarfile.TarFile, path: Path, name: str, sums: dict[str, str]) -> None:
    sums[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    tar.add(path, name)


def add_manifest(tar: tarfile.TarFile, sums: dict[str, str]) -> None:
    data = json.dumps({"version": __version__, "files": sums}, ensure_ascii=False).encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size = len(data)
    tar.addfile(entry, io.BytesIO(data))


def database_settings() -> dict[str, Any]:
    from django.conf import settings

    found: dict[str, Any] = settings.DATABASES["default"]
    return found


def uses_sqlite() -> bool:
    return "sqlite" in database_settings()["ENGINE"]


def dump_database(folder: Path) -> Path:
    if uses_sqlite():
        target = folder / SQLITE
        source = sqlite3.connect(database_settings()["NAME"])
        copy = sqlite3.connect(target)
        try:
            source.backup(copy)
        finally:
            source.close()
            copy.close()
        return target
    target = folder / POSTGRES
    run_client("pg_dump", ["--no-owner", "--no-privileges", "--file", str(target)])
    return target


def run_client(program: str, arguments: list[str]) -> None:
    """Run a PostgreSQL client on our database; the password travels in the environment, not in sight."""
    settings = database_settings()
    if not shutil.which(program):
        raise RuleViolation(
            "cli.no_client", f"{program} がありません。PostgreSQLのクライアントを入れてから実行してください。"
        )
    done = subprocess.run(  # noqa: S603
        [program, "--dbname", address_for_clients(settings), *arguments],
        env={**os.environ, "PGPASSWORD": settings["PASSWORD"]},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuleViolation("cli.client_failed", f"{program} が失敗しました：{done.stderr.strip()[:500]}")


def address_for_clients(settings: dict[str, Any]) -> str:
    """The database as libpq's own tools take it, with the options of DATABASE_URL (sslmode) and without the
    password; what is not given is left to libpq.
    """
    from psycopg.conninfo import make_conninfo

    named = {"dbname": "NAME", "user": "USER", "host": "HOST", "port": "PORT"}
    given = {name: settings[key] for name, key in named.items() if settings[key]}
    return make_conninfo(**given, **settings.get("OPTIONS", {}))


def restore_backup(source: Path, *, replace: bool) -> None:
    """Prove the backup whole, then put it in place of what is there; a torn file changes nothing."""
    from django.conf import settings

    data = Path(settings.DATA)
    if not source.is_file():
        raise RuleViolation("cli.no_backup", f"「{source}」が見つかりません。控えの場所を確かめてください。")
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data) as scratch:
        unpacked = Path(scratch) / "backup"
        unpack(source, unpacked)
        wanted = SQLITE if uses_sqlite() else POSTGRES
        if not (unpacked / wanted).is_file():
            raise RuleViolation(
                "cli.other_database",
                "この控えは別の種類のデータベースのものです。"
                "DATABASE_URL を取った時と同じ種類にしてください。",
            )
        if not replace and has_data(data):
            raise RuleViolation(
                "cli.data_there",
                "すでにデータがあります。置き換えてよければ --replace を付けて実行してください。",
            )
        # the database first: it can refuse, and then nothing else has changed
        if uses_sqlite():
            put_sqlite(unpacked / SQLITE)
        else:
            put_postgres(unpacked / POSTGRES)
        for folder in FOLDERS:
            swap(unpacked / folder, data / folder)


def unpack(source: Path, folder: Path) -> None:
    try:
        with tarfile.open(source) as tar:
            tar.extractall(folder, filter="data")
        listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
    except (tarfile.TarError, OSError, EOFError, ValueError, KeyError) as trouble:
        raise RuleViolation(
            "cli.torn_backup",
            f"「{source.name}」は控えとして読み取れません。壊れていない控えを指定してください。",
        ) from trouble
    for name, sha256 in listed.items():
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            raise RuleViolation(
                "cli.changed_backup",
                f"控えの中の {name} が、取った時と違っています。別の控えを指定してください。",
            )


def has_data(data: Path) -> bool:
    from django.db import connection

    if uses_sqlite() and not Path(database_settings()["NAME"]).exists():
        return False
    return "org_organisation" in connection.introspection.table_names() or any((data / "media").glob("*"))


def swap(fresh: Path, place: Path) -> None:
    """Put a folder in the place of another; an absent fresh one leaves an empty place."""
    old = place.with_name(place.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    if fresh.exists():
        fresh.rename(place)
    else:
        place.mkdir()
    shutil.rmtree(old, ignore_errors=True)


def put_sqlite(copy: Path) -> None:
    from django.db import connection

    connection.close()
    target = Path(database_settings()["NAME"])
    for ending in ("-wal", "-shm"):
        target.with_name(target.name + ending).unlink(missing_ok=True)
    copy.replace(target)


def put_postgres(dump: Path) -> None:
    from django.db import connection

    connection.close()
    empty = ["--command", "DROP SCHEMA public CASCADE", "--command", "CREATE SCHEMA public"]
    # one transaction: a dump that cannot be read to its end leaves what was there
    strict = ["--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--single-transaction"]
    run_client("psql", [*strict, *empty, "--file", str(dump)])
