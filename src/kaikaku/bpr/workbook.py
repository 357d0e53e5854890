"""The register as an Excel workbook, a datum a cell, and how each of its cells is read again. No database.

Sheets: 案件 (a row a project), 手順 (a row a step), 項目の説明 (what a column means and takes). Times are in
minutes, which are exact. What is only shown (段階, 効果) is changed on its page, never by Excel.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kaikaku.bpr import words
from kaikaku.core.eras import parse_fiscal_year
from kaikaku.core.errors import RuleViolation
from kaikaku.core.quantities import parse_quantity
from kaikaku.core.text import tidy_width
from kaikaku.writers.excel import Value, add_sheet, fixed_time, formats_of

PROJECTS, STEPS, MEANING = "案件", "手順", "項目の説明"
NUMBER, VERSION, DEPARTMENT, ORDER = "案件番号", "版", "所属", "順番"
HEADS = {PROJECTS: NUMBER, STEPS: NUMBER}
PUBLIC = {True: "公表する", False: "公表しない"}
Read = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, the name of its value, how a cell is read, and what may be written. Without
    `read` it is only shown.
    """

    head: str
    code: str
    takes: str
    read: Read | None = None


@dataclass(frozen=True, slots=True)
class ProjectOut:
    """A project as it is written out: `shown` by heading, its steps in their order by heading."""

    key: int
    version: int
    shown: Mapping[str, Value]
    steps: Sequence[Mapping[str, Value]] = ()


def _wrong(why: str) -> RuleViolation:
    return RuleViolation("bpr.cell", why)


def text_of(most: int) -> Read:
    """A reader of words, of at most so many letters."""

    def read(text: str) -> str:
        if len(text.strip()) > most:
            raise _wrong(f"{most}字までにしてください。")
        return text.strip()

    return read


def number_of(unit: str, *, blank: Decimal | None, places: int = 2) -> Read:
    """A reader of numbers of 0 and more; `blank` is what an empty cell says."""

    def read(text: str) -> Decimal | None:
        if not text.strip():
            return blank
        found = parse_quantity(text, unit=unit or None)
        value = found.value
        if value is None or not value.is_finite():
            raise _wrong(f"「{text}」を数として読み取れません。数字で書いてください（例：1,200）。")
        if unit and found.unit not in (None, unit):
            raise _wrong(f"「{text}」の単位は「{found.unit}」と読めます。「{unit}」で書いてください。")
        if value < 0 or value >= Decimal(10) ** 8:
            raise _wrong(f"「{text}」は、0以上1億未満の数にしてください。")
        if value != round(value, places):
            raise _wrong(f"「{text}」は、小数点以下{places}桁までにしてください。")
        return value

    return read


def money(text: str) -> Decimal | None:
    """Whole yen; None where blank."""
    if not text.strip():
        return None
    found = parse_quantity(text, unit="円").value
    if found is None or not found.is_finite() or found < 0 or found >= Decimal(10) ** 15:
        raise _wrong(f"「{text}」を金額として読み取れません。0以上の円で書いてください（例：1,200,000）。")
    if found != found.to_integral_value():
        raise _wrong(f"「{text}」は、1円単位で書いてください。")
    return found


def year(text: str) -> int | None:
    """A fiscal year; None where blank."""
    plain = tidy_width(text.strip())
    if not plain:
        return None
    found = int(plain) if re.fullmatch(r"(19|20|21)\d\d", plain) else parse_fiscal_year(plain)
    if found is None:
        raise _wrong(f"「{text}」を年度として読み取れません。2026、令和8年度 のように書いてください。")
    return found


def tools(text: str) -> list[str]:
    """The codes of tools, in the order of the list."""
    codes = {label: code for code, label in words.TOOLS.items()}
    found = [part.strip() for part in re.split(r"[、,，;；\n]", text) if part.strip()]
    for part in found:
        if part not in codes:
            raise _wrong(f"「{part}」という道具はありません。使えるのは、{'、'.join(codes)}です。")
    chosen = {codes[part] for part in found}
    return [code for code in words.TOOLS if code in chosen]


def public(text: str) -> bool:
    """Whether it is published; blank is that it is."""
    known = {label: flag for flag, label in PUBLIC.items()}
    if text.strip() not in ("", *known):
        raise _wrong("「公表する」か「公表しない」と書いてください。")
    return known.get(text.strip(), True)


