"""Text as extraction leaves it, and text as people compare it.

Every repair here is one to one or only takes characters away; none invents any. The damage it answers
is listed in conventions.md §9 (radicals, letter-spacing, doubled glyphs, private-use bullets).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """Something recognised inside a longer text: `text[start:end] == raw`."""

    start: int
    end: int
    raw: str
    value: T


DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\u2501\uff0d\uff70\u30fc\ufe63\ufe58\u2e3a"
TILDES = "~\uff5e\u301c\u223c\u223f\u02dc\u2053\u3030"
_BLANKS = "\t\u3000\u00a0\u202f\u205f" + "".join(map(chr, range(0x2000, 0x200B)))
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\ufe00-\ufe0f]")

# CJK Radicals Supplement: Unicode gives these no compatibility form, yet PDF fonts put them where the
# common character is meant (民 as U+2EA0). Radicals that are no character of their own are left out.
_SUPPLEMENT = {
    0x2E81: "厂", 0x2E84: "乙", 0x2E85: "亻", 0x2E86: "冂", 0x2E88: "刀", 0x2E8A: "卜", 0x2E8C: "小",
    0x2E8D: "小", 0x2E8E: "兀", 0x2E92: "巳", 0x2E93: "幺", 0x2E9B: "旡", 0x2E9C: "日", 0x2E9D: "月",
    0x2E9F: "母", 0x2EA0: "民", 0x2EA7: "牛", 0x2EA9: "王", 0x2EAA: "疋", 0x2EAB: "罒", 0x2EAC: "示",
    0x2EAE: "竹", 0x2EB6: "羊", 0x2EB7: "羊", 0x2EBB: "聿", 0x2EBC: "肉", 0x2EBD: "臼", 0x2EC1: "虎",
    0x2EC4: "西", 0x2EC6: "角", 0x2EC7: "角", 0x2ECA: "足", 0x2ED1: "長", 0x2ED7: "雨", 0x2ED8: "青",
    0x2EDD: "食", 0x2EE1: "首", 0x2EE3: "骨", 0x2EE4: "鬼", 0x2EE8: "麦", 0x2EE9: "黄", 0x2EEB: "斉",
    0x2EED: "歯", 0x2EEF: "竜", 0x2EF2: "亀", 0x2EF3: "亀",
}  # fmt: skip
# NFKC leads these Kangxi radicals to forms that Japanese documents do not write.
_KANGXI_AS_WRITTEN_IN_JAPAN = {0x2F3E: "戸", 0x2FC8: "黄", 0x2FC6: "麦", 0x2FCA: "黒"}
_RADICALS = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
    **_KANGXI_AS_WRITTEN_IN_JAPAN,
    **_SUPPLEMENT,
}

_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
# half-width kana that are one letter by themselves; a voicing mark follows as a character of its own
_HALF_WIDTH_KANA = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF66, 0xFF9E)}
_NARROW = {
    **_RADICALS,
    **_HALF_WIDTH_KANA,
    **_FULL_WIDTH,
    **{ord(blank): " " for blank in _BLANKS},
    **{ord(tilde): "~" for tilde in TILDES},
}
# Japanese sentences keep their own brackets, colons, commas and wave dashes.
_TIDY = {code: half for code, half in _FULL_WIDTH.items() if half.isalnum() or half in "%+-&/.#@_=*$"}

# Symbol fonts (Wingdings and Symbol) as PDF extraction shows them, and the vertical forms of punctuation.
_SYMBOLS = {
    0xF06C: "●", 0xF06D: "○", 0xF06E: "■", 0xF06F: "□", 0xF070: "□", 0xF071: "□", 0xF072: "□",
    0xF074: "◆", 0xF075: "◆", 0xF076: "◇", 0xF09E: "・", 0xF09F: "•", 0xF0A1: "○", 0xF0A7: "■",
    0xF0A8: "□", 0xF0AB: "★", 0xF0B7: "•", 0xF0D8: "➢", 0xF0DC: "➢", 0xF0E0: "→", 0xF0E8: "→", 0xF0F0: "→",
    0xF0FC: "✓", 0xF0FE: "✓",
    0xFE10: "，", 0xFE11: "、", 0xFE12: "。", 0xFE13: "：", 0xFE14: "；", 0xFE15: "！", 0xFE16: "？",
    0xFE19: "…", 0xFE30: "‥", 0xFE31: "—", 0xFE35: "（", 0xFE36: "）", 0xFE39: "〔", 0xFE3A: "〕",
    0xFE3B: "【", 0xFE3C: "】", 0xFE3D: "《", 0xFE3E: "》", 0xFE3F: "〈", 0xFE40: "〉", 0xFE41: "「",
    0xFE42: "」", 0xFE43: "『", 0xFE44: "』", 0xFE47: "［", 0xFE48: "］",
}  # fmt: skip

_BRACKETS = dict(zip("(（〔[［<＜〈【《", ")）〕]］>＞〉】》", strict=True))
_KANA = "ぁ-ゖァ-ヺ"
_CJK = f"\u3400-\u4dbf\u4e00-\u9fff々〆{_KANA}ー"
# Columns of one-character labels; joined they would be a word that nobody wrote.
_LISTS_OF_SINGLES = {
    "男女",
    "有無",
    "大中小",
    "上中下",
    "高中低",
    "甲乙",
    "甲乙丙",
    "春夏秋冬",
    "正誤",
    "正副",
}
_LISTS_OF_SINGLES |= {"月火水木金", "月火水木金土", "月火水木金土日", "日月火水木金土", "国県", "市町村"}


def radicals(text: str) -> str:
    """Kangxi and CJK-supplement radicals as the common characters they stand for, one for one.

    >>> radicals("県⺠と⾏政の⻑")
    '県民と行政の長'
    """
    return text.translate(_RADICALS)


def symbols(text: str) -> str:
    """Private-use bullets and vertical punctuation as ordinary signs, one for one.

    >>> symbols("\\uf06c 目標︓3件")
    '● 目標：3件'
    """
    return text.translate(_SYMBOLS)


def narrow(text: str) -> str:
    """The text as the parsers of this package read it, each character in its place.

    Full-width ASCII becomes half-width, half-width kana full-width, every blank a space, every wave dash "~",
    radicals their characters.
    The length never changes, so that a position found here is a position in the original.

    >>> narrow("９２．５％　（Ｒ３～Ｒ６）")
    '92.5% (R3~R6)'
    """
    return text.translate(_NARROW)


def unwrap(text: str) -> str:
    """The text without blanks around it and without brackets that enclose all of it.

    >>> unwrap("（ R2 ）"), unwrap("(1)(2)")
    ('R2', '(1)(2)')
    """
    text = text.strip()
    while len(text) > 1 and _BRACKETS.get(text[0]) == text[-1] and text.find(text[-1]) == len(text) - 1:
        text = text[1:-1].strip()
    return text


def tidy_width(text: str) -> str:
    """Letters, digits and arithmetic signs half-width; kana, ①, ㈱, brackets and 「～」 stay as they are.

    >>> tidy_width("ＡＩ会議録（Ｒ４）９２．５％ ～①～")
    'AI会議録（R4）92.5% ～①～'
    """
    return text.translate(_TIDY)


def is_dash(text: str) -> bool:
    """True when the text shows nothing but dashes (the long-vowel mark, alone, is used as one).

    >>> [is_dash(s) for s in ("－", "―", " ー ", "--", "サー", "")]
    [True, True, True, True, False, False]
    """
    shown = text.strip()
    return bool(shown) and all(character in DASHES for character in shown)


def fold(text: str) -> str:
    """A key for comparing and searching: two texts that a reader would call the same have the same key.

    >>> fold("Ａ Ｉ会議録（Ⅲ）") == fold("ai会議録(III)")
    True
    >>> fold("県⺠サービス 〜") == fold("県民 サービス～")
    True
    """
    plain, key = "", symbols(radicals(text))
    # to a fixed point: taking a blank away can bring a letter and its accent together
    while key != plain:
        plain = key
        key = _fold_once(plain)
    return key


def _fold_once(text: str) -> str:
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold())
    plain = "".join("~" if c in TILDES else c for c in plain if not c.isspace())
    return re.sub(f"(?<![{_KANA}ー])ー|[{re.escape(DASHES.replace('ー', ''))}]", "-", plain)


def join_letter_spaced(text: str) -> str:
    """Take away blanks that were set between single letters for looks.

    Two or more one-character tokens in a row are joined when they are of one kind (kanji and kana, or Latin
    capitals); digits only where the whole text is spaced. Runs that are lists (A B C D, 男 女) stay.

    >>> join_letter_spaced("A I会議録作成"), join_letter_spaced("達 成"), join_letter_spaced("岩 手 県")
    ('AI会議録作成', '達成', '岩手県')
    >>> join_letter_spaced("平 成 2 8 年"), join_letter_spaced("A B C D"), join_letter_spaced("1 歳 入")
    ('平成28年', 'A B C D', '1 歳入')
    """
    tokens = text.split()
    word = "".join(tokens)
    if len(tokens) > 2 and all(len(token) == 1 for token in tokens) and _SPACED_WORD.fullmatch(word):
        return text if word in _LISTS_OF_SINGLES else word
    return _RUN.sub(_joined_unless_list, text)


def undouble(text: str) -> str:
    """A text printed twice over itself (every glyph doubled) as it was meant; any other text as it is.

    Figures alone stay ("1122" may be a number), and so does a rule of one sign ("――――").

    >>> [undouble(s) for s in ("行行財財政政", "平平成成1199年年", "1122", "次々と", "人人")]
    ['行財政', '平成19年', '1122', '次々と', '人人']
    """
    shown = "".join(text.split())
    doubled = len(shown) > 3 and len(shown) % 2 == 0 and shown[::2] == shown[1::2]
    if not doubled or len(set(shown)) == 1 or not any(c.isalpha() for c in shown):
        return text
    tokens = text.split()
    if any(len(t) % 2 or t[::2] != t[1::2] for t in tokens):
        return shown[::2]
    return " ".join(t[::2] for t in tokens)


# digits may be in the middle or in front in twos and more; a lone digit in front numbers a heading
_SPACED_WORD = re.compile(f"(?![0-9０-９][^0-9０-９])(?=.*[{_CJK}])[0-9０-９{_CJK}]+")
_RUN = re.compile(
    rf"(?<![^\s])([{_CJK}])(?:[ \u3000]+([{_CJK}]))+(?![^\s])"
    r"|(?<![^\s])([A-ZＡ-Ｚ])(?:[ \u3000]([A-ZＡ-Ｚ]))+(?![A-Za-zＡ-Ｚａ-ｚ0-9０-９])"
)


def _joined_unless_list(match: re.Match[str]) -> str:
    joined = "".join(match.group().split())
    if joined in _LISTS_OF_SINGLES:
        return match.group()
    letters = narrow(joined)
    follow_on = all(ord(b) - ord(a) == 1 for a, b in pairwise(letters))
    grades = letters.startswith("SAB") or (follow_on and letters.isascii())
    return match.group() if grades else joined
