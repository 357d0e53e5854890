"""Spreadsheets against the machine-readability rules, without a database: `lint`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from kaikaku.core.errors import RuleViolation
from kaikaku.readers.machine_readability import LEVELS, Finding, Report, Rule, check_file

CLEAN, FINDINGS = 0, 1


def register(commands: Any) -> None:
    lint = commands.add_parser(
        "lint",
        help="表のファイルの機械可読性を点検する",
        description="ExcelブックやCSV、ODSを「行政データにおける機械可読性に関するルール」（30項目）で点検し、"
        "直すところと得点を示します。「確認が必要」は減点せず、終了コードにも影響しません。データベースは使いません。",
    )
    lint.add_argument("files", metavar="ファイル", nargs="+", type=Path, help="xlsx, csv, ods, json, xml")
    lint.add_argument("--format", choices=["text", "json"], default="text", help="text（既定）または json")
    lint.set_defaults(run=run_lint)


def run_lint(arguments: argparse.Namespace) -> int:
    """Every file is checked; one that cannot be is told on standard error and does not stop the others."""
    reports, refused = [], False
    for path in arguments.files:
        try:
            reports.append(check_file(path))
        except RuleViolation as refusal:
            print(f"kaikaku: {refusal}", file=sys.stderr)
            refused = True
    if arguments.format == "text":
        print("\n\n".join("\n".join(report_lines(report)) for report in reports))
    elif reports:
        shown: Any = [report.as_json() for report in reports]
        print(json.dumps(shown if len(arguments.files) > 1 else shown[0], ensure_ascii=False, indent=1))
    return FINDINGS if refused or any(report.broken for report in reports) else CLEAN


def report_lines(report: Report) -> Iterator[str]:
    """The report as a person reads it."""
    yield f"■ {report.name}（{_about(report)}）"
    for level, found in groupby(report.broken, key=lambda finding: finding.rule.level):
        yield f"  レベル{level}"
        yield from _by_rule(list(found))
    if report.to_look_at:
        yield "  確認が必要（減点しません）"
        yield from _by_rule(list(report.to_look_at))
    if report.undecided:
        yield "  このファイルだけでは判定できないもの"
        yield from (f"    {rule.id} {rule.title}：{rule.alone}" for rule in report.undecided)
    if not report.has_table:
        yield "  表を確かめられないため、表についてのルールは点検していません。"
    if not report.broken:
        yield "  直すところは見つかりませんでした。"
    yield "  得点：" + "　".join(f"レベル{level} {_score(report.score(level))}" for level in LEVELS)


def _about(report: Report) -> str:
    parts = [report.format, report.encoding, f"{len(report.sheets)}シート" if report.sheets else None]
    return "・".join(part for part in parts if part)


def _by_rule(findings: list[Finding]) -> Iterator[str]:
    for rule, found in groupby(findings, key=lambda finding: finding.rule):
        yield f"    {rule.id}［{rule.severity.label}］{rule.title}{_old(rule)}"
        for finding in found:
            yield (
                f"      ・{finding.where}　{finding.message}"
                if finding.where
                else f"      ・{finding.message}"
            )
        yield f"      直し方：{rule.mend}"


def _old(rule: Rule) -> str:
    return f"（2020年のルールの{'、'.join(rule.old)}）" if rule.old else ""


def _score(score: int | None) -> str:
    return "点検なし" if score is None else f"{score}点"
