"""What a cell shows: Excel's number formats (ECMA-376 part 1, 18.8.31), Japanese dates and ▲ among them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Final

from kaikaku.readers.excel_dates import DATE_PATTERN, show_date

_AS_STORED: Final = Context(prec=15, rounding=ROUND_HALF_UP)  # of a double Excel shows fifteen figures
_WIDE: Final = Context(prec=500)
_JA_DATE: Final = '[$-411]ggge"年"m"月"d"日"'
_ACCOUNTING: Final = '#,##0_ ;-#,##0_ ;"-"_ ;@_ '
BUILT_IN: Final[dict[int, str]] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;"¥"-#,##0', 7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;"¥"-#,##0.00', 9: "0%",
    10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: "[$-411]ge.m.d", 28: _JA_DATE,
    29: _JA_DATE, 30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"時"mm"分"', 33: 'h"時"mm"分"ss"秒"',
    34: 'yyyy"年"m"月"', 35: 'm"月"d"日"', 36: "[$-411]ge.m.d", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: _ACCOUNTING, 42: '"¥"' + _ACCOUNTING,
    43: '#,##0.00_ ;-#,##0.00_ ;"-"_ ;@_ ', 44: '"¥"#,##0.00_ ;"¥"-#,##0.00_ ;"-"_ ;@_ ', 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: "[$-411]ge.m.d", 51: _JA_DATE,
    52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: _JA_DATE, 55: 'yyyy"年"m"月"', 56: 'm"月"d"日"',
    57: "[$-411]ge.m.d", 58: _JA_DATE,
}  # fmt: skip
_TOKEN = re.compile(
    r'(?P<literal>"[^"]*"?|\\.|_.|\*.)|(?P<bracket>\[[^\]]*\])|(?P<general>General|標準)|(?P<exponent>[Ee][+-])'
    rf"|(?P<date>{DATE_PATTERN})|(?P<digit>[0#?])|(?P<sign>[.,%@])|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?[\d.]+)\]")
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[^\]]*)?\]")
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the parts of a format, between semicolons; `kinds` and `signs` tell what it holds."""

    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None
    locale: str
    kinds: frozenset[str]
    signs: frozenset[str]

    @classmethod
    def of(
        cls, tokens: list[tuple[str, str]], condition: tuple[str, Decimal] | None, locale: str
    ) -> _Section:
        signs = frozenset(text for kind, text in tokens if kind in ("sign", "other"))
        return cls(tuple(tokens), condition, locale, frozenset(kind for kind, _ in tokens), signs)

    @property
    def is_date(self) -> bool:
        return "date" in self.kinds or "elapsed" in self.kinds


def show_number(value: Decimal, code: str, *, from_1904: bool = False) -> str:
    """The text a cell shows for a number (or a date, stored as a number) under the format `code`.

    Rounds half away from zero, as Excel does. One difference is meant: a number too long for its column is
    shown in full, not as 1.6E+11 or ######, because the column's width is no part of the value.

    >>> show_number(Decimal("0.715"), "0.0%"), show_number(Decimal("-1743"), '#,##0;"△"#,##0')
    ('71.5%', '△1,743')
    >>> show_number(Decimal("46113"), BUILT_IN[28]), show_number(Decimal("157864681"), '#,##0,"千円"')
    ('令和8年4月1日', '157,865千円')
    """
    if code == "General":
        return _general(value)
    numeric = [section for section in _sections(code)[:3] if "@" not in section.signs] or [_GENERAL]
    section, shown = _choose(numeric, value)
    if section.is_date:
        date = show_date(shown, section.tokens, locale=section.locale, from_1904=from_1904)
        return date if date is not None else _general(value)
    if "general" in section.kinds:
        return _filled(section, _general(abs(shown)), negative=shown < 0)
    if "exponent" in section.kinds:
        return _scientific(section, shown)
    if "digit" not in section.kinds:
        return _filled(section, "", negative=shown < 0 and not section.tokens)
    if "/" in section.signs:
        return _general(value)
    return _digits(section, shown)


