"""What the log calls each write of this app."""

SENTENCES = {
    "reporting.round.opened": "照会を始めました",
    "reporting.round.revised": "照会の内容・期限を変更しました",
    "reporting.round.checks_set": "入力の点検を変更しました",
    "reporting.round.closed": "照会を締め切りました",
    "reporting.round.reminded": "催促を送りました",
    "reporting.sheet.saved": "調書を保存しました",
    "reporting.sheet.started": "調書の作成を始めました",
    "reporting.sheet.submitted": "調書を提出しました",
    "reporting.sheet.answered_none": "該当なしと回答しました",
    "reporting.sheet.confirmed": "調書を確認しました",
    "reporting.sheet.bundled": "調書を取りまとめました",
    "reporting.sheet.accepted": "調書を受理しました",
    "reporting.sheet.reported": "調書を本部会議報告済みにしました",
    "reporting.sheet.published": "調書を公表済みにしました",
    "reporting.sheet.corrected": "公表済みの調書に訂正を記録しました",
    "reporting.sheet.returned": "調書を差し戻しました",
    "reporting.sheet.undone": "直前の手続を取り消しました",
    "reporting.sheet.extended": "提出期限を延ばしました",
    "reporting.sheet.commented": "コメントを書きました",
    "reporting.sheet.evidence_added": "根拠資料を付けました",
}
