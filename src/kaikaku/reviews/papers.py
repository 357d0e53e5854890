"""The papers of reviews in the blocks that PDF and Word print alike (writers.papers)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, time
from typing import TYPE_CHECKING

from kaikaku.core.eras import show_date, show_fiscal_year
from kaikaku.reviews import words
from kaikaku.reviews.queries.meetings import ItemPage, MeetingPage
from kaikaku.reviews.queries.opinions import ReportRow, answer_of, stance_counts
from kaikaku.reviews.shown import Line, Shown
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
    from kaikaku.plans.models import Edition
    from kaikaku.reviews.models import Meeting

MANY_ITEMS = 6
"""From this many items on a paper begins with a table of contents."""


def meeting_paper(page: MeetingPage) -> Paper:
    """The paper of a meeting: the order of the day, then a chapter an item."""
    meeting = page.meeting
    organisation = meeting.edition.plan.organisation
    kind = f"{meeting.get_kind_display()}資料"
    about = full_title(meeting.edition)
    return Paper(
        title=meeting.title,
        kind=kind,
        organisation=organisation.name,
        date_shown=show_date(meeting.held_on, style="era"),
        running=f"{organisation.name}　{about}　{kind}",
        blocks=tuple(without_skips(_meeting_blocks(page))),
        contents=len(page.items) > MANY_ITEMS,
        sample=organisation.sample,
    )


def full_title(edition: Edition) -> str:
    """The plan and its edition; once, where the edition's own name holds the plan's."""
    plan = edition.plan.name
    return edition.title if plan in edition.title else f"{plan} {edition.title}"


def _meeting_blocks(page: MeetingPage) -> Iterator[Block]:
    meeting = page.meeting
    yield Heading("次第")
    yield from (Paragraph(text) for text in _when_and_where(meeting))
    asked = "お諮りします" if meeting.decides else "ご意見を伺います"
    yield Paragraph(f"「{full_title(meeting.edition)}」について、次の{len(page.items)}件を{asked}。", "lead")
    yield _order_of_the_day(page.items)
    for one in page.items:
        yield Heading(f"議題{one.number}　{one.shown.name}")
        yield from _item_blocks(one)
    if page.rule:
        yield Heading("資料")
        yield Paragraph(f"達成度の見方　{page.rule}", "note")


def _when_and_where(meeting: Meeting) -> Iterator[str]:
    """日時 and 場所, as a 次第 begins."""
    yield f"日時　{show_date(meeting.held_on)}{_clock(meeting.starts_at)}"
    if meeting.place:
        yield f"場所　{meeting.place}"


def _clock(begins: time | None) -> str:
    if begins is None:
        return ""
    return f"　{begins.hour}時{f'{begins.minute}分' if begins.minute else ''}から"


def _order_of_the_day(items: Sequence[ItemPage]) -> Grid:
    columns = (
        Column("議題", 0.5, "right"),
        Column("項目", 2.4),
        Column("担当", 1.1),
        Column("取り上げる理由", 1.6),
    )
    rows = tuple(
        (
            Cell(f"{one.number}"),
            Cell(one.shown.name),
            Cell(one.shown.owner or "—"),
            Cell(one.shown.reason_words or "—"),
        )
        for one in items
    )
    return Grid(columns, rows, "議題の一覧")


def _item_blocks(one: ItemPage) -> Iterator[Block]:
    shown = one.shown
    about = (("見出し", shown.above), ("担当", shown.owner), ("取り上げる理由", shown.reason_words))
    yield Paragraph("　".join(f"{name}：{value}" for name, value in about if value), "note")
    if shown.question:
        decides = one.item.meeting.decides
        yield Heading("確認・決定いただきたいこと" if decides else "ご意見をいただきたいこと", 2)
        yield Bullets(tuple(Bullet(text) for text in shown.question.splitlines() if text.strip()))
    if shown.overall:
        yield Heading("総合評価", 2)
        yield from (Paragraph(text) for text in shown.overall.splitlines())
    if shown.lines:
        yield Heading("数値と計算", 2)
        yield figures_grid(shown)
        yield workings_grid(shown.lines)
    if one.decisions:
        yield Heading("決定", 2)
        yield _decisions_grid(one)
    if one.opinions:
        yield Heading("委員の意見と対応方針", 2)
        yield _opinions_grid(one)


def figures_grid(shown: Shown) -> Grid:
    """The indicators of an item: each value with its year, the rate and the grade."""
    columns = (
        Column("指標", 2.2),
        Column("基準値", 1.0, "right"),
        Column("目標値", 1.0, "right"),
        Column("実績値", 1.0, "right"),
        Column("達成率", 0.8, "right"),
        Column("達成度", 1.0),
    )
    rows = tuple(
        (
            Cell(line.name + ("＊" if line.external else "")),
            Cell(line.baseline),
            Cell(line.target),
            Cell(line.actual),
            Cell(line.rate),
            Cell(line.grade, slot=line.slot),
        )
        for line in shown.lines
    )
    year = show_fiscal_year(shown.fiscal_year, style="era") if shown.fiscal_year is not None else ""
    notes = dict.fromkeys(line.external for line in shown.lines if line.external)
    note = f"＊ 外的要因：{'、'.join(notes)}（評価は変えていません）" if notes else ""
    return Grid(columns, rows, f"{year}の実績" if year else "実績", note)


def workings_grid(lines: Sequence[Line]) -> Grid:
    """How each rate was worked out, so that a reader can redo it."""
    columns = (Column("指標", 1.8), Column("計算方法", 0.9), Column("計算", 2.6))
    rows = tuple((Cell(x.name), Cell(x.formula or "—"), Cell(x.working or "—")) for x in lines)
    return Grid(columns, rows, "達成率の計算")


def _decisions_grid(one: ItemPage) -> Grid:
    columns = (Column("決定", 2.6), Column("採らなかった案", 1.6), Column("見直しの期限", 1.0))
    rows = tuple(
        (
            Cell(event.text),
            Cell(event.rejected or "—"),
            Cell(show_date(event.review_by) if event.review_by else "—"),
        )
        for event in one.decisions
    )
    return Grid(columns, rows)


def _opinions_grid(one: ItemPage) -> Grid:
    columns = (Column("意見", 2.4), Column("対応", 0.8), Column("対応方針", 2.4))
    rows = []
    for opinion in one.opinions:
        answer = answer_of(opinion)
        stance = answer.get_stance_display() if answer else words.UNANSWERED
        rows.append((Cell(opinion.text), Cell(stance), Cell(answer.text if answer else "—")))
    return Grid(columns, tuple(rows))


def follow_up_paper(edition: Edition, rows: Sequence[ReportRow], *, day: date) -> Paper:
    """反映状況: every public opinion with its answer and the line it changed."""
    organisation = edition.plan.organisation
    return Paper(
        title=full_title(edition),
        kind="有識者の意見の反映状況",
        organisation=organisation.name,
        date_shown=show_date(day, style="era"),
        running=f"{organisation.name}　{full_title(edition)}　反映状況",
        blocks=tuple(without_skips(_follow_up_blocks(rows))),
        sample=organisation.sample,
    )


def _follow_up_blocks(rows: Sequence[ReportRow]) -> Iterator[Block]:
    yield Heading("1　対応のまとめ")
    if not rows:
        yield Paragraph("公表する意見はまだありません。", "lead")
        return
    counted = "、".join(f"「{name}」{count}件" for name, count in stance_counts(rows).items())
    yield Paragraph(f"いただいた意見は{len(rows)}件です。対応は、{counted}です。", "lead")
    yield Heading("2　意見ごとの対応")
    columns = (
        Column("番号", 0.5, "right"),
        Column("項目・会議", 1.3),
        Column("意見", 2.0),
        Column("対応", 0.8),
        Column("対応方針", 2.0),
        Column("反映した箇所", 1.2),
    )
    cells = tuple(tuple(Cell(text) for text in _report_cells(row)) for row in rows)
    yield Grid(columns, cells, "意見と対応方針")
    changed = [row for row in rows if row.change]
    if changed:
        yield Heading("3　変わった内容")
        yield Paragraph("意見を受けて変えた箇所の、前の版と次の版の文です。", "note")
        yield _changes_grid(changed)


def _changes_grid(rows: Sequence[ReportRow]) -> Grid:
    """Each line that an opinion changed: as it was, and as it is."""
    columns = (
        Column("番号", 0.5, "right"),
        Column("反映した箇所", 1.4),
        Column("前の版", 2.4),
        Column("次の版", 2.4),
    )
    cells = tuple(
        (
            Cell(f"{row.number}"),
            Cell(f"{row.target}\n（{row.target_edition}）"),
            Cell(side(row.change, leave="+") or "（なし）"),
            Cell(side(row.change, leave="-")),
        )
        for row in rows
    )
    return Grid(columns, cells, "前の版と次の版")


def side(change: Sequence[tuple[str, str]], *, leave: str) -> str:
    """One side of a word diff: all but what is new ("+") or what is struck ("-")."""
    return "".join(text for sort, text in change if sort != leave)


def _report_cells(row: ReportRow) -> tuple[str, ...]:
    target = f"{row.target}（{row.target_edition}）" if row.target else "—"
    item = f"{row.item}\n{row.meeting}"
    return (f"{row.number}", item, row.text, row.stance_words, row.answer or "—", target)


def follow_up_csv(rows: Sequence[ReportRow]) -> bytes:
    """The 反映状況 as CSV that Excel opens in Japanese; one datum a cell, an unknown one empty."""
    out = io.StringIO()
    writer = csv.writer(out)
    head = ("番号", "会議", "開催日", "項目", "意見", "対応", "対応方針", "回答した所属")
    writer.writerow((*head, "反映した版", "反映した箇所"))
    for row in rows:
        cells = (row.meeting, row.held_on.isoformat(), row.item, row.text, row.stance_words, row.answer)
        where = (row.department, row.target_edition, row.target)
        writer.writerow((row.number, *(_safe(text) for text in (*cells, *where))))
    return out.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    """A cell that a spreadsheet would run as a formula is defused with an apostrophe."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
