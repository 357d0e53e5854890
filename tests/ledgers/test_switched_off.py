"""A government that does not use ledgers: nothing of it is left hanging."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import django
django.setup()
from django.apps import apps
from django.core.management import call_command
from django.urls import NoReverseMatch, reverse
call_command("check")
call_command("migrate", verbosity=0)
assert not apps.is_installed("kaikaku.ledgers")
try:
    reverse("ledgers:index")
except NoReverseMatch:
    print("gone")
from django.test import Client
from tests.cast import make_cast
cast = make_cast()
client = Client()
client.force_login(cast.sato)
page = client.get(reverse("plans:index"), HTTP_HOST="localhost")
assert page.status_code == 200, page.status_code
assert "/ledgers/" not in page.content.decode()
"""


def test_without_ledgers_the_rest_stands(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=root,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{root / 'src'}:{root}",
            "PYTHONUTF8": "1",
            "KAIKAKU_DATA": str(tmp_path),
            "KAIKAKU_APPS_OFF": ",".join(
                {"ledgers", *os.environ.get("KAIKAKU_APPS_OFF", "").split(",")} - {""}
            ),
            "DJANGO_SETTINGS_MODULE": "kaikaku.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "gone" in done.stdout
