"""The whole gate, step by step: what `make test` runs once the packages are in place.

A step that cannot be had on this machine (no PostgreSQL, no Chromium) is named at the end with its reason;
it never passes silently. Every step runs even when an earlier one failed, so that one look shows everything.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CANNOT_BE_HAD = 77
DATABASE_TESTS = [
    "audit",
    "org",
    "sources",
    "plans",
    "reporting",
    "reviews",
    "bpr",
    "ideas",
    "exchange",
    "ledgers",
    "controls",
    "home",
    "ingest",
    "publish",
    "cli",
    "site",
]
PROGRAMS = {
    "chromium": ["chromium"],
    "soffice": ["libreoffice-calc-nogui", "libreoffice-writer-nogui"],
    "initdb": ["postgresql"],
}


@dataclass
class Gate:
    """What has been run so far, and how it ended."""

    passed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def step(self, name: str, command: list[str], *, skip_reason: str = "") -> None:
        print(f"\n── {name}", flush=True)
        if skip_reason:
            print(f"   省きます：{skip_reason}", flush=True)
            self.skipped.append(f"{name}（{skip_reason}）")
            return
        started = time.monotonic()
        code = subprocess.run(command, cwd=ROOT, check=False).returncode
        print(f"   {time.monotonic() - started:.0f}秒", flush=True)
        if code == CANNOT_BE_HAD:
            self.skipped.append(f"{name}（上の理由による）")
        else:
            (self.failed if code else self.passed).append(name)


def main() -> int:
    obtain_programs()
    # nothing of the gate may touch, or depend on, the data of an installation beside it
    os.environ["KAIKAKU_DATA"] = tempfile.mkdtemp(prefix="kaikaku-check-")
    tool = {name: str(BIN / name) for name in ("ruff", "mypy", "lint-imports")}
    python = sys.executable
    pytest = [python, "-m", "pytest", "-q", "-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadscope"]
    databases = [f"tests/{name}" for name in DATABASE_TESTS if (ROOT / "tests" / name).is_dir()]
    gate = Gate()
    gate.step("書式", [tool["ruff"], "format", "--check", "."])
    gate.step("文法の検査", [tool["ruff"], "check", "."])
    gate.step("型", [tool["mypy"]])
    gate.step("フォルダーの依存方向", [tool["lint-imports"]])
    gate.step("データベースの移行もれ", [python, "manage.py", "makemigrations", "--check", "--dry-run"])
    gate.step("テスト（SQLite）", [*pytest, "-m", "not browser"])
    gate.step(
        "テスト（PostgreSQL）",
        [python, "-m", "tests.postgres", "--", *pytest, "-m", "not browser", *databases],
    )
    gate.step(
        "テスト（ブラウザー）",
        [*pytest, "-m", "browser"],
        skip_reason="" if shutil.which("chromium") else "chromium がありません",
    )
    print()
    for label, names in (("省いたもの", gate.skipped), ("失敗したもの", gate.failed)):
        if names:
            print(f"{label}：{'、'.join(names)}")
    print(f"{len(gate.passed)} passed, {len(gate.failed)} failed, {len(gate.skipped)} skipped")
    return 1 if gate.failed else 0


def is_there(program: str) -> bool:
    """Whether a program is on the path, or where Debian keeps PostgreSQL's."""
    return bool(shutil.which(program) or list(Path("/usr/lib/postgresql").glob(f"*/bin/{program}")))


def obtain_programs() -> None:
    """Install the programs the tests drive from Debian's packages, where this user may; else tests say so."""
    packages = [p for program, names in PROGRAMS.items() if not is_there(program) for p in names]
    if not packages or not shutil.which("apt-get") or os.geteuid() != 0:
        return
    print(f"・{'、'.join(packages)} を入れています…", flush=True)
    for words in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run(
            ["apt-get", *words],
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )


if __name__ == "__main__":
    sys.exit(main())
