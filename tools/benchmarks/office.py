"""An office at its largest: 200 sections of 57 indicators; each page as it first comes after a write."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from tools.benchmarks.measure import Figures, Row, median_of, peak_mib, repeated, row, seconds
from tools.benchmarks.pages import HOST, figures_of, start, stop

if TYPE_CHECKING:
    from kaikaku.plans.models import Edition

PILLARS, SECTIONS, EACH = 4, 200, 57
GOAL = 0.2
PAGES = {
    "home": "/",
    "notices": "/notices/",
    "dashboard": "/dashboard/",
    "governor": "/governor/{edition}/",
    "plans": "/plans/",
    "edition": "/plans/editions/{edition}/",
    "section": "/plans/sections/{section}/",
    "search": "/search/?q=指標{number}",
}
SHOWN = {
    "home": "a person's page",
    "notices": "the notices",
    "dashboard": "the dashboard, five years",
    "governor": "the governor's sheet",
    "plans": "the list of plans",
    "edition": "the plan's page",
    "section": "a section with its 57 indicators",
    "search": "a search",
}


def after_a_write(runs: int) -> Figures:
    """CPU seconds of each page just after a figure was corrected, of a process that has just begun, and of
    the floor: the same figures counted by year with bare sqlite3.
    """
    with tempfile.TemporaryDirectory(prefix="kaikaku-bench-") as folder:
        start(folder)
        from kaikaku.home.warming import warm
        from kaikaku.plans.queries.kept import forget

        edition, client, write = _make()
        section = edition.sections.filter(parent__isnull=False).order_by("pk")[0]
        addresses = {
            name: page.format(edition=edition.pk, section=section.pk, number=PILLARS)
            for name, page in PAGES.items()
        }
        found: Figures = {"bare": median_of(_bare(os.path.join(folder, "db.sqlite3")), runs=runs)}
        forget()
        found["warm"] = seconds(warm)
        found["begun"] = seconds(asking(client, addresses["dashboard"]))
        for name, address in addresses.items():
            asking(client, address)()  # templates are compiled by the first request
            found[name] = median_after(write, asking(client, address), runs=runs)
        found["peak"] = peak_mib()
        stop()
    return found


def median_after(write: Callable[[], object], ask: Callable[[], object], *, runs: int) -> float:
    """The median CPU seconds of asking, each time just after a write."""
    taken = []
    for _ in range(runs):
        write()
        taken.append(seconds(ask))
    return sorted(taken)[len(taken) // 2]


def asking(client: Any, address: str) -> Callable[[], None]:
    """Opening a page, which must answer with 200."""

    def ask() -> None:
        answer = client.get(address, SERVER_NAME=HOST)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")

    return ask


def _make() -> tuple[Edition, Any, Callable[[], object]]:
    """The edition, a client of the secretariat, and a write: each time another figure is corrected."""
    from django.test import Client
    from tests.cast import make_cast

    from kaikaku.core.ratings import SCHEMES
    from kaikaku.plans import services
    from kaikaku.plans.entries import EditionFields, FigureFields
    from kaikaku.plans.models import Figure

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
    figures = Figure.objects.filter(role="actual", fiscal_year=2024, is_current=True).order_by("pk")
    waiting = iter(list(figures.select_related("indicator__edition__plan")[:1000]))

    def write() -> object:
        typed = FigureFields(role="actual", text="33.3%", fiscal_year=2024)
        return services.correct_figure(figure=next(waiting), fields=typed, reason="誤記", by=cast.suzuki)

    client = Client()
    client.force_login(cast.takahashi)
    return edition, client, write


def _filling() -> Any:
    from kaikaku.plans.entries import FilledIndicator, FilledSection, Filling, IndicatorFields, SectionFields

    tops = [FilledSection(SectionFields(title=f"柱その{n}", number=f"{n}")) for n in range(1, PILLARS + 1)]
    below = [
        FilledSection(SectionFields(title=f"取組その{n}", number=f"({n})"), parent=n % PILLARS)
        for n in range(1, SECTIONS + 1)
    ]
    indicators = [
        FilledIndicator(
            fields=IndicatorFields(name=f"県民サービスの質に関する指標{n}", unit="%", direction="up"),
            section=PILLARS + n % SECTIONS,
            figures=figures_of(n % 100),
        )
        for n in range(SECTIONS * EACH)
    ]
    return Filling(sections=(*tops, *below), indicators=tuple(indicators))


def _bare(database: str) -> Callable[[], None]:
    connection = sqlite3.connect(database)
    question = """
        SELECT i.section_id, f.fiscal_year, f.role, f.value FROM plans_figure f
        JOIN plans_indicator i ON i.id = f.indicator_id WHERE f.is_current AND i.removed_at IS NULL"""

    def work() -> None:
        counted = Counter((year, role) for _, year, role, _ in connection.execute(question))
        if not counted:
            raise SystemExit("no figures")

    return work


def rows(*, quick: bool) -> Iterator[Row]:
    """Each page after a write, beside reading all figures with bare sqlite3."""
    found = repeated("office:after_a_write", 3 if quick else 9, runs=1)
    for number, (name, shown) in enumerate(SHOWN.items()):
        yield row(
            f"{shown}, first view after a write, {SECTIONS} × {EACH} indicators" if not number else shown,
            found[name],
            against=found["bare"],
            name="all its figures counted with bare sqlite3",
            source="floor",
            goal="≤ 200 ms",
            met=found[name] <= GOAL,
            more=f"{found['peak']:.0f} MiB" if not number else "",
        )
    yield row(
        "the dashboard in a process that has just begun",
        found["begun"],
        against=found["bare"],
        name="all its figures counted with bare sqlite3",
        source="floor",
        goal="≤ 200 ms",
        met=found["begun"] <= GOAL,
        more=f"after {found['warm']:.1f} s of beginning",
    )
