"""The words people read for what reporting stores as codes, and the fields that a round may ask for."""

from __future__ import annotations

from dataclasses import dataclass

from kaikaku.core.workflow import STATE_LABELS, State

KINDS = {"annual": "年度の実績照会", "midyear": "中間点検", "one_off": "臨時の照会"}

STATES = {state.value: label for state, label in STATE_LABELS.items()}

# How a state is coloured (look/text.html: state_pill); the word carries the meaning.
STATE_PILLS = {
    State.REQUESTED: "waiting",
    State.DRAFT: "waiting",
    State.SUBMITTED: "active",
    State.CHIEF_CONFIRMED: "active",
    State.BUNDLED: "active",
    State.ACCEPTED: "done",
    State.REPORTED: "done",
    State.PUBLISHED: "done",
    State.RETURNED: "stop",
}

# What heads a column of the board.
STATE_SHORT = {
    State.REQUESTED: "照会中",
    State.DRAFT: "作成中",
    State.SUBMITTED: "提出",
    State.CHIEF_CONFIRMED: "所属長確認",
    State.BUNDLED: "取りまとめ",
    State.ACCEPTED: "受理",
    State.REPORTED: "報告",
    State.PUBLISHED: "公表",
    State.RETURNED: "差戻し",
}

STATUSES = {"projected": "見込み", "preliminary": "速報", "confirmed": "確定", "revised": "確定後の修正"}

REMINDERS = {"week": "7日前", "day": "前日", "overdue": "期限超過", "manual": "事務局から"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A text that a sheet asks for; `key` is its code. With `each` it is asked of every section (取組) that
    the sheet reports on and stands in `SheetPart.texts`, else once, in `Sheet.texts`.
    """

    key: str
    label: str
    hint: str = ""
    required: bool = False
    each: bool = False


DONE = Asked(
    "done",
    "今年度に行ったこと",
    "事実と数字を、1件1行で書きます。例：申請12手続をオンラインに移した。",
    True,
    True,
)
ISSUES = Asked("issues", "課題", "うまくいかなかったこと、残ったことを書きます。", each=True)
NEXT_ACTION = Asked("next_action", "今後の対応", "課題にどう取り組むかを書きます。", each=True)
NEXT_PLAN = Asked(
    "next_plan", "翌年度の計画", "翌年度に行うことと、その目標を、1件1行で書きます。", each=True
)
BUDGET = Asked("budget", "予算", "関係する予算額。例：1,200万円（決算見込み）", each=True)
CONTACT = Asked("contact", "連絡先", "内線番号など。公表されません。")
RISK = Asked("risk", "達成を妨げるおそれ", "目標に届かないおそれと、その理由を書きます。", each=True)
HELP = Asked(
    "help", "必要な支援", "事務局や他の所属に求めることを書きます。なければ空欄にします。", each=True
)
ANSWER = Asked("answer", "回答", "", True)

FIELDS: dict[str, tuple[Asked, ...]] = {
    "annual": (DONE, ISSUES, NEXT_ACTION, NEXT_PLAN, BUDGET, CONTACT),
    "midyear": (DONE, RISK, HELP, NEXT_ACTION, CONTACT),
    "one_off": (ANSWER, CONTACT),
}
# a part of a sheet that belongs to no section
WHOLE = "所属全体"
NEVER_PUBLIC = frozenset({"contact", "help"})
