"""The words around a number: what may stand before it and after it, in one spelling each."""

from __future__ import annotations

import re

BEFORE = {
    "延べ": "延べ|のべ|延",
    "概ね": "概ね|おおむね|大むね",
    "約": "約|およそ|凡そ|おおよそ",
    "ほぼ": "ほぼ",
    "平均": "平均",
    "最大": "最大|最高|上限",
    "最低": "最低|最小|下限|少なくとも",
    "年間": "年間",
    "毎年": "毎年度?|各年度?",
    "毎月": "毎月",
    "累計": "累計|累積",
    "合計": "合計|総計|計",
    "全": "全",
    "新規": "新規",
    "±": "±|プラスマイナス",
}
SIGNS = {
    "≧": "以上",
    "≥": "以上",
    ">=": "以上",
    "≦": "以下",
    "≤": "以下",
    "<=": "以下",
    ">": "超",
    "<": "未満",
}
AFTER = {
    "台後半": "台後半",
    "台前半": "台前半",
    "台半ば": "台半ば|台なかば",
    "台": "台",
    "程度": "程度|ほど|くらい|ぐらい|前後",
    "以上": "以上|≧|≥",
    "以下": "以下|≦|≤",
    "未満": "未満",
    "以内": "以内",
    "超": "超|を超える|超過|を上回る|を上回って",
    "弱": "弱",
    "強": "強",
    "余り": "余り|あまり|余",
    "累計": "の?累計|の?累積",
    "連続": "連続",
    "維持": "(?:の水準)?(?:を|の)?維持|をキープ",
}
FALL = {
    "減少": "減少|の減少|減少させる",
    "削減": "削減|の削減|を削減|削減する",
    "縮減": "縮減|の縮減|を縮減",
    "節減": "節減|の節減|を節減",
    "圧縮": "圧縮|の圧縮",
    "減額": "減額|の減額",
    "低下": "低下|の低下",
    "短縮": "短縮|の短縮|を短縮",
    "抑制": "抑制|の抑制",
    "減": "減|の減|ダウン|down",
}
RISE = {
    "増加": "増加|の増加|増加させる",
    "増額": "増額|の増額",
    "上昇": "上昇|の上昇",
    "向上": "向上|の向上",
    "拡大": "拡大|の拡大",
    "増": "増|の増|アップ|up",
}
STATUS = {
    "projected": "見込み?値?|(?:年度末)?予測値?|推計値?|決算見込み?",
    "preliminary": "速報値?|暫定値?|概数値?",
    "confirmed": "確定値?|確報値?",
    "revised": "修正値?|改定値?|改訂値?|訂正値?",
}
# A verdict printed in the cell of the actual: 「10.5%減 達成」
VERDICT = re.compile(
    r"(?:目標)?(?:未|非|一部|概ね|おおむね|ほぼ)?達成|やや遅れ.{0,4}|.{0,4}遅れ.{0,4}|(?:概ね|おおむね)?順調|(?:【?[SABCD][+*]?】?|[◎○△×●])"
)


# 「12回開催」: what was done so often is no part of the unit
DONE = re.compile(
    r"(?:を|が|の)?(?:開催|実施|参加|設置|導入|策定|締結|採用|作成|取得|登録|公表|整備|配置|雇用|創出|開設|発行|受入れ?|完了|着手|確保|達成)"
)


def _longest_first(words: dict[str, str]) -> list[tuple[str, re.Pattern[str]]]:
    """(normal word, spelling), the longest spelling first, since 台半ば must not be read as 台."""
    pairs = [(word, spelling) for word, spellings in words.items() for spelling in spellings.split("|")]
    return [(word, re.compile(spelling)) for word, spelling in sorted(pairs, key=lambda pair: -len(pair[1]))]


BEFORE_PATTERNS = _longest_first(BEFORE)
AFTER_PATTERNS = [(word, re.compile(rf"(?:{spellings})")) for word, spellings in AFTER.items()]
CHANGE_PATTERNS = _longest_first(FALL | RISE)
STATUS_PATTERNS = [(word, re.compile(rf"(?:{spellings})")) for word, spellings in STATUS.items()]
# 「以上を目指す」「とする」 add nothing to the value
PURPOSE = re.compile(r"(?:を|に|と)\s*(?:目指す|めざす|目指します|目標(?:とする)?|する)")
