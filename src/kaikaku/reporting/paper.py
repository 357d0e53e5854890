"""進捗管理調書 as a paper: finished words in blocks, which PDF and Word print alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from kaikaku.core.eras import show_date, show_fiscal_year
from kaikaku.core.workflow import ACTION_LABELS, Action
from kaikaku.plans import shown
from kaikaku.plans.cells import why_no_grade
from kaikaku.plans.facts import FigureFacts
from kaikaku.reporting import words
from kaikaku.writers.papers.blocks import (
    Block,
    Bullet,
    Bullets,
    Cell,
    Column,
    Grid,
    Heading,
    Paper,
    Paragraph,
    without_skips,
)

if TYPE_CHECKING:
    from kaikaku.reporting.queries import Again, Line, PlanPart, SheetPage, Text

COLUMNS = (
    Column("指標", 3.2),
    Column("前年度", 1.5, "right"),
    Column("目標値", 1.5, "right"),
    Column("実績値", 1.5, "right"),
    Column("達成率", 1, "right"),
    Column("評価", 1.3),
)


def sheet_paper(page: SheetPage, *, on: date) -> Paper:
    """The sheet as it stands on the day."""
    sheet, round_ = page.sheet, page.sheet.round
    organisation = round_.edition.plan.organisation
    title = f"進捗管理調書（{show_fiscal_year(round_.fiscal_year)}）"
    return Paper(
        title=title,
        kind=sheet.department.name,
        organisation=organisation.name,
        date_shown=show_date(on),
        running=f"{title}　{sheet.department.name}　{sheet.get_state_display()}",
        blocks=tuple(without_skips(_blocks(page))),
        sample=organisation.sample,
    )


def _blocks(page: SheetPage) -> Iterator[Block]:
    sheet = page.sheet
    answered = "（該当なし）" if sheet.nothing_to_report else ""
    yield Paragraph(f"{sheet.round.title}　状態：{sheet.get_state_display()}{answered}", "lead")
    way = _way(page)
    if way.rows:
        yield way
    for part in page.parts:
        yield from _part(part)
    if page.loose_lines:
        yield Heading("そのほかの指標")
        yield from _figures(page.loose_lines)
    if page.once:
        yield Heading("所属として")
        yield from _answers(page.once)


def _part(part: PlanPart) -> Iterator[Block]:
    """One section: what was planned, the figures, what was done and is planned next."""
    yield Heading(part.name)
    if part.planned:
        yield Heading("今年度の計画", 2)
        yield Bullets(tuple(Bullet(text) for text in part.planned))
    if part.lines or part.again:
        yield Heading("指標の実績", 2)
        yield from _figures(part.lines, part.again)
    yield from _answers(part.texts)


def _figures(lines: tuple[Line, ...], again: tuple[Again, ...] = ()) -> Iterator[Block]:
    rows = [_row(line) for line in lines] + [_row(one.line, again=True) for one in again]
    yield Grid(COLUMNS, tuple(rows), caption="指標の実績")
    yield from _notes(lines)
    for one in again:
        where = f"「{one.asked_in or 'プラン全体'}」で報告しています"
        yield Paragraph(f"{one.line.facts.name}【再掲】は、{where}。指標の数には1回だけ数えます。", "note")


def _answers(texts: tuple[Text, ...]) -> Iterator[Block]:
    for text in texts:
        yield Heading(f"{text.asked.label}{'（公表しない）' if text.is_hidden else ''}", 2)
        for line in (text.value or "（記入なし）").splitlines():
            yield Paragraph(line)


def _way(page: SheetPage) -> Grid:
    """Who did what and when; a deputy's decision says so (代決)."""
    rows = [
        (
            Cell(ACTION_LABELS[Action(move.action)].removesuffix("する")),
            Cell(
                f"{move.by.name if move.by else 'システム'}{f'（{move.acting} 代決）' if move.acting else ''}"
            ),
            Cell(show_date(timezone.localdate(move.at))),
            Cell(move.reason),
        )
        for move in page.moves
        if move.undone_at is None and move.action != Action.START
    ]
    columns = (Column("手続", 1.2), Column("氏名", 2), Column("日付", 1.5), Column("理由", 3))
    return Grid(columns, tuple(rows), caption="手続")


def _row(line: Line, *, again: bool = False) -> tuple[Cell, ...]:
    result = line.result
    rate = f"{result.rate_shown}%" if result.achievement.rate is not None else "—"
    mark = ("【再掲】" if again else "") + ("※" if line.row.external_factor else "")
    band = result.band
    grade = Cell(band.name, bold=True, slot=band.slot) if band else Cell(why_no_grade(result))
    values = (_value(figure, line.facts.decimals) for figure in (line.last, result.target, line.typed))
    return (Cell(f"{line.facts.name}{mark}"), *(Cell(value) for value in values), Cell(rate), grade)


def _value(figure: FigureFacts | None, decimals: int | None) -> str:
    if figure is None:
        return "—"
    if figure.value is None:
        return shown.reason_words(figure) or figure.text or "—"
    status = "" if figure.status == "confirmed" else f"（{words.STATUSES.get(figure.status, figure.status)}）"
    return f"{shown.as_shown(figure, decimals)}{status}"


def _notes(lines: tuple[Line, ...]) -> Iterator[Block]:
    for line in lines:
        if line.row.external_factor:
            yield Paragraph(f"※ {line.facts.name}：{line.row.external_factor}", "note")
        for finding in line.warnings:
            why = line.row.explanations.get(finding.check, "（理由の記入なし）")
            yield Paragraph(f"{line.facts.name}：{finding.message}　理由：{why}", "note")
