"""The workbook in which sections answer a round (様式): one row a figure or text, one datum a cell.

Each row carries the codes by which it is found again, so that rows may be sorted or moved before it comes
back. Nothing is merged, hidden or computed; only what is to be typed is unlocked, and the protection has no
password. Header, choices and columns are data here, for the reader of what comes back asks for the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, BinaryIO, Final

from kaikaku.core.eras import show_date, show_fiscal_year
from kaikaku.writers.excel import FONT, fixed_time

Value = str | int | Decimal | None
FIGURES, TEXTS, GUIDE, CODES = "指標", "記入内容", "説明", "選択肢"
OPEN, COMPUTED = "記入できます", "実績値は自動計算（記入不要）"
# what a figure that comes from records does not leave to type
COMPUTED_COLUMNS = ("text", "reason")
TALLEST = 12  # lines; what is longer is read in the cell itself
# what tells our workbook from any other before its rows are read
MARK, FORMAT = "kaikaku_workbook", "1"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its header. `typed` ones are for the section to fill in; `choices` names their list."""

    key: str
    title: str
    width: int
    typed: bool = False
    choices: str = ""
    about: str = ""


KEYS: Final = (
    Column("state", "記入", 14, about="この行に記入できるかどうか。できないときは理由を書いています。"),
    Column("round", "照会キー", 24, about="照会を見分ける番号。変えないでください。"),
    Column("sheet", "調書キー", 12, about="所属の調書を見分ける番号。変えないでください。"),
    Column("version", "調書の版", 9, about="様式を作ったときの調書の版。変えないでください。"),
    Column("row", "行キー", 14, about="指標または記入欄を見分ける番号。変えないでください。"),
)
_BEFORE: Final = (
    Column("department", "所属", 18),
    Column("section", "取組", 26),
    Column("name", "指標", 36),
    Column("unit", "単位", 9, about="実績値は、この単位の数値で記入します。"),
    Column("baseline_year", "基準値の年度", 18),
    Column("baseline", "基準値", 15),
    Column("target_year", "目標値の年度", 18),
    Column("target", "目標値", 15),
)
_TYPED: Final = (
    Column(
        "text",
        "実績値",
        16,
        typed=True,
        about="数値だけを、「単位」の列の単位で記入します。0件は0、値がないときは空欄にします。",
    ),
    Column("status", "値の状態", 13, typed=True, choices="status", about="一覧から選びます。"),
    Column(
        "reason",
        "値がない理由",
        24,
        typed=True,
        choices="reason",
        about="実績値が空欄のとき、一覧から選びます。",
    ),
    Column(
        "reason_note",
        "理由の説明",
        26,
        typed=True,
        about="理由が「その他」のとき、確定した値を直すときに記入します。",
    ),
    Column(
        "external_factor", "外的要因", 26, typed=True, about="所属の外の事情と、影響した期間を記入します。"
    ),
    Column("found", "点検の結果", 36, about="前に保存したときに、値について確かめてほしいこと。"),
    Column(
        "why",
        "注意への理由",
        30,
        typed=True,
        about="点検の結果を確かめて値が正しいとき、その理由を記入します。",
    ),
)
TEXT_COLUMNS: Final = (
    Column("department", "所属", 18),
    Column("section", "取組", 26),
    Column("name", "記入欄", 20),
    Column("need", "必須", 8),
    Column("hint", "書き方", 36),
    Column("before", "前回の記入内容", 50),
    Column("text", "今回の記入内容", 60, typed=True, about="文章で記入します。"),
    Column("public", "公表可否", 14, typed=True, choices="public", about="一覧から選びます。"),
    *KEYS,
)


def figure_columns(years: Iterable[int]) -> tuple[Column, ...]:
    """The columns of the figures, with those of the years before this one."""
    past = (Column(f"past-{year}", past_title(year), 17) for year in years)
    return (*_BEFORE, *past, *_TYPED, *KEYS)


def past_title(year: int) -> str:
    """Both calendars, as the rules on machine readability ask (L3-05).

    >>> past_title(2023)
    '2023（令和5）年度実績'
    """
    return f"{year_words(year)}実績"


