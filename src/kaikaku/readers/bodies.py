"""The bodies that publish plans: the 47 prefectures as data, municipalities by the shape of their names.

Codes are the 団体コード of the Ministry of Internal Affairs with its check digit (domain.md §10).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PREFECTURES = (
    "北海道 ほっかいどう|青森県 あおもり|岩手県 いわて|宮城県 みやぎ|"
    "秋田県 あきた|山形県 やまがた|福島県 ふくしま|茨城県 いばらき|"
    "栃木県 とちぎ|群馬県 ぐんま|埼玉県 さいたま|千葉県 ちば|"
    "東京都 とうきょう|神奈川県 かながわ|新潟県 にいがた|富山県 とやま|"
    "石川県 いしかわ|福井県 ふくい|山梨県 やまなし|長野県 ながの|"
    "岐阜県 ぎふ|静岡県 しずおか|愛知県 あいち|三重県 みえ|"
    "滋賀県 しが|京都府 きょうと|大阪府 おおさか|兵庫県 ひょうご|"
    "奈良県 なら|和歌山県 わかやま|鳥取県 とっとり|島根県 しまね|"
    "岡山県 おかやま|広島県 ひろしま|山口県 やまぐち|徳島県 とくしま|"
    "香川県 かがわ|愛媛県 えひめ|高知県 こうち|福岡県 ふくおか|"
    "佐賀県 さが|長崎県 ながさき|熊本県 くまもと|大分県 おおいた|"
    "宮崎県 みやざき|鹿児島県 かごしま|沖縄県 おきなわ"
)


def _code(number: int) -> str:
    """The prefecture's code with its check digit: 青森 2 → 020001."""
    digits = f"{number:02d}000"
    total = sum(int(digit) * weight for digit, weight in zip(digits, (6, 5, 4, 3, 2), strict=True))
    return f"{digits}{(11 - total % 11) % 10}"


@dataclass(frozen=True, slots=True)
class Prefecture:
    """A prefecture: official name, reading without 都道府県, code of six digits."""

    name: str
    kana: str
    code: str


PREFECTURES = tuple(
    Prefecture(name, kana, _code(number))
    for number, (name, kana) in enumerate((entry.split() for entry in _PREFECTURES.split("|")), start=1)
)
_BY_NAME = {prefecture.name: prefecture for prefecture in PREFECTURES}
_KATAKANA = str.maketrans({chr(code): chr(code - 0x60) for code in range(ord("ァ"), ord("ヷ"))})

# What follows the name of a body in the title of a plan; without one of these 「市」 may be any 市.
_AFTER_NAME = (
    r"(?=行|第|新|総合|財政|集中|経営|改革|デジタル|[DＤ][XＸ]|業務|事務|職員|定員|人材|組織|内部|公共|公社|外郭|中期|中長期|未来|持続"
    r"|スマート|アウトソーシング|民間|地域|協働|健全|財務|情報|IT|IC|自治|都市|公営|水道|病院|指針|職場|働き方|ゼロ|選択|指定管理|県政|市政|町政|村政|区政|都政|府政|道政|まち|長期|基本|実施|推進|令和|平成|における|に|の|版|R\d"
    r"|総務|企画|政策|知事|長|議会|教育|[「『【（(]|[\s　]|$)"
)
_NOT_NAMES = re.compile(
    r"^(?:.*(?:市町|本|各|全|当|同|他|近隣|県内|都道府|政令|中核|指定都|大都|特別)|都|道府|府|県|市|区|町|村|.*の)$"
)
_MUNICIPALITY = re.compile(rf"([一-龥々ヶケヵぁ-んァ-ヴー]{{1,7}}?(?:市|区|町|村)){_AFTER_NAME}")
_PREFECTURE = re.compile("|".join(f"{p.name}(?!民|庁内|内|道|外|産|境|北|南|東部|西部)" for p in PREFECTURES))
_OTHER_PREFECTURE = re.compile(rf"(?<![一-龥々ァ-ヴー])([一-龥々ァ-ヴーぁ-ん]{{1,5}}?[都府県]){_AFTER_NAME}")
_OTHER_BODY = re.compile(
    rf"([一-龥々ァ-ヴーぁ-ん]{{2,20}}?(?:広域連合|企業団|一部事務組合|事務組合|圏組合|機構)|[一-龥]{{1,6}}[省庁]){_AFTER_NAME}"
)
_ALONE = re.compile(
    r"(?:(?P<prefecture>[一-龥]{2,3}[都道府県])[\s　]*)?"
    r"(?P<name>[一-龥々ヶケヵぁ-んァ-ヴー]{1,8}(?:市|区|町|村|県|都|府|道)|"
    r"[一-龥ァ-ヴー]{2,20}(?:省|庁|企業団|広域連合|一部事務組合|組合|機構))"
)
_LONGEST_MENTION = 200  # characters of a line in which a body is looked for
_CHIEF = re.compile(
    r"(?:知事|市長|町長|村長|区長|議会|教育委員会|総務部|企画部|総合政策部|行政改革推進(?:本部|室|課).*)?$"
)


