"""Where the Japanese fonts are that papers embed. They are put there by set-up, never committed."""

from __future__ import annotations

import os
from pathlib import Path

from kaikaku.core.errors import RuleViolation

PREFERRED = ("BIZUDPGothic-Regular.ttf", "NotoSansJP-Regular.otf")
FAMILIES = ("BIZ UDPGothic", "Noto Sans JP")
SYSTEM = (
    Path("/usr/share/fonts/truetype/bizud-gothic"),
    Path("/usr/share/fonts/opentype/noto"),
    Path("C:/Windows/Fonts"),
)


def font_folder() -> Path:
    """The folder of the fonts: KAIKAKU_FONTS, else `vendor/fonts` beside the program, else the system's.

    Raises RuleViolation with what to do where there is none.
    """
    named = os.environ.get("KAIKAKU_FONTS")
    beside = Path(__file__).resolve().parents[3] / "vendor" / "fonts"
    for folder in (*([Path(named)] if named else []), beside, *SYSTEM):
        if any((folder / name).is_file() for name in PREFERRED):
            return folder
    raise RuleViolation(
        "fonts.missing",
        "PDFに埋め込む日本語フォントがありません。make run をもう一度実行するか、"
        "環境変数 KAIKAKU_FONTS に BIZUDPGothic-Regular.ttf のあるフォルダーを指定してください。",
    )
