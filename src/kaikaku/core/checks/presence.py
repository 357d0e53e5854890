"""Is there a value, or a reason why there is none; and is nothing not taken for naught?"""

from __future__ import annotations

from kaikaku.core.checks.model import Entry, Remark
from kaikaku.core.checks.rules import Setting
from kaikaku.core.checks.wording import joined
from kaikaku.core.quantities import blank_reason, reason_text

REASON_LABELS = {
    "not_published_yet": "まだ公表されていない（未確定）",
    "survey_cancelled": "調査の中止",
    "event_cancelled": "事業や行事の中止",
    "definition_changed": "指標の定義の変更",
    "source_abolished": "元の統計や調査の廃止",
    "zero_denominator": "割合の分母が0",
    "other": "その他（内容を記入）",
}
"""The reasons a person may choose for a missing value (domain.md §1)."""

# what a sign in place of a value most likely means, to be proposed and never taken over
_LIKELY = {
    **dict.fromkeys(
        ("counting", "not_settled", "not_published", "provisional", "adjusting"), "not_published_yet"
    ),
    "cancelled": "event_cancelled",
    "not_done": "event_cancelled",
}
# 「なし」 in a column of counts is zero in one report and no data in the next (conventions.md §8)
_NOTHING_OR_ZERO = frozenset({"dash", "none", "not_applicable"})
_NOT_A_NUMBER = frozenset(
    {"unreadable", "words", "several", "date", "day_length", "mark", "sheet_error", "overflow", "ditto"}
)


def missing_value(entry: Entry, setting: Setting) -> Remark | None:
    """E: no value and no reason code, an unknown one, or 「その他」 without words."""
    quantity = entry.quantity
    if quantity is not None and quantity.value is not None:
        return None
    reason = (entry.reason or "").strip()
    if reason and reason not in REASON_LABELS:
        choices = joined(list(REASON_LABELS.values()))
        message = f"値がない理由「{reason}」は一覧にありません。{choices}から選び直してください。"
        return Remark(message, reason, choices, "reason")
    if reason == "other" and not entry.reason_note.strip():
        message = "値がない理由が「その他」ですが、内容が書かれていません。内容を文章で入力してください。"
        return Remark(message, "内容なし", "内容の文章", "reason_note")
    sign = quantity.reason or "" if quantity else "empty"
    if reason or sign in _NOTHING_OR_ZERO | _NOT_A_NUMBER:
        return None
    return Remark(_wanted(entry.raw.strip(), sign), entry.raw.strip() or "空欄", "実績値、または値がない理由")


def _wanted(raw: str, sign: str) -> str:
    if not raw:
        return (
            "実績値も、値がない理由も入力されていません。実績値を入力するか、値がない理由を選んでください。"
        )
    likely = _LIKELY.get(sign)
    hint = f"「{REASON_LABELS[likely]}」など、" if likely else ""
    return f"実績値が「{raw}」とあり、値がありません。{hint}値がない理由を一覧から選んでください。"


def empty_or_zero(entry: Entry, setting: Setting) -> Remark | None:
    """E: a sign for nothing that may mean 0, or a value and the reason for its absence at once."""
    quantity = entry.quantity
    if quantity is None:
        return None
    raw, reason = entry.raw.strip(), (entry.reason or "").strip()
    if quantity.value is None:
        if reason or quantity.reason not in _NOTHING_OR_ZERO:
            return None
        message = (
            f"実績値の「{raw}」は、0なのか値がないのか区別できません。"
            "0であれば「0」と入力し、値がなければ空欄にして理由を選んでください。"
        )
        return Remark(message, raw, "0、または空欄と理由")
    if quantity.value == 0 and (sign := blank_reason(quantity.raw)):
        message = (
            f"入力された「{raw}」が0として扱われています。「{raw}」は{reason_text(sign)}。"
            "0であれば「0」と入力し、値がなければ理由を選んでください。"
        )
        return Remark(message, "0", "空欄と理由")
    if not reason:
        return None
    label = REASON_LABELS.get(reason, reason)
    message = (
        f"実績値「{raw}」と、値がない理由「{label}」の両方が入力されています。"
        "値があれば理由を消し、なければ実績値を空欄にしてください。"
    )
    return Remark(message, f"{raw}と「{label}」", "どちらか一方")


def unreadable(entry: Entry, setting: Setting) -> Remark | None:
    """E: something stands there that is no number; a guess at its readable part would be worse."""
    quantity = entry.quantity
    if quantity is None or quantity.value is not None or quantity.reason not in _NOT_A_NUMBER:
        return None
    raw = entry.raw.strip()
    why = reason_text(quantity.reason).split("。", maxsplit=1)[0]
    message = (
        f"実績値の「{raw[:40]}」を数値にできません（{why}）。"
        "数字だけを半角で入力してください（例：1234.5）。説明は「取組の内容」に書いてください。"
    )
    return Remark(message, raw[:40], "数字（例：1234.5）")
