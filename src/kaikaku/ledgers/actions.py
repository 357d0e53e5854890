"""What the log calls each write of this app."""

SENTENCES = {
    "ledgers.ledger.opened": "台帳を使い始めました",
    "ledgers.ledger.changed": "台帳の項目を変更しました",
    "ledgers.ledger.covered": "台帳で集計する年度を決めました",
    "ledgers.ledger.retired": "台帳の使用を終えました",
    "ledgers.ledger.resumed": "台帳の使用を再び始めました",
    "ledgers.record.written": "台帳に記録しました",
    "ledgers.record.revised": "台帳の記録を変更しました",
    "ledgers.record.withdrawn": "台帳の記録を取り消しました",
    "ledgers.record.restored": "台帳の記録の取消しを戻しました",
    "ledgers.figures.written": "台帳の年度の値を記録しました",
    "ledgers.intake.taken": "台帳のExcelを取り込みました",
}
