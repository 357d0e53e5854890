"""Whose document it is, of which year, for which period; what had to be inferred is said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kaikaku.core.eras import show_fiscal_year
from kaikaku.readers.assemble import Assembled, told_by_title
from kaikaku.readers.bodies import Body, body_alone, body_from_kana, body_in
from kaikaku.readers.document import Notice
from kaikaku.readers.figures import is_figure
from kaikaku.readers.periods import names_period, ranges_in, single_years
from kaikaku.readers.pieces import Text, Tidied, read_note
from kaikaku.readers.tables import Columns
from kaikaku.readers.titles import Front
from kaikaku.readers.vocabulary import ACHIEVEMENT, MEETING, kind_of

_ONE_YEAR = re.compile(r"1年(?:間|$|[^0-9度月])")


@dataclass(frozen=True, slots=True)
class Identity:
    """Organisation with its code, fiscal year, period, what kind of document; and the doubts."""

    organisation: str | None
    code: str | None
    fiscal_year: int | None
    period: tuple[int, int] | None
    kind: str | None
    notices: tuple[Notice, ...]


def identify(tidied: Tidied, front: Front, *, found: Assembled, tables: Sequence[Columns]) -> Identity:
    """Settle what the front, the parts and the tables say of the document as a whole."""
    notices: list[Notice] = []
    line = front.line or 1
    if front.title is None:
        notices.append(
            Notice("title_unknown", "表題を見つけられませんでした。表題を入力してください。", line)
        )
    elif not front.sure:
        notices.append(
            Notice(
                "title_uncertain", f"「{front.title}」を表題とみなしました。違う場合は直してください。", line
            )
        )
    body = _body(tidied, front, [text for text, _ in found.preamble], notices)
    period = _period(tidied, front, found)
    kind = kind_of(front.title) if front.title else None
    year = _fiscal_year(front, found, tables, kind)
    if year is None and period is not None:
        year = period[0]
        shown = f"{show_fiscal_year(period[0])}から{show_fiscal_year(period[1])}まで"
        message = f"対象年度の記載がないため、計画期間（{shown}）の初年度としました。"
        notices.append(Notice("fiscal_year_from_period", message, line))
    if year is None:
        message = "どの年度の計画・実績かを読み取れませんでした。年度を選んでください。"
        notices.append(Notice("fiscal_year_unknown", message, line))
    if period is None and year is not None and _lasts_one_year(found):
        period = (year, year)
    return Identity(
        body.name if body else None, body.code if body else None, year, period, kind, tuple(notices)
    )


def _body(tidied: Tidied, front: Front, preamble: Sequence[str], notices: list[Notice]) -> Body | None:
    """The organisation: a line of the front that is its name, the title, the lines beside it, the kana
    in the title.
    """
    line = front.line or 1
    titles = [front.title or "", front.subtitle or ""]
    beside = [piece.text for piece in front.lines]
    alone = next(filter(None, map(body_alone, [*beside, *preamble])), None)
    named = alone or next(filter(None, map(body_in, [*titles, *beside])), None)
    if named is not None:
        return named
    inferred = next(filter(None, map(body_from_kana, titles)), None)
    if inferred is not None:
        message = (
            f"団体名の記載がないため、表題の「{inferred.inferred}」を読みとして「{inferred.name}」としました。"
            "違う場合は直してください。"
        )
        notices.append(Notice("organisation_inferred", message, line))
        return inferred
    mentioned = _most_mentioned(tidied)
    if mentioned is not None:
        message = (
            f"表題に団体名がないため、本文に現れる「{mentioned.name}」としました。違う場合は直してください。"
        )
        notices.append(Notice("organisation_inferred", message, line))
        return mentioned
    notices.append(
        Notice("organisation_unknown", "団体名を読み取れませんでした。団体を選んでください。", line)
    )
    return None


def _most_mentioned(tidied: Tidied) -> Body | None:
    """The one body that the text names again and again; None where two are about even."""
    counts: Counter[Body] = Counter()
    for piece in tidied.pieces:
        if isinstance(piece, Text) and not read_note(piece.text):
            body = body_alone(piece.text) or body_in(piece.text)
            if body is not None:
                counts[body] += 1
    common = counts.most_common(2)
    if not common or common[0][1] < 2 or (len(common) > 1 and common[1][1] * 2 > common[0][1]):
        return None
    return common[0][0]


def _fiscal_year(front: Front, found: Assembled, tables: Sequence[Columns], kind: str | None) -> int | None:
    """The year reported on or planned for, else that of the document's date."""
    if front.title and (year := _year_in(front.title)) is not None:
        return year
    beside = [piece.text for piece in front.lines if not MEETING.search(piece.text)]
    year = next((y for y in map(_year_in, [front.subtitle or "", *beside]) if y is not None), None)
    if year is not None:
        return year
    parts = [part for part in found.parts if part.fiscal_year is not None]
    told = [part for part in parts if part.kind == ACHIEVEMENT] or parts
    if told:
        return told[0].fiscal_year
    if kind == ACHIEVEMENT:
        year = _year_of_headings(found) or _year_of_tables(tables)
        if year is not None:
            return year
    if front.published is not None:
        return front.published.fiscal_year()
    meeting = [piece.text for piece in front.lines if MEETING.search(piece.text)]
    return next((y for y in map(_year_in, meeting) if y is not None), None)


def _year_in(text: str) -> int | None:
    """The one fiscal year of a title; of several, the one told of as done."""
    years = single_years(text)
    if len({year for _, _, year in years}) == 1:
        return years[0][2]
    for start, end, year in years:
        del start
        if kind_of(text[end : end + 8]) == ACHIEVEMENT:
            return year
    return None


def _year_of_headings(found: Assembled) -> int | None:
    told = (told_by_title(node.heading.title) for node in found.nester.nodes)
    return next((year for kind, year in filter(None, told) if kind == ACHIEVEMENT), None)


def _year_of_tables(tables: Iterable[Columns]) -> int | None:
    years: Counter[int] = Counter()
    for columns in tables:
        targets = [column.fiscal_year for column in columns.of("target") if column.fiscal_year is not None]
        for column in columns.columns:
            held = any(is_figure(row[column.index]) for row in columns.rows)
            year, bare = column.fiscal_year, column.role is None and bool(targets)
            if year is not None and held and (column.role == "actual" or (bare and year < max(targets))):
                years[year] += 1
    return max(years, key=lambda year: (years[year], year), default=None)


def _period(tidied: Tidied, front: Front, found: Assembled) -> tuple[int, int] | None:
    """The plan's period: in the title, in the lines beside it, or where the text speaks of it (取組期間)."""
    for text in (front.title, front.subtitle, *(piece.text for piece in front.lines)):
        for _, _, span in ranges_in(text or ""):
            return span
    for node in found.nester.nodes:
        if names_period(node.heading.title):
            texts = [
                node.heading.title,
                *(text for text, _ in node.text),
                *(item.text for item in node.items),
            ]
            for text in texts:
                for _, _, span in ranges_in(text):
                    return span
    for piece in tidied.pieces:
        if isinstance(piece, Text) and names_period(piece.text):
            for _, _, span in ranges_in(piece.text):
                return span
    return None


def _lasts_one_year(found: Assembled) -> bool:
    for node in found.nester.nodes:
        if names_period(node.heading.title):
            return any(_ONE_YEAR.match(text) for text, _ in node.text)
    return False
