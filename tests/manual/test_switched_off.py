"""A government that uses none of the optional apps: the manual has no page of them and no link to them."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

SCRIPT = """
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.test import Client
from kaikaku.org.roles import Role
from kaikaku.ui.manual import pages
from tests.cast import make_cast
from tests.pages import check_html
cast = make_cast()
slugs = [page.slug for page in pages()]
assert not [page.slug for page in pages() if page.template.split("/")[0] in settings.OPTIONAL_APPS]
assert "sheet" in slugs and "import" not in slugs, slugs
for user in (None, *(cast.of(role) for role in Role)):
    client = Client(headers={"host": "localhost"})
    if user is not None:
        client.force_login(user)
    def opened(address):
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, (address, answer.status_code)
        return check_html(answer.content.decode())
    links = set()
    for address in ["/help/", "/help/all/", *(f"/help/{slug}/" for slug in slugs)]:
        links |= set(opened(address).xpath("//main//a/@href"))
    for link in sorted(links):
        address, _, anchor = link.partition("#")
        if address:
            root = opened(address)
            assert not anchor or root.xpath(f"//*[@id='{anchor}']"), link
print(len(slugs), "pages")
"""


def test_without_the_optional_apps_no_link_leads_nowhere(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=root,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{root / 'src'}:{root}",
            "PYTHONUTF8": "1",
            "KAIKAKU_DATA": str(tmp_path),
            "KAIKAKU_APPS_OFF": ",".join(settings.OPTIONAL_APPS),
            "DJANGO_SETTINGS_MODULE": "kaikaku.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "pages" in done.stdout
