"""Small workbooks and CSV files to break one rule each."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl

from kaikaku.readers.machine_readability import Report, Verdict, check_bytes

Rows = Sequence[Sequence[object]]
GOOD: Rows = (
    ("地域コード", "市町村", "西暦年度", "指標", "値", "単位", "状態"),
    ("03201", "盛岡市", 2023, "健診の受診者", 1200, "人", "確定"),
    ("03202", "宮古市", 2023, "健診の受診者", 350, "人", "確定"),
    ("03203", "大船渡市", 2023, "健診の受診者", 210, "人", "速報"),
    ("03205", "花巻市", 2023, "健診の受診者", 640, "人", "確定"),
)


def workbook(
    rows: Rows = GOOD, *, change: Callable[[Any], None] | None = None, title: str = "データ"
) -> bytes:
    """A workbook of one sheet; `change` is given the sheet before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values, 1):
            if value is not None:
                sheet.cell(row, column, value)
    if change is not None:
        change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv(rows: Rows = GOOD) -> str:
    return "".join(",".join("" if v is None else str(v) for v in row) + "\r\n" for row in rows)


def of_workbook(rows: Rows = GOOD, *, change: Callable[[Any], None] | None = None) -> Report:
    return check_bytes(workbook(rows, change=change), "a.xlsx")


def of_csv(text: str) -> Report:
    return check_bytes(text.encode(), "a.csv")


def broken(report: Report) -> set[str]:
    return {finding.rule.id for finding in report.broken}


def to_look_at(report: Report) -> set[str]:
    return {finding.rule.id for finding in report.to_look_at}


def told(report: Report, rule: str) -> str:
    """What is told of one rule, places and messages together."""
    return " / ".join(f"{f.where} {f.message}" for f in report.findings if f.rule.id == rule)


def kept(report: Report, rule: str) -> bool:
    return report.verdicts[rule] in (Verdict.KEPT, Verdict.UNDECIDED)
