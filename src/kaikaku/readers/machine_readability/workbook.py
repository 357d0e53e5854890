"""Rules for workbooks alone: L1-10 to L1-13, L2-06."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from kaikaku.readers.machine_readability.book import Datum, Sheet, runs_of
from kaikaku.readers.machine_readability.finding import Finding, Subject, by_column, found
from kaikaku.readers.machine_readability.layout import Table
from kaikaku.readers.machine_readability.rules import RULES

_LINK_COLOURS: Final = ("theme:10", "theme:11")
_SUM: Final = re.compile(r"計$|平均$|総数$|^全国$|合計|小計")


def check_objects(subject: Subject) -> Iterator[Finding]:
    """L1-10: pictures, shapes, charts, embedded things; comments are for a person to judge."""
    for sheet in subject.book.sheets:
        if not sheet.visible:
            continue
        for what in dict.fromkeys(laid.what for laid in sheet.laid):
            places = [laid.cell for laid in sheet.laid if laid.what == what]
            cells = sheet.names_of([place for place in places if place])
            message = f"{what}があります。"
            sure = what != "コメント"
            if not sure:
                message += "データを読むのに必要な内容なら、セルに入力してください。"
            yield Finding(RULES["L1-10"], message, sheet.name, cells, len(places), sure=sure)


def check_merges(subject: Subject) -> Iterator[Finding]:
    """L1-12: any merged cells, those of titles too."""
    for sheet in subject.book.sheets:
        if not sheet.visible or not sheet.merges:
            continue
        areas = sorted(sheet.merges, key=lambda area: (area.top, area.left))
        names = tuple(
            f"{sheet.name_of(a.top, a.left)}:{sheet.name_of(a.bottom - 1, a.right - 1)}" for a in areas
        )
        first = sheet.cells.get((areas[0].top, areas[0].left))
        quote = found("L1-12", "", sheet, data=[first]).quote if first else ""
        yield Finding(RULES["L1-12"], "セルが結合されています。", sheet.name, names, len(names), quote)


def check_hidden(subject: Subject) -> Iterator[Finding]:
    """L1-13: what is filled and out of sight; hidden empty places and open groups are for a person."""
    for sheet in subject.book.sheets:
        if not sheet.visible:
            yield Finding(RULES["L1-13"], "シートが非表示になっています。", sheet.name)
            continue
        hidden = _hidden_places(sheet)
        if hidden:
            message = "非表示の行または列にデータがあります。"
            yield Finding(RULES["L1-13"], message, sheet.name, hidden, len(hidden))
        elif sheet.hiding.rows or sheet.hiding.columns:
            message = "空の行または列が非表示になっています。不要なら削除してください。"
            yield found("L1-13", message, sheet, sure=False)
        elif sheet.hiding.grouped:
            message = "行または列がグループ化されています。折りたたまれるデータがないか確かめてください。"
            yield found("L1-13", message, sheet, sure=False)


def _hidden_places(sheet: Sheet) -> tuple[str, ...]:
    """The hidden rows and columns that hold something."""
    rows = {row for first, end in sheet.hiding.rows for row in range(first, end)}
    columns = {column for first, end in sheet.hiding.columns for column in range(first, min(end, 16_384))}
    filled_rows = runs_of(rows & {row for row, _ in sheet.cells})
    filled_columns = runs_of(columns & {column for _, column in sheet.cells})
    named = (sheet.name_rows(*run) for run in filled_rows)
    return (*named, *(sheet.name_columns(*run) for run in filled_columns))


def check_formulas(subject: Subject) -> Iterator[Finding]:
    """L2-06: formulas left in the cells."""
    for sheet in subject.book.sheets:
        formulas = [datum for datum in sheet.cells.values() if datum.formula and sheet.visible]
        for data in by_column(formulas):
            yield found("L2-06", "数式が残っています。", sheet, data=data)


def check_looks(subject: Subject) -> Iterator[Finding]:
    """L1-11: some cells of a column that look otherwise than the rest of it.

    Fills, colours and strokes on single cells say something that no program sees. A whole row may be striped
    or a sum, and bold may be mere emphasis: these are for a person to judge.
    """
    for table in subject.tables:
        rows = _rows(table)
        for what, of in _LOOKS:
            odd = _odd(table, of)
            whole = _whole_rows(odd, rows)
            single = [datum for datum in odd if datum.row not in whole]
            for data in by_column(single):
                message = f"列の一部のセルだけ、{what}が違います。"
                if what == "太字":
                    message += "区別を表しているかを確かめてください。"
                yield found("L1-11", message, table.sheet, data=data, sure=what != "太字")
            told = [] if _is_striped(whole, table) else [row for row in whole if not _is_sum(rows[row])]
            if told:
                message = f"行によって{what}が違います。区別を表しているなら、列に入力してください。"
                yield found("L1-11", message, table.sheet, data=[rows[row][0] for row in told], sure=False)


def _colour(datum: Datum) -> str:
    link = datum.look.colour.startswith(_LINK_COLOURS) or datum.text.startswith("http")
    return "" if link else datum.look.colour


_LOOKS: Final[tuple[tuple[str, Callable[[Datum], object]], ...]] = (
    ("塗りつぶしの色", lambda datum: datum.look.fill),
    ("文字の色", _colour),
    ("取り消し線", lambda datum: datum.look.struck),
    ("太字", lambda datum: datum.look.bold),
)


def _rows(table: Table) -> dict[int, list[Datum]]:
    rows: dict[int, list[Datum]] = defaultdict(list)
    for column in table.columns:
        for datum in column.cells:
            rows[datum.row].append(datum)
    return rows


def _odd(table: Table, of: Callable[[Datum], object]) -> list[Datum]:
    """The cells that look otherwise than most of their column; none where there is no clear majority."""
    odd: list[Datum] = []
    for column in table.columns:
        looks = Counter(of(datum) for datum in column.cells)
        if len(looks) < 2 or len(column.cells) < 3:
            continue
        usual, count = looks.most_common(1)[0]
        if count * 2 > len(column.cells):
            odd.extend(datum for datum in column.cells if of(datum) != usual)
    return odd


def _whole_rows(odd: Sequence[Datum], rows: dict[int, list[Datum]]) -> list[int]:
    """The rows of which nearly every cell is odd."""
    counts = Counter(datum.row for datum in odd)
    return sorted(row for row, count in counts.items() if count > 1 and count >= 0.8 * len(rows[row]))


def _is_striped(whole: Sequence[int], table: Table) -> bool:
    """Every second or third row: stripes for the eye."""
    steps = {two - one for one, two in pairwise(whole)}
    return len(whole) > 1 and len(steps) == 1 and max(steps) <= 3 and len(whole) * 4 >= table.height


def _is_sum(row: Sequence[Datum]) -> bool:
    return any(_SUM.search(datum.text) for datum in row if not datum.is_number)
