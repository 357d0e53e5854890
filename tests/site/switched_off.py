"""A government that goes without an app: what is asked of the rest, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys
import django
django.setup()
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.urls import NoReverseMatch, reverse
app, label = sys.argv[1:]
call_command("check")
call_command("migrate", verbosity=0)
assert not apps.is_installed(f"kaikaku.{app}")
try:
    reverse(f"{app}:index")
except NoReverseMatch:
    pass
else:
    raise AssertionError("its pages are still there")
from tests.cast import make_cast
cast = make_cast()
client = Client()
for user in (cast.sato, cast.takahashi):
    client.force_login(user)
    for address in ("/", reverse("plans:index")):
        page = client.get(address, HTTP_HOST="localhost")
        assert page.status_code == 200, (address, page.status_code)
        assert label not in page.content.decode(), address
"""


def run_without(app: str, *, label: str, data: Path) -> subprocess.CompletedProcess[str]:
    """Start the site without the app: its pages and its name (`label`) are gone."""
    off = {app, *os.environ.get("KAIKAKU_APPS_OFF", "").split(",")} - {""}
    return subprocess.run(
        [sys.executable, "-c", SCRIPT, app, label],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "PYTHONUTF8": "1",
            "KAIKAKU_DATA": str(data),
            "KAIKAKU_APPS_OFF": ",".join(sorted(off)),
            "DJANGO_SETTINGS_MODULE": "kaikaku.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
