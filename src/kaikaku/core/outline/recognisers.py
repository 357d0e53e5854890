"""One recogniser for each family of numbering; each gives (style, ordinal, length of the mark) or None.

They are given the line and its narrowed twin, which has the same length. A mark must be closed off (a blank,
a point, a bracket), because 「2040年の姿」 and 「40市町村長」 begin with digits too.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kaikaku.core.outline.signs import (
    CIRCLED,
    CIRCLED_KANA,
    CIRCLED_LATIN,
    DOTTED,
    KANA,
    PARENTHESISED,
    part_value,
    roman_value,
)
from kaikaku.core.text import DASHES

Seen = tuple[str, int | None, int]

_BULLET_KIN = {"◯": "○", "〇": "○", "⚪": "○", "⚫": "●", "･": "・", "▸": "▶", "＊": "*"} | dict.fromkeys(
    "–‐−", "-"
)
_BULLETS = "○◯〇⚪●⚫■□▪▫◆◇❖▽▼▶▸◎★☆•◦・･➢✓→⇒※-–‐−*＊"
_OPEN_CLOSE = {"【": "】", "〈": "〉", "《": "》", "＜": "＞", "<": ">", "〔": "〕", "［": "］", "≪": "≫"}
_AFTER_NUMBER = r"(?=$|[\s.、:：　]|\.(?!\d))"
_ROMAN = r"(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ]{1,2}|X{0,2}(?:IX|IV|V?I{0,3}))"
_LABELS = (
    "政策分野|重点分野|分野|基本目標|数値目標|目標|基本方針|推進方針|方針|基本施策|重点施策|施策|政策|戦略|改革項目|改革|"
    "柱|視点|方向性|取組項目|重点取組|取組|プロジェクト|テーマ|アクション|ステップ|課題|項目|資料|別紙|別表|参考|章|図表|図|表"
)
_UNITS_ONLY = re.compile(
    r"(?:%|‰|人|件|回|円|千円|百万円|億円|万円|年|月|日|時間|分|名|か所|箇所|ヶ所|社|校|団体|市町村|倍|割|点|枚|台|歳|位|ポイント|t|kg|ha|km)"
    r"(?:$|[\s、。,)）\d]|を|が(?!ん)|以上|以下|未満|程度)"
)
_POINTED_AT = re.compile(r"(?:及び|と(?!も)|以外|から|又は|または|、|・|,|~|-|の(?:うち|とおり)|[①-⑳])")
_DATE_WORD = re.compile(r"(?:現在|施行|改正|時点|策定|制定|改定|付け?|公表|~|-|\d)")


def _dai(text: str, plain: str) -> Seen | None:
    match = re.match(
        r"第\s*(\d{1,2}|[一二三四五六七八九十]{1,3})(?:\s*(章|節|編|部|款|項|分野|の柱))?", plain
    )
    part = part_value(match[1]) if match else None
    if not match or not part:
        return None
    following = plain[match.end() :]
    # 第1期 第2回 第1弾 第150条 name things; 第1章 may have its title joined on
    if not match[2] and following and following[0] not in " .、:":
        return None
    return f"第{match[2] or ''}", part[1], match.end()


def _circled(text: str, plain: str) -> Seen | None:
    sign = text[0]
    for kind, table in (
        ("circled", CIRCLED), ("(digit)", PARENTHESISED), ("digit", DOTTED),
        ("circled-kana", CIRCLED_KANA), ("circled-latin", CIRCLED_LATIN),
    ):  # fmt: skip
        if sign in table:
            return None if _POINTED_AT.match(plain, 1) else (kind, table[sign], 1)
    return None


def _roman(text: str, plain: str) -> Seen | None:
    match = re.match(_ROMAN, plain)
    value = roman_value(match.group()) if match and match.group() else None
    if not match or value is None:
        return None
    following = plain[match.end() : match.end() + 1]
    single_sign = match.group()[0] not in "IVX"
    ends = following in ("", " ", ".", "、", ":") or (single_sign and following not in "-~・" + DASHES)
    # 「V 字回復」 aside, a lone capital before more capitals is a word: "I T 化"
    if not ends or re.match(r"\s[A-Z](?![A-Za-z])", plain[match.end() :]):
        return None
    return "roman", value, match.end()


def _bracket(text: str, plain: str) -> Seen | None:
    closing = _OPEN_CLOSE.get(text[0])
    end = text.find(closing, 1) if closing else -1
    if end < 2 or end > 40:
        return None
    inside = plain[1:end].strip()
    match = re.fullmatch(
        rf"(?P<label>[^\d①-⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]*?)\s*(?P<number>\d{{1,3}}|[①-⑳]|{_ROMAN}|[一二三四五六七八九十]{{1,2}})(?P<tail>[\s:].*)?",
        inside,
    )
    part = part_value(match["number"]) if match and match["number"] else None
    style = f"{text[0]}{{}}{closing}"
    if not match or not part or (part[0] == "kanji" and match["label"] not in _LABELS.split("|")):
        return style.format(""), None, end + 1
    return style.format(match["label"] + part[0]), part[1], end + 1


_ONE_PART = rf"(?:\d{{1,3}}|[①-⑳]|{_ROMAN})"


def _labelled(text: str, plain: str) -> Seen | None:
    match = re.match(
        rf"({_LABELS})\s?({_ONE_PART}(?:-{_ONE_PART}){{0,2}})(?=$|[\s.:、「(])", _hyphened(plain)
    )
    parts = [part_value(p) for p in match[2].split("-")] if match else []
    if not match or not parts or any(p is None for p in parts):
        return None
    kinds = [p for p in parts if p]
    return match[1] + "-".join(kind for kind, _ in kinds), kinds[-1][1], match.end()


def _hyphened(plain: str) -> str:
    return re.sub(f"(?<=[0-9IVX①-⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ])[{re.escape(DASHES)}](?=[0-9IVX(①-⑳])", "-", plain)


def _compound(text: str, plain: str) -> Seen | None:
    match = re.match(rf"{_ONE_PART}(?:-(?:{_ONE_PART}|\(\d{{1,2}}\))){{1,2}}", _hyphened(plain))
    if match:
        parts = [part_value(p.strip("()")) for p in match.group().split("-")]
        following = plain[match.end() :]
        ends = not following or following[0] in " .、:" or match.group()[-1] in "①②③④⑤⑥⑦⑧⑨⑩)"
        # three digits and more are telephone numbers and postcodes
        short = all(p and p[1] <= 99 for p in parts)
        if not ends or not short or not following.strip() or _UNITS_ONLY.match(following.strip()):
            return None
        kinds = [p for p in parts if p]
        return "-".join(kind for kind, _ in kinds), kinds[-1][1], match.end()
    dotted = re.match(r"[1-9]\d?(?:\.[1-9]\d?){1,2}\.?(?=\s+\S)", plain)
    if not dotted:
        return None
    following = plain[dotted.end() :].strip()
    if _UNITS_ONLY.match(following) or _DATE_WORD.match(following) or following[0] in "%)~":
        return None
    numbers = dotted.group().strip(".").split(".")
    return ".".join("digit" for _ in numbers), int(numbers[-1]), dotted.end()


def _parenthesised(text: str, plain: str) -> Seen | None:
    match = re.match(
        r"\(\s*(?P<in>\d{1,2}|[一二三四五六七八九十]{1,3}|[ア-ン]|[a-z]|[ivxIVX]{1,4}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ])\s*\)",
        plain,
    )
    if not match:
        note = re.match(r"\(?注\s*(\d{1,2})?\s*[)):]", plain)
        return ("note", int(note[1]) if note[1] else None, note.end()) if note else None
    inside = match["in"]
    if part := part_value(inside):
        return f"({part[0]})", part[1], match.end()
    if inside in KANA:
        return "(kana)", KANA.index(inside) + 1, match.end()
    return ("(latin)", ord(inside) - 96, match.end()) if inside.islower() and len(inside) == 1 else None


def _half_parenthesised(text: str, plain: str) -> Seen | None:
    match = re.match(r"(?P<in>\d{1,2}|[ア-ン]|[a-zA-Z])\)", plain)
    if not match:
        return None
    inside = match["in"]
    if inside.isdigit():
        return ("digit)", int(inside), match.end()) if not inside.startswith("0") else None
    if inside in KANA:
        return "kana)", KANA.index(inside) + 1, match.end()
    return "latin)", ord(inside.lower()) - 96, match.end()


def _digits(text: str, plain: str) -> Seen | None:
    match = re.match(rf"(?:[1-9]\d?|[一二三四五六七八九十]{{1,2}}){_AFTER_NUMBER}", plain)
    part = part_value(match.group()) if match else None
    if not match or not part:
        return None
    following = plain[match.end() :]
    if re.match(r"\s*(?:%|‰)", following) or _UNITS_ONLY.match(following.strip()):
        return None
    # 「1.4.1」, 「1:30」, 「1、2」 are dates, times and lists
    if re.match(r"[.:、]\s*\d", following) and not re.match(r"\.\s+\d", following):
        return None
    return part[0], part[1], match.end()


def _letters(text: str, plain: str) -> Seen | None:
    match = re.match(
        r"(?P<in>[ア-ン]|[a-z])(?=[\s.、:]\s*\S|$)|(?P<capital>[A-Z])\.(?=\s|[^\x00-\x7f])", plain
    )
    if not match:
        return None
    if match["capital"]:
        return "latin-capital", ord(match["capital"]) - 64, 1
    inside = match["in"]
    if inside in KANA:
        return "kana", KANA.index(inside) + 1, 1
    # "a 社" would be a name; a letter alone in its word before more letters is spaced lettering
    return None if re.match(r"\s[A-Za-z](?![A-Za-z])", plain[1:]) else ("latin", ord(inside) - 96, 1)


def _bullet(text: str, plain: str) -> Seen | None:
    sign = text[0]
    if sign == "※":
        match = re.match(r"※\s?(?:注\s?)?(\d{1,2})?(?!\d)", plain)
        return ("note", int(match[1]) if match and match[1] else None, match.end() if match else 1)
    if sign not in _BULLETS:
        return None
    following = plain[1:]
    ascii_like = _BULLET_KIN.get(sign, sign) in "-*→"
    # a rule, a leader of a contents page, a blank to be filled (○○県), a minus sign, bold marks
    if following[:1] == plain[0] or text[1:2] == sign or (ascii_like and not re.match(r"\s+\S", following)):
        return None
    return f"bullet{_BULLET_KIN.get(sign, sign)}", None, 1


RECOGNISERS: tuple[Callable[[str, str], Seen | None], ...] = (
    _dai,
    _bracket,
    _circled,
    _labelled,
    _parenthesised,
    _half_parenthesised,
    _compound,
    _roman,
    _digits,
    _letters,
    _bullet,
)
