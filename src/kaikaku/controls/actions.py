"""What the log calls each write of this app."""

SENTENCES = {
    "controls.year.opened": "内部統制の年度を始めました",
    "controls.year.revised": "内部統制の方針・対象を変更しました",
    "controls.year.drawn": "抽出点検の対象を抽出しました",
    "controls.year.opinion_noted": "監査委員の意見を記録しました",
    "controls.year.issued": "内部統制評価報告書を確定しました",
    "controls.risk.added": "リスクを登録しました",
    "controls.risk.revised": "リスクを変更しました",
    "controls.risk.retired": "リスクの管理を終えました",
    "controls.control.added": "統制を登録しました",
    "controls.control.revised": "統制を変更しました",
    "controls.control.retired": "統制をやめました",
    "controls.self_check.saved": "自己評価を保存しました",
    "controls.self_check.sent": "自己評価を提出しました",
    "controls.self_check.reopened": "自己評価を差し戻しました",
    "controls.sample_check.done": "抽出点検の結果を記録しました",
    "controls.deficiency.recorded": "不備を記録しました",
    "controls.deficiency.revised": "不備の記録を変更しました",
    "controls.incident.recorded": "事故・ミスを記録しました",
    "controls.incident.revised": "事故・ミスの記録を変更しました",
    "controls.rollout.asked": "水平展開を依頼しました",
    "controls.rollout.answered": "水平展開に回答しました",
}
FIELDS = {"answers": "回答", "drawn": "抽出した統制", "departments": "所属", "risks": "リスク"}
