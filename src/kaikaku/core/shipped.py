"""The rating schemes of named governments that we ship; what could not be verified says so in its note."""

from __future__ import annotations

from decimal import Decimal

from kaikaku.core.indicators import Formula
from kaikaku.core.schemes import Band, Denominator, Scheme
from kaikaku.core.shares import Closing

_NOT_MEASURABLE = Band("測定不能", "測定不能", measurable=False)


def _bands(*rows: tuple[str, str, str | None]) -> tuple[Band, ...]:
    """Measured bands from best to worst, colours spread from best (1) to worst (4), and 測定不能."""
    last = len(rows) - 1
    slots = [1 + 3 * i // last if last else 1 for i in range(len(rows))]
    measured = (
        Band(code, label, None if lower is None else Decimal(lower), slot=slot)
        for (code, label, lower), slot in zip(rows, slots, strict=True)
    )
    return (*measured, _NOT_MEASURABLE)


IWATE = Scheme(
    id="iwate",
    name="岩手県（いわて県民計画 行政経営プラン 令和2年度）",
    bands=_bands(("A", "達成", "100"), ("B", "概ね達成", "80"), ("C", "やや遅れ", "60"), ("D", "遅れ", None)),
    at_least="B",
    note="区分と構成比は令和2年度実績の概要版によります。達成率を基準値比で計算することは確認できていないため、設定で変えられます。",
)

SHIZUOKA = Scheme(
    id="shizuoka",
    name="静岡県（期待値に対する評価）",
    bands=(
        Band("A", "期待値を上回る", Decimal(130), inclusive=False, slot=1),
        Band("B", "期待値どおり", Decimal(70), slot=2),
        Band("C", "期待値を下回る", None, slot=4),
        _NOT_MEASURABLE,
    ),
    formula=Formula.EXPECTED_PATH,
    shares_method=Closing.NONE,
    at_least="B",
    note="期待値の±30%以内をBとすることは確認できていないため、設定で変えられます。区分の名称は当方で付けたものです。",
)

MIE = Scheme(
    id="mie",
    name="三重県（施策の進捗）",
    bands=_bands(("A", "85%以上", "85"), ("B", "70%以上85%未満", "70"), ("C", "70%未満", None)),
    shares_method=Closing.NONE,
    at_least="B",
    note="85%と70%の境は公表資料によります。70%未満の細かい区分と名称は確認できていないため、設定で変えられます。",
)

PLAIN = Scheme(
    id="plain",
    name="標準（◎○△×）",
    bands=_bands(("◎", "達成", "100"), ("○", "概ね達成", "80"), ("△", "やや遅れ", "60"), ("×", "遅れ", None)),
    denominator=Denominator.MEASURED,
    at_least="○",
    note="特定の自治体の基準ではありません。境の値は設定で変えられます。",
)

SCHEMES: dict[str, Scheme] = {scheme.id: scheme for scheme in (IWATE, SHIZUOKA, MIE, PLAIN)}