def show_text(value: str, code: str) -> str:
    """The text a cell shows for words: as they are, or set into the format's own words.

    >>> show_text("改善", '"【"@"】"')
    '【改善】'
    """
    if "@" not in code or code == "@":
        return value
    sections = _sections(code)
    texts = [section for section in sections if "@" in section.signs]
    if not texts:
        return value
    return "".join(
        value if (kind, text) == ("sign", "@") else text
        for kind, text in texts[-1].tokens
        if kind in ("literal", "other", "sign")
    ).strip()


@lru_cache(maxsize=2048)
def _sections(code: str) -> tuple[_Section, ...]:
    parts: list[list[tuple[str, str]]] = [[]]
    conditions: list[tuple[str, Decimal] | None] = [None]
    locales = [""]
    for match in _TOKEN.finditer(code[:1000]):
        kind, text = match.lastgroup or "other", match.group()
        if kind == "other" and text == ";":
            parts.append([])
            conditions.append(None)
            locales.append("")
        elif kind == "bracket":
            condition = _CONDITION.fullmatch(text)
            if condition:
                conditions[-1] = (condition.group(1), _decimal(condition.group(2)))
            locales[-1] += text if text.startswith("[$") else ""
            parts[-1] += _bracketed(text)
        elif kind == "literal":
            parts[-1].append((kind, _literal(text)))
        else:
            parts[-1].append((kind, text))
    rows = zip(parts, conditions, locales, strict=True)
    return tuple(_Section.of(tokens, condition, locale) for tokens, condition, locale in rows)


def _bracketed(text: str) -> list[tuple[str, str]]:
    currency = _CURRENCY.fullmatch(text)
    if currency:
        return [("literal", currency.group(1))]
    elapsed = _ELAPSED.fullmatch(text)
    return [("elapsed", elapsed.group(1).lower())] if elapsed else []


def _literal(text: str) -> str:
    if text[0] == '"':
        return text.strip('"')
    if text[0] == "\\":
        return text[1]
    return " " if text[0] == "_" else ""


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except ArithmeticError:
        return Decimal(0)


_GENERAL: Final = _Section.of([("general", "General")], None, "")


def _choose(sections: list[_Section], value: Decimal) -> tuple[_Section, Decimal]:
    """The section for a value, and the value without its sign where the section itself means negative."""
    if any(section.condition for section in sections):
        for section in sections:
            if section.condition is None or _holds(section.condition, value):
                return section, value
        return _GENERAL, value
    if value < 0 and len(sections) >= 2:
        return sections[1], -value
    if value == 0 and len(sections) >= 3:
        return sections[2], value
    return sections[0], value


def _holds(condition: tuple[str, Decimal], value: Decimal) -> bool:
    sign, bound = condition
    return {
        "<": value < bound,
        ">": value > bound,
        "<=": value <= bound,
        ">=": value >= bound,
        "=": value == bound,
        "<>": value != bound,
    }[sign]


def _general(value: Decimal) -> str:
    """A number as it stands, to fifteen figures.

    >>> _general(Decimal("0.30000000000000004")), _general(Decimal("1E+3")), _general(Decimal("-0.0"))
    ('0.3', '1000', '0')
    """
    kept = value.normalize(_AS_STORED)
    if abs(kept.adjusted()) > 20:
        return f"{kept:E}"
    text = f"{kept:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _filled(section: _Section, number: str, *, negative: bool) -> str:
    """The literals of a section around a number already shown."""
    pieces = [text if kind in ("literal", "other") else "" for kind, text in section.tokens]
    position = next((at for at, (kind, _) in enumerate(section.tokens) if kind in ("general", "digit")), 0)
    if section.tokens and number:
        pieces[position] = number
    text = ("-" if negative else "") + ("".join(pieces) or number)
    return text.strip()


