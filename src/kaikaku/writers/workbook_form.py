"""The form (様式) in which sections answer a round, as data: columns, rows, and what it says of itself.

Each row carries the codes by which it is found again, so that rows may be sorted or moved before it comes
back. Whoever writes the form and whoever reads it when it is back ask for the same columns here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from kaikaku.core.eras import show_date, show_fiscal_year

Value = str | int | Decimal | None
FIGURES, TEXTS, GUIDE, CODES = "指標", "記入内容", "説明", "選択肢"
OPEN, COMPUTED = "記入できます", "実績値は自動計算（記入不要）"
# what a figure that comes from records does not leave to type
COMPUTED_COLUMNS = ("text", "reason")
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
