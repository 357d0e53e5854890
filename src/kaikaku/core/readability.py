"""What makes a public text hard to read, or a file hard to process: hints, never changes.

Sources: 文化審議会「公用文作成の考え方」(2022) for sentences and loanwords; 行政データの機械可読性ルール
L1-08 (2026) for 機種依存文字.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

LONG_SENTENCE = 60
"""Characters from which 公用文作成の考え方 asks a writer to consider shortening."""


@dataclass(frozen=True, slots=True)
class Hint:
    """Something to look at: positions in the text, the text itself, what to do; `code` says which check."""

    code: str
    start: int
    end: int
    text: str
    message: str


def sentences(text: str) -> list[tuple[int, str]]:
    """The sentences of a text with their positions. A 「。」 inside brackets ends none; a line end does.

    >>> sentences("提出する（様式は別紙。）。確認する。")
    [(0, '提出する（様式は別紙。）。'), (13, '確認する。')]
    """
    found, start, depth = [], 0, 0
    for i, character in enumerate(text):
        if character in "（(「『":
            depth += 1
        elif character in "）)」』":
            depth = max(depth - 1, 0)
        if character == "\n" or (character in "。！？" and not depth):
            found.append((start, text[start : i + 1]))
            start, depth = i + 1, 0
    found.append((start, text[start:]))
    return [(at + len(s) - len(s.lstrip()), s.strip()) for at, s in found if s.strip()]


def check_text(text: str, *, limit: int = LONG_SENTENCE) -> list[Hint]:
    """All hints on a text, in reading order."""
    checks: tuple[Callable[[], Iterator[Hint]], ...] = (
        lambda: _long_sentences(text, limit),
        lambda: _dependent_characters(text),
        lambda: _double_negatives(text),
        lambda: _loanwords(text),
    )
    return sorted((hint for check in checks for hint in check()), key=lambda hint: (hint.start, hint.code))


def _long_sentences(text: str, limit: int) -> Iterator[Hint]:
    for start, sentence in sentences(text):
        length = len(sentence)
        if length > limit:
            message = f"一文が{length}字あります。{limit}字を目安に、文を分けられないか確かめてください。"
            yield Hint("long_sentence", start, start + length, sentence, message)


# Characters that every Japanese system reads alike although Python's Shift_JIS table maps a twin of theirs.
_EVERYWHERE = frozenset("～－∥￠￡￢—―…¥‾\n\r\t")

_REPLACEMENTS = {
    "㎡": "平方メートル",
    "㎢": "平方キロメートル",
    "㎥": "立方メートル",
    "㎞": "km",
    "㎏": "kg",
    "㎝": "cm",
    "㎜": "mm",
    "㌧": "トン",
    "㌔": "キロ",
    "㌫": "%",
    "℡": "電話",
    "№": "No.",
    "髙": "高",
    "﨑": "崎",
    "㈱": "(株)",
}


def is_platform_dependent(character: str) -> bool:
    """Whether a character is 機種依存文字: outside JIS X 0208, or a half-width kana.

    >>> [c for c in "①Ⅰ㈱㎡ｱ髙高～1あ" if is_platform_dependent(c)]
    ['①', 'Ⅰ', '㈱', '㎡', 'ｱ', '髙']
    """
    if character in _EVERYWHERE or " " <= character <= "~":
        return False
    if "｡" <= character <= "ﾟ":
        return True
    try:
        character.encode("shift_jis")
    except UnicodeEncodeError:
        return True
    return False


def replacement_for(character: str) -> str | None:
    """What to write instead: ① → (1), Ⅰ → I, ㈱ → (株), ｱ → ア; None where only a person can tell."""
    if character in _REPLACEMENTS:
        return _REPLACEMENTS[character]
    return _spelled_out(character)


def plain_characters(text: str) -> str:
    """A text for data that every machine reads (rule L1-08): ① → (1), ㈱ → (株), Ⅱ → II, ㎡ → m2, ｱ → ア.

    What only a person can replace stays, and so does a kanji, which may be part of a name.

    >>> plain_characters("①㈱髙田、100㎡")
    '(1)(株)髙田、100m2'
    """
    if text.isascii():
        return text
    return "".join(_plain(c) if is_platform_dependent(c) else c for c in text)


def is_kanji(character: str) -> bool:
    """Whether a character is a kanji, 髙 and 﨑 among them."""
    return unicodedata.name(character, "").startswith("CJK ") and unicodedata.category(character) == "Lo"


def _plain(character: str) -> str:
    if is_kanji(character):
        return character
    return _spelled_out(character) or _REPLACEMENTS.get(character, character)


def _spelled_out(character: str) -> str | None:
    """What Unicode itself says a character stands for, where every machine has that."""
    plain = unicodedata.normalize("NFKC", character)
    name = unicodedata.name(character, "")
    if plain == character:
        number = unicodedata.digit(character, None)
        return f"({number})" if number is not None and "CIRCLED" in name else None
    if any(is_platform_dependent(c) for c in plain):
        return None
    return f"({plain.strip('()')})" if name.startswith(("CIRCLED", "PARENTHESIZED")) else plain


def _dependent_characters(text: str) -> Iterator[Hint]:
    for i, character in enumerate(text):
        if not is_platform_dependent(character):
            continue
        better = replacement_for(character)
        shown = character if character.isprintable() else f"U+{ord(character):04X}"
        advice = (
            f"「{better}」に置き換えてください。"
            if better
            else "別の文字や言葉に置き換えられないか確かめてください。"
        )
        yield Hint("platform_dependent", i, i + 1, character, f"「{shown}」は機種依存文字です。{advice}")


_DOUBLE_NEGATIVE = re.compile(
    r"(?:ない|なく)(?:こと|わけ|もの|の)?(?:は|も|では|でも)(?:ない|なく|ありません)|なければ[^。、\n]{1,12}(?:ない|ません)"
)
# duties are written so, and are plain
_DUTY = re.compile(r"なければなら|なければいけ|なければなりません")


def _double_negatives(text: str) -> Iterator[Hint]:
    for match in _DOUBLE_NEGATIVE.finditer(text):
        if _DUTY.match(match[0]):
            continue
        message = f"「{match[0]}」は二重否定です。肯定の形で書けないか確かめてください。"
        yield Hint("double_negative", match.start(), match.end(), match[0], message)


# Loanwords that plans use and residents ask about, with the plain word (公用文作成の考え方: replace, or
# explain).
LOANWORDS: dict[str, str] = {
    "アウトソーシング": "外部委託",
    "アジャイル": "状況に応じた見直し",
    "インセンティブ": "意欲を高める仕組み",
    "エビデンス": "根拠",
    "エンゲージメント": "仕事や職場への意欲と愛着",
    "ガバナンス": "組織を治める仕組み",
    "コンセンサス": "合意",
    "スキーム": "枠組み",
    "ステークホルダー": "関係者",
    "ソリューション": "解決策",
    "ダイバーシティ": "多様性",
    "トレードオフ": "両立しない関係",
    "ナレッジ": "知識",
    "ノウハウ": "知識や経験",
    "フレームワーク": "枠組み",
    "マネジメント": "管理・運営",
    "モニタリング": "継続的な確認",
    "ライフサイクル": "導入から廃止まで",
    "リスクヘッジ": "危険の回避",
    "リソース": "人や予算",
    "ロードマップ": "工程表",
    "ワークショップ": "参加型の話合い",
    "ワンストップ": "一か所での手続",
}
_KATAKANA = re.compile(r"[ァ-ヺー]{3,}")


def _loanwords(text: str) -> Iterator[Hint]:
    seen: set[str] = set()
    for match in _KATAKANA.finditer(text):
        word = match[0]
        plain = LOANWORDS.get(word)
        # one hint for each word, and none where the writer explains it in brackets or by a note mark
        if plain is None or word in seen or text[match.end() : match.end() + 1] in ("（", "(", "※", "＊"):
            continue
        seen.add(word)
        message = f"「{word}」は、「{plain}」などに言い換えるか、説明を添えられないか確かめてください。"
        yield Hint("loanword", match.start(), match.end(), word, message)
