"""What changed since last year: more than ever before, or flow and level that do not fit."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise
from statistics import median

from kaikaku.core.checks.model import Entry, Remark
from kaikaku.core.checks.rules import Setting
from kaikaku.core.checks.wording import GIVE_REASON, amount, year
from kaikaku.core.indicators import Accumulation
from kaikaku.core.quantities import find_quantities

# makes the MAD of ordinary scatter as wide as its standard deviation, as 「3 MAD」 is commonly meant
_NORMAL = Decimal("1.4826")
_LEVEL_WORDS = ("末", "現在", "時点", "累計", "合計")


def outlier(entry: Entry, setting: Setting) -> Remark | None:
    """W: the change since last year is further from the usual change than so many MADs.

    MAD is the median absolute deviation of the past years' changes (× 1.4826), which one odd year
    (新型コロナ) does not move. Three or four changes may be alike by chance; a departure of less than
    `ignore` percent of last year's value is therefore never an alarm.
    """
    value, history = entry.figure, [v for _, v in entry.history]
    if value is None or len(history) < max(2, int(setting.number("at_least"))):
        return None
    changes = [after - before for before, after in pairwise(history)]
    usual = median(changes)
    spread = median([abs(change - usual) for change in changes])
    ignored = abs(history[-1]) * setting.number("ignore") / 100
    reach = max(setting.number("mads") * max(spread * _NORMAL, entry.step), ignored)
    if abs(value - history[-1] - usual) <= reach:
        return None
    centre = history[-1] + usual
    lowest = _in_steps(entry, centre - reach, rounding=ROUND_CEILING)
    highest = _in_steps(entry, centre + reach, rounding=ROUND_FLOOR)
    # nobody expects △3 people, or 104 % of a whole
    lowest = max(lowest, Decimal(0)) if min(history) >= 0 else lowest
    highest = min(highest, Decimal(100)) if entry.bounded else highest
    low, high = amount(entry, lowest), amount(entry, highest)
    message = (
        f"{year(entry.history[-1][0])}の{amount(entry, history[-1])}から{amount(entry, value)}への変化は、"
        f"これまで{len(history)}年の動きと大きく違います（これまでの動きからは{low}から{high}まで）。"
        f"値を元の資料で確かめてください。{GIVE_REASON}"
    )
    return Remark(message, amount(entry, value), f"{low}から{high}まで")


def _in_steps(entry: Entry, value: Decimal, *, rounding: str) -> Decimal:
    """The value in whole steps, rounded inwards so that what is printed as usual is not found unusual."""
    return (value / entry.step).to_integral_value(rounding=rounding) * entry.step


def flow_and_level(entry: Entry, setting: Setting) -> Remark | None:
    """W: last year's level and this year's amount do not make this year's level.

    青森県 prints both: 「+5件 (R4年度末 16件)」, so that R3 must have ended with 11. Agreements that ended in
    the year make a difference, which is a reason to be written.
    """
    flow, level, before = _flow(entry), _level(entry), _level_before(entry)
    if flow is None or level is None or before is None or before + flow == level:
        return _change_for_level(entry, level)
    shown = f"{amount(entry, before)}{_signed(entry, flow)}＝{amount(entry, before + flow)}"
    message = (
        f"前年度末の{amount(entry, before)}とこの年度の増減（{_signed(entry, flow)}）を合わせると"
        f"{amount(entry, before + flow)}ですが、年度末の値は{amount(entry, level)}です。"
        "どちらかの値を直してください。年度中に終わったものなどによる差であれば、その理由を入力してください。"
    )
    return Remark(message, amount(entry, level), shown)


def _signed(entry: Entry, flow: Decimal) -> str:
    return f"{'＋' if flow >= 0 else ''}{amount(entry, flow)}"


def _flow(entry: Entry) -> Decimal | None:
    if entry.flow is not None:
        return entry.flow
    quantity = entry.quantity
    if quantity is None or not entry.unit_fits:
        return None
    return quantity.value if quantity.change or entry.accumulation is Accumulation.FLOW else None


def _level(entry: Entry) -> Decimal | None:
    """The year-end level: as reported, as it stands in brackets beside the change, or the value itself."""
    if entry.level is not None:
        return entry.level
    note = entry.quantity.note if entry.quantity else None
    if note and any(word in note for word in _LEVEL_WORDS):
        units = (entry.scale[1], entry.quantity.unit if entry.quantity else None)
        found = [q.value for q in find_quantities(note) if q.value.unit in units]
        return found[0].value if len(found) == 1 else None
    return entry.figure if entry.accumulation is Accumulation.STOCK else None


def stated_level(raw: str, unit: str | None) -> Decimal | None:
    """The year-end level that stands beside a change.

    >>> stated_level("+5件（R4年度末16件）", "件")
    Decimal('16')
    >>> stated_level("+5件", "件") is None
    True
    """
    return _level(Entry(raw=raw, unit=unit))


def _level_before(entry: Entry) -> Decimal | None:
    if entry.previous_level is not None:
        return entry.previous_level
    return entry.last[1] if entry.accumulation is Accumulation.STOCK and entry.last else None


def _change_for_level(entry: Entry, level: Decimal | None) -> Remark | None:
    quantity = entry.quantity
    if quantity is None or quantity.value is None or not quantity.change:
        return None
    if entry.accumulation is not Accumulation.STOCK:
        return None
    raw = entry.raw.strip()
    wanted = "年度末の値" if level is None else f"年度末の値（{amount(entry, level)}）"
    message = (
        f"「{raw}」は増減と読めますが、この指標は年度末の値で報告します。{wanted}を入力してください。"
        "増減そのものを報告する場合は、その理由を入力してください。"
    )
    return Remark(message, raw, wanted)
