"""Units: one spelling for each, and the scale that a unit carries (千円, 万人, 百万円)."""

from __future__ import annotations

import re
import unicodedata

from kaikaku.core.numerals import BIG, SMALL
from kaikaku.core.text import DASHES, narrow

_SPELT_ONE_WAY = (
    "つ", "地域", "大学", "大学等", "課", "部局", "室", "班", "拠点", "路線", "品目", "講座", "コース",
    "自治体", "法人", "企業", "基", "隻", "頭", "羽", "匹", "便", "通", "票", "ページ", "種類", "項目",
    "分野", "取組", "施策", "テーマ", "棟", "店舗", "病院", "床", "機関", "組織", "プロジェクト",
    "システム", "手続", "業務", "様式", "条例", "案件", "区画", "柱", "視点", "計画", "府省",
    "都道府県", "県", "市", "町", "村", "園", "学級", "教室", "クラス", "人時", "人月", "人年", "食",
    "箱", "袋", "缶", "着", "足", "組", "曲", "話", "部", "秒", "週間", "か月間", "ドル", "ユーロ",
    "バレル", "MW", "MWh", "GWh", "GW", "W", "PJ", "TJ", "GJ", "MJ", "kg-CO2", "mg/L", "cm", "mm", "mL",
    "dL", "kcal", "℃", "倍", "割", "位", "泊", "人日分",
)  # fmt: skip
# conventions.md §7: the same unit in its many spellings
_SAME = {
    "%": ("パーセント", "％", "㌫", "percent", "pct", "割合"),
    "ポイント": ("%ポイント", "pt", "pts", "p", "㌽", "ﾎﾟｲﾝﾄ"),
    "か所": ("箇所", "カ所", "ヵ所", "ヶ所", "ケ所", "個所", "ヵ処", "箇処", "か所数", "箇所数"),
    "か月": ("箇月", "カ月", "ヵ月", "ヶ月", "ケ月"),
    "か国": ("箇国", "カ国", "ヵ国", "ヶ国", "ケ国"),
    "件": ("件数",),
    "人": ("名", "者", "人数", "名数"),
    "円": ("yen", "JPY", "¥"),
    "t": ("トン", "㌧", "ton", "T"),
    "kg": ("キログラム", "㎏", "㌔グラム", "㌕"),
    "g": ("グラム", "㌘"),
    "m²": ("㎡", "m2", "平方メートル", "平米", "㎡数"),
    "m³": ("㎥", "m3", "立方メートル"),
    "km²": ("㎢", "km2", "平方キロメートル"),
    "km": ("㎞", "キロメートル"),
    "m": ("メートル", "㍍"),
    "ha": ("ヘクタール", "㌶", "㏊"),
    "kWh": ("キロワット時", "kwh", "KWh", "KWH"),
    "kW": ("キロワット", "kw", "KW", "㎾"),
    "L": ("リットル", "ℓ", "l", "㍑"),
    "kL": ("キロリットル", "kl", "kℓ", "㎘", "㌔リットル"),
    "t-CO2": ("t-co2", "tCO2", "トン-CO2", "t-CO₂", "tCO₂", "t-CO2e"),
    "時間": ("hours", "h", "時間数", "hr"),
    "分": ("分間", "min"),
    "日": ("日間", "日数"),
    "年": ("年間", "か年", "カ年", "ヶ年", "箇年"),
    "回": ("回数",),
    "点": ("ポイント数",),
    "枚": ("枚数",),
    "‰": ("パーミル", "㏖"),
    "歳": ("才",),
    "社": ("社数",),
    "校": ("校数",),
    "団体": ("団体数",),
    "市町村": ("市町村数",),
    "世帯": ("世帯数",),
    "施設": ("施設数",),
    "地区": ("地区数",),
    "指標": ("指標数",),
    "事業": ("事業数",),
    "戸": ("戸数",),
    "台": ("台数",),
    "本": ("本数",),
    "冊": ("冊数",),
    "人日": ("人・日",),
    **dict.fromkeys(_SPELT_ONE_WAY, ()),
}
_SPELLINGS = {
    unicodedata.normalize("NFKC", spelling): unit
    for unit, spellings in _SAME.items()
    for spelling in (unit, *spellings)
} | {unit: unit for unit in _SAME}
# Units that are words by themselves: before another word they are the beginning of a name (40市町村長).
NOUNS = frozenset(_SPELT_ONE_WAY) - {"倍", "割", "位", "秒", "つ", "週間", "か月間"} | {
    "市町村",
    "団体",
    "施設",
    "地区",
    "事業",
    "指標",
    "社",
    "校",
    "歳",
}
# the longest spelling first, as the recogniser of running text tries them
SPELLINGS_BY_LENGTH = sorted(
    {*_SPELLINGS, *_SAME, *(spelling for spellings in _SAME.values() for spelling in spellings)},
    key=lambda spelling: (-len(spelling), spelling),
)
_BY_FIRST: dict[str, list[str]] = {}
for _spelling in SPELLINGS_BY_LENGTH:
    _BY_FIRST.setdefault(_spelling[0], []).append(_spelling)
