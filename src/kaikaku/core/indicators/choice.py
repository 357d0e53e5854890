"""Which formula AUTO takes and why, and which way an indicator points when nobody has said so."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from kaikaku.core.indicators.formulas import Accumulation, Direction, Formula, Observation

# Names of this module, because on Python 3.11 looking a member up on its class costs more than a
# subtraction, and a choice is made for every figure.
AUTO, CUMULATIVE = Formula.AUTO, Accumulation.CUMULATIVE
UP, DOWN, IN_BAND = Direction.UP, Direction.DOWN, Direction.BAND
AT_LEAST, AT_MOST = Direction.MAINTAIN_MIN, Direction.MAINTAIN_MAX


@dataclass(frozen=True, slots=True)
class Choice:
    """The formula taken, why, and what a person should check (`doubt`), both in Japanese."""

    formula: Formula
    why: str
    doubt: str | None = None


_BAND = Choice(Formula.BAND, "目標が範囲で定められているため、範囲内なら100%とします。")
_KEEP_MIN = Choice(
    Formula.MAINTAIN_MIN,
    "目標値以上を維持する指標のため、目標値以上なら100%、下回れば実績値÷目標値とします。",
)
_KEEP_MAX = Choice(
    Formula.MAINTAIN_MAX,
    "目標値以下を維持する指標のため、目標値以下なら100%、上回れば目標値÷実績値とします。",
)
_SUM = Choice(Formula.CUMULATIVE, "期間の累計を目標とする指標のため、累計の実績値÷累計の目標値とします。")
_SUM_DOWN = Choice(
    Formula.INVERSE_RATIO, "期間の累計を一定以下に抑える指標のため、累計の目標値÷累計の実績値とします。"
)
_CHANGE = Choice(
    Formula.FROM_BASELINE,
    "基準値があるため、基準値から目標値までの変化に対する、実績値までの変化の割合とします。",
)
_FLOOR = Choice(
    Formula.MAINTAIN_MIN,
    "大きいほどよい指標で、目標値が基準値より小さいため、目標値以上の維持として評価します。",
    "目標値が基準値より小さくなっています。指標の向きと値を確かめてください。",
)
_CEILING = Choice(
    Formula.MAINTAIN_MAX,
    "小さいほどよい指標で、目標値が基準値より大きいため、目標値以下の維持として評価します。",
    "目標値が基準値より大きくなっています。指標の向きと値を確かめてください。",
)
_SAME_MIN = Choice(Formula.MAINTAIN_MIN, "目標値と基準値が同じため、目標値以上の維持として評価します。")
_SAME_MAX = Choice(Formula.MAINTAIN_MAX, "目標値と基準値が同じため、目標値以下の維持として評価します。")
_SAME_UNKNOWN = Choice(
    Formula.MAINTAIN_MIN,
    "目標値と基準値が同じため、目標値以上の維持として評価します。",
    "指標の向きが決まっていません。小さいほどよい指標であれば、向きを設定してください。",
)
_DOWN = Choice(Formula.INVERSE_RATIO, "小さいほどよい指標で、基準値がないため、目標値÷実績値とします。")
_UP = Choice(Formula.RATIO, "基準値がないため、実績値÷目標値とします。")
_UP_UNKNOWN = Choice(
    Formula.RATIO,
    "基準値がないため、実績値÷目標値とします。",
    "指標の向きが決まっていません。小さいほどよい指標であれば、向きを設定してください。",
)

_PREFERRED = {
    Formula.FROM_BASELINE: _CHANGE,
    Formula.RATIO: Choice(Formula.RATIO, "この版の評価方法により、実績値÷目標値とします。"),
    Formula.EXPECTED_PATH: Choice(
        Formula.EXPECTED_PATH,
        "この版の評価方法により、基準値と目標値を結ぶ期待値に対する割合とします。",
    ),
}


def choose_formula(observation: Observation, *, preferred: Formula = Formula.AUTO) -> Choice:
    """The formula for this observation, and why (the order is domain.md §1's).

    1. The indicator's own formula, if it names one.
    2. A band, or a level to be maintained (F4).
    3. A sum over a window of years (F5; with lower-is-better its inverse).
    4. `preferred`, the edition's policy, for the ordinary indicators that are left, where its inputs are
    there: FROM_BASELINE and EXPECTED_PATH need a baseline other than the target, RATIO an indicator that
    rises.
    5. With a baseline: F1; but F4 where the target equals the baseline, or where the direction says that
    the target is a floor below (a ceiling above) today's value.
    6. Without one: F3 as T ÷ A where lower is better, else F2.
    F6 and 2 − A ÷ T are policy and never chosen by AUTO.
    """
    x, direction = observation, observation.direction
    if x.formula is not AUTO:
        return Choice(x.formula, "この指標に定められた計算方法です。")
    if direction is IN_BAND or x.band_upper is not None:
        return _BAND
    if direction is AT_LEAST:
        return _KEEP_MIN
    if direction is AT_MOST:
        return _KEEP_MAX
    if x.accumulation is CUMULATIVE or x.cumulative_from is not None:
        return _SUM_DOWN if direction is DOWN else _SUM
    ordinary = _with_baseline(x) if x.baseline is not None and x.target is not None else _without_baseline(x)
    return ordinary if preferred is AUTO else _prefer(x, preferred, ordinary)


def _with_baseline(x: Observation) -> Choice:
    assert x.baseline is not None
    assert x.target is not None
    if x.target == x.baseline:
        if x.direction is None:
            return _SAME_UNKNOWN
        return _SAME_MAX if x.direction is DOWN else _SAME_MIN
    falling = x.target < x.baseline
    if falling and x.direction is UP:
        return _FLOOR
    if not falling and x.direction is DOWN:
        return _CEILING
    return _CHANGE


def _without_baseline(x: Observation) -> Choice:
    if x.direction is DOWN:
        return _DOWN
    return _UP if x.direction is UP else _UP_UNKNOWN


def _prefer(x: Observation, preferred: Formula, ordinary: Choice) -> Choice:
    if preferred is Formula.RATIO and x.direction is not Direction.DOWN:
        falling = x.baseline is not None and x.target is not None and x.target < x.baseline
        if ordinary.formula in (Formula.FROM_BASELINE, Formula.RATIO) and not falling:
            return _PREFERRED[preferred]
    if preferred is Formula.RATIO and ordinary is _CHANGE:
        return _falling_by_ratio(x)
    if preferred is Formula.EXPECTED_PATH and ordinary is _CHANGE:
        return _PREFERRED[preferred]
    if preferred in (Formula.INVERSE_RATIO, Formula.TWO_MINUS_RATIO) and ordinary is _DOWN:
        return Choice(preferred, "この版の評価方法のうち、小さいほどよい指標の計算方法によります。")
    return ordinary


def _falling_by_ratio(x: Observation) -> Choice:
    if x.target:
        return Choice(
            Formula.INVERSE_RATIO, "この版の評価方法により、小さいほどよい指標のため目標値÷実績値とします。"
        )
    return Choice(Formula.FROM_BASELINE, "目標値が0で割り算ができないため、基準値比とします。")


_RANGE = re.compile(r"以上.*(?:以下|未満|以内)|の範囲")
_REDUCED_BY = re.compile(r"\d[^\d、。まへに]{0,8}?の?(?:削減|減少|縮減|減額|減)(?!少?を目指)")
_DOWN_WORDS = re.compile(r"以下|未満|以内|[≦≤<]|抑え|抑制|減少|縮減|削減|減ら|引き?下げ|ゼロに|解消")
_UP_WORDS = re.compile(r"以上|超え?|[≧≥>]|増加|増や|拡大|向上|引き?上げ")
_AMOUNT_REDUCED = re.compile(r"(?:削減|縮減|節減|減少)(?:額|量|率|数|時間|事務量|効果)")
_DOWN_HINTS = re.compile(r"待機|未済|滞納|残高|排出|超過勤務|時間外|事故|苦情|不備|ミス|離職|遅延|赤字|比率")


def infer_direction(
    target_text: str,
    *,
    baseline: Decimal | None = None,
    target: Decimal | None = None,
    name: str = "",
) -> tuple[Direction | None, str]:
    """The direction that the printed target tells, with the reason in Japanese; None where it must be asked.

    Order (conventions.md §4): words of the target, then target against baseline.
    「7%削減」「3.7万人の減少」 state an amount of change, of which more is better; 「500件まで削減」 states
    a level to come down to. What a name suggests (待機, 残高, …) is only ever a hint in the returned
    sentence, never a decision.
    """
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", target_text))
    by_words = _direction_by_words(text, name)
    if by_words is not None:
        return by_words
    if baseline is not None and target is not None and baseline != target:
        if target < baseline:
            return Direction.DOWN, "目標値が基準値より小さいため、小さいほどよい指標とみなしました。"
        return Direction.UP, "目標値が基準値より大きいため、大きいほどよい指標とみなしました。"
    hint = _DOWN_HINTS.search(name)
    if hint:
        return None, f"「{hint[0]}」を含む指標は小さいほどよいことが多いため、指標の向きを確かめてください。"
    if baseline is not None and baseline == target:
        return Direction.MAINTAIN_MIN, "目標値と基準値が同じため、目標値以上の維持とみなしました。"
    if _AMOUNT_REDUCED.search(name):
        return Direction.UP, "指標名が減らした量を表すため、大きいほどよい指標とみなしました。"
    return None, "目標の文言と基準値から向きを決められません。指標の向きを設定してください。"


def _direction_by_words(text: str, name: str) -> tuple[Direction, str] | None:
    if _RANGE.search(text):
        return Direction.BAND, "目標が範囲で書かれているため、範囲内を目標とする指標とみなしました。"
    if "維持" in text:
        if _DOWN_WORDS.search(text):
            return (
                Direction.MAINTAIN_MAX,
                "「維持」と上限を表す語があるため、目標値以下の維持とみなしました。",
            )
        return Direction.MAINTAIN_MIN, "「維持」とあるため、目標値以上の維持とみなしました。"
    amount = _REDUCED_BY.search(text)
    if amount and not re.search(r"以下|未満|以内|抑え", text):
        return Direction.UP, f"「{amount[0]}」は減らす量を表すため、大きいほどよい指標とみなしました。"
    down = _DOWN_WORDS.search(text)
    if down and not _AMOUNT_REDUCED.search(name):
        return Direction.DOWN, f"目標に「{down[0]}」とあるため、小さいほどよい指標とみなしました。"
    up = _UP_WORDS.search(text)
    if up:
        return Direction.UP, f"目標に「{up[0]}」とあるため、大きいほどよい指標とみなしました。"
    return None
