"""How the number is written: shown back as it was read, and 約 where an exact figure is wanted."""

from __future__ import annotations

import re

from kaikaku.core.checks.model import Entry, Remark
from kaikaku.core.checks.rules import Setting
from kaikaku.core.checks.wording import joined
from kaikaku.core.quantities import show_quantity
from kaikaku.core.text import narrow

_ONLY_DIGITS = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_SIGNS = (
    (re.compile(r"[△▲−－–—―‐]|(?<!\d)ー"), "△などのマイナスの記号"),
    (re.compile(r"[+＋]"), "プラスの記号"),
    (re.compile(r"(?<=\d)[,，]\s?(?=\d)"), "桁区切りのカンマ"),
    (re.compile(r"[〇零一二三四五六七八九十百千万億兆割]"), "漢数字"),
    (re.compile(r"[(（〔\[【].*[)）〕\]】]"), "かっこ書き"),
    (re.compile(r"(?<=\S)\s+(?=\S)"), "空白"),
)
_ABOUT = frozenset(
    {"約", "概ね", "ほぼ", "程度", "余り", "弱", "強", "台", "台前半", "台半ば", "台後半", "±"}
)


def normalised(entry: Entry, setting: Setting) -> Remark | None:
    """I: full-width digits, △, commas, a unit …: the number as it was read, to be looked at."""
    quantity = entry.quantity
    raw = entry.raw.strip()
    if quantity is None or quantity.value is None or _ONLY_DIGITS.fullmatch(raw):
        return None
    shown = show_quantity(quantity, scale="base", year=True)
    if shown == raw:
        return None
    message = (
        f"「{raw}」を「{shown}」と読み取りました（{joined(_oddities(raw))}がありました）。"
        "違っていれば、数字だけを半角で入力し直してください。"
    )
    return Remark(message, raw, shown)


def _oddities(raw: str) -> list[str]:
    plain = narrow(raw)
    found = ["全角の文字"] if re.search(r"[０-９Ａ-Ｚａ-ｚ％．，＋－]", raw) else []
    found += [label for sign, label in _SIGNS if sign.search(raw)]
    if re.search(r"[^\W\d_]|[%‰]", re.sub(r"[〇零一二三四五六七八九十百千万億兆割]", "", plain)):
        found.append("単位などの語")
    return found or ["数字以外の文字"]


def round_number(entry: Entry, setting: Setting) -> Remark | None:
    """W: a round number with 約; an actual is counted, and a rate from it does not reproduce (§5)."""
    quantity = entry.quantity
    if quantity is None or not quantity.value or not _ABOUT.intersection(quantity.qualifiers):
        return None
    # more than the last place reported must be zeros: 約600人, 約75億円 where tenths are reported, not 約1.6
    if quantity.value % (entry.step * 10):
        return None
    raw = entry.raw.strip()
    message = (
        f"実績値が「{raw}」と、概数で書かれています。数えた値があれば端数まで入力し、"
        "概数しか分からなければ、その理由を入力してください。"
    )
    return Remark(message, raw, "端数までの値")
