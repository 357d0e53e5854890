"""The words of the field as data: what heads a column, names a grade, a part, a table, a title
(conventions.md).

Words are compared after `core.text.fold` and the longest that fits wins, because 達成 stands inside 未達成
and
目標 inside 目標指標.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from kaikaku.core.text import fold

# role → column headers. `current` (現状値) is the baseline in some plans and the latest actual in others.
HEADERS: Mapping[str, str] = {
    "name": (
        "指標 指標名 指標名称 目標指標 主な目標指標 目標項目 成果指標 活動指標 行動指標 "
        "アウトカム指標 アウトプット指標 達成指標 評価指標 管理指標 参考指標 指標項目 数値目標項目 "
        "数値目標の項目 項目 項目名 KPI 重要業績評価指標 重要業績評価指標(KPI) 主な数値目標 評価項目 "
        "目標名 指標の名称 取組指標 取組目標 測定指標 モニタリング指標 進捗指標 効果指標 定量的指標 "
        "KGI 名称 事項 内訳 指標等"
    ),
    "name_or_target": "達成目標 成果目標 数値目標 目標内容",
    "name_or_kind": "区分 種別 種類 内容 年度区分",
    "baseline": (
        "基準値 基準 基準年度 基準年 基準年値 初期値 策定時 策定時の数値 計画策定時 計画策定時の数値 "
        "計画策定時の値 計画策定時の現状値 策定時の現状値 計画開始前 計画開始前(実績ベース) "
        "計画開始時 ベースライン ベースライン値 当初 当初値 導入前 従来値 従前値 見直し前 改革前 "
        "実施前 スタート値 出発点 基準時 策定時点 計画当初 計画前 基準値(実績) 基準年度実績 "
        "基準年度値 現状(計画策定時) 現状値(計画策定時) 現状値(策定時) 現状値(基準値) 基準となる値 "
        "Before"
    ),
    "current": "現状値 現状 現状の値 現在の状況 現状数値",
    "target": (
        "目標 目標値 年度目標 年度目標値 中間目標 中間目標値 最終目標 最終目標値 最終年度目標 "
        "最終年度目標値 計画目標 計画最終目標 5ヵ年目標 5か年目標 5カ年目標 到達目標 目標値(期限) "
        "成果目標(期限) 目標(期限) 計画 計画値 計画額 計画額a 計画数 計画(目標) プラン 当初見込み "
        "目標水準 目標数値 目標年度 目標数 目標額 目標件数 目標効果額 計画効果額 効果見込額 "
        "効果額(計画) 目標時期 KPI目標値 数値目標値 目標値(A) 目標(A) 目標値a 目標値A 要求水準 "
        "目指す値 目指す水準 めざす値 めざそう値 削減目標 節減目標額 After"
    ),
    "expected": "期待値 想定値",
    "actual": (
        "実績 実績値 年度実績 年度実績値 最新値 最新実績 直近値 直近の値 直近実績 直近の実績 現在値 "
        "現況値 現況 達成額 決算額 決算額b 活動実績 導入後 成果実績 実績額 実績数 実績件数 "
        "実績効果額 効果額(実績) 決算 達成値 達成状況(実績) 実績(B) 実績値(B) 実績値b 実績値B "
        "見直し後 改革後 実施後 結果 測定結果 測定値 取組実績 取組結果 到達値"
    ),
    "forecast": (
        "見込 見込み 見込値 見込額 実績見込 実績見込み 年度末見込 年度末見込み 決算見込 決算見込み "
        "着地見込 見通し 年度見込 予測値"
    ),
    "rate": (
        "達成率 達成度 進捗率 達成率(%) 進捗状況 目標達成状況 目標達成率 目標達成度 "
        "目標に対する達成率 実施率 削減率 増減率 取得率 進捗度 執行率 (b)/(a) b/a b/a*100 b÷a "
        "b÷a×100 達成割合 進捗割合 進捗 最終目標達成率 年度目標達成率 計画比 目標比"
    ),
    "grade": (
        "評価 判定 自己評価 進展度 評価原案 進捗状況判定 達成評価 達成区分 評価区分 評価結果 "
        "達成状況 総合評価 達成度評価 進捗評価 目標達成度評価 ランク 評定 進捗区分 進捗判定 "
        "評価ランク 達成度区分 指標評価 最終評価 内部評価 外部評価 達成度合い 評価(達成度)"
    ),
    "unit": "単位",
    "year": "年度 年 年次 時期",
    "difference": (
        "差 差額 上積み額 増減 増減額 増減数 対前年比 対前年度比 前年比 前年度比 差引 増減(b-a) 比較 "
        "前年度差 改善幅 伸び率"
    ),
    "total": "計 合計 小計 累計 総計 期間計 5年間計 5か年計 計画期間累計 5年間累計",
    "group": (
        "分野 柱 施策 政策 政策分野 基本方針 基本目標 視点 取組項目 取組事項 取組 取組名 取組内容 "
        "具体的取組 改革項目 実施項目 推進項目 推進事項 重点項目 重点施策 大項目 中項目 小項目 体系 "
        "カテゴリ 分類 部門 会計区分 戦略 プログラム 改革の柱 方向性 主要施策 基本施策"
    ),
    "count": "指標数 項目数 対象指標数 取組数 施策数 項目総数 対象数 評価対象数 取組項目数 事業数",
    "number": "No No. 番号 # 整理番号 項番 通番 通し番号 指標番号 連番 コード NO",
    "owner": (
        "担当 担当課 担当部署 担当部局 所管 所管課 所管部局 担当課室 部署 主管課 関係課 所属 課名 "
        "部局名 実施主体 担当部 担当所属 所管部署 推進部署"
    ),
    "note": (
        "備考 摘要 特記事項 説明 考え方 コメント 理由 要因 要因分析 分析 主な要因 指標の説明 "
        "算出方法 算定方法 算出式 出典 定義 指標の定義 目標設定の考え方 設定理由 今後の方向性 "
        "今後の取組 今後の対応 課題 主な取組 取組の成果 取組状況 実施状況 評価理由 補足 把握方法 "
        "データ出典 指標の考え方 主な成果"
    ),
}

# Labels that say which figures a row holds, where a row is a year's targets or actuals (Mie's form).
ROW_KINDS: Mapping[str, str] = {
    "target": "目標 目標値 計画 計画値 年度目標 目標(a) 目標値(a) プラン",
    "actual": "実績 実績値 結果 実績(b) 実績値(b) 決算 達成値",
    "forecast": "見込 見込み 見込値 実績見込",
    "expected": "期待値",
    "baseline": "基準値 基準 現状値 策定時",
    "rate": "達成率 進捗率 達成度 達成率(%)",
    "grade": "評価 判定 自己評価",
    "difference": "差 差額 増減 前年比",
}

# A heading or caption made of these names the table below it and is no section of its own.
TABLE_NAMES = re.compile(
    r"(?:主な|参考|関連する|主要な?|関連)?(?:目標指標|成果指標|活動指標|行動指標|数値目標|評価指標|指標|達成目標|成果目標|管理指標|KPI|重要業績評価指標)"
    r"(?:一覧表?|等|の一覧|の状況|の達成状況|の進捗状況|の推移|・目標値?|と目標値?|及び目標値?|\(KPI\)|（KPI）|（重要業績評価指標）|の達成度)?"
)

ACHIEVEMENT = "achievement"
PLAN = "plan"
# What a part of the document tells: what was done, or what is to be done. Longest word first.
KINDS: Mapping[str, str] = {
    ACHIEVEMENT: (
        "取組実績 実績 成果 取組成果 主な成果 取組状況 実施状況 進捗状況 実施内容 取組結果 達成状況 "
        "実施結果 実施した取組 評価結果 これまでの取組 実績・成果 主な取組実績 取組内容及び成果 "
        "取組の成果 検証結果 点検結果 実績報告 取組経過 報告書 年次報告 最終報告 中間報告"
    ),
    PLAN: (
        "取組計画 実施計画 計画 予定 取組予定 実施予定 今後の取組 今後の予定 今後の方針 今後の方向性 "
        "取組方針 取組方向 推進方針 次年度の取組 翌年度の取組 今後の取組方針 行動計画 取組目標 "
        "計画内容 今後の対応"
    ),
}

_GRADE_WORDS = (
    "達成 概ね達成 おおむね達成 ほぼ達成 一部達成 未達成 非達成 目標達成 目標を上回って達成 やや遅れ "
    "遅れ 大幅な遅れ 順調 概ね順調 おおむね順調 やや遅れている 遅れている 測定不能 評価困難 評価不能 "
    "評価なし 評価対象外 未確定 未着手 取組中 実施中 一部実施 実施済 完了 完了済 中止 廃止 縮小 拡大 "
    "改善 現状継続 現状維持 継続 進んだ ある程度進んだ 進まなかった 有効 おおむね有効 採用 一部採用 "
    "不採用 差し戻し 計画以上 計画どおり 計画通り 時期の遅れ 廃止方向 判断できない 悪化 変わらない S "
    "A B C D E F X Y Z N A+ B+ C+ A- B- B* ◎ ○ △ × ● ☆ ★ a b c d e 1 2 3 4 5 Ⅰ Ⅱ Ⅲ Ⅳ"
)

TITLE_WORDS = re.compile(
    r"プラン|計画|大綱|方針|指針|戦略|ビジョン|取組状況|進捗状況|実施状況|達成状況|取り?組み?状況|報告書?|評価書?|概要版?|について|結果|アクション|プログラム|実績|まとめ|"
    r"推進状況|一覧|調書|資料|改革|点検|検証|マネジメント|素案|案\)?$|骨子|見直し"
)
PLAN_WORD_END = re.compile(r"(?:プラン|計画|大綱|方針|指針|戦略|ビジョン|プログラム)(?:[（(].{1,30}[)）])?$")
REPORT_LINE = re.compile(
    r"(?:について|報告書?|概要版?|評価書|(?:取組|進捗|実施|達成|推進)状況|(?:評価|点検|検証)結果|実施計画|行動計画|実績|一覧|まとめ|本編|資料編|〔.*〕|[（(].{1,30}[)）])$"
)
MEETING = re.compile(
    r"第\s*[0-9０-９一二三四五六七八九十]+\s*回|会議|委員会|審議会|協議会|本部員会議|懇話会|庁議|議会|資料\s*[0-9０-９]+|別紙|参考資料|様式|別添|配布|非公開|取扱注意"
)
# Chapters that carry material of their own numbering.
APPENDIX = re.compile(
    r"(?:参考資料|資料編|資料|付録|附属資料|付属資料|参考|巻末資料|別紙|別表|関係資料|用語集|用語解説|資料集)\s*[0-9０-９]*"
)
CONTACT = re.compile(
    r"(?:この(?:ページ|記事)に関する)?(?:お?問い?合わ?せ(?:先)?|連絡先|担当(?:課|部署)?)(?:はこちら)?|関連(?:リンク|情報|ファイル|ページ|記事)"
    r"|(?:添付|ダウンロード)(?:ファイル)?|PDFファイル|ご意見.{0,12}|このページの先頭へ|ページトップへ|アンケート"
)
# One-word lines that head what stands under them, in every kind of plan.
_LABELS = (
    "はじめに おわりに 現状 課題 現状と課題 現状・課題 現状及び課題 背景 背景と課題 目的 趣旨 概要 "
    "概況 総括 総論 各論 位置付け 位置づけ 目標 実績 成果 効果 期待される効果 期待する効果 取組内容 "
    "取組の内容 取組状況 取組概要 取組の概要 取組の方向性 取組方針 取組目標 取組実績 取組計画 "
    "主な取組 主な取組内容 具体的な取組 具体的取組 具体的な取組内容 今後の取組 今後の方向性 "
    "今後の方針 今後の予定 今後の課題 年度計画 年次計画 実施計画 実施内容 実施状況 実施スケジュール "
    "スケジュール 進捗状況 評価 評価理由 評価と課題 推進体制 進行管理 基本的な考え方 基本方針 "
    "基本理念 計画期間 取組期間 推進期間 対象期間 計画の期間 数値目標 成果指標 活動指標 指標 用語解説"
)
SAME_AGAIN = re.compile(r"[【\[(（〔]\s*再掲\s*[】\])）〕]")
UNIT_CAPTION = re.compile(
    r"[（(\[【〔]?\s*単位\s*[:：;；]?\s*(?P<unit>[^()（）\[\]【】〔〕]{1,24}?)\s*[)）\]】〕]?"
)


@lru_cache(maxsize=8)
def _by_length(name: str) -> tuple[tuple[str, str], ...]:
    table = {"headers": HEADERS, "rows": ROW_KINDS, "kinds": KINDS}[name]
    words = [(fold(word), role) for role, spelled in table.items() for word in spelled.split()]
    return tuple(sorted(set(words), key=lambda pair: (-len(pair[0]), pair)))


@lru_cache(maxsize=4096)
def header_role(text: str) -> str | None:
    """What a column under this header holds, by the longest word that the header is or ends with.

    >>> [header_role(t) for t in ("目標指標", "R6目標値", "令和4年度 実績", "現状値", "達成率（％）")]
    ['name', 'target', 'actual', 'current', 'rate']
    >>> header_role("計画開始前（実績ベース）")
    'baseline'
    """
    plain = fold(text)
    stripped = re.sub(r"[(\[【〔<].*?[)\]】〕>]", "", plain)
    inside = re.findall(r"[(\[【〔<](.+?)[)\]】〕>]", plain) if not stripped else []
    candidates = [plain, *(text for text in (stripped, *inside) if text and text != plain)]
    for candidate in candidates:
        exact = next((role for word, role in _by_length("headers") if word == candidate), None)
        if exact:
            return exact
    for candidate in reversed(candidates):
        role = _longest_at_edge(candidate, _by_length("headers"))
        if role:
            return role
    return None


def _longest_at_edge(text: str, words: Iterable[tuple[str, str]]) -> str | None:
    """The role of the longest word the text ends with, else begins with; one-letter words never count so."""
    for word, role in words:
        if len(word) >= 2 and text.endswith(word):
            return role
    for word, role in words:
        if len(word) >= 2 and text.startswith(word):
            return role
    return next((role for word, role in words if len(word) >= 3 and word in text), None)


def row_kind(text: str) -> str | None:
    """Whether a row label says target, actual or another role, being nothing else."""
    plain = re.sub(r"^(?:[a-z]\d{1,2}|(?:令和|平成)(?:\d{1,2}|元)(?:年度?)?)", "", fold(text))
    return next((role for word, role in _by_length("rows") if word == plain), None)


def kind_of(text: str) -> str | None:
    """achievement or plan, by the longest word of `KINDS` that the text holds last."""
    plain = fold(text)
    found: list[tuple[int, int, str]] = []
    for word, kind in _by_length("kinds"):
        at = plain.rfind(word)
        if at >= 0:
            found.append((at + len(word), len(word), kind))
    return max(found)[2] if found else None


def is_kind(text: str) -> bool:
    """Whether a title says only what is told of: 「今後の取組」, 「主な実績」."""
    plain = re.sub(r"^(?:主な|主要な)", "", fold(text))
    return any(word == plain for word, _ in _by_length("kinds"))


@lru_cache(maxsize=1)
def _labels() -> frozenset[str]:
    return frozenset(fold(word) for word in _LABELS.split())


def is_label(text: str) -> bool:
    """Whether a line is one of the words that head a passage and nothing else: 現状と課題, 取組内容."""
    return fold(text) in _labels()


@lru_cache(maxsize=1)
def _grades() -> frozenset[str]:
    return frozenset(fold(word) for word in _GRADE_WORDS.split())


def is_grade(text: str) -> bool:
    """Whether a cell holds a grade and nothing else: A, ◎, 概ね達成, 【B】, A（達成）."""
    plain = re.sub(r"^[【\[(「]|[】\])」]$", "", fold(text))
    if plain in _grades():
        return True
    match = re.fullmatch(r"(.+?)[(【\[](.+?)[)】\]]", plain)
    return match is not None and match.group(1) in _grades() and match.group(2) in _grades()
