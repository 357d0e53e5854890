"""The words users read for what the plans store as codes, in the order a form offers them."""

from __future__ import annotations

STATES = {"draft": "作成中", "in_force": "実施中", "closed": "終了"}

DIRECTIONS = {
    "up": "増えるほどよい",
    "down": "減るほどよい",
    "maintain_min": "下回らないように保つ",
    "maintain_max": "上回らないように保つ",
    "band": "範囲の中に保つ",
}

ACCUMULATIONS = {
    "stock": "時点の値（年度末の数など）",
    "flow": "年度ごとの値（1年間の件数など）",
    "cumulative": "累計（期間の始めからの合計）",
}

INDICATOR_KINDS = {"output": "行動指標（活動の量）", "outcome": "成果指標（生まれた変化）"}

ROLES = {"baseline": "基準値", "target": "目標値", "actual": "実績値"}

STATUSES = {"projected": "見込み", "preliminary": "速報", "confirmed": "確定", "revised": "改定"}

# Short words for the reasons a form offers for a value that is not there (codes of core.indicators.REASONS).
REASONS = {
    "not_published_yet": "未公表（公表され次第入力する）",
    "survey_cancelled": "調査の中止",
    "event_cancelled": "対象の事業・行事の中止",
    "definition_changed": "定義の変更",
    "source_abolished": "統計・調査の廃止",
    "zero_denominator": "割合の分母が0",
    "other": "その他（内容を文章で書く）",
}

ITEM_KINDS = {"achievement": "実績", "plan": "計画", "result": "成果", "issue": "課題", "note": "注記"}

LINK_KINDS = {
    "carried": "継続",
    "revised": "改定",
    "renamed": "名称変更",
    "moved": "移動",
    "merged": "統合",
    "split": "分割",
    "added": "新規",
    "ended": "終了",
}

END_OUTCOMES = {"solved": "課題の解決", "absorbed": "ほかの取組に吸収", "abandoned": "取りやめ"}

# One letter for each kind, in a box before its word; the page's colour says it a third time.
LINK_MARKS = {
    "carried": "＝",
    "revised": "改",
    "renamed": "名",
    "moved": "移",
    "merged": "合",
    "split": "分",
    "added": "新",
    "ended": "終",
    "": "？",
}
