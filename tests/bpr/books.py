"""The register's workbook as somebody fills it in."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from kaikaku.bpr import queries, services
from kaikaku.bpr.models import Intake, Project
from kaikaku.bpr.workbook import write_workbook
from kaikaku.org.models import User

Changes = Mapping[tuple[str, int, str], Any]


def sent_out(user: User) -> bytes:
    """The whole register as the user gets it."""
    keys = list(Project.objects.values_list("pk", flat=True))
    return write_workbook(queries.projects_out(user, keys), title="業務改革の台帳")


def filled(data: bytes, changes: Changes) -> bytes:
    """The workbook with cells changed: (sheet, row from 2, heading) → value."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    for (name, row, head), value in changes.items():
        sheet = book[name]
        heads = {cell.value: cell.column for cell in sheet[1]}
        sheet.cell(row=row, column=heads[head]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def received(user: User, changes: Changes) -> Intake:
    """The register sent back by the user with these changes."""
    assert user.organisation is not None
    return services.receive_workbook(
        organisation=user.organisation, name="台帳.xlsx", data=filled(sent_out(user), changes), by=user
    )
