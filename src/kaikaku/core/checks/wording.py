"""Figures and years as the messages write them."""

from __future__ import annotations

from decimal import Decimal

from kaikaku.core.checks.model import Entry
from kaikaku.core.eras import show_fiscal_year
from kaikaku.core.indicators import round_half_up
from kaikaku.core.numerals import show_number

SCALES = {0: "", 3: "千", 4: "万", 6: "百万", 8: "億"}
GIVE_REASON = "正しい値であれば、その理由を入力してください。"


def plain(value: Decimal) -> str:
    """The exact number with commas and without idle zeros (a column of the database pads with them)."""
    return show_number(value.normalize())


def rounded(value: Decimal, places: int = 1) -> str:
    """The number half up to `places`, idle zeros gone."""
    return plain(round_half_up(value, decimals=places))


def places_of(step: Decimal) -> int:
    """Decimal places of a last place: 1 of 0.1, 0 of 1 and of 1000."""
    return max(0, -int(step.normalize().as_tuple().exponent))


def amount(entry: Entry, value: Decimal) -> str:
    """The value in the indicator's own unit: 「3,318万枚」「△1,743千円」「86.3%」."""
    power, unit = entry.scale
    if unit is None:
        return f"{plain(value)}{entry.unit or ''}"
    return f"{plain(value.scaleb(-power))}{scaled_unit(power, unit)}"


def scaled_unit(power: int, unit: str) -> str:
    """「千円」 of (3, 円); every power that a unit can carry is in `SCALES` or made of its signs."""
    name = SCALES.get(power)
    return f"{'十百千万'[power - 1] if name is None and 0 < power < 5 else name or ''}{unit}"


def year(fiscal_year: int) -> str:
    return show_fiscal_year(fiscal_year)


def joined(words: list[str]) -> str:
    return "、".join(words)


def is_blank(text: str) -> bool:
    """Whether a text field says nothing: empty, a dash, 「なし」「特になし」."""
    return text.strip().strip("。．.-－―—ー") in (
        "",
        "なし",
        "無し",
        "特になし",
        "特に無し",
        "該当なし",
        "同上",
    )
