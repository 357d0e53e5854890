"""Running the command as a person does: another process, its own data folder."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Ran:
    """What came of a command."""

    status: int
    out: str
    error: str


def kaikaku(
    *words: str | Path, data: Path | None = None, database: str | None = None, timeout: int = 180
) -> Ran:
    """Run `kaikaku` with these words; `data` is its data folder, `database` the address of its database (""
    the one in the folder), where that is not this process's own.
    """
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    if data is not None:
        environment["KAIKAKU_DATA"] = str(data)
    if database is not None:
        environment["DATABASE_URL"] = database
    done = subprocess.run(
        [sys.executable, "-m", "kaikaku", *map(str, words)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)
