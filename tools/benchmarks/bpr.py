"""The BPR register with 2,000 projects of six steps: its pages, its metrics, its workbook; SQLite."""

from __future__ import annotations

import os
import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tools.benchmarks import pages
from tools.benchmarks.measure import Figures, Row, median_of, peak_mib, repeated, row

if TYPE_CHECKING:
    from tests.cast import Cast

SEED, STEPS, FEW, MANY = 20261121, 6, 200, 2_000
GOAL = 0.3
BARE = """<!doctype html><html lang="ja"><head><title>{{ title }}</title></head><body><table>
{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table></body></html>"""
QUESTION = """
    SELECT p.title, d.name, p.stage, p.tools, p.fiscal_year, max(m.minutes), p.began_on, p.summary
    FROM bpr_project p JOIN org_department d ON d.id = p.department_id
    LEFT JOIN bpr_measurement m ON m.project_id = p.id AND m.verified_at IS NOT NULL
    GROUP BY p.id ORDER BY p.id"""
STAGES = (
    *("candidate", "selected", "analysing", "suspended", "dropped"),
    *("started",) * 3,
    *("completed",) * 5,
    *("monitoring",) * 3,
)
BEGUN = ("started", "completed", "monitoring")


def register(count: int, runs: int) -> Figures:
    """CPU seconds of a request for each page, of each metric, and of the floor: the rows by bare sqlite3 in a
    bare Jinja2 table.
    """
    with tempfile.TemporaryDirectory(prefix="kaikaku-bench-") as folder:
        pages.start(folder)
        cast, project = make(count)
        database = os.path.join(folder, "db.sqlite3")
        found: Figures = {"bare": median_of(bare(database, count), runs=runs)}
        for name, work in requests(cast, project).items():
            work()
            found[name] = median_of(work, runs=runs)
        found["peak"] = peak_mib()
        pages.stop()
    return found


def make(count: int) -> tuple[Cast, int]:
    """The cast with so many projects over 24 sections in all stages, each with steps, those in use with two
    findings; and the key of one in use.
    """
    from django.utils import timezone
    from tests.cast import department, make_cast

    from kaikaku.bpr.models import Measurement, Project, Step
    from kaikaku.bpr.words import TOOLS

    cast, lot = make_cast(), random.Random(SEED)
    divisions = [department(cast.sakura, f"第{n}部") for n in range(1, 7)]
    sections = [department(cast.sakura, f"第{n}課", parent=top) for top in divisions for n in range(1, 5)]
    projects = []
    for number in range(count):
        stage = lot.choice(STAGES)
        began = date(2022, 4, 1) + timedelta(days=lot.randrange(1600)) if stage in BEGUN else None
        projects.append(
            Project(
                organisation=cast.sakura,
                department=lot.choice(sections),
                title=f"入力と集計の業務{number}",
                summary="紙の申請を電子申請に移し、確認の手順を減らす。",
                stage=stage,
                was_started=stage in BEGUN,
                fiscal_year=2022 + number % 5,
                started_on=began,
                completed_on=began if stage in ("completed", "monitoring") else None,
                began_on=began,
                tools=lot.sample(sorted(TOOLS), lot.randrange(4)),
            )
        )
    Project.objects.bulk_create(projects)
    Step.objects.bulk_create(
        Step(
            project=one,
            position=n,
            name=f"手順{n + 1}",
            **dict.fromkeys(("before_times", "after_times"), Decimal(240)),
            **dict.fromkeys(("before_people", "after_people"), Decimal(1)),
            before_minutes=Decimal(lot.randrange(5, 60)),
            after_minutes=Decimal(lot.randrange(1, 10)),
        )
        for one in projects
        for n in range(STEPS)
    )
    used = [one for one in projects if one.began_on is not None]
    Measurement.objects.bulk_create(
        Measurement(
            project=one,
            occasion=occasion,
            method="sampled",
            counted_from=one.began_on + timedelta(days=days) if one.began_on else date(2022, 4, 1),
            minutes=Decimal(lot.randrange(600, 60_000)),
            by=cast.sato,
            verified_by=cast.suzuki,
            verified_at=timezone.now(),
        )
        for one in used
        for occasion, days in (("first", 0), ("after_3", 92))
    )
    return cast, used[0].pk


def requests(cast: Cast, project: int) -> dict[str, Callable[[], object]]:
    """Each page as the office opens it, the tasks of a clerk, and each metric."""
    from django.test import Client

    from kaikaku.bpr import queries
    from kaikaku.bpr.metrics import METRICS
    from kaikaku.core.eras import fiscal_year_of
    from kaikaku.org.queries import today
    from kaikaku.ui.search import Wanted

    client = Client()
    client.force_login(cast.takahashi)

    def open_page(address: str) -> None:
        assert client.get(address, SERVER_NAME=pages.HOST).status_code == 200

    addresses = {
        "list": "/bpr/",
        "filter": "/bpr/?stage=completed&tool=rpa&q=集計",
        "last": "/bpr/?page=999&sort=-hours",
        "summary": "/bpr/summary/",
        "project": f"/bpr/{project}/",
        "search": "/search/?q=集計の業務1",
    }
    found: dict[str, Callable[[], object]] = {
        name: (lambda address=address: open_page(address)) for name, address in addresses.items()
    }
    found["tasks"] = lambda: queries.tasks_for(cast.sato)
    found["found"] = lambda: list(queries.found_for(cast.sato, Wanted.of("集計の業務1")))
    year = fiscal_year_of(today())
    for metric in METRICS:
        found[metric.code] = lambda metric=metric: metric.measure(cast.sakura, year, {})
        found[f"{metric.code} by tool"] = lambda metric=metric: metric.measure(
            cast.sakura, year, {"tool": "rpa"}
        )
    return found


def bare(database: str, count: int) -> Callable[[], Any]:
    """The floor: every project's row by bare sqlite3, in a bare Jinja2 table; nothing is counted."""
    from jinja2 import Environment

    page = Environment(autoescape=True).from_string(BARE)
    connection = sqlite3.connect(database)

    def work() -> None:
        rows = connection.execute(QUESTION).fetchall()
        assert len(rows) == count
        page.render(title="業務改革", rows=rows)

    return work


NAMES = {
    "list": "the list",
    "filter": "… filtered by stage, tool and words",
    "last": "… its last page, by hours",
    "summary": "the summary with its three lists",
    "project": "one project",
    "search": "the search over everything",
    "tasks": "what waits for a clerk",
    "found": "what the search finds of it",
}


def rows(*, quick: bool) -> Iterator[Row]:
    """Every page and metric over the register, beside the rows bare."""
    count = FEW if quick else MANY
    found = repeated("bpr:register", count, 3 if quick else 7, runs=1 if quick else 3)
    for name, took in found.items():
        if name in ("bare", "peak"):
            continue
        what = NAMES.get(name, f"metric {name}")
        yield row(
            f"{count:,} BPR projects × {STEPS} steps: {what}",
            took,
            against=found["bare"],
            name="the rows by bare sqlite3 + Jinja2",
            source="floor",
            goal=f"< {GOAL * 1000:.0f} ms",
            met=took < GOAL,
            more=f"peak {found['peak']:.0f} MiB" if name == "list" else "",
        )
