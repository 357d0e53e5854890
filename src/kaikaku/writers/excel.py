"""The publication as one workbook: a table a sheet, a datum a cell, no merged cells.

Sheets hold values (機械可読性ルール 2-06) but for 「検算」, where the rates stand as live formulas with
their cached values, so that an office can change a figure and see what becomes of it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from kaikaku.core import eras
from kaikaku.core.readability import plain_characters
from kaikaku.writers.dataset import EditionDataset, Figure, Indicator, Rated, Section

Value = str | int | Decimal | None
FONT = "BIZ UDPゴシック"
WIDEST = 60

# why one sheet breaks rule L2-06, said in the workbook itself
LIVE_NOTE = (
    "値を変えて結果を確かめられるように、達成率を計算式で置いています（機械可読性のルールL2-06の例外）。"
    "計算式のない同じ値は、評価と数値のシート、CSVにあります。"
)

# the formula of a rate over the cells of its row: baseline {b}, target {t}, actual {a}
LIVE = {
    "from_baseline": "=({a}-{b})/({t}-{b})*100",
    "ratio": "={a}/{t}*100",
    "cumulative": "={a}/{t}*100",
    "inverse_ratio": "={t}/{a}*100",
    "two_minus_ratio": "=(2-{a}/{t})*100",
    "maintain_min": "=IF({a}>={t},100,{a}/{t}*100)",
    "maintain_max": "=IF({a}<={t},100,{t}/{a}*100)",
}


def write_excel(dataset: EditionDataset, out: Path) -> None:
    """Write the workbook; equal datasets give equal bytes."""
    import xlsxwriter

    sha256 = dataset.sha256()
    with xlsxwriter.Workbook(str(out), {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": dataset.title, "author": dataset.organisation, "created": fixed_time()})
        book.set_custom_property("dataset_sha256", sha256)
        formats = formats_of(book)
        for name, head, rows in sheets_of(dataset, sha256=sha256):
            add_sheet(book, name, head=head, rows=list(rows), formats=formats)
        add_check_sheet(book, dataset, formats)


def plain_workbook(name: str, *, head: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """A workbook of one table, in memory; equal rows give equal bytes."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": fixed_time()})
        add_sheet(book, name, head=head, rows=rows, formats=formats_of(book))
    return out.getvalue()


def fixed_time() -> datetime:
    """A time that is no clock's: the publication's own date is a datum of the workbook."""
    return datetime(2000, 1, 1, tzinfo=UTC)


def formats_of(book: Any) -> dict[str, Any]:
    base = {"font_name": FONT, "font_size": 10.5, "valign": "top"}
    return {
        "head": book.add_format(
            {**base, "bold": True, "bg_color": "#EEF0F6", "border": 1, "text_wrap": True}
        ),
        "text": book.add_format({**base, "text_wrap": True}),
        "number": book.add_format({**base, "num_format": "#,##0.##########;△#,##0.##########"}),
        "rate": book.add_format({**base, "num_format": "0.0;△0.0"}),
    }


HEADS = {
    "集計": "年度 西暦年度 区分 達成度 指標数 割合（%）",
    "評価": "指標番号 区分 指標 単位 担当 年度 西暦年度 達成率（%） 達成度 計算方法 計算 目標の西暦年度"
    " 状態 理由 外的要因",
    "数値": "指標番号 指標 種類 年度 西暦年度 値 範囲の上限 単位 累計の開始西暦年度 状態 修飾語"
    " 値がない理由 原文 出典箇所",
    "取組": "区分番号 上位の区分番号 段階 番号 名称 種別 年度 西暦年度 内容 出典箇所",
    "総合評価": "区分番号 番号 名称 年度 西暦年度 成果 活動 自動判定 総合評価 決定 理由 計算",
    "注": "記号 内容",
    "正誤": "番号 日付 箇所 誤 正 理由",
    "この資料": "項目 内容",
}


