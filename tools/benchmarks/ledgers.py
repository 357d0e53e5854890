"""Ledgers: the list of many records, its filters, search and pages, and every shipped metric over as many.

Set against the floor: the same count by one SQL statement that reads the stored values and does no more.
"""

from __future__ import annotations

import os
import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tools.benchmarks import pages
from tools.benchmarks.measure import Figures, Row, in_process, median_of, peak_mib, row

if TYPE_CHECKING:
    from kaikaku.ledgers.kind import FieldSpec
    from kaikaku.ledgers.models import Ledger

SEED, MANY, RUNS = 20261121, 20_000, 3
DAY = date(2026, 10, 1)
LIMIT = 0.3
FLOOR = """SELECT count(*) FROM ledgers_record WHERE ledger_id = ? AND withdrawn_at IS NULL
AND json_extract("values", '$.online') = 'yes'"""


def measured(count: int, runs: int) -> Figures:
    """CPU seconds of the pages of 行政手続 with so many records, and of each metric of each shipped kind."""
    with tempfile.TemporaryDirectory(prefix="kaikaku-bench-") as folder:
        pages.start(folder)
        from django.test import Client
        from tests.cast import make_cast

        from kaikaku.ledgers import services
        from kaikaku.ledgers.reading import shipped_texts

        cast = make_cast()
        client = Client()
        client.force_login(cast.takahashi)
        found: Figures = {}
        for code, text in shipped_texts().items():
            ledger = services.open_ledger(organisation=cast.sakura, text=text, by=None)
            fill(ledger, cast.zeimu.pk, count)
            found |= {f"{code}.{name}": median_of(one, runs=runs) for name, one in metrics(ledger).items()}
            if code == "procedures":
                asked = addresses(client, ledger)
                found |= {name: median_of(one, runs=runs) for name, one in asked.items()}
                found["floor"] = median_of(floor(folder, ledger.pk), runs=runs)
        found["peak"] = peak_mib()
        pages.stop()
    return found


def fill(ledger: Ledger, department: int, count: int) -> None:
    """So many records, each with the values of the year under way."""
    from django.db import transaction

    from kaikaku.ledgers.models import Record, YearFigure
    from kaikaku.ledgers.services.derived import derive
    from kaikaku.ledgers.values import Departments

    lot, kind = random.Random(SEED), ledger.kind
    names = Departments({str(department): "税務課"})
    states = [code for code, _ in kind.states]
    rows = []
    for n in range(count):
        values = {
            spec.code: value(spec, lot, n) for spec in kind.lasting if spec.required or lot.random() < 0.8
        }
        rows.append(Record(ledger=ledger, department_id=department, state=lot.choice(states), values=values))
        derive(rows[-1], kind, names)
    with transaction.atomic():
        Record.objects.bulk_create(rows, batch_size=2000)
        figures = (
            YearFigure(
                record=one, fiscal_year=2026, values={spec.code: value(spec, lot, 0) for spec in kind.yearly}
            )
            for one in (rows if kind.yearly else ())
        )
        YearFigure.objects.bulk_create(figures, batch_size=2000)


def value(spec: FieldSpec, lot: random.Random, n: int) -> Any:
    """A stored value of the field, by lot."""
    if spec.is_number:
        return str(lot.randint(0, 5000))
    if spec.type == "date":
        return (DAY - timedelta(days=lot.randint(-400, 2500))).isoformat()
    if spec.type == "fiscal_year":
        return lot.randint(2019, 2026)
    if spec.type == "yes_no":
        return lot.choice(("yes", "no"))
    if spec.type == "choice":
        return lot.choice(spec.choices)[0]
    if spec.type == "choices":
        return [code for code, _ in spec.choices if lot.random() < 0.3] or [spec.choices[0][0]]
    return f"{spec.label}{n:05}"


def metrics(ledger: Ledger) -> dict[str, Callable[[], object]]:
    from kaikaku.ledgers.metrics import measure_ledger

    return {
        spec.code: (lambda spec=spec: measure_ledger(ledger, spec, 2026))  # type: ignore[misc]
        for spec in ledger.kind.metrics
    }


def addresses(client: Any, ledger: Ledger) -> dict[str, Callable[[], object]]:
    """The office's pages over all of them."""
    at = f"/ledgers/{ledger.pk}/"
    asked = {
        "the list": at,
        "… its last page": f"{at}?page=99999",
        "… filtered by two fields": f"{at}?f_online=yes&f_basis=ordinance",
        "… by one of several choices": f"{at}?f_analog=seal",
        "… searched for words": f"{at}?q=手続の名称 12",
        "… sorted by a number": f"{at}?sort=-days",
        "the five years of all its metrics": f"{at}measures/",
        "a record": f"/ledgers/records/{ledger.records.order_by('pk')[7].pk}/",
        "the search over everything": "/search/?q=手続の名称00012",
    }

    def open_page(address: str) -> None:
        assert client.get(address, SERVER_NAME=pages.HOST).status_code == 200

    return {name: (lambda address=address: open_page(address)) for name, address in asked.items()}  # type: ignore[misc]


def floor(folder: str, ledger: int) -> Callable[[], object]:
    """One statement over the stored values."""
    path = os.path.join(folder, "db.sqlite3")

    def count() -> None:
        connection = sqlite3.connect(path)
        connection.execute(FLOOR, (ledger,)).fetchone()
        connection.close()

    return count


def rows(*, quick: bool) -> Iterator[Row]:
    """Every page and metric over many records, against the floor."""
    many = 2_000 if quick else MANY
    found = in_process("ledgers:measured", many, RUNS)
    bare, more = found.pop("floor"), f"peak {found.pop('peak'):.0f} MiB"
    for name, took in found.items():
        what = f"metric {name}" if "." in name else name
        yield row(
            f"{many:,} ledger records: {what}",
            took,
            against=bare,
            name="one SQL count over them",
            source="floor",
            goal="< 300 ms",
            met=took < LIMIT,
            more=more,
        )
        more = ""
