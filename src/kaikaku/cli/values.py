"""Single values: `number`, `year`, `shares`."""

from __future__ import annotations

import argparse
import json
from decimal import Decimal
from typing import Any

from kaikaku.core import eras, quantities, shares
from kaikaku.core.errors import RuleViolation

NO_NUMBER = ("words", "unreadable")
Commands = Any  # argparse keeps the type of its sub-parsers private


def register(commands: Commands) -> None:
    number = commands.add_parser(
        "number",
        help="数値の表記を読み取る（△1,743億円 など）",
        description="日本語の数値表記を読み取り、基本単位の値、単位、修飾語をJSONで示します。",
    )
    number.add_argument("text", metavar="表記")
    number.set_defaults(run=run_number)
    year = commands.add_parser(
        "year",
        help="年の表記を西暦の年度で示す（平成32年度 など）",
        description="和暦・西暦の年や日付を、西暦の年度で示します。",
    )
    year.add_argument("text", metavar="表記")
    year.set_defaults(run=run_year)
    share = commands.add_parser(
        "shares",
        help="件数を、合計が100.0になる構成比にする",
        description="件数の並びを百分率にします。",
    )
    share.add_argument("counts", metavar="件数", nargs="+", type=int)
    share.add_argument(
        "--method",
        choices=[m.value for m in shares.Closing],
        default=shares.Closing.LARGEST_REMAINDER.value,
        help="端数の閉じ方（既定は最大剰余法 largest_remainder）",
    )
    share.set_defaults(run=run_shares)


def run_number(arguments: argparse.Namespace) -> int:
    quantity = quantities.parse_quantity(arguments.text)
    if quantity.reason in NO_NUMBER:
        raise RuleViolation(
            "cli.number_unreadable",
            f"「{arguments.text}」を数値として読み取れません。「1,743億円」「△5.2%」のように入力してください。",
        )
    print(
        json.dumps(
            {
                "text": quantity.raw,
                "value": plain(quantity.value),
                "upper": plain(quantity.upper),
                "unit": quantity.unit,
                "qualifiers": list(quantity.qualifiers),
                "fiscal_year": quantity.fiscal_year,
                "cumulative_from": quantity.cumulative_from,
                "reason": quantity.reason,
            },
            ensure_ascii=False,
        )
    )
    return 0


def run_year(arguments: argparse.Namespace) -> int:
    fiscal_year = eras.parse_fiscal_year(arguments.text)
    if fiscal_year is None:
        day = eras.parse_date(arguments.text)
        fiscal_year = eras.fiscal_year_of(day) if day else None
    if fiscal_year is None:
        raise RuleViolation(
            "cli.year_unreadable",
            f"「{arguments.text}」を年として読み取れません。「令和8年度」「R8」「2026」のように入力してください。",
        )
    print(fiscal_year)
    return 0


def run_shares(arguments: argparse.Namespace) -> int:
    print(" ".join(str(share) for share in shares.close(arguments.counts, method=arguments.method)))
    return 0


def plain(value: Decimal | None) -> str | None:
    """A decimal as text without exponent, or None."""
    return None if value is None else format(value, "f")
