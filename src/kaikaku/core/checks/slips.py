"""Slips of the hand: a wrong unit or number of zeros, digits swapped, a lost sign, a copied number."""

from __future__ import annotations

from decimal import Decimal

from kaikaku.core.checks.model import Entry, Remark
from kaikaku.core.checks.rules import Setting
from kaikaku.core.checks.wording import (
    GIVE_REASON,
    SCALES,
    amount,
    places_of,
    rounded,
    scaled_unit,
    year,
)
from kaikaku.core.indicators import Direction, round_half_up
from kaikaku.core.quantities.units import NEVER_SCALED

_ENDS = (Decimal(0), Decimal(100))
_TO_BE_KEPT = (Direction.MAINTAIN_MIN, Direction.MAINTAIN_MAX, Direction.BAND)


def magnitude(entry: Entry, setting: Setting) -> Remark | None:
    """W: about ×10, ×100, ×1000, … or that fraction of last year's value (without one, of the baseline)."""
    value, reference = entry.figure, _reference(entry)
    if not value or reference is None or not reference[1]:
        return None
    label, before = reference
    small, large = sorted((abs(value), abs(before)))
    ratio, slack = large / small, 1 + setting.number("tolerance") / 100
    factor = next((f for f in setting.numbers("factors") if f / slack <= ratio <= f * slack), None)
    if factor is None:
        return None
    bigger = abs(value) > abs(before)
    shown = f"約{rounded(ratio)}倍" if bigger else f"約{rounded(ratio)}分の1"
    message = (
        f"{amount(entry, value)}は、{label}の{amount(entry, before)}の{shown}です。"
        f"{_likely(entry, factor, bigger=bigger)}{GIVE_REASON}"
    )
    return Remark(message, amount(entry, value), f"{label}は{amount(entry, before)}")


def _reference(entry: Entry) -> tuple[str, Decimal] | None:
    if entry.last is not None:
        return year(entry.last[0]), entry.last[1]
    return None if entry.baseline is None else ("基準値", entry.baseline)


def _likely(entry: Entry, factor: Decimal, *, bigger: bool) -> str:
    """Which unit was meant; a number typed in a smaller unit comes out too big."""
    power, unit = entry.scale
    if unit == "%" and factor == 100:
        return "割合（0.863）と百分率（86.3%）を取り違えていないか確かめてください。"
    places = factor.adjusted() if factor == Decimal(1).scaleb(factor.adjusted()) else 0
    typed = power - places if bigger else power + places
    if unit and places and unit not in NEVER_SCALED and power in SCALES and typed in SCALES:
        wrong, right = scaled_unit(typed, unit), scaled_unit(power, unit)
        return f"「{wrong}」の数を「{right}」の欄に入力していないか確かめてください。"
    last = power + places if bigger else power - places
    if unit and places > 2 and unit not in NEVER_SCALED and last in SCALES and entry.last is not None:
        return f"前年度の値が「{scaled_unit(last, unit)}」の数のままになっていないか確かめてください。"
    return "0の数と小数点の位置を確かめてください。"


def swapped_digits(entry: Entry, setting: Setting) -> Remark | None:
    """W: two neighbouring digits of last year's value, of the parts' sum or of the share stand swapped."""
    value = entry.figure
    if not value:
        return None
    close = setting.number("close")
    for label, other in _originals(entry):
        if other and abs(value - other) * 100 <= close * abs(other) and are_swapped(value, other):
            message = (
                f"{amount(entry, value)}は、{label}の{amount(entry, other)}と"
                "隣り合う2つの数字だけが入れ替わっています。"
                f"入力の誤りでないか、元の資料と見比べてください。{GIVE_REASON}"
            )
            return Remark(message, amount(entry, value), f"{label}は{amount(entry, other)}")
    return None


