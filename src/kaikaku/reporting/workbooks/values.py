"""What is written into a cell for a value as typed, and when two cells say the same."""

from __future__ import annotations

from decimal import Context, Decimal, InvalidOperation

from kaikaku.core.numerals import shifted
from kaikaku.core.quantities import parse_quantity, split_unit
from kaikaku.writers.workbook_form import Value

# of a double Excel shows, and keeps, fifteen figures
AS_STORED = Context(prec=15)


def figure_cell(text: str, unit: str) -> Value:
    """A plain number in the indicator's unit as a number; anything said with it (約, 見込み, R7) as text.

    >>> figure_cell("92.4億円", "億円"), figure_cell("約600人", "人"), figure_cell("2,310人", "人")
    (Decimal('92.4'), '約600人', Decimal('2310'))
    """
    read = parse_quantity(text, unit=unit or None)
    if read.value is None:
        return text or None
    number = AS_STORED.plus(shifted(read.value, -split_unit(unit)[0] if unit else 0))
    return number if same_figure(said(number), text, unit=unit) else text


def said(value: Value) -> str:
    """A cell's value as a text, numbers without any dress.

    >>> said(Decimal("2310.50")), said(None), said(" 改善\\r\\n済み ")
    ('2310.5', '', '改善\\n済み')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n").strip()
    return plain_number(Decimal(value))


def plain_number(number: Decimal) -> str:
    """The digits of a number, without exponent and without noughts at the end."""
    return f"{number.normalize() + 0:f}"


def number_of(raw: str) -> Decimal | None:
    """The number that a cell stores as text of a double; None where it is none."""
    try:
        number = Decimal(raw)
    except InvalidOperation:
        return None
    return AS_STORED.plus(number) if number.is_finite() and abs(number.adjusted()) < 30 else None


def same_figure(one: str, other: str, *, unit: str) -> bool:
    """Whether two texts say the same value of an indicator: 85.2 and 85.2%, but not 約600 and 600.

    >>> same_figure("85.2", "８５．２％", unit="%"), same_figure("600", "約600人", unit="人")
    (True, False)
    >>> same_figure("", "0", unit="件")
    False
    """
    if one == other:
        return True
    if not one or not other:
        return False
    a, b = (parse_quantity(text, unit=unit or None) for text in (one, other))
    if a.value is None or b.value is None:
        return False
    return _meaning(a) == _meaning(b)


def same_cell(one: str, other: str, *, unit: str | None) -> bool:
    """Whether two cells say the same; `unit` is the indicator's where they hold its value, else None."""
    return one == other if unit is None else same_figure(one, other, unit=unit)


def _meaning(read: object) -> tuple[object, ...]:
    names = (
        "value",
        "unit",
        "upper",
        "qualifiers",
        "fiscal_year",
        "cumulative_from",
        "status",
        "change",
        "note",
    )
    return tuple(getattr(read, name) for name in names)
