"""One of two people at a record at the same moment, as a process of its own (see test_at_once).

python -m tests.ledgers.at_once ACT USERNAME    (prepare: the database; tell: what stands there)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import django


def act(name: str, username: str) -> str:
    """Do it; "done", or the code of the refusal."""
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
        services.write_figures(record=record, fiscal_year=2025, values=values, by=by, version=0)

    acts: dict[str, Callable[[], object]] = {
        "form": lambda: services.revise_record(record=record, fields=fields, version=1, by=by),
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


def main(words: list[str]) -> None:
    django.setup()
    if words == ["prepare"]:
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        people()
    elif words == ["tell"]:
        print(json.dumps(tell()))
    else:
        from kaikaku.ledgers.models import Record

        Record.objects.count()  # connected before the other begins
        print("ready", flush=True)
        sys.stdin.readline()
        print(json.dumps(act(words[0], words[1])), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
