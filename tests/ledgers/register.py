"""Making ledgers and records for tests, through the services."""

from __future__ import annotations

from datetime import date
from typing import Any

from kaikaku.ledgers import services
from kaikaku.ledgers.entries import RecordFields
from kaikaku.ledgers.models import Intake, Ledger, Record
from kaikaku.ledgers.reading import shipped_texts
from tests.cast import Cast


def ledger(cast: Cast, code: str) -> Ledger:
    """A shipped ledger of さくら県, opened once."""
    found = Ledger.objects.filter(organisation=cast.sakura, code=code).first()
    return found or services.open_ledger(
        organisation=cast.sakura, text=shipped_texts()[code], by=cast.takahashi
    )


def agreement(cast: Cast, of: Ledger, *, public: bool = False, **values: Any) -> Record:
    """An agreement of 税務課."""
    values = {"partner": "みほん銀行", "signed_on": date(2022, 6, 1), **values}
    fields = RecordFields(department=cast.zeimu, state="active", public=public, values=values)
    return services.write_record(ledger=of, fields=fields, by=cast.sato)


def intake(cast: Cast) -> Intake:
    """A workbook that came back as it went, sent by the office."""
    from kaikaku.ledgers.queries import departments_in
    from kaikaku.ledgers.workbook import RowOut, write_workbook

    of = ledger(cast, "agreements")
    row = agreement(cast, of)
    out = RowOut(row.pk, row.version, "税務課", row.state, row.public, {**row.values, "name": "新しい名称"})
    data = write_workbook(of.kind, of.kind.fields, [out], departments_in(cast.sakura))
    return services.receive_workbook(ledger=of, name="協定.xlsx", data=data, by=cast.takahashi)