def _originals(entry: Entry) -> list[tuple[str, Decimal]]:
    found = [] if entry.last is None else [(year(entry.last[0]), entry.last[1])]
    values = [part.value for part in entry.parts if part.value is not None]
    if values and len(values) == len(entry.parts):
        found.append(("内訳の合計", sum(values, Decimal(0))))
    if entry.scale[1] == "%" and entry.numerator is not None and entry.denominator:
        share = entry.numerator / entry.denominator * 100
        found.append(("分子÷分母", round_half_up(share, decimals=places_of(entry.step))))
    return found


def are_swapped(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers differ by two neighbouring digits having changed places, and by nothing else.

    >>> are_swapped(Decimal("86.3"), Decimal("83.6")), are_swapped(Decimal("27"), Decimal("36"))
    (True, False)
    """
    exponent = min(int(one.as_tuple().exponent), int(other.as_tuple().exponent))
    first, second = (str(abs(int(value.scaleb(-exponent)))) for value in (one, other))
    # a difference that 9 does not divide is no transposition, and is told apart fastest
    if (one < 0) != (other < 0) or len(first) != len(second) or (int(first) - int(second)) % 9:
        return False
    places = [i for i, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    if len(places) != 2 or places[1] != places[0] + 1:
        return False
    i, j = places
    return first[i] == second[j] and first[j] == second[i]


def sign_differs(entry: Entry, setting: Setting) -> Remark | None:
    """W: the sign is not that of the target and the other years; a lost △, or a reduction typed as minus."""
    value = entry.figure
    if not value:
        return None
    known = [v for v in (entry.target, entry.final_target, entry.baseline) if v is not None]
    known += [v for _, v in entry.history]
    signs = {v > 0 for v in known if v}
    if len(signs) == 1 and (value > 0) not in signs:
        sign, usual = ("正", "負") if value > 0 else ("負", "正")
        why = f"目標値やこれまでの値は{usual}の数です"
    elif not signs and value < 0 and entry.direction is Direction.UP and not any(known):
        sign, usual = "負", "正"
        why = "この指標は大きいほどよいとされています"
    else:
        return None
    message = (
        f"{amount(entry, value)}は{sign}の数ですが、{why}。"
        "△の付け忘れや、「削減」「減」の数に△を付けていないかを確かめてください。" + GIVE_REASON
    )
    return Remark(message, f"{sign}の数", f"{usual}の数")


def equals_last_year(entry: Entry, setting: Setting) -> Remark | None:
    """W: exactly last year's value, which may have been left standing from the carried-over sheet."""
    if entry.last is None:
        return None
    before, value = entry.last
    return _same(entry, value, f"{year(before)}の実績値")


def equals_target(entry: Entry, setting: Setting) -> Remark | None:
    """W: exactly the target, which may have been copied from the column beside it."""
    if entry.figure is not None and entry.figure == entry.target:
        return _same(entry, entry.target, "目標値")
    return _same(entry, entry.final_target, "最終目標値")


def equals_baseline(entry: Entry, setting: Setting) -> Remark | None:
    """W: exactly the baseline, where the year is another."""
    if entry.baseline_year is not None and entry.baseline_year == entry.fiscal_year:
        return None
    return _same(entry, entry.baseline, "基準値")


def _same(entry: Entry, other: Decimal | None, label: str) -> Remark | None:
    value = entry.figure
    if value is None or value != other or _rests_there(entry, value):
        return None
    message = (
        f"実績値の{amount(entry, value)}は、{label}とまったく同じです。"
        f"写し間違いや、更新し忘れでないか確かめてください。{GIVE_REASON}"
    )
    return Remark(message, amount(entry, value), f"{label}とは別の値")


def _rests_there(entry: Entry, value: Decimal) -> bool:
    """Whether staying there is what is expected: a level to be kept, a full share, the last of what falls."""
    if entry.direction in _TO_BE_KEPT or (entry.bounded and value in _ENDS):
        return True
    return entry.direction is Direction.DOWN and value == 0
