"""The thirty rules as data: 行政データにおける機械可読性に関するルール (デジタル庁, decided 2026-03-31).

Numbers, severities and deductions are those of the rule and of the sample scorer published beside it; titles
and advice are our words. `old` names the items of the 2020 統計表における機械判読可能なデータの表記方法の統一
ルール that a rule continues. See docs/decisions/0004-machine-readability.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """How much a broken rule costs; a fatal one takes the whole score of its level."""

    FATAL = "fatal"
    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS: Final = {
    Severity.FATAL: "致命的",
    Severity.CRITICAL: "重大",
    Severity.MAJOR: "中程度",
    Severity.MINOR: "軽微",
}
WHOLE_SCORE: Final = 100
DEDUCTIONS: Final[Mapping[tuple[Severity, int], int]] = {
    (Severity.CRITICAL, 1): 10,
    (Severity.CRITICAL, 2): 40,
    (Severity.CRITICAL, 3): 15,
    (Severity.MAJOR, 1): 5,
    (Severity.MAJOR, 2): 30,
    (Severity.MAJOR, 3): 10,
    (Severity.MINOR, 1): 2,
    (Severity.MINOR, 2): 10,
    (Severity.MINOR, 3): 5,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `only` is the format it is for (None: all); `mend` says how to put a file right.

    `alone` says why a file by itself cannot show that the rule is kept; such a rule is never counted as kept.
    """

    id: str
    severity: Severity
    title: str
    mend: str
    old: tuple[str, ...] = ()
    only: str | None = None
    alone: str | None = None

    @property
    def level(self) -> int:
        """1 to 3, as in the number."""
        return int(self.id[1])

    @property
    def deduction(self) -> int:
        """Points taken off its level when it is broken, however often."""
        return WHOLE_SCORE if self.severity is Severity.FATAL else DEDUCTIONS[self.severity, self.level]


_F, _C, _M, _S = Severity.FATAL, Severity.CRITICAL, Severity.MAJOR, Severity.MINOR

