"""How a typed or printed value becomes the columns of a figure, and what stops it at the door."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kaikaku.core.eras import show_fiscal_year
from kaikaku.core.errors import RuleViolation
from kaikaku.core.indicators import REASONS
from kaikaku.core.quantities import Quantity, parse_quantity, show_quantity
from kaikaku.plans import words
from kaikaku.plans.entries import FigureFields

# SQLite keeps a decimal as a double beyond 15 digits; no figure of a government is longer, so a longer one is
# a slip.
DIGITS = 15
PLACES = 10


@dataclass(frozen=True, slots=True)
class Known:
    """What the reading of a value has to know of its indicator; `window` is the first year of its running
    total.
    """

    name: str
    unit: str = ""
    accumulation: str = ""
    window: int | None = None


def figure_values(known: Known, fields: FigureFields) -> dict[str, Any]:
    """The columns of a figure; raises RuleViolation with what to do where the value cannot be taken.

    A value that a reader has understood already (`fields.quantity`) is taken even where it found no number,
    for a printed text is a fact; what a person types must be understood.
    """
    if fields.role not in words.ROLES:
        raise RuleViolation("role_unknown", "基準値・目標値・実績値のどれかを選んでください。", field="role")
    quantity = fields.quantity or _understood(known, fields)
    status = fields.status or quantity.status or "confirmed"
    if status not in words.STATUSES:
        raise RuleViolation("status_unknown", "値の状態を一覧から選んでください。", field="status")
    reason = _reason(fields, quantity)
    year = _year(fields, quantity)
    if fields.role == "actual" and year is None:
        raise RuleViolation(
            "year_missing", "実績値の年度を入力してください（例：令和4年度）。", field="fiscal_year"
        )
    return {
        "role": fields.role,
        "fiscal_year": year,
        "text": (fields.text or quantity.raw).strip(),
        "shown": show_quantity(quantity),
        "value": _stored(quantity.value),
        "upper": _stored(quantity.upper),
        "unit": quantity.unit or "",
        "qualifiers": [str(word) for word in quantity.qualifiers],
        "status": str(status),
        "reason": reason,
        "reason_note": fields.reason_note.strip() if reason else "",
        "cumulative_from": _window(known, fields, quantity),
        "column_year": fields.column_year if fields.column_year != year else None,
        "printed_rate": fields.printed_rate.strip(),
        "printed_grade": fields.printed_grade.strip(),
        "provenance": fields.provenance,
        "citation": fields.citation,
    }


def unit_of(name: str) -> str | None:
    """The base unit that values of a unit as written are kept in: 億円 → 円, 指標 → 指標."""
    return parse_quantity(f"1{name}").unit if name else None


def _understood(known: Known, fields: FigureFields) -> Quantity:
    text = fields.text.strip()
    if not text and not fields.reason:
        raise RuleViolation("figure_empty", "値を入力するか、値がない理由を選んでください。", field="text")
    if text and fields.reason:
        raise RuleViolation(
            "figure_and_reason",
            "値と「値がない理由」の両方が入力されています。どちらか一方にしてください。",
            field="reason",
        )
    quantity = parse_quantity(text, unit=known.unit or None)
    if text and quantity.value is None and quantity.reason == "unreadable":
        raise RuleViolation(
            "figure_unreadable",
            f"「{text}」を数値として読み取れません。数字で入力してください（例：71.5%、1,234人、△3億円）。",
            field="text",
        )
    expected = unit_of(known.unit)
    if quantity.unit and expected and quantity.unit != expected:
        raise RuleViolation(
            "unit_differs",
            f"「{text}」の単位は「{quantity.unit}」ですが、この指標の単位は「{known.unit}」です。単位をそろえてください。",
            field="text",
        )
    return quantity


def _reason(fields: FigureFields, quantity: Quantity) -> str:
    if quantity.value is not None:
        return ""
    reason = fields.reason or quantity.reason or "none"
    if fields.quantity is None and fields.reason and fields.reason not in REASONS:
        raise RuleViolation("reason_unknown", "値がない理由を一覧から選んでください。", field="reason")
    if reason == "other" and not fields.reason_note.strip():
        raise RuleViolation(
            "reason_needs_text",
            "値がない理由を「その他」にしたときは、内容を文章で入力してください。",
            field="reason_note",
        )
    return str(reason)


def _year(fields: FigureFields, quantity: Quantity) -> int | None:
    if fields.fiscal_year is None:
        return quantity.fiscal_year
    if fields.quantity is None and quantity.fiscal_year not in (None, fields.fiscal_year):
        said, chosen = show_fiscal_year(quantity.fiscal_year), show_fiscal_year(fields.fiscal_year)
        raise RuleViolation(
            "year_differs",
            f"値には{said}と書かれていますが、年度の欄は{chosen}です。どちらかに直してください。",
            field="fiscal_year",
        )
    return fields.fiscal_year


def _window(known: Known, fields: FigureFields, quantity: Quantity) -> int | None:
    """The first year of the running total; a yearly amount in a series of totals, or the reverse, is
    refused.
    """
    given = fields.cumulative_from or quantity.cumulative_from
    if known.accumulation != "cumulative":
        if given and known.accumulation:
            raise RuleViolation(
                "accumulation_mixed",
                f"「{known.name}」は{words.ACCUMULATIONS[known.accumulation]}の指標です。累計の値は入力できません。"
                "その年度だけの値を入力してください。",
                field="text",
            )
        return given
    if fields.role == "baseline":
        return given
    if given is None and known.window is None:
        raise RuleViolation(
            "window_missing",
            f"「{known.name}」は累計の指標です。何年度からの累計か、始まりの年度を入力してください。",
            field="cumulative_from",
        )
    if given and known.window and given != known.window:
        raise RuleViolation(
            "window_differs",
            f"「{known.name}」は{show_fiscal_year(known.window)}からの累計です。"
            f"{show_fiscal_year(given)}からの累計とは混ぜられません。",
            field="cumulative_from",
        )
    return given or known.window


def _stored(value: Decimal | None) -> Decimal | None:
    """The number as both databases give it back unchanged."""
    if value is None:
        return None
    plain = value.normalize()
    exponent = plain.as_tuple().exponent
    assert isinstance(exponent, int)
    digits = len(plain.as_tuple().digits) + max(exponent, 0)
    if digits > DIGITS or -exponent > PLACES:
        raise RuleViolation(
            "figure_too_long",
            f"数値の桁が多すぎます（全体で{DIGITS}桁、小数点以下{PLACES}桁まで）。桁を確かめてください。",
            field="text",
        )
    return value
