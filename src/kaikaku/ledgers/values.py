"""A field's value: as typed, as stored in JSON, as counted, and as read by people. No database.

Stored are: a number as its exact decimal text, a day as ISO, a fiscal year as an integer, choices as codes, a
department as its key's text. Not known is left out, never 0 or "".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kaikaku.core.eras import parse_date, parse_fiscal_year, show_date, show_fiscal_year
from kaikaku.core.errors import RuleViolation
from kaikaku.core.numerals import show_number
from kaikaku.core.quantities import normal_unit, parse_quantity
from kaikaku.core.text import tidy_width
from kaikaku.ledgers.kind import STATE, YES_NO, FieldSpec, Kind

Stored = str | int | list[str]
Values = Mapping[str, Any]
LONGEST = {"text": 300, "url": 1000}
_YES = frozenset({"yes", "はい", "有", "あり", "○", "〇", "1", "true", "済"})
_NO = frozenset({"no", "いいえ", "無", "なし", "×", "0", "false", "未"})


@dataclass(frozen=True)
class Departments:
    """The government's departments, both ways: key → name."""

    names: Mapping[str, str] = field(default_factory=dict)

    def key_of(self, words: str) -> str | None:
        if words in self.names:
            return words
        found = [key for key, name in self.names.items() if name == words or name.endswith(f" {words}")]
        return found[0] if len(found) == 1 else None


NO_DEPARTMENTS = Departments()


def read_value(spec: FieldSpec, raw: Any, departments: Departments = NO_DEPARTMENTS) -> Stored | None:
    """What was typed (or stood in a cell), as stored; None where blank. Raises RuleViolation on the field."""
    if isinstance(raw, str):
        raw = raw.strip()
    if raw is None or raw in ("", []):
        return None
    if spec.is_number:
        return _number(spec, raw)
    reader = _READERS.get(spec.type)
    if reader is not None:
        return reader(spec, raw)
    if spec.type == "department":
        key = departments.key_of(str(raw))
        if key is None:
            raise _no(
                spec, f"「{raw}」という所属は、1つに決まりません。所属の一覧にある名前を書いてください。"
            )
        return key
    text = str(raw)
    if len(text) > LONGEST.get(spec.type, 20_000):
        raise _no(spec, f"長すぎます。{LONGEST.get(spec.type, 20_000)}字までにしてください。")
    return text


def _number(spec: FieldSpec, raw: Any) -> str:
    if isinstance(raw, Decimal | int) and not isinstance(raw, bool):
        value: Decimal | None = Decimal(raw)
    else:
        quantity = parse_quantity(str(raw), unit=spec.unit or None)
        value = quantity.value
        if value is not None and spec.unit and quantity.unit not in (None, normal_unit(spec.unit)):
            raise _no(
                spec, f"「{raw}」の単位は「{quantity.unit}」と読めます。「{spec.unit}」で入力してください。"
            )
    if value is None or not value.is_finite():
        raise _no(spec, f"「{raw}」を数として読み取れません。数字で入力してください（例：1,743、75.6億）。")
    if abs(value) >= Decimal(10) ** 18:
        raise _no(spec, f"「{raw}」は大きすぎます。桁を確かめてください。")
    if spec.type == "integer" and value != value.to_integral_value():
        raise _no(spec, f"「{raw}」は整数ではありません。整数で入力してください。")
    return f"{value.normalize():f}"


def _date(spec: FieldSpec, raw: Any) -> str:
    if isinstance(raw, datetime):
        raw = raw.date()
    day = raw if isinstance(raw, date) else parse_date(str(raw))
    if day is None:
        raise _no(
            spec,
            f"「{raw}」を日付として読み取れません。令和8年5月29日、2026-05-29 のように入力してください。",
        )
    return day.isoformat()


def _year(spec: FieldSpec, raw: Any) -> int:
    text = tidy_width(str(raw))
    bare = int(text) if re.fullmatch(r"(18|19|20|21)\d\d", text) else None
    year = bare or parse_fiscal_year(text)
    if year is None:
        raise _no(
            spec, f"「{raw}」を年度として読み取れません。令和8年度、R8、2026 のように入力してください。"
        )
    return year


def _choice(spec: FieldSpec, raw: Any) -> str:
    for code, label in spec.choices:
        if raw in (code, label):
            return code
    raise _no(
        spec, f"「{raw}」という選択肢はありません。使えるのは、{'、'.join(w for _, w in spec.choices)}です。"
    )


