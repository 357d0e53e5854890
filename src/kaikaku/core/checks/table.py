"""All checks in the order in which their findings are shown: what blocks, what wants a reason, what tells.

The list is domain.md §6's (予防的ガバナンス: the slip is seen where it is typed). An id is stored in policies
and beside reasons, and never changes its meaning.
"""

from __future__ import annotations

from decimal import Decimal

from kaikaku.core.checks import bounds, change, facts, people, presence, rating, slips, words, written
from kaikaku.core.checks.model import Level
from kaikaku.core.checks.rules import Check, Param, Rule

# What may be held the other way by an edition: what some governments stop, others let pass with a reason.
_EITHER = (Level.BLOCK, Level.REASON)
_MAY_BE_EITHER = frozenset(
    {
        *("share_parts", "share_bounds", "cumulative_falls", "total_of_parts", "share_recomputed"),
        *("other_year", "status_differs", "grade_contradicts", "worst_without_cause", "duplicate"),
        *("source_too_old", "round_number"),
    }
)
# What the plan and the log refuse in any case.
_ALWAYS = frozenset({"edition_locked", "confirmed_changed", "same_person"})


def _block(identity: str, field: str, name: str, about: str, rule: Rule) -> Check:
    return _check(identity, Level.BLOCK, field, name, about, rule)


def _reason(identity: str, field: str, name: str, about: str, rule: Rule, *params: Param) -> Check:
    return _check(identity, Level.REASON, field, name, about, rule, *params)


def _check(
    identity: str, level: Level, field: str, name: str, about: str, rule: Rule, *params: Param
) -> Check:
    levels = _EITHER if identity in _MAY_BE_EITHER else ()
    return Check(identity, level, field, name, about, rule, params, levels, identity in _ALWAYS)


def _numbers(*values: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(value) for value in values)


