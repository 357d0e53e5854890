"""内部統制評価報告書 in the blocks that PDF and Word print alike (writers.papers).

The order is that of 自治法150条 and of the ministry's guideline (2019-03): policy, scope, result, opinion.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.timezone import localtime

from kaikaku.controls import words
from kaikaku.controls.queries.report import Facts, Wrong
from kaikaku.core.eras import show_date, show_fiscal_year
from kaikaku.writers.papers.blocks import (
    Block,
    Cell,
    Column,
    Grid,
    Heading,
    Paper,
    Paragraph,
    without_skips,
)

if TYPE_CHECKING:
    from kaikaku.controls.models import ControlYear

KIND = "内部統制評価報告書"
FAR_FROM_ISSUED = "この報告書は確定前の案です。確定するまで、件数と内容は変わります。"


def report_paper(year: ControlYear, facts: Facts) -> Paper:
    """The year's report; as a draft until it is issued."""
    kind = KIND if year.issued_at else f"{KIND}（案）"
    title = f"{show_fiscal_year(year.fiscal_year)} {KIND}"
    day = localtime(year.issued_at).date() if year.issued_at else None
    return Paper(
        title=title,
        kind=kind,
        organisation=facts.organisation,
        date_shown=show_date(day, style="era") if day else "",
        running=f"{facts.organisation}　{title}",
        blocks=tuple(without_skips(_blocks(year, facts))),
        sample=year.organisation.sample,
    )


def _blocks(year: ControlYear, facts: Facts) -> Iterator[Block]:
    if not year.issued_at:
        yield Paragraph(FAR_FROM_ISSUED, "note")
    yield Heading("1　内部統制の方針と体制")
    yield from _lines(facts.policy)
    yield from _lines(facts.system)
    yield Heading("2　評価の範囲と手続")
    yield from _lines(facts.scope)
    yield from (Paragraph(text) for text in facts.procedure)
    yield _risks_grid(facts)
    yield Heading("3　評価の結果")
    yield Paragraph(facts.result, "lead")
    yield _result_grid(facts)
    yield from _wrong_blocks(facts)
    if facts.happened:
        yield Heading("事故・ミスと水平展開", 2)
        yield _happened_grid(facts)
    yield Heading("4　監査委員の意見")
    if year.opinion:
        yield from _lines(year.opinion)
        if year.opinion_on:
            yield Paragraph(f"{show_date(year.opinion_on, style='era')}", "note")
    else:
        yield Paragraph("まだ意見を受けていません。", "note")
    if year.assembly_on:
        yield Paragraph(f"{show_date(year.assembly_on, style='era')}に議会に提出しました。")


def _lines(text: str) -> Iterator[Block]:
    return (Paragraph(line) for line in text.splitlines() if line.strip())


def _risks_grid(facts: Facts) -> Grid:
    columns = (Column("リスクの大きさ", 2.0), Column("件数", 1.0, "right"))
    rows = tuple((Cell(words.GRADES[grade]), Cell(f"{count}")) for grade, count in facts.risks.items())
    return Grid(
        columns,
        rows,
        "管理しているリスク",
        "点数（起こりやすさ×影響の大きさ）が6以上を高、3以上を中とします。",
    )


def _result_grid(facts: Facts) -> Grid:
    columns = (Column("区分", 2.4), Column("件数", 1.0, "right"))
    counted = [
        *((f"評価基準日に残っている{words.KINDS[kind]}", n) for kind, n in facts.standing.items()),
        ("うち重大な不備", facts.material),
        ("年度内に是正した不備", facts.mended),
    ]
    rows = tuple((Cell(name), Cell(f"{count}")) for name, count in counted)
    note = "評価基準日までに是正した不備は、評価基準日において有効なものとして扱います。"
    return Grid(columns, rows, "不備の件数", note)


def _wrong_blocks(facts: Facts) -> Iterator[Block]:
    material = [one for one in facts.wrong if one.material]
    if material:
        yield Heading("重大な不備", 2)
        yield _wrong_grid(material, "重大な不備の内容、原因と是正")
    rest = [one for one in facts.wrong if not one.material]
    if rest:
        yield Heading("そのほかの不備", 2)
        yield _wrong_grid(rest, "そのほかの不備の内容と是正")


def _wrong_grid(found: list[Wrong], caption: str) -> Grid:
    columns = (
        Column("リスク・所属", 1.2),
        Column("内容", 2.2),
        Column("種類", 1.0),
        Column("原因", 1.6),
        Column("是正", 1.8),
        Column("状態", 1.1),
    )
    rows = tuple(
        (
            Cell(f"{one.code}\n{one.department}"),
            Cell(one.text),
            Cell(one.kind),
            Cell(one.cause or "—"),
            Cell(one.remedy or "—"),
            Cell(f"{one.mended_on}に是正" if one.mended_on else "未是正"),
        )
        for one in found
    )
    return Grid(columns, rows, caption)


def _happened_grid(facts: Facts) -> Grid:
    columns = (
        Column("起きた日", 1.0),
        Column("件名・所属", 1.8),
        Column("原因", 1.8),
        Column("対応", 1.8),
        Column("水平展開", 1.0),
    )
    rows = tuple(
        (
            Cell(one.happened_on),
            Cell(f"{one.title}\n{one.department}"),
            Cell(one.cause),
            Cell(one.remedy or "—"),
            Cell(f"{one.asked}所属中{one.answered}所属が回答" if one.asked else "依頼なし"),
        )
        for one in facts.happened
    )
    return Grid(columns, rows, "事故・ミスと水平展開")
