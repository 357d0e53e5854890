"""What the log calls each write of this app."""

SENTENCES = {
    "reporting.round.opened": "照会を始めました",
    "reporting.round.revised": "照会の内容・期限を変更しました",
    "reporting.chain.set": "確認の流れを決めました",
    "reporting.chain.cleared": "確認の流れを自動に戻しました",
    "reporting.edition.checks_set": "版の入力の点検を変更しました",
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
    "reporting.sheet.reassigned": "調書をほかの所属に移しました",
    "reporting.sheet.extended": "提出期限を延ばしました",
    "reporting.sheet.commented": "コメントを書きました",
    "reporting.sheet.imported": "調書にExcelの内容を取り込みました",
    "reporting.workbook.handed_out": "Excelの調書の様式を出力しました",
    "reporting.workbook.received": "Excelの調書の様式を受け取りました",
    "reporting.sheet.evidence_added": "根拠資料を付けました",
    "reporting.sheet.recomputed": "指標の値を記録から計算し直しました",
    "reporting.sheet.frozen": "記録から計算した値を固定しました",
    "reporting.sheet.refrozen": "記録に合わせて値を訂正し、固定し直しました",
    "reporting.binding.bound": "指標を記録に結び付けました",
    "reporting.binding.ended": "指標と記録の結び付けを解きました",
    "reporting.binding.set_aside": "この年度は手で入力することにしました",
    "reporting.binding.resumed": "この年度の値を記録から計算することに戻しました",
}

FIELDS = {"bundles": "取りまとめの段階", "final_post": "最後に確認する職"}

# whoever does one of these follows the sheet from then on
FOLLOWS = frozenset(
    {"reporting.sheet.submitted", "reporting.sheet.answered_none", "reporting.sheet.commented"}
)