def year_words(year: int) -> str:
    """2023（令和5）年度."""
    return f"{year}（{show_fiscal_year(year).removesuffix('年度')}）年度"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a section: its code, the words and numbers that stand in it by column, and why it is shut.

    `computed` names the columns that nobody types in this row, because they come from records.
    """

    key: str
    values: Mapping[str, Value]
    shut: str = ""
    computed: frozenset[str] = frozenset()

    @property
    def state(self) -> str:
        """Whether the row is to be filled in, in words."""
        return self.shut or (COMPUTED if self.computed else OPEN)


@dataclass(frozen=True, slots=True)
class Block:
    """What one section is asked: the codes of its sheet, its figures and its texts."""

    key: str
    version: int
    department: str
    figures: tuple[Row, ...] = ()
    texts: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundBook:
    """All that the workbook holds. `choices` are the lists of words by name, each with their codes."""

    organisation: str
    title: str
    round: str
    fiscal_year: int
    due: date
    made_on: date
    blocks: tuple[Block, ...]
    years: tuple[int, ...] = ()
    message: str = ""
    choices: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)


def write_workbook(book: RoundBook, out: BinaryIO) -> None:
    """Write the workbook; equal books give equal bytes."""
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as made:
        made.set_properties({"title": book.title, "author": book.organisation, "created": fixed_time()})
        made.set_custom_property(MARK, FORMAT)
        made.set_custom_property("kaikaku_round", book.round)
        formats = _formats(made)
        figures = [(block, row) for block in book.blocks for row in block.figures]
        texts = [(block, row) for block in book.blocks for row in block.texts]
        guide = made.add_worksheet(GUIDE)
        if figures:
            _data_sheet(
                made, FIGURES, columns=figure_columns(book.years), rows=figures, book=book, formats=formats
            )
        if texts:
            _data_sheet(made, TEXTS, columns=TEXT_COLUMNS, rows=texts, book=book, formats=formats)
        _plain_sheet(guide, ("項目", "内容"), guide_rows(book), widths=(24, 96), formats=formats)
        _plain_sheet(
            made.add_worksheet(CODES),
            ("列", "選択肢", "コード"),
            code_rows(book),
            widths=(18, 40, 24),
            formats=formats,
        )


def _formats(made: Any) -> dict[str, Any]:
    base = {"font_name": FONT, "font_size": 10.5, "valign": "top"}
    ruled = {**base, "border": 1, "border_color": "#C8CDD8", "text_wrap": True}
    number = "#,##0.##########;△#,##0.##########"
    return {
        "plain": made.add_format({**base, "text_wrap": True}),
        "head": made.add_format({**ruled, "bold": True, "bg_color": "#EEF0F6"}),
        "head_typed": made.add_format({**ruled, "bold": True, "bg_color": "#DCE9D5"}),
        "fixed": made.add_format({**ruled, "font_color": "#333333"}),
        "number": made.add_format({**ruled, "font_color": "#333333", "num_format": number}),
        "key": made.add_format({**ruled, "font_color": "#666666"}),
        # General, not a number format: what Excel takes for a date or a share can then be told by its format
        "typed": made.add_format({**ruled, "bg_color": "#F6FAF3", "locked": False}),
        "shut": made.add_format({**ruled, "bg_color": "#F6FAF3"}),
        "grey": made.add_format({"bg_color": "#E8E8E8", "font_color": "#555555"}),
    }


def _data_sheet(
    made: Any,
    name: str,
    *,
    columns: Sequence[Column],
    rows: Sequence[tuple[Block, Row]],
    book: RoundBook,
    formats: Mapping[str, Any],
) -> None:
    sheet = made.add_worksheet(name)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.title, formats["head_typed" if column.typed else "head"])
    sheet.set_row(0, 34)
    for number, (block, row) in enumerate(rows, 1):
        sheet.set_row(number, _height(columns, row))
        values: dict[str, Value] = {
            **row.values,
            "state": row.state,
            "round": book.round,
            "sheet": block.key,
            "version": f"v{block.version}",
            "row": row.key,
        }
        for place, column in enumerate(columns):
            value = values.get(column.key)
            _write(sheet, (number, place), value, formats[_look(column, row, value)])
    names = [column.key for column in columns]
    sheet.freeze_panes(1, names.index("name") + 1)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    _choices(sheet, columns, len(rows), book)
    _shade(sheet, columns, len(rows), formats["grey"])
    sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
    _on_paper(sheet)
    sheet.print_area(0, 0, len(rows), len(columns) - len(KEYS) - 1)


def _height(columns: Sequence[Column], row: Row) -> float:
    """Room for the longest text of a row, in points; Excel does not make it while nobody types."""
    lines = 1
    for column in columns:
        value = row.values.get(column.key)
        if isinstance(value, str):
            wrapped = (-(-len(part) * 2 // max(column.width - 1, 1)) for part in value.split("\n"))
            lines = max(lines, sum(max(1, one) for one in wrapped))
    return min(lines, TALLEST) * 15 + 4


def _look(column: Column, row: Row, value: Value) -> str:
    if column.typed:
        return "shut" if row.shut or column.key in row.computed else "typed"
    if isinstance(value, Decimal):
        return "number"
    return "key" if column in KEYS else "fixed"


def _write(sheet: Any, at: tuple[int, int], value: Value, look: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(*at, None, look)
    elif isinstance(value, str):
        sheet.write_string(*at, value, look)
    else:
        sheet.write_number(*at, float(value), look)  # a cell of Excel is a binary float


def _choices(sheet: Any, columns: Sequence[Column], rows: int, book: RoundBook) -> None:
    """Drop-downs for what is chosen, and a word of help where a value is typed."""
    for place, column in enumerate(columns):
        if column.choices in book.choices:
            words = [label for _, label in book.choices[column.choices]]
            sheet.data_validation(
                1,
                place,
                rows,
                place,
                {
                    "validate": "list",
                    "source": words,
                    "ignore_blank": True,
                    "error_title": column.title,
                    "error_message": "一覧から選んでください。",
                },
            )
        elif column.typed and column.about:
            sheet.data_validation(
                1,
                place,
                rows,
                place,
                {
                    "validate": "any",
                    "input_title": column.title,
                    "input_message": column.about,
                },
            )


def _shade(sheet: Any, columns: Sequence[Column], rows: int, grey: Any) -> None:
    """Rows that are not to be filled in are grey; the column 「記入」 says so in words (L1-11)."""
    names = [column.key for column in columns]
    letter = _letters(names.index("state"))
    typed = [place for place, column in enumerate(columns) if column.typed]
    shut = f'=AND(${letter}2<>"{OPEN}",${letter}2<>"{COMPUTED}")'
    sheet.conditional_format(
        1, min(typed), rows, max(typed), {"type": "formula", "criteria": shut, "format": grey}
    )
    for place in (names.index(name) for name in COMPUTED_COLUMNS if name in names):
        computed = f'=${letter}2="{COMPUTED}"'
        sheet.conditional_format(
            1, place, rows, place, {"type": "formula", "criteria": computed, "format": grey}
        )


def _letters(place: int) -> str:
    """The letters of a column that is counted from 0.

    >>> _letters(0), _letters(25), _letters(26)
    ('A', 'Z', 'AA')
    """
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def _on_paper(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _plain_sheet(
    sheet: Any,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    widths: Sequence[int],
    formats: Mapping[str, Any],
) -> None:
    for place, (title, width) in enumerate(zip(head, widths, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, formats["head"])
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            sheet.write_string(number, place, value, formats["plain"])
    sheet.freeze_panes(1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    _on_paper(sheet)


def guide_rows(book: RoundBook) -> Iterator[tuple[str, str]]:
    """What to do, then what each column is."""
    yield ("団体", book.organisation)
    yield ("照会", book.title)
    yield ("年度", year_words(book.fiscal_year))
    yield ("提出期限", f"{show_date(book.due, style='weekday')}（{book.due.isoformat()}）")
    yield ("作成日", book.made_on.isoformat())
    if book.message:
        yield ("依頼文", book.message)
    yield (
        "手順1",
        "シート「指標」と「記入内容」の、見出しが緑色の列に記入します。ほかの列は、参考のために示しています。",
    )
    yield (
        "手順2",
        "ファイルを保存し、調書の画面の「Excelで記入する」から取り込みます。取り込む前に、変わるところを1つずつ確かめられます。",
    )
    yield ("手順3", "取り込んだだけでは提出されません。調書の画面で提出してください。")
    yield ("できること", "行の並べ替え、列の幅の変更、列の移動。シートの保護にパスワードはありません。")
    yield (
        "しないこと",
        "見出しと、照会キー・調書キー・調書の版・行キーの変更。セルの結合。1つのセルに2つ以上の内容を書くこと。",
    )
    yield ("－", "基準値、目標値、実績値の列の「－」は、値がないことを示します。")
    yield (
        "空欄について",
        "記入済みの欄を空欄にして取り込むと、その内容が消えます。消えるところは、取り込む前の画面に示します。",
    )
    columns = {column.title: column.about for column in (*figure_columns(()), *TEXT_COLUMNS) if column.about}
    yield from columns.items()


def code_rows(book: RoundBook) -> Iterator[tuple[str, str, str]]:
    """The drop-downs with their codes."""
    titles = {c.choices: c.title for c in (*figure_columns(()), *TEXT_COLUMNS) if c.choices}
    for name, words in book.choices.items():
        for code, label in words:
            yield (titles[name], label, code)
