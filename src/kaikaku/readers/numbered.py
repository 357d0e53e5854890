"""Numbers before headings: core's numbering styles, and any level name of a plan with a number after it."""

from __future__ import annotations

import re

from kaikaku.core.outline import Marker, read_marker, roman_value
from kaikaku.core.text import narrow

# 柱, 視点, 方向性 … are words of the plan (DESIGN.md, idea 2): any noun that ends so may name a level.
_LEVEL = re.compile(
    r"(?P<label>[一-龥々ァ-ヴー・]{0,8}(?:項目|事項|方針|目標|施策|政策|戦略|プロジェクト|プログラム|方向性?|柱|視点|取組|改革|課題|テーマ|ミッション"
    r"|アクション|分野|プラン|事業|対策|領域))\s?"
    r"(?P<number>\(\d{1,2}\)|\d{1,2}(?:-\d{1,2}){0,2}|[①-⑳]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|[IVX]{1,4})"
    r"(?:[\s:.]+|(?<=[①-⑳)])\s*)(?=\S)"
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def read_number(text: str) -> Marker | None:
    """The number a heading begins with; bullets and footnote marks are none.

    >>> [(m.style, m.number, m.rest) for m in [read_number("推進項目（1） 窓口")] if m]
    [('推進項目(digit)', '推進項目（1）', '窓口')]
    >>> read_number("- 会議"), read_number("事業2件")
    (None, None)
    """
    marker = read_marker(text)
    if marker is not None:
        counts = not marker.is_bullet and not marker.is_note and marker.ordinal is not None
        return marker if counts else None
    match = _LEVEL.match(narrow(text.strip()))
    if match is None:
        return None
    figures = re.findall(r"\d+", match["number"])
    sign = match["number"]
    ordinal = int(figures[-1]) if figures else _CIRCLED.find(sign) + 1 or roman_value(sign)
    kind = re.sub(r"\d+", "digit", sign) if figures else "circled" if sign in _CIRCLED else "roman"
    number = text.strip()[: match.end("number")]
    return Marker(f"{match['label']}{kind}", ordinal, number, text.strip()[match.end() :].strip())