def sheets_of(
    dataset: EditionDataset, *, sha256: str
) -> Iterator[tuple[str, Sequence[str], Iterable[Sequence[Value]]]]:
    """Each sheet's name, head and rows; a sheet of notes or errata only where there are any."""
    sections = {section.id: section for section in dataset.sections}
    errata = [(e.number, e.decided_on.isoformat(), e.where, e.old, e.new, e.reason) for e in dataset.errata]
    rows: dict[str, Iterable[Sequence[Value]]] = {
        "集計": tally_rows(dataset),
        "評価": result_rows(dataset, sections),
        "数値": figure_rows(dataset),
        "取組": item_rows(dataset),
        **({"総合評価": overall_rows(dataset)} if dataset.overall_rule else {}),
        **({"注": [(note.mark, note.text) for note in dataset.footnotes]} if dataset.footnotes else {}),
        **({"正誤": errata} if errata else {}),
        "この資料": about_rows(dataset, sha256=sha256),
    }
    return ((name, HEADS[name].split(), found) for name, found in rows.items())


def tally_rows(dataset: EditionDataset) -> Iterator[Sequence[Value]]:
    for tally in dataset.tallies:
        for row in tally.rows:
            label = f"{row.number} {row.label}" if row.number else row.label
            shares: Sequence[Decimal | None] = row.shares or (None,) * len(row.counts)
            for column, count, share in zip(tally.columns, row.counts, shares, strict=False):
                yield (era(tally.fiscal_year), tally.fiscal_year, label, column, count, share)


def overall_rows(dataset: EditionDataset) -> Iterator[Sequence[Value]]:
    for section in dataset.sections:
        one = section.overall
        if one is not None:
            year = era(one.fiscal_year), one.fiscal_year
            rated = one.outcome, one.output, one.automatic, one.label
            settled = one.decider or "自動判定", one.reason or None
            yield (section.id, section.number, section.title, *year, *rated, *settled, "　".join(one.parts))


def result_rows(dataset: EditionDataset, sections: dict[str, Section]) -> Iterator[Sequence[Value]]:
    for indicator in dataset.indicators:
        section = sections.get(indicator.section)
        for result in indicator.results:
            yield (
                indicator.id,
                section.title if section else None,
                indicator.name,
                indicator.unit,
                indicator.owner,
                era(result.fiscal_year),
                result.fiscal_year,
                result.rate,
                result.grade_label or None,
                result.formula_label,
                result.working,
                result.target_year,
                result.status,
                result.reason,
                indicator.external_factor,
            )


def figure_rows(dataset: EditionDataset) -> Iterator[Sequence[Value]]:
    for indicator in dataset.indicators:
        for figure in indicator.figures:
            yield (
                indicator.id,
                indicator.name,
                {"baseline": "基準値", "target": "目標値", "actual": "実績値"}.get(figure.role, figure.role),
                era(figure.fiscal_year),
                figure.fiscal_year,
                figure.value,
                figure.upper,
                indicator.unit,
                figure.cumulative_from,
                figure.status,
                "・".join(figure.qualifiers) or None,
                figure.reason,
                figure.text,
                figure.cite.place if figure.cite else None,
            )


def item_rows(dataset: EditionDataset) -> Iterator[Sequence[Value]]:
    for section in dataset.sections:
        head = (section.id, section.parent, section.depth, section.number, section.title)
        yield (*head, "見出し", None, None, None, section.cite.place if section.cite else None)
        for item in section.items:
            place = item.cite.place if item.cite else None
            yield (*head, item.kind or "取組", era(item.fiscal_year), item.fiscal_year, item.text, place)


