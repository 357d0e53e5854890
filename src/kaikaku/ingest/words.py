"""The words users read for what an import stores as codes."""

from __future__ import annotations

STATES = {
    "proposed": "確認待ち",
    "partly_accepted": "一部取り込み済み",
    "accepted": "取り込み済み",
    "discarded": "取りやめ",
}

KINDS = {
    "section": "見出し",
    "item": "項目",
    "indicator": "指標",
    "figure": "値",
    "table": "表",
    "footnote": "注記",
    "past_result": "公表済みの集計結果",
    "fact": "文中の数値",
}

DECISIONS = {
    "open": "未取り込み",
    "corrected": "訂正済み",
    "dropped": "外した",
    "accepted": "取り込み済み",
}

DIFFERENCES = {"new": "新規", "changed": "変更", "same": "同じ", "missing": "文書にない"}

# Names of what can differ, for the line that says old and new.
FIELDS = {
    "title": "見出し",
    "number": "番号",
    "subtitle": "副題",
    "body": "本文",
    "text": "本文",
    "label": "区分",
    "marks": "注の記号",
    "cross_listed": "再掲",
    "depth": "段",
    "kind": "種類",
    "fiscal_year": "年度",
    "name": "名称",
    "unit": "単位",
    "direction": "向き",
    "note": "補足",
    "value": "値",
    "status": "値の状態",
    "reason": "値がない理由",
    "cumulative_from": "累計の始め",
    "caption": "表題",
    "header": "見出し行",
    "rows": "行",
    "mark": "記号",
    "counts": "数",
    "place": "場所",
    "printed_rate": "資料の達成率",
    "printed_grade": "資料の達成度",
}
