"""What this app records, in Japanese."""

SENTENCES = {
    "sources.document.kept": "出典の文書を受け入れました",
    "sources.document.revised": "出典の表題・公表日を改めました",
    "sources.document.opened": "出典の文書を、職員と委員の全員が見られるようにしました",
    "sources.document.downloaded": "出典の原本を取り出しました",
}

FIELDS = {"sha256": "照合値（SHA-256）"}
