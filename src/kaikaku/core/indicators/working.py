"""The sum behind a rate, written out so that a reader can redo it by hand."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from kaikaku.core.indicators.formulas import EXACT, QUOTIENT, ZERO, Formula, Observation, years_of_path

# wide enough for any figure, and independent of whatever decimal context the caller runs in
_SHOW = Context(prec=600, rounding=ROUND_HALF_UP)
_SCALES = ((Decimal(10) ** 8, "億"), (Decimal(10) ** 4, "万"))
_DIGITS_OF_SCALE = 4
_KEPT = (Formula.MAINTAIN_MIN, Formula.MAINTAIN_MAX, Formula.BAND)


def round_half_up(value: Decimal, *, decimals: int) -> Decimal:
    """四捨五入, by magnitude for negatives (三重県: −1.43 → ▲1.4.

    Python's round() is half-even and wrong here).
    """
    return value.quantize(_last_digit(decimals), context=_SHOW)


@lru_cache(maxsize=64)
def _last_digit(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def percent_text(rate: Decimal, *, decimals: int = 1) -> str:
    """The rate as printed, without the sign %: 「71.1」, 「△20.0」; zero never carries a minus."""
    rounded = round_half_up(rate, decimals=decimals)
    return f"△{rounded.copy_abs():f}" if rounded < 0 else f"{rounded.copy_abs():f}"


def plain(value: Decimal) -> str:
    """The value with commas and no trailing zeros: 「2,400」, 「71.5」, 「−3」."""
    text = f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−") if value else "0"


class _Writer:
    """Writes the values of one working at one scale: 75.6億円 ÷ 120億円, but 2,233 and 2,400."""

    def __init__(self, values: list[Decimal], unit: str) -> None:
        self.divisor: Decimal | None = None
        self.suffix = ""
        if any(v and v.adjusted() < _DIGITS_OF_SCALE for v in values):
            return  # nearly always: some figure is below the smallest scale, so that none is divided
        smallest = min((v.copy_abs() for v in values if v), default=ZERO)
        for divisor, word in _SCALES:
            # only where nothing is lost beyond two decimals: a scaled figure must still be the figure
            if smallest >= divisor and not any(_SHOW.remainder(v, divisor / 100) for v in values):
                self.divisor, self.suffix = divisor, word + unit
                break

    def show(self, value: Decimal) -> str:
        if self.divisor is None:
            return plain(value)
        text = plain(_SHOW.divide(value, self.divisor))
        return f"{text}{self.suffix}" if value else text

    def term(self, value: Decimal) -> str:
        """As `show`, in brackets where a minus would stand beside an operator."""
        return f"({self.show(value)})" if value < 0 else self.show(value)


def write_working(
    formula: Formula, x: Observation, *, rate: Decimal, unit: str = "", decimals: int = 1
) -> str:
    """「(71.5 − 1.5) ÷ (100 − 1.5) × 100 = 71.1%」; `unit` is printed only with 億 and 万 (「75.6億円」)."""
    assert x.actual is not None
    assert x.target is not None
    values = [v for v in (x.actual, x.target, x.baseline, x.band_upper) if v is not None]
    w = _Writer(values, unit)
    result = f"{percent_text(rate, decimals=decimals)}%"
    if formula is Formula.FROM_BASELINE:
        assert x.baseline is not None
        return f"{_change(w, x.actual, x.baseline)} ÷ {_change(w, x.target, x.baseline)} × 100 = {result}"
    if formula is Formula.EXPECTED_PATH:
        return _expected_working(w, x, result)
    if formula in _KEPT:
        return _maintain_working(w, formula, x, result)
    if not x.target:
        return f"実績値 {w.show(x.actual)} は目標値 0 以下のため {result}"
    if formula is Formula.INVERSE_RATIO:
        return f"{w.term(x.target)} ÷ {w.term(x.actual)} × 100 = {result}"
    if formula is Formula.TWO_MINUS_RATIO:
        return f"(2 − {w.term(x.actual)} ÷ {w.term(x.target)}) × 100 = {result}"
    return f"{w.term(x.actual)} ÷ {w.term(x.target)} × 100 = {result}"


def _change(w: _Writer, to: Decimal, start: Decimal) -> str:
    return f"({w.show(to)} − {w.term(start)})"


def _expected_working(w: _Writer, x: Observation, result: str) -> str:
    years = years_of_path(x)
    assert not isinstance(years, str)
    assert x.actual is not None
    assert x.target is not None
    assert x.baseline is not None
    step = EXACT.multiply(EXACT.subtract(x.target, x.baseline), Decimal(years[0]))
    expected = EXACT.add(x.baseline, QUOTIENT.divide(step, Decimal(years[1])))
    shown = round_half_up(expected, decimals=4)
    about = "" if shown == expected else "約"
    path = f"{w.term(x.baseline)} + {_change(w, x.target, x.baseline)} × {years[0]} ÷ {years[1]}"
    share = f"{_change(w, x.actual, x.baseline)} ÷ ({about}{w.show(shown)} − {w.term(x.baseline)})"
    return f"期待値 {path} = {about}{w.show(shown)}、{share} × 100 = {result}"


def _maintain_working(w: _Writer, formula: Formula, x: Observation, result: str) -> str:
    assert x.actual is not None
    assert x.target is not None
    upper = x.band_upper if formula is Formula.BAND else x.target
    above_lower = formula is Formula.MAINTAIN_MAX or x.actual >= x.target
    below_upper = formula is Formula.MAINTAIN_MIN or (upper is not None and x.actual <= upper)
    if not above_lower:
        return f"{w.term(x.actual)} ÷ {w.term(x.target)} × 100 = {result}"
    if not below_upper:
        assert upper is not None
        return f"{w.term(upper)} ÷ {w.term(x.actual)} × 100 = {result}"
    if formula is Formula.BAND:
        assert upper is not None
        return (
            f"実績値 {w.show(x.actual)} は目標の範囲 {w.show(x.target)}〜{w.show(upper)} にあるため {result}"
        )
    word = "以上" if formula is Formula.MAINTAIN_MIN else "以下"
    return f"実績値 {w.show(x.actual)} は目標値 {w.show(x.target)} {word}のため {result}"