CHECKS: tuple[Check, ...] = (
    _block(
        "edition_locked",
        "edition",
        "確定した版への入力",
        "確定した版の値は変更できません。",
        people.edition_locked,
    ),
    _block(
        "confirmed_changed",
        "value",
        "確定した値の変更",
        "確定した値を、修正の手続と理由なしに変えることはできません。",
        people.confirmed_changed,
    ),
    _block(
        "same_person",
        "confirmer",
        "入力者と確認者が同じ",
        "入力した本人は、その値を確認できません。",
        people.same_person,
    ),
    _block(
        "missing_value",
        "value",
        "値も理由もない",
        "実績値がないときは、その理由を一覧から選びます。",
        presence.missing_value,
    ),
    _block(
        "empty_or_zero",
        "value",
        "空欄と0の区別",
        "「－」「なし」は、0なのか値がないのかを区別して入力します。",
        presence.empty_or_zero,
    ),
    _block(
        "unreadable",
        "value",
        "数値として読めない",
        "文や記号ではなく、数値を入力します。",
        presence.unreadable,
    ),
    _block(
        "unit_differs",
        "value",
        "単位の違い",
        "指標の単位や前年度の単位と違う単位では報告できません。",
        bounds.unit_differs,
    ),
    _block(
        "year_outside",
        "fiscal_year",
        "対象外の年度",
        "報告の対象となる年度の値だけを入力できます。",
        bounds.year_outside,
    ),
    _block(
        "share_parts", "numerator", "分子と分母", "割合の分子は、0以上で分母以下です。", bounds.share_parts
    ),
    _block(
        "share_bounds", "value", "割合の範囲", "割合の指標の値は、0から100までです。", bounds.share_bounds
    ),
    _block(
        "cumulative_falls",
        "value",
        "累計の減少",
        "累計は、前の年度より小さくなりません。",
        bounds.cumulative_falls,
    ),
    _block(
        "kinds_mixed",
        "value",
        "累計と単年度の混在",
        "累計で報告する指標と、年度ごとに報告する指標の値を混ぜません。",
        bounds.kinds_mixed,
    ),
    _block(
        "total_of_parts", "parts", "合計と内訳", "合計は、内訳を足した値と一致します。", bounds.total_of_parts
    ),
    _reason(
        "magnitude",
        "value",
        "桁や単位の違い",
        "前年度の約10倍、100倍、1000倍など（またはその逆数）の値を、単位の取り違えとして確かめます。",
        slips.magnitude,
        Param(
            "factors",
            "倍率",
            _numbers("10", "100", "1000", "10000", "1000000"),
            lowest=Decimal(2),
            several=True,
        ),
        Param("tolerance", "倍率の幅（%）", _numbers("30"), highest=Decimal(100)),
    ),
    _reason(
        "outlier",
        "value",
        "これまでにない変化",
        "前年度からの変化が、これまでの変化の中央値から、偏差の中央値（MAD）の何倍を超えて離れたら確かめます。",
        change.outlier,
        Param("mads", "MADの倍数", _numbers("3"), lowest=Decimal("0.5"), highest=Decimal(100)),
        Param(
            "at_least", "必要な過去の年数", _numbers("4"), lowest=Decimal(2), highest=Decimal(30), whole=True
        ),
        Param("ignore", "確かめない違い（前年度の値に対する%）", _numbers("5"), highest=Decimal(100)),
    ),
    _reason(
        "flow_and_level",
        "value",
        "増減と年度末の値",
        "前年度末の値に増減を足した値と、年度末の値が合うかを確かめます。",
        change.flow_and_level,
    ),
    _reason(
        "sign_differs",
        "value",
        "正負の違い",
        "目標値やこれまでの値と、正負が逆でないかを確かめます。",
        slips.sign_differs,
    ),
    _reason(
        "swapped_digits",
        "value",
        "数字の入れ替わり",
        "前年度の値や内訳の合計と、隣り合う数字だけが入れ替わっていないかを確かめます。",
        slips.swapped_digits,
        Param("close", "近いとみなす差（%）", _numbers("10"), highest=Decimal(100)),
    ),
    _reason(
        "equals_last_year",
        "value",
        "前年度と同じ値",
        "前年度の値がそのまま残っていないかを確かめます。",
        slips.equals_last_year,
    ),
    _reason(
        "equals_target",
        "value",
        "目標値と同じ値",
        "目標値を写していないかを確かめます。",
        slips.equals_target,
    ),
    _reason(
        "equals_baseline",
        "value",
        "基準値と同じ値",
        "基準値を写していないかを確かめます。",
        slips.equals_baseline,
    ),
    _reason(
        "share_recomputed",
        "value",
        "分子・分母から計算した割合",
        "割合が、分子÷分母と合うかを確かめます。",
        bounds.share_recomputed,
    ),
    _reason(
        "rate_limit",
        "value",
        "高すぎる達成率",
        "達成率が上限を超えたら、単位や累計の取り違えでないかを確かめます。",
        rating.rate_limit,
        Param("limit", "達成率の上限（%）", _numbers("200"), lowest=Decimal(100)),
    ),
    _reason(
        "other_year",
        "fiscal_year",
        "値に書かれた年度",
        "値に書き添えた年度が、報告する年度と同じかを確かめます。",
        bounds.other_year,
    ),
    _reason(
        "status_differs",
        "status",
        "値の状態の食い違い",
        "値に書き添えた「見込み」「速報」などと、選んだ値の状態が同じかを確かめます。",
        people.status_differs,
    ),
    _reason(
        "baseline_year",
        "baseline",
        "基準値の年度",
        "基準値の年度と値が、計画や過去の実績と合うかを確かめます。",
        facts.baseline_year,
    ),
    _reason(
        "text_contradicts",
        "done",
        "文章と数値の食い違い",
        "文章の「増加」「減少」と、値の動きが合うかを確かめます。",
        words.text_contradicts,
    ),
    _reason(
        "grade_contradicts",
        "grade",
        "評価と達成率の食い違い",
        "書かれた評価が、達成率から決まる評価と同じかを確かめます。",
        rating.grade_contradicts,
    ),
    _reason(
        "worst_without_cause",
        "cause",
        "遅れの要因と対応",
        "最も低い評価には、要因と今後の対応を書きます。",
        rating.worst_without_cause,
        Param(
            "bands",
            "対象とする下からの区分の数",
            _numbers("1"),
            lowest=Decimal(1),
            highest=Decimal(5),
            whole=True,
        ),
    ),
    _reason(
        "duplicate",
        "indicator",
        "指標の重複",
        "同じ番号や名称の指標が、ほかにないかを確かめます。",
        facts.duplicate,
    ),
    _reason(
        "source_too_old",
        "source_date",
        "古い出典",
        "出典の日付が、報告する年度の初めより前でないかを確かめます。",
        facts.source_too_old,
    ),
    _reason(
        "round_number",
        "value",
        "概数の実績値",
        "「約」の付いたきりのよい数でなく、数えた値を入力します。",
        written.round_number,
    ),
    Check(
        "normalised",
        Level.NOTE,
        "value",
        "読み取った数値",
        "全角の数字・△・カンマ・単位などを、どう読み取ったかを示します。",
        written.normalised,
    ),
)

BY_ID: dict[str, Check] = {check.id: check for check in CHECKS}
