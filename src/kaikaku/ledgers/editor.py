"""The form of a kind: rows of boxes → the kind's file, and back. What is wrong is told by its row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kaikaku.core.errors import RuleViolation
from kaikaku.core.text import tidy_width
from kaikaku.ledgers.kind import ROLES, TYPES, Kind
from kaikaku.ledgers.reading import read_kind
from kaikaku.ledgers.writing import write_settings

Data = Mapping[str, str]
Row = dict[str, str]
SPARE = 3
"""Blank rows at the end of each table."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "fields": (
        "code",
        "label",
        "type",
        "unit",
        "choices",
        "required",
        "public",
        "yearly",
        "roles",
        "help",
        "was",
    ),
    "alerts": ("field", "days", "words"),
    "metrics": ("code", "name", "definition", "unit", "expression", "accumulation", "decimals", "public"),
}
TOP = ("code", "name", "about", "title", "retention", "public", "states", "closed")
FLAGS = frozenset({"required", "public", "yearly"})
TABLE_WORDS = {"fields": "項目", "alerts": "知らせ", "metrics": "集計"}
SETTING_WORDS = {
    "code": "記号",
    "label": "名前",
    "name": "名前",
    "type": "種類",
    "title": "見出しの項目",
    "states": "状態",
    "closed": "終わりの状態",
    "choices": "選択肢",
    "roles": "見られる人",
    "expression": "式",
    "definition": "定義",
    "unit": "単位",
    "field": "日付の項目",
    "days": "日数",
    "words": "すること",
    "decimals": "小数の桁",
    "accumulation": "数え方",
    "public": "公開",
}


@dataclass(frozen=True)
class Sheet:
    """The form as it stands: the boxes above, and the rows of each table."""

    top: Row
    tables: Mapping[str, list[Row]]


def blank_sheet() -> Sheet:
    """An empty form with an example of states and a first field."""
    top = dict.fromkeys(TOP, "") | {
        "title": "name",
        "states": "active=有効、ended=終了",
        "closed": "ended",
    }
    first = dict.fromkeys(COLUMNS["fields"], "")
    first |= {"code": "name", "label": "名称", "type": "text", "required": "1", "public": "1"}
    return Sheet(top, _with_spare({"fields": [first], "alerts": [], "metrics": []}))


def sheet_of(kind: Kind) -> Sheet:
    """A kind as the form shows it."""
    top = {
        **{name: getattr(kind, name) for name in ("code", "name", "about", "title", "retention")},
        "public": _flag(kind.public),
        "states": _pairs(kind.states),
        "closed": "、".join(kind.closed),
    }
    fields = [
        {
            **{name: getattr(one, name) for name in ("code", "label", "type", "unit", "help")},
            "choices": _pairs(one.choices),
            "roles": "、".join(one.roles),
            "was": "",
            **{name: _flag(getattr(one, name)) for name in FLAGS},
        }
        for one in kind.fields
    ]
    alerts = [
        {"field": one.field, "days": "、".join(map(str, one.days)), "words": one.words} for one in kind.alerts
    ]
    metrics = [
        {
            **{name: getattr(one, name) for name in ("code", "name", "definition", "unit", "accumulation")},
            "expression": one.text,
            "decimals": str(one.decimals),
            "public": _flag(one.public),
        }
        for one in kind.metrics
    ]
    return Sheet(top, _with_spare({"fields": fields, "alerts": alerts, "metrics": metrics}))


def posted_sheet(data: Data) -> Sheet:
    """The form as it was sent; wholly blank rows are dropped and spare ones added anew."""
    top = {name: data.get(name, "").strip() for name in TOP}
    tables = {}
    for table, columns in COLUMNS.items():
        rows = []
        for n in range(_rows_sent(data, table)):
            row = {name: data.get(f"{table}-{n}-{name}", "").strip() for name in columns}
            said = [name for name in columns if name not in FLAGS | {"type", "accumulation"}]
            if any(row[name] for name in said):
                rows.append(row)
        tables[table] = rows
    return Sheet(top, _with_spare(tables))


def text_of(sheet: Sheet) -> str:
    """The kind's file that the form describes, not checked yet."""
    top = {
        **{name: sheet.top[name] for name in ("code", "name", "about", "title", "retention")},
        "public": bool(sheet.top["public"]),
        "states": _mapping(sheet.top["states"]),
        "closed": _list(sheet.top["closed"]),
    }
    tables: dict[str, list[dict[str, object]]] = {}
    for table, rows in sheet.tables.items():
        filled = [row for row in rows if _filled(row)]
        tables[table] = [{name: _setting(table, name, text) for name, text in row.items()} for row in filled]
    return write_settings(top, tables)


def check(sheet: Sheet) -> tuple[str, str]:
    """The kind's file, and "" or what is wrong with it, told by the row and box of the form."""
    text = text_of(sheet)
    try:
        read_kind(text)
    except RuleViolation as refused:
        return text, said_by_row(refused)
    return text, ""


def said_by_row(refused: RuleViolation) -> str:
    """A refusal in the words of the form: 「項目の3行目の種類：…」."""
    table, key = str(refused.data.get("table", "")), str(refused.data.get("key", ""))
    why = re.sub(r"^\d+行目：", "", refused.message)
    setting = SETTING_WORDS.get(key, key)
    why = re.sub(rf"^{re.escape(key)} が", f"{setting}が", why) if key else why
    if table in TABLE_WORDS:
        row = int(str(refused.data.get("index", 0))) + 1
        return f"{TABLE_WORDS[table]}の{row}行目の{setting}：{why}"
    return f"{setting}：{why}" if setting else why


def _filled(row: Row) -> bool:
    return any(text for name, text in row.items() if name not in FLAGS | {"type", "accumulation"})


def _rows_sent(data: Data, table: str) -> int:
    numbers = [int(found[1]) for key in data if (found := re.fullmatch(rf"{table}-(\d{{1,3}})-\w+", key))]
    return max(numbers, default=-1) + 1


def _with_spare(tables: Mapping[str, list[Row]]) -> dict[str, list[Row]]:
    return {
        table: [*rows, *(dict.fromkeys(COLUMNS[table], "") for _ in range(SPARE))]
        for table, rows in tables.items()
    }


def _setting(table: str, name: str, text: str) -> object:
    if name in FLAGS:
        return bool(text)
    if name == "choices":
        return _mapping(text)
    if name == "roles":
        words = {label: code for code, label in ROLES.items()}
        return [words.get(one, one) for one in _list(text)]
    if name == "type":
        return {label: code for code, label in TYPES.items()}.get(text, text)
    if name == "days":
        return [int(one) if one.isdecimal() else one for one in map(tidy_width, _list(text))]
    if name == "decimals":
        plain = tidy_width(text)
        return int(plain) if plain.isdecimal() else plain
    return text


def _mapping(text: str) -> dict[str, str]:
    """「active=有効、ended=終了」; a choice without a code gets one by its place (c1, c2 …)."""
    found: dict[str, str] = {}
    for n, one in enumerate(_list(text), 1):
        code, separator, words = one.replace("＝", "=").partition("=")
        key = code.strip() if separator else f"c{n}"
        found[key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else f"c{n}"] = (
            words if separator else code
        ).strip()
    return found


def _pairs(pairs: Sequence[tuple[str, str]]) -> str:
    return "、".join(f"{code}={words}" for code, words in pairs)


def _list(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"[、,\n]", text) if one.strip()]


def _flag(value: bool) -> str:
    return "1" if value else ""
