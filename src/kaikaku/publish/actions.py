"""What the log calls each write of this app."""

SENTENCES = {
    "publish.publication.frozen": "公表する内容を固定しました",
    "publish.publication.printed": "公表しました",
    "publish.publication.failed": "公表の印刷に失敗しました（前回の公表はそのままです）",
    "publish.publication.withdrawn": "公表を取り下げました",
}

FIELDS = {"errata": "正誤表の件数", "address": "番地"}
