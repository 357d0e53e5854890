"""Numbering of headings and items: which style a line begins with, and how deep it therefore stands.

Depth is never a property of a style: 第1 stands above Ⅰ in one document and below it in the next
(conventions.md §1). It follows from the order in which styles first appear, which is what Ranker keeps.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kaikaku.core.numerals import parse_unsigned
from kaikaku.core.text import DASHES, narrow

CIRCLED = {
    **{chr(0x2460 + n): n + 1 for n in range(20)},
    **{chr(0x3251 + n): n + 21 for n in range(15)},
    **{chr(0x32B1 + n): n + 36 for n in range(15)},
    **{chr(0x2776 + n): n + 1 for n in range(10)},
    **{chr(0x24F5 + n): n + 1 for n in range(10)},
}
_PARENTHESISED = {chr(0x2474 + n): n + 1 for n in range(20)}
_DOTTED = {chr(0x2488 + n): n + 1 for n in range(20)}
_CIRCLED_KANA = {chr(0x32D0 + n): n + 1 for n in range(47)}
_CIRCLED_LATIN = {chr(0x24D0 + n): n + 1 for n in range(26)} | {chr(0x24B6 + n): n + 1 for n in range(26)}
_KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
_ROMAN_SIGNS = {chr(0x2160 + n): n + 1 for n in range(12)} | {chr(0x2170 + n): n + 1 for n in range(12)}
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_BULLET_KIN = {
    "◯": "○",
    "〇": "○",
    "⚪": "○",
    "⚫": "●",
    "･": "・",
    "–": "-",
    "‐": "-",
    "−": "-",
    "▸": "▶",
    "＊": "*",
}
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
    r"(?:$|[\s、。,)）\d]|以上|以下|未満|程度)"
)
_POINTED_AT = re.compile(r"(?:及び|と(?!も)|以外|から|又は|または|、|・|,|~|-|の(?:うち|とおり)|[①-⑳])")
_DATE_WORD = re.compile(r"(?:現在|施行|改正|時点|策定|制定|改定|付け?|公表|~|-|\d)")


@dataclass(frozen=True, slots=True)
class Marker:
    """What a line begins with: `style` is equal for marks of one series, `number` the mark as printed.

    `ordinal` is its place in the series (3 for ③, Ⅲ, ウ), None for bullets and unnumbered bracket heads;
    of a compound number (1-2, 施策111) it is the last part that can be counted.
    """

    style: str
    ordinal: int | None
    number: str
    rest: str

    @property
    def text(self) -> str:
        """What follows the mark."""
        return self.rest

    @property
    def is_bullet(self) -> bool:
        return self.style.startswith("bullet")

    @property
    def is_note(self) -> bool:
        """A footnote mark: ※, ※1, 注1), (注1)."""
        return self.style == "note"


def read_marker(line: str) -> Marker | None:
    """The mark that the line begins with, or None. A mark may stand alone on its line (`rest` is then "").

    >>> [(m.style, m.ordinal, m.number, m.rest) for m in map(read_marker, ("第1 行政", "Ⅱ 改革", "(３)働き方", "③財源")) if m]
    [('第', 1, '第1', '行政'), ('roman', 2, 'Ⅱ', '改革'), ('(digit)', 3, '(３)', '働き方'), ('circled', 3, '③', '財源')]
    >>> [m.style for m in map(read_marker, ("【I】 県民本位", "【改革1】", "施策111", "1-1 窓口", "ア 研修", "・会議", "1.")) if m]
    ['【roman】', '【改革digit】', '施策digit', 'digit-digit', 'kana', 'bullet・', 'digit']
    >>> [read_marker(t) for t in ("2040年の姿", "40市町村長", "7年連続", "1.5%", "1.4.1", "023-630-2054", "5 件", "第2回会議")]
    [None, None, None, None, None, None, None, None]
    """
    text = line.strip().replace("\ufeff", "")
    if not text:
        return None
    plain = narrow(text)
    for recognise in _RECOGNISERS:
        if found := recognise(text, plain):
            style, ordinal, length = found
            number = text[:length].rstrip()
            rest = re.sub(r"^[.．、:：]?\s*", "", text[length:])
            return Marker(style, ordinal, number, rest)
    return None


def read_markers(line: str) -> tuple[Marker, ...]:
    """All marks a line begins with, outermost first: 「- ① 目標」 has two.

    >>> [m.number for m in read_markers("- ・ 知事と若者：10市町村")]
    ['-', '・']
    """
    return tuple(_peeled(line))


def _peeled(line: str) -> Iterator[Marker]:
    marker = read_marker(line)
    while marker:
        yield marker
        nested = marker.is_bullet and not marker.is_note
        marker = read_marker(marker.rest) if nested and marker.rest else None


Seen = tuple[str, int | None, int]


def roman_value(text: str) -> int | None:
    """The value of a Roman numeral up to 39 in letters or in single signs (Ⅻ), or None.

    >>> roman_value("IV"), roman_value("Ⅻ"), roman_value("VX"), roman_value("")
    (4, 12, None, None)
    """
    if text and all(c in _ROMAN_SIGNS for c in text):
        return sum(_ROMAN_SIGNS[c] for c in text) if len(text) == 1 or text[0] in "Ⅹⅹ" else None
    letters = text.upper()
    if not letters or not re.fullmatch(r"X{0,3}(?:IX|IV|V?I{0,3})", letters):
        return None
    values = [_ROMAN_VALUES[c] for c in letters]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def _part(text: str) -> tuple[str, int] | None:
    """(kind, value) of one part of a number: digits, a circled digit, a Roman or a kanji numeral."""
    if text.isascii() and text.isdigit():
        return ("digit", int(text)) if len(text) <= 3 and not text.startswith("0") else None
    if text in CIRCLED:
        return "circled", CIRCLED[text]
    if (value := roman_value(text)) is not None:
        return "roman", value
    kanji = parse_unsigned(text) if re.fullmatch(r"[一二三四五六七八九十]{1,3}", text) else None
    return ("kanji", int(kanji)) if kanji is not None else None


def _dai(text: str, plain: str) -> Seen | None:
    match = re.match(
        r"第\s*(\d{1,2}|[一二三四五六七八九十]{1,3})(?:\s*(章|節|編|部|款|項|分野|の柱))?", plain
    )
    part = _part(match[1]) if match else None
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
        ("circled", CIRCLED), ("(digit)", _PARENTHESISED), ("digit", _DOTTED),
        ("circled-kana", _CIRCLED_KANA), ("circled-latin", _CIRCLED_LATIN),
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
    part = _part(match["number"]) if match and match["number"] else None
    style = f"{text[0]}{{}}{closing}"
    if not match or not part or (part[0] == "kanji" and match["label"] not in _LABELS.split("|")):
        return style.format(""), None, end + 1
    return style.format(match["label"] + part[0]), part[1], end + 1


_ONE_PART = rf"(?:\d{{1,3}}|[①-⑳]|{_ROMAN})"


def _labelled(text: str, plain: str) -> Seen | None:
    match = re.match(
        rf"({_LABELS})\s?({_ONE_PART}(?:-{_ONE_PART}){{0,2}})(?=$|[\s.:、「(])", _hyphened(plain)
    )
    parts = [_part(p) for p in match[2].split("-")] if match else []
    if not match or not parts or any(p is None for p in parts):
        return None
    kinds = [p for p in parts if p]
    return match[1] + "-".join(kind for kind, _ in kinds), kinds[-1][1], match.end()


def _hyphened(plain: str) -> str:
    return re.sub(f"(?<=[0-9IVX①-⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ])[{re.escape(DASHES)}](?=[0-9IVX(①-⑳])", "-", plain)


def _compound(text: str, plain: str) -> Seen | None:
    match = re.match(rf"{_ONE_PART}(?:-(?:{_ONE_PART}|\(\d{{1,2}}\))){{1,2}}", _hyphened(plain))
    if match:
        parts = [_part(p.strip("()")) for p in match.group().split("-")]
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
    if part := _part(inside):
        return f"({part[0]})", part[1], match.end()
    if inside in _KANA:
        return "(kana)", _KANA.index(inside) + 1, match.end()
    return ("(latin)", ord(inside) - 96, match.end()) if inside.islower() and len(inside) == 1 else None


def _half_parenthesised(text: str, plain: str) -> Seen | None:
    match = re.match(r"(?P<in>\d{1,2}|[ア-ン]|[a-zA-Z])\)", plain)
    if not match:
        return None
    inside = match["in"]
    if inside.isdigit():
        return ("digit)", int(inside), match.end()) if not inside.startswith("0") else None
    if inside in _KANA:
        return "kana)", _KANA.index(inside) + 1, match.end()
    return "latin)", ord(inside.lower()) - 96, match.end()


def _digits(text: str, plain: str) -> Seen | None:
    match = re.match(rf"(?:[1-9]\d?|[一二三四五六七八九十]{{1,2}}){_AFTER_NUMBER}", plain)
    part = _part(match.group()) if match else None
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
    if inside in _KANA:
        return "kana", _KANA.index(inside) + 1, 1
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


_RECOGNISERS: tuple[Callable[[str, str], Seen | None], ...] = (
    _dai, _bracket, _circled, _labelled, _parenthesised, _half_parenthesised, _compound, _roman, _digits, _letters,
    _bullet,
)  # fmt: skip


class Ranker:
    """Gives each marker its depth (from 1) in the order in which styles first appear.

    A style that stands on the path returns to its depth and forgets what was deeper; a new one goes one
    deeper. What stood above what is remembered, so that a chapter that leaves a level out does not turn the tree
    upside down when that level comes back.

    >>> ranker = Ranker()
    >>> [ranker.depth(m) for m in map(read_marker, ("第1 甲", "1 乙", "(1) 丙", "2 丁", "第2 戊", "(1) 己", "1 庚")) if m]
    [1, 2, 3, 2, 1, 2, 2]
    """

    def __init__(self) -> None:
        self._path: list[str] = []
        self._above: set[tuple[str, str]] = set()

    def depth(self, marker: Marker | str) -> int:
        """The depth of the next heading of the document, given as its marker or its style."""
        style = marker if isinstance(marker, str) else marker.style
        if style in self._path:
            del self._path[self._path.index(style) :]
        else:
            while (
                self._path
                and (style, self._path[-1]) in self._above
                and (self._path[-1], style) not in self._above
            ):
                self._path.pop()
        self._above.update((above, style) for above in self._path)
        self._path.append(style)
        return len(self._path)

    def reset(self) -> None:
        """Begin another part of the document (an appendix), which numbers in its own way."""
        self._path.clear()
        self._above.clear()


_RUN_ON = re.compile(
    r"(?:^|[、。;\s])(?P<mark>(?P<digit>[1-9]\d?)[.．](?!\d)|[①-⑳]|[⑴-⒇]|[(（](?P<paren>\d{1,2})[)）])\s*"
)


def split_run_on(line: str) -> tuple[Marker, ...]:
    """Items that run on in one line, 「1.A、2.B、3.C」; empty unless two or more count up from 1 in one style.

    >>> [(m.number, m.rest) for m in split_run_on("1.オンライン化、2.対話の推進、3.連携")]
    [('1.', 'オンライン化'), ('2.', '対話の推進'), ('3.', '連携')]
    >>> split_run_on("1.5倍、2.5倍")
    ()
    """
    plain = narrow(line.strip())
    marks = list(_RUN_ON.finditer(plain))
    if len(marks) < 2 or marks[0].start("mark") != 0:
        return ()
    found = []
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        end = following.start() if following else len(plain)
        marker = read_marker(mark["mark"])
        if marker is None:
            return ()
        rest = line.strip()[mark.end() : end].strip(" 、。;　")
        found.append(
            Marker(marker.style, marker.ordinal, line.strip()[mark.start("mark") : mark.end("mark")], rest)
        )
    counted = [marker.ordinal for marker in found] == list(range(1, len(found) + 1))
    return tuple(found) if counted and len({marker.style for marker in found}) == 1 else ()
