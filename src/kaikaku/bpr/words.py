"""The words people read for what bpr stores as codes, in the order a form offers them."""

from __future__ import annotations

from kaikaku.core.bpr import STAGE_LABELS, Stage

STAGES = {stage.value: label for stage, label in STAGE_LABELS.items()}

# how a stage is coloured (look/text.html: state_pill); the word carries the meaning
STAGE_PILLS = {
    Stage.CANDIDATE: "waiting",
    Stage.SELECTED: "waiting",
    Stage.ANALYSING: "active",
    Stage.STARTED: "active",
    Stage.COMPLETED: "done",
    Stage.MONITORING: "done",
    Stage.SUSPENDED: "stop",
    Stage.DROPPED: "closed",
}

# the tools of the field; a project may use many or none (県税の減免事務 was a form made anew: "-")
TOOLS = {
    "rpa": "RPA",
    "ai_ocr": "AI-OCR",
    "chatbot": "AIチャットボット",
    "gen_ai": "生成AI",
    "no_code": "ノーコードツール",
    "e_form": "電子申請",
    "cloud_system": "クラウド",
    "e_approval": "電子決裁",
    "e_contract": "電子契約",
    "macro": "マクロ",
    "web_meeting": "Web会議",
    "ai_minutes": "AI会議録",
    "db": "データベース",
    "outsourcing": "外部委託",
    "other": "その他",
}

METHODS = {"measured": "実測", "sampled": "抽出して実測", "estimated": "見積り"}

OCCASIONS = {
    "expected": "着手前の見込み",
    "first": "導入時",
    "after_3": "3か月後",
    "after_12": "12か月後",
    "again": "そのほかの再測定",
}
# what was found once the new way was in use; the rest is only expected
FOUND = ("first", "after_3", "after_12", "again")
# occasions of which one finding stands at a time
ONCE = ("first", "after_3", "after_12")

NONE = "—"
