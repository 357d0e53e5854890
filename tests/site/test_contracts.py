"""The house stands as drawn: who imports whom, no missing migration, a core of the standard library alone."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "kaikaku"
CORE = sorted(
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    for path in (PACKAGE / "core").rglob("*.py")
    if path.name != "__init__.py"
)


def test_folders_import_downwards_only() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_app_with_tables_keeps_their_writing_to_itself() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    kept = {module for contract in contracts for module in contract.get("protected_modules", [])}
    apps = [app for app in settings.KAIKAKU_APPS if list((PACKAGE / app).glob("models*"))]
    assert [app for app in apps if f"kaikaku.{app}.models" not in kept] == []


def test_the_core_runs_on_the_standard_library_alone() -> None:
    # -I -S: no site-packages, nothing of the environment
    script = f"import sys; sys.path.insert(0, {str(PACKAGE.parent)!r})\n" + "".join(
        f"import {m}\n" for m in CORE
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
