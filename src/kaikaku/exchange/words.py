"""The words people read for what exchange stores as codes."""

from __future__ import annotations

REQUESTS = {"open": "募集中", "closed": "募集終了", "withdrawn": "取下げ"}
REQUEST_PILLS = {"open": "active", "closed": "done", "withdrawn": "closed"}

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
