"""Do the words and the number say the same?"""

from __future__ import annotations

import re
from decimal import Decimal

from kaikaku.core.checks.model import Entry, Remark
from kaikaku.core.checks.rules import Setting
from kaikaku.core.checks.wording import amount, year
from kaikaku.core.indicators import Accumulation
from kaikaku.core.readability import sentences

_RISE = re.compile(r"増加|増え|上昇|伸び(?:た|て|る|ま)")
_FALL = re.compile(r"減少|減っ|減り|低下|下落|落ち込")
# what is wished for, feared or denied is no report of what happened
_NO_FACT = re.compile(
    r"(?:させる?|する|し|る)?(?:を|に|が|の|も|は)?(?:ため|よう|目指|図|向け|努め|見込|予定|想定|期待|懸念|防|抑|歯止|避け"
    r"|せず|しな|でき|至ら|なく|な[いか]|ませ|れば|た場合|てい(?:ない|ませ)|場合|率|幅|策|要因)"
)


def text_contradicts(entry: Entry, setting: Setting) -> Remark | None:
    """W: the text tells of a rise (増加) and the number fell, or of a fall (減少) and the number rose.

    Only a text that tells of one of the two is judged; one that weighs both is left to its reader.
    """
    moved = _movement(entry)
    if not moved or not entry.done:
        return None
    rise, fall = _told(entry.done, _RISE), _told(entry.done, _FALL)
    word, told = (rise, 1) if rise else (fall, -1)
    if bool(rise) == bool(fall) or (moved > 0) == (told > 0):
        return None
    assert entry.figure is not None
    assert entry.last is not None
    before, old = entry.last
    went = "増えて" if moved > 0 else "減って"
    message = (
        f"取組の内容に「{word}」とありますが、実績値は{year(before)}の{amount(entry, old)}から"
        f"{amount(entry, entry.figure)}に{went}います。文章か値を直してください。"
        "別の事柄についての文章であれば、その旨を理由に入力してください。"
    )
    return Remark(message, f"「{word}」", f"値の動き（{went[:-1]}た）に合う文章")


def _movement(entry: Entry) -> Decimal | None:
    """How the number moved; of a sum over years, how the yearly amount did, since the sum never falls."""
    if entry.figure is None or entry.last is None:
        return None
    moved = entry.figure - entry.last[1]
    if entry.accumulation is not Accumulation.CUMULATIVE:
        return moved
    if len(entry.history) < 2:
        return None
    return moved - (entry.history[-1][1] - entry.history[-2][1])


def _told(text: str, words: re.Pattern[str]) -> str:
    """The first of the words that a sentence states as a fact, with what stands around it; else ''."""
    if not words.search(text):
        return ""
    for _, sentence in sentences(text):
        for match in words.finditer(sentence):
            if not _NO_FACT.match(sentence, match.end()):
                return match.group()
    return ""
