"""Who may enter this, when no longer, and how settled it is."""

from __future__ import annotations

from kaikaku.core.checks.model import Entry, Remark
from kaikaku.core.checks.rules import Setting
from kaikaku.core.checks.wording import GIVE_REASON, amount
from kaikaku.core.indicators import STATUS_LABELS, Status


def edition_locked(entry: Entry, setting: Setting) -> Remark | None:
    """E: the edition is locked; what was published changes by 正誤表 only (domain.md §2)."""
    if not entry.edition_locked:
        return None
    message = (
        "この版は確定しているため、値を変更できません。"
        "訂正が必要なときは、正誤表で行うよう事務局に申し出てください。"
    )
    return Remark(message, "確定した版への入力", "正誤表による訂正")


def confirmed_changed(entry: Entry, setting: Setting) -> Remark | None:
    """E: a confirmed value is changed, withdrawn or set back to 見込み, and not as 修正 with its reason."""
    quantity = entry.quantity
    if entry.confirmed is None or (quantity is None and not entry.reason):
        return None
    value = quantity.value if quantity else None
    same = value is not None and value == entry.confirmed and entry.unit_fits
    settled = entry.status in (None, Status.CONFIRMED, Status.REVISED)
    if (same and settled) or (entry.status is Status.REVISED and entry.revision.strip()):
        return None
    old = amount(entry, entry.confirmed)
    new = _now(entry, same=same)
    by = f"（{entry.confirmed_by}が確認）" if entry.confirmed_by else ""
    if entry.status is Status.REVISED:
        fix = "修正の理由を入力してください。"
    else:
        fix = "変更が必要であれば、状態を「確定後の修正」にして、修正の理由を入力してください。"
    message = f"確定した値{old}{by}を{new}に変えようとしています。{fix}"
    return Remark(message, new, f"{old}、または理由のある修正")


def _now(entry: Entry, *, same: bool) -> str:
    if same and entry.status:
        return f"「{STATUS_LABELS[entry.status]}」"
    value = entry.quantity.value if entry.quantity else None
    if value is None:
        return "「値なし」"
    return amount(entry, value) if entry.unit_fits else f"「{entry.raw.strip()}」"


def status_differs(entry: Entry, setting: Setting) -> Remark | None:
    """W: the value is written as 見込み or 速報 and reported as settled (岩手県: 「Dとなる見込み」)."""
    written = Status(entry.quantity.status) if entry.quantity and entry.quantity.status else None
    if written is None or entry.status is None or written is entry.status:
        return None
    said, chosen = STATUS_LABELS[written], STATUS_LABELS[entry.status]
    message = (
        f"「{entry.raw.strip()}」は「{said}」と読めますが、値の状態は「{chosen}」です。"
        f"値の状態を選び直すか、書き添えた語を消してください。{GIVE_REASON}"
    )
    return Remark(message, f"「{said}」", f"「{chosen}」")


def same_person(entry: Entry, setting: Setting) -> Remark | None:
    """E: who entered the value confirms it."""
    if not entry.entered_by or entry.entered_by != entry.confirmer:
        return None
    message = (
        f"値を入力した{entry.entered_by}が、自分で確認しようとしています。"
        "入力した人とは別の人が確認してください。"
    )
    return Remark(message, entry.entered_by, "入力した人とは別の人")
