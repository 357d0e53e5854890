"""Why an indicator has no achievement rate: a code, a Japanese sentence, and what it means for the tally."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kaikaku.core.errors import RuleViolation


class Outcome(StrEnum):
    """What became of an indicator in a year.

    NOT_MEASURABLE (測定不能) is a result and may count in the denominator; PENDING (未確定) will get its
    figure later; NOT_RATED is not rated by design or until its settings are completed, and never counts.
    """

    RATED = "rated"
    NOT_MEASURABLE = "not_measurable"
    PENDING = "pending"
    NOT_RATED = "not_rated"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason; `sentence` is what the reader sees."""

    code: str
    sentence: str
    outcome: Outcome


def _table(outcome: Outcome, **sentences: str) -> dict[str, Reason]:
    return {code: Reason(code, sentence, outcome) for code, sentence in sentences.items()}


# The non-measured reasons of the field (domain.md §1) and those that arithmetic itself gives.
REASONS: dict[str, Reason] = {
    **_table(
        Outcome.PENDING,
        not_published_yet="実績値がまだ公表されていないため、未確定です。公表され次第、値を入力してください。",
        no_actual="実績値が入力されていません。実績値か、値がない理由を入力してください。",
    ),
    **_table(
        Outcome.NOT_MEASURABLE,
        survey_cancelled="調査が中止されたため、測定できません。",
        event_cancelled="対象の事業や行事が中止されたため、測定できません。",
        definition_changed="指標の定義が変わり、比べられる実績値がないため、測定できません。",
        source_abolished="元の統計や調査が廃止されたため、測定できません。",
        zero_denominator="割合の分母が0のため、測定できません。",
        other="測定できません。",
        target_equals_baseline="目標値と基準値が同じため、基準値比では計算できません。「維持」の指標として評価してください。",
        zero_target="目標値が0のため、割り算では計算できません。基準値を入力すると、基準値比で計算できます。",
        zero_actual="実績値が0のため、目標値÷実績値では計算できません。基準値を入力すると、基準値比で計算できます。",
    ),
    **_table(
        Outcome.NOT_RATED,
        no_target="目標値がないため、達成率は計算しません。",
        no_baseline="基準値がないため、この計算方法は使えません。基準値を入力するか、計算方法を変えてください。",
        negative_target=(
            "目標値が負の数のため、目標比では計算できません。増減の量を表す指標のときは、基準値に0を入力してください。"
        ),
        negative_actual="実績値が負の数のため、この計算方法は使えません。値を確かめるか、計算方法を変えてください。",
        no_years="期待値の計算には、基準値・目標値・実績値の年度が必要です。年度を入力してください。",
        years_out_of_order=(
            "年度の順序が「基準値、実績値、目標値」になっていないため、期待値を計算できません。年度を確かめてください。"
        ),
        no_band="目標の範囲の上限がありません。上限の値を入力してください。",
        band_reversed="目標の範囲の上限が下限より小さくなっています。範囲を入力し直してください。",
    ),
}


def reason(code: str, note: str = "") -> Reason:
    """The reason of that code, with the writer's own words added; unknown codes are refused."""
    found = REASONS.get(code)
    if found is None:
        raise RuleViolation(
            "unknown_reason",
            f"値がない理由「{code}」は登録されていません。一覧から選び直してください。",
            field="reason",
            reason=code,
        )
    if code == "other" and not note.strip():
        raise RuleViolation(
            "reason_needs_text",
            "値がない理由を「その他」にしたときは、内容を文章で入力してください。",
            field="reason_note",
        )
    return Reason(code, f"{found.sentence}（{note.strip()}）", found.outcome) if note.strip() else found


# What a printed sign in place of an actual means for the rating (the codes are those of `core.quantities`).
STILL_TO_COME = frozenset({"counting", "not_settled", "not_published", "provisional", "adjusting"})
SAYS_UNMEASURED = {
    "not_measurable": "測定不能",
    "hard_to_assess": "評価困難",
    "not_done": "未実施",
    "cancelled": "中止",
    "suppressed": "秘匿",
}


def reason_of_sign(sign: str | None, text: str = "", *, note: str = "") -> tuple[str, str]:
    """The reason code, and the words to add to it, for an actual that is printed as a sign and no number.

    A dash or an empty cell says nothing: the figure counts as still to come until a person says why it is
    not there. `sign` may be a reason code already; `text` is what was printed, `note` a person's words.
    """
    if sign in REASONS:
        return sign, note or ("" if sign != "other" else text or "理由の記載なし")
    if sign in STILL_TO_COME:
        return "not_published_yet", text
    if sign in SAYS_UNMEASURED:
        return "other", note or SAYS_UNMEASURED[sign]
    return "no_actual", ""
