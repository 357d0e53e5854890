"""Dates and times as Excel shows them, Japanese eras and weekdays among them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from kaikaku.core.eras.model import era_of_date

DATE_PATTERN: Final = r"AM/PM|A/P|y+|m+|d+|h+|s+(?:\.0+)?|g+|e+|a{3,4}"
_DAY: Final = 86_400
_LAST_SERIAL: Final = 2_958_465  # 9999-12-31
_WEEKDAYS: Final = "月火水木金土日"
_ENGLISH_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
Token = tuple[str, str]


def show_date(serial: Decimal, tokens: tuple[Token, ...], *, locale: str, from_1904: bool) -> str | None:
    """The serial number of a day, its time as a fraction, under a date format; None where it is no date."""
    if any(kind == "elapsed" for kind, _ in tokens):
        return _show_elapsed(serial, tokens)
    moment = moment_of(serial, from_1904=from_1904)
    if moment is None:
        return None
    names = "".join(locale).upper()
    if "F800" in names:  # the system's long date; Windows in Japanese has this one
        return f"{moment.year}年{moment.month}月{moment.day}日"
    noon = any(kind == "date" and text.upper() in ("AM/PM", "A/P") for kind, text in tokens)
    pieces = []
    for position, (kind, text) in enumerate(tokens):
        if kind != "date":
            pieces.append(text)
        elif text.lower().startswith("m") and len(text) <= 2 and _is_minutes(tokens, position):
            pieces.append(str(moment.minute).zfill(len(text)))
        else:
            pieces.append(_date_piece(moment, text, noon=noon, gannen="X-GANNEN" in names))
    return "".join(pieces).strip()


def moment_of(serial: Decimal, *, from_1904: bool) -> datetime | None:
    """The moment a serial number stands for, to the second; None outside the calendar Excel knows."""
    if not 0 <= serial <= _LAST_SERIAL:
        return None
    days, fraction = divmod(serial, 1)
    seconds = int((fraction * _DAY).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    if from_1904:
        start = datetime(1904, 1, 1)  # noqa: DTZ001 - a calendar day, in no zone
    else:  # Excel believes in 29 February 1900
        start = datetime(1899, 12, 30) if days >= 60 else datetime(1899, 12, 31)  # noqa: DTZ001
    try:
        return start + timedelta(days=int(days), seconds=seconds)
    except OverflowError:
        return None


def _is_minutes(tokens: tuple[Token, ...], position: int) -> bool:
    """An m beside hours or seconds counts minutes."""
    marks = [(at, text.lower()[0]) for at, (kind, text) in enumerate(tokens) if kind in ("date", "elapsed")]
    here = [at for at, _ in marks].index(position)
    before = next((mark for _, mark in reversed(marks[:here]) if mark != "a"), "")
    after = marks[here + 1][1] if here + 1 < len(marks) else ""
    return before == "h" or after == "s"


def _date_piece(moment: datetime, text: str, *, noon: bool, gannen: bool) -> str:
    mark, length = text.lower()[0], len(text)
    if text.upper() in ("AM/PM", "A/P"):
        half = "AM" if moment.hour < 12 else "PM"
        return half if length > 3 else half[0]
    if mark == "y":
        return f"{moment.year:04}" if length > 2 else f"{moment.year % 100:02}"
    if mark in ("g", "e"):
        return _era_piece(moment.date(), mark, length, gannen=gannen)
    if mark == "m" and length >= 3:
        name = _MONTHS[moment.month - 1]
        return name[:3] if length == 3 else name[0] if length == 5 else name
    if mark == "d" and length >= 3:
        name = _ENGLISH_DAYS[moment.weekday()]
        return name[:3] if length == 3 else name
    if mark == "a":
        return _WEEKDAYS[moment.weekday()] + ("曜日" if length == 4 else "")
    hour = (moment.hour % 12 or 12) if noon else moment.hour
    number = {"m": moment.month, "d": moment.day, "h": hour, "s": moment.second}[mark]
    whole = text.partition(".")[0]
    return str(number).zfill(min(len(whole), 2)) + (
        "." + "0" * (length - len(whole) - 1) if "." in text else ""
    )


def _era_piece(day: date, mark: str, length: int, *, gannen: bool) -> str:
    letter, name, year = era_of_date(day) or ("", "西暦", day.year)
    if mark == "g":
        return letter if length == 1 else name[0] if length == 2 else name
    if year == 1 and gannen:
        return "元"
    return str(year).zfill(2 if length >= 2 else 1)


def _show_elapsed(serial: Decimal, tokens: tuple[Token, ...]) -> str:
    """Hours that go on past 24, as in a total of overtime."""
    total = int((abs(serial) * _DAY).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    units = {"h": 3600, "m": 60, "s": 1}
    pieces: list[str] = ["-"] if serial < 0 else []
    for kind, text in tokens:
        mark = text.lower()[:1]
        if kind == "elapsed":
            count, total = divmod(total, units[mark])
            pieces.append(str(count).zfill(len(text)))
        elif kind == "date" and mark in units:
            count, total = divmod(total, units[mark])
            pieces.append(str(count).zfill(min(len(text), 2)))
        elif kind != "date":
            pieces.append(text)
    return "".join(pieces).strip()
