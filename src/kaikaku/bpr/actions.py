"""What the log calls each write of this app."""

SENTENCES = {
    "bpr.project.registered": "業務改革の案件を登録しました",
    "bpr.project.revised": "業務改革の案件を直しました",
    "bpr.project.advanced": "業務改革の段階を進めました",
    "bpr.project.steps_set": "業務の手順を直しました",
    "bpr.project.begun": "新しい方法を使い始めました",
    "bpr.project.retired": "新しい方法を使い終えました",
    "bpr.measurement.entered": "効果の測定を入力しました",
    "bpr.measurement.verified": "効果の測定を確かめました",
    "bpr.measurement.withdrawn": "効果の測定を取り下げました",
    "bpr.policy.set": "時間の換算を変更しました",
    "bpr.intake.taken": "業務改革の台帳のExcelを取り込みました",
    "bpr.total.published": "公表された件数を登録しました",
}

# whoever does one of these follows the project from then on
FOLLOWS = frozenset({"bpr.project.registered", "bpr.project.steps_set", "bpr.measurement.entered"})