def _choices(spec: FieldSpec, raw: Any) -> list[str] | None:
    parts: Iterable[Any] = re.split(r"[、,，;；\n]", raw) if isinstance(raw, str) else raw
    found = {_choice(spec, part.strip()) for part in parts if str(part).strip()}
    return [code for code, _ in spec.choices if code in found] or None


def _yes_no(spec: FieldSpec, raw: Any) -> str:
    text = tidy_width(str(raw)).lower()
    if text in _YES or text in _NO:
        return "yes" if text in _YES else "no"
    raise _no(spec, f"「{raw}」は、はい・いいえのどちらかで入力してください。")


def _url(spec: FieldSpec, raw: Any) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"']{1,990}", str(raw)):
        raise _no(spec, f"「{raw}」は、https:// か http:// で始まる住所で入力してください。")
    return str(raw)


def corporate_check_digit(twelve: str) -> int:
    """法人番号の検査用数字: 9 - (Σ weights 1,2 from the right) mod 9 (法人番号の指定等に関する省令2条).

    >>> corporate_check_digit("000012050002")
    7
    """
    total = sum(int(one) * (2 if n % 2 else 1) for n, one in enumerate(reversed(twelve)))
    return 9 - total % 9


def _corporate(spec: FieldSpec, raw: Any) -> str:
    number = re.sub(r"[\s\-‐－ー]", "", tidy_width(str(raw)))
    if not re.fullmatch(r"\d{13}", number):
        raise _no(spec, f"「{raw}」は法人番号ではありません。13桁の数字で入力してください。")
    if int(number[0]) != corporate_check_digit(number[1:]):
        raise _no(spec, f"「{raw}」は法人番号の検査用数字と合いません。書き写した数字を確かめてください。")
    return number


_READERS: Mapping[str, Callable[[FieldSpec, Any], Stored | None]] = {
    "date": _date,
    "fiscal_year": _year,
    "choice": _choice,
    "choices": _choices,
    "yes_no": _yes_no,
    "url": _url,
    "corporate_number": _corporate,
}


def _no(spec: FieldSpec, why: str) -> RuleViolation:
    return RuleViolation("ledgers.value_wrong", f"{spec.label}：{why}", field=spec.code)


def as_counted(spec: FieldSpec, stored: Any) -> Any:
    """A stored value as an expression counts it."""
    if stored is None:
        return None
    if spec.is_number:
        return Decimal(stored)
    if spec.type == "date":
        return date.fromisoformat(stored)
    return int(stored) if spec.type == "fiscal_year" else stored


def counted_values(kind: Kind, codes: Iterable[str], stored: Values, *, state: str) -> dict[str, Any]:
    """The values that an expression names."""
    found = {code: as_counted(kind.by_code[code], stored.get(code)) for code in codes if code != STATE}
    return found | {STATE: state}


def show_value(spec: FieldSpec, stored: Any, departments: Departments = NO_DEPARTMENTS) -> str:
    """A stored value as people read it, without its unit; empty where blank."""
    if stored is None:
        return ""
    if spec.is_number:
        return show_number(Decimal(stored))
    if spec.type == "date":
        return show_date(date.fromisoformat(stored))
    if spec.type == "fiscal_year":
        return show_fiscal_year(int(stored))
    if spec.type == "department":
        return departments.names.get(str(stored), "")
    words = dict(YES_NO if spec.type == "yes_no" else spec.choices)
    if spec.type == "choices":
        return "、".join(words.get(code, code) for code in stored)
    return words.get(stored, stored) if words else str(stored)


def plain_value(spec: FieldSpec, stored: Any, departments: Departments = NO_DEPARTMENTS) -> Any:
    """A stored value as data (Excel, CSV): one datum, a number as a number, a day as ISO."""
    if stored is None:
        return None
    if spec.is_number:
        return Decimal(stored)
    if spec.type in ("date", "fiscal_year"):
        return stored
    return show_value(spec, stored, departments)


def read_values(
    fields: Iterable[FieldSpec], raw: Values, departments: Departments = NO_DEPARTMENTS
) -> dict[str, Stored]:
    """All values of these fields as stored, blanks left out. Raises RuleViolation for the first that is wrong
    or missing.
    """
    found = {}
    for spec in fields:
        value = read_value(spec, raw.get(spec.code), departments)
        if value is not None:
            found[spec.code] = value
        elif spec.required:
            raise RuleViolation("ledgers.value_missing", f"{spec.label}を入力してください。", field=spec.code)
    return found
