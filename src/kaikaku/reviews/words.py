"""The words people read for what reviews store as codes, in the order a form offers them."""

from __future__ import annotations

EVENTS = {"observation": "気づき", "orientation": "状況判断", "decision": "決定", "act": "実行"}

# What a loop waits for, by the last step it has taken, and how that is coloured (look/text.html).
STAGES = {
    "observation": "状況判断を待っています",
    "orientation": "決定を待っています",
    "decision": "実行を待っています",
    "act": "実行済み（結果を見ています）",
}
STAGE_PILLS = {"observation": "waiting", "orientation": "waiting", "decision": "active", "act": "done"}

SOURCES = {
    "work": "現場の仕事の中で",
    "data": "統計・データ",
    "residents": "県民・利用者の声",
    "assembly": "議会・監査",
    "news": "報道・ほかの団体の例",
    "expert": "有識者の意見",
    "evaluation": "年度の評価結果",
}

MEETINGS = {"headquarters": "本部会議", "steering": "幹事会", "committee": "推進委員会"}
# Where things are decided; the committee is heard.
DECIDING = ("headquarters", "steering")

REASONS = {
    "low": "達成度が低い",
    "not_measurable": "測定できない",
    "pending": "実績が未確定",
    "projected": "見込みの値",
    "external": "外的要因がある",
    "opposite": "活動と成果の評価が食い違う",
    "held": "判定保留",
    "rerated": "自動判定が変わった",
    "returned": "2回以上差し戻された",
    "loop": "気づきが出ている",
}

# What a draft does with what is still open.
HANDLINGS = {"take": "この版で対応する", "leave": "今回は見送る"}

STANCES = {
    "reflected": "反映する",
    "partly": "一部反映する",
    "later": "今後検討する",
    "not_reflected": "反映しない",
}
STANCE_PILLS = {"reflected": "done", "partly": "active", "later": "waiting", "not_reflected": "closed"}
# Answers that may lead to a line of the next edition.
LEADING = ("reflected", "partly")
UNANSWERED = "未回答"