MINUTES = number_of("分", blank=Decimal(0))
COLUMNS = (
    Column("名称", "title", "200字まで。必須です。", text_of(200)),
    Column("取組内容", "summary", "公表する文です。", text_of(20_000)),
    Column("選定した年度", "fiscal_year", "2026、令和8年度 など。", year),
    Column("道具", "tools", f"「、」で区切ります。{'、'.join(words.TOOLS.values())}。", tools),
    Column("維持管理の時間（年・分）", "upkeep", "0以上の数。", MINUTES),
    Column("例外の処理の時間（年・分）", "exceptions", "0以上の数。", MINUTES),
    Column("導入にかけた時間（分）", "build", "0以上の数。1回限りの時間です。", MINUTES),
    Column("導入費用（円）", "build_yen", "0以上の整数。", money),
    Column("維持費用（年・円）", "upkeep_yen", "0以上の整数。", money),
    Column("もとになった提案・取組", "origin", "200字まで。", text_of(200)),
    Column("公表", "is_public", "「公表する」か「公表しない」。", public),
    Column("段階", "stage", "Excelでは変えられません。案件の画面で段階を進めてください。"),
    Column("使い始めた日", "began_on", "Excelでは変えられません。案件の画面で入れてください。"),
    Column("年間の効果（確認済み・時間）", "annual", "Excelでは変えられません。測定を入力してください。"),
)
STEP_COLUMNS = (
    Column("手順", "name", "100字まで。必須です。", text_of(100)),
    Column("担い手（見直し前）", "lane", "60字まで。", text_of(60)),
    Column("担い手（見直し後）", "lane_after", "60字まで。", text_of(60)),
    *(
        Column(
            f"{label}：{part}",
            f"{when}_{name}",
            more,
            number_of("", blank=None),
        )
        for when, label in (("before", "見直し前"), ("after", "見直し後"))
        for name, part, more in (
            ("minutes", "1回（分）", "0以上の数。新しい手順の見直し前、なくなる手順の見直し後は空にします。"),
            ("times", "年間の回数", "0以上の数。"),
            ("people", "人数", "0以上の数。空のときは1人です。"),
        )
    ),
)
OWN_MEANING = (
    (
        NUMBER,
        "変えないでください。新しい案件は、空にするか「新1」のように書きます。手順のシートから同じ名前で指せます。",
    ),
    (VERSION, "変えないでください。ほかの人の変更と重なっていないかを確かめます。"),
    (DEPARTMENT, "所属の名前。同じ名前の所属があるときは、上の所属から書きます。"),
    (ORDER, "手順のシートの並び順。手順をなくすときは、その行のほかの欄をすべて空にします。"),
)


def cell(value: Any) -> Value:
    """A value as a cell holds it: numbers as numbers, without zeros that only the database adds."""
    if isinstance(value, Decimal):
        whole = value.to_integral_value()
        return whole if value == whole else value.normalize()
    if isinstance(value, bool):
        return PUBLIC[value]
    if isinstance(value, list | tuple):
        return "、".join(words.TOOLS.get(str(tool), str(tool)) for tool in value)
    return value if isinstance(value, int) else (value or None)


def shown(value: Any) -> str:
    """A value as the page of review shows it; "" where there is none."""
    found = cell(value)
    return "" if found is None else f"{found:,f}" if isinstance(found, Decimal) else str(found)


def write_workbook(projects: Iterable[ProjectOut], *, title: str) -> bytes:
    """The workbook of these projects; equal projects give equal bytes."""
    import xlsxwriter

    projects = list(projects)
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    heads = [DEPARTMENT, *(column.head for column in COLUMNS)]
    step_heads = [column.head for column in STEP_COLUMNS]
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": title, "created": fixed_time()})
        formats = formats_of(book)
        rows: list[list[Value]] = [
            [p.key, p.version, *(p.shown.get(head) for head in heads)] for p in projects
        ]
        add_sheet(book, PROJECTS, head=[NUMBER, VERSION, *heads], rows=rows, formats=formats)
        steps: list[list[Value]] = [
            [project.key, order, *(step.get(head) for head in step_heads)]
            for project in projects
            for order, step in enumerate(project.steps, 1)
        ]
        add_sheet(book, STEPS, head=[NUMBER, ORDER, *step_heads], rows=steps, formats=formats)
        meaning = [(PROJECTS, *one) for one in OWN_MEANING]
        meaning += [(PROJECTS, column.head, column.takes) for column in COLUMNS]
        meaning += [(STEPS, column.head, column.takes) for column in STEP_COLUMNS]
        add_sheet(book, MEANING, head=["シート", "項目", "書けること"], rows=meaning, formats=formats)
    return out.getvalue()
