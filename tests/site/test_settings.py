"""Settings refuse what is unsafe, with a sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def load(tmp_path: Path, expression: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Load the settings in a fresh process with only this environment; print `expression`."""
    script = f"from kaikaku import settings; print({expression or '0'})"
    return subprocess.run(
        [sys.executable, "-c", script],
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1", "KAIKAKU_DATA": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"KAIKAKU_HOSTS": "*"}, "KAIKAKU_HOSTS に「*」は使えません"),
        ({"KAIKAKU_DEBUG": "yes"}, "KAIKAKU_DEBUG の「yes」は使えません"),
        ({"KAIKAKU_DEBUG": "1", "KAIKAKU_HOSTS": "plan.example.jp"}, "手元の機械"),
        ({"KAIKAKU_SECRET_KEY": "short"}, "KAIKAKU_SECRET_KEY が短すぎます"),
        ({"KAIKAKU_SECRET_KEY_FILE": "nowhere"}, "秘密鍵のファイル nowhere がありません"),
        ({"DATABASE_URL": "mysql://a/b"}, "DATABASE_URL を読み取れません"),
        ({"DATABASE_URL": "postgres://a:x/b"}, "DATABASE_URL を読み取れません"),
        ({"KAIKAKU_APPS_OFF": "plans"}, "「plans」は止められません"),
    ],
)
def test_an_unsafe_value_is_refused(tmp_path: Path, environment: dict[str, str], sentence: str) -> None:
    done = load(tmp_path, **environment)
    assert done.returncode != 0
    assert sentence in done.stderr


def test_nothing_set_is_safe(tmp_path: Path) -> None:
    done = load(tmp_path, "settings.DEBUG, settings.ALLOWED_HOSTS, settings.SECRET_IS_TEMPORARY")
    assert done.stdout.strip() == "False ['127.0.0.1', 'localhost'] True"
    assert list(tmp_path.iterdir()) == []


def test_the_secret_is_read_from_its_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s" * 64 + "\n")
    done = load(tmp_path, "settings.SECRET_KEY, settings.SECRET_IS_TEMPORARY")
    assert done.stdout.split() == ["s" * 64, "False"]


def test_without_a_kept_secret_the_server_does_not_start(tmp_path: Path) -> None:
    done = load(tmp_path, "__import__('kaikaku.wsgi')", DJANGO_SETTINGS_MODULE="kaikaku.settings")
    assert "kaikaku setup を実行してください" in done.stderr


def test_a_database_address_is_taken_apart(tmp_path: Path) -> None:
    address = "postgres://kai:p%40ss@db.example.jp:5433/plans?sslmode=require"
    done = load(tmp_path, "settings.DATABASES['default']", DATABASE_URL=address)
    for part in ("'NAME': 'plans'", "'PASSWORD': 'p@ss'", "'PORT': '5433'", "'sslmode': 'require'"):
        assert part in done.stdout


def test_an_app_that_is_off_has_no_pages(tmp_path: Path) -> None:
    done = load(tmp_path, "*settings.KAIKAKU_APPS", KAIKAKU_APPS_OFF="ingest, publish")
    apps = done.stdout.split()
    assert {"ui", "plans", "reporting", "home", "reviews"} <= set(apps)
    assert not {"ingest", "publish"} & set(apps)