# A bare name of a quantity in a unit column; anything else of that kind stays as it is written.
_SCALED = re.compile(rf"(?P<scale>[{''.join(SMALL)}]?[{''.join(BIG)}]|[千百])(?P<unit>.+)")
# 千 and 万 also begin words that are no multiples
_NOT_SCALED = {"百分率", "百分比", "万博", "千葉県"}
NEVER_SCALED = frozenset(
    {"%", "‰", "ポイント", "割", "年", "か月", "日", "分", "点", "位", "歳", "倍", "回/年", "円/人"}
)
_MIXED = re.compile(r"[・、,/]")
_DEBRIS = re.compile(r"[\d。「」【】()]")


def split_unit(text: str) -> tuple[int, str | None]:
    """(power of ten, unit) of a unit as a caption writes it; (0, None) where it is no one unit.

    >>> [split_unit(t) for t in ("千円", "百万円", "万人日分", "ヶ所", "人・%")]
    [(3, '円'), (6, '円'), (4, '人日分'), (0, 'か所'), (0, None)]
    """
    plain = _bare(text)
    scaled = _SCALED.fullmatch(plain) if plain not in _NOT_SCALED and plain not in _SPELLINGS else None
    if not scaled:
        return 0, _one_spelling(plain)
    power = sum(BIG.get(character, 0) or SMALL.get(character, 0) for character in scaled["scale"])
    unit = _one_spelling(scaled["unit"])
    return (power, unit) if unit else (0, None)


def spellings_at(text: str, position: int = 0) -> list[str]:
    """The known spellings that stand at `position`, the longest first.

    >>> spellings_at("5市町村", 1)
    ['市町村', '市']
    """
    candidates = _BY_FIRST.get(text[position : position + 1], [])
    return [spelling for spelling in candidates if text.startswith(spelling, position)]


def normal_unit(text: str) -> str | None:
    """The unit in its one spelling, without scale; None for a dash, two units, or debris of extraction.

    >>> [normal_unit(t) for t in ("％", "（単位：千円）", "名", "㎡", "ｔ-CO2", "箇所", "回／年", "施策")]
    ['%', '円', '人', 'm²', 't-CO2', 'か所', '回/年', '施策']
    >>> [normal_unit(t) for t in ("-", "円157,864,681", "イント", "べ人数", "人・%")]
    [None, None, None, None, None]
    """
    return split_unit(text)[1]


def _bare(text: str) -> str:
    # NFKC last: it would turn ㎡ into m2 and ｔ into t, which the table of spellings then knows
    plain = "".join(narrow(text).split())
    plain = re.sub(r"^[(\[〔【<]?(?:単位)?[:]?(.*?)[)\]〕】>]?$", r"\1", plain)
    return unicodedata.normalize("NFKC", plain)


def _one_spelling(plain: str) -> str | None:
    if plain in _SPELLINGS:
        return _SPELLINGS[plain]
    if not plain or all(c in DASHES for c in plain) or len(plain) > 12 or _is_debris(plain):
        return None
    parts = _MIXED.split(plain)
    if "/" in plain and len(parts) == 2 and all(parts):
        return "/".join(_SPELLINGS.get(part, part) for part in parts)
    if len(parts) > 1:
        return None
    return plain


def _is_debris(plain: str) -> bool:
    """Digits from the next cell, or the tail of a unit whose head was cut off (イント, べ人数)."""
    tails = plain[0] in "ぁあぃいぅうぇえぉおっべンイトッャュョー"
    known_tail = tails and any(word != plain and word.endswith(plain) for word in (*_SPELLINGS, "延べ人数"))
    return bool(_DEBRIS.search(plain.replace("CO2", ""))) or known_tail
