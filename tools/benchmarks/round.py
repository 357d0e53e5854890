"""A round of 200 sections × 57 indicators: opening it, its workbook out and in, and the pages of its way."""

from __future__ import annotations

import io
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from tools.benchmarks.measure import Figures, Row, cpu, median_of, peak_mib, repeated, row, seconds
from tools.benchmarks.office import EACH, GOAL, SECTIONS, asking, median_after
from tools.benchmarks.pages import start, stop

OPEN_GOAL, BOOK_GOAL = 5.0, 10.0
PAGES = {
    "board": ("the board of the round", "/reports/rounds/{round}/", "takahashi"),
    "sheet": ("a sheet with its 57 figures", "/reports/sheets/{sheet}/", "takahashi"),
    "fill": ("filling a sheet in", "/reports/sheets/{own}/fill/", "clerk"),
    "approvals": ("the approvals, twenty of them", "/reports/approvals/", "takahashi"),
    "chief": ("a chief's approvals", "/reports/approvals/", "suzuki"),
    "home": ("home, of the office", "/", "takahashi"),
    "clerk": ("home, of a clerk", "/", "clerk"),
    "sources": ("the kept documents", "/sources/", "takahashi"),
}


def way(runs: int) -> Figures:
    """CPU seconds of opening, of the workbook out, received and applied, of the time others wait for that,
    and of each page just after a sheet was saved; and of the floor.
    """
    with tempfile.TemporaryDirectory(prefix="kaikaku-bench-") as folder:
        start(folder)
        found, round_ = _opened()
        found |= _workbook(round_)
        addresses, clients, write = _people(round_)
        for name, (_, page, who) in PAGES.items():
            ask = asking(clients[who], page.format(**addresses))
            ask()  # templates are compiled by the first request
            found[name] = median_after(write, ask, runs=runs)
        found["bare"] = median_of(_bare(os.path.join(folder, "db.sqlite3")), runs=runs)
        found["peak"] = peak_mib()
        stop()
    return found


def _opened() -> tuple[Figures, Any]:
    from tests.cast import make_cast
    from tests.reporting.conftest import DATES, YEAR
    from tests.reporting.test_whole_government import government

    from kaikaku.reporting import services
    from kaikaku.reporting.entries import RoundFields

    edition = government(make_cast(), "県", sections=SECTIONS, indicators=EACH)
    fields = RoundFields(YEAR, "annual", "実績照会", DATES)
    made: list[Any] = []
    took = seconds(lambda: made.append(services.open_round(edition=edition, fields=fields, by=None)))
    return {"open": took}, made[0]


def _workbook(round_: Any) -> Figures:
    """Out with last year's figures, every cell of every sheet filled in, back and into all sheets."""
    from kaikaku.org.models import User
    from kaikaku.reporting import services
    from kaikaku.reporting.queries import workbooks
    from kaikaku.reporting.services import applying
    from kaikaku.writers.workbook import write_workbook

    by = User.objects.get(username="takahashi")
    book = services.hand_out(round_=round_, sheets=workbooks.sheets_of(round_), by=by)
    for block in book.blocks:
        for number, figure in enumerate(block.figures):
            figure.values["text"] = Decimal(10 + number)  # type: ignore[index]
        for text in block.texts:
            text.values["text"] = "申請12手続をオンラインに移した。"  # type: ignore[index]
    out = io.BytesIO()
    found: Figures = {"out": seconds(lambda: write_workbook(book, out))}
    got: list[Any] = []
    found["receive"] = seconds(
        lambda: got.append(services.receive(round_=round_, name="全所属.xlsx", data=out.getvalue(), by=by))
    )
    chosen = {part.sheet_id: shown.version for part, shown in services.summaries_of(got[0])}
    write, waited = applying._write, []

    def timed(*given: Any) -> None:
        began = cpu()
        write(*given)
        waited.append(cpu() - began)

    applying._write = timed
    found["apply"] = seconds(lambda: services.apply(upload=got[0], chosen=chosen, by=by))
    applying._write = write
    return {**found, "waited": waited[0]}


def _people(round_: Any) -> tuple[dict[str, int], dict[str, Any], Callable[[], object]]:
    """The addresses, a client of each person, and a write: a clerk saves a figure of their sheet."""
    from django.test import Client
    from tests.cast import person, post

    from kaikaku.org.models import User
    from kaikaku.org.roles import Role
    from kaikaku.reporting import services
    from kaikaku.reporting.entries import FigureEntry, SheetEntry
    from kaikaku.reporting.models import Sheet

    own, *others = round_.sheets.order_by("pk")
    Sheet.objects.filter(pk__in=[one.pk for one in others[::2]]).update(state="bundled")
    Sheet.objects.filter(pk__in=[one.pk for one in others[1::4]]).update(state="submitted")
    clerk = person(round_.edition.plan.organisation, "clerk", "記入")
    post(own.department, "主事", Role.CLERK, clerk)
    figure = own.figures.order_by("pk")[0].pk
    typed = iter(range(100, 10_000))

    def write() -> object:
        sheet = Sheet.objects.get(pk=own.pk)
        entry = SheetEntry(figures={figure: FigureEntry(f"{next(typed)}件")})
        return services.save_sheet(sheet=sheet, entry=entry, version=sheet.version, by=clerk)

    clients = {name: Client() for name in ("takahashi", "suzuki", "clerk")}
    for name, client in clients.items():
        client.force_login(User.objects.get(username=name))
    return {"round": round_.pk, "sheet": others[0].pk, "own": own.pk}, clients, write


def _bare(database: str) -> Callable[[], None]:
    connection = sqlite3.connect(database)

    def work() -> None:
        if not sum(1 for _ in connection.execute("SELECT * FROM reporting_sheetfigure")):
            raise SystemExit("no figures")

    return work


def rows(*, quick: bool) -> Iterator[Row]:
    """Each step beside reading all figures of the round with bare sqlite3."""
    found = repeated("round:way", 3 if quick else 9, runs=1)
    steps = (
        ("open", f"opening a round for {SECTIONS} × {EACH} indicators", OPEN_GOAL),
        ("out", "its workbook written", None),
        ("receive", "that workbook read, checked and kept", BOOK_GOAL),
        ("apply", "that workbook into all sheets", BOOK_GOAL),
        ("waited", "of that, others wait", None),
        *((name, f"{shown}, first view after a write", GOAL) for name, (shown, _, _) in PAGES.items()),
    )
    for name, shown, goal in steps:
        yield row(
            shown,
            found[name],
            against=found["bare"],
            name="all its figures read with bare sqlite3",
            source="floor",
            goal="" if goal is None else f"≤ {goal:g} s",
            met=None if goal is None else found[name] <= goal,
            more=f"{found['peak']:.0f} MiB" if name == "open" else "",
        )
