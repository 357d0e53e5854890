"""Names, signs and units by which a column tells what it holds. Only what is sure is told here."""

from __future__ import annotations

import re
from typing import Final

from kaikaku.core.eras import find_years
from kaikaku.core.quantities import normal_unit
from kaikaku.core.text import narrow, unwrap
from kaikaku.readers import bodies

# What a number may carry with it: signs and marks (L2-01 names units, commas and note marks).
_SIGN: Final = r"[▲△▼+＋\-−－–]?"
_DIGITS: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_UNIT: Final = (
    r"%|‰|ポイント|pt|円|千円|万円|百万円|億円|兆円|人|千人|万人|名|者|件|千件|万件|回|台|個|本|枚|冊|校|社|戸|"
    r"世帯|団体|か所|箇所|カ所|ヶ所|時間|分|歳|倍|km|m|cm|mm|km2|㎡|m2|ha|kg|g|t|トン|kWh|MWh|ℓ|L|株|隻|頭|床"
)
_NOTE_MARK: Final = r"(?:※\d*|\*+\d*|＊\d*|注\d*\)?|[（(](?:注|※|\*)\d*[)）])"
_LONGEST_FIGURE: Final = 60  # a longer text is no figure, and not worth the matching
_DECORATED: Final = re.compile(rf"{_NOTE_MARK}?\s*{_SIGN}\s*{_DIGITS}\s*(?:{_UNIT})?\s*{_NOTE_MARK}?")
NOTE: Final = re.compile(_NOTE_MARK)
PLAIN_DIGITS: Final = re.compile(r"-?\d+(?:\.\d+)?")
_SEVERAL: Final = re.compile(
    rf"{_SIGN}{_DIGITS}(?:{_UNIT})?\s*(?:[（(]\s*{_SIGN}{_DIGITS}(?:{_UNIT})?\s*[)）]"
    rf"|[~/・、\n]\s*{_SIGN}{_DIGITS}(?:{_UNIT})?)"
)
SYMBOLS: Final = re.compile(r"[-－ー―—–‐−…‥*＊×xXｘＸ.・/／\\]{1,4}|秘|[cCχ]|n\.?a\.?|N/?A|nan|NULL")
MISSING: Final = re.compile(
    r"なし|無し|該当なし|該当無し|未定|未集計|集計中|調査中|調整中|非公表|非公開|不明|不詳|未実施|未確定|"
    r"測定不能|回答なし|無回答|秘匿|データなし"
)
REPEATS: Final = re.compile(r"[〃″”\"]|''|同上|々|同左|同じく|上に同じ")
UNNAMED: Final = re.compile(
    r"(?:列|項目|カラム|フィールド|col(?:umn)?|field|unnamed:?|f|v|var)[ _]?\d+|unnamed|列名なし|[\W_]+",
    re.IGNORECASE,
)

_CODE: Final = re.compile(
    r"コード|番号|符号|ＩＤ|(?:^|[^A-Za-z])(?:id|no|code)(?:$|[^A-Za-z])|_(?:id|no|code|number)$|郵便|電話|ＦＡＸ|fax|tel|"
    r"バージョン|version|法人番号|sha-?256",
    re.IGNORECASE,
)
_MEANT: Final = re.compile(r"コード$|code$|区分$|種別$|_kind$|フラグ$|flag$", re.IGNORECASE)
_WORDING: Final = re.compile(
    r"原文|表記|原表|表示|記載|備考|注記?$|説明|計算|摘要|内容|^[誤正]$|text|note|raw|remark", re.I
)
_TIME: Final = re.compile(
    r"年度?(?:$|[（(])|年月日?|月日?(?:$|[（(])|日付|日時|時点|期間|期日|^日$|year|date|month|period", re.I
)
_PLACE_NUMBER: Final = re.compile(
    r"順|序|段階|連番|^回$|号$|の回$|position|depth|order|rank|^row|^column|latitude|longitude|緯度|経度|数$|count$|total$|number$",
    re.I,
)
_SCALED: Final = re.compile(
    r"額$|金額|費$|経費|収入|支出|歳入|歳出|予算|決算|残高|売上|給与|報酬|面積|距離|延長|重量|容積|時間$|排出量|使用量|"
    r"発電量|生産量|収穫量|気温|率$|割合|比率$"
)
_IN_BRACKETS: Final = re.compile(r"[（(\[［〔]([^（）()\[\]［］〔〕]{1,12})[)）\]］〕]")
_UNIT_COLUMN: Final = re.compile(r"単位|^unit$|_unit$|^units$", re.I)
_ERA: Final = re.compile(
    r"(?:令和|平成|昭和|大正|明治)\s*(?:元|\d{1,2})|(?<![A-Za-z0-9])[RHS]\.?\s?(?:元|\d{1,2})(?![A-Za-z0-9])"
)
_WESTERN: Final = re.compile(r"(?<!\d)(?:18|19|20)\d{2}(?!\d)")
_ERA_DATE: Final = re.compile(
    r"[（(]?(?:令和|平成|昭和|大正|明治|[RHSTM]\.?)\s*(?:元|\d{1,2})\s*(?:年度?|[./-])?\s*"
    r"(?:\d{1,2}\s*(?:月|[./-])?\s*)?(?:\d{1,2}\s*日?)?\s*(?:末|現在|時点|見込み?|実績)?[)）]?"
)
_NO_YEAR: Final = re.compile(r"\d{1,2}月\d{1,2}日|\d{1,2}/\d{1,2}")

