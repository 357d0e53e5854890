"""A government that does not use reviews: nothing of it is left hanging."""

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
assert not apps.is_installed("kaikaku.reviews")
try:
    reverse("reviews:index")
except NoReverseMatch:
    print("gone")
from django.test import Client
from tests.cast import make_cast
from kaikaku.publish.queries import chapters_for
cast = make_cast()
client = Client()
client.force_login(cast.sato)
page = client.get(reverse("plans:index"), HTTP_HOST="localhost")
assert page.status_code == 200, page.status_code
assert "点検・見直し" not in page.content.decode()
from kaikaku.plans import queries, services
from kaikaku.plans.entries import CauseFields, EditionFields, SectionFields
plan = services.create_plan(organisation=cast.sakura, name="改革プラン", by=None)
last = services.create_edition(plan=plan, fields=EditionFields("令和7年度版", 2025), by=None)
assert list(chapters_for(last)) == []
services.add_section(edition=last, fields=SectionFields("納税の電子化"), by=None)
draft = services.draft_next_edition(edition=last, fields=EditionFields("令和8年度版", 2026), by=None)
part = draft.sections.select_related("edition__plan").get()
cause = CauseFields("reviews:event", 1, "決定", "使い方を動画で案内する。")
services.cite_causes(edition=draft, part=part, causes=[cause], by=None)
client.force_login(cast.takahashi)
address = reverse("plans:revise_section", args=[part.pk])
form = client.get(address, HTTP_HOST="localhost").content.decode()
assert "使い方を動画で案内する。" in form
kept = {"title": "納税の電子化と案内", "change_reason": "電話が続くため", "causes": [cause.key]}
assert client.post(address, kept, HTTP_HOST="localhost").status_code == 302
page = client.get(reverse("plans:changes", args=[draft.pk]), HTTP_HOST="localhost").content.decode()
assert "使い方を動画で案内する。" in page
assert "電話が続くため" in page
assert queries.waiting_in(cast.takahashi, draft) == []
assert client.get(reverse("plans:edition", args=[draft.pk]), HTTP_HOST="localhost").status_code == 200
"""


def test_without_reviews_the_rest_stands(tmp_path: Path) -> None:
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
                {"reviews", *os.environ.get("KAIKAKU_APPS_OFF", "").split(",")} - {""}
            ),
            "DJANGO_SETTINGS_MODULE": "kaikaku.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "gone" in done.stdout