@dataclass(frozen=True, slots=True)
class Body:
    """The organisation a text names; `inferred` says how, where it is not written out."""

    name: str
    code: str | None = None
    inferred: str | None = None


def body_alone(text: str) -> Body | None:
    """The body that a whole line names, as on a title page: 「青森県」 「みほん県 みほん市」.

    >>> body_alone("青森県"), body_alone("総務部 人事課")
    (Body(name='青森県', code='020001', inferred=None), None)
    """
    match = _ALONE.match(text.replace(" ", "").replace("　", ""))
    if match is None or _NOT_NAMES.match(match["name"]):
        return None
    rest = text.replace(" ", "").replace("　", "")[match.end() :]
    return body_named(match["name"]) if rest == "" or (_CHIEF.match(rest) and len(rest) <= 14) else None


def body_in(text: str) -> Body | None:
    """The body a title or a heading begins with or mentions; a municipality before its prefecture.

    >>> body_in("第3次東村山市行財政改革大綱").name, body_in("山口県デジタル推進本部会議").name
    ('東村山市', '山口県')
    >>> body_in("市町村との連携") is None, body_in("県民の視点に立った改革") is None
    (True, True)
    """
    text = text[:_LONGEST_MENTION]
    plain = re.sub(
        r"第?[0-9０-９一二三四五六七八九十]+[次期](?=\S)|(?:令和|平成)?[0-9０-９元]+年度版?", " ", text
    )
    for match in _MUNICIPALITY.finditer(plain):
        name = _without_prefecture(match.group(1))
        if len(name) >= 2 and not _NOT_NAMES.match(name[:-1]) and not _NOT_NAMES.match(name):
            return body_named(name)
    prefecture = _PREFECTURE.search(plain)
    if prefecture:
        return body_named(prefecture.group())
    body = _OTHER_BODY.match(plain.strip())
    if body:
        return body_named(body.group(1))
    other = _OTHER_PREFECTURE.search(plain)
    return body_named(other.group(1)) if other and not _NOT_NAMES.match(other.group(1)) else None


def body_from_kana(text: str) -> Body | None:
    """The prefecture whose reading a title carries in kana (みやぎ…プラン → 宮城県); inferred, so to be
    confirmed.

    >>> body_from_kana("みやぎ行政運営プラン").name, body_from_kana("いわて県民計画").name
    ('宮城県', '岩手県')
    """
    hiragana = text.translate(_KATAKANA)
    for prefecture in sorted(PREFECTURES, key=lambda p: -len(p.kana)):
        pattern = rf"(?<![ぁ-んー]){prefecture.kana}(?![ぁ-んー])"
        if len(prefecture.kana) >= 2 and re.search(pattern, hiragana):
            return Body(prefecture.name, prefecture.code, inferred=prefecture.kana)
    return None


def body_named(name: str) -> Body:
    known = _BY_NAME.get(name)
    return Body(name, known.code if known else None)


def _without_prefecture(name: str) -> str:
    for prefecture in PREFECTURES:
        if name.startswith(prefecture.name) and len(name) > len(prefecture.name) + 1:
            return name[len(prefecture.name) :]
    return name