def about_rows(dataset: EditionDataset, *, sha256: str) -> Iterator[Sequence[Value]]:
    yield ("題名", dataset.title)
    yield ("団体", dataset.organisation)
    yield ("団体コード", dataset.organisation_code)
    yield ("公表日", dataset.published_on.isoformat())
    yield ("公表の回", dataset.publication_number)
    if dataset.scheme:
        yield ("評価方法", dataset.scheme.rule)
        yield ("分母", dataset.scheme.denominator)
        yield ("割合", dataset.scheme.shares_method)
    for source in dataset.sources:
        yield ("出典", f"{source.organisation}「{source.title}」{source.published or ''}")
    if any(True for indicator in dataset.indicators for _ in check_rows(indicator)):
        yield ("検算のシート", LIVE_NOTE)
    yield ("利用条件", dataset.licence)
    yield ("データのSHA-256", sha256)
    if dataset.sample:
        yield ("注意", "見本です。架空の団体の、作られた数値です。")


def era(fiscal_year: int | None) -> str | None:
    return None if fiscal_year is None else eras.show_fiscal_year(fiscal_year, style="era")


def add_sheet(
    book: Any, name: str, *, head: Sequence[str], rows: Sequence[Sequence[Value]], formats: dict[str, Any]
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, head, formats["head"])
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            write(sheet, number, column, value=value, formats=formats)
    for column, title in enumerate(head):
        longest = max([len(title), *(len(str(row[column])) for row in rows[:300] if row[column] is not None)])
        sheet.set_column(column, column, min(longest * 1.9 + 2, WIDEST))
    if rows:
        sheet.autofilter(0, 0, len(rows), len(head) - 1)


def write(sheet: Any, row: int, column: int, *, value: Value, formats: dict[str, Any]) -> None:
    """An unknown value is an empty cell, its reason beside it; texts are free of 機種依存文字 (L1-08)."""
    if value is None:
        return
    if isinstance(value, Decimal):
        sheet.write_number(row, column, float(value), formats["number"])  # a cell of Excel is a binary float
    elif isinstance(value, int):
        sheet.write_number(row, column, value, formats["text"])
    else:
        sheet.write_string(row, column, plain_characters(value), formats["text"])


def add_check_sheet(book: Any, dataset: EditionDataset, formats: dict[str, Any]) -> None:
    """Baseline, target, actual and the rate as a formula, one row a result that can be recomputed."""
    rows = [row for indicator in dataset.indicators for row in check_rows(indicator)]
    if not rows:
        return
    sheet = book.add_worksheet("検算")
    sheet.freeze_panes(1, 0)
    head = ("指標番号", "指標", "年度", "西暦年度", "計算方法", "基準値", "目標値", "実績値", "達成率（%）")
    sheet.write_row(0, 0, head, formats["head"])
    for number, (indicator, result, values) in enumerate(rows, 1):
        year = (era(result.fiscal_year), result.fiscal_year)
        texts = (indicator.id, indicator.name, *year, result.formula_label)
        for column, value in enumerate((*texts, *values)):
            write(sheet, number, column, value=value, formats=formats)
        cells = {"b": f"F{number + 1}", "t": f"G{number + 1}", "a": f"H{number + 1}"}
        formula = LIVE[result.formula].format(**cells)
        sheet.write_formula(number, 8, formula, formats["rate"], float(result.rate or 0))
    for column, width in enumerate((14, 40, 12, 10, 16, 16, 16, 16, 12)):
        sheet.set_column(column, column, width)


def check_rows(indicator: Indicator) -> Iterator[tuple[Indicator, Rated, tuple[Decimal | None, ...]]]:
    for result in indicator.results:
        if result.rate is None or result.formula not in LIVE:
            continue
        target = figure_of(indicator, "target", result.target_year)
        actual = figure_of(indicator, "actual", result.fiscal_year)
        baseline = figure_of(indicator, "baseline", None)
        if target and actual and (baseline or result.formula != "from_baseline"):
            yield indicator, result, (baseline.value if baseline else None, target.value, actual.value)


def figure_of(indicator: Indicator, role: str, year: int | None) -> Figure | None:
    """The figure that went into a result: that of the year, or of any year where none is asked for."""
    fitting = (f for f in indicator.figures if f.role == role and f.value is not None)
    return next((f for f in fitting if year is None or f.fiscal_year == year), None)