_ALL: Final = (
    Rule(
        "L1-01",
        _F,
        "機械が読み取れる形式（xlsx、csv、xml、ods、json）で公開する",
        "元の表をExcelブック（.xlsx）またはCSVで保存してください。",
        ("1-1",),
    ),
    Rule(
        "L1-02",
        _F,
        "1つのシート（CSVは1つのファイル）に1つの表だけを置く",
        "表ごとにシート（CSVはファイル）を分けてください。",
        ("1-15",),
    ),
    Rule(
        "L1-03",
        _C,
        "表を空白の行や列で分断しない",
        "空白の行や列を削除し、表をA1から続けて入力してください。",
        ("1-14",),
    ),
    Rule(
        "L1-04",
        _M,
        "表の外側に題名・メモ・注などを置かない",
        "題名・単位・注は、ファイル名、表の列、または別のシートか説明文書に移してください。",
    ),
    Rule(
        "L1-05",
        _C,
        "すべての列に、内容が分かる項目名を付ける",
        "列の内容が分かる項目名（例：人口、実績値）を1行目に入力してください。",
    ),
    Rule(
        "L1-06",
        _C,
        "空白や改行で体裁を整えない",
        "体裁のための空白と改行を削除してください。見た目はセルの配置や列の幅で整えられます。",
        ("1-5",),
    ),
    Rule(
        "L1-07",
        _C,
        "1つのセルに1つのデータだけを入れる",
        "データごとに列または行を分けてください。",
        ("1-2",),
    ),
    Rule(
        "L1-08",
        _C,
        "機種依存文字を使わない",
        "ほかの文字に置き換えてください（例：①→(1)、㈱→(株)、㎡→平方メートル）。",
        ("1-10",),
    ),
    Rule(
        "L1-09",
        _S,
        "値がないことと0を区別する",
        "0件のときは0、値がないときは空欄とし、理由を別の列に記載してください。",
    ),
    Rule(
        "L1-10",
        _C,
        "図形・画像・グラフなどを置かない",
        "必要な情報をセルに入力し、図形・画像・グラフは別のシートではなく別のファイルに移してください。",
        ("1-8",),
        "xlsx",
    ),
    Rule(
        "L1-11",
        _C,
        "色や太字などの書式で意味を表さない",
        "書式で表していた区別を、文字として列（例：状態、区分）に入力してください。",
        (),
        "xlsx",
    ),
    Rule(
        "L1-12",
        _C,
        "セルを結合しない",
        "結合を解除し、同じ内容をそれぞれのセルに入力してください。",
        ("1-4",),
        "xlsx",
    ),
    Rule(
        "L1-13",
        _C,
        "非表示の行・列・シートや、折りたたんだグループを残さない",
        "不要なものは削除し、必要なものは再表示してください。",
        (),
        "xlsx",
    ),
    Rule(
        "L1-14",
        _F,
        "1件のデータを1行で表す",
        "値の中の改行を削除するか、列を分けてください。",
        (),
        "csv",
    ),
    Rule(
        "L1-15",
        _F,
        'カンマを含む値を半角の二重引用符（"）で囲む',
        'カンマを含む値を半角の二重引用符（"）で囲み、桁区切りのカンマは削除してください。',
        (),
        "csv",
    ),
    Rule(
        "L2-01",
        _F,
        "数値は数値だけで入力し、単位や注の記号を混ぜない",
        "数値だけを入力し、単位や注は別の列に記載してください。▲などはセルの表示形式で示せます。",
        ("1-3",),
    ),
    Rule(
        "L2-02",
        _F,
        "上の行と同じ項目名でも省略しない",
        "省略した項目を、すべての行に入力してください。",
        ("1-6",),
    ),
    Rule(
        "L2-03",
        _F,
        "項目名を1行で、列ごとに異なる名前にする",
        "段に分かれた項目名をつなげて1行にし、列ごとに異なる名前にしてください（例：R6実績_男）。",
    ),
    Rule(
        "L2-04",
        _C,
        "選択肢の書き方をそろえる",
        "同じ意味の選択肢を、1つの書き方または番号にそろえてください。",
    ),
    Rule(
        "L2-05",
        _M,
        "「その他」の内容を別の列に書く",
        "選択肢の列には「その他」とだけ入力し、内容は別の列に記載してください。",
    ),
    Rule(
        "L2-06",
        _M,
        "数式を残さず、値にする",
        "数式のセルをコピーし、「値の貼り付け」で値に置き換えてください。",
        ("1-7",),
        "xlsx",
    ),
    Rule(
        "L3-01",
        _F,
        "1行目を項目名、2行目からをデータにする",
        "項目名を1行目に置き、2行目からデータを入力してください。",
    ),
    Rule(
        "L3-02",
        _C,
        "コードの意味を示す表を添える",
        "コードと意味を並べた表を、別のシートまたは別のファイルで添えてください。",
    ),
    Rule(
        "L3-03",
        _M,
        "数値の列に記号を使うときは、意味を明記する",
        "記号の意味（例：「-」は該当なし、「X」は秘匿）を、説明のシートか文書に記載してください。",
        ("1-13",),
    ),
    Rule(
        "L3-04",
        _M,
        "数値の単位を記載する",
        "単位の列を設けるか、項目名に単位を書いてください（例：歳出額（千円））。",
        ("1-9",),
    ),
    Rule(
        "L3-05",
        _M,
        "年や日付を、西暦、和暦と西暦の併記、またはe-Statの時間軸コードで書く",
        "西暦で書くか、和暦に西暦を添えてください（例：2024（令和6）年度、2024-04-01）。",
        ("1-11",),
    ),
    Rule(
        "L3-06",
        _C,
        "地域を、標準地域コードまたは正式な名称で書く",
        "地域コードの列を設けるか、「岩手県」「盛岡市」のように正式な名称で書いてください。",
        ("1-12",),
    ),
    Rule(
        "L3-07",
        _C,
        "年によって項目や構造を変えない",
        "項目名と並びを前の年とそろえ、変えたときは変更の履歴を記載してください。",
        alone="ほかの年のファイルと見比べて確かめてください。",
    ),
    Rule(
        "L3-08",
        _M,
        "項目の定義、更新の履歴、文字コードとBOMの有無を記載する",
        "定義・算出方法・出典・更新日・文字コード・BOMの有無を、説明のシートか文書に記載してください。",
        alone="このファイルに添える説明の文書を確かめてください。",
    ),
    Rule(
        "L3-09",
        _M,
        "年や項目を列に広げず、縦に並べる",
        "年などを1つの列にまとめ、1行に1つの値を入力してください。",
    ),
)
RULES: Final[Mapping[str, Rule]] = {rule.id: rule for rule in _ALL}
LEVELS: Final = (1, 2, 3)
