"""What the log calls each write of this app."""

from kaikaku.ingest import words

SENTENCES = {
    "ingest.import.proposed": "文書を読み取り、取り込みの案を作りました",
    "ingest.import.head_corrected": "取り込みの表題・年度などを訂正しました",
    "ingest.import.accepted": "読み取った内容を取り込みました",
    "ingest.import.discarded": "取り込みを取りやめました",
    "ingest.proposal.corrected": "読み取った内容を訂正しました",
    "ingest.proposal.dropped": "読み取った内容を取り込みから外しました",
    "ingest.proposal.restored": "取り込みから外した内容を戻しました",
    "ingest.proposal.joined": "読み取った内容を1つに結合しました",
    "ingest.proposal.split": "読み取った内容を2つに分けました",
    "ingest.proposal.added": "取り込みの案に手で追加しました",
    "ingest.proposal.moved": "読み取った内容の位置を変えました",
    "ingest.proposal.converted": "読み取った内容の種類を変えました",
}

# Counts by kind, and what stands in a proposal's JSON.
FIELDS = {
    **words.FIELDS,
    **words.KINDS,
    "parent": "上の見出し",
    "count": "件数",
    "proposals": "読み取った内容",
    "first": "はじめの内容",
    "document": "文書",
    "sha256": "文書の照合値（SHA-256）",
    "edition": "取り込み先",
    "made": "追加",
    "changed": "変更",
}
