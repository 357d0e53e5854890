"""The words people read for what ideas store as codes, in the order a form offers them."""

from __future__ import annotations

# The course of an idea (domain.md §3); `states.py` says what leads where.
STATES = {
    "draft": "下書き",
    "received": "受付",
    "clustered": "テーマに分類",
    "decided": "仕分け済み",
    "in_progress": "着手",
    "realised": "実現",
    "declined": "見送り",
    "withdrawn": "取下げ",
}
STATE_PILLS = {
    "draft": "waiting",
    "received": "waiting",
    "clustered": "waiting",
    "decided": "active",
    "in_progress": "active",
    "realised": "done",
    "declined": "closed",
    "withdrawn": "closed",
}

# Yamaguchi's rules: what can be done at once is; what needs work first is begun at once; the rest is sorted
# by time and budget; what serves one section only is examined there.
TRACKS = {
    "realise_now": "今年度に実現",
    "start_now": "今年度に着手",
    "later_short": "短期に実現（来年度）",
    "later_mid": "中期に実現（2～3年）",
    "later_long": "長期に検討（4年以上）",
    "delegated": "所管の所属で検討",
}
LATER = ("later_short", "later_mid", "later_long")
NEEDS = {"bpr": "BPR（業務の見直し）", "coordination": "事前調整", "rules": "ルールづくり"}
BUDGET_STEPS = {
    "none": "予算は要らない",
    "estimate": "経費を見積もる",
    "request": "予算を要求する",
    "granted": "予算を確保した",
}

EXTENTS = {"full": "実現", "partial": "一部実現"}
PROGRESS = {"under_way": "進めている", "done": "実現した"}
ROLLOUTS = {
    "offered": "回答待ち",
    "adopted": "取り入れた",
    "adapted": "形を変えて取り入れた",
    "declined": "取り入れない",
}
ROLLOUT_PILLS = {"offered": "waiting", "adopted": "done", "adapted": "done", "declined": "closed"}
# An adopter did it, in whatever form.
ADOPTERS = ("adopted", "adapted")

LEVELS = {"high": "高い", "middle": "中くらい", "low": "低い"}
LINKS = {
    "section": "プランの取組",
    "indicator": "プランの指標",
    "record": "ほかの業務の記録",
    "url": "そのほか",
}
LABEL_KINDS = {"exclusion": "対象外の理由にあたるもの", "topic": "目印"}

# Labels for what ordinances on staff ideas exclude; here they mark, and the idea is examined like any other.
SHIPPED_LABELS = (
    (
        "complaint",
        "苦情・不満のみ",
        "exclusion",
        "改善の方法が書かれていません。困っていることとして受け止め、担当に伝えます。",
    ),
    (
        "defamation",
        "個人・団体への中傷",
        "exclusion",
        "特定の人や団体への非難にあたる部分があります。その部分を除いて検討します。",
    ),
    ("personnel", "人事・給与", "exclusion", "人事や給与の個別の扱いは、職員提案とは別の手続で扱います。"),
    (
        "vague",
        "内容が具体的でない",
        "exclusion",
        "何をどう変えるかが読み取れません。もう一度、具体的に提案してください。",
    ),
    ("duplicate", "すでに同じ提案がある", "exclusion", "同じ内容の提案とまとめて検討します。"),
    (
        "ordered",
        "すでに決まった業務",
        "exclusion",
        "すでに実施が決まっています。その進み具合をお知らせします。",
    ),
    ("normal_work", "通常の業務で解決できる", "exclusion", "担当の所属の通常の業務として対応します。"),
)
