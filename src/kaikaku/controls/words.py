"""The words people read for what controls store as codes, in the order a form offers them."""

from __future__ import annotations

from kaikaku.controls.rules import GRADE_LABELS, KIND_LABELS

LEVELS = {1: "1（小）", 2: "2（中）", 3: "3（大）"}
GRADES = {grade.value: label for grade, label in GRADE_LABELS.items()}
GRADE_PILLS = {"high": "stop", "middle": "warn", "low": "closed"}
KINDS = {kind.value: label for kind, label in KIND_LABELS.items()}

CATEGORIES = {
    "finance": "財務",
    "contract": "契約",
    "information": "情報",
    "documents": "文書",
    "safety": "安全",
    "service": "服務",
    "reporting": "報告・公表",
    "other": "その他",
}
RESPONSES = {
    "reduce": "減らす",
    "avoid": "避ける",
    "transfer": "移す（保険・委託など）",
    "accept": "受け入れる",
}
TYPES = {"preventive": "予防（起こさない）", "detective": "発見（見つける）"}
MEANS = {"manual": "人の手順", "it": "システム"}
SOURCES = {
    "self": "自己評価",
    "sample": "抽出点検",
    "incident": "事故・ミス",
    "audit": "監査",
}
ROLLOUTS = {"asked": "確認を依頼中", "checked": "確認済み", "not_applicable": "該当しない"}
ROLLOUT_PILLS = {"asked": "waiting", "checked": "done", "not_applicable": "closed"}
