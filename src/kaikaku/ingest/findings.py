"""The findings of a check as a table to take away: carried by the page itself, since nothing is kept here.

The page holds them signed in a hidden field; sent back, they become a CSV file or a workbook.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core import signing

from kaikaku.core.errors import RuleViolation
from kaikaku.readers.machine_readability import RULES, Report

COLUMNS = (
    "番号", "ルール", "レベル", "重さ", "判定", "シート", "セル", "該当の数", "該当の値", "ルールの内容",
    "見つかったこと", "直し方", "2020年のルール",
)  # fmt: skip
# as many as a hidden field can well carry; the page says so where there are more
MOST_CELLS = 200
_SALT = "kaikaku.ingest.findings"
_HOURS = 24


@dataclass(frozen=True, slots=True)
class Taken:
    """What a page carries: the file's name and its findings, each as plain values."""

    name: str
    findings: list[tuple[str, str, list[str], int, str, str, bool]]

    @property
    def file_name(self) -> str:
        return f"{PurePosixPath(self.name).stem}_点検結果"


def carried(report: Report) -> str:
    """The findings as the text of a hidden field, compressed and signed."""
    found = [
        (f.rule.id, f.sheet or "", list(f.cells[:MOST_CELLS]), f.count, f.quote, f.message, f.sure)
        for f in report.findings
    ]
    return signing.dumps([report.name, found], salt=_SALT, compress=True)


def taken_back(text: str) -> Taken:
    """What `carried` made. Raises RuleViolation for anything else, and after a day."""
    try:
        name, found = signing.loads(text, salt=_SALT, max_age=_HOURS * 3600)
    except signing.BadSignature as error:
        raise RuleViolation(
            "ingest.findings_gone",
            "点検の結果を受け取れませんでした。画面を開いてから1日以上たっている場合は、"
            "ファイルを選んで、もう一度点検してください。",
        ) from error
    return Taken(name, [tuple(one) for one in found])


def rows(taken: Taken) -> Iterator[tuple[str | int | None, ...]]:
    """A row for each place of each finding: one datum a cell, numbers as numbers."""
    for number, (rule_id, sheet, cells, count, quote, message, sure) in enumerate(taken.findings, 1):
        rule = RULES[rule_id]
        verdict = "ルールに反する" if sure else "確認が必要"
        head = (number, rule.id, rule.level, rule.severity.label, verdict, sheet or None)
        quoted, old = f"「{quote}」" if quote else None, " ".join(rule.old) or None
        rest = (count, quoted, rule.title, message, rule.mend, old)
        for cell in cells or [""]:
            yield (*head, cell or None, *rest)


def as_csv(taken: Taken) -> bytes:
    """UTF-8 with BOM, which Excel opens as it is; a cell that it would run is defused."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([_defused(value) for value in row] for row in rows(taken))
    return out.getvalue().encode("utf-8-sig")


def as_workbook(taken: Taken) -> bytes:
    """One sheet of values."""
    from kaikaku.writers.excel import plain_workbook

    return plain_workbook("点検結果", head=COLUMNS, rows=list(rows(taken)))


def _defused(value: str | int | None) -> str | int:
    if isinstance(value, str) and value[:1] in tuple("=+-@\t\r"):
        return f"'{value}"
    return "" if value is None else value
