"""Do the indicator's own facts hold together: its name, its baseline, its source?"""

from __future__ import annotations

from datetime import date

from kaikaku.core.checks.model import Entry, Remark
from kaikaku.core.checks.rules import Setting
from kaikaku.core.checks.wording import GIVE_REASON, amount, joined, year
from kaikaku.core.eras import show_date
from kaikaku.core.text import fold


def duplicate(entry: Entry, setting: Setting) -> Remark | None:
    """W: another indicator has the same id or name once width, case and blanks are ignored (NFKC)."""
    if entry.siblings is None:
        return None
    ids = entry.siblings.ids.get(fold(entry.indicator), ()) if entry.indicator else ()
    if len(ids) > 1:
        message = (
            f"指標の番号「{entry.indicator}」が{len(ids)}件あります（{joined(list(dict.fromkeys(ids)))}）。"
            f"全角・半角や大文字・小文字だけの違いも同じ番号とみなします。番号を直してください。{GIVE_REASON}"
        )
        return Remark(message, entry.indicator, "重ならない番号")
    names = entry.siblings.names.get(fold(entry.name), ()) if entry.name else ()
    if len(names) < 2:
        return None
    others = [identity or name for identity, name in names if identity != entry.indicator] or [entry.name]
    message = (
        f"指標名「{entry.name}」が{len(names)}件あります（ほかに{joined(others[:5])}）。"
        "同じ指標であれば再掲とし、別の指標であれば、対象を書き足すなどして名称を区別してください。"
        "同じ名称とする場合は、その理由を入力してください。"
    )
    return Remark(message, entry.name, "重ならない名称", "name")


def baseline_year(entry: Entry, setting: Setting) -> Remark | None:
    """W: the baseline is said to be of another year, lies after the report, or is not that year's actual.

    Baselines are of years of their own (山形県: R1 and R2 in one table), which is where a column is misread.
    """
    planned, stated = entry.baseline_year, entry.stated_baseline_year
    if planned is not None and stated is not None and planned != stated:
        message = (
            f"基準値の年度が{year(stated)}とされていますが、計画では{year(planned)}です。"
            f"年度を直してください。{GIVE_REASON}"
        )
        return Remark(message, year(stated), year(planned))
    base = planned if planned is not None else stated
    if base is None:
        return None
    if entry.fiscal_year is not None and base > entry.fiscal_year:
        message = (
            f"基準値の年度（{year(base)}）が、報告する{year(entry.fiscal_year)}より後になっています。"
            f"年度を確かめてください。{GIVE_REASON}"
        )
        return Remark(message, year(base), f"{year(entry.fiscal_year)}以前")
    return _unlike_actual(entry, base)


def _unlike_actual(entry: Entry, base: int) -> Remark | None:
    actual = entry.past.get(base)
    if entry.baseline is None or actual is None or actual == entry.baseline:
        return None
    same = [y for y, value in entry.history if value == entry.baseline]
    hint = f"{joined([year(y) for y in same])}の実績値とは一致します。" if same else ""
    message = (
        f"基準値は{year(base)}の{amount(entry, entry.baseline)}ですが、"
        f"同じ年度の実績値は{amount(entry, actual)}です。{hint}"
        f"基準値の年度と値を確かめてください。{GIVE_REASON}"
    )
    return Remark(message, amount(entry, entry.baseline), amount(entry, actual))


def source_too_old(entry: Entry, setting: Setting) -> Remark | None:
    """W: the source was dated before the fiscal year began, and cannot know its result."""
    day, fiscal_year = entry.source_date, entry.fiscal_year
    if day is None or fiscal_year is None or not 1 <= fiscal_year <= 9998 or day >= date(fiscal_year, 4, 1):
        return None
    message = (
        f"出典の日付（{show_date(day)}）が、{year(fiscal_year)}の初めより前です。"
        f"{year(fiscal_year)}の値を載せた資料を出典としてください。{GIVE_REASON}"
    )
    return Remark(message, show_date(day), f"{show_date(date(fiscal_year, 4, 1))}以後")