PREFECTURES: Final = frozenset(prefecture.name for prefecture in bodies.PREFECTURES)
SHORT_PREFECTURES: Final = {name[:-1]: name for name in PREFECTURES if name != "北海道"}
AREA_NAME: Final = re.compile(
    r"都道府県|県名|^県$|地域名?$|自治体|団体名|市町村|市区町村|市区?町?村?名$|所在地?$|prefecture|municipality|area",
    re.I,
)
MUNICIPAL: Final = re.compile(r"市町村|市区町村|municipality", re.I)
AREA_CODE: Final = re.compile(
    r"団体コード|地域コード|都道府県コード|市区?町?村?コード|(?:area|organisation|city|pref)\w*_code", re.I
)


def is_figure(text: str) -> bool:
    """Whether a text is a number with a sign, unit, commas or note mark.

    >>> [is_figure(text) for text in ("▲1,234円", "12.5%※1", "約100", "第1")]
    [True, True, False, False]
    """
    return len(text) <= _LONGEST_FIGURE and _DECORATED.fullmatch(narrow(text)) is not None


def is_several(text: str) -> bool:
    """Whether a text is two numbers: with brackets, a range, a ratio, or one below the other.

    >>> [is_several(text) for text in ("25(3)", "10～20", "1,200")]
    [True, True, False]
    """
    return len(text) <= _LONGEST_FIGURE and _SEVERAL.fullmatch(narrow(text)) is not None


def is_unit(text: str) -> bool:
    """Whether the whole of a text is a unit, in brackets or not.

    >>> is_unit("（千円）"), is_unit("％"), is_unit("人口")
    (True, True, False)
    """
    bare = unwrap(narrow(text).removeprefix("単位").lstrip(":： "))
    return bool(bare) and (re.fullmatch(_UNIT, bare) is not None or normal_unit(bare) in _UNIT.split("|"))


def has_unit(name: str) -> bool:
    """Whether a column's name says the unit.

    >>> has_unit("歳出額（千円）"), has_unit("人口"), has_unit("達成率%")
    (True, False, True)
    """
    if any(is_unit(found) for found in _IN_BRACKETS.findall(narrow(name))):
        return True
    return any(is_unit(part) for part in name.split()) or narrow(name).endswith(
        ("%", "_percent", "_pct", "_yen", "_jpy", "_km", "_kg")
    )


def is_unit_column(name: str) -> bool:
    return _UNIT_COLUMN.search(name.strip()) is not None


def is_year(text: str) -> bool:
    return _WESTERN.fullmatch(text) is not None


def is_code_column(name: str) -> bool:
    """A column of codes and numbers that are names: their digits are not to be reckoned with."""
    return _CODE.search(name) is not None


def has_meant_codes(name: str) -> bool:
    """A column whose codes need a table of meanings."""
    return _MEANT.search(name.strip()) is not None


def is_wording_column(name: str) -> bool:
    """A column that by its name keeps words as they were printed; figures in it are quotations."""
    return _WORDING.search(name) is not None


def is_time_column(name: str) -> bool:
    """A column of years or dates; one that names a certain year holds other figures.

    >>> is_time_column("年度"), is_time_column("R6年度"), is_time_column("実績値")
    (True, False, False)
    """
    return _TIME.search(name.strip()) is not None and not re.search(r"\d|元年", name)


def counts_itself(name: str) -> bool:
    """A number that needs no unit: a place in an order, a coordinate, or a count that its name spells out."""
    return _PLACE_NUMBER.search(name.strip()) is not None


def needs_scale(name: str) -> bool:
    """A quantity that cannot be read without its unit: money, area, share."""
    return _SCALED.search(_IN_BRACKETS.sub("", name).strip()) is not None


def lone_era(name: str) -> bool:
    """An era year in a text without the western one beside it.

    >>> lone_era("R6目標値"), lone_era("2024（令和6）年度"), lone_era("PM2.5")
    (True, False, False)
    """
    return _ERA.search(narrow(name)) is not None and _WESTERN.search(name) is None


def is_era_date(text: str) -> bool:
    """Whether the whole of a cell is a year or date in an era, without the western year."""
    return len(text) <= _LONGEST_FIGURE and _ERA_DATE.fullmatch(narrow(text)) is not None


def lacks_year(text: str) -> bool:
    return _NO_YEAR.fullmatch(narrow(text)) is not None


def years_in(name: str) -> tuple[str, ...]:
    """The years a column's name speaks of."""
    return tuple(str(found.value.western) for found in find_years(name))


def without_years(name: str) -> str:
    """The name with its years taken out, to tell one quantity spread over several columns."""
    for found in reversed(find_years(name)):
        name = name[: found.start] + name[found.end :]
    return re.sub(r"[\s（）()_・年度]+", "", name)
