"""The page of a plan with 60 indicators as the office opens it: server CPU, SQLite in a folder of its own."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from tools.benchmarks.measure import Figures, Row, median_of, peak_mib, repeated, row

if TYPE_CHECKING:
    from kaikaku.plans.models import Edition

INDICATORS, PILLARS = 60, 4
HOST = "127.0.0.1"
BARE = """<!doctype html><html lang="ja"><head><title>{{ title }}</title></head><body><table>
{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table></body></html>"""


def plan_page(runs: int) -> Figures:
    """CPU seconds of a request for the plan's page, the list of plans, the health page; and of the floor."""
    with tempfile.TemporaryDirectory(prefix="kaikaku-bench-") as folder:
        start(folder)
        edition, client = _make()
        address = f"/plans/editions/{edition.pk}/"
        found = {
            "page": _request(client, address, runs=runs),
            "empty": _request(client, "/healthz", runs=runs),
            "queries": _queries(client, address),
            "bytes": len(client.get(address, SERVER_NAME=HOST).content),
            "bare": median_of(_bare(os.path.join(folder, "db.sqlite3"), edition.pk), runs=runs),
            "peak": peak_mib(),
        }
        stop()
    return found


def start(folder: str) -> None:
    """A site of its own in a folder, with nothing in it."""
    os.environ.pop("DATABASE_URL", None)
    os.environ.update(KAIKAKU_DATA=folder, KAIKAKU_DEBUG="0", DJANGO_SETTINGS_MODULE="kaikaku.settings")
    os.mkdir(os.path.join(folder, "static"))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def stop() -> None:
    """Let go of the database, so that its folder can be removed."""
    from django.db import connections

    connections.close_all()


def _make() -> tuple[Edition, Any]:
    """The cast of the tests with one edition, and a client in which the secretariat is signed in."""
    from django.test import Client
    from tests.cast import make_cast

    from kaikaku.core.ratings import SCHEMES
    from kaikaku.plans import services
    from kaikaku.plans.entries import EditionFields

    cast = make_cast()
    plan = services.create_plan(
        organisation=cast.sakura, name="行財政改革プラン", level_names=("柱", "取組"), by=cast.takahashi
    )
    fields = EditionFields(title="令和6年度の取組状況", fiscal_year=2024, period=(2021, 2025))
    edition = services.create_edition(plan=plan, fields=fields, by=cast.takahashi)
    services.build_edition(edition=edition, filling=_filling(), by=cast.takahashi)
    services.change_scheme(
        edition=edition, scheme=SCHEMES["iwate"], valid_from=date(2021, 4, 1), by=cast.takahashi
    )
    client = Client()
    client.force_login(cast.takahashi)
    return edition, client


def _filling() -> Any:
    from kaikaku.plans.entries import FilledIndicator, FilledSection, Filling, IndicatorFields, SectionFields

    sections = [
        FilledSection(SectionFields(title=f"柱その{n}", number=f"{n}")) for n in range(1, PILLARS + 1)
    ]
    indicators = [
        FilledIndicator(
            fields=IndicatorFields(name=f"県民サービスの質に関する指標{n + 1}", unit="%", direction="up"),
            section=n % PILLARS,
            figures=figures_of(n),
        )
        for n in range(INDICATORS)
    ]
    return Filling(sections=tuple(sections), indicators=tuple(indicators))


def figures_of(n: int) -> tuple[Any, ...]:
    """A baseline, a target and four years of results."""
    from kaikaku.plans.entries import FigureFields

    return (
        FigureFields(role="baseline", text=f"{10 + n / 2}%", fiscal_year=2020),
        FigureFields(role="target", text="80%", fiscal_year=2024),
        *(
            FigureFields(role="actual", text=f"{10 + n % 70 + 2 * (year - 2020)}.5%", fiscal_year=year)
            for year in range(2021, 2025)
        ),
    )


def _request(client: Any, address: str, *, runs: int) -> float:
    def ask() -> None:
        answer = client.get(address, SERVER_NAME=HOST)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")

    for _ in range(3):  # templates are compiled by the first request
        ask()
    return median_of(ask, runs=runs)


def _queries(client: Any, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get(address, SERVER_NAME=HOST)
    return len(asked)


def _bare(database: str, edition: int) -> Any:
    """The floor: the same rows by bare sqlite3, in a bare Jinja2 table of eight columns; nothing is rated."""
    from jinja2 import Environment

    page = Environment(autoescape=True).from_string(BARE)
    connection = sqlite3.connect(database)
    question = """
        SELECT i.name, i.unit, i.direction,
               max(CASE WHEN f.role = 'baseline' THEN f.text END),
               max(CASE WHEN f.role = 'target' THEN f.text END),
               max(CASE WHEN f.role = 'actual' THEN f.text END), i.code, i.position
        FROM plans_indicator i JOIN plans_figure f ON f.indicator_id = i.id
        WHERE i.edition_id = ? GROUP BY i.id ORDER BY i.position"""

    def work() -> None:
        rows = connection.execute(question, (edition,)).fetchall()
        if len(rows) != INDICATORS:
            raise SystemExit(f"{len(rows)} rows instead of {INDICATORS}")
        page.render(title="行財政改革プラン", rows=rows)

    return work


def rows(*, quick: bool) -> Iterator[Row]:
    """The page, beside a bare table and an empty page."""
    found = repeated("pages:plan_page", 15 if quick else 60, runs=1 if quick else 3)
    more = f"{found['queries']:.0f} queries; {found['bytes'] / 1e3:.0f} kB; {found['peak']:.0f} MiB"
    yield row(
        f"page of a plan with {INDICATORS} indicators, signed in",
        found["page"],
        against=found["bare"],
        name="bare sqlite3 + Jinja2 table",
        source="floor",
        goal="≤ 5 ms",
        met=found["page"] <= 5e-3,
        more=more,
    )
    yield row("", found["page"], against=found["empty"], name="our emptiest page (/healthz)", source="floor")
    yield row("", found["page"], against=0.116, name="Datasette", source="recorded")
