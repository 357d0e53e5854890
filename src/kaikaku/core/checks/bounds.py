"""What a figure cannot be: in another unit, of another year, beyond its bounds, unlike its parts."""

from __future__ import annotations

import re
from decimal import Decimal

from kaikaku.core.checks.model import Entry, Remark
from kaikaku.core.checks.rules import Setting
from kaikaku.core.checks.wording import GIVE_REASON, amount, places_of, plain, rounded, year
from kaikaku.core.indicators import Accumulation
from kaikaku.core.quantities import split_unit

_HUNDRED = Decimal(100)
_LOOKS_LIKE_DIGITS = re.compile(r"[OoОΟlI|]+")


def unit_differs(entry: Entry, setting: Setting) -> Remark | None:
    """E: the unit typed, or last year's, is another than the indicator's; 千円 and 百万円 are one unit."""
    wanted = entry.scale[1]
    if wanted is None:
        return None
    named = entry.unit or wanted
    stated = entry.quantity.unit if entry.quantity else None
    if entry.quantity and stated is not None and stated != wanted:
        stated = "と".join(unit for _, unit in entry.quantity.parts) or stated
        if _LOOKS_LIKE_DIGITS.fullmatch(stated):
            hint = "英字の「O」や「l」が数字に混じっています。数字だけを半角で入力してください。"
        else:
            hint = f"{named}に直した数字を入力してください。"
        message = f"実績値の単位が「{stated}」ですが、この指標の単位は「{named}」です。{hint}"
        return Remark(message, stated, named)
    before = split_unit(entry.previous_unit)[1] if entry.previous_unit else None
    if before is not None and before != wanted:
        message = (
            f"この指標の単位は「{named}」ですが、前年度は「{entry.previous_unit}」で報告されています。"
            "単位を前年度に合わせるか、単位の変更を事務局に申し出てください。"
        )
        return Remark(message, named, str(entry.previous_unit), "unit")
    return None


def year_outside(entry: Entry, setting: Setting) -> Remark | None:
    """E: the fiscal year of the entry, or the one written beside its value, lies outside the window."""
    if entry.window is None:
        return None
    first, last = entry.window
    span = year(first) if first == last else f"{year(first)}から{year(last)}まで"
    stated = entry.quantity.fiscal_year if entry.quantity else None
    for one in (entry.fiscal_year, stated):
        if one is not None and not first <= one <= last:
            message = (
                f"{year(one)}の値が入力されていますが、報告できるのは{span}です。"
                "年度を確かめて、その年度の値を入力してください。"
            )
            return Remark(message, year(one), span)
    return None


def other_year(entry: Entry, setting: Setting) -> Remark | None:
    """W: the value names another year than its column (山形県: 「100%(R7)」 under R6目標値)."""
    stated = entry.quantity.fiscal_year if entry.quantity else None
    if stated is None or entry.fiscal_year is None or stated == entry.fiscal_year:
        return None
    message = (
        f"{year(entry.fiscal_year)}の欄に、{year(stated)}の値「{entry.raw.strip()}」が入力されています。"
        f"{year(entry.fiscal_year)}の値を入力してください。{GIVE_REASON}"
    )
    return Remark(message, year(stated), year(entry.fiscal_year), "fiscal_year")


def share_parts(entry: Entry, setting: Setting) -> Remark | None:
    """E: of a share, the numerator is greater than the denominator, or one of them cannot be."""
    above, below = entry.numerator, entry.denominator
    if below is None or not (entry.bounded or entry.scale[1] == "%"):
        return None
    if below <= 0:
        message = (
            f"割合の分母が{plain(below)}です。分母は1以上の数で入力してください。"
            "対象がなければ実績値を空欄にし、値がない理由に「割合の分母が0」を選んでください。"
        )
        return Remark(message, plain(below), "1以上の分母", "denominator")
    # 120 % of last year's is no share, and its numerator may be the greater
    if above is None or not entry.bounded or 0 <= above <= below:
        return None
    what = "負の数" if above < 0 else f"分母（{plain(below)}）より大きい数"
    message = (
        f"割合の分子（{plain(above)}）が{what}になっています。"
        "分子と分母を取り違えていないか確かめ、0以上で分母以下の数を入力してください。"
    )
    return Remark(message, f"{plain(above)}／{plain(below)}", f"0以上{plain(below)}以下")


