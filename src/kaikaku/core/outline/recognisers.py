"""One recogniser for each family of numbering; each gives (style, ordinal, length of the mark) or None.

They are given the line and its narrowed twin, which has the same length. A mark must be closed off (a blank,
a point, a bracket), because 「2040年の姿」 and 「40市町村長」 begin with digits too.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kaikaku.core.outline.bullets import bullet, note
from kaikaku.core.outline.signs import CIRCLED, KANJI, ROMAN, ROMAN_SIGNS, SINGLE_SIGNS, part_value
from kaikaku.core.text import DASHES

Seen = tuple[str, int | None, int]

_OPEN_CLOSE = {
    "【": "】", "〈": "〉", "《": "》", "＜": "＞", "<": ">", "〔": "〕", "［": "］", "[": "]", "≪": "≫",
}  # fmt: skip
_LABELS = (
    "政策分野|分野|基本目標|数値目標|目標|基本方針|方針|基本施策|施策|政策|戦略|改革項目|改革|柱|視点|方向性|取組項目|取組番号|"
    "取組|プロジェクト|テーマ|アクション|ステップ|フェーズ|STEP|Step|課題|項目|資料|別紙|別表|参考|図表|図|表|No\\.?|№"
)
_LABEL = rf"(?:改革の|重点|推進|主要|個別|具体的な?)?(?:{_LABELS})"
_CIRCLED = "[" + "".join(CIRCLED) + "]"
_PART = rf"(?:\d{{1,3}}|{_CIRCLED}|{ROMAN})"
_HYPHEN = f"[{re.escape(DASHES)}]"
_COMPOUND = re.compile(rf"(?:{_PART}|\({_PART}\))(?:{_HYPHEN}(?:{_PART}|\({_PART}\))){{1,2}}")
_LABELLED = re.compile(
    rf"(?P<label>{_LABEL})\s?(?P<number>{_PART}(?:{_HYPHEN}{_PART}){{0,2}})(?=$|[\s.:、「(])"
)
_IN_BRACKETS = re.compile(
    rf"(?P<label>[^\d{ROMAN_SIGNS}IVX]*?)\s*(?P<number>\d{{1,3}}|{_CIRCLED}|{ROMAN}|{KANJI})(?:[\s:].*)?"
)
_ROUND = re.compile(rf"\(\s*(?P<number>\d{{1,2}}|{KANJI}|[ア-ン]|{ROMAN}|[ivx]{{1,4}}|[a-zA-Z])\s*\)")
_HALF_ROUND = re.compile(rf"(?P<number>\d{{1,2}}|[ア-ン]|[{ROMAN_SIGNS}]|[ivx]{{1,4}}|[a-zA-Z])\)")

_UNIT = (
    "%|‰|人|名|件|回|円|千円|百万円|億円|万円|年|年度|月|日|時間|分|か所|箇所|ヶ所|か月|社|校|団体|市町村|倍|割|点|枚|台|歳|位|"
    "ポイント|t|kg|ha|km"
)
_IS_COUNT = re.compile(
    rf"(?:{_UNIT})(?:$|[\s、。,)\d]|を|が(?!ん)|以上|以下|未満|以内|程度|当たり|あたり|末|初|頃|目(?!標|的|指))"
)
# 「①以外の提案」, 「①～③」 point at marks
_POINTING = re.compile(
    rf"(?:及び|又は|または|と(?=[\d(]|{_CIRCLED})|以外|から(?!だ)|を|へ(?=の|移)|、|・|,|~|-|の(?:うち|とおり|取組)|{_CIRCLED})"
)
_DATE_GOES_ON = re.compile(r"(?:現在|施行|改正|時点|策定|制定|改定|付け?|公表|~|-|\d)")
# 「2 0 2 4 年」, "I T 化": letters set apart
_SPACED = re.compile(r"\s(?:\d(?:\s|$)|[A-Z](?![A-Za-z]))")


def _dai(text: str, plain: str) -> Seen | None:
    match = re.match(rf"第\s*(\d{{1,2}}|{KANJI}|{ROMAN})(?:\s*(章|節|編|部|款|項|分野|の柱))?", plain)
    part = part_value(match[1]) if match else None
    if not match or not part:
        return None
    following = plain[match.end() :]
    # 第1期 第2回 第1弾 第150条 name things; 第1章 may have its title joined on
    if not match[2] and following and following[0] not in " .、:":
        return None
    return f"第{match[2] or ''}", part[1], match.end()


def _bracket(text: str, plain: str) -> Seen | None:
    closing = _OPEN_CLOSE.get(text[0])
    end = text.find(closing, 1) if closing else -1
    if not 2 <= end <= 40:
        return None
    match = _IN_BRACKETS.fullmatch(plain[1:end].strip())
    part = part_value(match["number"]) if match else None
    # a kanji at the end of a title is no number: 【三位一体】, 【その一】
    counted = match and part and (part[0] != "kanji" or re.fullmatch(_LABEL, match["label"]))
    if match and part and counted:
        return f"{text[0]}{match['label']}{part[0]}{closing}", part[1], end + 1
    return (f"{text[0]}{closing}", None, end + 1) if text[0] != "[" else None


def _single_sign(text: str, plain: str) -> Seen | None:
    for style, table in SINGLE_SIGNS:
        if text[0] in table:
            return None if _POINTING.match(plain, 1) else (style, table[text[0]], 1)
    return None


def _labelled(text: str, plain: str) -> Seen | None:
    match = _LABELLED.match(plain)
    parts = [part_value(p) for p in re.split(_HYPHEN, match["number"])] if match else []
    kinds = [part for part in parts if part]
    if not match or not kinds or len(kinds) < len(parts):
        return None
    return match["label"] + "-".join(kind for kind, _ in kinds), kinds[-1][1], match.end()


def _compound(text: str, plain: str) -> Seen | None:
    match = _COMPOUND.match(plain)
    if not match:
        return None
    shown = re.split(_HYPHEN, match.group())
    parts = [part_value(part.strip("()")) for part in shown]
    following = plain[match.end() :]
    closed = not following or following[0] in " .、:" or match.group()[-1] in (*CIRCLED, ")")
    # three digits and more are telephone numbers and postcodes, and nothing after it a page or a date
    short = all(part and part[1] <= 99 for part in parts)
    if not closed or not short or not following.strip() or _IS_COUNT.match(following.strip()):
        return None
    if _POINTING.match(following):
        return None
    kinds = [
        f"({part[0]})" if s.startswith("(") else part[0] for s, part in zip(shown, parts, strict=True) if part
    ]
    last = parts[-1]
    return "-".join(kinds), last[1] if last else None, match.end()


def _dotted(text: str, plain: str) -> Seen | None:
    match = re.match(r"[1-9]\d?(?:\.[1-9]\d?){1,2}\.?(?=\s+\S)", plain)
    following = plain[match.end() :].strip() if match else ""
    # 1.5 億円 and 11.4.1 施行 are a decimal and a date
    if not match or _IS_COUNT.match(following) or _DATE_GOES_ON.match(following) or following[0] in "%)~":
        return None
    numbers = match.group().strip(".").split(".")
    return ".".join("digit" for _ in numbers), int(numbers[-1]), match.end()


def _round_brackets(text: str, plain: str) -> Seen | None:
    for pattern, style in ((_ROUND, "({})"), (_HALF_ROUND, "{})")):
        match = pattern.match(plain)
        part = part_value(match["number"]) if match else None
        if match and part:
            return (
                None if _POINTING.match(plain, match.end()) else (style.format(part[0]), part[1], match.end())
            )
    return None


def _roman(text: str, plain: str) -> Seen | None:
    match = re.match(ROMAN, plain)
    part = part_value(match.group()) if match else None
    if not match or not part or _SPACED.match(plain, match.end()):
        return None
    following = plain[match.end() :]
    one_sign = match.group()[0] in ROMAN_SIGNS
    closed = following[:1] in ("", " ", ".", "、", ":") or (one_sign and following[0] not in DASHES + ")")
    # 「V 字回復」, 「I 型」
    names = not one_sign and re.match(r"\s(?:字|型|類|期|種)", following)
    if not closed or names or _POINTING.match(following):
        return None
    return part[0], part[1], match.end()


def _digits(text: str, plain: str) -> Seen | None:
    match = re.match(rf"(?:[1-9]\d?|{KANJI})(?=$|[\s、:]|\.(?!\d))", plain)
    part = part_value(match.group()) if match else None
    if not match or not part or _SPACED.match(plain, match.end()):
        return None
    following = plain[match.end() :]
    if _IS_COUNT.match(following.strip()) or re.match(r"[:、]\s*\d", following):
        return None
    return part[0], part[1], match.end()


def _letters(text: str, plain: str) -> Seen | None:
    match = re.match(r"(?:[ア-ン]|[a-z])(?=[\s.、:]\s*\S|$)|[A-Z](?=\.(?:\s|[^\x00-\x7f]))", plain)
    part = part_value(match.group()) if match else None
    if not match or not part or re.match(r"\s[A-Za-z](?![A-Za-z])", plain[1:]):
        return None
    return part[0], part[1], 1


RECOGNISERS: tuple[Callable[[str, str], Seen | None], ...] = (
    _dai,
    _bracket,
    _single_sign,
    note,
    _labelled,
    _compound,
    _round_brackets,
    _dotted,
    _roman,
    _digits,
    _letters,
    bullet,
)
