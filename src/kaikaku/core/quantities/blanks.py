"""Cells without a number, told apart: a dash, 「なし」, 「集計中」 and an empty cell differ in meaning."""

from __future__ import annotations

import re

from kaikaku.core.text import is_dash, narrow

# code → (what a person reads, what is printed back)
REASONS = {
    "empty": ("記入がありません", ""),
    "dash": ("「－」と記されています（意味は書かれていません）", "－"),
    "ellipsis": ("「…」と記されています（不詳）", "…"),
    "asterisk": ("「*」で伏せられています", "***"),
    "overflow": ("列の幅が足りず「#」と表示されています。元の表を開いて確かめてください", "######"),
    "not_applicable": ("該当がないと記されています", "該当なし"),
    "none": ("「なし」と記されています", "なし"),
    "not_done": ("未実施です", "未実施"),
    "adjusting": ("調整中です", "調整中"),
    "counting": ("集計中です", "集計中"),
    "not_settled": ("未確定です", "未確定"),
    "not_published": ("未公表です", "未公表"),
    "provisional": ("「暫定値」とだけ記され、数値がありません", "暫定値"),
    "not_measurable": ("測定不能です", "測定不能"),
    "hard_to_assess": ("評価困難です", "評価困難"),
    "not_assessed": ("評価されていません", "評価なし"),
    "no_data": ("データがありません", "データなし"),
    "unknown": ("不明と記されています", "不明"),
    "suppressed": ("秘匿されています", "x"),
    "cancelled": ("中止です", "中止"),
    "ditto": ("「〃」（上に同じ）と記されています。もとの欄を確かめてください", "〃"),
    "maintain": ("数値ではなく「維持」という目標です", "維持"),
    "mark": ("数値ではなく記号で記されています", ""),
    "not_detected": ("検出されていません（定量できる下限に満たない値です）", "不検出"),
    "sheet_error": ("表計算のエラーが表示されています。元の表の数式を確かめてください", "#N/A"),
    "date": ("数値ではなく時期で記されています", ""),
    "day_length": ("1日が何時間かが書かれていないため、換算できません", ""),
    "several": ("数値が二つ以上あり、どれを採るか決められません", ""),
    "words": ("数値ではなく文で記されています", ""),
    "unreadable": ("数値として読み取れません。元の資料を確かめてください", ""),
}

_WORDS = {
    "not_applicable": r"n/a|n\.a\.|該当(?:なし|無し|無|せず|しない)|非該当|対象外|対象なし|適用なし",
    "none": "なし|無し|無",
    "not_done": "未実施|実施(?:なし|せず|していない)|未着手|未策定|未整備",
    "adjusting": "調整中|検討中|協議中",
    "counting": "(?:現在)?(?:集計|調査|精査|算定|算出|確認|作業)中|未集計",
    "not_settled": "未確定|未定|確定前|今後(?:設定|確定)|設定中",
    "not_published": "未公表|公表前|公表待ち",
    "provisional": "暫定値?|速報値?|見込値?|見込み値?|概数",
    "not_measurable": "(?:測定|計測|算定|算出|把握)(?:不能|不可|できず|困難)",
    "hard_to_assess": "(?:評価|判定|評定)(?:困難|不能|不可|できず)",
    "not_assessed": "(?:評価|判定)(?:なし|せず|対象外)|未評価",
    "no_data": "(?:データ|数値|実績値?|資料|調査)(?:なし|無し|がない)|未調査|未把握",
    "unknown": "不明|不詳|未詳",
    "suppressed": "x|χ|秘匿",
    "cancelled": "(?:調査|事業|実施|開催)?(?:中止|取りやめ|廃止)",
    "ditto": "〃|々|同上|同左|同右|\"|''|″",
    "maintain": "(?:現状|現行|現在の?|前年度?)?(?:水準|値)?(?:を|の)?(?:維持|継続)|現状(?:どおり|通り)",
    "not_detected": r"nd|n\.d\.|不検出|検出されず",
    "mark": "[○◎△▲×✕●〇◯☆★✓✔レ]|[a-ds][+-]?",
    "ellipsis": r"[…‥⋯]+|\.{2,}|[・･]{2,}",
    "asterisk": r"[*＊∗✱※]+",
    "overflow": r"#{2,}",
}
_PATTERNS = [(code, re.compile(words)) for code, words in _WORDS.items()]
_SHEET_ERROR = re.compile(r"#(?:n/a|div/0!|value!|ref!|name\?|num!|null!)")
_WRAPPING = re.compile(r"^[(\[〔【<「]\s*(.*?)\s*[)\]〕】>」]$")


def blank_reason(text: str) -> str | None:
    """The code of REASONS for a cell that is known to hold no number; None for any other text.

    >>> [blank_reason(t) for t in ("", "－", "(未確定)", "N/A", "なし", "######", "***", "0", "5件")]
    ['empty', 'dash', 'not_settled', 'not_applicable', 'none', 'overflow', 'asterisk', None, None]
    """
    plain = "".join(narrow(text).split()).lower()
    wrapped = _WRAPPING.match(plain)
    if wrapped and wrapped[1]:
        plain = wrapped[1]
    if not plain:
        return "empty"
    if _SHEET_ERROR.fullmatch(plain):
        return "sheet_error"
    if any(character.isdigit() for character in plain):
        return None
    if is_dash(plain):
        return "dash"
    return next((code for code, pattern in _PATTERNS if pattern.fullmatch(plain)), None)


def reason_text(code: str) -> str:
    """The reason in words for a reader.

    >>> reason_text("counting")
    '集計中です'
    """
    return REASONS[code][0]


def reason_sign(code: str) -> str | None:
    """What is printed in a table for the reason; None where only the original text can say it."""
    return REASONS[code][1] or ("" if code == "empty" else None)
