"""Percentages of a whole that add up as printed tables do.

Three habits are found in published tables (conventions.md §5): leave half-up rounding as it falls
(健康増進計画, 99.9), largest remainder (岩手県 R2: 44.5 for 4/9, 1.7 for 1/57), and letting the largest
item absorb the rest (54.4 for 44/81).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from kaikaku.core.errors import RuleViolation


class Closing(StrEnum):
    """How a row of shares is closed."""

    LARGEST_REMAINDER = "largest_remainder"
    NONE = "none"
    LARGEST_ITEM = "largest_item"


CLOSING_LABELS: dict[Closing, str] = {
    Closing.LARGEST_REMAINDER: "最大剰余法により、合計が100.0%になるように調整しています。",
    Closing.NONE: "四捨五入のままとしているため、合計が100.0%にならない場合があります。",
    Closing.LARGEST_ITEM: "四捨五入による差を最も大きい区分で調整し、合計が100.0%になるようにしています。",
}


def close(
    counts: Sequence[int],
    *,
    method: str = Closing.LARGEST_REMAINDER,
    places: int = 1,
    total: int | None = None,
) -> tuple[Decimal, ...]:
    """Shares of `counts` in percent with `places` decimals.

    `total` is the whole where the counts are not all of it (some items uncounted); the row then closes to the
    rounded share of their sum. Ties go to the bigger count, then to the earlier one [domain.md §1].
    Raises RuleViolation for a negative count, a whole of 0, a whole below the sum, an unknown method.

    >>> [str(share) for share in close([36, 13, 1, 5, 2])]
    ['63.2', '22.8', '1.7', '8.8', '3.5']
    """
    whole = sum(counts) if total is None else total
    _check(counts, whole=whole, method=method, places=places)
    if not counts:
        return ()
    # in units of the last printed digit, so that all is whole numbers
    scale = 100 * 10**places
    if method == Closing.LARGEST_REMAINDER:
        units = _largest_remainder(counts, whole, scale)
    else:
        units = [_half_up(count * scale, whole) for count in counts]
        if method == Closing.LARGEST_ITEM:
            largest = max(range(len(counts)), key=lambda i: (counts[i], -i))
            units[largest] += _half_up(sum(counts) * scale, whole) - sum(units)
    return tuple(Decimal(unit).scaleb(-places) for unit in units)


def share(part: int, whole: int, *, places: int = 1) -> Decimal:
    """One share in percent, rounded half up: 49 of 57 is 86.0. Raises RuleViolation for a whole of 0."""
    return close([part], method=Closing.NONE, places=places, total=whole)[0]


def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


def _largest_remainder(counts: Sequence[int], whole: int, scale: int) -> list[int]:
    units = [count * scale // whole for count in counts]
    missing = _half_up(sum(counts) * scale, whole) - sum(units)
    order = sorted(range(len(counts)), key=lambda i: (-(counts[i] * scale % whole), -counts[i], i))
    for i in order[: max(missing, 0)]:
        units[i] += 1
    return units


def _check(counts: Sequence[int], *, whole: int, method: str, places: int) -> None:
    if method not in set(Closing):
        known = "、".join(Closing)
        raise RuleViolation(
            "unknown_method",
            f"構成比の調整方法「{method}」はありません。{known} のいずれかを指定してください。",
            field="method",
        )
    if places < 0:
        raise RuleViolation("negative_places", "小数点以下の桁数は0以上で指定してください。", field="places")
    if any(count < 0 for count in counts):
        bad = next(i for i, count in enumerate(counts, 1) if count < 0)
        raise RuleViolation(
            "negative_count",
            f"{bad}番目の件数が負の数（{counts[bad - 1]}）です。0以上の件数を入力してください。",
            field="counts",
        )
    if counts and whole <= 0:
        raise RuleViolation(
            "empty_total",
            "件数の合計が0のため、構成比を計算できません。件数を確かめてください。",
            field="counts",
        )
    if sum(counts) > whole:
        raise RuleViolation(
            "total_below_sum",
            f"件数の合計（{sum(counts)}）が全体の件数（{whole}）を超えています。全体の件数を確かめてください。",
            field="total",
        )
