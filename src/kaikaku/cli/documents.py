"""Documents without a database: `read`, `rate`, `report`."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from kaikaku.cli import rating
from kaikaku.core import ratings
from kaikaku.core.errors import RuleViolation
from kaikaku.core.indicators import Formula
from kaikaku.core.shares import Closing
from kaikaku.readers import open_document
from kaikaku.readers.document import Document
from kaikaku.readers.outline import Outline
from kaikaku.readers.plan import read_plan

JAPAN = timezone(timedelta(hours=9))
FORMATS = "txt, md, pdf, xlsx, docx, csv, html"


def register(commands: Any) -> None:
    read = commands.add_parser(
        "read",
        help="文書からプランの構成と指標を読み取る",
        description="文書を読み取り、見出し・取組・指標・表・注・確認事項を示します。データベースは使いません。",
    )
    read.add_argument("files", metavar="ファイル", nargs="+", type=Path, help=FORMATS)
    read.add_argument("--format", choices=["json", "tree"], default="json", help="json（既定）または tree")
    read.set_defaults(run=run_read)
    rate = commands.add_parser(
        "rate",
        help="文書の指標を評価する",
        description="文書にある指標の達成率を計算し、評価方法に従って区分を付け、柱ごとに数えます。",
    )
    rate.add_argument("file", metavar="ファイル", type=Path, help=FORMATS)
    add_policy(rate)
    rate.add_argument("--format", choices=["json", "table"], default="table", help="table（既定）または json")
    rate.set_defaults(run=run_rate)
    report = commands.add_parser(
        "report",
        help="文書を評価し、サイト・PDF・Word・Excel・オープンデータを作る",
        description="文書を読み取り、評価し、公表用の一式を作ります。データベースは使いません。",
    )
    report.add_argument("files", metavar="ファイル", nargs="+", type=Path, help=FORMATS)
    report.add_argument("--out", metavar="出力先", type=Path, required=True, help="作成先のフォルダー")
    add_policy(report)
    report.set_defaults(run=run_report)


def add_policy(command: argparse.ArgumentParser) -> None:
    """The options that choose the rating rule."""
    command.add_argument(
        "--scheme",
        default="iwate",
        metavar="評価方法",
        help=f"{'、'.join(ratings.SCHEMES)}、またはJSONファイル（既定は iwate）",
    )
    command.add_argument(
        "--formula", choices=[f.value for f in Formula], default=Formula.AUTO.value, help="達成率の計算方法"
    )
    command.add_argument("--shares", choices=[c.value for c in Closing], help="構成比の端数の閉じ方")


def policy_of(arguments: argparse.Namespace) -> ratings.Scheme:
    scheme = rating.scheme_named(arguments.scheme)
    if arguments.shares:
        scheme = dataclasses.replace(scheme, shares_method=Closing(arguments.shares))
    return scheme


def outline_of(path: Path) -> tuple[Document, Outline]:
    document = open_document(path)
    return document, read_plan(document)


def run_read(arguments: argparse.Namespace) -> int:
    """Every file is tried; one that cannot be read is told on standard error and does not stop the others."""
    outlines, refused = [], False
    for path in arguments.files:
        try:
            outlines.append(outline_of(path)[1])
        except RuleViolation as refusal:
            print(f"kaikaku: {refusal}", file=sys.stderr)
            refused = True
    if arguments.format == "tree":
        for outline in outlines:
            print("\n".join(tree_lines(outline)))
    elif outlines:
        shown: Any = [outline.as_json() for outline in outlines]
        print(json.dumps(shown if len(arguments.files) > 1 else shown[0], ensure_ascii=False, indent=1))
    return 1 if refused else 0


def tree_lines(outline: Outline) -> Iterator[str]:
    """The outline as a person reads it."""
    yield outline.title or "（題名を読み取れません）"
    years = f"{outline.fiscal_year}年度" if outline.fiscal_year else "年度不明"
    yield f"  {outline.organisation or '団体名不明'}　{years}"
    for index, section in enumerate(outline.sections):
        indent = "  " * section.depth
        yield f"{indent}{section.number + ' ' if section.number else ''}{section.title}　[{section.line}行]"
        for item in section.items:
            yield f"{indent}  {'  ' * (item.depth - 1)}・{item.text}"
        for indicator in (i for i in outline.indicators if i.section == index):
            values = (indicator.baseline, indicator.target, indicator.actual)
            shown = " → ".join(value.text if value else "—" for value in values)
            yield f"{indent}  ◇ {indicator.name}：{shown}"
    for warning in outline.warnings:
        yield f"  ！{warning.message}" + (f"　[{warning.line}行]" if warning.line else "")


def run_rate(arguments: argparse.Namespace) -> int:
    scheme = policy_of(arguments)
    outline = outline_of(arguments.file)[1]
    rated = rating.rate_outline(outline, scheme=scheme, formula=Formula(arguments.formula))
    if not rated:
        raise RuleViolation(
            "cli.no_indicators",
            f"「{arguments.file.name}」に指標の表が見つかりません。"
            "基準値・目標値・実績値の列がある表かどうかを確かめてください。",
        )
    order, tally = rating.tally_outline(outline, rated, scheme)
    labels = ["（柱なし）" if top is None else outline.sections[top].title for top in order]
    if arguments.format == "table":
        print("\n".join(table_lines(rated, labels, tally)))
        return 0
    rows = [*zip(labels, tally.rows, strict=True), ("全体", tally.whole)]
    result = {
        "title": outline.title,
        "scheme": scheme.as_json(),
        "indicators": [one.as_json() for one in rated],
        "tally": {
            "columns": list(tally.columns),
            "rows": [
                {
                    "label": label,
                    "total": row.total,
                    "counts": row.counts,
                    "shares": [str(s) for s in row.shares or ()],
                }
                for label, row in rows
            ],
            "notes": list(tally.notes),
        },
    }
    print(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


def table_lines(rated: list[rating.RatedRead], labels: list[str], tally: ratings.Tally) -> Iterator[str]:
    for one in rated:
        grade = one.band.name if one.band else "評価なし"
        year = f"（目標 {one.achievement.target_year}年度）" if one.achievement.target_year else ""
        yield f"{one.indicator.name}\t{one.rate_shown}\t{grade}\t{one.achievement.formula_label}{year}"
        yield f"\t{one.achievement.working(one.indicator.unit or '')}"
    yield ""
    yield "\t".join(["", "指標数", *tally.columns])
    for label, row in [*zip(labels, tally.rows, strict=True), ("全体", tally.whole)]:
        cells = [f"{n} ({s}%)" for n, s in zip(row.counts, row.shares or (), strict=True)]
        yield "\t".join([label, str(row.total), *cells])
    yield from tally.notes


def run_report(arguments: argparse.Namespace) -> int:
    from kaikaku.cli.report import dataset_of
    from kaikaku.writers.publish import print_all

    scheme = policy_of(arguments)
    many = len(arguments.files) > 1
    for path in arguments.files:
        document, outline = outline_of(path)
        dataset = dataset_of(
            outline,
            document=document,
            data=path.read_bytes(),
            scheme=scheme,
            formula=Formula(arguments.formula),
            today=datetime.now(UTC).astimezone(JAPAN).date(),
        )
        out = arguments.out / path.stem if many else arguments.out
        print_all(dataset, out)
        print(f"{path.name} → {out / 'index.html'}")
    return 0
