"""The words people read for what exchange stores as codes."""

from __future__ import annotations

REQUESTS = {"open": "募集中", "closed": "募集終了", "withdrawn": "取下げ"}
# how a request stands: one that is open may have found everybody, or be over
STANDINGS = {**REQUESTS, "full": "選定済み", "over": "期間終了"}
STANDING_PILLS = {"open": "active", "closed": "done", "withdrawn": "closed", "full": "done", "over": "done"}

STATES = {
    "approving": "承認の途中",
    "approved": "承認済み（開始前）",
    "active": "支援中",
    "ended": "終了",
    "refused": "不承認",
    "cancelled": "取消し",
}
STATE_PILLS = {
    "approving": "waiting",
    "approved": "active",
    "active": "active",
    "ended": "done",
    "refused": "stop",
    "cancelled": "closed",
}
DECISIONS = {"approved": "承認", "refused": "不承認"}
OUTCOMES = {"full": "求めた業務ができた", "partly": "一部できた", "little": "あまりできなかった"}
CHANGES = {"up": "増加", "down": "減少", "same": "横ばい"}
RUNS = {
    "waiting": "計算を待っています",
    "computing": "計算中",
    "done": "計算済み",
    "failed": "計算できませんでした",
}
RUN_PILLS = {"waiting": "waiting", "computing": "active", "done": "done", "failed": "stop"}
BUSY = {0: "平常", 1: "やや忙しい", 2: "忙しい", 3: "最も忙しい"}
MONTHS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)
GRADES = ("部長級", "次長級", "課長級", "課長補佐級", "係長級", "主査級", "主任級", "主事・技師級")
OCCUPATIONS = (
    "行政",
    "土木",
    "建築",
    "農業",
    "林業",
    "水産",
    "電気・機械",
    "保健師",
    "福祉",
    "研究",
    "教員",
    "警察官",
    "会計年度任用職員",
    "その他",
)


def told(number: int | None, change: str, unit: str) -> str:
    """A number as a document tells it, or only which way it went."""
    if number is not None:
        return f"{number:,}{unit}{f'（{CHANGES[change]}）' if change else ''}"
    return f"{CHANGES[change]}（数の記載なし）" if change else "記載なし"
