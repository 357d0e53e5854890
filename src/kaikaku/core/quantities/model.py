"""What a printed value is: its text, its exact value in the base unit, and all that qualifies it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value as a cell or a sentence prints it. Exactly one of `value` and `reason` is set.

    `raw` is the text as it was; `value` is in the base unit (75.6億円 is 7560000000 円, 5割 is 50 %), with
    `upper` as the other end of a range. `qualifiers` are normal words in the order they are shown: before the
    number 約 延べ 概ね ±…, after it 程度 以上 以下 未満 以内 超 台 … and words of change (減 削減 増 …).
    `change` is true where the text says that it is a difference, not a level (+5件, 10.5%減); the sign of
    `value` then tells the direction, so that 10.5%減 and 10.5%削減 are -10.5.
    `fiscal_year` and `cumulative_from` come from the text itself: (R7), (R3~R6年度累計).
    `status` is projected, preliminary, confirmed or revised where the text says so (見込み 速報 確定 修正).
    `parts` keeps a compound time as printed: 424時間44分 is 25484 分 with ((424, 時間), (44, 分)).
    `note` is what stands beside the value and is kept only as text: 「(83.3%)」「(1)」.
    `reason` is a code of `blanks.REASONS`.
    """

    raw: str
    value: Decimal | None
    unit: str | None = None
    upper: Decimal | None = None
    qualifiers: tuple[str, ...] = ()
    fiscal_year: int | None = None
    cumulative_from: int | None = None
    status: str | None = None
    reason: str | None = None
    change: bool = False
    parts: tuple[tuple[Decimal, str], ...] = ()
    note: str | None = None
