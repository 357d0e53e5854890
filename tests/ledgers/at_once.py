"""One of two people at a record at the same moment, as a process of its own (see test_at_once).

python -m tests.ledgers.at_once ACT USERNAME VERSION    (prepare: the database; tell: what stands there)
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from tests import racing


def act(name: str, username: str, version: int) -> str:
    """Do it, having seen this version; "done", or the code of the refusal."""
    from kaikaku.core.errors import RuleViolation
    from kaikaku.ledgers import services
    from kaikaku.ledgers.entries import RecordFields
    from kaikaku.ledgers.models import Intake, Record
    from kaikaku.org.models import User

    record = Record.objects.select_related("ledger__organisation", "department").get()
    by = User.objects.get(username=username)
    fields = RecordFields(
        department=record.department, state=record.state, values={"cost": f"{username}が書いた"}
    )

    def figures() -> None:
        values = {"actions": len(username)}
        services.write_figures(record=record, fiscal_year=2025, values=values, by=by, version=version)

    acts: dict[str, Callable[[], object]] = {
        "form": lambda: services.revise_record(record=record, fields=fields, version=version, by=by),
        "year": figures,
        "workbook": lambda: services.take_intake(intake=Intake.objects.get(), by=by),
    }
    try:
        acts[name]()
    except RuleViolation as refused:
        return refused.code
    return "done"


def people() -> None:
    """An agreement of 税務課, and a workbook of 高橋's that gives it another name."""
    from tests.cast import make_cast
    from tests.ledgers.register import intake

    intake(make_cast())


def tell() -> list[object]:
    """The record's version and values, of the year and of the workbook's cells, breaks of the log."""
    from kaikaku.audit.services import verify
    from kaikaku.ledgers.models import Intake, Record, YearFigure

    record, sent = Record.objects.get(), Intake.objects.get()
    values = [record.values.get("cost"), record.values.get("name")]
    years = [figures.values for figures in YearFigure.objects.all()]
    return [record.version, values, years, [bool(cell["error"]) for cell in sent.cells], len(verify())]


if __name__ == "__main__":
    racing.run(sys.argv[1:], prepare=people, tell=tell, act=act)