def _scientific(section: _Section, value: Decimal) -> str:
    before = next(at for at, (kind, _) in enumerate(section.tokens) if kind == "exponent")
    texts = "".join(text for kind, text in section.tokens[:before] if kind in ("digit", "sign"))
    decimals = len(texts.partition(".")[2])
    mantissa, _, exponent = f"{value:.{decimals}E}".partition("E")
    return f"{mantissa}E{exponent[0]}{exponent[1:].zfill(2)}"


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the parts of a number stand among a section's tokens."""

    whole: tuple[tuple[int, str], ...]
    parts: tuple[tuple[int, str], ...]
    point: int | None
    grouped: bool
    shift: int  # powers of ten: percent signs up, trailing commas down
    literals: tuple[str, ...]


@lru_cache(maxsize=2048)
def _layout(tokens: tuple[tuple[str, str], ...]) -> _Layout:
    last_digit = max(at for at, (kind, _) in enumerate(tokens) if kind == "digit")
    point = next((at for at, token in enumerate(tokens) if token == ("sign", ".")), None)
    ends = point if point is not None else last_digit + 1
    whole = tuple((at, text) for at, (kind, text) in enumerate(tokens) if kind == "digit" and at < ends)
    parts = tuple((at, text) for at, (kind, text) in enumerate(tokens) if kind == "digit" and at > ends)
    commas = [at for at, token in enumerate(tokens) if token == ("sign", ",")]
    grouped = any(whole and whole[0][0] < at < whole[-1][0] for at in commas)
    thousands = sum(1 for at in commas if at > (whole[-1][0] if whole else -1))
    percents = sum(1 for token in tokens if token == ("sign", "%"))
    literals = tuple(text if kind in ("literal", "other") or text == "%" else "" for kind, text in tokens)
    return _Layout(whole, parts, point, grouped, 2 * percents - 3 * thousands, literals)


def _digits(section: _Section, value: Decimal) -> str:
    """A number set into placeholders from the right, so that 0000-00 and #,##0.0 both come out."""
    layout = _layout(section.tokens)
    exact = value.scaleb(layout.shift).normalize(_AS_STORED)
    rounded = abs(exact).quantize(Decimal(1).scaleb(-len(layout.parts)), ROUND_HALF_UP, _WIDE)
    integer, _, fraction = f"{rounded:f}".partition(".")
    integer = integer.lstrip("0")
    placed = _placed_integer(integer, layout.whole, layout.grouped)
    placed |= _placed_fraction(fraction, layout.parts)
    if layout.point is not None:
        shows_parts = any(placed[at] for at, _ in layout.parts)
        placed[layout.point] = ("" if layout.whole else integer) + ("." if shows_parts else "")
    pieces = [placed.get(at, text) for at, text in enumerate(layout.literals)]
    sign = "-" if value < 0 and rounded else ""
    return (sign + "".join(pieces)).strip()


def _placed_integer(digits: str, places: tuple[tuple[int, str], ...], grouped: bool) -> dict[int, str]:
    placed: dict[int, str] = {}
    position = 0  # digits placed so far, counted from the right
    for rank, (at, sign) in enumerate(reversed(places)):
        left = digits[: max(0, len(digits) - position)]
        taken = (left if rank == len(places) - 1 else left[-1:]) or ("0" if sign == "0" else "")
        text = ""
        for digit in reversed(taken):
            comma = "," if grouped and position and position % 3 == 0 else ""
            text = digit + comma + text
            position += 1
        placed[at] = text
    return placed


def _placed_fraction(fraction: str, places: tuple[tuple[int, str], ...]) -> dict[int, str]:
    placed: dict[int, str] = {}
    trailing = True
    for (at, sign), digit in reversed(list(zip(places, fraction, strict=True))):
        trailing = trailing and sign != "0" and digit == "0"
        placed[at] = "" if trailing else digit
    return placed