def share_recomputed(entry: Entry, setting: Setting) -> Remark | None:
    """W: the percentage typed is not numerator ÷ denominator, within one in its last place."""
    value, above, below = entry.figure, entry.numerator, entry.denominator
    if value is None or above is None or below is None or below <= 0 or entry.scale[1] != "%":
        return None
    exact = above / below * _HUNDRED
    if abs(value - exact) < max(entry.step, Decimal("0.1")):
        return None
    shown = f"{rounded(exact, max(1, places_of(entry.step)))}%"
    message = (
        f"実績値は{amount(entry, value)}ですが、分子{plain(above)}÷分母{plain(below)}では{shown}です。"
        f"値か分子・分母を直してください。{GIVE_REASON}"
    )
    return Remark(message, amount(entry, value), shown)


def share_bounds(entry: Entry, setting: Setting) -> Remark | None:
    """E: a share below 0 or above 100 %."""
    if not entry.bounded or entry.quantity is None or entry.figure is None:
        return None
    for value in (entry.figure, entry.quantity.upper):
        if value is not None and not 0 <= value <= _HUNDRED:
            message = (
                f"{amount(entry, value)}が入力されていますが、この指標は割合なので0から100までです。"
                "小数点の位置と、割合か増減率かを確かめて入力し直してください。"
            )
            return Remark(message, amount(entry, value), "0から100まで")
    return None


def cumulative_falls(entry: Entry, setting: Setting) -> Remark | None:
    """E: a sum since `cumulative_from` is smaller than it was in an earlier year."""
    value = entry.figure
    if entry.accumulation is not Accumulation.CUMULATIVE or value is None:
        return None
    start = entry.cumulative_from
    window = [(y, v) for y, v in entry.history if start is None or y >= start]
    if not window or value >= window[-1][1]:
        return None
    before, reached = window[-1]
    message = (
        f"累計が{year(before)}の{amount(entry, reached)}から{amount(entry, value)}に減っています。"
        "この年度だけの数を入力していないか確かめ、期間の初めからの合計を入力してください。"
        "前年度までの値が誤りであれば、先にその値の修正を事務局に申し出てください。"
    )
    return Remark(message, amount(entry, value), f"{amount(entry, reached)}以上")


def kinds_mixed(entry: Entry, setting: Setting) -> Remark | None:
    """E: a sum of years where one year's amount is wanted, or the other way round."""
    quantity = entry.quantity
    if quantity is None or quantity.value is None:
        return None
    starts = (quantity.cumulative_from, entry.cumulative_from)
    summed = starts[0] is not None or "累計" in quantity.qualifiers
    if entry.accumulation is Accumulation.FLOW and summed:
        found, expected = "累計", "この年度だけの数"
    elif entry.accumulation is Accumulation.CUMULATIVE and (quantity.change or "年間" in quantity.qualifiers):
        found, expected = "この年度だけの数", "期間の初めからの累計"
    elif None not in starts and starts[0] != starts[1]:
        found, expected = (f"{year(start)}からの累計" for start in starts if start is not None)
    else:
        return None
    message = (
        f"「{entry.raw.strip()}」は{found}と読めますが、この指標は{expected}で報告します。"
        f"{expected}を入力してください。"
    )
    return Remark(message, found, expected)


def total_of_parts(entry: Entry, setting: Setting) -> Remark | None:
    """E: the total is not the sum of its parts; parts rounded before adding may be off by half a place each.

    Nothing is said while a part is unknown.
    """
    values = [part.value for part in entry.parts]
    total = entry.total if entry.total is not None else entry.figure
    if total is None or not values or any(value is None for value in values):
        return None
    summed = sum((value for value in values if value is not None), Decimal(0))
    rounds = entry.scale[0] > 0 or entry.scale[1] == "%" or bool(entry.decimals)
    slack = entry.step * len(values) / 2 if rounds else Decimal(0)
    if abs(total - summed) <= slack:
        return None
    listed = "＋".join(f"{part.name}{plain(part.value)}" for part in entry.parts if part.value is not None)
    message = (
        f"合計は{amount(entry, total)}ですが、内訳（{_cut(listed)}）を足すと{amount(entry, summed)}です。"
        "合計か内訳を直してください。「うち」の数を内訳に入れていないかも確かめてください。"
    )
    return Remark(message, amount(entry, total), amount(entry, summed))


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
