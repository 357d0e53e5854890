"""What a process does as it begins: the first page finds all that the second would."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kaikaku.home.warming import warm
from kaikaku.plans.queries.kept import forget
from tests.cast import Cast
from tests.pages import Page
from tests.reporting.conftest import make_edition

ROOT = Path(__file__).resolve().parents[2]


def test_the_first_dashboard_of_a_process_asks_no_more_than_the_second(
    cast: Cast, page: Page, count_queries: Callable[[], Any]
) -> None:
    make_edition(cast)
    page.get("/dashboard/", as_=cast.takahashi)
    forget()
    warm()
    with count_queries() as first:
        page.get("/dashboard/")
    with count_queries() as second:
        page.get("/dashboard/")
    assert len(first) == len(second)


def test_the_server_starts_before_there_is_a_database(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s" * 64 + "\n")
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-c", "from kaikaku.wsgi import application"],
        env={**environment, "KAIKAKU_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "kaikaku.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
