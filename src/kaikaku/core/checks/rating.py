"""What the rate and the grade ask for."""

from __future__ import annotations

import re
from functools import lru_cache

from kaikaku.core.checks.model import Entry, Remark
from kaikaku.core.checks.rules import Setting
from kaikaku.core.checks.wording import GIVE_REASON, amount, is_blank, plain
from kaikaku.core.ratings import shown_rate
from kaikaku.core.text import fold

_BRACKETS = re.compile(r"[【】（）()\[\]［］〔〕:：]")


def rate_limit(entry: Entry, setting: Setting) -> Remark | None:
    """W: a rate above the limit; true at times (山形県 Web会議: 488.2 %), mostly a slip of unit or window."""
    limit, rated = setting.number("limit"), entry.rated
    if rated is None or rated.rate is None or rated.rate <= limit:
        return None
    target = "" if entry.target is None else f"（目標値{amount(entry, entry.target)}）"
    message = (
        f"達成率が{rated.rate_shown()}%{target}となり、{plain(limit)}%を超えています。"
        f"値と目標値の単位、単年度か累計かを確かめてください。{GIVE_REASON}"
    )
    return Remark(message, f"{rated.rate_shown()}%", f"{plain(limit)}%以下")


def grade_contradicts(entry: Entry, setting: Setting) -> Remark | None:
    """W: the grade that was typed or printed is not the one that rate and scheme give."""
    if entry.scheme is None or entry.rated is None or not entry.grade_text.strip():
        return None
    wanted, written = entry.band, entry.grade_text.strip()
    stated = stated_band(entry)
    if stated is not None and wanted is not None and stated == wanted.code:
        return None
    rate = entry.rated.rate
    basis = "達成率を計算できない値" if rate is None else f"達成率{shown_rate(entry.scheme, entry.rated)}%"
    expected = wanted.name if wanted else "評価なし"
    known = "" if stated is not None else f"「{written}」は{entry.scheme.name}の区分にありません。"
    message = (
        f"評価が「{written}」と書かれていますが、{basis}からは「{expected}」です。{known}"
        "評価か値を直してください。違う評価とする場合は、その理由を入力してください。"
    )
    return Remark(message, written, expected)


def stated_band(entry: Entry) -> str | None:
    """The code of the band that the text names: 「A」「達成」「達成【A】」「A（達成）」.

    All of the text must be the name, so that 未達成 is never 達成 (conventions.md §3).
    """
    written = _bare(entry.grade_text)
    if entry.scheme is None or not written:
        return None
    for band in entry.scheme.bands:
        code, label = _bare(band.code), _bare(band.label)
        if written in (code, label, code + label, label + code):
            return band.code
    return None


@lru_cache(maxsize=512)
def _bare(text: str) -> str:
    return fold(_BRACKETS.sub("", text))


def worst_without_cause(entry: Entry, setting: Setting) -> Remark | None:
    """W: one of the worst grades, and no word on why and on what will be done."""
    missing = [
        (field, label)
        for field, label, text in (("cause", "要因", entry.cause), ("action", "今後の対応", entry.action))
        if is_blank(text)
    ]
    if not missing or entry.scheme is None:
        return None
    worst = entry.scheme.measured_bands[-int(setting.number("bands")) :]
    stated = stated_band(entry)
    grade = next((band for band in worst if band == entry.band or band.code == stated), None)
    if grade is None:
        return None
    wanted = "と".join(label for _, label in missing)
    message = (
        f"評価が「{grade.name}」ですが、{wanted}が書かれていません。{wanted}を具体的に入力してください。"
        "書けない場合は、その理由を入力してください。"
    )
    return Remark(message, f"{wanted}の記入なし", f"{wanted}の記入", missing[0][0])
