"""With any one of the optional apps switched off, every page that gathers from all of them still answers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.slow

SCRIPT = """
import django
django.setup()
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
from kaikaku.plans import services
from kaikaku.plans.entries import EditionFields, IndicatorFields, SectionFields
from kaikaku.publish.queries import chapters_for
from tests.cast import make_cast

OFF = "{off}"
assert not apps.is_installed("kaikaku." + OFF)
cast = make_cast()
plan = services.create_plan(organisation=cast.sakura, name="改革プラン", by=None)
edition = services.create_edition(plan=plan, fields=EditionFields("令和5年度版", 2023), by=None)
section = services.add_section(edition=edition, fields=SectionFields("業務の改革"), by=None)
fields = IndicatorFields("着手した業務の数", unit="件", accumulation="stock", direction="up")
indicator = services.add_indicator(edition=edition, section=section, fields=fields, by=None)
list(chapters_for(edition))

seen, wrong = set(), []


def look(client, url):
    answer = client.get(url, HTTP_HOST="localhost", follow=True)
    if answer.status_code != 200:
        wrong.append((url, answer.status_code))
    seen.add(url)


for user in (cast.takahashi, cast.suzuki, cast.sato, cast.ito, cast.watanabe):
    client = Client()
    client.force_login(user)
    announced = (config.places(user) for config in apps.get_app_configs() if hasattr(config, "places"))
    found = [place for some in announced for place in some]
    for url in [reverse("home:index"), *(one.url for one in found), "/help/", "/notices/"]:
        look(client, url)
        assert not url.startswith("/" + OFF + "/")
    look(client, reverse("home:search") + "?q=業務")
    look(client, reverse("plans:edition", args=[edition.pk]))
    look(client, reverse("plans:indicator", args=[indicator.pk]))

office = Client()
office.force_login(cast.takahashi)
for url in (
    reverse("home:dashboard_of", args=[edition.pk]),
        reverse("reporting:index"),
    reverse("reporting:bindings"),
    reverse("reporting:choose_metric", args=[indicator.pk]),
):
    look(office, url)
assert not wrong, wrong
print(len(seen), "pages")
"""


WORK = [app for app in settings.OPTIONAL_APPS if app not in ("ingest", "publish")]


@pytest.mark.parametrize("off", WORK)
def test_every_gathering_page_answers_without(off: str, tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    already = os.environ.get("KAIKAKU_APPS_OFF", "").split(",")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.replace("{off}", off)],
        cwd=root,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{root / 'src'}:{root}",
            "PYTHONUTF8": "1",
            "KAIKAKU_DATA": str(tmp_path),
            "KAIKAKU_APPS_OFF": ",".join({off, *already} - {""}),
            "DJANGO_SETTINGS_MODULE": "kaikaku.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "pages" in done.stdout
